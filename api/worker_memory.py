"""Bounds what strangers' texts may add to the memory of a process; whoever asks for more is ended by its allocator.

The limit is on written memory and not on addresses: an allocator reserves far more of those than it uses.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def limit_memory(allowance: int) -> None:
    """Bound, from here on, what is added to the memory that the process holds now."""
    try:
        data_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except OSError:
        return  # no such file system: no limit rather than a wrong one
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = data_pages * resource.getpagesize() + allowance
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


@contextmanager
def bounded_memory(allowance: int) -> Iterator[None]:
    """Bound what a block adds to the memory of the process."""
    limit_memory(allowance)
    try:
        yield
    finally:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
