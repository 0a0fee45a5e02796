"""Reads when: dates of four month traditions, weekdays and relative words, resolved against the day of publication.

A date of publication given in the text itself serves where the document has none. Dates come back as YYYY, YYYY-MM or
YYYY-MM-DD, as precise as the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

from ..lang.language import Language
from ..model import Token
from .ago import AgoReader
from .tokens import normalize_word

_DIGITS = str.maketrans("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "0123456789")
_NUMERIC = re.compile(r"\b([0-3]?\d)[/.]([0-3]?\d)[/.]((?:19|20)?\d\d)\b|\b((?:19|20)\d\d)-([01]\d)-([0-3]\d)\b")
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_ENGLISH = re.compile(
    rf"(?:\b([0-3]?\d)(?:st|nd|rd|th)?,? )?\b({'|'.join(_MONTHS)})(?: ([0-3]?\d)(?:st|nd|rd|th)?)?,? ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_HEAD = 1000
_CACHED = 20_000
_YEARS = (1900, 2100)
_SLASHES = "/-"
_COMMAS = frozenset({"\u060c", ","})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a sentence: token indices, the resolved value, and how sure the resolution is.

    `ahead` is the value for what is still to come: a weekday or month without a year may lie on either side of
    publication. `since` is true where something only begins there.
    """

    start: int
    end: int
    value: str
    confidence: float
    ahead: str = ""
    since: bool = False


