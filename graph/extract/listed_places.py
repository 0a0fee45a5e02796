"""Reads places that share a head: "the two towns X and Y", "the villages of X, Y and Z"."""

from __future__ import annotations

from ..model import EntityKind, Sentence
from .chunks import Chunk
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .places import PlaceGrammar
from .vocabulary import Vocabulary
from .words import COMMAS, Cut, Word, surface

_LONGEST = 3
_FEWEST = 2


class ListedPlaces:
    """Gives each place behind a head in the dual or plural a chunk; words of no list are names there, too."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer, places: PlaceGrammar) -> None:
        self._heads = heads
        self._and = heads.morphemes.and_
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._places = places

    def read(self, sentence: Sentence, words: tuple[Word, ...], position: int) -> list[Chunk]:
        """Return the places that the head at a word announces; mostly there are none."""
        plurals = self._heads.place_plurals
        plural = next((cut.key for cut in words[position].cuts if cut.key in plurals), None)
        if plural is None:
            return []
        single = plurals[plural]
        dual = len(plural) > len(single) and plural.endswith(self._heads.morphemes.dual_endings)
        chunks: list[Chunk] = []
        index = position + 1
        while index < len(words) and not (dual and len(chunks) == _FEWEST):
            comma = len(chunks) > 0 and words[index].norm in COMMAS
            found = self._place(sentence, words, index + comma, joined=bool(chunks) and not comma)
            if found is None and comma:
                # "the towns of X, and Y"
                found = self._place(sentence, words, index + comma, joined=True)
            if found is None:
                break
            found.head, found.plural = single, True
            chunks.append(found)
            index = found.end
        sure = dual or any(chunk.known for chunk in chunks)
        return chunks if len(chunks) >= _FEWEST and sure else []

    def _place(self, sentence: Sentence, words: tuple[Word, ...], index: int, *, joined: bool) -> Chunk | None:
        """Return the place named at a word, behind "and" where it is `joined`."""
        if index >= len(words) or words[index].is_mark or words[index].is_number:
            return None
        for cut in words[index].cuts:
            if cut.preposition or cut.conjunction != (self._and if joined else ""):
                continue
            match = self._gazetteer.match(words, index, cut.key)
            place = pick(match, as_actor=False) if match is not None else None
            known = match is not None and place is not None and place.kind in (EntityKind.PLACE, EntityKind.COUNTRY)
            if not (known or joined) and index and words[index - 1].is_mark and cut.key.startswith(self._and):
                # Behind a comma the letter is "and".
                continue
            end = match.end if match is not None and known else self._unlisted_end(words, index, cut)
            if end == index:
                continue
            chunk = Chunk(index, end, EntityKind.PLACE, surface(sentence, words, index, end, cut), cut, confidence=0.8)
            if known and place is not None and place.kind is EntityKind.PLACE:
                chunk.known, chunk.country = (place,), place.country
            return chunk
        return None

    def _unlisted_end(self, words: tuple[Word, ...], index: int, cut: Cut) -> int:
        """Return the index after a name of no list; `index` where none is."""
        vocabulary, key = self._vocabulary, cut.key
        common = vocabulary.is_noun(key) or key in vocabulary.verbs or key in vocabulary.numbers
        if common or cut.stem in vocabulary.function or self._gazetteer.nationality(key) or len(key) < _LONGEST:
            return index
        end = index + 1
        while end < len(words) and end - index < _LONGEST and self._goes_on(words, end):
            end += 1
        return end

    def _goes_on(self, words: tuple[Word, ...], index: int) -> bool:
        word = words[index]
        if word.is_mark or word.is_number or word.norm.startswith(self._and) or self._vocabulary.is_common(word):
            return False
        known = any(self._gazetteer.match((word,), 0, cut.key) for cut in word.cuts)
        return not (known or self._gazetteer.nationality(word.key) or self._places.begins_person(words, index))
