"""Leaves out what is too unsure, ties that are named only to be cut, and stances of somebody to his own state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..model import EntityKind
from ..resolve.actors import Actor
from .found import Found

_TIES = frozenset({"cooperatesWith", "supports", "signedAgreementWith", "negotiatesWith"})
# What a noun right before takes away: "the suspension of its aid to X".
_CUT = _TIES | {"aids", "supplies"}
_NEAR = 4
_CALLED = 0.6
_BREAKS = ("sanctioned", "withdrewFrom", "rejected", "attacked")

# Those who talk to an outlet talk to its readers.
_TALKS = frozenset({"spokeWith", "met", "negotiatesWith"})

# A state does none of this to a body of its own.
_HOSTILE = frozenset({"attacked", "threatened"})
# Nobody is told to back, blame or strike the state that he stands for; who reads that has mistaken a subject.
_STANCES = frozenset(
    {"supports", "criticized", "requested", "promised", "rejected", "threatened", "sanctioned", "attacked"}
)


def without_own(found: list[Found], actors: Mapping[str, Actor]) -> list[Found]:
    """Return the facts but for stances of people and bodies to their own state."""
    return [
        fact
        for fact in found
        if fact.relation not in _STANCES or not _is_to_own(fact.relation, actors, fact.subject, fact.object)
    ]


def without_displaced(found: list[Found]) -> list[Found]:
    """Return the facts but for those who only appointed somebody to replace another: whom they appointed came after."""
    named = {(id(fact.reading), fact.object): fact.subject for fact in found if fact.rule == "succession"}
    return [
        fact
        for fact in found
        if fact.relation != "succeeded" or named.get((id(fact.reading), fact.object), fact.subject) == fact.subject
    ]


def without_struck_waters(
    found: list[Found], actors: Mapping[str, Actor], waters: frozenset[str], vessels: frozenset[str], article: str
) -> list[Found]:
    """Return the facts but for attacks on a sea or strait by those who struck ships there."""
    return [
        fact
        for fact in found
        if fact.relation != "attacked"
        or not _is_water(actors[fact.object], waters, article)
        or vessels.isdisjoint({norm.removeprefix(article) for norm in fact.reading.norms})
    ]


def _is_water(actor: Actor, waters: frozenset[str], article: str) -> bool:
    first = actor.name.partition(" ")[0].removeprefix(article)
    return actor.kind is EntityKind.PLACE and first in waters


def tried_by_courts(
    found: list[Found], actors: Mapping[str, Actor], courts: frozenset[str], convicting: frozenset[str]
) -> list[Found]:
    """Return the facts with whom a court "condemns" as tried by it: for it the verb means to find guilty."""
    return [
        replace(fact, relation="detained")
        if fact.relation == "criticized"
        and fact.rule.partition(":")[2] in convicting
        and actors[fact.subject].head in courts
        and actors[fact.object].kind is EntityKind.PERSON
        else fact
        for fact in found
    ]


def without_visits_home(
    found: list[Found],
    actors: Mapping[str, Actor],
    capitals: frozenset[str],
    returns: frozenset[str],
    departures: frozenset[str],
) -> list[Found]:
    """Return the facts but for visits of statesmen to their own state and capital that only a noun or leaving tells of.

    "asked X to visit the capital": who reads that its president went there has mistaken a subject; nouns of `returns`
    tell of whoever comes home. Who leaves his own capital was no guest there.
    """
    return [
        fact
        for fact in found
        if fact.relation != "visited"
        or not _may_mistake(fact.rule, returns, departures)
        or not _is_at_home(actors[fact.subject], actors[fact.object], capitals)
    ]


def _may_mistake(rule: str, returns: frozenset[str], departures: frozenset[str]) -> bool:
    sort, _, word = rule.partition(":")
    return word not in returns and (sort == "noun" or word in departures)


def _is_at_home(guest: Actor, place: Actor, capitals: frozenset[str]) -> bool:
    if guest.kind is not EntityKind.PERSON or guest.country is None or guest.country != place.state:
        return False
    return place.kind is EntityKind.COUNTRY or (place.known is not None and place.known.key in capitals)


def without_calls(found: list[Found]) -> list[Found]:
    """Return the facts but for talks about something between those who, the article says, spoke by telephone."""
    called = {
        frozenset((fact.subject, fact.object))
        for fact in found
        if fact.relation == "spokeWith" and fact.confidence >= _CALLED
    }
    return [fact for fact in found if not (_is_discussion(fact) and frozenset((fact.subject, fact.object)) in called)]


def _is_discussion(fact: Found) -> bool:
    """Tell whether a fact is a meeting of which only is said what was discussed."""
    frame = fact.frame
    return fact.relation == "met" and frame is not None and bool(frame.item) and fact.rule.startswith("verb:")


def without_interviews(found: list[Found], actors: Mapping[str, Actor], heads: frozenset[str]) -> list[Found]:
    """Return the facts but for talks with outlets; `heads` are the nouns that begin the name of one."""
    return [
        fact
        for fact in found
        if fact.relation in _STANCES or may_hold(fact.relation, fact.subject, fact.object, actors, heads)
    ]


def _is_outlet(actor: Actor, heads: frozenset[str]) -> bool:
    return (actor.known is not None and bool(actor.known.domains)) or actor.head in heads


def _is_to_own(relation: str, actors: Mapping[str, Actor], subject: str, target: str) -> bool:
    return _own(actors, subject, target) or (relation in _HOSTILE and _own_body(actors[subject], actors[target]))


def _own_body(state: Actor, body: Actor) -> bool:
    """Tell whether a body is one of a state: "an answer to the raid on the X embassy" is no threat of X to it."""
    if state.kind is not EntityKind.COUNTRY or state.known is None or body.kind is not EntityKind.ORGANIZATION:
        return False
    return body.known is None and body.head is not None and body.country == state.known.key


def _own(actors: Mapping[str, Actor], subject: str, target: str) -> bool:
    state = actors[target]
    if state.kind is EntityKind.ORGANIZATION and not state.named and state.country is not None:
        # A state and its people, who are no actor but where a fact has them.
        owner = actors[subject].known
        return owner is not None and state.country == owner.key
    if state.kind is not EntityKind.COUNTRY or actors[subject].kind is EntityKind.COUNTRY:
        return False
    if actors[subject].retired:
        # Who held an office speaks for the state no more.
        return False
    return state.known is not None and actors[subject].country == state.known.key


def may_hold(relation: str, subject: str, target: str, actors: Mapping[str, Actor], heads: frozenset[str]) -> bool:
    """Tell whether a relation is none that `without_own` or `without_interviews` leaves out."""
    if relation in _STANCES:
        return not _is_to_own(relation, actors, subject, target)
    return relation not in _TALKS or not (_is_outlet(actors[subject], heads) or _is_outlet(actors[target], heads))


def without_weak(found: list[Found], floor: float) -> list[Found]:
    """Return the facts above a confidence; ties that are only named to be cut are left out."""
    best: dict[tuple[str, str, str], Found] = {}
    kept = [fact for fact in found if fact.confidence >= floor and fact.subject != fact.object]
    for fact in kept:
        key = (fact.subject, fact.relation, fact.object)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    return [fact for fact in kept if not _contradicted(fact, best)]


def _contradicted(fact: Found, best: Mapping[tuple[str, str, str], Found]) -> bool:
    """A tie named only to be cut is none: "cut its relations with X"."""
    if fact.relation not in _CUT or not fact.rule.startswith("noun"):
        return False
    breaks_here = (*_BREAKS, "negotiatesWith") if fact.relation == "signedAgreementWith" else _BREAKS
    sides = ((fact.subject, fact.object), (fact.object, fact.subject))
    breaks = (best.get((one, relation, other)) for one, other in sides for relation in breaks_here)
    return any(other is not None and _cuts(other, fact) for other in breaks)


def _cuts(other: Found, fact: Found) -> bool:
    """Tell whether a break is what becomes of a tie: told by the sentence's verb, or by a noun right before it."""
    if other.reading is not fact.reading:
        return False
    if other.rule.startswith("verb"):
        return fact.relation in _TIES
    return other.rule.startswith("noun") and 0 < fact.trigger - other.trigger < _NEAR
