"""Adds the mentions of people by an honorific with a pronoun: "his highness" is whom the text calls his highness.

Of several it is who began the last sentence before, and not who only was there; else the first of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..lang.language import Language
from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk, Reading, Reference, own

_BEFORE, _OPENING = 3, 2

# A word by the index of its sentence and its own there.
_Place = tuple[int, int]


@dataclass(slots=True)
class _Borne:
    """Where those of an honorific are named, in the order of the text, and whom the honorific means behind each."""

    places: list[_Place] = field(default_factory=list)
    meant: list[Chunk] = field(default_factory=list)

    def add(self, place: _Place, bearer: Chunk, *, opens: bool) -> None:
        """Add a mention; who does not open his sentence is meant only where nobody was named before."""
        self.places.append(place)
        self.meant.append(bearer if opens or not self.meant else self.meant[-1])

    def before(self, here: _Place) -> Chunk | None:
        """Return whom the honorific means at a place."""
        index = bisect_left(self.places, here)
        return self.meant[index - 1] if index else None


# By an honorific, and whether only women are meant.
_Bearers = dict[tuple[str, bool], _Borne]


class HonourFinder:
    """Finds those honorifics, over a whole document."""

    def __init__(self, language: Language) -> None:
        morphemes, titles = language.morphemes, language.titles
        self._honours = frozenset(map(loosen, titles.honours.values()))
        self._leading = self._honours | frozenset(map(loosen, titles.highness))
        self._attend = frozenset(map(loosen, language.occasions.attend | titles.escorting))
        hers = tuple(end for end, (_, gender, _) in morphemes.attached_pronouns.items() if gender == "f")
        self._forms = {loosen(form): (loosen(honour), form.endswith(hers)) for form, honour in titles.honours.items()}

    def add(self, readings: list[Reading]) -> None:
        """Add a chunk for each honorific with a pronoun whose bearer the document names; readings are changed."""
        honoured = [reading for reading in readings if self._widen_all(reading)]
        if not honoured:
            return
        bearers = self._bearers(honoured)
        for reading in honoured:
            for chunk in reading.chunks:
                named = reading.chunk_at(chunk.end)
                if chunk.reference is not Reference.OFFICE or (named is not None and not named.conjunction):
                    continue
                if not chunk.country and _is_placeless(chunk):
                    self._name(reading, chunk, bearers)
        for reading in readings:
            added = [chunk for index in self._said_at(reading) for chunk in self._read(reading, index, bearers)]
            if added:
                reading.chunks = sorted([*reading.chunks, *added], key=lambda chunk: chunk.start)
                reading.owner = own(reading.chunks, len(reading.words))

    def _widen_all(self, reading: Reading) -> bool:
        """Widen the mentions of a sentence; tell whether any has honorifics."""
        widened = [self._widen(reading, chunk) for chunk in reading.chunks]
        return any(widened)

    def _widen(self, reading: Reading, chunk: Chunk) -> bool:
        """Let a person's mention begin with the honorifics right before it; tell whether it has any.

        They are his, not what he completes: "[the] owner of [the] highness, X".
        """
        if chunk.kind is not EntityKind.PERSON:
            return False
        start, cut = chunk.start, chunk.cut
        while start and reading.owner[start - 1] < 0 and not (cut is not None and cut.offset):
            before = next((cut for cut in reading.words[start - 1].cuts if cut.base in self._leading), None)
            if before is None:
                break
            start, cut = start - 1, before
        if start < chunk.start:
            reading.owner[start : chunk.start] = [reading.chunks.index(chunk)] * (chunk.start - start)
            chunk.start, chunk.cut = start, cut
        return self._honour(reading, chunk) is not None

    def _honour(self, reading: Reading, chunk: Chunk) -> str | None:
        """Return the honorific that a person's mention begins with, or the office right before it."""
        before = reading.chunk_at(chunk.start - 1)
        if before is not None and before.reference is Reference.OFFICE and chunk.reference is Reference.NAME:
            return self._honour(reading, before)
        words = reading.words[chunk.start : max(chunk.name_start, min(chunk.start + _BEFORE, chunk.end))]
        return next((cut.base for w in words for cut in w.cuts if cut.base in self._honours), None)

    def _name(self, reading: Reading, chunk: Chunk, bearers: _Bearers) -> None:
        """Let an office of nowhere be that of whom the same honorific names: "his highness the president"."""
        honour = self._honour(reading, chunk)
        borne = bearers.get((honour, False)) if honour is not None else None
        bearer = borne.before((reading.sentence.index, chunk.start)) if borne is not None else None
        if bearer is not None:
            chunk.aliases.append(chunk.name)
            chunk.reference, chunk.name, chunk.known, chunk.offices = Reference.NAME, bearer.name, bearer.known, []

    def _said_at(self, reading: Reading) -> Iterator[int]:
        """Yield the words of a sentence that are an honorific with a pronoun."""
        for index, word in enumerate(reading.words):
            if reading.owner[index] < 0 and any(cut.key in self._forms for cut in word.cuts):
                yield index

    def _read(self, reading: Reading, index: int, bearers: _Bearers) -> Iterator[Chunk]:
        cut = next(cut for cut in reading.words[index].cuts if cut.key in self._forms)
        borne = bearers.get(self._forms[cut.key])
        bearer = borne.before((reading.sentence.index, index)) if borne is not None else None
        if bearer is not None:
            yield Chunk(
                index, index + 1, EntityKind.PERSON, bearer.name, cut, known=bearer.known, feminine=bearer.feminine,
                name_start=index, confidence=0.7, reader=bearer.reader,
            )  # fmt: skip

    def _bearers(self, readings: list[Reading]) -> _Bearers:
        """Return the people whom the document calls by honorifics, for each mention by name."""
        found: _Bearers = {}
        for reading in readings:
            opens = not any(cut.key in self._attend for word in reading.words[:_OPENING] for cut in word.cuts)
            for chunk in reading.chunks:
                if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.NAME:
                    continue
                honour = self._honour(reading, chunk)
                if honour is not None:
                    place, first = (reading.sentence.index, chunk.start), opens and not chunk.conjunction
                    for hers in (False, True) if chunk.feminine else (False,):
                        found.setdefault((honour, hers), _Borne()).add(place, chunk, opens=first)
                opens = False
        return found


def _is_placeless(chunk: Chunk) -> bool:
    return not any(office.country or office.target for office in chunk.offices)
