"""A sentence while it is walked through: its tagged words, what the reader has in mind, and what was read so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..morphology.forms import VerbAnalysis
from . import tags
from .arguments import Arguments
from .candidates import Trigger
from .chunks import Reading
from .clauses import Node, Tag
from .collector import Collector
from .sources import Source
from .subjects import Discourse, Subject


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb that was read: its agent serves the nouns it governs."""

    index: int
    analyses: tuple[VerbAnalysis, ...]
    agent: Subject | None


@dataclass(slots=True)
class Scene:
    """One sentence; `by_call` tells that it speaks of a call and of no meeting, so those who discuss do so by phone.

    `speech` is where the verb of saying read last stands, None where its speaker is not known.
    """

    reading: Reading
    nodes: list[Node]
    discourse: Discourse
    collector: Collector
    by_call: bool
    sources: tuple[Source, ...] = ()
    speech: int | None = None
    clauses: list[Clause] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    _collected: dict[int, Arguments] = field(default_factory=dict)

    def arguments_from(self, start: int) -> Arguments:
        """Return the arguments that stand from a word on; verbs and nouns ask for the same, so they are kept."""
        if start not in self._collected:
            self._collected[start] = self.collector.collect(self.reading, self.nodes, start)
        return self._collected[start]

    def clauses_of(self, index: int) -> bool:
        """Tell whether a verb before a word has a subject that the text names or leaves out."""
        return any(clause.index < index and clause.agent and clause.agent.entities for clause in self.clauses)

    def untold(self, words: Iterable[int]) -> int | None:
        """Return the first of some words that tells no deed of its own, with whose pairs a fact there were weighed."""
        told = {trigger.index for trigger in self.triggers}
        return next((index for index in words if index not in told), None)

    def source_of(self, index: int) -> str | None:
        """Return who says so of the deed at a word: the nearest "according to X" before the next full stop or colon."""
        found: tuple[int, str] | None = None
        for source in self.sources:
            low, high = (index, source.start) if index < source.start else (source.end, index)
            if source.entity is None or any(node.tag is tags.STOP for node in self.nodes[low:high]):
                continue
            if found is None or high - low < found[0]:
                found = high - low, source.entity
        return found[1] if found is not None else None

    def preposition_of(self, index: int) -> str:
        """Return the preposition written onto a noun, or before it with at most one adverb or "continuing" between."""
        if self.nodes[index].preposition:
            return self.nodes[index].preposition
        before = self.nodes[index - 1] if index else None
        reached = index > 1 and self.reading.words[index - 2].base in self.collector.morphemes.reaching
        if reached and before is not None and before.tag is tags.PREPOSITION:
            return self.preposition_of(index - 2)
        if before is not None and before.tag in (tags.NOUN, tags.OTHER):
            norm = self.reading.words[index - 1].norm
            if norm[0] in self.collector.morphemes.joined_prepositions and self.collector.is_continuing(norm[1:]):
                return norm[0]
            if self.collector.is_continuing(norm[1:] if before.preposition else norm):
                governs = self.nodes[index - 2] if index > 1 else None
                return before.preposition or (
                    governs.preposition if governs and governs.tag is tags.PREPOSITION else ""
                )
        noun = self.nodes[index].noun
        if before is not None and before.tag is tags.ADVERB and noun is not None and noun.accusative:
            # "saw since Monday shelling": the accusative stands behind no preposition.
            return ""
        for node in reversed(self.nodes[max(0, index - 2) : index]):
            if node.tag is tags.PREPOSITION:
                return node.preposition
            if node.tag not in (tags.OTHER, tags.ADVERB):
                break
        return ""

    def tag_before(self, index: int) -> Tag:
        """Return the tag of the word before; at the sentence's beginning that is a stop."""
        return self.nodes[index - 1].tag if index else tags.STOP


def tells_a_call(nodes: list[Node]) -> bool:
    """Tell whether a sentence speaks of a call and of no meeting."""
    relations = {node.noun.entry.frames[0].relation for node in nodes if node.noun is not None}
    return "spokeWith" in relations and not relations & {"met", "visited"}
