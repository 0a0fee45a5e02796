"""Fills the frames of a verb or noun with the arguments around it, and says how far each filling is to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice, permutations

from ..lang.morphemes import Morphemes
from ..lang.predicates import Frame
from ..model import EntityKind, Status
from ..text.fold import loosen, normalize
from .arguments import Argument, Slots, slot_key
from .asides import Holders
from .handed import HANDED, NATIONAL, handed_over, takers
from .relations import LANDS, POWERS, STANCES, SYMMETRIC, takes_object, takes_subject
from .words import Word

_SHORT, _TWO = 3, 2
# What is told or handed to somebody by a preposition that also leads to what for.
_ADDRESSED = frozenset({"requested", "promised", "aids", "supplies"})
_CACHED = 20_000
_REQUIRED_WITHIN, _FORBIDDEN_WITHIN, _BEFORE_WITHIN = 16, 5, 3
# What is condemned, backed or refused is often a deed named with its state: "condemned the Israeli raids".
# What is banned or expelled is named with its state, too: "expelled two French diplomats".
_WITH_STATES = STANCES | {"sanctioned", "threatened"}
_NESTED, _THROUGH, _COMMA, _COUNTRY_ONLY = 0.5, 0.8, 0.93, 0.75
_NESTED_STANCE = 0.8
# "announces the delivery [to] Iran of ...": the verb's subject gives, the first noun receives.
_GIVEN = frozenset({"supplies", "aids", "sanctioned", "released", "investedIn", "supports"})


@dataclass(frozen=True, slots=True)
class Filling:
    """A frame with its two sides filled by one entity each."""

    frame: Frame
    subject: Argument
    object: Argument
    confidence: float
    status: Status | None


class FrameFiller:
    """Fills frames from slots; remembers the word lists of frames in the form that they are looked up in."""

    def __init__(self, morphemes: Morphemes, holders: Holders) -> None:
        self._holders = holders
        self._where, self._by, self._between = morphemes.where_struck, morphemes.by, morphemes.between
        self._for = morphemes.for_
        self._accusative, self._article = morphemes.accusative, morphemes.article
        self._owners = tuple(morphemes.attached_pronouns)
        self._construct, self._feminine = morphemes.construct, morphemes.feminine
        self._forms: dict[str, frozenset[str]] = {}
        self._loosened = lru_cache(maxsize=4096)(_loosen_all)

    def fill(self, frame: Frame, slots: Slots) -> Iterator[Filling]:
        """Yield the fillings of a frame that its words fit: every coordinated subject with every coordinated object."""
        if frame.relation == "attacked" and "of2" in frame.object and self._is_struck(slots):
            slots = {**slots, "of": [], "of2": [*slots["of"][:1], *slots.get("of2", ())]}
        subjects, subject_slot = _subjects(frame, slots)
        if frame.reciprocal or frame.relation in SYMMETRIC:
            if frame.subject[:1] == ("head",) or self._is_beside(frame, slots):
                slots = {slot: groups for slot, groups in slots.items() if slot != self._between}
            paired = list(self._pairs(frame, slots))
            if paired:
                yield from paired
                return
        if not subjects and frame.relation not in HANDED:
            return
        objects = _objects(frame, slots, subjects)
        if frame.relation in HANDED and not (objects and subjects):
            goods = self._loosened(frame.requires)
            receivers = objects or (subjects if subject_slot == "of" else [])
            handed = handed_over(frame, goods, slots, receivers, article=self._article)
            subjects, objects = handed or (subjects, objects)
        if not subjects:
            return
        if not objects and frame.relation == "attacked":
            objects = _whose_gear(slots, subjects, self._for)
        led = bool(slots.get("agent")) and "agent" in frame.subject and "of2" in frame.object
        if not objects and led and frame.relation == "attacked":
            subjects, objects = self._undergone(frame, slots, subjects, subject_slot)
            if not subjects:
                return
        if not objects and frame.relation == "attacked" and _strikes_places(frame):
            # What was struck is often unnamed and only its place told: "struck a refinery in Ryazan".
            where = [group for name in self._where for group in slots.get(name, ())]
            places = [a for group in where for a in group if a.kind in LANDS and not a.commas]
            places += [a for group in slots.get(self._by, ()) for a in group if a.kind is EntityKind.PLACE]
            objects = [replace(_narrowed(argument, slots), nested=True) for argument in places]
        elif frame.relation == "attacked" and _strikes_places(frame):
            objects = [*objects, *self._around(slots, objects)]
        # A pronoun on the noun (it has no words of its own) is always the doer: "expressed their support".
        given = frame.relation in _GIVEN and subject_slot == "of" and (subjects[0].position >= 0 or _are_two(subjects))
        if not objects and given and "agent" in frame.subject and slots.get("agent"):
            objects = takers(frame, subjects)
            subjects = [argument for argument in slots["agent"][0] if takes_subject(frame.relation, argument.kind)]
        if not objects and frame.relation in _GIVEN and subject_slot == "agent" and "of" in frame.item:
            # "announces the delivery [to] Bahrain of ...": only a receiver stands between the noun and the item.
            objects = [a for group in slots.get("of", ())[:1] for a in group if takes_object(frame.relation, a.kind)]
        if not objects and led:
            subjects, objects = self._undergone(frame, slots, subjects, subject_slot)
        for subject in subjects:
            for target in objects:
                if subject.entity != target.entity and not self._holders.is_opponent(target):
                    yield Filling(frame, subject, target, _confidence(frame, subject, target), frame.status)

    def _around(self, slots: Slots, owners: list[Argument]) -> list[Argument]:
        """Return the places right behind whose sites were struck, which were struck with them: "sites of X in Y"."""
        last = owners[-1] if owners else None
        if last is None or last.kind is not EntityKind.ORGANIZATION or not (last.through or last.slot == self._for):
            return []
        where = [a for group in slots.get(self._where[0], ()) for a in group if a.kind is EntityKind.PLACE]
        near = bool(where) and where[0].position == last.end + 1
        return [replace(place, nested=True) for place in where if not place.commas] if near else []

    def _is_struck(self, slots: Slots) -> bool:
        """Tell whether a noun's genitive is what it strikes: "the shelling of sites of X", "of the depots of X"."""
        owner = next((group[0] for group in slots.get("of", ())), None)
        if owner is None or not owner.through or "direct" in slots:
            return False
        return self._holders.is_target(owner.head)

    def _undergone(
        self, frame: Frame, slots: Slots, subjects: list[Argument], slot: str
    ) -> tuple[list[Argument], list[Argument]]:
        """Let the genitive undergo a deed whose doer the verb tells: "is to attend the summit"."""
        genitive = [a for group in slots.get("of", ())[:1] for a in group if a.position >= 0]
        objects = takers(frame, genitive)
        if slot == "agent" or not objects:
            return subjects, objects
        doers = [a for a in slots["agent"][0] if takes_subject(frame.relation, a.kind)]
        return [doer for doer in doers if _kind_fits(doer, frame.subject_kinds)], objects

    def _pairs(self, frame: Frame, slots: Slots) -> Iterator[Filling]:
        """Pair the members of a group that acts on itself: "the two presidents met", "talks between X and Y"."""
        if frame.relation == "spokeWith" and not frame.reciprocal:
            # "X and Y told Z": they speak together, not with each other.
            slots = {slot: groups for slot, groups in slots.items() if slot != "agent"}
        across = list(self._across(frame, slots.get(self._between, [])))
        if across:
            yield from across
            return
        for slot in (self._between, *frame.subject):
            for group in slots.get(slot, ())[:1]:
                members = [
                    a for a in group if takes_subject(frame.relation, a.kind) and _kind_fits(a, frame.object_kinds)
                ]
                if not 2 <= len({member.entity for member in members}) <= 4:
                    continue
                if slot in frame.subject and _objects(frame, slots, members):
                    return
                agents = [each.entity for own in slots.get("agent", ()) for each in own]
                if slot == "of" and not {member.entity for member in members}.issuperset(agents):
                    # "looks forward to meeting the leaders of X and Y": he meets them, not they each other.
                    return
                if slot in frame.subject and not frame.reciprocal and slot != "agent":
                    return
                # What is not mutual by itself goes both ways: "traded accusations".
                ordered = combinations if frame.relation in SYMMETRIC else permutations
                for one, other in ordered(members, 2):
                    if one.entity != other.entity:
                        yield Filling(frame, one, other, _confidence(frame, one, other), frame.status)
                return

    def _is_beside(self, frame: Frame, slots: Slots) -> bool:
        """Tell whether those "between" whom something lies only stand behind whom the deed is with."""
        between = slots.get(self._between)
        if not between or not _subjects(frame, slots)[0]:
            return False
        nearer = [slots[slot_key(name)][0][0] for name in frame.object if slots.get(slot_key(name))]
        return any(0 <= other.position < between[0][0].position for other in nearer)

    def _across(self, frame: Frame, groups: list[list[Argument]]) -> Iterator[Filling]:
        """Pair one actor with each of a second phrase: "between X and the Russian and the Iranian side"."""
        if frame.relation not in SYMMETRIC or len(groups) < 2 or len(groups[0]) > 1:
            return
        one = groups[0][0]
        for other in groups[1]:
            fits = all(
                takes_subject(frame.relation, each.kind) and _kind_fits(each, frame.object_kinds)
                for each in (one, other)
            )
            if fits and one.entity != other.entity:
                yield Filling(frame, one, other, _confidence(frame, one, other), frame.status)

    def words_fit(self, frame: Frame, words: tuple[Word, ...], trigger: int, *, before: int = 0) -> bool:
        """Tell whether the words after a trigger hold one that the frame requires, and none that it forbids.

        What a frame requires may also be one of the last `before` words: "the arms that X sent [them] to Y".
        """
        after = trigger + 1
        if frame.not_after and self._follows(frame, words, trigger):
            return False
        if frame.requires:
            listed = self._loosened(frame.requires)
            near, earlier = islice(words, after, None), words[max(0, trigger - before) : trigger]
            if not self._hold_one(near, listed, _REQUIRED_WITHIN) and not self._hold_one(earlier, listed):
                return False
        if not frame.not_with:
            return True
        near_by = (*words[after : after + _FORBIDDEN_WITHIN], *_item_words(frame, words, after))
        return not self._hold_one(near_by, self._loosened(frame.not_with))

    def _follows(self, frame: Frame, words: tuple[Word, ...], trigger: int) -> bool:
        """Tell whether one of the words that a frame must not follow stands before its trigger or is written onto it.

        Adjectives may stand between: "an immediate and lasting halt to the shooting".
        """
        if any(cut.preposition in frame.not_after for cut in words[trigger].cuts if cut.preposition):
            return True
        near = words[max(0, trigger - _BEFORE_WITHIN) : trigger]
        between = 0 if any(cut.preposition for cut in words[trigger].cuts) else len(near) - 1
        return self._hold_one(near[max(0, between) :], self._loosened(frame.not_after))

    def _hold_one(self, words: Iterable[Word], listed: frozenset[str], within: int = 0) -> bool:
        """Tell whether one of some words is listed in any of its forms, of the first `within` where that is told."""
        known = self._forms
        for word in words:
            forms = known.get(word.norm)
            if not listed.isdisjoint(self._forms_of(word) if forms is None else forms):
                return True
            within -= not word.is_mark
            if not (within or word.is_mark):
                return False
        return False

    def _forms_of(self, word: Word) -> frozenset[str]:
        """Return a word in every form a list may hold: cut, without article, owner and accusative alif."""
        forms: set[str] = set()
        for cut in word.cuts:
            key = cut.key
            forms |= {key, cut.base}
            if key.endswith(self._accusative) and len(key) > _SHORT:
                forms.add(key[:-1])
            # "its commitment" only seems to bear the article: whatever has an owner has none.
            forms.update(self._disowned(cut.stem))
        if len(self._forms) >= _CACHED:
            self._forms.clear()
        return self._forms.setdefault(word.norm, frozenset(forms))

    def _disowned(self, stem: str) -> Iterator[str]:
        """Yield a noun without the owner written onto it, loosened: "its aid", "his demand"."""
        for owner in self._owners:
            if stem.endswith(owner) and len(stem) - len(owner) >= _SHORT:
                noun = stem[: -len(owner)]
                yield loosen(noun)
                if noun.endswith(self._construct):
                    yield loosen(noun[: -len(self._construct)] + self._feminine)


