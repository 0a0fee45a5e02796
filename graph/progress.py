"""Says how far a build has come: the sizes of its files and where its last article stood in, a share and a time out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .sources.files import printable

_SAMPLE = 1 << 20


@dataclass(slots=True)
class Workload:
    """What there is to read, in bytes by file; files come in the order in which they are read."""

    sizes: dict[str, int]
    total: int
    _finished: int = 0
    _current: str | None = None
    _line_bytes: float = 0.0

    @classmethod
    def measure(cls, paths: Iterable[Path | str]) -> Workload:
        """Look up the sizes of files and of what is in folders; what has none, such as an address, has no share."""
        sizes: dict[str, int] = {}
        for path in map(Path, paths):
            if path.is_dir():
                for folder, _, names in os.walk(path):
                    sizes |= {printable(Path(folder, name)): _size(Path(folder, name)) for name in names}
            else:
                sizes[printable(path)] = _size(path)
        return cls(sizes, sum(sizes.values()))

    def pass_by(self, path: str | None, line: int | None) -> float | None:
        """Return what share has been read when an article at a place is done; None where it cannot be told."""
        if path is None or path not in self.sizes or not self.total:
            return None
        if path != self._current:
            self._finished += self.sizes.get(self._current or "", 0)
            self._current, self._line_bytes = path, _measure_lines(Path(path)) if line else 0.0
        read = min((line or 0) * self._line_bytes, self.sizes[path])
        return min((self._finished + read) / self.total, 1.0)


@dataclass(slots=True)
class Clock:
    """Seconds by what they were spent on."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Add the time that a block takes."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def note(self, name: str, *, without: str = "") -> None:
        """Note the time since the last note, less what was measured under another name meanwhile."""
        now = time.perf_counter()
        self.seconds[name], self._since = now - self._since - self.seconds.get(without, 0.0), now


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build has come; `share` is that of the input, where it is known."""

    read: int
    refused: int
    facts: int
    seconds: float
    share: float | None = field(default=None, compare=False)

    def words(self) -> str:
        """Say it in a line: articles and their rate, facts, refusals, and how long it will still take."""
        told = f"{self.read:,} articles ({self.read / max(self.seconds, 1e-9):.0f}/s), {self.facts:,} facts"
        told += f", {self.refused:,} refused" if self.refused else ""
        if not self.share:
            return told
        left = round(self.seconds * (1 - self.share) / self.share)
        hours, minutes = divmod(left // 60, 60)
        return f"{told}, {self.share:.0%}, {f'{hours}:{minutes:02}' if hours else minutes}:{left % 60:02} left"


def _measure_lines(path: Path) -> float:
    """Return how many bytes a line of a file has on average, going by its beginning."""
    try:
        with path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
    except OSError:
        return 0.0
    return len(sample) / max(sample.count(b"\n"), 1)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
