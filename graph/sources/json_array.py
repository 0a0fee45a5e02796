"""Reads articles from a JSON file: an array of objects, element by element, or one object that is or holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ..errors import SourceError
from ..model import Document, Refusal
from .columns import Columns
from .jsonl import read_object
from .lines import PROBE, decoder_for
from .options import SourceOptions
from .origin import Origin

_OUTSIDE = re.compile(r'["\[\]{},]')
_INSIDE = re.compile(r'["\\]')


def read_json(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal]:
    """Yield the articles; a bad element is refused by its number, counted from 1, and the next one read."""
    columns = Columns.load(options.columns)
    with origin.opener() as stream:
        texts = _read_texts(stream, origin.charset)
        head = next((text for each in texts if (text := each.lstrip())), "")
        if not head:
            raise SourceError("is empty.")
        if head.startswith("{"):
            elements: Iterable[_Element] = _read_one(head, texts, options.most_bytes, columns)
        elif head.startswith("["):
            elements = _Splitter(options.most_bytes).split(head[1:], texts)
        else:
            raise SourceError("is no JSON that holds articles: give an array of objects, or JSON lines as .jsonl.")
        for element in elements:
            try:
                yield from read_object(element.load(), columns, name=origin.name, line=element.number)
            except SourceError as error:
                yield Refusal(origin.name, str(error), element.number)


@dataclass(frozen=True, slots=True)
class _Element:
    number: int
    text: str = ""
    value: object = None
    reason: str | None = None

    def load(self) -> object:
        if self.reason is not None:
            raise SourceError(self.reason)
        return self.value if self.value is not None else _parse(self.text)


def _read_texts(stream: BinaryIO, declared: str | None) -> Iterator[str]:
    decoder = decoder_for(stream, declared)
    try:
        while data := stream.read(PROBE):
            yield decoder.decode(data)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise SourceError(f"is no {error.encoding} from here on: save the file as UTF-8.") from None


def _read_one(head: str, texts: Iterator[str], most: int, columns: Columns) -> Iterator[_Element]:
    parts = [head]
    for text in texts:
        parts.append(text)
        if sum(map(len, parts)) > most:
            raise SourceError(
                "is one JSON object larger than an article: give its array alone, or --as jsonl for JSON lines."
            )
    value = _parse("".join(parts))
    if isinstance(value, dict) and "text" not in columns.find(value):
        lists = (each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict))
        yield from (_Element(number, value=each) for number, each in enumerate(next(lists, [value]), 1))
    else:
        yield _Element(1, value=value)


@dataclass(slots=True)
class _Splitter:
    """Cuts an array into its elements by brackets and quotes alone, so that a bad or huge element spoils no other."""

    most: int
    number: int = 0
    depth: int = 0
    quoted: bool = False
    escaped: bool = False
    size: int = 0
    parts: list[str] = field(default_factory=list)

    def split(self, head: str, texts: Iterator[str]) -> Iterator[_Element]:
        """Yield the elements; raise SourceError where the array does not end."""
        text: str | None = head
        while text is not None:
            start = 0
            for position in self._find_borders(text):
                self._keep(text[start:position])
                start = position + 1
                yield from self._finish()
            if self.depth < 0:
                return
            self._keep(text[start:])
            text = next(texts, None)
        raise SourceError(f"ends within element {self.number + 1} of its array: it was cut off; fetch it again.")

    def _find_borders(self, text: str) -> Iterator[int]:
        """Yield where elements end: at commas between them, and at the bracket that closes the array."""
        position = 0
        while True:
            if self.escaped and position < len(text):
                position, self.escaped = position + 1, False
            found = (_INSIDE if self.quoted else _OUTSIDE).search(text, position)
            if found is None:
                return
            position, mark = found.end(), found.group()
            if mark == '"':
                self.quoted = not self.quoted
            elif mark == "\\":
                self.escaped = True
            elif mark in "[{":
                self.depth += 1
            elif mark in "]}":
                self.depth -= 1
                if self.depth < 0:
                    yield found.start()
                    return
            elif self.depth == 0:
                yield found.start()

    def _keep(self, text: str) -> None:
        self.size += len(text)
        if self.size <= self.most:
            self.parts.append(text)

    def _finish(self) -> Iterator[_Element]:
        text, size = "".join(self.parts).strip(), self.size
        self.parts, self.size = [], 0
        if not text and size <= self.most:
            return
        self.number += 1
        too_long = (
            f"is longer than {self.most:,} bytes, which is more than an article: raise RAWABIT_ARTICLE_MEGABYTES."
        )
        yield _Element(self.number, text, reason=too_long if size > self.most else None)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise SourceError("is JSON lines and no JSON: --as jsonl reads it.") from None
        raise SourceError(f"is no JSON ({error.msg} at character {error.pos + 1}): mend or remove it.") from None
    except (ValueError, RecursionError):
        raise SourceError("is JSON nested too deep or with too long a number: mend or remove it.") from None
