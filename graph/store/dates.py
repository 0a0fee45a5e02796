"""Compares dates that are as precise as a text gave them: a year, a month or a day, all as ISO text."""

from __future__ import annotations

import re

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
UNDATED = "0"
"""Stands before every date where something has none."""


def is_date(text: str) -> bool:
    """Say whether a text is a date of any precision; an update may have written anything in its place."""
    return _DATE.fullmatch(text) is not None


def first_day(date: str) -> str:
    """Return the first day of a date, month or year."""
    return date + "-01-01"[len(date) - 4 :]


def last_day(date: str) -> str:
    """Return the last day of a date, month or year; the 31st will do for all months, since days are only compared."""
    return date + "-12-31"[len(date) - 4 :]
