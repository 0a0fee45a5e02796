"""Cuts the item of a fact out of its sentence: what is handed over, asked for, agreed or discussed."""

from __future__ import annotations

from ..lang.predicates import Frame
from .arguments import BARE, Arguments, slot_key
from .chunks import Reading
from .clauses import Node, Tag
from .grammar import ItemWords

_LONGEST = 12
_SLOTS = {"direct": BARE, "direct2": BARE, "of": BARE, "of2": BARE}
_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.SUBORDINATOR, Tag.VERB, Tag.RELATIVE, Tag.BRACKET})


def item_of(frame: Frame, reading: Reading, nodes: list[Node], arguments: Arguments, known: ItemWords) -> str | None:
    """Return the words of the first phrase in a frame's item slots, without any preposition written onto it."""
    for slot in frame.item:
        wanted = slot_key(_SLOTS.get(slot, slot))
        for found, norm, index in arguments.heads:
            adverb = nodes[index].tag is Tag.OTHER and norm.endswith(known.adverbial)
            if slot_key(found) == wanted and not adverb:
                return _phrase(reading, nodes, index, known)
    return None


def _phrase(reading: Reading, nodes: list[Node], start: int, known: ItemWords) -> str:
    end = start + 1
    while start > 0 and reading.words[start - 1].norm in known.numbers:
        start -= 1
    while end < len(nodes) and end - start < _LONGEST:
        node = nodes[end]
        if node.tag in _ENDS or node.preposition in known.ends or node.agentive:
            break
        if node.tag is Tag.CHUNK and node.preposition:
            break
        end += 1
    words, sentence = reading.words, reading.sentence
    text = sentence.text[words[start].token.start - sentence.start : words[end - 1].token.end - sentence.start]
    preposition = nodes[start].preposition
    return text[len(preposition) :] if preposition and len(preposition) == 1 and text.startswith(preposition) else text
