"""Reads who a group is made of: "the alliance that takes in X and Y", "the states of Z (X, Y)", "X is a member of Y".

A group's list names its members whatever its verb; who is only said to be a member stands before the word.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from . import tags
from .chunks import Chunk
from .clauses import Node, Tag
from .found import Found
from .lists import listed_from
from .relations import ACTORS
from .rules import Rules
from .scene import Scene

_SURE = 0.75
_BACK, _LEAD, _STATES = 5, 9, 7
_OPENINGS = frozenset({Tag.STOP, Tag.COMMA, Tag.SUBORDINATOR})
_DESCRIBING = frozenset({Tag.RELATIVE, Tag.QUOTE, Tag.BRACKET, Tag.COMMA, Tag.OTHER, Tag.NATIONALITY})
_BRACKETS = frozenset("()[]")


class MembershipReader:
    """Reads the lists of members in a document's sentences."""

    def __init__(self, rules: Rules) -> None:
        language = rules.grammar.language
        self._status = rules.status
        self._morphemes = language.morphemes
        self._words = language.groups
        self._listing = rules.grammar.keys.listing
        self._states = rules.grammar.keys.members
        self._numbers = rules.grammar.item_words.numbers

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield the members whom the lists of a sentence name, once its verbs are read."""
        listing, member, nodes, norms = self._listing, self._words.member, scene.nodes, scene.reading.norms
        if norms.isdisjoint(listing) and norms.isdisjoint(member) and norms.isdisjoint(_BRACKETS):
            return
        for index, word in enumerate(scene.reading.words):
            norm = word.norm
            if norm in listing:
                made = self._morphemes.is_among(norm, self._words.made_of)
                yield from self._included(scene, index, made=made)
            elif nodes[index].tag is tags.BRACKET:
                yield from self._bracketed(scene, index)
            elif norm in member:
                yield from self._stated(scene, index)

    def _included(self, scene: Scene, index: int, *, made: bool) -> Iterator[Found]:
        """Yield the members that a verb of taking in at a word lists."""
        group, start = self._group(scene, index)
        if group is None:
            return
        members, end = self._list(scene, start, made=made)
        # "took X into Y": not the subject has the member.
        if end >= len(scene.nodes) or scene.nodes[end].preposition != self._morphemes.to:
            yield from self._tell(scene, index, group, members)

    def _bracketed(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the states in a bracket at a word behind a group of whose states is spoken."""
        before = scene.nodes[index - 1].chunk if index else None
        if before is None or not before.entity or before.kind is not EntityKind.ORGANIZATION:
            return
        words = scene.reading.words[max(0, before.start - _STATES) : index]
        if not any(cut.base in self._states for word in words for cut in word.cuts):
            return
        members = self._listed(scene, index + 1)[0]
        states = [member for member in members if member.kind is EntityKind.COUNTRY]
        if len(states) > 1 and len(states) == len(members):
            yield from self._tell(scene, index, before, members)

    def _stated(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield those of whom a word says that they are members: "X and Y -and they are members of Z-"."""
        group = self._group_behind(scene, index)
        before = index - 1
        if before > 0 and scene.nodes[before].tag is tags.PRONOUN:
            before -= 1
            before -= before > 0 and scene.nodes[before].tag is tags.COMMA
        if group is not None and before >= 0:
            yield from self._tell(scene, index, group, self._joined_before(scene, before))

    def _group_behind(self, scene: Scene, index: int) -> Chunk | None:
        """Return the group in which somebody is a member, right behind "in" or over an adjective."""
        nodes, inside = scene.nodes, False
        for node in nodes[index + 1 : index + 1 + _BACK]:
            if node.tag is tags.CHUNK and node.chunk is not None:
                inside = inside or node.preposition == self._morphemes.by
                return node.chunk if inside and self._is_group(node) else None
            if node.tag is tags.PREPOSITION:
                if node.preposition != self._morphemes.in_:
                    return None
                inside = True
            elif inside or node.tag not in (tags.OTHER, tags.PARTICIPLE, tags.NATIONALITY):
                return None
        return None

    def _joined_before(self, scene: Scene, index: int) -> list[Chunk]:
        """Return the actors that are joined up to a word; none where they are not what is spoken of."""
        found: list[Chunk] = []
        chunk = scene.nodes[index].chunk
        while chunk is not None and chunk.entity and chunk.kind in ACTORS:
            found.append(chunk)
            before = scene.nodes[chunk.start - 1] if chunk.start else None
            if chunk.conjunction != self._morphemes.and_ or before is None or before.tag is not tags.CHUNK:
                bound = chunk.preposition or (before is not None and before.tag is tags.PREPOSITION)
                return [] if bound else found
            chunk = before.chunk
        return []

    def _tell(self, scene: Scene, index: int, group: Chunk, members: list[Chunk]) -> Iterator[Found]:
        status = self._status.read(scene.reading, scene.nodes, index) if scene.nodes[index].verbs else Status.ACTUAL
        for member in members:
            if status is not None and member.entity and group.entity and member.entity != group.entity:
                yield Found(
                    member.entity, "memberOf", group.entity, status, _SURE, scene.reading, member.start, "membership"
                )

    def _group(self, scene: Scene, index: int) -> tuple[Chunk | None, int]:
        """Return the group that takes in whom a verb at a word lists, and where the list may begin."""
        nodes, related = scene.nodes, False
        for before in range(index - 1, max(-1, index - 1 - _BACK), -1):
            node = nodes[before]
            if node.tag is tags.CHUNK:
                group = node.chunk if related or self._opens(scene, node) else None
                return (group if self._is_group(node) else None), index + 1
            if node.tag not in _DESCRIBING or not self._describes(scene, before):
                break
            related = related or node.tag in (tags.RELATIVE, tags.COMMA)
        if not nodes[index].conjunction and scene.tag_before(index) not in _OPENINGS:
            return None, 0
        behind = nodes[index + 1] if index + 1 < len(nodes) else None
        if behind is None or behind.chunk is None or not self._is_group(behind) or behind.preposition:
            return None, 0
        return (None, 0) if behind.conjunction else (behind.chunk, behind.chunk.end)

    def _is_group(self, node: Node) -> bool:
        return node.chunk is not None and bool(node.chunk.entity) and node.chunk.kind is EntityKind.ORGANIZATION

    def _opens(self, scene: Scene, node: Node) -> bool:
        """Tell whether a chunk begins its clause: what is said behind it is said of it."""
        chunk = node.chunk
        return chunk is not None and not chunk.preposition and scene.tag_before(chunk.start) in _OPENINGS

    def _describes(self, scene: Scene, index: int) -> bool:
        """Tell whether a word between a group and its verb is an adjective or a mark, and no noun of its own."""
        return scene.nodes[index].tag is not tags.OTHER or scene.reading.words[index].bears_article

    def _list(self, scene: Scene, start: int, *, made: bool) -> tuple[list[Chunk], int]:
        """Return the members from a word on; of a number of states only those that "among them" or "they are" names."""
        nodes, words = scene.nodes, scene.reading.words
        counted = named = False
        for index in range(start, min(start + _LEAD, len(nodes))):
            node, word = nodes[index], words[index]
            if node.tag is tags.CHUNK and node.chunk is not None and node.chunk.entity:
                allowed = not node.preposition or (made and node.preposition == self._morphemes.from_)
                members, end = self._listed(scene, index)
                return (members if allowed and (named or not counted) else []), end
            if word.norm in self._morphemes.exemplifiers or word.norm in self._words.namely:
                named = True
            elif any(cut.base in self._states for cut in word.cuts) or word.is_number or word.norm in self._numbers:
                counted = True
            elif counted and (node.tag in (tags.COMMA, tags.BRACKET) or word.norm == ":"):
                named = named or node.tag is not tags.COMMA
            elif not self._leads_on(scene, index, made=made):
                break
        return [], start

    def _leads_on(self, scene: Scene, index: int, *, made: bool) -> bool:
        word = scene.reading.words[index]
        if (
            word.norm in self._morphemes.each
            or scene.nodes[index].tag is tags.ADVERB
            or word.norm in self._words.within
        ):
            return True
        return word.norm == self._morphemes.from_ and (made or index > 0)

    def _listed(self, scene: Scene, start: int) -> tuple[list[Chunk], int]:
        return listed_from(scene, start)
