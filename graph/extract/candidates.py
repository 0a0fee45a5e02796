"""Lists who may do what to whom: every pair of actors around a trigger, for each relation its frames know.

The frames propose; scoring.py weighs. What the weights look at is told by features.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from ..lang.predicates import Frame
from ..model import EntityKind, Status
from . import tags
from .arguments import OWNER, PRONOUN, Argument, Slots
from .chunks import Chunk
from .clauses import Node, Tag
from .frames import Filling
from .relations import SYMMETRIC, objects_of, subjects_of

_REACH = 45
# Where a pronoun stands for somebody.
_UNNAMED = (PRONOUN, -2, OWNER)
_MOST_ACTORS = 14
_MOST_IN_MIND = 4
_FRESH = 2
# Of more, who are named elsewhere, only what a frame tells is likely.
_TWO = 2
_NATIONAL = (Tag.NATIONALITY, Tag.CHUNK)
# What Between counts: commas, verbs, actors, and what breaks a sentence.
_COUNTED = frozenset({Tag.COMMA, Tag.VERB, Tag.CHUNK, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.STOP, Tag.QUOTE})


@dataclass(slots=True)
class Trigger:
    """A verb, noun or participle that was read: its frames, the slots around it, and what filled the frames.

    `speaker` is who spoke last, `source` whoever says this very deed in its sentence. Like Argument not frozen.
    """

    index: int
    rule: str
    sort: str
    frames: tuple[Frame, ...]
    slots: Slots
    fillings: Mapping[str, tuple[Filling, ...]]
    status: Status
    agents: tuple[str, ...]
    subjects: tuple[str, ...]
    speaker: str | None
    by_call: bool
    in_title: bool
    pronouns: tuple[Argument, ...] = ()
    item: str | None = None
    source: str | None = None

    def tells(self, *relations: str) -> bool:
        """Tell whether one of its frames is for one of some relations, filled or not."""
        return any(frame.relation in relations for frame in self.frames)

    def first_of(self, slots: Iterable[str]) -> list[Argument]:
        """Return the first group of the first of some slots that holds any; an empty one where none does."""
        return next((self.slots[slot][0] for slot in slots if self.slots.get(slot)), [])


@dataclass(slots=True, unsafe_hash=True)
class Standing:
    """An actor around a trigger: its words, the preposition before it and its kind.

    Its position is -1 where it is only in mind, and PRONOUN where a pronoun stands for it. Like Argument not frozen.
    """

    entity: str
    kind: EntityKind
    position: int
    end: int
    preposition: str
    national: bool


# The slot of each position around a trigger, the rank of its group there, and the argument.
SlotView = dict[int, tuple[str, int, Argument]]


@dataclass(slots=True)
class Option:
    """A relation that a trigger may tell, with the actors that may stand on either side of it. Not frozen either."""

    trigger: Trigger
    frame: Frame
    subjects: tuple[Standing, ...]
    objects: tuple[Standing, ...]
    slots: SlotView

    def pairs(self) -> Iterator[tuple[Standing, Standing]]:
        """Yield both sides of each pair; a symmetric relation takes two in reading order, or as proposed."""
        symmetric = self.frame.relation in SYMMETRIC
        told = self.trigger.fillings.get(self.frame.relation, ()) if symmetric else ()
        turned = [filling for filling in told if filling.object.position >= 0]
        for subject in self.subjects:
            for target in self.objects:
                if subject.entity == target.entity:
                    continue
                backward = symmetric and 0 <= target.position < subject.position
                if not backward or any(_are_sides(filling, subject, target) for filling in turned):
                    yield subject, target


def _are_sides(filling: Filling, subject: Standing, target: Standing) -> bool:
    """Tell whether a frame was filled with two actors where they stand, or with a pronoun for the first."""
    if (filling.subject.entity, filling.object.entity) != (subject.entity, target.entity):
        return False
    # Right behind a name stands whose it is: "the company belonging to [X]".
    apart = subject.position - target.end > 1
    return (
        apart
        and filling.object.position == target.position
        and (filling.subject.position in (*_UNNAMED, subject.position))
    )


class Between:
    """Counts of what divides clauses, so that what lies between two words is a subtraction."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        commas = verbs = breaks = chunks = 0
        count = 0, 0, 0, 0
        self._counts = [count]
        last = None
        for node in nodes:
            tag = node.tag
            if tag in _COUNTED:
                if tag is tags.COMMA:
                    commas += 1
                elif tag is tags.VERB:
                    verbs += 1
                elif tag is tags.CHUNK:
                    chunks += node.chunk is not last
                else:
                    breaks += 1
                count = commas, verbs, breaks, chunks
            last = node.chunk
            self._counts.append(count)

    def of(self, one: int, other: int) -> tuple[int, int, int, int]:
        """Return commas, verbs, breaks and actors strictly between two words."""
        low, high = (one + 1, other) if one < other else (other + 1, one)
        if high <= low:
            return 0, 0, 0, 0
        upper, lower = self._counts[high], self._counts[low]
        return upper[0] - lower[0], upper[1] - lower[1], upper[2] - lower[2], upper[3] - lower[3]


