"""Dates as precise as a text gave them, as whole days: when a tie was there.

Gephi's importer refuses spells of one element that overlap, so spells are always merged before they are handed on.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from .network import Spell


@lru_cache(maxsize=65536)
def days_of(text: str) -> Spell | None:
    """Return the first and last day of a date written YYYY, YYYY-MM or YYYY-MM-DD; None if there is no such day."""
    try:
        year, *rest = (int(part) for part in text[:10].split("-"))
        if not rest:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif len(rest) == 1:
            first, last = date(year, rest[0], 1), date(year, rest[0], monthrange(year, rest[0])[1])
        else:
            first = last = date(year, rest[0], rest[1])
    except (ValueError, TypeError):
        return None
    return first.isoformat(), last.isoformat()


def merge_spells(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the spells in order, those that overlap or follow on the next day made one."""
    merged: list[Spell] = []
    for start, end in sorted(set(spells)):
        if merged and start <= _day_after(merged[-1][1]):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=65536)
def _day_after(day: str) -> str:
    known = date.fromisoformat(day)
    return day if known == date.max else (known + timedelta(days=1)).isoformat()
