"""Reads what bodies and places are for, as a part of their names: "centre X for studies of Y", "the X unit at Y"."""

from __future__ import annotations

from .growth import Growth
from .heads import Heads
from .vocabulary import Vocabulary
from .words import Cut, Word

# The most letters of a stem that is too short for an adjective of relation.
_SHORT = 3


class Purposes:
    """Finds where the words end that tell a purpose behind "for"."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
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

    def end_of_task(self, words: tuple[Word, ...], position: int) -> int:
        """Return the index after the task that a head governs: "the centre of policies of X"; 0 where none is."""
        word = words[position]
        if word.bears_article or word.key not in self._heads.purposes or position + 1 >= len(words):
            return 0
        return position + 2 if self._is_subject(words[position + 1]) else 0

    def _is_subject(self, word: Word) -> bool:
        """Tell whether a word is a definite noun that a body may be about."""
        return word.bears_article and not (
            self._vocabulary.is_function(word.norm) or self._vocabulary.is_title(word.key)
            or word.key in self._vocabulary.calendar or word.is_mark
        )  # fmt: skip

    def end_of_concern(self, growth: Growth, position: int) -> int:
        """Return the index after "control over diseases", "inquiry into X" in the name of a body; 0 where none is."""
        words, heads = growth.words, self._heads
        options = (cut for cut in words[position].cuts if cut.definite and not cut.conjunction)
        preposition = next((heads.concerns[cut.base] for cut in options if cut.base in heads.concerns), None)
        if preposition is None or position + 2 >= len(words):
            return 0
        if growth.cut.base in heads.national or words[position + 1].norm != preposition:
            return 0
        if not self._is_subject(words[position + 2]) or not self._vocabulary.is_noun(words[position + 2].key):
            return 0
        growth.completed = True
        return position + 3

    def end_of_description(self, growth: Growth, position: int) -> int:
        """Return the index after an adjective of no list that another body follows: "the X unit at Y"; else 0."""
        words, word, vocabulary = growth.words, growth.words[position], self._vocabulary
        described = growth.cut.definite if position == growth.start + 1 else words[position - 1].bears_article
        if not (described and word.bears_article) or position + 1 >= len(words) or word.key in vocabulary.calendar:
            return 0
        stem = word.base.removesuffix(vocabulary.feminine)
        relative = len(stem) > _SHORT and stem.endswith(vocabulary.relative)
        if not (relative or growth.completed) or vocabulary.is_title(word.key) or vocabulary.is_function(word.norm):
            return 0
        if word.base in self._heads.charges or not self._is_inside(words, position + 1):
            return 0
        growth.completed = True
        return position + 1

    def _is_inside(self, words: tuple[Word, ...], position: int) -> bool:
        """Tell whether a body follows in which something is: "in X", "at X"."""
        after = words[position]
        if after.norm == self._morphemes.in_:
            return position + 1 < len(words) and self._heads.is_body(words[position + 1].base)
        return any(self._heads.is_body(cut.base) and cut.preposition == self._morphemes.by for cut in after.cuts)

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
