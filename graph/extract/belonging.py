"""Reads what neighbouring mentions say of belonging: a place in a place, a body of a body, a seat, a member's body."""

from __future__ import annotations

from itertools import pairwise

from ..model import EntityKind
from .chunks import Chunk, Office, Reference
from .heads import Heads
from .words import PAUSES, QUOTES, Word

_OPENINGS = (*PAUSES, "(")
_OWNED = (EntityKind.ORGANIZATION, EntityKind.PLACE)
_LONGEST_GAP = 5
_SETTLEMENTS = ("city", "town", "village", "camp", "district", "neighbourhood")


class Belonging:
    """Gives chunks their parents and members their bodies, from the words between two chunks."""

    def __init__(self, heads: Heads, copulas: frozenset[str], led: frozenset[str] = frozenset()) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._copulas = copulas
        self._led = led

    def add(self, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Set the parents of the chunks of a sentence; return the chunks without those that only say whose member."""
        kept = self._join_members(words, chunks)
        for one, other in pairwise(kept):
            self._settle_capital(words[one.end : other.start], one, other)
        for one, other in pairwise(kept):
            if other.start - one.end > _LONGEST_GAP:
                continue
            gap = words[one.end : other.start]
            if not self._lie_in_region(words, one, other):
                self._nest_places(gap, one, other)
            self._station(gap, one, other)
            self._affiliate(gap, one, other)
            self._name_led(gap, one, other)
            self._seat(gap, one, other)
            self._sit_for(gap, one, other)
        for one, other in reversed(list(pairwise(kept))):
            if one.plural and other.plural and one.kind is other.kind is EntityKind.PLACE and not one.parents:
                # "the towns X and Y in the province of Z": each of them is.
                one.parents += other.parents if other.start - one.end <= 1 else []
        for chunk in kept:
            self._lie_at_home(words, chunk)
        return kept

    def _settle_capital(self, gap: tuple[Word, ...], capital: Chunk, state: Chunk) -> None:
        """Read the city in "Moscow, Russia", whose name may also be that of its government."""
        listed = len(gap) == 1 and gap[0].norm in PAUSES and not state.conjunction
        if not listed or capital.kind is not EntityKind.COUNTRY or state.kind is not EntityKind.COUNTRY:
            return
        city = next((entity for entity in capital.known if entity.kind is EntityKind.PLACE), None)
        if city is not None and state.known and city.country == state.known[0].key:
            capital.kind, capital.known = EntityKind.PLACE, (city,)

    def _lie_in_region(self, words: tuple[Word, ...], place: Chunk, region: Chunk) -> bool:
        """Read "X, east of Y" as X being part of the state Y where the east of Y has a name of its own, too."""
        if place.kind is not EntityKind.PLACE or region.kind is not EntityKind.PLACE or region.country is None:
            return False
        if place.parents or region.end - region.start == 1 or not self._is_direction(words[region.start]):
            return False
        gap = [word for word in words[place.end : region.start] if word.norm not in _OPENINGS]
        if not all(word.base in self._heads.links or self._is_direction(word) for word in gap):
            return False
        place.parents.append(region.country)
        return True

    def _lie_at_home(self, words: tuple[Word, ...], place: Chunk) -> None:
        """Read "X in the east of the country" as X being part of the state that seeds/ puts it in."""
        home = next((entity.country for entity in place.known if entity.country), None)
        if place.kind is not EntityKind.PLACE or place.parents or home is None:
            return
        said = 0
        for word in words[place.end : place.end + _LONGEST_GAP + 1]:
            if word.norm in self._heads.homes:
                if said:
                    place.parents.append(home)
                return
            links = word.base in self._heads.links or self._is_direction(word)
            if not links and word.norm not in _OPENINGS:
                return
            said += links

    def _station(self, gap: tuple[Word, ...], body: Chunk, around: Chunk) -> None:
        """Read "the body X in Y" as a name, and X as part of Y where nothing else says whose it is."""
        if body.kind is not EntityKind.ORGANIZATION or body.reference is not Reference.NAME:
            return
        if around.kind not in (*_OWNED, EntityKind.COUNTRY):
            return
        unit = around.reference is Reference.DEFINITE and body.head in self._heads.topical and not body.inner
        if around.reference is not Reference.NAME and not unit:
            return
        by, in_ = self._morphemes.by, self._morphemes.in_
        inside = len(gap) == 1 and gap[0].norm == in_ and not around.preposition
        if around.conjunction or not (inside or (not gap and around.preposition == by)):
            return
        body.aliases.append(f"{body.name} {in_} {around.name}" if inside else f"{body.name} {by}{around.name}")
        elsewhere = body.head in self._heads.abroad
        # "the contact group on X" is about X.
        elsewhere = elsewhere or body.name.rpartition(" ")[2] in self._morphemes.concerning
        elsewhere = elsewhere or (around.kind is EntityKind.PLACE and body.head in self._heads.national)
        housed = around.kind is EntityKind.PLACE and body.head in self._heads.housed
        if housed or not (body.known or body.parents or body.country or elsewhere):
            body.parents.append(around)

    def _name_led(self, gap: tuple[Word, ...], body: Chunk, leader: Chunk) -> None:
        """Name a body by its leader: "the alliance that X leads", "the alliance under X"."""
        if body.kind is not EntityKind.ORGANIZATION or body.reference is not Reference.DEFINITE or leader.conjunction:
            return
        if leader.kind not in (*_OWNED, EntityKind.COUNTRY) or not gap or not all(w.norm in self._led for w in gap):
            return
        body.aliases.append(body.name)
        body.name = " ".join([body.name, *(word.token.text for word in gap), leader.name])
        body.reference, body.common = Reference.NAME, True

    def _affiliate(self, gap: tuple[Word, ...], one: Chunk, other: Chunk) -> None:
        """Read "X, belonging to Y" and "X, the armed wing of Y" as X being part of Y."""
        if one.kind not in _OWNED or other.kind not in (*_OWNED, EntityKind.COUNTRY) or other in one.parents:
            return
        said = [word for word in gap if word.norm not in PAUSES and word.norm[0] not in QUOTES]
        apart = bool(said) and said[-1].norm.rstrip("\u0640") == self._morphemes.for_
        said = said[:-1] if apart else said
        if not (apart or other.preposition == self._morphemes.for_) or not said:
            return
        if all(word.base in self._heads.wings for word in said):
            one.parents.append(other)

    def _seat(self, gap: tuple[Word, ...], one: Chunk, other: Chunk) -> None:
        """Read "X, whose seat is Y" and "X that has its seat in Y" as X being part of Y."""
        if one.kind is not EntityKind.ORGANIZATION or other.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
            return
        said = [word for word in gap if word.norm not in PAUSES and word.base not in self._heads.links]
        if said and all(word.base in self._heads.seats or word.cuts[-1].base in self._heads.seats for word in said):
            one.parents.append(other)

    def _nest_places(self, gap: tuple[Word, ...], place: Chunk, around: Chunk) -> None:
        """Read "X in the province of Y", "X, north of Y", "X, capital of Y" as X being part of Y."""
        if place.kind is not EntityKind.PLACE or around.kind not in (EntityKind.PLACE, EntityKind.COUNTRY):
            return
        if place.parents or place.head in self._heads.directions or place.entity is not None:
            return
        heads, morphemes = self._heads, self._morphemes
        joined = not gap and around.preposition == morphemes.by and not around.conjunction
        listed = len(gap) == 1 and gap[0].norm in PAUSES and self._lies_in(place, around)
        said = [word for word in gap if word.norm not in _OPENINGS]
        tells = said and all(word.base in heads.links or self._is_direction(word) for word in said)
        inside = around.preposition == morphemes.by or any(
            word.norm == morphemes.in_
            or (self._is_direction(word) and not self._is_near(word))
            or word.base in heads.capital_links
            for word in said
        )
        near = tells and not inside and any(map(self._is_near, said))
        if not (joined or listed or near or (tells and inside and not around.conjunction)):
            return
        settlement = next((entity for entity in around.known if entity.type in _SETTLEMENTS), None)
        beside = all(self._is_direction(word) and word.base not in heads.middles for word in said)
        if near:
            if settlement is not None and around.kind is EntityKind.COUNTRY and around.country != settlement.key:
                around.kind, around.known = EntityKind.PLACE, (settlement,)
        elif settlement is None:
            place.parents.append(around)
        elif not beside or joined or listed:
            # "in the middle of Baghdad" is in the city, whatever else a capital may stand for.
            if around.kind is EntityKind.COUNTRY and around.country != settlement.key and said:
                around.kind, around.known = EntityKind.PLACE, (settlement,)
            place.parents.append(around)

    def _is_near(self, word: Word) -> bool:
        """Tell whether a word says that something is near, and not in: "near X", "in the vicinity of X"."""
        return any(cut.base in self._heads.nearness for cut in word.cuts)

    def _is_direction(self, word: Word) -> bool:
        directions = self._heads.directions
        return word.base in directions or any(
            cut.base in directions for cut in word.cuts if cut.preposition == self._morphemes.by
        )

    def _lies_in(self, place: Chunk, around: Chunk) -> bool:
        """Tell whether seeds/ puts a place into the country that follows it after a comma."""
        return any(entity.country == around.country and around.country is not None for entity in place.known)

    def _sit_for(self, gap: tuple[Word, ...], one: Chunk, other: Chunk) -> None:
        """Read "the deputy X of the party Y" as X being a member of Y."""
        if one.kind is not EntityKind.PERSON or one.reference is not Reference.NAME or one.plural:
            return
        apart = bool(gap) and gap[0].norm in PAUSES
        said = gap[1:] if apart else gap
        if len(said) != 1 or other.kind is not EntityKind.ORGANIZATION or other.preposition or other.conjunction:
            return
        deputy = any(office.head.split()[0] in self._heads.deputies for office in one.offices)
        party = other.head in self._heads.parties and (deputy or apart)
        word, m = said[0].norm, self._morphemes
        if not (word == m.on_behalf and deputy) and not (word in (m.from_, m.in_, m.on_behalf) and party):
            return
        if not (one.offices and one.offices[0].party):
            head = one.offices[0].head if one.offices else min(self._heads.membership)
            one.offices.append(Office("", head, "none", party=other))

    def _join_members(self, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Read "Turkey, the member of Y" as a membership of the state, and no person."""
        kept: list[Chunk] = []
        for chunk in chunks:
            last = kept[-1] if kept else None
            member = last is not None and last.kind in (EntityKind.COUNTRY, EntityKind.ORGANIZATION)
            if member and last is not None and self._is_membership(words, last, chunk):
                last.offices.append(chunk.offices[0])
                continue
            kept.append(chunk)
        return kept

    def _is_membership(self, words: tuple[Word, ...], member: Chunk, chunk: Chunk) -> bool:
        if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.OFFICE or chunk.plural:
            return False
        gap = [word for word in words[member.end : chunk.start] if word.norm not in self._copulas]
        office = chunk.offices[0]
        return (
            office.head.split()[0] in self._heads.membership
            and office.target is not None
            and len(gap) <= 1
            and all(word.norm in PAUSES for word in gap)
        )
