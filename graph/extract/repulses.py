"""Reads who fought whom where an attack was beaten off: "X repelled an attack by Y", "X's repulse of Y's raids"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind, Status
from .arguments import Argument, Slots
from .candidates import Trigger
from .clauses import Tag
from .deeds import AGENT
from .found import Found
from .relations import POWERS
from .rules import Rules
from .scene import Scene

_FIGHTS, _ATTACKED = "fights", "attacked"
_SURE = 0.7
_REACH = 4
_BETWEEN = frozenset({Tag.PREPOSITION, Tag.OTHER, Tag.ADVERB, Tag.PARTICLE, Tag.QUOTE, Tag.CHUNK})
# Where whoever attacks stands to the noun: its adjective, its genitive, behind "of", or the subject of "launched".
_ATTACKERS = ("nisba", "of", AGENT)


class RepulseReader:
    """Reads an attack whose noun stands right behind a word of fighting that needs an enemy."""

    def __init__(self, rules: Rules) -> None:
        self._actors = rules.actors
        self._for = rules.grammar.language.morphemes.for_

    def read(self, scene: Scene, index: int) -> Iterator[Found]:
        """Yield the fight that the attack whose noun is at a word tells together with the word before it."""
        attack = scene.triggers[-1] if scene.triggers else None
        if attack is None or attack.index != index or not attack.tells(_ATTACKED):
            return
        repulse = repulse_of(scene, index)
        defenders = _first(repulse.slots, (AGENT, "of")) if repulse is not None else []
        if repulse is None or not defenders:
            return
        own = {each.entity for each in defenders}
        for attacker in _first(attack.slots, (*_ATTACKERS, self._for), own):
            for defender in defenders:
                if self._may_fight(defender.entity, attacker.entity):
                    yield Found(
                        defender.entity, _FIGHTS, attacker.entity, repulse.status or Status.ACTUAL, _SURE,
                        scene.reading, max(index - 1, 0), repulse.rule, None, repulse.source,
                    )  # fmt: skip

    def _may_fight(self, defender: str, attacker: str) -> bool:
        """Tell whether two actors may be the sides of a fight; a state and its own forces are one."""
        one, other = self._actors[defender], self._actors[attacker]
        if one.kind not in POWERS:
            return False
        if one.state is not None and one.state == other.state:
            return EntityKind.COUNTRY not in (one.kind, other.kind)
        return other.kind in POWERS


def repulse_of(scene: Scene, index: int) -> Trigger | None:
    """Return the word of fighting that the attack at a word is the object of; only its subject may stand between."""
    for trigger in reversed(scene.triggers):
        if trigger.index < index and any(f.relation == _FIGHTS and not f.reciprocal for f in trigger.frames):
            nodes = scene.nodes[trigger.index + 1 : index]
            others = [node for node in nodes if node.tag is not Tag.CHUNK]
            return trigger if len(others) <= _REACH and all(node.tag in _BETWEEN for node in nodes) else None
    return None


def _first(slots: Slots, names: tuple[str, ...], without: set[str] | None = None) -> list[Argument]:
    """Return the first group in one of some slots that holds somebody else."""
    taken = without or set()
    groups = (slots[name][0] for name in names if slots.get(name))
    return next((group for group in groups if taken.isdisjoint(each.entity for each in group)), [])
