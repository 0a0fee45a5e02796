"""Decides what "and" joins behind an actor: the other side, or the subject of a clause of its own."""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..morphology.conjugate import Aspect
from .chunks import Chunk, Reading
from .clauses import Node, Tag


def begins_clause(nodes: list[Node], chunk: Chunk) -> bool:
    """Tell whether an actor behind "and" is the subject of another clause: "X condemns the raid and Y demands"."""
    following = nodes[chunk.end] if chunk.end < len(nodes) else None
    if following is None or following.tag is not Tag.VERB or following.conjunction:
        return False
    return any(analysis.form.aspect is Aspect.PRESENT for analysis in following.verbs)


def begins_further(reading: Reading, index: int, morphemes: Morphemes) -> bool:
    """Tell whether "and each", before "of", stands at a word."""
    words = reading.words
    behind = words[index + 1].norm if index + 1 < len(words) else ""
    norm = words[index].norm
    return behind == morphemes.from_ and norm[:1] == morphemes.and_ and norm[1:] in morphemes.each


def begins_anew(reading: Reading, index: int, chunk: Chunk) -> bool:
    """Tell whether somebody with a title stands behind a noun with the article: "met at the airport [the] X Y"."""
    titled = chunk.kind is EntityKind.PERSON and (chunk.offices or chunk.counterpart)
    return bool(titled) and any(cut.definite for cut in reading.words[index - 1].cuts)
