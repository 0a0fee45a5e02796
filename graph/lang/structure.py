"""Tells the furniture of a page from its prose, by the patterns of structure.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tables import Table

_FURNITURE_WORDS = 14
_MASTHEAD_WORDS = 30


@dataclass(frozen=True, slots=True)
class Structure:
    """Compiled patterns for blocks; every text given to it is normalised and lower case, but for dateline_length."""

    furniture: re.Pattern[str]
    mastheads: re.Pattern[str]
    related: re.Pattern[str]
    datelines: tuple[re.Pattern[str], ...]
    published: re.Pattern[str]
    abbreviations: frozenset[str]

    @classmethod
    def load(cls, table: Table) -> Structure:
        """Compile the patterns of structure.yaml."""
        return cls(
            furniture=_any_of(table.patterns("furniture")),
            mastheads=_any_of(table.patterns("mastheads")),
            related=_any_of(table.patterns("related")),
            datelines=tuple(re.compile(pattern, re.IGNORECASE) for pattern in table.patterns("dateline")),
            published=re.compile("|".join(table.patterns("published"))),
            abbreviations=table.words("abbreviations"),
        )

    def is_furniture(self, block: str, words: int) -> bool:
        """Tell whether a short block is a menu entry, a byline, a caption, a share button or the like."""
        if words <= _FURNITURE_WORDS and self.furniture.fullmatch(block) is not None:
            return True
        return words <= _MASTHEAD_WORDS and self.mastheads.fullmatch(block) is not None

    def opens_related(self, block: str) -> bool:
        """Tell whether a block is the heading over related headlines or a second article."""
        return len(block) < 60 and self.related.fullmatch(" ".join(block.split()).strip(" :.-\u2013|")) is not None

    def is_dateline(self, block: str) -> bool:
        """Tell whether a block begins with a place and an agency, as an article does."""
        return self.dateline_length(block) > 0

    def dateline_length(self, block: str) -> int:
        """Return how many characters of a block's front are its dateline; 0 when it has none."""
        for pattern in self.datelines:
            match = pattern.match(block)
            if match:
                return match.end()
        return 0


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
