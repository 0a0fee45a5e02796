"""Reads what bodies and places are for, as a part of their names: "centre X for studies of Y"."""

from __future__ import annotations

from .heads import Heads
from .vocabulary import Vocabulary
from .words import Cut, Word


class Purposes:
    """Finds where the words end that tell a purpose behind "for"."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary) -> None:
        self._heads = heads
        self._for = heads.morphemes.for_
        self._vocabulary = vocabulary

    def end_for_body(self, words: tuple[Word, ...], position: int) -> int:
        """Return the index after "for studies of strategy", "for associations of traders of X"; 0 where none is."""
        if not any(self._is_for(cut) and cut.base in self._heads.purposes for cut in words[position].cuts):
            return 0
        end = position
        while end + 1 < len(words) and not words[end].bears_article and self._vocabulary.is_noun(words[end + 1].key):
            end += 1
        return end + 1 if end > position and words[end].bears_article else 0

    def end_for_place(self, words: tuple[Word, ...], position: int) -> int:
        """Return the index after "for railways", "for steel"; `position` where none is."""
        listed = position < len(words) and any(
            self._is_for(cut) and cut.definite and cut.base in self._heads.complements for cut in words[position].cuts
        )
        end = position + listed
        while listed and end < len(words) and words[end].bears_article and words[end].base in self._heads.complements:
            end += 1
        return end

    def _is_for(self, cut: Cut) -> bool:
        return cut.preposition == self._for and not cut.conjunction
