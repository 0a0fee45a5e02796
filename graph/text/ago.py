"""Reads how long ago: "two years ago", "three days ago", as the day, month or year that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..lang.language import Language
from ..model import Token

_MOST = 200


class AgoReader:
    """Reads a unit of time with its number behind "before"."""

    def __init__(self, language: Language) -> None:
        calendar = language.calendar
        self._before = calendar.ago_before
        self._units = {word: _unit(told) for word, told in calendar.ago_units.items()}
        self._numbers = {word: int(value) for word, value in language.numbers.values.items()}
        self._bounds = frozenset(phrase for phrase in language.numbers.bounds if " " not in phrase)

    def may_begin(self, norm: str) -> bool:
        """Tell whether such a phrase may begin with a word."""
        return norm in self._before

    def read(self, tokens: Sequence[Token], index: int, today: date) -> tuple[int, str] | None:
        """Return the index behind a phrase that begins at a word and the date that it leads to, or None."""
        if not self.may_begin(tokens[index].norm):
            return None
        index += 1
        if index < len(tokens) and tokens[index].norm in self._bounds:
            index += 1
        number = self._number(tokens, index)
        if number is not None:
            index += 1
        told = self._units.get(tokens[index].norm) if index < len(tokens) else None
        if told is None:
            return None
        unit, alone = told
        count = number if number is not None else alone
        return (index + 1, _before(today, unit, count)) if count and count <= _MOST else None

    def _number(self, tokens: Sequence[Token], index: int) -> int | None:
        if index + 1 >= len(tokens):
            return None
        norm = tokens[index].norm
        return int(norm) if norm.isdecimal() else self._numbers.get(norm)


def _unit(told: str) -> tuple[str, int | None]:
    name, *number = told.split()
    return name, int(number[0]) if number else None


def _before(today: date, unit: str, count: int) -> str:
    """Return the date so many units before today, as precise as the unit; weeks lead to a month."""
    if unit == "year":
        return str(today.year - count)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    day = today - timedelta(days=count * (7 if unit == "week" else 1))
    return day.isoformat() if unit == "day" else day.isoformat()[:7]
