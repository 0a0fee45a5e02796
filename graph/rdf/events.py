"""Facts of many documents -> events: what several documents tell of one deed, gathered by its statement and its dates.

A statement (who does what to whom) may come true many times. Facts of one statement are one event where their dates can
be those of one deed; a pure function of those facts, so events do not depend on the order in which documents came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .namespaces import RDF, RW, SCHEMA, Namespaces
from .terms import Triple, read_string, write_date

OCCURRENCE, WHEN = f"<{RW}occurrence>", f"<{RW}when>"
STANDING = f"<{RW}family-standing>"
_TYPE, _CLASS = f"<{RDF}type>", f"<{RW}Occurrence>"
_STATEMENT, _STATUS, _DATE = (f"<{RW}{name}>" for name in ("statement", "status", "date"))
_PREDICATE, _PUBLISHED = f"<{RDF}predicate>", f"<{SCHEMA}datePublished>"
_OF_FACTS = frozenset({_STATEMENT, _STATUS, _DATE, _PREDICATE})
DAY, MONTH = len("2024-01-30"), len("2024-01")
UNDATED = "undated"
# Whoever tells of a deed without a date tells of this day or of yesterday; a plan is for this day or tomorrow; a denial
# answers what has been said, for a week.
_NEAR = {"actual": (0, -1), "planned": (0, 1), "possible": (0, 1), "denied": (0, -1, -2, -3, -4, -5, -6, -7)}


@dataclass(frozen=True, slots=True)
class Telling:
    """What decides to which event a fact belongs. All are terms but status and dates, which are as precise as told."""

    fact: str
    statement: str
    document: str
    status: str
    date: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Facts of one deed. `key` tells it from others of its statement; `date` is None where no fact has one."""

    key: str
    date: str | None
    facts: tuple[str, ...]

    def describe(self, statement: str, namespaces: Namespaces) -> Iterator[Triple]:
        """Yield the triples of the shared graph about the event."""
        node = f"<{namespaces.event(statement, self.key)}>"
        yield node, _TYPE, _CLASS
        if self.date:
            yield node, WHEN, write_date(self.date)
        yield from ((fact, OCCURRENCE, node) for fact in self.facts)


def read_tellings(document: str, triples: Iterable[Triple], standing: frozenset[str]) -> Iterator[Telling]:
    """Yield the facts of a document, those of relations that stand over time left out."""
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    published = None
    for subject, predicate, object_ in triples:
        if predicate in _OF_FACTS and _is_iri(subject):
            said = facts[subject]
            said[predicate] = min(object_, said.get(predicate, object_))
        elif predicate == _PUBLISHED and subject == document:
            published = min(filter(None, (published, read_date(object_, whole=True))), default=None)
    for fact, said in facts.items():
        telling = read_telling(fact, document, said, published, standing)
        if telling is not None:
            yield telling


def read_telling(
    fact: str, document: str, said: Mapping[str, str], published: str | None, standing: frozenset[str]
) -> Telling | None:
    """Return a fact from what is said of it; None for what is no deed, or is unreadable."""
    statement, predicate, status = (said.get(name, "") for name in (_STATEMENT, _PREDICATE, _STATUS))
    status = status[1:-1]
    if not _is_iri(statement) or not _is_iri(predicate) or predicate in standing or status not in _NEAR:
        return None
    when = said.get(_DATE)
    return Telling(fact, statement, document, status, read_date(when) if when else None, published)


def read_date(term: str, *, whole: bool = False) -> str | None:
    """Return the date that a literal holds, of a day alone where it has to be whole; None for what is none."""
    try:
        text = read_string(term)
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if 4 <= len(text) < DAY else text)
    except ValueError:
        return None
    return text if len(text) == DAY or (len(text) in (4, MONTH) and not whole) else None


def _is_iri(term: str) -> bool:
    return term.startswith("<") and not term.startswith("<<")


