"""Finds whose deed a stance is to where only what was done is named: "X shelled Y. Z condemned the shelling."

The deed stands with the article and without an owner; who did it was told before, in this sentence or one not far back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..lang.predicates import Frame
from ..resolve.actors import Actor
from . import tags
from .arguments import BARE, PRONOUN, Argument, Slots, slot_key
from .clauses import Tag
from .grammar import Grammar
from .relations import ACTORS, STANCES
from .scene import Scene

_REACH = 800
_HEADS = 2
# What a word of each sort of lang/ar/stances.yaml names.
_SORTS = {
    "assaults": frozenset({"attacked"}),
    "curbs": frozenset({"sanctioned"}),
    "offers": frozenset({"requested", "promised", "mediated"}),
    # Who decided what others praise or condemn is too often somebody else; what is refused is somebody's last deed.
    "decisions": frozenset({
        "sanctioned", "withdrewFrom", "appointed", "detained", "released", "rejected", "supplies", "aids",
        "deployedTo", "founded", "signedAgreementWith",
    }),
}  # fmt: skip
# What may stand behind the deed and leave it without an owner.
_QUALITIES = frozenset({Tag.OTHER, Tag.PARTICIPLE})
# Whoever is told of elsewhere is joined with none of the phrase.
_GROUP = 99
_DECISIONS, _REFUSED = "decisions", "rejected"


class ToldBefore:
    """Looks up who did last what a stance is to."""

    def __init__(self, grammar: Grammar, actors: Mapping[str, Actor]) -> None:
        self._actors = actors
        self._sorts = grammar.keys.told_before
        self._official = grammar.official
        self._demonstratives = grammar.language.function.demonstratives

    def add(self, scene: Scene, index: int, agents: Iterable[str], frames: Iterable[Frame], slots: Slots) -> bool:
        """Add the doer of the deed that the stance at a word is to; tell whether one was found."""
        takers = [frame for frame in frames if frame.relation in STANCES]
        if not takers or self._sorts.keys().isdisjoint(scene.reading.norms):
            return False
        for slot, norm, position in scene.arguments_from(index + 1).heads[:_HEADS]:
            sort = self._sorts.get(norm)
            name = "direct" if slot == BARE else slot_key(slot)
            if sort is None or self._is_owned(scene, position):
                continue
            any_stance = sort != _DECISIONS
            if not any((any_stance or f.relation == _REFUSED) and name in map(slot_key, f.object) for f in takers):
                continue
            doers = self._doers(scene, sort, tuple(agents))
            if doers:
                slots.setdefault(name, []).append(
                    [Argument(name, each, self._actors[each].kind, PRONOUN, PRONOUN, _GROUP, norm) for each in doers]
                )
            return bool(doers)
        return False

    def _is_owned(self, scene: Scene, index: int) -> bool:
        """Tell whether the text says behind a deed whose it is, or which of several."""
        nodes = scene.nodes
        position = index + 1
        while position < len(nodes) and nodes[position].tag in _QUALITIES and not nodes[position].preposition:
            position += 1
        if position >= len(nodes):
            return False
        return nodes[position].tag in (tags.NATIONALITY, tags.RELATIVE)

    def _doers(self, scene: Scene, sort: str, agents: tuple[str, ...]) -> tuple[str, ...]:
        """Return who did last what a word of a sort names; nobody where one of them takes the stance himself."""
        start = scene.reading.sentence.start
        told = [done for relation, done in scene.discourse.done.items() if relation in _SORTS[sort]]
        if not told or start - told[-1][1] > _REACH:
            return ()
        doers = told[-1][0]
        actors = self._actors
        own = any(actors[agent].stands_for(actors[doer], self._official) for agent in agents for doer in doers)
        return () if own or any(actors[doer].kind not in ACTORS for doer in doers) else doers
