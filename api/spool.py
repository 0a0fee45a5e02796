"""Takes the bytes of one answer as they are written, in memory while they are few and in a file beyond that.

Limits are kept here: an answer that grows too large fails before anything of it was sent, so the client gets a
proper status and never half an answer.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

INLINE_BYTES = 256 * 1024
# Below this, gzip makes an answer longer or saves less than its headers cost.
WORTH_GZIP = 1024
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class AnswerTooLargeError(Exception):
    """The answer passed the limit of bytes or rows; the message says which, and how to page."""


class SpoolFullError(Exception):
    """The answer could not be kept: the disk is full or not writable."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large one answer may grow: bytes before compression, and rows where the format lets them be counted."""

    bytes: int
    rows: int


class Spool:
    """A file that one answer is written to; `finish` says whether it ended in memory or in the file `path`.

    It has of a file what those need that write answers. As an `io` class it would cost a tenth of a quick query.
    """

    __slots__ = (
        "_compress",
        "_file",
        "_finish",
        "_limits",
        "_parts",
        "_path",
        "_row_mark",
        "_rows",
        "_size",
        "_tail",
        "_use_gzip",
    )

    def __init__(self, path: Path, limits: Limits, *, use_gzip: bool, row_mark: bytes | None = None) -> None:
        self._path, self._limits, self._use_gzip, self._row_mark = path, limits, use_gzip, row_mark
        self._parts: list[bytes] = []
        self._size = self._rows = 0
        self._file: BinaryIO | None = None
        self._compress: Callable[[bytes], bytes] = bytes
        self._finish: Callable[[], bytes] = bytes
        self._tail = b""

    closed = False

    def readable(self) -> bool:
        """Say that this cannot be read from."""
        return False

    def writable(self) -> bool:
        """Say that this can be written to, which writers of text ask."""
        return True

    def seekable(self) -> bool:
        """Say that what is written stays where it is."""
        return False

    def flush(self) -> None:
        """Do nothing, as nothing is held back."""

    def close(self) -> None:
        """Do nothing: `finish` or `discard` ends an answer, not the writer of one of its parts."""

    def write(self, data: Buffer) -> int:
        """Take more bytes; raise AnswerTooLargeError or SpoolFullError where they are too many."""
        data = bytes(data)
        size = len(data)
        self._size += size
        if self._size > self._limits.bytes:
            raise AnswerTooLargeError(
                f"the answer is larger than {self._limits.bytes:,} bytes: ask for less at a time "
                f"(LIMIT and OFFSET over an ORDER BY), or for CSV or TSV, which are shorter."
            )
        if self._file is None:
            if self._size <= INLINE_BYTES:
                self._parts.append(data)
                return size
            self._open_file()
        self._to_file(data)
        return size

    def finish(self) -> tuple[bytes | None, bool]:
        """End the answer; return its bytes, or None where they are in the file, and whether they are gzipped."""
        if self._file is not None:
            try:
                self._file.write(self._finish())
                self._file.close()
            except OSError as error:
                raise SpoolFullError(_no_room(self._path, error)) from error
            return None, self._use_gzip
        body = b"".join(self._parts)
        if len(body) > self._limits.rows:  # a row has more bytes than one
            self._count_rows(body)
        if self._use_gzip and len(body) >= WORTH_GZIP:
            return gzip.compress(body, compresslevel=4, mtime=0), True
        return body, False

    def discard(self) -> None:
        """Forget all that was written."""
        if self._file is not None:
            with suppress(OSError):  # what a full disk would not take is not wanted any more
                self._file.close()
        self._path.unlink(missing_ok=True)

    def _count_rows(self, data: bytes) -> None:
        if self._row_mark is None:
            return
        overlap = len(self._row_mark) - 1
        window = self._tail + data
        self._rows += window.count(self._row_mark)
        self._tail = window[-overlap:] if overlap else b""
        if self._rows > self._limits.rows:
            raise AnswerTooLargeError(
                f"the answer has more than {self._limits.rows:,} rows: ask for fewer at a time "
                f"(LIMIT and OFFSET over an ORDER BY)."
            )

    def _open_file(self) -> None:
        try:
            self._file = self._path.open("wb", buffering=1 << 18)
        except OSError as error:
            raise SpoolFullError(_no_room(self._path, error)) from error
        if self._use_gzip:
            # Level 1: a large answer waits for the compressor more than for the wire.
            compressor = zlib.compressobj(1, zlib.DEFLATED, _GZIP_WINDOW)
            self._compress, self._finish = compressor.compress, compressor.flush
        for part in self._parts:
            self._to_file(part)
        self._parts.clear()

    def _to_file(self, data: bytes) -> None:
        assert self._file is not None
        self._count_rows(data)
        try:
            self._file.write(self._compress(data))
        except OSError as error:
            raise SpoolFullError(_no_room(self._path, error)) from error


def _no_room(path: Path, error: OSError) -> str:
    return f"the answer could not be kept in {path.parent}: {error.strerror or error}. Make room there or set TMPDIR."
