"""Turns what stands around a verb, noun or participle into slots, and the frames that they fill into facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..lang.predicates import Frame
from ..model import EntityKind, Status
from ..resolve.actors import Actor
from .arguments import ASKER, BARE, PRONOUN, Argument, Arguments, Slots, slot_key
from .candidates import Trigger
from .clauses import Tag
from .found import Found
from .frames import Filling, FrameFiller
from .grammar import Grammar
from .handed import NATIONAL
from .items import item_of
from .relations import SYMMETRIC
from .scene import Scene
from .subjects import Subject
from .told_before import ToldBefore

AGENT = "agent"
# Where whoever resigns holds his office.
POST = "post"
_ASKING = ("requested", "promised")
_ASSAULT, _JOURNEY, _LEFT = "attacked", "visited", "withdrewFrom"
# What tells where somebody has forces.
_PRESENT = frozenset({"deployedTo", "visited"})
_LEAVING = 0.7
# Who meets somebody in the other's country is there.
_STATIONS, _VISITING = (EntityKind.PLACE, EntityKind.COUNTRY), 0.75
_SOON = 12
# Whose deed is told of behind a word: "in a raid by X".
STRIKER = "striker"
# The state that sent an envoy who is expelled.
SENDER = "sender"
# Where an envoy stands whom a state recalls.
_ENVOYS = ("direct", "of", "of2")
# How many characters a refusal may stand behind the request that it refuses.
_REQUEST_REACH = 700
_DONE = (Status.ACTUAL, Status.PLANNED)
_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.VERB, Tag.NOUN, Tag.SUBORDINATOR, Tag.RELATIVE})
# The first frame that is filled, with its fillings.
_Told = tuple[Frame, tuple[Filling, ...]]


@dataclass(slots=True)
class Deed:
    """A trigger with its frames and slots; `factor` lowers the confidence, `has_item` lets the frame take its item.

    `before` counts the words before the trigger that may hold what a frame requires. Like Argument not frozen.
    """

    index: int
    rule: str
    frames: tuple[Frame, ...]
    slots: Slots
    status: Status
    agent: Subject | None = None
    factor: float = 1.0
    has_item: bool = False
    before: int = 0


class DeedTeller:
    """Tells the facts of a deed, and keeps its trigger for the weights."""

    def __init__(self, grammar: Grammar, filler: FrameFiller, actors: Mapping[str, Actor]) -> None:
        self._actors = actors
        self._told_before = ToldBefore(grammar, actors)
        self._filler = filler
        self._item_words = grammar.item_words
        self._in = grammar.language.morphemes.in_
        self._owners = grammar.language.morphemes.owner_pronouns
        self._call_words = grammar.language.morphemes.call_words
        self._announcers, self._armies = grammar.keys.announcers, grammar.keys.armies
        self._missions = grammar.keys.missions

    def tell(self, scene: Scene, deed: Deed) -> Iterator[Found]:
        """Yield the facts of the first frame that is filled; the fillings of all go into the trigger."""
        filled: dict[str, tuple[Filling, ...]] = {}
        self._remember_request(scene, deed)
        self._spare_announcer(scene, deed)
        fitting = self._fitting(scene, deed)
        first = self._fill(fitting, deed.slots, filled)
        if first is None and self._told_before.add(scene, deed.index, _agents_of(deed), fitting, deed.slots):
            first = self._fill(fitting, deed.slots, filled)
        item = self._item(scene, deed, first[0]) if first is not None else None
        sort = deed.rule.split(":")[0]
        by_call = (scene.by_call and sort == "verb" and _may_be_by_call(fitting)) or self._by_telephone(
            scene, deed.index
        )
        discourse = scene.discourse
        said = scene.speech is not None and scene.speech < deed.index
        source = discourse.speaker if said else scene.source_of(deed.index)
        scene.triggers.append(Trigger(
            deed.index, deed.rule, sort, fitting, deed.slots, filled, deed.status,
            deed.agent.entities if deed.agent is not None else (), _in_mind(scene, deed.index), discourse.speaker,
            by_call, scene.reading.sentence.in_title, _pronouns(deed.slots), item, source,
        ))  # fmt: skip
        if not filled.get(_LEFT):
            yield from self._leaves_post(scene, deed, fitting)
            yield from self._leaves_place(scene, deed, fitting)
        if first is None:
            return
        yield from self._visits(scene, deed, filled.get("met", ()))
        frame, fillings = first
        self._keep_in_mind(scene, deed.status, first, filled)
        for filling in fillings:
            yield Found(
                filling.subject.entity,
                "spokeWith" if by_call and frame.relation == "met" else frame.relation,
                filling.object.entity,
                filling.status or deed.status,
                filling.confidence * _sureness(filling, deed.agent) * deed.factor,
                scene.reading,
                deed.index,
                deed.rule,
                frame,
                source,
                item,
            )

    def _fitting(self, scene: Scene, deed: Deed) -> tuple[Frame, ...]:
        """Return the frames that whoever does a deed and the words around it allow."""
        forces, strikes = self._is_forces(deed), _is_done_by_attack(deed.agent)
        words, filler, index, before = scene.reading.words, self._filler, deed.index, deed.before
        return tuple(
            [
                frame
                for frame in deed.frames
                if (not frame.armed or forces or (frame.relation == _ASSAULT and strikes))
                and not (forces and frame.relation == _JOURNEY)
                and (
                    not (frame.requires or frame.not_with or frame.not_after)
                    or filler.words_fit(frame, words, index, before=before)
                )
            ]
        )

    def _fill(self, frames: Iterable[Frame], slots: Slots, filled: dict[str, tuple[Filling, ...]]) -> _Told | None:
        """Fill frames from slots into `filled`, by relation; return the first that could be filled."""
        first = None
        for frame in frames:
            fillings = tuple(self._filler.fill(frame, slots))
            if frame.relation == _ASSAULT:
                fillings = tuple([each for each in fillings if not self._strikes_nobody(each.subject.entity)])
            filled[frame.relation] = filled.get(frame.relation, ()) + fillings
            if fillings and first is None:
                first = frame, fillings
        return first

    def _strikes_nobody(self, entity: str) -> bool:
        """Tell whether an actor is a mission abroad, which may be struck and never strikes."""
        return self._actors[entity].head in self._missions

    def _is_forces(self, deed: Deed) -> bool:
        """Tell whether forces or arms do a deed that is another one where they do it: they visit nobody."""
        if True not in [frame.armed for frame in deed.frames]:
            return False
        if deed.agent is not None and deed.agent.place == "arms":
            return True
        doers = [each for slot in (AGENT, "of") for each in next(iter(deed.slots.get(slot, ())), [])]
        return any(self._actors[each.entity].head in self._armies for each in doers)

    def _remember_request(self, scene: Scene, deed: Deed) -> None:
        """Give a refusal whoever asked or offered last: "X asked Y for arms; Y refused the request"."""
        asked = scene.discourse.asked
        if asked is None or not any(ASKER in frame.object for frame in deed.frames):
            return
        asker, other, start = asked
        fresh = 0 <= scene.reading.sentence.start - start <= _REQUEST_REACH
        if fresh and deed.agent is not None and asker not in deed.agent.entities:
            commas = 0 if other in deed.agent.entities else 2
            deed.slots[ASKER] = [
                [Argument(ASKER, asker, self._actors[asker].kind, PRONOUN, PRONOUN, 99, commas=commas)]
            ]

    def _spare_announcer(self, scene: Scene, deed: Deed) -> None:
        """Let the state strike where its ministry only tells of it: "the Russian defence ministry said it hit"."""
        if deed.agent is None or _ASSAULT not in [frame.relation for frame in deed.frames]:
            return
        actors = [self._actors[entity] for entity in deed.agent.entities]
        if not any(actor.head in self._announcers and actor.country for actor in actors):
            return
        states = [
            scene.collector.entity_of(actor.country) if actor.head in self._announcers and actor.country else actor.id
            for actor in actors
        ]
        deed.agent = Subject(tuple(states), deed.agent.sure, deed.agent.place)
        deed.slots[AGENT] = [self.as_arguments(deed.agent)]

    def _leaves_post(self, scene: Scene, deed: Deed, frames: Iterable[Frame]) -> Iterator[Found]:
        """Yield what whoever resigns held his office at: "the Somali president resigned", "handed in his notice"."""
        frame = next((frame for frame in frames if POST in frame.object), None)
        if frame is None or deed.status is Status.DENIED:
            return
        named = next((groups[0] for slot in frame.subject if (groups := deed.slots.get(slot))), [])
        if deed.agent is not None and any(each.position < 0 for each in named):
            # Of "announced his resignation" the pronoun is no surer than the verb's own subject.
            named = [each for each in self.as_arguments(deed.agent) if each.entity in {one.entity for one in named}]
        for person in named:
            offices = self._actors[person.entity].offices
            post = next((place for _, place, former in offices if place and not former), None)
            if post is not None and person.position >= 0:
                yield Found(
                    person.entity, frame.relation, post, deed.status, _LEAVING, scene.reading, person.end - 1,
                    deed.rule, frame,
                )  # fmt: skip

    def _keep_in_mind(
        self, scene: Scene, status: Status, told: _Told, filled: Mapping[str, tuple[Filling, ...]]
    ) -> None:
        """Keep in mind who asked whom, who did what with whom last, and what comes of attacks and marches."""
        discourse, start = scene.discourse, scene.reading.sentence.start
        relation, fillings = told[0].relation, told[1]
        asked = next((fills[0] for name in _ASKING if (fills := filled.get(name))), None)
        if asked is not None:
            discourse.asked = asked.subject.entity, asked.object.entity, start
        if status is Status.ACTUAL:
            self._remember_forces(scene, relation, fillings[0])
        if status in _DONE:
            # Laid down anew, so that the latest relation stands last.
            discourse.done.pop(relation, None)
            discourse.done[relation] = tuple(dict.fromkeys(filling.subject.entity for filling in fillings)), start
        if relation in SYMMETRIC:
            discourse.two = fillings[0].subject.entity, fillings[0].object.entity

    def _remember_forces(self, scene: Scene, relation: str, told: Filling) -> None:
        """Keep in mind whom somebody struck, who struck a state, and where somebody has his forces."""
        discourse, doer, target = scene.discourse, told.subject.entity, told.object
        if relation == _ASSAULT:
            if target.kind is EntityKind.COUNTRY:
                discourse.struck[doer] = target.entity
            state = self._actors[target.entity].state
            if state is not None and state != self._actors[doer].state:
                discourse.strikers[state] = doer
        if relation in _PRESENT and target.kind in _STATIONS:
            discourse.deployed[doer] = discourse.deployed[self._actors[doer].state or doer] = target.entity

    def _leaves_place(self, scene: Scene, deed: Deed, frames: Iterable[Frame]) -> Iterator[Found]:
        """Yield where forces are that withdraw, if the text does not say it again: "X began its withdrawal"."""
        from_ = scene.collector.morphemes.from_
        frame = next((f for f in frames if f.relation == _LEFT and from_ in f.object), None)
        if frame is None or deed.slots.get(from_):
            return
        held = scene.discourse.deployed
        for each in next((groups[0] for slot in frame.subject if (groups := deed.slots.get(slot))), []):
            actor, place = self._actors[each.entity], held.get(each.entity)
            if place is None and actor.head in self._armies and actor.state:
                place = held.get(actor.state)
            if place in (None, each.entity) or self._actors[place].state == actor.state or each.position < 0:
                continue
            yield Found(
                each.entity, _LEFT, place, deed.status, _LEAVING, scene.reading, each.end - 1, deed.rule, frame,
            )  # fmt: skip

    def _visits(self, scene: Scene, deed: Deed, met: tuple[Filling, ...]) -> Iterator[Found]:
        """Yield the visit of whoever meets somebody in that one's country: "met in Ankara the Turkish X"."""
        place = next((group[0] for group in deed.slots.get(self._in, ())), None)
        if place is None or place.through or place.commas or place.kind not in _STATIONS:
            return
        host = self._actors[place.entity].state
        for filling in met:
            sides = filling.subject, filling.object
            guests = [side for side in sides if self._actors[side.entity].state not in (host, None)]
            if host is None or len(guests) != 1 or guests[0].kind is not EntityKind.PERSON:
                continue
            if self._actors[sides[sides[0] is guests[0]].entity].state == host:
                yield Found(
                    guests[0].entity, "visited", place.entity, deed.status, _VISITING, scene.reading, place.position,
                    deed.rule,
                )  # fmt: skip

    def _by_telephone(self, scene: Scene, index: int) -> bool:
        """Tell whether a word says of a deed that it was done by telephone, before the next comma or verb."""
        nodes, words = scene.nodes, scene.reading.words
        if scene.reading.norms.isdisjoint(self._call_words):
            return False
        for position in range(index + 1, min(index + _SOON, len(nodes))):
            if nodes[position].tag in _ENDS:
                return False
            if words[position].norm in self._call_words:
                return True
        return False

    def slots(self, arguments: Arguments, agent: Subject | None, direct: list[list[Argument]]) -> Slots:
        """Return the groups of arguments by slot; `direct` are those that may be the object."""
        slots: Slots = {}
        for argument in arguments.found:
            if argument.slot == BARE + NATIONAL:
                slots.setdefault("direct" + NATIONAL, []).append([argument])
            elif argument.slot != BARE and argument.slot != AGENT:
                groups = slots.setdefault(slot_key(argument.slot), [])
                if groups and groups[-1][0].group == argument.group:
                    groups[-1].append(argument)
                else:
                    groups.append([argument])
        owned = [group for group in direct if group[0].through]
        if owned:
            slots["of"] = owned[:1]
            national = [[argument] for argument in owned[0] if argument.country_only]
            if national:
                slots["nisba"] = national[:1]
        if direct:
            slots["direct"] = direct[:1]
            slots["direct2"] = direct[1:2]
        if agent is not None and agent.entities:
            slots[AGENT] = [self.as_arguments(agent)]
        return slots

    def add_station(self, scene: Scene, slots: Slots) -> None:
        """Add where an envoy is posted whom a state recalls: "recalled its ambassador in X", else who sent him."""
        chunks = [scene.nodes[g[0].position].chunk for s in _ENVOYS for g in slots.get(s, ()) if g[0].position >= 0]
        for chunk in chunks:
            if chunk is None or not chunk.offices:
                continue
            post, state = chunk.offices[0].target, chunk.offices[0].country
            if state is not None:
                # No words of its own name the sender, as with a pronoun.
                sender = scene.collector.entity_of(state)
                slots[SENDER] = [[Argument(SENDER, sender, EntityKind.COUNTRY, PRONOUN, PRONOUN, 94)]]
            if post is None or not post.entity or self._in in slots:
                continue
            if scene.reading.words[chunk.start].norm.endswith(self._owners):
                slots[self._in] = [[Argument(self._in, post.entity, post.kind, post.start, post.end, 94, through=True)]]

    def as_arguments(self, agent: Subject) -> list[Argument]:
        """Return a subject as the group that fills a slot."""
        if agent.arguments:
            return list(agent.arguments)
        return [Argument(AGENT, e, self._actors[e].kind, -2 - i, -2, 98) for i, e in enumerate(agent.entities)]

    def _item(self, scene: Scene, deed: Deed, frame: Frame) -> str | None:
        if not deed.has_item or not frame.item:
            return None
        arguments = scene.arguments_from(deed.index + 1)
        return item_of(frame, scene.reading, scene.nodes, arguments, self._item_words)


