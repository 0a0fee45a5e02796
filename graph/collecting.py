"""How often Python looks for garbage: not while data is loaded, seldom while articles are read; and what it frees."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Reading makes many small values and next to no circles: to look for these as often as Python does takes a tenth more.
_COLLECTED_AFTER = 50_000, 20, 20


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away: what is loaded is many values and no garbage, and it looks through all of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect_seldom() -> None:
    """Leave what is there now out of all later collections, and collect seldom: for a process that only reads."""
    gc.collect()
    _spare_what_is_there()


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Do the same for a while; nothing is collected first, which takes as long as reading some articles."""
    before = gc.get_threshold()
    _spare_what_is_there()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def memory_given_back() -> Iterator[None]:
    """Return to the system afterwards what was freed: a thread that loads leaves tens of megabytes that no other uses.

    It takes 10 ms with glibc, and is left undone where there is another library.
    """
    try:
        yield
    finally:
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
        if trim is not None:
            trim(0)


def _spare_what_is_there() -> None:
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
