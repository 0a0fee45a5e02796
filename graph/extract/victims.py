"""Finds whom an attack struck of which only the doer is told: the state spoken of, the place that burns from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import EntityKind
from ..morphology.forms import NounAnalysis
from .arguments import BARE, PRONOUN, Argument, Arguments, Slots
from .clauses import Node, Tag
from .found import Found
from .handed import NATIONAL
from .noun_frames import slots_of_noun
from .relations import LANDS, POWERS
from .rules import Rules
from .scene import Scene

VICTIM = "victim"
_ASSAULT, _FALLEN = "attacked", 0.75
_DESCRIBING = frozenset({Tag.OTHER, Tag.NOUN, Tag.NATIONALITY, Tag.PARTICIPLE})
_OFTEN = 2
_ADJECTIVES = 3


class VictimFinder:
    """Looks for the victim of a noun whose frames may have one."""

    def __init__(self, rules: Rules) -> None:
        self._actors = rules.actors
        self._morphemes = rules.grammar.language.morphemes
        self._sites = rules.grammar.keys.sites
        self._expected = rules.grammar.keys.expected

    def of(self, scene: Scene, index: int, noun: NounAnalysis, slots: Slots, doer: Argument) -> Argument | None:
        """Return whom the attack at a word struck.

        Of one without the article that is not expected, it is no state that is only spoken of.
        """
        if VICTIM not in slots_of_noun(noun)[1]:
            return None
        told = self._struck_state(slots) or self._harmed(scene, index)
        known = noun.definite or self._is_expected(scene, index)
        return told or (self._state(scene, doer) if known else None)

    def _is_expected(self, scene: Scene, index: int) -> bool:
        """Tell whether an adjective says of an attack that it may come."""
        return any(word.norm in self._expected for word in scene.reading.words[index + 1 : index + 1 + _ADJECTIVES])

    def is_site(self, slots: Slots) -> bool:
        """Tell whether the genitive of an attack is a body that strikes nobody, and nothing else is told as struck."""
        if not slots["of"] or slots.get(self._morphemes.on):
            return False
        head = self._actors[slots["of"][0][0].entity].head
        return head is not None and head in self._sites

    def _struck_state(self, slots: Slots) -> Argument | None:
        """Return whose the things are that an attack was on: "the Israeli raids on Lebanese cities"."""
        struck = slots.get(self._morphemes.on + NATIONAL)
        return replace(struck[0][0], slot=VICTIM) if struck else None

    def _state(self, scene: Scene, doer: Argument) -> Argument | None:
        """Return the state named about an attack, else the one spoken of most."""
        seen, nodes = scene.discourse.seen, scene.nodes
        chunks = [node.chunk for node in (*reversed(nodes[: doer.position]), *nodes[doer.position :]) if node.chunk]
        states = [c for c in chunks if c.entity and c.kind is EntityKind.COUNTRY and c.entity != doer.entity]
        from_ = self._morphemes.from_
        victim = next((chunk.entity for chunk in states if scene.preposition_of(chunk.start) != from_), None)
        victim = victim or scene.discourse.struck.get(doer.entity)
        if victim is None:
            often = [e for e, n in seen.items() if n > _OFTEN and self._actors[e].kind is EntityKind.COUNTRY]
            victim = max((e for e in often if e != doer.entity), key=seen.__getitem__, default=None)
        if victim is None:
            return None
        return Argument(VICTIM, victim, EntityKind.COUNTRY, PRONOUN, PRONOUN, 99, commas=1)

    def _harmed(self, scene: Scene, index: int) -> Argument | None:
        """Return the place that suffered from an attack that is told as the cause: "fires in X because of a raid"."""
        if index == 0 or scene.reading.words[index - 1].norm not in self._morphemes.causes:
            return None
        for node in reversed(scene.nodes[: index - 1]):
            if node.tag in (Tag.STOP, Tag.SUBORDINATOR, Tag.RELATIVE):
                return None
            chunk = node.chunk
            if chunk is not None and chunk.entity and chunk.kind in LANDS:
                return Argument(VICTIM, chunk.entity, chunk.kind, chunk.start, chunk.end, 98)
        return None


def tell_fallen(scene: Scene) -> Iterator[Found]:
    """Yield who struck people who fell, where whose deed it was is told behind them: "was killed in a raid by X".

    The words leave no doubt, so these facts are not weighed.
    """
    for trigger in scene.triggers:
        for filling in trigger.fillings.get(_ASSAULT, ()) if trigger.sort == "verb" else ():
            fallen, striker = filling.object, filling.subject
            if fallen.kind is EntityKind.PERSON and trigger.index < fallen.position < striker.position:
                yield Found(
                    striker.entity, _ASSAULT, fallen.entity, filling.status or trigger.status, _FALLEN, scene.reading,
                    fallen.end - 1, trigger.rule, filling.frame, trigger.source,
                )  # fmt: skip


def add_site_owner(scene: Scene, arguments: Arguments, slots: Slots) -> None:
    """Add whose a site without a name is, behind "of": "shelled command centres of X in Y"."""
    owners = slots.get(scene.collector.morphemes.for_)
    if not owners or owners[0][0].kind not in POWERS or owners[0][0].commas:
        return
    heads = [at for slot, _, at in arguments.heads if slot == BARE and at < owners[0][0].position]
    if not heads:
        return
    site = heads[-1]
    between = scene.nodes[site + 1 : max(owners[0][0].position, 0)]
    if scene.collector.holders.is_target(scene.reading.words[site].key) and all(_describes(node) for node in between):
        slots["direct"] = owners[:1]


def _describes(node: Node) -> bool:
    """Tell whether a word between a site and its owner names nobody."""
    return node.tag in _DESCRIBING or (node.chunk is not None and not node.chunk.entity)