class DateReader:
    """Finds dates among the tokens of a sentence."""

    def __init__(self, language: Language) -> None:
        calendar = language.calendar
        morphemes = language.morphemes
        self._definite = tuple(clitic + morphemes.article for clitic in morphemes.date_clitics)
        self._from = morphemes.from_
        self._ranges = calendar.range_joiners
        self._before_month = frozenset({morphemes.from_, *calendar.month_words})
        self._before_year = morphemes.year_joiners | _COMMAS
        self._months = {tuple(name.split()): int(number) for name, number in calendar.months.items()}
        self._month_starts = frozenset(name[0] for name in self._months)
        self._ambiguous = calendar.ambiguous_months
        self._weekdays = {name: int(day) for name, day in calendar.weekdays.items()}
        self._relative = {name: int(days) for name, days in calendar.relative_days.items()}
        self._day_phrases = {
            tuple(name.split()): int(days) for name, days in calendar.relative_days.items() if " " in name
        }
        self._past, self._next, self._this = calendar.past, calendar.next, calendar.this
        self._units = calendar.units
        self._since = calendar.since
        self._ordinals = {tuple(words.split()): int(day) for words, day in calendar.ordinals.items()}
        self._ago = AgoReader(language)
        self._lil = (morphemes.for_ * 2, morphemes.article)
        self._year_words = calendar.year_words
        self._bare_firsts = frozenset().union(
            self._month_starts, self._weekdays, self._relative, self._units, self._year_words, self._since,
            (phrase[0] for phrase in self._day_phrases),
        )  # fmt: skip
        self._may_begin = lru_cache(maxsize=_CACHED)(self._begins_date)
        self._begins_month = lru_cache(maxsize=_CACHED)(lambda norm: self._bare(norm) in self._month_starts)

    def published(self, text: str) -> str | None:
        """Return the date that a page's head gives as that of its publication, or None."""
        head = " ".join(text[:4000].split())[:_HEAD]
        if _DIGIT.search(head) is None:
            return None
        head = head.translate(_DIGITS)
        match = _NUMERIC.search(head)
        found = _numeric(match) if match else None
        if found or (found := _english(head)):
            return found
        words = _WORD_OR_MARK.findall(head)
        # Before the month stands the day: what is all letters is none.
        named = [
            index
            for index in range(1, len(words))
            if not words[index - 1].isalpha() and self._begins_month(normalize_word(words[index]))
        ]
        tokens = [Token(0, 0, norm, norm) for norm in map(normalize_word, words)] if named else []
        for index in named:
            end, month = self._month(tokens, index)
            if end and (year := self._year_after(tokens, end)[0]) and (day := _number_before(tokens, index)):
                return _iso(year, month, day)
        return None

    def read(self, tokens: tuple[Token, ...], published: str | None) -> list[DateMention]:
        """Return the dates of a sentence in reading order."""
        today = _parse(published)
        found: list[DateMention] = []
        index = 0
        may_begin = self._may_begin
        for position, token in enumerate(tokens):
            if position < index or not may_begin(token.norm):
                continue
            mention = self._at(tokens, position, today)
            if mention is None:
                continue
            begins = any(token.norm in self._since for token in tokens[max(0, mention.start - 2) : mention.start])
            found.append(replace(mention, since=True) if begins else mention)
            index = max(mention.end, position + 1)
        return found

    def _at(self, tokens: tuple[Token, ...], index: int, today: date | None) -> DateMention | None:
        end, month = self._month(tokens, index)
        if end:
            return self._dated(tokens, index, end, month, today)
        if tokens[index].norm[0].isdigit():
            return _numeric_at(tokens, index)
        norm = self._bare(tokens[index].norm)
        if norm in self._weekdays and today is not None:
            return self._weekday(tokens, index, self._weekdays[norm], today)
        end, days = self._day_phrase(tokens, index)
        if end and today is not None and (value := _shifted(today, days)):
            return DateMention(index, end, value, 0.9)
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
        if norm in self._year_words or norm in self._since:
            year = self._year_at(tokens, index + 1)
            if year:
                return DateMention(index, index + 2, str(year), 0.9, since=norm in self._since)
        ago = self._ago.read(tokens, index, today) if today is not None else None
        return DateMention(index, ago[0], ago[1], 0.7) if ago is not None else None

    def _begins_date(self, norm: str) -> bool:
        """Tell whether a date may begin with a word."""
        return norm[0].isdigit() or self._bare(norm) in self._bare_firsts or self._ago.may_begin(norm)

    def _day_phrase(self, tokens: Sequence[Token], index: int) -> tuple[int, int]:
        """Return the index after "the day before yesterday" and the like, and how many days off it is; else (0, 0)."""
        first = self._bare(tokens[index].norm)
        for length in (3, 2):
            days = self._day_phrases.get((first, *(token.norm for token in tokens[index + 1 : index + length])))
            if days is not None:
                return index + length, days
        return 0, 0

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
            if end < len(tokens) and self._months.get((tokens[end].norm,)) == number:
                return end + 1, number
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
        if self._ordinal_before(tokens, start)[1] is not None:
            return True
        return before[:1].isdigit() or after[:1].isdigit() or slash or before in self._units

    def _dated(self, tokens: tuple[Token, ...], start: int, end: int, month: int, today: date | None) -> DateMention:
        day = _number_before(tokens, start)
        begin = start - 1 if day else start
        if day is None:
            begin, day = self._ordinal_before(tokens, start)
        begin, day = self._range_start(tokens, begin, day) if day else (begin, day)
        year, after = self._year_after(tokens, end)
        if year:
            return DateMention(begin, after, _iso(year, month, day), 0.95)
        if today is None:
            return DateMention(begin, end, "", 0.0)
        following = tokens[end].norm if end < len(tokens) else ""
        year, ahead = today.year, today.year + (month < today.month)
        if following in self._past or (following not in self._next and month > today.month):
            year -= month >= today.month
            ahead = year if following in self._past else ahead
        elif following in self._next:
            year = ahead
        elif following in self._this:
            year = ahead = today.year
        return DateMention(begin, end, _iso(year, month, day), 0.8, _iso(ahead, month, day))

    def _ordinal_before(self, tokens: Sequence[Token], month: int) -> tuple[int, int | None]:
        """Return where the day in words before a month begins, and the day: "the fourth of June"."""
        of = month - 1
        while of > 0 and tokens[of].norm in self._before_month:
            of -= 1
        if of == month - 1:
            return month, None
        start, day = self._ordinal_until(tokens, of + 1)
        return (start, day) if day else (month, None)

    def _ordinal_until(self, tokens: Sequence[Token], end: int) -> tuple[int, int | None]:
        """Return where an ordinal of the days of a month begins that ends before a word, and the day."""
        for length in (2, 1):
            start = end - length
            if start < 0:
                continue
            words = (self._bare(tokens[start].norm), *(token.norm for token in tokens[start + 1 : end]))
            if words in self._ordinals:
                return start, self._ordinals[words]
        return end, None

    def _range_start(self, tokens: Sequence[Token], begin: int, last: int) -> tuple[int, int]:
        """Return where "the 3rd to 5th" begins and its first day, for the last one."""
        joined = begin > 1 and tokens[begin - 1].norm in self._ranges
        day = _number_before(tokens, begin - 1) if joined else None
        start = begin - 2
        if day is None and begin:
            start, day = self._ordinal_until(tokens, begin)
        return (start, day) if day is not None and day < last else (begin, last)

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
        coming = value if following & self._past else _shifted(today, (weekday - today.weekday()) % 7)
        return DateMention(index, index + 1, value, 0.85, coming or "") if value else None

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
        if step is None and self._ago.may_begin(following) and index + 2 < len(tokens):
            step = -2 if tokens[index + 2].norm in self._past else None
        if step is None and index and tokens[index - 1].norm in self._this:
            step = 0
        if step is None:
            return None
        if unit == "year":
            return DateMention(index, index + 2, str(today.year + step), 0.85)
        if unit == "week":
            week = _shifted(today, 7 * step)
            return DateMention(index, index + 2, week[:7], 0.6) if week and step else None
        if unit == "month":
            months = today.year * 12 + today.month - 1 + step
            day = self._day_of(tokens, index)
            return DateMention(index, index + 2, _iso(months // 12, months % 12 + 1, day), 0.85)
        return None

    def _day_of(self, tokens: Sequence[Token], index: int) -> int | None:
        """Return the day before "of this month"."""
        of = index - 1 - (index > 0 and tokens[index - 1].norm in self._this)
        if of < 1 or tokens[of].norm != self._from:
            return None
        return _number_before(tokens, of) or self._ordinal_until(tokens, of)[1]

    def _year_after(self, tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
        """Return the year at a word, or soon after it where that is a comma or the like, and the index behind it."""
        for position in range(index, min(index + 3, len(tokens))):
            year = self._year_at(tokens, position)
            if year is not None or tokens[position].norm not in self._before_year:
                return year, position + 1
        return None, index

    def _year_at(self, tokens: Sequence[Token], index: int) -> int | None:
        text = tokens[index].norm.translate(_DIGITS) if index < len(tokens) else ""
        year = int(text) if text.isdecimal() and len(text) == 4 else 0
        return year if _YEARS[0] <= year <= _YEARS[1] else None

    def _bare(self, norm: str) -> str:
        """Return a word with the article as it stands without a conjunction or preposition before it."""
        if norm.startswith(self._lil[0]) and len(norm) > 3:
            # The article loses its alif after the preposition.
            return self._lil[1] + norm[2:]
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


def _english(head: str) -> str | None:
    """Return a date with an English month, as pages have that are made by English software."""
    for match in _ENGLISH.finditer(head):
        before, month, after, year = match.groups()
        if day := before or after:
            return _iso(int(year), _MONTHS.index(month.lower()) + 1, int(day))
    return None


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


def _numeric_at(tokens: Sequence[Token], index: int) -> DateMention | None:
    """Read "12/05/2024", "12-5-2024" and "2024-05-12"; the year has four digits."""
    text, end = tokens[index].norm.translate(_DIGITS), index + 1
    if text.isdecimal():
        end = index + 5
        parts = [token.norm.translate(_DIGITS) for token in tokens[index:end]]
        if len(parts) < 5 or parts[1] != "-" or parts[3] != "-":
            return None
        text = ("-" if len(text) == 4 else "/").join(part.zfill(2) for part in parts[::2])
    match = _NUMERIC.fullmatch(text)
    value = _numeric(match) if match and any(len(part) == 4 for part in match.groups("")) else None
    return DateMention(index, end, value, 0.9) if value else None


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
