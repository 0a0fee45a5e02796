"""Decides what "and" joins behind an actor: the other side, or the subject of a clause of its own."""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..morphology.conjugate import Aspect
from .arguments import Argument
from .chunks import Chunk, Reading
from .clauses import Node, Tag

_NEAR = 2
_OWN_CLAUSE = frozenset({Tag.VERB, Tag.SUBORDINATOR})
_PHRASE_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.PREPOSITION})


def begins_clause(nodes: list[Node], chunk: Chunk) -> bool:
    """Tell whether an actor behind "and" is the subject of another clause: "X condemns the raid and Y demands"."""
    following = nodes[chunk.end] if chunk.end < len(nodes) else None
    if following is None or following.tag is not Tag.VERB or following.conjunction:
        return False
    return any(analysis.form.aspect is Aspect.PRESENT for analysis in following.verbs)


def is_led(nodes: list[Node], leader: Argument, chunk: Chunk) -> bool:
    """Tell whether a body behind "and" is beside what somebody leads: "the army led by X and the forces Y"."""
    before = nodes[leader.position - 1] if leader.position > 0 else None
    if leader.kind is not EntityKind.PERSON or chunk.kind is not EntityKind.ORGANIZATION:
        return False
    return before is not None and before.noun is not None and before.noun.entry.frames[0].relation == "leads"


def begins_further(reading: Reading, index: int, morphemes: Morphemes) -> bool:
    """Tell whether "and each", before "of", stands at a word."""
    norm = reading.words[index].norm
    return reading.norm_at(index + 1) == morphemes.from_ and norm[:1] == morphemes.and_ and norm[1:] in morphemes.each


def repeats(nodes: list[Node], index: int, last: Argument | None, slot: str, morphemes: Morphemes) -> bool:
    """Tell whether a preposition is said again for one more: "sanctions on X and on Y"; not "and in Y [he] said"."""
    node = nodes[index]
    if last is None or node.conjunction != morphemes.and_ or not node.preposition == slot == last.slot:
        return False
    behind = index if node.chunk is not None else index + max(node.length, 1)
    chunk = nodes[behind].chunk if behind < len(nodes) else None
    if chunk is None or index - last.end > 1:
        return False
    following = nodes[chunk.end] if chunk.end < len(nodes) else None
    if following is None or following.conjunction:
        return True
    # "raids in X, and in Y the killing of three": behind a comma it is the last of the clause.
    return following.tag in _PHRASE_ENDS if index > last.end else following.tag not in _OWN_CLAUSE


def accompanies(reading: Reading, nodes: list[Node], index: int, last: Argument | None, morphemes: Morphemes) -> bool:
    """Tell whether a chunk joins the actor before: "X, and with him Y", "his peers, the French X and British Y"."""
    if last is None or index - last.end > _NEAR or not index:
        return False
    return reading.words[index - 1].norm in morphemes.companions or _shares_title(nodes, index, last)


def _shares_title(nodes: list[Node], index: int, last: Argument) -> bool:
    before, chunk = nodes[index - 1], nodes[index].chunk
    if before.tag is not Tag.NATIONALITY or not before.conjunction or last.end != index - 1:
        return False
    return chunk is not None and chunk.kind is last.kind is EntityKind.PERSON and not chunk.preposition


def begins_anew(reading: Reading, index: int, chunk: Chunk, head: str, morphemes: Morphemes) -> bool:
    """Tell whether somebody with a title stands behind a noun with the article: "met at the airport [the] X Y"."""
    if chunk.kind is not EntityKind.PERSON or not (chunk.offices or chunk.counterpart):
        return False
    before = reading.words[index - 1]
    if before.norm == morphemes.from_ and reading.norm_at(index - 2) in morphemes.each:
        # "called each of his counterpart X and Y"
        return False
    # "in a telephone call his counterpart": an adjective ends the phrase before him.
    return (chunk.counterpart and before.key != head) or any(cut.definite for cut in before.cuts)
