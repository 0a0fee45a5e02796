"""Reads who says that an attack was his: "X claimed the attack on Y", "X said it was responsible for the raid".

The attack may be told of before, in the same sentence or the one before; what it struck stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..model import EntityKind, Status
from .arguments import Argument, slot_key
from .candidates import Trigger
from .clauses import PHRASE_ENDS, Tag
from .found import Found
from .relations import LANDS, POWERS, objects_of
from .rules import Rules
from .scene import Clause, Scene
from .verb_frames import bears_pronoun

_ATTACKED = "attacked"
_SURE = 0.8
# How many words lie at most between a verb of claiming and what it claims, between that and the attack.
_CLAIM_REACH, _ATTACK_REACH = 12, 4
# How far behind an attack its place may be named.
_PLACE_REACH = 8
# How many characters an attack may stand before the sentence that claims it.
_BACK = 900
_DOERS = ("agent", "of", "nisba", "striker")


@dataclass(slots=True)
class _Raid:
    """Whom an attack struck of which nobody is told to have made it, and where it is told."""

    targets: tuple[str, ...]
    start: int
    index: int


@dataclass(slots=True)
class ClaimReader:
    """Reads the claims of a document's sentences in order, and remembers the last attack that nobody made yet."""

    rules: Rules
    _last: _Raid | None = field(default=None, init=False)

    def read(self, scene: Scene) -> Iterator[Found]:
        """Yield the attacks that a sentence says somebody claims, once all deeds of the sentence are read."""
        raids = list(self._raids(scene))
        for clause in scene.clauses:
            yield from self._claimed(scene, clause, raids)
        if raids:
            self._last = raids[-1]

    def _claimed(self, scene: Scene, clause: Clause, raids: list[_Raid]) -> Iterator[Found]:
        """Yield what the subject of a verb of claiming says that he struck."""
        sites = self.rules.grammar.language.sites
        pasts = {sense.past for analysis in clause.analyses for sense in analysis.senses}
        denies = not pasts.isdisjoint(sites.disclaiming)
        if not denies and pasts.isdisjoint(sites.claiming):
            return
        claimers = clause.agent.arguments if clause.agent is not None else ()
        claimers = tuple([each for each in claimers if each.kind in POWERS])
        attack = self._attack(scene, clause.index, adopts=not pasts.isdisjoint(sites.adopting)) if claimers else None
        if attack is None:
            return
        told = self.rules.status.read(scene.reading, scene.nodes, clause.index)
        if told is not Status.ACTUAL:
            return
        status = Status.DENIED if denies else Status.ACTUAL
        for claimer in claimers:
            for target in self._targets(scene, attack, claimer, raids):
                if target != claimer.entity:
                    yield Found(
                        claimer.entity, _ATTACKED, target, status, _SURE, scene.reading, max(claimer.end - 1, 0),
                        f"verb:{min(pasts)}",
                    )  # fmt: skip

    def _attack(self, scene: Scene, verb: int, *, adopts: bool) -> int | None:
        """Return where the attack stands that a verb claims; the verb itself where a pronoun stands for it."""
        words, sites = scene.reading.words, self.rules.grammar.language.sites
        if adopts and bears_pronoun(scene.nodes[verb].verbs):
            return verb
        for index in range(verb + 1, min(verb + _CLAIM_REACH, len(words))):
            if scene.nodes[index].tag in (Tag.STOP, Tag.VERB, Tag.SUBORDINATOR, Tag.COMMA):
                return None
            if words[index].norm in sites.responsibility:
                return self._behind(scene, index)
            if adopts and self._is_attack(scene, index):
                return index
        return None

    def _behind(self, scene: Scene, index: int) -> int | None:
        """Return where the attack stands that responsibility is for; the word itself where a pronoun stands for it."""
        words, morphemes = scene.reading.words, self.rules.grammar.language.morphemes
        for position in range(index + 1, min(index + _ATTACK_REACH, len(words))):
            led = self.rules.grammar.keys.pronominals.get(words[position].norm)
            if led is not None and led[0] == morphemes.on_behalf:
                return index
            if self._is_attack(scene, position):
                return position
        return None

    def _is_attack(self, scene: Scene, index: int) -> bool:
        noun, word = scene.nodes[index].noun, scene.reading.words[index]
        told = noun is not None and any(frame.relation == _ATTACKED for frame in noun.entry.frames)
        return told or word.norm in self.rules.grammar.language.sites.claimed

    def _targets(self, scene: Scene, attack: int, claimer: Argument, raids: list[_Raid]) -> tuple[str, ...]:
        """Return whom the attack at a word struck: told of behind it, before it in the sentence, or before that."""
        for trigger in scene.triggers:
            if attack <= trigger.index <= attack + _ATTACK_REACH and trigger.tells(_ATTACKED):
                struck = tuple(each for each in self._struck(scene, trigger) if each != claimer.entity)
                if struck:
                    return struck
        before = [raid for raid in raids if raid.index < attack]
        if before:
            return before[-1].targets
        if any(trigger.index < attack and trigger.tells(_ATTACKED) for trigger in scene.triggers):
            # The attack that is told of last struck somebody whom the text does not name.
            return ()
        last, here = self._last, scene.reading.sentence.start
        return last.targets if last is not None and 0 <= here - last.start <= _BACK else ()

    def _raids(self, scene: Scene) -> Iterator[_Raid]:
        """Yield the attacks of a sentence of which nobody is told to have made them."""
        for trigger in scene.triggers:
            if trigger.tells(_ATTACKED) and trigger.status is Status.ACTUAL and not self._is_made(trigger):
                targets = self._struck(scene, trigger)
                if targets:
                    yield _Raid(targets, scene.reading.sentence.start, trigger.index)

    def _is_made(self, trigger: Trigger) -> bool:
        doers = [each for slot in _DOERS for group in trigger.slots.get(slot, ())[:1] for each in group]
        return any(each.kind in POWERS for each in doers)

    def _struck(self, scene: Scene, trigger: Trigger) -> tuple[str, ...]:
        """Return those in the first slot that may hold whom an attack struck, or where it was."""
        language = self.rules.grammar.language
        slots = [slot_key(slot) for frame in trigger.frames if frame.relation == _ATTACKED for slot in frame.object]
        for slot in (*slots, *map(slot_key, language.sites.beside), *language.morphemes.where_struck):
            struck = _of_kind(trigger.slots.get(slot, ()), objects_of(_ATTACKED))
            if struck:
                return struck
        return _of_kind(trigger.slots.get(language.morphemes.by, ()), LANDS) or self._place(scene, trigger.index)

    def _place(self, scene: Scene, index: int) -> tuple[str, ...]:
        """Return the land named first behind an attack, in its phrase: "a blast shook the centre of X"."""
        for node in scene.nodes[index + 1 : index + 1 + _PLACE_REACH]:
            if node.tag in PHRASE_ENDS:
                break
            if node.chunk is not None and node.chunk.entity and node.chunk.kind in LANDS:
                return (node.chunk.entity,)
        return ()


def _of_kind(groups: Iterable[list[Argument]], kinds: frozenset[EntityKind]) -> tuple[str, ...]:
    for group in groups:
        struck = tuple([each.entity for each in group if each.kind in kinds])
        if struck:
            return struck
    return ()