def _whose_gear(slots: Slots, taken: list[Argument], for_: str) -> list[Argument]:
    """Return whose the arms are that were struck: "destroyed arms belonging to X", "a shipment of arms of X"."""
    struck = [argument for name in ("direct", "of", "of2") for group in slots.get(name, ())[:1] for argument in group]
    if not struck or any(argument.kind is not EntityKind.WEAPON for argument in struck if argument.position >= 0):
        return []
    beyond = [group for name in ("direct2", "of2", for_) for group in slots.get(name, ())]
    owners = [a for group in beyond for a in group if a.kind in POWERS]
    mine = {argument.entity for argument in taken}
    return [owner for owner in owners if owner.entity not in mine and owner.position > struck[0].position]


def _strikes_places(frame: Frame) -> bool:
    """Tell whether what a frame strikes may be somewhere: whom one wounds is no place, nor what one intercepts."""
    return not frame.object_kinds or not LANDS.isdisjoint(frame.object_kinds)


def _narrowed(place: Argument, slots: Slots) -> Argument:
    """Return the place that is named right before another as lying in it: "in the city of X in the east of Y"."""
    arguments = (argument for groups in slots.values() for group in groups for argument in group)
    inner = (a for a in arguments if a.kind in LANDS and not a.country_only and a.end == place.position - 1)
    return next(inner, place)


