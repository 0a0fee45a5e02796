"""Compressed bytes in, their content out, as long as it stays within bounds: a bomb is refused before it goes off."""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO

from ..errors import SourceError
from .origin import Allowance, Origin

# Text comes down to a tenth, a table that repeats itself to a fiftieth; deflate can make a thousandth of zeros.
_MOST_RATIO = 200
_FREE_BYTES = 1_000_000
_CHUNK = 65_536
_GZIP = 31
_IN_MEMORY = 16_000_000


@dataclass(slots=True)
class Guard:
    """Watches one compressed stream: what came out of it against what went in."""

    allowance: Allowance
    packed: int = 0
    unpacked: int = 0

    def note(self, unpacked: int, *, packed: int) -> None:
        """Count what came out, while `packed` bytes went in so far; raise SourceError where that is no honest ratio."""
        self.packed = packed
        self.unpacked += unpacked
        self.allowance.spend(unpacked)
        if self.unpacked > _FREE_BYTES and self.unpacked > max(self.packed, 1) * _MOST_RATIO:
            raise SourceError(
                f"unpacks to more than {_MOST_RATIO} times its size, as no text does: it is not read further."
            )


class GunzipStream(io.RawIOBase):
    """The content of gzip members, one after another; raises SourceError where they are damaged, cut off or a bomb."""

    def __init__(self, source: BinaryIO, guard: Guard) -> None:
        self._source = source
        self._guard = guard
        self._inflate = zlib.decompressobj(_GZIP)
        self._waiting = b""
        self._fed = 0
        self._within = False

    def readable(self) -> bool:
        """Tell that this is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 is the end."""
        while True:
            if not self._waiting:
                self._waiting = self._source.read(_CHUNK)
                self._fed += len(self._waiting)
            if not self._waiting:
                if self._within:
                    raise SourceError("ends before its gzip data does: it was cut off; fetch it again.")
                return 0
            if not self._within:
                self._waiting = self._waiting.lstrip(b"\0")  # padding between members
                if not self._waiting:
                    continue
            part = self._unpack(len(buffer))
            if part:
                self._guard.note(len(part), packed=self._fed - len(self._waiting))
                buffer[: len(part)] = part
                return len(part)

    def _unpack(self, most: int) -> bytes:
        self._within = True
        try:
            part = self._inflate.decompress(self._waiting, most)
        except zlib.error as error:
            raise SourceError(f"is damaged, or no gzip ({error}): fetch it again.") from None
        self._waiting = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._waiting = self._inflate.unused_data
            self._inflate = zlib.decompressobj(_GZIP)
            self._within = False
        return part


def inflate(data: bytes, *, most_bytes: int) -> bytes:
    """Return what gzip data hold, at most a byte more than `most_bytes`; raise SourceError where they are damaged."""
    stream = io.BufferedReader(
        GunzipStream(io.BytesIO(data), Guard(Allowance(most_bytes + _FREE_BYTES, "RAWABIT_ARTICLE_MEGABYTES"))), _CHUNK
    )
    return stream.read(most_bytes + 1)


@contextmanager
def open_seekable(origin: Origin) -> Iterator[IO[bytes]]:
    """Open an origin so that it can be read in any order: a file as it is, all else by way of a file without a name."""
    if origin.path is not None:
        with origin.path.open("rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy, origin.opener() as stream:
        while part := stream.read(_CHUNK):
            copy.write(part)
        copy.seek(0)
        yield copy
