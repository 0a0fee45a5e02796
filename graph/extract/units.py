"""Reads bodies by several words at once: "civil defence", "the 401st brigade", "the first military region"."""

from __future__ import annotations

from collections.abc import Callable

from .heads import Heads
from .words import Cut, Word

# The words of "the first military region".
_REGION = 3


class Units:
    """Tells how many words head a body, and how far the number of a unit reaches behind its head noun."""

    def __init__(self, heads: Heads, is_noun: Callable[[str], bool]) -> None:
        self._heads = heads
        self._is_noun = is_noun
        self._for = heads.morphemes.for_

    def length(self, words: tuple[Word, ...], start: int, cut: Cut) -> int:
        """Return how many words head the name of a body of which the first alone heads none; 0 where none do."""
        return self._headless(words, start, cut) or self._region(words, start, cut)

    def _headless(self, words: tuple[Word, ...], start: int, cut: Cut) -> int:
        """Return how many words name a body whose first noun heads no other ("civil defence"); 0 where none do."""
        if cut.key not in self._heads.headless_firsts:
            return 0
        pair = (cut.key, *(word.key for word in words[start + 1 : start + 2]))
        return len(pair) if pair in self._heads.headless else 0

    def _region(self, words: tuple[Word, ...], start: int, cut: Cut) -> int:
        """Return how many words name a military region; 0 where none do."""
        if not cut.definite or cut.base not in self._heads.military_regions or start + _REGION > len(words):
            return 0
        second, third = words[start + 1], words[start + 2]
        if not second.bears_article or second.base not in self._heads.military:
            return 0
        told = third.base in self._heads.ordinals or third.base in self._heads.directions
        return _REGION if third.bears_article and told else 0

    def end_of_number(self, words: tuple[Word, ...], head: Cut, position: int) -> int:
        """Return the index after the number of a unit and its arm ("the sixth infantry division"); 0 for none."""
        word = words[position]
        if not head.definite or head.base not in self._heads.units:
            return 0
        if not (word.is_number or (word.bears_article and word.base in self._heads.ordinals)):
            return 0
        if word.is_number and self._counts(words, head, position + 1):
            return 0
        end = position + 1
        while end < len(words) and self._is_arm(words[end]):
            end += 1
        return end

    def _counts(self, words: tuple[Word, ...], head: Cut, behind: int) -> bool:
        """Tell whether a number is how many of what follows: "the army [sent] 300 soldiers"."""
        if head.base in self._heads.governing:
            return True
        after = words[behind] if behind < len(words) else None
        return after is not None and not after.bears_article and not self._is_arm(after) and self._is_noun(after.key)

    def _is_arm(self, word: Word) -> bool:
        """Tell whether a word says of which arm a unit is, or goes on with its number."""
        return any(
            cut.base in self._heads.arms
            and not cut.conjunction
            and (not cut.preposition or cut.preposition == self._for)
            for cut in word.cuts
        )