def gather_events(tellings: Iterable[Telling]) -> list[Event]:
    """Return the events that facts of one statement tell of, in order of their keys."""
    days, loose, coarse = _Spans(), _Spans(), defaultdict[str, list[Telling]](list)
    undated = []
    for telling in sorted(tellings, key=lambda each: each.fact):
        if telling.date is None:
            undated.append(telling)
        elif len(telling.date) == DAY:
            days.add(telling.date, telling)
        else:
            coarse[telling.date].append(telling)
    days.close()
    for telling in undated:
        near = _find_near(telling, days) if telling.published else None
        if near is not None:
            days.join(near, telling)
        elif telling.published:
            loose.add(telling.published, telling)
        else:
            coarse[""].append(telling)
    loose.close()
    own = _place_coarse(coarse, days, loose)
    events = [Event(key, key, facts) for key, _, facts in days.facts()]
    events += [Event(f"about-{key}", told, facts) for key, told, facts in loose.facts()]
    events += [Event(key or UNDATED, key or None, tuple(sorted(t.fact for t in told))) for key, told in own.items()]
    return sorted(events, key=lambda event: event.key)


class _Spans:
    """Facts by day. Two days that follow one another and that no document tells apart are one span, named by the first;
    of three and more each stands alone, for that is how a war is told."""

    def __init__(self) -> None:
        self._days: dict[str, list[Telling]] = defaultdict(list)
        self._first: dict[str, str] = {}

    def add(self, day: str, telling: Telling) -> None:
        self._days[day].append(telling)

    def close(self) -> None:
        """Find the spans; facts may join them afterwards, days may not."""
        for day in self._days:
            before, after = move(day, -1), move(day, 1)
            self._first[day] = day
            if before in self._days and self._are_one(before, day):
                self._first[day] = before
            elif after in self._days and self._are_one(day, after):
                self._first[day] = day

    def _are_one(self, day: str, after: str) -> bool:
        if move(day, -1) in self._days or move(after, 1) in self._days:
            return False
        return {t.document for t in self._days[day]}.isdisjoint({t.document for t in self._days[after]})

    def find(self, day: str) -> str | None:
        """Return the first day of the span that a day is in."""
        return self._first.get(day)

    def join(self, first: str, telling: Telling) -> None:
        self._days[first].append(telling)

    def within(self, period: str) -> set[str]:
        """Return the spans that have a day in a month or a year, or all for the empty text."""
        return {first for day, first in self._first.items() if day.startswith(period)}

    def facts(self) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
        """Yield the spans with the date that is told most precisely and their facts."""
        spans: dict[str, list[Telling]] = defaultdict(list)
        for day, first in self._first.items():
            spans[first] += self._days[day]
        for first, told in spans.items():
            dates = sorted((each.date for each in told if each.date), key=lambda text: (-len(text), text))
            yield first, dates[0] if dates else None, tuple(sorted(each.fact for each in told))


def _find_near(telling: Telling, days: _Spans) -> str | None:
    found = (days.find(move(telling.published or "", offset)) for offset in _NEAR[telling.status])
    return next(filter(None, found), None)


def _place_coarse(coarse: Mapping[str, list[Telling]], days: _Spans, loose: _Spans) -> dict[str, list[Telling]]:
    """Have months, years and what has no date at all join the one event of their time; return those that found none or
    several, months before years."""
    own: dict[str, list[Telling]] = {}
    for period in sorted(coarse, key=lambda each: (-len(each), each)):
        single, told = days.within(period), {key for key in own if key.startswith(period)}
        around = loose.within(period) if not single and not told else set()
        if len(single) + len(told) == 1:
            for telling in coarse[period]:
                if single:
                    days.join(min(single), telling)
                else:
                    own[min(told)].append(telling)
        elif len(around) == 1:
            for telling in coarse[period]:
                loose.join(min(around), telling)
        else:
            own[period] = list(coarse[period])
    return own


def move(day: str, days: int) -> str:
    """Return the day that is so many days later; the same at the ends of the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return day
