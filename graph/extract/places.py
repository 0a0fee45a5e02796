"""Finds places and events by their head noun: "city of X", "the Qatari capital Doha", "the Paris summit"."""

from __future__ import annotations

from ..model import EntityKind
from .bodies import BodyGrammar
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .vocabulary import Vocabulary
from .words import Cut, Word

_OPENING, _CLOSING = '"\u201c\u00ab', '"\u201d\u00bb'
_EVENT_WORDS = 5
_TOPIC_WORDS = 6


class PlaceGrammar:
    """Reads places and events announced by a common noun."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer, bodies: BodyGrammar) -> None:
        self._heads = heads
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._bodies = bodies

    def read_place(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the place whose head noun is words[start], or None."""
        heads = self._heads
        if cut.conjunction and self._vocabulary.is_noun(words[start].key):
            return None
        if cut.base in heads.capital_words:
            return self._capital(words, start, cut)
        if cut.base not in heads.places or cut.definite or start + 1 >= len(words):
            return None
        position, country = start + 1, None
        if words[position].norm[0] in _OPENING:
            end = self._quoted_end(words, position)
        else:
            match = self._gazetteer.match(words, position, words[position].key)
            end = match.end if match else self._proper_end(words, position)
            if match:
                place = pick(match, as_actor=False)
                country = place.key if place.kind is EntityKind.COUNTRY else None
        if end == position:
            return None
        name_end = end
        chunk = Chunk(start, end, EntityKind.PLACE, "", cut, head=cut.base, name_start=position, confidence=0.8)
        if country:
            chunk.parents.append(country)
        while end < len(words) and not words[end].is_mark:
            nationality = self._gazetteer.nationality(words[end].key)
            if nationality and not nationality.plural:
                chunk.parents.append(nationality.country)
            elif words[end].base not in heads.place_qualifiers:
                break
            end += 1
        chunk.end = end
        chunk.aliases.append(str(name_end))
        return chunk

    def read_event(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the event or agreement whose head noun is words[start], with up to five words that complete it."""
        heads = self._heads
        kind = self._kind(cut.base)
        if kind is None or cut.base in heads.fields:
            return None
        position = start + 1
        while position < len(words) and position - start < _EVENT_WORDS:
            word = words[position]
            if word.norm[0] in _OPENING:
                end = self._quoted_end(words, position)
                position = end
                break
            if word.is_mark or word.norm == heads.morphemes.between or self._vocabulary.is_function(word.norm):
                break
            if self._vocabulary.is_verb(word.key) and not word.bears_article:
                break
            base = word.base
            if kind is EntityKind.EVENT and word.norm in heads.event_ends:
                break
            match = self._gazetteer.match(words, position, word.key)
            if match is None and (self._heads.title_sort(base) or word.key in self._heads.honorifics):
                break
            if match is None and self._heads.is_body(base) and not word.bears_article:
                break
            if match and pick(match, as_actor=True).kind is EntityKind.PERSON:
                break
            definite = word.bears_article or self._vocabulary.is_noun(word.key) or word.is_number
            if not match and not definite and not self._gazetteer.nationality(word.key):
                break
            position = match.end if match else position + 1
        if position == start + 1:
            if kind is EntityKind.EVENT and cut.definite:
                chunk = Chunk(start, position, kind, "", cut, Reference.DEFINITE, head=cut.base, confidence=0.5)
                self._add_forms(words, chunk)
                return chunk
            return None
        chunk = Chunk(start, position, kind, "", cut, head=cut.base, confidence=0.6)
        if kind is EntityKind.EVENT:
            self._add_forms(words, chunk)
        return chunk

    def _add_forms(self, words: tuple[Word, ...], event: Chunk) -> None:
        """Add the forms of an event's name: with its first adjective alone, and with what it is about."""
        second = event.start + 1
        if event.end > second + 1 and words[second].bears_article and event.cut is not None and event.cut.definite:
            event.aliases.append(str(second + 1))
        end = event.end
        if end >= len(words) or words[end].norm not in self._heads.event_topics:
            return
        end += 1
        while end < len(words) and end - event.end < _TOPIC_WORDS and self._goes_on(words[end]):
            end += 1
        if end > event.end + 1:
            event.aliases.append(str(end))

    def _goes_on(self, word: Word) -> bool:
        """Tell whether a word may be of what an event is about."""
        if word.norm[0] in _OPENING:
            return True
        return not (word.is_mark or self._vocabulary.is_function(word.norm) or self._vocabulary.is_verb(word.key))

    def _kind(self, base: str) -> EntityKind | None:
        if base in self._heads.events:
            return EntityKind.EVENT
        return EntityKind.AGREEMENT if base in self._heads.agreements else None

    def _capital(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        position, country = start + 1, None
        if position < len(words):
            nationality = self._gazetteer.nationality(words[position].key)
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

    def _quoted_end(self, words: tuple[Word, ...], position: int) -> int:
        for end in range(position + 2, min(position + 7, len(words))):
            if words[end].norm[0] in _CLOSING:
                return end + 1
        return position

    def _proper_end(self, words: tuple[Word, ...], position: int) -> int:
        end = position
        while end < len(words) and end - position < 3:
            word = words[end]
            if word.is_mark or word.is_number or len(word.key) < 3:
                break
            if self._vocabulary.is_common(word) or self._gazetteer.nationality(word.key):
                break
            if end > position and any(cut.offset and self._gazetteer.match((word,), 0, cut.key) for cut in word.cuts):
                break
            end += 1
        return end
