"""Cuts the item of a fact out of its sentence: what is handed over, asked for, agreed or discussed."""

from __future__ import annotations

from ..lang.predicates import Frame
from ..text.fold import normalize
from .arguments import BARE, Arguments
from .chunks import Reading
from .clauses import Node, Tag

_LONGEST = 12
_SLOTS = {"direct": BARE, "direct2": BARE, "of": BARE, "of2": BARE}
_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.SUBORDINATOR, Tag.VERB, Tag.RELATIVE, Tag.BRACKET})
# Prepositions that open another circumstance of the deed, and so end the phrase that is its item.
_OTHER_SIDES = frozenset(
    {
        "\u0645\u0646", "\u0627\u0644\u0649", "\u0645\u0639", "\u062e\u0644\u0627\u0644", "\u0645\u0646\u0630",
        "\u0628\u0639\u062f", "\u0642\u0628\u0644", "\u0639\u0628\u0631", "\u0628\u064a\u0646", "agent", "\u0639\u0646",
        "\u0645\u0642\u0627\u0628\u0644", "\u0639\u0642\u0628",
    }
)  # fmt: skip


def item_of(frame: Frame, reading: Reading, nodes: list[Node], arguments: Arguments) -> str | None:
    """Return the words of the first phrase in a frame's item slots, without any preposition written onto it."""
    for slot in frame.item:
        wanted = normalize(_SLOTS.get(slot, slot))
        for found, _, index in arguments.heads:
            if normalize(found) == wanted:
                return _phrase(reading, nodes, index)
    return None


def _phrase(reading: Reading, nodes: list[Node], start: int) -> str:
    end = start + 1
    while end < len(nodes) and end - start < _LONGEST:
        node = nodes[end]
        if node.tag in _ENDS or node.preposition in _OTHER_SIDES:
            break
        if node.tag is Tag.CHUNK and node.preposition:
            break
        end += 1
    words, sentence = reading.words, reading.sentence
    text = sentence.text[words[start].token.start - sentence.start : words[end - 1].token.end - sentence.start]
    preposition = nodes[start].preposition
    return text[len(preposition) :] if preposition and len(preposition) == 1 and text.startswith(preposition) else text
