"""Finds what interrupts a phrase: a relative clause between commas, "what he called".

Each function takes the position where such words begin and returns where the phrase goes on, 0 where none begin.
"""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from .chunks import Reading
from .clauses import Node, Tag

_LONGEST = 24
_GOES_ON = frozenset({Tag.CHUNK, Tag.NOUN, Tag.PREPOSITION, Tag.OTHER, Tag.QUOTE})


def after_relative(nodes: list[Node], comma: int) -> int:
    """Return where the clause goes on behind a relative clause between commas: "invited X, who heads Y, Z to"."""
    opener = nodes[comma + 1] if comma + 1 < len(nodes) else None
    if opener is None or opener.tag is not Tag.RELATIVE or opener.conjunction:
        return 0
    for index in range(comma + 2, min(comma + _LONGEST, len(nodes) - 1)):
        tag = nodes[index].tag
        if tag is Tag.STOP:
            return 0
        if tag is Tag.COMMA:
            following = nodes[index + 1]
            return index + 1 if following.tag in _GOES_ON and not following.conjunction else 0
    return 0


def after_naming(reading: Reading, nodes: list[Node], index: int, morphemes: Morphemes) -> int:
    """Return where what somebody calls so begins: "condemned what he called [a crime]"."""
    words = reading.words
    if index == 0 or words[index].norm not in morphemes.namings or not words[index - 1].norm.endswith(morphemes.what):
        return 0
    index += 1
    while index < len(nodes) and (nodes[index].tag is Tag.QUOTE or words[index].norm in morphemes.as_what):
        index += 1
    return index
