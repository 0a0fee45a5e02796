"""Joins the chunks of a sentence that belong together: titles with names, places with what they lie in."""

from __future__ import annotations

from itertools import pairwise

from ..model import EntityKind, Sentence
from .chunks import Chunk, Reading, Reference, own
from .heads import Heads
from .words import Word, surface

_COMMA = ("\u060c", ",", "-", "\u2013")
_OWNED = (EntityKind.ORGANIZATION, EntityKind.PLACE)


class ChunkJoiner:
    """Joins neighbours; `copulas` are the words that may stand between a name and an apposition."""

    def __init__(self, heads: Heads, copulas: frozenset[str]) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._copulas = copulas

    def join(self, reading: Reading) -> None:
        """Join what belongs together: titles with names, places with what they lie in. Add lone surnames before."""
        sentence, words = reading.sentence, reading.words
        chunks = self._merge_appositions(sentence, words, reading.chunks)
        self._nest_places(words, chunks)
        self._affiliate(words, chunks)
        reading.chunks, reading.owner = chunks, own(chunks, len(words))

    def _merge_appositions(self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Join "X, minister of Y" and "X the minister of Y" into one person who holds the office."""
        merged: list[Chunk] = []
        for chunk in chunks:
            last = merged[-1] if merged else None
            if last is not None and self._is_apposition(words, last, chunk):
                last.offices += chunk.offices
                last.aliases.append(chunk.name)
                last.country = last.country or chunk.country
                last.end = chunk.end
                continue
            if last is not None and self._is_announced(words, last, chunk):
                chunk.offices = last.offices + chunk.offices
                chunk.aliases += [last.name, surface(sentence, words, last.start, chunk.end, last.cut)]
                chunk.country = chunk.country or last.country
                chunk.start, chunk.cut, chunk.head, chunk.feminine = last.start, last.cut, last.head, last.feminine
                merged[-1] = chunk
                continue
            merged.append(chunk)
        return merged

    def _is_announced(self, words: tuple[Word, ...], title: Chunk, person: Chunk) -> bool:
        """Tell whether an office without a name stands right before a name: "the Algerian president" + "X"."""
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME or person.offices:
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        gap = words[title.end : person.start]
        return not (person.cut and person.cut.offset) and (not gap or (len(gap) == 1 and gap[0].norm in _COMMA))

    def _is_apposition(self, words: tuple[Word, ...], person: Chunk, title: Chunk) -> bool:
        if person.kind is not EntityKind.PERSON or person.reference is not Reference.NAME:
            return False
        if title.kind is not EntityKind.PERSON or title.reference is not Reference.OFFICE or title.plural:
            return False
        if title.cut is not None and title.cut.offset:
            return False
        gap = words[person.end : title.start]
        between = [word for word in gap if word.norm not in self._copulas]
        if len(gap) > 3 or len(between) > 1 or (between and between[0].norm not in _COMMA):
            return False
        return bool(gap) or title.offices[0].target is not None or title.offices[0].country is not None

    def _affiliate(self, words: tuple[Word, ...], chunks: list[Chunk]) -> None:
        """Read "X, belonging to Y" as X being part of Y."""
        for one, other in pairwise(chunks):
            gap = [word for word in words[one.end : other.start] if word.norm not in _COMMA]
            affiliated = len(gap) == 1 and gap[0].base in self._heads.affiliation
            if not affiliated or other.preposition != self._morphemes.for_ or one.kind not in _OWNED:
                continue
            if other.kind in (*_OWNED, EntityKind.COUNTRY) and other not in one.parents:
                one.parents.append(other)

    def _nest_places(self, words: tuple[Word, ...], chunks: list[Chunk]) -> None:
        """Read "X in the province of Y" as X being part of Y, where nothing stands between."""
        for place, around in pairwise(chunks):
            if place.kind is not EntityKind.PLACE or around.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
                continue
            gap = words[place.end : around.start]
            joined = not gap and around.preposition == self._morphemes.by and not around.conjunction
            spelled = len(gap) == 1 and gap[0].norm == self._morphemes.in_ and not around.preposition
            directed = len(gap) == 1 and gap[0].base in self._heads.directions
            listed = len(gap) == 1 and gap[0].norm in _COMMA and self._lies_in(place, around)
            near = joined or spelled or directed or listed
            if near and not place.parents and place.head not in self._heads.directions:
                place.parents.append(around)

    def _lies_in(self, place: Chunk, around: Chunk) -> bool:
        """Tell whether seeds/ puts a place into the country that follows it after a comma."""
        return any(entity.country == around.country and around.country is not None for entity in place.known)