def _is_done_by_attack(agent: Subject | None) -> bool:
    """Tell whether an attack is the subject of a deed, and whoever made it the agent: "raids of X hit Y"."""
    return agent is not None and agent.place == "deed"


def _may_be_by_call(frames: tuple[Frame, ...]) -> bool:
    """Tell whether a verb of meeting means discussing something: nobody is received or gathers by telephone."""
    return all(frame.item for frame in frames if frame.relation == "met")


def _in_mind(scene: Scene, index: int) -> tuple[str, ...]:
    """Return those whom a word may speak of without a name: the two whom it means, else the last subjects."""
    node = scene.nodes[index]
    both = () if node.two else tuple([entity for entity, _ in node.pair])
    return both or tuple(scene.discourse.subjects)


def as_subject(group: list[Argument], sure: float, place: str) -> Subject:
    """Return a group of arguments as the subject of a verb."""
    return Subject(tuple(argument.entity for argument in group), sure, place, tuple(group))


def _pronouns(slots: Slots) -> tuple[Argument, ...]:
    return tuple(
        argument for groups in slots.values() for group in groups for argument in group if argument.position == PRONOUN
    )


def _agents_of(deed: Deed) -> tuple[str, ...]:
    """Return those who may do a deed: the verb's subject, and whose a noun is."""
    owners = [each.entity for slot in (AGENT, "of", "nisba") for each in next(iter(deed.slots.get(slot, ())), [])]
    return tuple(dict.fromkeys([*(deed.agent.entities if deed.agent is not None else ()), *owners]))


def _sureness(filling: Filling, agent: Subject | None) -> float:
    if agent is None:
        return 1.0
    sides = {filling.subject.entity, filling.object.entity}
    return agent.sure if sides & set(agent.entities) else 1.0