def _item_words(frame: Frame, words: tuple[Word, ...], after: int) -> tuple[Word, ...]:
    """Return the first words behind the preposition that leads to what a deed is about: "agreed with X on a date"."""
    leading = _slot_keys(frame.item)
    for at in range(after, min(after + _REQUIRED_WITHIN, len(words)) if leading else after):
        word = words[at]
        if word.norm in leading:
            return words[at + 1 : at + 3]
        # The first cut takes nothing off.
        if len(word.cuts) > 1 and any(cut.definite and cut.preposition in leading for cut in word.cuts):
            return words[at : at + 2]
    return ()


@lru_cache(maxsize=1024)
def _slot_keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(slot_key, names))


def _are_two(group: list[Argument]) -> bool:
    """Tell whether a pronoun means two: what somebody else does to them is theirs only as its objects."""
    return len(group) == _TWO and all(argument.position < 0 for argument in group)


def _subjects(frame: Frame, slots: Slots) -> tuple[list[Argument], str]:
    """Return the arguments of the first slot that fits a frame's subject, and the slot's name."""
    for name in _with_national(frame, frame.subject):
        for group in slots.get(slot_key(name), ()):
            accepted = [
                argument
                for argument in group
                if takes_subject(frame.relation, argument.kind) and _kind_fits(argument, frame.subject_kinds)
            ]
            if accepted:
                return accepted, name
    return [], ""


