"""Finds places by their head noun: "city of X", "the Qatari capital Doha"."""

from __future__ import annotations

from ..model import EntityKind
from .chunks import Chunk
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .purposes import Purposes
from .vocabulary import Vocabulary
from .words import DOUBLE_OPENING, Cut, Word, quoted_end

_LONGEST = 3


class PlaceGrammar:
    """Reads places announced by a common noun."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._heads = heads
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._purposes = Purposes(heads, vocabulary)

    def read_place(self, words: tuple[Word, ...], start: int, cut: Cut, *, longest: int = _LONGEST) -> Chunk | None:
        """Return the place whose head noun is words[start], or None; names of no list have so many words at most."""
        heads = self._heads
        if cut.conjunction and self._vocabulary.is_noun(words[start].key):
            return None
        if cut.base in heads.capital_words:
            return self._capital(words, start, cut)
        if cut.base not in heads.places or cut.definite or start + 1 >= len(words):
            return None
        position, country, known = start + 1, None, None
        quoted = words[position].norm[0] in DOUBLE_OPENING
        first = position + quoted
        match = self._gazetteer.match(words, first, words[first].key) if first < len(words) else None
        if quoted:
            end = quoted_end(words, position)
            match = match if match is not None and match.end == end - 1 else None
        else:
            end = match.end if match else self._proper_end(words, position, longest)
        if match:
            place = pick(match, as_actor=False)
            country = place.key if place.kind is EntityKind.COUNTRY else None
            known = place if place.kind is EntityKind.PLACE and cut.base in heads.settlements else None
        if end == position:
            return None
        name_end = end
        chunk = Chunk(start, end, EntityKind.PLACE, "", cut, head=cut.base, name_start=position, confidence=0.8)
        if known is not None:
            chunk.known, chunk.country = (known,), known.country
        if country:
            chunk.parents.append(country)
        while end < len(words) and not words[end].is_mark:
            nationality = self._gazetteer.nationality(words[end].key)
            if nationality and not nationality.plural:
                chunk.parents.append(nationality.country)
            elif not self._qualifies(words[end]):
                break
            end += 1
        chunk.end = self._purposes.end_for_place(words, end) if end == name_end else end
        chunk.aliases.append(str(name_end))
        return chunk

    def begins_person(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether somebody's name begins at a word behind that of a place: "the governor of the town X, Y Z"."""
        vocabulary, key = self._vocabulary, words[index].key
        if index + 1 >= len(words) or key not in vocabulary.given or key in vocabulary.ambiguous:
            return False
        after = words[index + 1]
        return vocabulary.is_name(after.key) or after.key in vocabulary.particles or not vocabulary.is_common(after)

    def _qualifies(self, word: Word) -> bool:
        """Tell whether a word is an adjective of places, in either gender."""
        feminine = word.base + self._vocabulary.feminine
        return word.bears_article and not {word.base, feminine}.isdisjoint(self._heads.place_qualifiers)

    def _capital(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        position, country = start + 1, None
        if position < len(words):
            nationality = self._gazetteer.state_of_body(words, position, cut.definite)
            if nationality:
                country, position = nationality.country, position + 1
        match = self._gazetteer.match(words, position, words[position].key) if position < len(words) else None
        if match is None or pick(match, as_actor=False).kind is not EntityKind.PLACE:
            return self._unnamed_capital(start, cut, country, position)
        place = pick(match, as_actor=False)
        if place.kind is not EntityKind.PLACE:
            return None
        chunk = Chunk(start, match.end, EntityKind.PLACE, "", cut, known=(place,), head=cut.base, name_start=position)
        if country:
            chunk.parents.append(country)
        return chunk

    def _unnamed_capital(self, start: int, cut: Cut, country: str | None, end: int) -> Chunk | None:
        """Return the capital that a nationality alone names: "the Iraqi capital"."""
        place = self._gazetteer.capital(country) if country else None
        if place is None or country is None:
            return None
        return Chunk(start, end, EntityKind.PLACE, "", cut, known=(place,), head=cut.base, parents=[country])

    def _proper_end(self, words: tuple[Word, ...], position: int, longest: int) -> int:
        end = position
        while end < len(words) and end - position < longest:
            word = words[end]
            if word.is_mark or word.is_number or len(word.key) < 3:
                break
            if self._vocabulary.is_common(word) or self._gazetteer.nationality(word.key):
                break
            if end > position and self.begins_person(words, end):
                break
            if end > position and any(cut.offset and self._gazetteer.match((word,), 0, cut.key) for cut in word.cuts):
                break
            end += 1
        return end
