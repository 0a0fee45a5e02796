"""Tells whether a word before a noun says how real it is, from how the noun stands and from what lies between them."""

from __future__ import annotations

from . import tags
from .arguments import slot_key
from .chunks import Reading
from .clauses import Node

# How many words may lie between a circumstance and its noun.
_WITHIN = 2


def is_one_deed(nodes: list[Node], noun: int) -> bool:
    """Tell whether a noun only completes the one before: "the imposing of sanctions", not "an end to the war"."""
    own, before = nodes[noun].noun, nodes[noun - 1].noun if noun else None
    if own is None or own.definite or own.pronoun is not None or nodes[noun].preposition or nodes[noun].conjunction:
        return False
    return before is not None and not before.definite and before.pronoun is None


def stands_aside(nodes: list[Node], verb: int, noun: int) -> bool:
    """Tell whether a preposition alone leads from a verb to a noun: "discussed in a call with X"."""
    led = bool(nodes[noun].preposition) or nodes[noun - 1].tag is tags.PREPOSITION
    return led and not any(node.tag is tags.NOUN for node in nodes[verb + 1 : noun])


def is_known_deed(nodes: list[Node], noun: int) -> bool:
    """Tell whether a noun with article and nationality names what is there: to refuse it is not to deny it."""
    analysis = nodes[noun].noun
    return (
        analysis is not None and analysis.definite and noun + 1 < len(nodes) and nodes[noun + 1].tag is tags.NATIONALITY
    )


def complements(complement: tuple[str, ...], after: list[Node]) -> bool:
    """Tell whether a modal noun governs what stands behind it: in a clause, the genitive, or behind its preposition."""
    slots = {slot_key(slot) for slot in complement}
    if slots & {"masdar", "clause", "direct"}:
        return True
    for node in after:
        if node.preposition in slots:
            return True
        if node.tag is tags.PARTICIPLE:
            return False
    return False


def sets_apart(reading: Reading, nodes: list[Node], index: int, trigger: int) -> bool:
    """Tell whether a circumstance only tells when or why something is: "denied during his meeting with"."""
    between = range(index + 1, trigger)
    return len(between) <= _WITHIN and all(
        nodes[each].tag in (tags.NOUN, tags.OTHER) and not reading.words[each].bears_article for each in between
    )