def states_of(nodes: Sequence[Node], country_of: Callable[[str], str]) -> dict[int, str]:
    """Return the entity of each adjective of nationality by its word; those inside the names of events count."""
    return {i: country_of(n.country) for i, n in enumerate(nodes) if n.country and n.tag in _NATIONAL}


def actors_of(nodes: Sequence[Node], country_of: Mapping[int, str], kinds: Mapping[str, EntityKind]) -> list[Standing]:
    """Return the actors of a sentence in reading order, nationalities among them."""
    found: list[Standing] = []
    preposition, fresh = "", -9
    for index, node in enumerate(nodes):
        tag = node.tag
        if tag is tags.PREPOSITION:
            preposition, fresh = node.preposition, index
        elif tag is tags.CHUNK and node.chunk is not None and node.chunk.start == index and node.chunk.entity:
            own = node.preposition or (preposition if index - fresh <= _FRESH else "")
            found.append(Standing(node.chunk.entity, kinds[node.chunk.entity], index, node.chunk.end, own, False))
        elif tag is tags.CHUNK and (tied := tied_to(index, node)) is not None:
            # The target of a partner is named whoever the partner is: "X is a partner of Y".
            found.append(Standing(tied.entity or "", kinds[tied.entity or ""], tied.start, tied.end, "", False))
        elif node.two and len(node.pair) == _TWO:
            own = node.preposition or (preposition if index - fresh <= _FRESH else "")
            found.extend(Standing(entity, kinds[entity], index, index + 1, own, False) for entity, _ in node.pair)
        elif index in country_of:
            found.append(Standing(country_of[index], kinds[country_of[index]], index, index + 1, "", True))
    return found


def tied_to(index: int, node: Node) -> Chunk | None:
    """Return whose a word is that tells a deed and, as an office, means nobody known: "a partner of X"."""
    chunk = node.chunk
    if node.noun is None or chunk is None or chunk.start != index or chunk.entity or not chunk.offices:
        return None
    target = chunk.offices[0].target
    return target if target is not None and target.entity else None


def options(
    triggers: Iterable[Trigger], actors: Sequence[Standing], kinds: Mapping[str, EntityKind]
) -> Iterator[Option]:
    """Yield each relation of each trigger once, with the actors near it and those in mind; none where a side lacks."""
    for trigger in triggers:
        near = _near(trigger, actors)
        known = [*near, *(Standing(e, kinds[e], -1, -1, "", False) for e in _in_mind(trigger) if e in kinds)]
        here = {actor.entity for actor in near}
        away = [p for p in trigger.pronouns if p.entity not in here]
        told = [*near, *(Standing(p.entity, p.kind, PRONOUN, PRONOUN, "", False) for p in away)]
        slots = slots_by_position(trigger)
        seen: set[str] = set()
        for frame in trigger.frames:
            relation = frame.relation
            if relation in seen:
                continue
            seen.add(relation)
            starts, ends = subjects_of(relation), objects_of(relation)
            subjects = tuple([actor for actor in known if actor.kind in starts])
            objects = tuple([actor for actor in told if actor.kind in ends])
            if subjects and objects:
                yield Option(trigger, frame, subjects, objects, slots)


def _near(trigger: Trigger, actors: Sequence[Standing]) -> list[Standing]:
    """Return the actors nearest to a trigger, the nearest first."""
    index = trigger.index
    away = [(abs(actor.position - index), actor) for actor in actors]
    near = sorted([each for each in away if each[0] <= _REACH], key=itemgetter(0))
    return [actor for _, actor in near[:_MOST_ACTORS]]


def _in_mind(trigger: Trigger) -> list[str]:
    kept = dict.fromkeys([*trigger.agents, *trigger.subjects, *filter(None, [trigger.speaker])])
    return list(kept)[:_MOST_IN_MIND]


def slots_by_position(trigger: Trigger) -> SlotView:
    """Return the slot of each position around a trigger."""
    view: SlotView = {}
    for slot, groups in trigger.slots.items():
        for rank, group in enumerate(groups):
            for argument in group:
                view.setdefault(argument.position, (slot, rank, argument))
    return view


def filling_of(trigger: Trigger, frame: Frame, subject: Standing, target: Standing) -> Filling | None:
    """Return the surest filling of a relation with these two, which the frames proposed; None where they did not."""
    fillings = trigger.fillings.get(frame.relation)
    if not fillings:
        return None
    found = [
        filling
        for filling in fillings
        if filling.subject.entity == subject.entity and filling.object.entity == target.entity
    ]
    return max(found, key=lambda filling: filling.confidence) if found else None
