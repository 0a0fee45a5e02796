"""A stream of bytes in, numbered lines of text out; no line above the limit is ever held whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import SourceError
from .encoding import UTF16_MARKS, decode, find_codec, find_unmarked_utf16, is_binary, sniff

PROBE = 65_536


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read, with its end, or the reason why it could not be."""

    number: int
    text: str = ""
    reason: str | None = None


def read_lines(raw: BinaryIO, *, most_bytes: int, declared: str | None = None, blank: bool = False) -> Iterator[Line]:
    """Yield the lines, `blank` ones as well where they are asked for; raise SourceError for a binary file.

    A line that is no UTF-8 is read in the encoding of the file, as far as its beginning tells.
    """
    stream = raw
    probe = peek(stream)
    if is_binary(probe):
        raise SourceError("is a binary file: give lines of text, best as UTF-8.")
    utf16 = "utf-16" if probe.startswith(UTF16_MARKS) else find_unmarked_utf16(probe)
    if utf16 is not None:
        yield from _read_utf16_lines(stream, utf16, most_bytes, blank)
        return
    if declared is None and not _begins_as_utf8(probe):
        declared = sniff(probe)
    number = 0
    while line := stream.readline(most_bytes + 1):
        number += 1
        if line.isspace() and len(line) < most_bytes:
            if blank:
                yield Line(number, line.decode("ascii", "replace"))
            continue
        if len(line) > most_bytes and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
            yield Line(number, reason=_too_long(most_bytes))
            continue
        try:
            text = decode(line, declared)
        except SourceError as error:
            yield Line(number, reason=str(error))
            continue
        if blank or text.strip():
            yield Line(number, text)


def peek(stream: BinaryIO) -> bytes:
    """Return the beginning of a stream without moving in it."""
    return stream.peek(PROBE)[:PROBE] if isinstance(stream, io.BufferedReader) else b""


def _read_utf16_lines(stream: BinaryIO, encoding: str, most_bytes: int, blank: bool) -> Iterator[Line]:
    number = 0
    most = most_bytes // 2
    with io.TextIOWrapper(stream, encoding=encoding, newline="\n") as lines:
        try:
            while line := lines.readline(most + 1):
                number += 1
                if len(line) <= most or line.endswith("\n"):
                    if blank or line.strip():
                        yield Line(number, line)
                    continue
                while line and not line.endswith("\n"):
                    line = lines.readline(PROBE)
                yield Line(number, reason=_too_long(most_bytes))
        except UnicodeDecodeError:
            yield Line(number + 1, reason="is no UTF-16 from here on: save the file as UTF-8.")


def decoder_for(stream: BinaryIO, declared: str | None) -> codecs.IncrementalDecoder:
    """Return the decoder of a whole stream, chosen by its beginning; raise SourceError for a binary file."""
    probe = peek(stream)
    if is_binary(probe):
        raise SourceError("is a binary file: give text, best as UTF-8.")
    if probe.startswith(UTF16_MARKS):
        return codecs.getincrementaldecoder("utf-16")()
    if not _begins_as_utf8(probe):
        return codecs.getincrementaldecoder(find_codec(declared) or sniff(probe) or "utf-8-sig")()
    return codecs.getincrementaldecoder(find_unmarked_utf16(probe) or "utf-8-sig")()


def _begins_as_utf8(probe: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(probe)  # a letter that is cut in two at the end is none wrong
    except UnicodeDecodeError:
        return False
    return True


def _skip_rest_of_line(stream: BinaryIO) -> None:
    while (part := stream.readline(PROBE)) and not part.endswith(b"\n"):
        pass


def _too_long(most_bytes: int) -> str:
    return (
        f"is longer than {most_bytes:,} bytes, which is more than an article: "
        "split the line, or raise RAWABIT_ARTICLE_MEGABYTES."
    )
