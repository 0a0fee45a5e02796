"""Reads articles from JSON lines (id, text; title, published, source, url where known), one line at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..errors import SourceError
from ..model import Document, Refusal
from .encoding import UTF16_MARKS, decode, is_binary
from .fields import check_id, clean_text, read_date
from .files import printable

_OPTIONAL_TEXTS = ("title", "source", "url")
_PROBE = 8_192


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that was read, or the reason why it could not be."""

    number: int
    text: str = ""
    reason: str | None = None


def read_jsonl(path: Path, *, most_bytes: int) -> Iterator[Document | Refusal]:
    """Yield a Document for each good line, a Refusal for each bad one; no line above `most_bytes` is held whole."""
    name = printable(path)
    empty = True
    with path.open("rb") as stream:
        if is_binary(stream.peek(_PROBE)):
            yield Refusal(name, "is a binary file: give JSON lines, best as UTF-8.")
            return
        for line in _read_lines(stream, most_bytes):
            empty = False
            if line.reason is not None:
                yield Refusal(name, line.reason, line.number)
                continue
            try:
                yield from _read_record(line, name)
            except SourceError as error:
                yield Refusal(name, str(error), line.number)
    if empty:
        yield Refusal(name, "is empty.")


def _read_lines(stream: io.BufferedReader, most_bytes: int) -> Iterator[_Line]:
    if stream.peek(2).startswith(UTF16_MARKS):
        yield from _read_utf16_lines(stream, most_bytes)
        return
    number = 0
    while line := stream.readline(most_bytes + 1):
        number += 1
        if len(line) > most_bytes and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
            yield _Line(number, reason=_too_long(most_bytes))
            continue
        try:
            text = decode(line)
        except SourceError as error:
            yield _Line(number, reason=str(error))
            continue
        if text.strip():
            yield _Line(number, text)


def _read_utf16_lines(stream: BinaryIO, most_bytes: int) -> Iterator[_Line]:
    number = 0
    most = most_bytes // 2
    with io.TextIOWrapper(stream, encoding="utf-16", newline="\n") as lines:
        try:
            while line := lines.readline(most + 1):
                number += 1
                if len(line) <= most or line.endswith("\n"):
                    if line.strip():
                        yield _Line(number, line)
                    continue
                while line and not line.endswith("\n"):
                    line = lines.readline(_PROBE)
                yield _Line(number, reason=_too_long(most_bytes))
        except UnicodeDecodeError:
            yield _Line(number + 1, reason="is no UTF-16 from here on: save the file as UTF-8.")


def _skip_rest_of_line(stream: BinaryIO) -> None:
    while (part := stream.readline(1 << 16)) and not part.endswith(b"\n"):
        pass


def _too_long(most_bytes: int) -> str:
    return (
        f"is longer than {most_bytes:,} bytes, which is more than an article: "
        "split the line, or raise RAWABIT_ARTICLE_MEGABYTES."
    )


def _read_record(line: _Line, name: str) -> Iterator[Document | Refusal]:
    try:
        record = json.loads(line.text)
    except json.JSONDecodeError as error:
        raise SourceError(f"is no JSON ({error.msg} at column {error.colno}): mend or remove the line.") from None
    except (ValueError, RecursionError):
        raise SourceError("is JSON nested too deep or with too long a number: mend or remove the line.") from None
    if not isinstance(record, dict):
        raise SourceError('is JSON but no object: write {"id": ..., "text": ...} on each line.')
    identifier, text = (_required(record, key) for key in ("id", "text"))
    title, source, url = (_optional(record, key) for key in _OPTIONAL_TEXTS)
    published = read_date(record.get("published"))
    if published is None and record.get("published") not in (None, ""):
        reason = (
            f"published {str(record['published'])[:40]!r} is no date: write YYYY-MM-DD. The article was read undated."
        )
        yield Refusal(name, reason, line.number)
    yield Document(
        id=check_id(identifier),
        text=clean_text(text),
        title=title,
        published=published,
        source=source,
        url=url,
        path=name,
        line=line.number,
    )


def _required(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        raise SourceError(f"lacks {key!r}: each article needs an id and a text.")
    if not isinstance(value, str):
        raise SourceError(f"has {key!r} as {type(value).__name__}, not as a string.")
    if not value.strip():
        raise SourceError(f"has an empty {key!r}.")
    return value


def _optional(record: dict[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise SourceError(f"has {key!r} as {type(value).__name__}, not as a string.")
    return clean_text(value) if value and value.strip() else None
