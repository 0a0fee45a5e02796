"""Finds whose an office is that a pronoun gives to a state, a body or a person: "its director", "his foreign minister".

Of what is named before it in its sentence and agrees with the pronoun: whom the sentence is about where the office is
the subject of a clause of its own, else the nearest. Where nothing fits, whoever the sentence before is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..extract.chunks import Chunk, Office, Reading, Reference
from ..lang.language import Language
from ..model import EntityKind
from ..text.fold import loosen, normalize
from .actors import Actor

_PERSON, _BODY, _STATE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.COUNTRY
# What says that nothing further off is meant, either.
_NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a document by their ids, and what gives a state its id, known to the document or not."""

    actors: Mapping[str, Actor]
    country: Callable[[str], str]


class Owners:
    """What a language says of pronouns and offices; made once, it serves all documents."""

    def __init__(self, language: Language, is_verb: Callable[[str], bool]) -> None:
        titles, bodies, morphemes = language.titles, language.organisations, language.morphemes
        bare = morphemes.bare
        self._is_verb = is_verb
        self._masculine_countries = language.masculine_countries
        self._feminine = (morphemes.feminine, morphemes.feminine_plural)
        self._feminine_head = loosen(morphemes.feminine)
        self._many = morphemes.broken_plurals
        self._people = morphemes.people_endings
        self._article = morphemes.article
        self._and, self._will = morphemes.and_, morphemes.will
        self._heads = frozenset(bare(loosen(head)) for head in bodies.state | bodies.group | bodies.firm)
        self._ministers = frozenset(map(loosen, titles.ministers))
        self._envoys = frozenset(map(loosen, titles.envoys))
        fields = titles.fields | bodies.national | bodies.governing | titles.national
        self._fields = frozenset(bare(loosen(word)) for word in fields)
        self._aides = frozenset(map(loosen, titles.serving))
        self._local = frozenset(map(loosen, titles.local))
        self._genders = {pronoun: told for pronoun, told in morphemes.attached_pronouns.items() if told[0] == 3}

    def find(self, office: Office, chunk: Chunk, reading: Reading, before: Reading | None, cast: Cast) -> str | None:
        """Return the entity at which the office of a chunk is held that only a pronoun names, or None.

        `before` is the sentence before that of the chunk, None where a part of the text begins with it.
        """
        if office.owner not in self._genders:
            return None
        holder = cast.actors[chunk.entity] if chunk.entity else None
        if self._is_national(office) and holder is not None and holder.known is not None and holder.known.country:
            return cast.country(holder.known.country)
        # "its ambassador in X, Y": between title and name stands his host.
        host = chunk.start if chunk.name_start == chunk.start else -1
        earlier = [other for other in reading.chunks if other.start < chunk.start and other.end != host]
        topics = [other for other in earlier if not other.preposition] if self._is_subject(reading, chunk) else []
        for other in self._agreeing([*topics, *reversed(earlier)], office, cast):
            place = self._place(other, office, cast)
            if place is not None:
                return place or None
        said = [other for other in before.chunks if not other.preposition] if before is not None else []
        topic = next(self._agreeing(said, office, cast), None)
        return (self._place(topic, office, cast) or None) if topic is not None else None

    def _is_subject(self, reading: Reading, chunk: Chunk) -> bool:
        """Tell whether an office stands right behind the verb of an added clause: "and its minister said"."""
        word = reading.words[chunk.start - 1] if chunk.start > 1 else None
        if word is None or chunk.preposition:
            return False
        verbs = (cut.key.removeprefix(self._will) for cut in word.cuts if cut.conjunction == self._and)
        return any(map(self._is_verb, verbs))

    def _agreeing(self, chunks: Iterable[Chunk], office: Office, cast: Cast) -> Iterator[Chunk]:
        _, gender, number = self._genders[office.owner]
        for chunk in chunks:
            if chunk.entity and self._agrees(chunk, cast.actors[chunk.entity], gender, number):
                yield chunk

    def _agrees(self, chunk: Chunk, actor: Actor, gender: str | None, number: str) -> bool:
        first, second = (*normalize(chunk.name).split(), "", "")[:2]
        base = loosen(first).removeprefix(self._article)
        many = chunk.kind is _BODY and base not in self._heads and first.endswith(self._people)
        if number != "s":
            return many and number == "p"
        if chunk.kind is _PERSON:
            feminine = chunk.feminine or actor.feminine
            return not chunk.plural and (gender == "f") is feminine
        if chunk.kind is _STATE:
            return gender == "f" or (actor.known is not None and actor.known.key in self._masculine_countries)
        if many or chunk.kind is EntityKind.PLACE:
            return True
        united = first.startswith(self._article) and second.startswith(self._article)
        if united and second.endswith(self._feminine):
            # "the nations, united": a plural of things has an adjective in the feminine.
            return gender == "f"
        return self._gender_of(first, base, actor) in (gender, None)

    def _gender_of(self, first: str, base: str, actor: Actor) -> str | None:
        """Return the gender of a body by the first word of a name, or by the noun that it stands for."""
        if first.endswith(self._feminine) or first in self._many:
            return "f"
        if actor.head is not None and actor.head != base and actor.head.endswith(self._feminine_head):
            return "f"
        return "m" if base in self._heads or first.startswith(self._article) else None

    def _is_national(self, office: Office) -> bool:
        """Tell whether an office is one of a state: of a minister, an envoy, the head of its army."""
        first, *rest = office.head.split()
        if office.sort != "state" or first in self._envoys:
            return first in self._envoys
        return (first in self._ministers and bool(rest)) or not self._fields.isdisjoint(rest)

    def _place(self, other: Chunk, office: Office, cast: Cast) -> str | None:
        """Return where an office is held that is somebody's or something's; None if it cannot be his or its."""
        first, *rest = office.head.split()
        actor = cast.actors[other.entity or ""]
        national = self._is_national(office)
        if other.kind is _PERSON:
            if national:
                return cast.country(actor.country) if actor.country else self._held(actor, cast, _STATE)
            return (self._held(actor, cast) or _NOWHERE) if first in self._aides and not rest else None
        if other.kind is _STATE:
            return actor.id if national or office.sort == "state" else None
        if other.kind is EntityKind.PLACE:
            seat = next((entity.key for entity in other.known if entity.kind is _STATE), None)
            if seat is not None and (national or office.sort == "state"):
                return cast.country(seat)
            return actor.id if first in self._local and other.reference is Reference.NAME else None
        if other.kind is not _BODY:
            return None
        if national and first not in self._envoys:
            return cast.country(actor.country) if actor.country else None
        return actor.id

    def _held(self, actor: Actor, cast: Cast, kind: EntityKind | None = None) -> str | None:
        """Return where a person holds an office, of a `kind` if one is asked for."""
        places = [place for _, place, _ in actor.offices if place is not None]
        return next((place for place in places if kind in (None, cast.actors[place].kind)), None)
