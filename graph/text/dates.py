"""Reads when: dates of four month traditions, weekdays and relative words, resolved against the day of publication.

A date of publication given in the text itself serves where the document has none. Dates come back as YYYY, YYYY-MM or
YYYY-MM-DD, as precise as the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from ..lang.language import Language
from ..model import Token
from .fold import normalize

_DIGITS = str.maketrans("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "0123456789")
_NUMERIC = re.compile(r"\b([0-3]?\d)[/.]([01]?\d)[/.]((?:19|20)?\d\d)\b|\b((?:19|20)\d\d)-([01]\d)-([0-3]\d)\b")
_HEAD = 1000
_YEARS = (1900, 2100)
_SLASHES = "/-"
_COMMAS = frozenset({"\u060c", ","})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a sentence: token indices, the resolved value, and how sure the resolution is."""

    start: int
    end: int
    value: str
    confidence: float


class DateReader:
    """Finds dates among the tokens of a sentence."""

    def __init__(self, language: Language) -> None:
        calendar = language.calendar
        morphemes = language.morphemes
        self._definite = tuple(clitic + morphemes.article for clitic in morphemes.date_clitics)
        self._before_year = morphemes.year_joiners | _COMMAS
        self._months = {tuple(name.split()): int(number) for name, number in calendar.months.items()}
        self._month_starts = frozenset(name[0] for name in self._months)
        self._ambiguous = calendar.ambiguous_months
        self._weekdays = {name: int(day) for name, day in calendar.weekdays.items()}
        self._relative = {name: int(days) for name, days in calendar.relative_days.items()}
        self._past, self._next, self._this = calendar.past, calendar.next, calendar.this
        self._units = calendar.units
        self._year_words = calendar.year_words

    def published(self, text: str) -> str | None:
        """Return the date that a page's head gives as that of its publication, or None."""
        head = " ".join(text[:4000].split())[:_HEAD].translate(_DIGITS)
        match = _NUMERIC.search(head)
        found = _numeric(match) if match else None
        if found:
            return found
        tokens = [Token(0, 0, word, normalize(word)) for word in re.findall(r"[\w/]+|[^\w\s]", head)]
        split: list[Token] = []
        for token in tokens:
            split += [Token(0, 0, part, normalize(part)) for part in re.split("(/)", token.text) if part]
        for index in range(len(split)):
            end, month = self._month(split, index)
            if end and (year := self._year_after(split, end)) and (day := _number_before(split, index)):
                return _iso(year, month, day)
        return None

    def read(self, tokens: tuple[Token, ...], published: str | None) -> list[DateMention]:
        """Return the dates of a sentence in reading order."""
        today = _parse(published)
        found: list[DateMention] = []
        index = 0
        while index < len(tokens):
            mention = self._at(tokens, index, today)
            if mention is None:
                index += 1
                continue
            found.append(mention)
            index = max(mention.end, index + 1)
        return found

    def _at(self, tokens: tuple[Token, ...], index: int, today: date | None) -> DateMention | None:
        end, month = self._month(tokens, index)
        if end:
            return self._dated(tokens, index, end, month, today)
        norm = self._bare(tokens[index].norm)
        if norm in self._weekdays and today is not None:
            return self._weekday(tokens, index, self._weekdays[norm], today)
        if norm in self._relative and today is not None:
            named = self._named_day(tokens, index, today)
            if named is not None:
                return named
            value = _shifted(today, self._relative[norm])
            return DateMention(index, index + 1, value, 0.9) if value else None
        if norm in self._units and index + 1 < len(tokens) and today is not None:
            relative = self._unit(tokens, index, self._units[norm], today)
            if relative:
                return relative
        if norm in self._year_words:
            year = self._year_after(tokens, index + 1)
            if year:
                return DateMention(index, index + 2, str(year), 0.9)
        return None

    def _month(self, tokens: Sequence[Token], index: int) -> tuple[int, int]:
        """Return the index after a month's name and its number, or (0, 0); "shubat/fabrayir" is one month."""
        first = self._bare(tokens[index].norm)
        if first not in self._month_starts:
            return 0, 0
        for length in (2, 1):
            name = (first, *(token.norm for token in tokens[index + 1 : index + length]))
            number = self._months.get(name)
            if number is None:
                continue
            end = index + length
            joined = end < len(tokens) and tokens[end].norm in _SLASHES
            if joined:
                for further in (3, 2):
                    second = tuple(token.norm for token in tokens[end + 1 : end + further])
                    if second in self._months:
                        return end + further, number
            if " ".join(name) in self._ambiguous and not joined and not self._beside_number(tokens, index, end):
                continue
            return end, number
        return 0, 0

    def _beside_number(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        before = tokens[start - 1].norm if start else ""
        after = tokens[end].norm if end < len(tokens) else ""
        slash = bool(before) and before in _SLASHES
        return before[:1].isdigit() or after[:1].isdigit() or slash or before in self._units

    def _dated(self, tokens: tuple[Token, ...], start: int, end: int, month: int, today: date | None) -> DateMention:
        day = _number_before(tokens, start)
        begin = start - 1 if day else start
        year = self._year_after(tokens, end)
        if year:
            return DateMention(begin, end + 1, _iso(year, month, day), 0.95)
        if today is None:
            return DateMention(begin, end, "", 0.0)
        following = tokens[end].norm if end < len(tokens) else ""
        year = today.year
        if following in self._past or (following not in self._next and month > today.month):
            year -= month >= today.month
        elif following in self._next:
            year += month < today.month
        return DateMention(begin, end, _iso(year, month, day), 0.8)

    def _weekday(self, tokens: tuple[Token, ...], index: int, weekday: int, today: date) -> DateMention | None:
        following = {token.norm for token in tokens[index + 1 : index + 3]}
        if following & self._next:
            ahead = (weekday - today.weekday()) % 7 or 7
            value = _shifted(today, ahead)
            return DateMention(index, index + 2, value, 0.8) if value else None
        back = (today.weekday() - weekday) % 7
        if following & self._past:
            back = back or 7
        value = _shifted(today, -back)
        return DateMention(index, index + 1, value, 0.85) if value else None

    def _named_day(self, tokens: tuple[Token, ...], index: int, today: date) -> DateMention | None:
        """Read "today, Monday" as that Monday: an article may be stamped the day after."""
        weekday = self._weekdays.get(tokens[index + 1].norm) if index + 1 < len(tokens) else None
        if weekday is None or self._relative[tokens[index].norm] > 0:
            return None
        value = _shifted(today, -((today.weekday() - weekday) % 7))
        return DateMention(index, index + 2, value, 0.9) if value else None

    def _unit(self, tokens: tuple[Token, ...], index: int, unit: str, today: date) -> DateMention | None:
        following = tokens[index + 1].norm
        step = (
            -1 if following in self._past else 1 if following in self._next else 0 if following in self._this else None
        )
        if step is None:
            return None
        if unit == "year":
            return DateMention(index, index + 2, str(today.year + step), 0.85)
        if unit == "month":
            months = today.year * 12 + today.month - 1 + step
            return DateMention(index, index + 2, f"{months // 12:04d}-{months % 12 + 1:02d}", 0.85)
        return None

    def _year_after(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return the year at a word, or right after it where that is a comma or the like."""
        for token in tokens[index : index + 3]:
            text = token.norm.translate(_DIGITS)
            if text.isdecimal() and len(text) == 4 and _YEARS[0] <= int(text) <= _YEARS[1]:
                return int(text)
            if text not in self._before_year:
                break
        return None

    def _bare(self, norm: str) -> str:
        """Return a word with the article as it stands without a conjunction or preposition before it."""
        return norm[1:] if norm.startswith(self._definite) else norm


def _parse(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _iso(year: int, month: int, day: int | None) -> str:
    if day:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    return f"{year:04d}-{month:02d}"


def _numeric(match: re.Match[str]) -> str | None:
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    if iso_year:
        year, month, day = iso_year, iso_month, iso_day
    full = int(year) if len(year) == 4 else 2000 + int(year)
    for first, second in product((int(month), int(day)), repeat=2):
        if first != second or month == day:
            try:
                return date(full, first, second).isoformat()
            except ValueError:
                continue
    return None


def _shifted(day: date, days: int) -> str | None:
    """Return the day so many days later, or None beyond the calendar's ends."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _number_before(tokens: Sequence[Token], index: int) -> int | None:
    if index == 0:
        return None
    text = tokens[index - 1].norm.translate(_DIGITS)
    return int(text) if text.isdecimal() and len(text) < 3 and 1 <= int(text) <= 31 else None
