"""Finds the subject that opens a verb's clause where phrases stand between: "that X, in a statement, has agreed"."""

from __future__ import annotations

from dataclasses import dataclass

from ..lang.morphemes import Morphemes
from . import tags
from .arguments import Argument
from .chunks import Chunk, Reading
from .clauses import Node, Tag
from .collector import Collector

_REACH = 30
# "it befell X that".
_SHORTEST = 2
_PASSED = frozenset({Tag.ADVERB, Tag.PARTICLE, Tag.QUOTE, Tag.COMMA})


@dataclass(frozen=True, slots=True)
class Topic:
    """Who opens a clause, from which word on; `arguments` is empty where nobody named does."""

    start: int
    arguments: tuple[Argument, ...]


class TopicFinder:
    """Looks for the noun phrase that a clause opens with."""

    def __init__(self, morphemes: Morphemes, collector: Collector) -> None:
        self._morphemes = morphemes
        self._collector = collector

    def find(self, reading: Reading, nodes: list[Node], verb: int) -> Topic | None:
        """Return the topic of the clause of the verb at a word, or None where the clause opens with none."""
        upon = self._behind_impersonal(reading, nodes, verb)
        if upon is not None:
            return upon
        start = self._opening(reading, nodes, verb)
        if start is None:
            return None
        index = start
        while index < verb and nodes[index].tag in _PASSED:
            index += 1
        if index >= verb:
            return None
        node = nodes[index]
        if node.preposition:
            return None
        if node.tag is tags.CHUNK:
            return Topic(index, tuple(self._members(nodes, index, verb)))
        if node.tag not in (tags.NOUN, tags.OTHER, tags.PARTICIPLE):
            return None
        if self._collector.is_transparent(reading.words[index].key) and nodes[index + 1].tag is tags.CHUNK:
            return Topic(index, tuple(self._members(nodes, index + 1, verb)))
        return Topic(index, ()) if start > 0 or nodes[index].tag is tags.NOUN else None

    def _behind_impersonal(self, reading: Reading, nodes: list[Node], verb: int) -> Topic | None:
        """Return whose a deed is that an impersonal verb lays upon him: "it had happened to X that", "X may"."""
        that = verb - 1
        if that < _SHORTEST or reading.words[that].norm != self._morphemes.that:
            return None
        chunk = nodes[that - 1].chunk
        while chunk is not None and chunk.conjunction and chunk.start:
            chunk = nodes[chunk.start - 1].chunk
        if chunk is None or chunk.preposition != self._morphemes.for_ or not chunk.entity or not chunk.start:
            return None
        if reading.words[chunk.start - 1].norm not in self._morphemes.impersonal_verbs:
            return None
        return Topic(chunk.start, tuple(self._members(nodes, chunk.start, that)))

    def _opening(self, reading: Reading, nodes: list[Node], verb: int) -> int | None:
        """Return where the clause of a verb begins; None where another verb stands before it that is in no aside."""
        open_verb = False
        index = verb - 1
        while index >= 0 and verb - index <= _REACH:
            node = nodes[index]
            if node.tag is tags.RELATIVE:
                open_verb = False
            elif node.tag is tags.VERB:
                if open_verb:
                    return None
                open_verb = True
            elif node.tag is tags.BRACKET:
                index = _opening_bracket(nodes, index)
            elif node.tag is tags.STOP or self._opens_clause(reading, nodes, index, verb):
                break
            index -= 1
        return None if open_verb or verb - index > _REACH else index + 1

    def _opens_clause(self, reading: Reading, nodes: list[Node], index: int, verb: int) -> bool:
        """Tell whether a clause begins behind a word; "was" right before a verb rather follows its subject."""
        if nodes[index].tag is not tags.SUBORDINATOR:
            return False
        follows = all(node.tag is tags.PARTICLE for node in nodes[index + 1 : verb])
        return not follows or reading.words[index].norm not in self._morphemes.auxiliaries

    def _members(self, nodes: list[Node], index: int, verb: int) -> list[Argument]:
        """Return the coordinated chunks from a word on."""
        members: list[Argument] = []
        chunk = nodes[index].chunk
        while chunk is not None and index < verb:
            if chunk.entity:
                members.append(argument_of(chunk))
            index = chunk.end
            following = nodes[index] if index < verb else None
            chunk = following.chunk if following is not None and following.conjunction == self._morphemes.and_ else None
        return members


def members_of(nodes: list[Node], last: Chunk, relative: int) -> tuple[Argument, ...]:
    """Return whom a relative clause describes: all that "and" joins where its verb is not in the singular."""
    found = [argument_of(last)]
    verbs = nodes[relative + 1].verbs if relative + 1 < len(nodes) else ()
    if not verbs or any(analysis.form.number not in ("d", "p") for analysis in verbs):
        return tuple(found)
    chunk = last
    while chunk.conjunction and chunk.start:
        before = nodes[chunk.start - 1].chunk
        if before is None or not before.entity or before.kind is not last.kind:
            break
        found.insert(0, argument_of(before))
        chunk = before
    return tuple(found)


def _opening_bracket(nodes: list[Node], closing: int) -> int:
    """Return the index of the bracket that opens before one that closes, or the latter where none does."""
    for index in range(closing - 1, max(-1, closing - 12), -1):
        if nodes[index].tag is tags.BRACKET:
            return index
    return closing


def argument_of(chunk: Chunk) -> Argument:
    """Return a chunk as the agent of a verb."""
    return Argument("agent", chunk.entity or "", chunk.kind, chunk.start, chunk.end, 0, plural=chunk.plural)