def _objects(frame: Frame, slots: Slots, taken: list[Argument]) -> list[Argument]:
    """Return the arguments of the first slot that fits a frame's object; `taken` are its subjects."""
    taken_at = {argument.position for argument in taken}
    best: list[Argument] = []
    for name in (*_with_national(frame, frame.object), *_of_state(frame)):
        for group in slots.get(slot_key(name), ()):
            accepted = [
                argument
                for argument in group
                if takes_object(frame.relation, argument.kind)
                and _kind_fits(argument, frame.object_kinds)
                and argument.position not in taken_at
            ]
            if accepted and (not best or _is_nearer(frame, accepted[0], best[0])):
                best = accepted
            if best and frame.relation not in STANCES and not (frame.relation in _ADDRESSED and best[0].through):
                return best
    return best


def _is_nearer(frame: Frame, one: Argument, other: Argument) -> bool:
    """Tell whether an object is nearer than another: "steps up its criticism of X, and with growing criticism of Y".

    Of "handed in a request to X to question Y" the second says what for.
    """
    if frame.relation in STANCES:
        return one.commas < other.commas
    return other.through and not one.through and one.position < other.position


def _with_national(frame: Frame, names: tuple[str, ...]) -> tuple[str, ...]:
    if frame.relation not in _WITH_STATES:
        return names
    return tuple(slot for name in names for slot in (name, name + NATIONAL))


def _of_state(frame: Frame) -> tuple[str, ...]:
    """Return the slot of a state that what a noun is about bears: "the expulsion of five Portuguese diplomats"."""
    return ("direct" + NATIONAL,) if frame.relation in _WITH_STATES and "of" in frame.object else ()


def _kind_fits(argument: Argument, kinds: tuple[EntityKind, ...]) -> bool:
    return not kinds or argument.kind in kinds


def _loosen_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(loosen(normalize(word)) for word in words)


def _confidence(frame: Frame, subject: Argument, target: Argument) -> float:
    confidence = frame.confidence
    for argument in (subject, target):
        if argument.nested:
            confidence *= _NESTED_STANCE if frame.relation in STANCES else _NESTED
        if argument.through:
            confidence *= _THROUGH
        if argument.country_only:
            confidence *= _COUNTRY_ONLY
        confidence *= _COMMA**argument.commas
    return confidence
