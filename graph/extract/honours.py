"""Adds the mentions of people by an honorific with a pronoun: "his highness" is whom the text calls his highness.

Of several it is who began the last sentence before, and not who only was there; else the first of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..lang.language import Language
from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk, Reading, Reference, own

_BEFORE, _OPENING = 3, 2


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Whom an honorific is said of: where, and whether he began the sentence."""

    honour: str
    place: tuple[int, int]
    opens: bool
    chunk: Chunk


class HonourFinder:
    """Finds those honorifics, over a whole document."""

    def __init__(self, language: Language) -> None:
        morphemes, titles = language.morphemes, language.titles
        self._honours = frozenset(map(loosen, titles.honours.values()))
        self._leading = self._honours | frozenset(map(loosen, titles.highness))
        self._attend = frozenset(map(loosen, language.occasions.attend | titles.escorting))
        hers = morphemes.owner_pronouns[0]
        self._forms = {loosen(form): (loosen(honour), form.endswith(hers)) for form, honour in titles.honours.items()}

    def add(self, readings: list[Reading]) -> None:
        """Add a chunk for each honorific with a pronoun whose bearer the document names; readings are changed."""
        honoured = [reading for reading in readings if self._widen_all(reading)]
        if not honoured:
            return
        bearers = list(self._bearers(honoured))
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
        return sum(self._widen(reading, chunk) for chunk in reading.chunks) > 0

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

    def _name(self, reading: Reading, chunk: Chunk, bearers: list[_Bearer]) -> None:
        """Let an office of nowhere be that of whom the same honorific names: "his highness the president"."""
        honour = self._honour(reading, chunk)
        bearer = self._bearer(bearers, honour, (reading.sentence.index, chunk.start)) if honour is not None else None
        if bearer is not None:
            chunk.aliases.append(chunk.name)
            chunk.reference, chunk.name, chunk.known, chunk.offices = Reference.NAME, bearer.name, bearer.known, []

    def _said_at(self, reading: Reading) -> Iterator[int]:
        """Yield the words of a sentence that are an honorific with a pronoun."""
        for index, word in enumerate(reading.words):
            if reading.owner[index] < 0 and any(cut.key in self._forms for cut in word.cuts):
                yield index

    def _read(self, reading: Reading, index: int, bearers: list[_Bearer]) -> Iterator[Chunk]:
        cut = next(cut for cut in reading.words[index].cuts if cut.key in self._forms)
        honour, hers = self._forms[cut.key]
        bearer = self._bearer(bearers, honour, (reading.sentence.index, index), hers=hers)
        if bearer is not None:
            yield Chunk(
                index, index + 1, EntityKind.PERSON, bearer.name, cut, known=bearer.known, feminine=bearer.feminine,
                name_start=index, confidence=0.7, reader=bearer.reader,
            )  # fmt: skip

    def _bearer(
        self, bearers: list[_Bearer], honour: str, here: tuple[int, int], *, hers: bool = False
    ) -> Chunk | None:
        """Return whom an honorific means at a place: who began the last sentence before, or the first of all."""
        borne = [each for each in bearers if each.honour == honour and each.place < here]
        borne = [each for each in borne if each.chunk.feminine or not hers]
        first = next((each for each in reversed(borne) if each.opens), None)
        return (first or borne[0]).chunk if borne else None

    def _bearers(self, readings: list[Reading]) -> Iterator[_Bearer]:
        """Yield the people whom the document calls by honorifics, one for each mention by name."""
        for reading in readings:
            opens = not any(cut.key in self._attend for word in reading.words[:_OPENING] for cut in word.cuts)
            for chunk in reading.chunks:
                if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.NAME:
                    continue
                honour = self._honour(reading, chunk)
                if honour is not None:
                    place = (reading.sentence.index, chunk.start)
                    yield _Bearer(honour, place, opens and not chunk.conjunction, chunk)
                opens = False


def _is_placeless(chunk: Chunk) -> bool:
    return not any(office.country or office.target for office in chunk.offices)
