"""Says when a fact happened: the date nearest to its word that stands in its own clause, or that of the lead."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from ..lang.language import Language
from ..model import Status
from ..text.dates import DateMention, DateReader
from .chunks import Reading
from .found import Found

_REACH = 30
_LEAD = 5
_FULL = len("2024-01-30")
# What is said to or of somebody, and what is told by the content of a verb of saying.
_SAID = frozenset({"criticized", "supports", "requested", "promised", "rejected", "threatened", "spokeWith"})
_TOLD = frozenset({"stance", "pledge", "obligation"})
# The rules that tell who was at an event and where it was.
_THERE = frozenset({"guests", "attendance"})
# How many sentences a report goes on for, and how old news is.
_REPORT = 6
_RECENT = timedelta(days=4)
_COMING = frozenset({Status.PLANNED, Status.POSSIBLE})


class Dating:
    """Dates the facts of one document; `published` is its day, `segment` 0 the article that it is the day of."""

    def __init__(self, language: Language, dates: DateReader, published: str | None) -> None:
        self._dates = dates
        self._published = published
        self._openers = language.stances.openers
        self._relatives = frozenset(word for word in language.function.relatives if len(word) > 2)
        self._that = language.morphemes.that
        self._subordinators = language.function.subordinators
        self._apart = language.calendar.since | language.calendar.apart
        self._elsewhere = language.calendar.elsewhere
        self._day_parts = language.calendar.day_parts
        self._planned = language.planned_adjectives
        self._morphemes = language.morphemes
        self._mentions: dict[int, list[DateMention]] = {}

    def date(self, found: Found) -> str | None:
        """Return the date of a fact, or None where its clause tells none."""
        return self.dated(found)[0]

    def dated(self, found: Found) -> tuple[str | None, str | None]:
        """Return the date of a fact and the words that date it, as they stand in its sentence, or None for both."""
        best = self._mention(found)
        if best is None:
            return None, None
        words, sentence = found.reading.words, found.reading.sentence
        last = words[min(best.end, len(words)) - 1].token
        said = sentence.text[words[best.start].token.start - sentence.start : last.end - sentence.start]
        return (best.ahead if found.status in _COMING else "") or best.value, said

    def said_on(self, found: Found, readings: Sequence[Reading]) -> str | None:
        """Return the day of the report that a fact goes on with: what "he added" was said when he spoke."""
        said = found.speaker == found.subject or found.rule in _TOLD
        told = said and found.relation in _SAID and found.status is Status.ACTUAL
        if not told or found.reading.sentence.segment:
            return None
        place = found.reading.sentence.index
        first, last = (bisect_left(readings, at, key=_index_of) for at in (place - _REPORT, place))
        for reading in reversed(readings[first:last]):
            own = not reading.sentence.segment
            days = [m.value for m in self._read(reading) if self._is_recent(m)] if own else []
            if days:
                return days[0]
        return None

    def _is_recent(self, mention: DateMention) -> bool:
        """Tell whether a day is one of the last before publication."""
        if self._published is None or len(mention.value) != _FULL:
            return False
        age = date.fromisoformat(self._published) - date.fromisoformat(mention.value)
        return timedelta(0) <= age <= _RECENT

    def _mention(self, found: Found) -> DateMention | None:
        near = [
            mention
            for mention in self._read(found.reading)
            if mention.value and abs(mention.start - found.trigger) <= _REACH and self._dates_it(found, mention)
        ]
        if not near:
            return self._of_event(found) if found.rule in _THERE else None
        return min(near, key=lambda mention: abs(mention.start - found.trigger))

    def _of_event(self, found: Found) -> DateMention | None:
        """Return the one date of a sentence that tells of an event, where it stands before and nobody speaks."""
        mentions, words = self._read(found.reading), found.reading.words
        if len(mentions) != 1 or not mentions[0].value or not mentions[0].start < found.trigger:
            return None
        norms = [word.norm for word in words[: found.trigger]]
        said = any(self._morphemes.is_among(norm, self._openers) for norm in norms)
        apart = any(norm in self._apart for norm in norms[: mentions[0].start])
        return None if said or apart or mentions[0].since else mentions[0]

    def lead(self, readings: list[Reading]) -> str | None:
        """Return the first date of the article's first sentences, which a headline shares."""
        for reading in [reading for reading in readings if not reading.sentence.in_title][:_LEAD]:
            full = [mention.value for mention in self._read(reading) if len(mention.value) == _FULL]
            if full:
                return full[0]
        return None

    def _read(self, reading: Reading) -> list[DateMention]:
        key = id(reading)
        if key not in self._mentions:
            tokens = tuple([word.token for word in reading.words])
            own = reading.sentence.segment == 0
            self._mentions[key] = self._dates.read(tokens, self._published if own else None)
        return self._mentions[key]

    def _dates_it(self, found: Found, mention: DateMention) -> bool:
        """Tell whether a date is a fact's own: not that of a relative clause, nor of who says it."""
        if mention.since and len(mention.value) < _FULL:
            return False
        words = found.reading.words
        clause = next((at for at in range(mention.start, 0, -1) if words[at - 1].is_mark), 0)
        apart = [at for at in range(clause, mention.start) if words[at].norm in self._apart]
        apart = [at for at in apart if words[at + 1].norm not in self._day_parts]
        if apart and not apart[-1] < found.trigger < mention.start and not mention.since:
            # "since the murder of X in 2005", "after 2016": that is the date of what is long over.
            return False
        low, high = sorted((mention.start, found.trigger))
        between = [word.norm for word in found.reading.words[low + 1 : high]]
        if any(norm in self._relatives for norm in between):
            return False
        if mention.start > found.trigger:
            if not self._elsewhere.isdisjoint(between):
                return False
            if any(norm.startswith(self._that) and norm in self._subordinators for norm in between):
                # "said to X that it would in 2024": the date is that of what is said.
                return False
            return found.status in _COMING or not any(norm in self._planned for norm in between)
        if any(word.norm in self._relatives for word in words[clause : mention.start]):
            return False
        said = any(self._morphemes.is_among(norm, self._openers) for norm in between)
        return not said or found.subject == found.speaker


def _index_of(reading: Reading) -> int:
    return reading.sentence.index
