"""Checks what stands in one article's fields: text fit to be stored, an id, a date; offsets stay as they were read."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..errors import SourceError

_LONGEST_ID = 500
_FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What neither XML nor N-Quads can carry. One character for one, so that an offset into the text stays right.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NO_CHARACTERS = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Put a space for each control character and U+FFFD for each lone surrogate; the length stays."""
    return _NO_CHARACTERS.sub("\ufffd", _CONTROLS.sub(" ", text))


def check_id(value: str) -> str:
    """Return the id as it is; raise SourceError where it is empty, unprintable or longer than 500 characters."""
    if not value.strip():
        raise SourceError("has an empty id: give each article an id of its own.")
    if clean_text(value) != value or "\n" in value or "\t" in value or "\r" in value:
        raise SourceError(f"has an id with control characters ({value[:40]!r}): give it a printable one.")
    if len(value) > _LONGEST_ID:
        raise SourceError(f"has an id of {len(value)} characters: {_LONGEST_ID} is the most.")
    return value


def read_date(value: object) -> str | None:
    """Return an ISO date from "2024-01-30" or "2024-01-30T18:00:00Z"; None for what is no date."""
    if not isinstance(value, str) or not _FULL_DATE.match(value):
        return None
    try:
        if len(value) == len("2024-01-30"):
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        return None
