"""Reads a WARC file record by record: each page that a server answered with, and each text, is an Origin of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from ..errors import SourceError
from ..model import Refusal
from .bounded import inflate
from .options import SourceOptions
from .origin import Origin

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_FOUND = 200


def read_warc(origin: Origin, options: SourceOptions) -> Iterator[Origin | Refusal]:
    """Yield the pages and texts; pictures, redirects, requests and the like are passed over without a word.

    A record is a line in messages, counted from 1. Raise SourceError where the file is no WARC from some place on.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    with origin.opener() as stream:
        tame = _TameStream(stream)
        records = iter(ArchiveIterator(tame, auto_decode="transfer", stream_detect=False))
        while (record := _take(records, number)) is not None:
            number += 1
            if not record.record_type & wanted:
                continue
            try:
                yield from _read_record(record, origin, number, options)
            except SourceError as error:
                yield Refusal(origin.name, str(error), number)
        if tame.failure is not None:
            raise tame.failure
    if not number:
        raise SourceError("is empty, or no WARC.")


def _take(records: Iterator[WarcRecord], number: int) -> WarcRecord | None:
    try:
        return next(records, None)
    except (OSError, ValueError) as error:
        raise SourceError(f"is no WARC after record {number} ({error}): fetch it again.") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a fault in the library's Rust code comes as
            raise
        raise SourceError(f"is damaged after record {number}: fetch it again.") from None


def _read_record(record: WarcRecord, origin: Origin, number: int, options: SourceOptions) -> Iterator[Origin]:
    headers = record.http_headers if record.is_http_parsed else None
    if headers is not None and headers.status_code not in (_FOUND, None):
        return
    media_type = record.http_content_type if headers is not None else record.headers.get("Content-Type")
    kind = _KINDS.get((media_type or "").partition(";")[0].strip().lower())
    url = record.headers.get("WARC-Target-URI")
    if kind is None or not (url or "").startswith(("http://", "https://")):
        return
    length = record.content_length
    data = _read_at_most(record, options.most_bytes + 1)
    chunked = headers is not None and "Transfer-Encoding" in headers
    if len(data) < min(length, options.most_bytes + 1) and not chunked:
        raise SourceError("is cut off within this record: fetch it again.")
    if headers is not None and (headers.get("Content-Encoding") or "").lower() in ("gzip", "x-gzip"):
        data = inflate(data, most_bytes=options.most_bytes)
    yield Origin(
        origin.name,
        partial(_open_bytes, data),
        relative=origin.relative,
        kind=kind,
        url=url,
        charset=record.http_charset if headers is not None else None,
        line=number,
        depth=origin.depth + 1,
        allowance=origin.allowance,
    )


def _open_bytes(data: bytes) -> nullcontext[BinaryIO]:
    return nullcontext(io.BytesIO(data))


def _read_at_most(record: WarcRecord, most: int) -> bytes:
    data = bytearray()
    while len(data) < most and (part := record.reader.read(most - len(data))):
        data += part
    return bytes(data)


@dataclass(slots=True)
class _TameStream:
    """A stream that never raises: what fails while the library reads becomes an end, and is kept for afterwards.

    An exception that came through its Rust code would end the process's thread with a panic.
    """

    stream: BinaryIO
    position: int = 0
    failure: SourceError | OSError | None = None

    def read(self, size: int = -1) -> bytes:
        if self.failure is not None:
            return b""
        try:
            part = self.stream.read(size)
        except (SourceError, OSError) as error:
            self.failure = error
            return b""
        self.position += len(part)
        return part

    def tell(self) -> int:
        return self.position

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.position

    def close(self) -> None:
        pass
