"""The entities of one document while they are collected, and the offices that are found for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..extract.chunks import Chunk, Office, Reading
from ..lang.identity_words import IdentityWords
from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..text.fold import fold_name, loosen, normalize
from .known import Known, KnownEntity
from .offices import OfficeReader


def offices_by_person(known: Known, morphemes: Morphemes) -> dict[str, frozenset[tuple[str, str]]]:
    """Return for each known person the (words of the office, body) pairs that seeds/ gives them.

    The words are loosened, without articles, as the grammar keys a title: the chief of staff is no president.
    """
    held: dict[str, set[tuple[str, str]]] = {}
    for office in known.offices:
        words = [morphemes.bare(word) for word in loosen(normalize(office.ar)).split()]
        if words:
            first = words[0].removesuffix(loosen(morphemes.feminine))
            held.setdefault(office.person, set()).add((" ".join([first, *words[1:]]), office.body))
    return {person: frozenset(pairs) for person, pairs in held.items()}


def is_relative(reading: Reading, chunk: Chunk, kinship: frozenset[str]) -> bool:
    """Tell whether a person is introduced as somebody's relative: "the murder of his father, the president X"."""
    words = reading.words[max(0, chunk.start - 2) : max(chunk.start, chunk.name_start)]
    return chunk.kind is EntityKind.PERSON and any(cut.stem in kinship for word in words for cut in word.cuts)


@dataclass(frozen=True, slots=True)
class HeldOffices:
    """What offices people of seeds/ hold, by their keys: each as words and body, and what their holders do."""

    by_person: Mapping[str, frozenset[tuple[str, str]]]
    callings: Mapping[str, frozenset[str]]
    reader: OfficeReader

    @classmethod
    def load(cls, known: Known, morphemes: Morphemes, language: str) -> HeldOffices:
        """Gather them."""
        reader = OfficeReader(IdentityWords.load(language))
        callings: dict[str, set[str]] = {}
        for office in known.offices:
            post = reader.read(office.ar)
            if post is not None and post.calling:
                callings.setdefault(office.person, set()).add(post.calling)
        frozen = {person: frozenset(found) for person, found in callings.items()}
        return cls(offices_by_person(known, morphemes), frozen, reader)

    def of(self, person: str) -> frozenset[tuple[str, str]]:
        """Return the offices of a person."""
        return self.by_person.get(person, frozenset())

    def exclude(self, person: str, roles: Iterable[str]) -> bool:
        """Tell whether nobody who holds the offices of a person is told of under others: a minister never plays."""
        callings = self.callings.get(person)
        if callings is None:
            return False
        told = {post.calling for post in self.reader.read_all(roles) if post.calling and not post.is_past}
        return bool(told) and told.isdisjoint(callings)


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office found in the text: its holder's entity, where it is held, and the chunk that says so."""

    person: str
    place: str | None
    office: Office
    chunk: Chunk
    reading: Reading


@dataclass(slots=True, eq=False)
class Actor:
    """An entity of one document while it is collected; `names` maps folded forms to the form as written."""

    id: str
    kind: EntityKind
    name: str
    known: KnownEntity | None = None
    country: str | None = None
    head: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    offices: list[tuple[str, str | None, bool]] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    sightings: list[tuple[int, int]] = field(default_factory=list)
    feminine: bool = False
    plural: bool = False
    named: bool = False
    crowd: bool = False
    relative: bool = False

    @property
    def state(self) -> str | None:
        """The key of the state that it is or belongs to."""
        return self.known.key if self.kind is EntityKind.COUNTRY and self.known is not None else self.country

    @property
    def first(self) -> tuple[int, int]:
        """Where it is seen first; one that is never seen comes last."""
        return self.sightings[0] if self.sightings else (10**6, 0)

    def nearness(self, here: tuple[int, int]) -> tuple[int, tuple[int, int]]:
        """Return how near it was last seen: before counts more than after, later before earlier."""
        before = bisect_left(self.sightings, here)
        if before:
            return 1, self.sightings[before - 1]
        return 0, (-self.first[0], -self.first[1])

    @property
    def retired(self) -> bool:
        """Whether all offices that the text gives are former ones."""
        return bool(self.offices) and all(former for *_, former in self.offices)

    def stands_for(self, other: Actor, official: frozenset[str]) -> bool:
        """Tell whether it speaks for another: for itself, its own state, or a body of it with a head of `official`."""
        if self.id == other.id:
            return True
        if other.kind is EntityKind.COUNTRY:
            return other.known is not None and other.known.key == self.country
        return other.head in official and other.country is not None and other.country == self.country

    def add_name(self, name: str) -> None:
        """Keep a form; the longest personal name becomes the entity's name."""
        folded = fold_name(name)
        if folded:
            self.names.setdefault(folded, name)


def meant_by_surname(namesakes: list[Actor], here: tuple[int, int]) -> Actor:
    """Return whom a lone surname means: the nearest of its bearers, one in office before one who was.

    "The murder of his father, X Y": who is called Y from then on is the son.
    """
    serving = [actor for actor in namesakes if not (actor.retired or actor.relative)]
    return max(serving or namesakes, key=lambda actor: actor.nearness(here))
