"""What a word is to the clause grammar: its Tag, and the Node that keeps what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..model import EntityKind
from ..morphology.forms import NounAnalysis, VerbAnalysis
from .chunks import Chunk


class Tag(StrEnum):
    """What a word is to the clause grammar."""

    CHUNK = "chunk"
    VERB = "verb"
    PARTICIPLE = "participle"
    NOUN = "noun"
    PREPOSITION = "preposition"
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative"
    PARTICLE = "particle"
    COMMA = "comma"
    STOP = "stop"
    QUOTE = "quote"
    BRACKET = "bracket"
    NATIONALITY = "nationality"
    PRONOUN = "pronoun"
    ADVERB = "adverb"
    OTHER = "other"


# What ends a clause, and what ends a phrase within it.
CLAUSE_ENDS = frozenset({Tag.STOP, Tag.VERB, Tag.SUBORDINATOR, Tag.RELATIVE})
PHRASE_ENDS = CLAUSE_ENDS | {Tag.COMMA}


@dataclass(slots=True)
class Node:
    """A word with its tag; `length` counts a preposition's words, `pair` are whom a word or pronoun for `two` means.

    One node serves all texts where a word's form alone decides what it is: replace it rather than change it.
    """

    tag: Tag
    verbs: tuple[VerbAnalysis, ...] = ()
    noun: NounAnalysis | None = None
    chunk: Chunk | None = None
    preposition: str = ""
    conjunction: str = ""
    country: str | None = None
    agentive: bool = False
    length: int = 1
    pair: tuple[tuple[str, EntityKind], ...] = ()
    two: bool = False


def node_of(chunk: Chunk) -> Node:
    """Return the node of a word that turns out to name somebody only once the sentence is tagged."""
    return Node(Tag.CHUNK, chunk=chunk, preposition=chunk.preposition, conjunction=chunk.conjunction)


def is_pointed_at(node: Node) -> bool:
    """Tell whether what stands behind "in this" goes on with it: a noun or an event, and no actor of the clause."""
    return node.chunk is None or node.chunk.kind is EntityKind.EVENT
