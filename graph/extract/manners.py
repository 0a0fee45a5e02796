"""Tells where a phrase ends that only says how or where something was said: "condemned in a statement [the] raid"."""

from __future__ import annotations

from dataclasses import dataclass

from ..lang.predicates import Frame
from . import tags
from .arguments import BARE
from .chunks import Reading
from .clauses import Node
from .grammar import Grammar
from .relations import STANCES

_NAMES = (tags.CHUNK, tags.NATIONALITY)
_QUALITIES = (tags.OTHER, tags.PARTICIPLE)


@dataclass(frozen=True, slots=True)
class Manners:
    """What something is said in or how, what others take a stance to, and the second words of verbs of two."""

    sayings: frozenset[str]
    conduct: frozenset[str]
    parted: frozenset[str]

    @classmethod
    def build(cls, grammar: Grammar) -> Manners:
        """Take the words from a grammar."""
        return cls(grammar.keys.sayings, grammar.keys.conduct, grammar.language.morphemes.parted)


def ends_manner(
    reading: Reading, nodes: list[Node], index: int, slot: str, heads: list[tuple[str, str, int]], manners: Manners
) -> bool:
    """Tell whether a word begins a phrase of its own behind the last of `heads`, to which a preposition led."""
    if slot != BARE and reading.words[index].norm in manners.parted:
        # "set days ago free [of] X".
        return True
    node, before = nodes[index], nodes[index - 1]
    if slot == BARE or node.conjunction or node.preposition or not heads or heads[-1][0] != slot:
        return False
    head = heads[-1][2]
    if any(each.tag in _NAMES for each in nodes[head + 1 : index]):
        return False
    if before.tag is tags.COMMA:
        return _opens_aside(nodes, head)
    if node.noun is None and reading.words[index].base not in manners.conduct:
        return False
    if before.tag is tags.OTHER and reading.words[index - 1].bears_article:
        # "in the strongest terms [the] raid": whatever is definite has no genitive.
        return True
    if reading.words[head].norm not in manners.sayings or any(n.tag not in _QUALITIES for n in nodes[head + 1 : index]):
        return False
    if reading.words[index].bears_article:
        return True
    frames: tuple[Frame, ...] = node.noun.entry.frames if node.noun is not None else ()
    following = nodes[index + 1].chunk if index + 1 < len(nodes) else None
    owned = following is not None and bool(following.entity) and not following.preposition
    # "a statement of thanks" is one phrase, "in a statement [the] barring [by] X" two.
    return owned and all(frame.relation not in STANCES for frame in frames)


def _opens_aside(nodes: list[Node], head: int) -> bool:
    """Tell whether a comma stands before a phrase, so that the next closes it: "said, in a letter, the raid"."""
    opening = head - (0 if nodes[head].preposition else 1)
    return opening > 0 and nodes[opening - 1].tag is tags.COMMA
