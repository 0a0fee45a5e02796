"""Tells where the name of a body goes on behind "and": "ports and customs", "chamber of trade and industry"."""

from __future__ import annotations

from .growth import Growth
from .heads import Heads
from .words import Cut

# Where the second of two bare fields stands: "chamber, of trade, and of industry".
_SECOND = 2


class JoinedFields:
    """Reads the second of two fields that a body is concerned with."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._and = heads.morphemes.and_
        self._named = heads.complements | heads.fields

    def goes_on(self, growth: Growth, position: int, cut: Cut) -> bool:
        """Tell whether a word with "and" belongs to the name of a body."""
        if cut.conjunction != self._and or cut.preposition or position - growth.start < _SECOND or growth.ends_in_state:
            return False
        if not cut.definite:
            return self._is_bare(growth, position, cut)
        return not self._heads.is_body(cut.base) and cut.base in self._named

    def count(self, growth: Growth, position: int) -> int:
        """Return how many bare second fields stand before a word, one at most."""
        before = growth.words[position - 1]
        return int(
            position - growth.start > _SECOND and any(self._is_bare(growth, position - 1, c) for c in before.cuts)
        )

    def _is_bare(self, growth: Growth, position: int, cut: Cut) -> bool:
        """Tell whether a word is the second of two fields without article."""
        first = growth.words[position - 1]
        if position != growth.start + _SECOND or cut.definite or cut.preposition or cut.conjunction != self._and:
            return False
        return not growth.cut.definite and first.key in self._heads.fields and cut.key in self._heads.fields
