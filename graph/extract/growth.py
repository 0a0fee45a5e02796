"""The name of a body while the grammar of bodies grows it, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from .chunks import Chunk
from .words import Cut, Word


@dataclass(slots=True)
class Growth:
    """A name of a body while it grows from its head at `start`: where it ends, its state and its parents."""

    words: tuple[Word, ...]
    start: int
    cut: Cut
    end: int
    depth: int = 0
    trusted: bool = False
    country: str | None = None
    parent: Chunk | None = None
    completed: bool = False
    alias_end: int = 0
    quoted: int = -1
    nationality_end: int = -1

    @property
    def ends_in_state(self) -> bool:
        """Tell whether its last word so far is a nationality."""
        return self.nationality_end == self.end

    def agrees(self, position: int) -> bool:
        """Tell whether a nationality agrees in definiteness: after an idafa or a definite head it bears the article."""
        definite = self.cut.definite or position - self.start > 1
        return self.words[position].bears_article or not definite

    def governs(self, position: int) -> bool:
        """Tell whether the head governs a word as its genitive: right after it, and it has no article."""
        return not self.cut.definite and position == self.start + 1
