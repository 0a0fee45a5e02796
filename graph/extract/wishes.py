"""Finds whose wish, resolve or readiness an event noun is: "X's readiness to return to the table of talks with Y"."""

from __future__ import annotations

from ..lang.predicates import LightRole
from . import tags
from .arguments import Argument
from .clauses import Tag
from .described import as_head
from .relations import ACTORS
from .scene import Scene
from .status import StatusReader

# How many words may lie between the wish and what is wished: "its wish to go back to the table of talks".
_REACH = 7
# Between an adjective of resolve and its deed stands a preposition alone.
_AT_ONCE = 2
_DIRECT = "direct"
_PASSED = frozenset({Tag.NOUN, Tag.OTHER, Tag.PREPOSITION, Tag.ADVERB})


class WishFinder:
    """Looks for a noun of resolve before an event noun; `owners` are the pronouns written onto nouns."""

    def __init__(self, status: StatusReader, owners: tuple[str, ...]) -> None:
        self._status = status
        self._owners = owners

    def asking(self, scene: Scene, index: int) -> Argument | None:
        """Return whose decision, wish or readiness a noun is: "the decision of X to appoint Y"."""
        before = self._before(scene, index)
        chunk = scene.nodes[before].chunk if before >= 0 else None
        if chunk is None or not chunk.entity or chunk.kind not in ACTORS or chunk.preposition:
            return None
        wish = chunk.start > 0 and self._status.is_resolve(scene.reading, chunk.start - 1)
        said = scene.nodes[chunk.end].tag is tags.PARTICIPLE and index - chunk.end <= _AT_ONCE
        if not wish and not (said and self._status.is_resolve(scene.reading, chunk.end)):
            return None
        return as_head(chunk, chunk.entity)

    def is_wished(self, scene: Scene, index: int) -> bool:
        """Tell whether a noun is what the clause's subject wishes or is ready for: "repeated his readiness to meet"."""
        if self._is_said_to_be_ready(scene, index):
            return True
        before = self._before(scene, index)
        return (before >= 0 and self._is_owned_wish(scene, before)) or self._is_told_wish(scene, index)

    def _is_said_to_be_ready(self, scene: Scene, index: int) -> bool:
        """Tell whether a noun is what the speaker says of himself that he is ready for: "said it was ready to send"."""
        for position in range(index - 1, max(0, index - 1 - _AT_ONCE), -1):
            if self._status.is_resolve(scene.reading, position):
                opener = scene.nodes[position - 1]
                pronoun = scene.reading.words[position - 1].norm.endswith(self._owners)
                return opener.tag is tags.SUBORDINATOR and pronoun and _is_led(scene, position + 1)
        return False

    def _is_told_wish(self, scene: Scene, index: int) -> bool:
        """Tell whether a noun is what the clause's subject orders or plans: "X issued a decree appointing Y"."""
        clause = scene.clauses[-1] if scene.clauses else None
        if clause is None or not any(
            light.role is LightRole.AGENT and _DIRECT in light.via for a in clause.analyses for light in a.lights
        ):
            return False
        for position in range(index - 1, max(clause.index, index - 1 - _AT_ONCE * 2), -1):
            node = scene.nodes[position]
            if node.preposition or node.conjunction or node.tag not in (tags.OTHER, tags.NOUN, tags.ADVERB):
                return False
            if not scene.reading.words[position].bears_article and self._status.is_resolve(scene.reading, position):
                led = bool(scene.nodes[index].preposition) or position == index - 1
                return led and scene.nodes[position - 1].tag is not tags.PREPOSITION
        return False

    def _is_owned_wish(self, scene: Scene, index: int) -> bool:
        owned = scene.reading.words[index].norm.endswith(self._owners)
        return owned and self._status.is_resolve(scene.reading, index)

    def _before(self, scene: Scene, index: int) -> int:
        """Return the last word of the wish before a noun that it leads to; -1 where none does."""
        behind = index
        for position in range(index - 1, max(-1, index - 1 - _REACH), -1):
            node = scene.nodes[position]
            if node.tag is tags.CHUNK or self._is_owned_wish(scene, position):
                return position if _is_led(scene, behind) else -1
            said = node.tag is tags.PARTICIPLE and self._status.is_resolve(scene.reading, position)
            if said and index - position <= _AT_ONCE and position and scene.nodes[position - 1].tag is tags.CHUNK:
                # "X is resolved to withdraw": the adjective stands behind whoever it is said of.
                return position - 1 if _is_led(scene, behind) else -1
            if node.tag not in _PASSED:
                return -1
            behind = position
        return -1


def _is_led(scene: Scene, index: int) -> bool:
    """Tell whether a word may be what is wished: behind a preposition, or a deed without the article."""
    node = scene.nodes[index]
    if node.preposition or node.tag is tags.PREPOSITION:
        return True
    return node.noun is not None and not node.noun.definite and not node.conjunction
