"""Reads bodies that are named by half: a ministry by its field alone, an embassy by the pronoun of its state."""

from __future__ import annotations

from ..model import EntityKind
from .chunks import Chunk, Reference
from .gazetteer import Gazetteer
from .heads import Heads
from .known_names import KnownNames
from .vocabulary import Vocabulary
from .words import Cut, Word


class HalfNamedBodies:
    """Reads what stands for a body whose head noun or state the text leaves out."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer, known: KnownNames) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._known = known

    def read_ministry(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the ministry that a field with a nationality stands for: "the Foreign [Ministry] of China"."""
        if not self._is_field(cut) or start + 1 >= len(words):
            return None
        nationality = self._gazetteer.state_of_body(words, start + 1, True)
        if nationality is None or nationality.plural or not nationality.feminine:
            return None
        plain = cut.base in self._heads.plain_fields and not cut.offset
        spoken = start > 0 and words[start - 1].norm == self._morphemes.in_name_of
        if plain and not spoken and self._vocabulary.is_governed(words, start):
            return None
        country = nationality.country
        chunk = Chunk(start, start + 2, EntityKind.ORGANIZATION, "", cut, country=country, head=cut.base)
        chunk.parents.append(country)
        return chunk

    def read_field(self, start: int, cut: Cut) -> Chunk | None:
        """Return the ministry that a field alone stands for behind "in the name of": "the spokesman of the Foreign"."""
        if not self._is_field(cut):
            return None
        return Chunk(start, start + 1, EntityKind.ORGANIZATION, "", cut, head=cut.base)

    def read_owned(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the body that a pronoun gives to a state ("its embassy in Oslo"); the linker finds the state."""
        head = self._heads.owned.get(cut.base)
        if head is None or cut.definite:
            return None
        end = start + 1
        while end < len(words) and words[end].bears_article and words[end].base in self._heads.complements:
            end += 1
        held: list[Chunk] = []
        if end + 1 < len(words) and words[end].norm in (self._morphemes.in_, self._morphemes.at):
            match = self._gazetteer.match(words, end + 1, words[end + 1].key)
            if match is not None:
                held = [self._known.place(words, end + 1, match)]
                end = match.end
        if end == start + 1:
            return None
        chunk = Chunk(start, end, EntityKind.ORGANIZATION, "", cut, Reference.OWNED, head=head, confidence=0.7)
        chunk.holds += held
        return chunk

    def _is_field(self, cut: Cut) -> bool:
        return cut.definite and cut.base in self._heads.ministry_shorthand
