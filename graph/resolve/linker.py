"""Links the chunks of a document to its entities: known ones first, then by name, then by office or bare noun.

Names are linked over the whole document before titles and definite nouns, so that a headline's "the president" finds
the name that the first paragraph gives. Nothing is linked across documents here.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ..extract.chunks import Chunk, Office, Reading, Reference
from ..extract.words import surface
from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..text.fold import fold_name, loosen, normalize
from .actors import Actor, HeldOffice, HeldOffices, is_relative, meant_by_surname
from .holders import Holders
from .homes import Homes
from .known import Known, KnownEntity, kind_of
from .names import NameComparer
from .owners import Cast, Owners
from .regions import Regions
from .roll import Roll


@dataclass(frozen=True, slots=True)
class Lasting:
    """What serves all documents: whose a lone body is, whose "its minister", which place "the province"."""

    morphemes: Morphemes
    homes: Homes
    owners: Owners
    regions: Regions


class Linker:
    """Holds the entities of one document and resolves its chunks to them."""

    def __init__(self, known: Known, held: HeldOffices, names: NameComparer, lasting: Lasting) -> None:
        self._known = known
        self._held = held
        self._morphemes = lasting.morphemes
        self._names = names
        self._homes, self._owners, self._regions = lasting.homes, lasting.owners, lasting.regions
        self._before: dict[int, Reading] = {}
        self._home: str | None = None
        self.actors: dict[str, Actor] = {}
        self._cast = Cast(self.actors, self.country)
        self._holders = Holders(self.actors, held)
        self._by_key: dict[str, str] = {}
        self._strangers: set[str] = set()
        self._by_name: dict[tuple[EntityKind, str], str] = {}
        self._roll = Roll(names)
        self._called: set[tuple[str, str]] = set()
        self.offices: list[HeldOffice] = []

    def _give_counterpart_office(self, reading: Reading, chunk: Chunk) -> None:
        """A named counterpart holds the antecedent's office in the state that the text gives."""
        head = self._antecedent_head(reading, chunk)
        country = chunk.country or self.actors[chunk.entity or ""].country
        if head is not None and country and chunk.entity:
            role = surface(reading.sentence, reading.words, chunk.start, chunk.name_start, chunk.cut)
            office = Office(" ".join(role.split()), head, "state", None, country)
            self._hold(reading, chunk, self.actors[chunk.entity], office)

    def link(self, readings: Iterable[Reading]) -> None:
        """Give every chunk its entity id, where one can be told."""
        readings = list(readings)
        self._before = {later.sentence.index: earlier for earlier, later in pairwise(readings)}
        # A headline's surname waits for the full name below: two people of one surname are told apart by it.
        for lone in (False, True):
            for reading in readings:
                for chunk in reading.chunks:
                    if chunk.reference is Reference.NAME and _is_lone(chunk) is lone:
                        self._link_named(reading, chunk)
        for reading in readings:
            for chunk in reading.chunks:
                if chunk.counterpart and chunk.entity:
                    self._give_counterpart_office(reading, chunk)
        self._home = self._homes.state_of(self.actors.values())
        for reading in readings:
            for chunk in reading.chunks:
                if chunk.reference is not Reference.NAME:
                    self._link_described(reading, chunk)
        # A body that a bare noun means may be the owner of an office, too: it is known only now.
        self.offices = [self._own(held) if held.office.owned else held for held in self.offices]

    def _own(self, held: HeldOffice) -> HeldOffice:
        """Return an office with whose it is."""
        return replace(held, place=self._owner(held.reading, held.chunk, held.office))

    def country(self, key: str) -> str:
        """Return the entity id of a country or body of seeds/, adding it if the document has not named it."""
        if key not in self._by_key:
            known = self._known.by_key(key)
            name = known.name if known else key
            self._add(kind_of(key), name, known)
        return self._by_key[key]

    def _link_named(self, reading: Reading, chunk: Chunk) -> None:
        self._link_parts(reading, chunk)
        known = self._choose_known(chunk)
        if known is not None and known.key not in self._by_key and _is_lone(chunk) and self._namesakes(chunk):
            # A famous surname is that of whoever the text names in full.
            known = None
        actor = self._known_actor(known) if known is not None else self._named_actor(reading, chunk)
        self._register(reading, chunk, actor)
        actor.named = actor.named or not chunk.common

    def _link_parts(self, reading: Reading, chunk: Chunk) -> None:
        held = [part for office in chunk.offices for part in (office.target, office.party)]
        for part in [*chunk.parents, *chunk.holds, *held]:
            if isinstance(part, Chunk) and part.entity is None:
                if part.reference is Reference.NAME:
                    self._link_named(reading, part)
                else:
                    self._link_described(reading, part, part=True)

    def _choose_known(self, chunk: Chunk) -> KnownEntity | None:
        candidates = [entity for entity in chunk.known if entity.kind is chunk.kind]
        candidates = [entity for entity in candidates if not self._is_stranger(entity, chunk)]
        if not candidates:
            return None
        for entity in candidates:
            if entity.key in self._by_key:
                return entity
        wanted = {office.country for office in chunk.offices} | {chunk.country}
        for entity in candidates:
            if entity.country in wanted:
                return entity
        return candidates[0]

    def _is_stranger(self, known: KnownEntity, chunk: Chunk) -> bool:
        """Tell whether a chunk, or one of its name before, is a namesake of a known person with quite other offices."""
        if known.key in self._by_key or known.kind is not EntityKind.PERSON:
            return False
        if self._held.exclude(known.key, (office.role for office in chunk.offices)):
            self._strangers.add(known.key)
        return known.key in self._strangers

    def _known_actor(self, known: KnownEntity) -> Actor:
        actor_id = self._by_key.get(known.key)
        if actor_id is None:
            for actor in self._each(self._roll.namesakes(known.name)) if known.kind is EntityKind.PERSON else ():
                if actor.known is None and self._is_called(actor, known.name):
                    actor.known = known
                    self._by_key[known.key] = actor.id
                    return actor
            return self._add(known.kind, known.name, known)
        return self.actors[actor_id]

    def _is_called(self, actor: Actor, name: str) -> bool:
        """Tell whether a name may be that of a person who was named in full."""
        return any(self._names.same_person(own, name) for own in actor.names.values() if len(own.split()) > 1)

    def _named_actor(self, reading: Reading, chunk: Chunk) -> Actor:
        if _is_lone(chunk):
            here = (reading.sentence.index, chunk.start)
            namesakes = self._namesakes(chunk)
            if namesakes:
                return meant_by_surname(namesakes, here)
        folded = fold_name(chunk.name)
        actor_id = self._by_name.get((chunk.kind, folded))
        if actor_id:
            return self.actors[actor_id]
        for actor in self._each(reversed(self._candidates(chunk))):
            if self._same(actor, chunk):
                return actor
        return self._add(chunk.kind, chunk.name, None)

    def _namesakes(self, chunk: Chunk) -> list[Actor]:
        return [actor for actor in self._each(self._candidates(chunk)) if self._same(actor, chunk)]

    def _candidates(self, chunk: Chunk) -> list[str]:
        if chunk.kind is EntityKind.PERSON:
            return self._roll.namesakes(chunk.name)
        if chunk.kind is EntityKind.ORGANIZATION:
            return self._roll.headed(chunk.kind, chunk.head) if chunk.head else []
        return self._roll.called(chunk.kind, [chunk.name, *chunk.aliases])

    def _each(self, actors: Iterable[str]) -> Iterator[Actor]:
        return (self.actors[actor] for actor in actors)

    def _same(self, actor: Actor, chunk: Chunk) -> bool:
        if chunk.kind is EntityKind.PERSON:
            names = [actor.known.name, *actor.names.values()] if actor.known else list(actor.names.values())
            return actor.named and any(self._names.same_person(name, chunk.name) for name in names)
        if chunk.kind is EntityKind.ORGANIZATION and actor.head == chunk.head and chunk.head:
            if actor.country and chunk.country and actor.country != chunk.country:
                return False
            return any(self._names.same_body(name, chunk.name) for name in actor.names.values())
        if chunk.kind is EntityKind.PLACE:
            aliases = {fold_name(alias) for alias in chunk.aliases} | {fold_name(chunk.name)}
            return bool(aliases & set(actor.names))
        return False

    def _register(self, reading: Reading, chunk: Chunk, actor: Actor) -> None:
        chunk.entity = actor.id
        if not actor.sightings:
            actor.relative = is_relative(reading, chunk, self._morphemes.owned_kinship)
        if chunk.kind is EntityKind.PERSON and chunk.reference is Reference.NAME:
            if len(chunk.name.split()) > len(actor.name.split()) or not actor.sightings:
                actor.name = chunk.name
        elif not actor.sightings or (len(chunk.name) > len(actor.name) and chunk.reference is Reference.NAME):
            actor.name = chunk.name
        for name in (chunk.name, *chunk.aliases):
            if (actor.id, name) not in self._called:
                self._called.add((actor.id, name))
                actor.add_name(name)
                self._roll.add_name(actor.id, actor.kind, name)
        actor.country = actor.country or chunk.country
        actor.head = actor.head or chunk.head
        self._roll.add_head(actor.id, actor.kind, actor.head)
        actor.feminine = actor.feminine or chunk.feminine
        insort(actor.sightings, (reading.sentence.index, chunk.start))
        self._by_name.setdefault((chunk.kind, fold_name(chunk.name)), actor.id)
        for parent in chunk.parents:
            parent_id = parent.entity if isinstance(parent, Chunk) else self.country(parent)
            if parent_id and parent_id != actor.id and parent_id not in actor.parents:
                actor.parents.append(parent_id)
        described = chunk.reference is Reference.OFFICE and chunk.crowd
        for office in () if described else chunk.offices:
            self._hold(reading, chunk, actor, office)

    def _hold(self, reading: Reading, chunk: Chunk, actor: Actor, office: Office) -> None:
        place = office.target.entity if office.target is not None else None
        country = office.country
        if place is None and country:
            place = self.country(country)
        if office.owned:
            place = self._owner(reading, chunk, office)
        held = (office.head, place, office.former)
        if held not in actor.offices:
            actor.offices.append(held)
            self._roll.add_office(actor.id, office.head)
        self.offices.append(HeldOffice(actor.id, place, office, chunk, reading))

    def _owner(self, reading: Reading, chunk: Chunk, office: Office) -> str | None:
        """Return whom the pronoun on a title means."""
        before = self._before.get(reading.sentence.index)
        if before is not None and before.sentence.segment != reading.sentence.segment:
            before = None
        return self._owners.find(office, chunk, reading, before, self._cast)

    def _owned_body(self, reading: Reading, chunk: Chunk) -> Actor | None:
        """Return the body that the last state named before owns, added under the state's name where it is new."""
        before = [other for other in reading.chunks if other.start < chunk.start and other.kind is EntityKind.COUNTRY]
        # "accuses X of the strike on its embassy": it is of whoever accuses.
        before = [other for other in before if not other.preposition] or before
        away = {self.actors[part.entity].state for part in chunk.holds if part.entity}
        # "broke with X after the raid on its embassy in the capital of X": no state has an embassy in itself.
        before = [other for other in before if other.entity and self.actors[other.entity].state not in away] or before
        if not before or before[-1].entity is None:
            return None
        owner = self.actors[before[-1].entity]
        headed = self._each(self._roll.headed(EntityKind.ORGANIZATION, chunk.head))
        actor = next((actor for actor in headed if actor.country == owner.country), None)
        chunk.country, written = owner.country, chunk.name
        if actor is None:
            state = owner.known.name if owner.known is not None else owner.name
            chunk.aliases.append(written)
            chunk.name = " ".join([self._morphemes.construct_of(written), state, *written.split()[1:]])
            actor = self._add(EntityKind.ORGANIZATION, chunk.name, None)
        if owner.country is not None:
            chunk.parents.append(owner.country)
        return actor

    def _link_described(self, reading: Reading, chunk: Chunk, *, part: bool = False) -> None:
        self._link_parts(reading, chunk)
        if chunk.reference is Reference.OFFICE:
            actor = self._by_office(reading, chunk)
        elif chunk.reference is Reference.COUNTERPART:
            actor = self._counterpart(reading, chunk)
        elif chunk.reference is Reference.OWNED:
            actor = self._owned_body(reading, chunk)
        elif chunk.kind is EntityKind.PLACE:
            here = (reading.sentence.index, chunk.start)
            actor = self._regions.find(chunk.head or "", here, self.actors.values())
        else:
            actor = self._by_head(reading, chunk)
            if actor is None and not part and chunk.kind is EntityKind.ORGANIZATION:
                actor = self._at_home(chunk)
        if actor is not None:
            self._register(reading, chunk, actor)

    def _by_office(self, reading: Reading, chunk: Chunk) -> Actor | None:
        office = chunk.offices[0]
        if chunk.plural:
            return None
        place = office.target.entity if office.target is not None else None
        if place is None and office.country:
            place = self.country(office.country)
        folded = self._by_name.get((EntityKind.PERSON, fold_name(chunk.name))) if not office.owned else None
        if folded:
            return self.actors[folded]
        here = (reading.sentence.index, chunk.start)
        # "Its minister" is none of another state.
        held_at = self._owner(reading, chunk, office) if office.owned else place
        holders = self._each(self._roll.holders(office.head))
        fitting = [actor for actor in holders if self._holders.holds(actor, office.head, held_at, office.former)]
        if chunk.feminine:
            fitting = [actor for actor in fitting if actor.feminine]
        if fitting:
            return max(fitting, key=lambda actor: actor.nearness(here))
        if office.loose and place is not None:
            spoken = self._holders.official(chunk, place, here)
            if spoken is not None:
                chunk.offices = []
                return spoken
        if place is None or chunk.crowd or _is_bare_place(office.target):
            return None
        incumbent = self._holders.incumbent(office.head, place, here)
        if incumbent is not None:
            return incumbent
        return self._add(EntityKind.PERSON, chunk.name, None)

    def _counterpart(self, reading: Reading, chunk: Chunk) -> Actor | None:
        """Return who holds the antecedent's office in another state; a new person where nobody named does."""
        head = self._antecedent_head(reading, chunk)
        if head is None or not chunk.country:
            return None
        place = self.country(chunk.country)
        here = (reading.sentence.index, chunk.start)
        fitting = [a for a in self._each(self._roll.holders(head)) if self._holders.holds(a, head, place, False)]
        if fitting:
            return max(fitting, key=lambda actor: actor.nearness(here))
        incumbent = self._holders.incumbent(head, place, here)
        if incumbent is not None:
            return incumbent
        chunk.offices.append(Office(chunk.name, head, "state", None, chunk.country))
        return self._add(EntityKind.PERSON, chunk.name, None)

    def _antecedent_head(self, reading: Reading, chunk: Chunk) -> str | None:
        """Return the office of the nearest person before a chunk, in its sentence or else the last one spoken of."""
        for other in reversed([c for c in reading.chunks if c.kind is EntityKind.PERSON and c.start < chunk.start]):
            if other.reference is Reference.OFFICE and not other.plural:
                return other.offices[0].head
            if other.entity and self.actors[other.entity].offices:
                return self.actors[other.entity].offices[0][0]
        earlier = [a for a in self.actors.values() if a.offices and a.first[0] < reading.sentence.index]
        if not earlier:
            return None
        here = (reading.sentence.index, chunk.start)
        return max(earlier, key=lambda actor: actor.nearness(here)).offices[0][0]

    def _by_head(self, reading: Reading, chunk: Chunk) -> Actor | None:
        here = (reading.sentence.index, chunk.start)
        headed = [a for a in self._each(self._roll.headed(chunk.kind, chunk.head)) if a.head == chunk.head]
        if chunk.head is None:
            headed = [actor for actor in self.actors.values() if actor.kind is chunk.kind]
        fitting = [actor for actor in headed if not actor.sightings or actor.sightings[0] <= here] or headed
        if not fitting and chunk.kind is EntityKind.EVENT and chunk.head:
            return self._add(EntityKind.EVENT, chunk.name, None)
        return max(fitting, key=lambda actor: actor.nearness(here)) if fitting else None

    def _at_home(self, chunk: Chunk) -> Actor | None:
        """Return the body or group that a text leaves without its state, named by the state that the text is about."""
        name = self._homes.full_name(chunk, self._home) if self._home is not None else None
        if name is None:
            return None
        chunk.aliases.append(chunk.name)
        chunk.name, chunk.country = name, chunk.country or self._home
        known = self._by_name.get((chunk.kind, fold_name(name)))
        return self.actors[known] if known else self._add(chunk.kind, name, None)

    def _add(self, kind: EntityKind, name: str, known: KnownEntity | None) -> Actor:
        actor = Actor(f"e{len(self.actors) + 1}", kind, name, known)
        self.actors[actor.id] = actor
        self._roll.enter(actor.id)
        if known is not None:
            self._by_key[known.key] = actor.id
            actor.country = known.key if kind is EntityKind.COUNTRY else known.country
            if kind is EntityKind.ORGANIZATION:
                actor.head = self._morphemes.bare(loosen(normalize(known.name.split()[0])))
            self._roll.add_name(actor.id, kind, known.name)
        self._roll.add_head(actor.id, kind, actor.head)
        return actor


def _is_bare_place(target: Chunk | None) -> bool:
    """Tell whether an office is over a place that the text calls by its noun alone: "the governor of the province"."""
    return target is not None and target.kind is EntityKind.PLACE and target.reference is Reference.DEFINITE


def _is_lone(chunk: Chunk) -> bool:
    """Tell whether a chunk names a person by one word alone."""
    return chunk.kind is EntityKind.PERSON and " " not in chunk.name.strip()
