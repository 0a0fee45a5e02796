"""Reads articles from JSON lines, one line at a time; a bad line is named and the next one read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..errors import SourceError
from ..model import Document, Refusal
from .columns import Columns, read_record
from .lines import read_lines
from .options import SourceOptions
from .origin import Origin

# The key under which graph/failures.py says why an article, or a whole file, was refused.
FAILURE = "failure"


def read_jsonl(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal]:
    """Yield a Document for each good line, a Refusal for each bad one; no line above the limit is held whole."""
    columns = Columns.load(options.columns)
    empty = True
    with origin.opener() as stream:
        for line in read_lines(stream, most_bytes=options.most_bytes, declared=origin.charset):
            empty = False
            if line.reason is not None:
                yield Refusal(origin.name, line.reason, line.number)
                continue
            try:
                yield from read_object(_parse(line.text), columns, name=origin.name, line=line.number)
            except SourceError as error:
                yield Refusal(origin.name, str(error), line.number)
    if empty:
        yield Refusal(origin.name, "is empty.")


def read_object(value: object, columns: Columns, *, name: str, line: int) -> Iterator[Document | Refusal]:
    """Yield the article of a JSON object; raise SourceError where it is none."""
    if not isinstance(value, dict):
        raise SourceError('is JSON but no object: write {"id": ..., "text": ...} for each article.')
    if value.keys() == {FAILURE}:
        return
    yield from read_record(value, columns.find(tuple(value)), name=name, line=line)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"is no JSON ({error.msg} at column {error.colno}): mend or remove the line.") from None
    except (ValueError, RecursionError):
        raise SourceError("is JSON nested too deep or with too long a number: mend or remove the line.") from None
