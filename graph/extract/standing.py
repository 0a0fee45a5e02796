"""Turns titles and names into standing facts: who holds which office, which body or place is part of which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..model import EntityKind, Status
from ..morphology.forms import NounAnalysis
from ..resolve.actors import Actor, HeldOffice
from ..text.fold import fold_name, normalize
from .chunks import Chunk, Reading, Reference
from .found import Found

NounsOf = Callable[[str], Iterable[NounAnalysis]]

# How many words of an office may say that its holder is a founder: "the partner [who is] founder".
_CALLED = 2
# The fewest words of an office that tell it from others: "the minister" is any.
_TOLD = 2
_PART_OF_PLACES = {EntityKind.PLACE, EntityKind.COUNTRY}


def read_offices(
    offices: Iterable[HeldOffice],
    actors: Mapping[str, Actor],
    country_of: Callable[[str], str],
    chambers: Mapping[str, str],
    ministers: frozenset[str],
) -> Iterator[tuple[Found, str]]:
    """Yield a holdsOffice fact with its role for each office that names where it is held.

    `chambers` are the bodies in which those sit whose title does not say it: "senator X"; an office with one of
    `ministers` is held at the state that was named before it.
    """
    offices = list(offices)
    at_home = _HomeStates(offices, actors, country_of, ministers)
    for held in offices:
        if held.office.sort == "none" or actors[held.person].kind is not EntityKind.PERSON:
            continue
        place_id, guess = held.place, 1.0
        over_place = held.office.target is not None and held.office.target.kind is EntityKind.PLACE
        if place_id is None and not held.office.owned and not over_place:
            chamber = chambers.get(held.office.head) if held.chunk.reference is Reference.NAME else None
            seat = _only_body(actors, chamber) if chamber is not None else None
            place_id, guess = (seat, 0.8) if seat is not None else at_home.of(held)
        if place_id is None or place_id == held.person:
            continue
        place = actors[place_id]
        if place.kind not in (EntityKind.COUNTRY, EntityKind.ORGANIZATION, EntityKind.PLACE):
            continue
        confidence = held.chunk.confidence * guess
        yield (
            Found(
                held.person, "holdsOffice", place_id, Status.ACTUAL, confidence, held.reading, held.chunk.start,
                f"office:{held.office.head}",
            ),
            held.office.role,
        )  # fmt: skip


def _only_body(actors: Mapping[str, Actor], name: str) -> str | None:
    """Return the one body of a document whose name begins so; None where there are more or none."""
    begin = fold_name(name)
    bodies = [a for a in actors.values() if a.kind is EntityKind.ORGANIZATION and a.sightings]
    found = [body.id for body in bodies if any(each.startswith(begin) for each in body.names)]
    return found[0] if len(found) == 1 else None


class _HomeStates:
    """Where an office is held that names no state: the holder's own, the last named before it, else the article's."""

    def __init__(
        self,
        offices: list[HeldOffice],
        actors: Mapping[str, Actor],
        country_of: Callable[[str], str],
        ministers: frozenset[str],
    ) -> None:
        self._ministers = ministers
        self._country_of = country_of
        self._actors = actors
        self._by_person: dict[str, str] = {}
        for held in offices:
            if held.place is not None and actors[held.place].kind is EntityKind.COUNTRY:
                self._by_person.setdefault(held.person, held.place)
        counts = {a.id: len(a.sightings) for a in actors.values() if a.kind is EntityKind.COUNTRY}
        ranked = sorted(counts, key=lambda key: -counts[key])
        clear = len(ranked) == 1 or (len(ranked) > 1 and counts[ranked[0]] >= 2 * counts[ranked[1]])
        self._dominant = ranked[0] if clear else None

    def of(self, held: HeldOffice) -> tuple[str | None, float]:
        """Return the state of an office and how sure it is; None for offices of bodies."""
        if held.office.sort != "state" or held.chunk.crowd:
            return None, 0.0
        known = self._actors[held.person].known
        if known is not None and known.country:
            return self._country_of(known.country), 0.95
        if held.person in self._by_person:
            return self._by_person[held.person], 0.9
        if held.chunk.reference is not Reference.NAME or len(held.office.role.split()) < _TOLD:
            return None, 0.0
        if self._dominant is None and not self._ministers.isdisjoint(held.office.head.split()):
            return self._nearest(held), 0.6
        return self._dominant, 0.6

    def _nearest(self, held: HeldOffice) -> str | None:
        """Return the state that was named last before an office in its sentence, itself or by who or what is of it."""
        for chunk in reversed(held.reading.chunks):
            state = self._actors[chunk.entity].state if chunk.entity and chunk.start < held.chunk.start else None
            if state is not None:
                return self._country_of(state)
        return None


def read_memberships(
    readings: Iterable[Reading], actors: Mapping[str, Actor], membership: frozenset[str]
) -> Iterator[Found]:
    """Yield a memberOf fact for whoever sits for a party or is called a member of a body."""
    for reading in readings:
        for chunk in reading.chunks:
            if chunk.entity is None or chunk.reference is not Reference.NAME:
                continue
            for office in chunk.offices:
                joined = [office.party, office.target if office.head.split()[0] in membership else None]
                for body in joined:
                    if body is None or body.entity is None or actors[body.entity].kind is not EntityKind.ORGANIZATION:
                        continue
                    yield Found(
                        chunk.entity, "memberOf", body.entity, Status.ACTUAL, chunk.confidence, reading, chunk.start,
                        f"office:{office.head}",
                    )  # fmt: skip


def read_founders(offices: Iterable[HeldOffice], actors: Mapping[str, Actor], nouns: NounsOf) -> Iterator[Found]:
    """Yield a founded fact for whoever is called the founder of a body: "X, founder of Y", "X, co-founder of Y"."""
    for held in offices:
        if held.place is None or actors[held.place].kind is not EntityKind.ORGANIZATION:
            continue
        said = [normalize(word) for word in held.office.role.split()[:_CALLED]]
        # "the partner [who is] the founder" is one, "the deputy of the founder" is not.
        called = [noun for at, word in enumerate(said) for noun in nouns(word) if not at or noun.definite]
        founds = any(
            frame.relation == "founded" and "head" in frame.subject for n in called for frame in n.entry.frames
        )
        if founds and held.person != held.place:
            yield Found(
                held.person, "founded", held.place, Status.ACTUAL, held.chunk.confidence, held.reading,
                held.chunk.start, f"office:{held.office.head}",
            )  # fmt: skip


def read_parts(
    readings: Iterable[Reading], actors: Mapping[str, Actor], country_of: Callable[[str], str]
) -> Iterator[Found]:
    """Yield a partOf fact for each body or place that is named with what it belongs to."""
    for reading in readings:
        if reading.sentence.is_dateline:
            continue
        for chunk in _with_inner(reading.chunks):
            if chunk.entity is None or chunk.kind not in (EntityKind.ORGANIZATION, EntityKind.PLACE):
                continue
            for parent in chunk.parents:
                target = parent.entity if isinstance(parent, Chunk) else country_of(parent)
                if target is None or target == chunk.entity:
                    continue
                if chunk.kind is EntityKind.PLACE and actors[target].kind not in _PART_OF_PLACES:
                    continue
                yield Found(
                    chunk.entity, "partOf", target, Status.ACTUAL, chunk.confidence, reading, chunk.start, "part:name"
                )


def _with_inner(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        yield chunk
        if not (chunk.parents or chunk.offices):
            continue
        inner = [parent for parent in chunk.parents if isinstance(parent, Chunk) and parent.inner]
        held = (part for office in chunk.offices for part in (office.target, office.party))
        inner += [part for part in held if part is not None and part.inner]
        yield from _with_inner(inner)
