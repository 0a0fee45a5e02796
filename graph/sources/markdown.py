"""Reads one article from a Markdown file: its prose without the marks, its title from front matter or first heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..errors import SourceError
from ..model import Document, Refusal
from .columns import Columns, read_record
from .encoding import decode
from .fields import clean_text
from .identity import identify_file
from .options import SourceOptions
from .origin import Origin, read_whole

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PROSE = frozenset({"text", "code_inline", "softbreak", "hardbreak"})


def read_markdown(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal]:
    """Yield the article; raise SourceError where the file holds none. Offsets count the prose without its marks."""
    source = decode(read_whole(origin, most_bytes=options.most_bytes), origin.charset)
    record: dict[str, object] = {}
    front = _FRONT_MATTER.match(source)
    if front:
        record |= _read_front_matter(front.group(1))
        source = source[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    columns = Columns.load(options.columns)
    title = _take_title(tokens)
    text = _write_prose(tokens)
    if not text.strip():
        raise SourceError("holds no text beside its title.")
    found = columns.find(tuple(record))
    record = {field: record.get(column) for field, column in found.items()}
    record |= {"text": text, "id": record.get("id") or identify_file(origin)}
    record["title"] = record.get("title") or title
    record["url"] = record.get("url") or origin.url
    yield from read_record(record, {field: field for field in record}, name=origin.name, line=origin.line)


def _read_front_matter(text: str) -> Mapping[str, object]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise SourceError("begins with front matter that is no YAML: mend it or take it out.") from None
    if not isinstance(found, Mapping):
        return {}
    return {str(key): value if isinstance(value, str | int | date | list) else None for key, value in found.items()}


def _take_title(tokens: list[Token]) -> str | None:
    """Return the heading with which the file begins, and take it out of the tokens."""
    if len(tokens) < 3 or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):
        return None
    title = _write_inline(tokens[1])
    del tokens[:3]
    return title


def _write_prose(tokens: list[Token]) -> str:
    return clean_text("\n\n".join(text for each in tokens if each.type == "inline" and (text := _write_inline(each))))


def _write_inline(token: Token) -> str:
    parts = {"softbreak": "\n", "hardbreak": "\n"}
    kept = (parts.get(each.type, each.content) for each in token.children or () if each.type in _PROSE)
    return "".join(kept).strip()
