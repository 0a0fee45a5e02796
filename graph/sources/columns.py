"""A record of a table or of JSON in, a Document out: what a column holds is given by --map, or known by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from ..errors import SourceError
from ..model import Document, Refusal
from .fields import check_id, clean_text, read_date
from .identity import identify_text, identify_url
from .markup import holds_markup, strip_markup

FIELDS = ("id", "text", "title", "published", "source", "url", "author")
_DATA = Path(__file__).with_name("columns.yaml")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field of an article stands: `given` by the user, or the first of its `usual` names that is there."""

    given: Mapping[str, str]
    usual: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, given: Iterable[tuple[str, str]] = ()) -> Columns:
        """Read the usual names."""
        entries = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
        return cls(dict(given), {field: tuple(entries[field].split()) for field in FIELDS})

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """Return the column of each field: the given one, else the likeliest of its usual ones among `names`."""
        folded = {_fold(name): name for name in reversed(list(names))}
        found = dict(self.given)
        for field in FIELDS:
            column = next((folded[name] for name in self.usual[field] if name in folded), None)
            if field not in found and column is not None and column not in self.given.values():
                found[field] = column
        return found

    def find_in_table(self, names: Iterable[str]) -> dict[str, str]:
        """Do as `find` does for the head of a table; raise SourceError where a given column or the text is missing."""
        there = list(names)
        for field, column in self.given.items():
            if column not in there:
                raise SourceError(f"has no column {column!r} (--map {field}={column}); there are {_list(there)}.")
        found = self.find(there)
        if "text" not in found:
            raise SourceError(
                f"has no column with the text; there are {_list(there)}: say which holds it, with --map text=COLUMN."
            )
        return found


def read_record(
    record: Mapping[str, Any], columns: Mapping[str, str], *, name: str, line: int | None
) -> Iterator[Document | Refusal]:  # Any: whatever JSON and tables hold
    """Yield the article of a record, before it a Refusal where its date is none; raise SourceError where it is none.

    Its id is its own, else that of its address, else one made from its title and text.
    """
    text = _required(record, columns, "text")
    if holds_markup(text):
        text = strip_markup(text)
        if not text:
            raise SourceError("has a text of HTML without any words.")
    texts = {field: _optional(record, columns, field) for field in ("title", "source", "url")}
    said = _value(record, columns, "published")
    published = said.isoformat()[:10] if isinstance(said, date | datetime) else read_date(said)
    if published is None and said not in (None, ""):
        reason = f"published {str(said)[:40]!r} is no date: write YYYY-MM-DD. The article was read undated."
        yield Refusal(name, reason, line)
    yield Document(
        id=_identify(record, columns, texts["url"], texts["title"], text),
        text=clean_text(text),
        title=texts["title"],
        published=published,
        source=texts["source"],
        url=texts["url"],
        author=_read_author(record, columns),
        path=name,
        line=line,
    )


def _identify(
    record: Mapping[str, Any], columns: Mapping[str, str], url: str | None, title: str | None, text: str
) -> str:
    value = _value(record, columns, "id")
    if value is None:
        return identify_url(url) if url else identify_text(title, text)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise SourceError(f"has {columns['id']!r} as {type(value).__name__}, not as a string.")
    return check_id(value)


def _required(record: Mapping[str, Any], columns: Mapping[str, str], field: str) -> str:
    column = columns.get(field, field)
    value = record.get(column)
    if value is None:
        raise SourceError(f"lacks {column!r}: each article needs a text (--map text=NAME says where it is).")
    if not isinstance(value, str):
        raise SourceError(f"has {column!r} as {type(value).__name__}, not as a string.")
    if not value.strip():
        raise SourceError(f"has an empty {column!r}.")
    return value


def _optional(record: Mapping[str, Any], columns: Mapping[str, str], field: str) -> str | None:
    value = _value(record, columns, field)
    if value is not None and not isinstance(value, str):
        raise SourceError(f"has {columns[field]!r} as {type(value).__name__}, not as a string.")
    return clean_text(value) if value and value.strip() else None


def _read_author(record: Mapping[str, Any], columns: Mapping[str, str]) -> str | None:
    value = _value(record, columns, "author")
    names = value if isinstance(value, list) else [value]
    return clean_text(", ".join(each.strip() for each in names if isinstance(each, str) and each.strip())) or None


def _value(record: Mapping[str, Any], columns: Mapping[str, str], field: str) -> Any:  # Any: as in read_record
    return record.get(columns[field]) if field in columns else None


def _fold(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _list(names: list[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
