"""Looks known names up: a trie over loosened words, and the adjectives of nationality with their country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import EntityKind, Sentence
from ..resolve.known import Known, KnownEntity
from ..text.fold import loosen, normalize
from ..text.tokens import tokenize
from .words import Word

HYPHENS = frozenset("-\u2010\u2011\u2013")
# Quotation marks that open, and one that opens and closes.
_OPENING, _BOTH_ENDS = "\u201c\u00ab", '"'


@dataclass(frozen=True, slots=True)
class Nationality:
    """An adjective of nationality: its country's key, and whether its form is feminine, plural or dual."""

    country: str
    feminine: bool = False
    plural: bool = False


# Never changed; like Argument not frozen, since many are made.
@dataclass(slots=True, unsafe_hash=True)
class Match:
    """Known entities that share the name found in words start..end."""

    end: int
    entities: tuple[KnownEntity, ...]


class Gazetteer:
    """All names of seeds/ by their words, and all adjectives of nationality by their form."""

    def __init__(
        self,
        known: Known,
        ambiguous: frozenset[str] = frozenset(),
        idioms: Mapping[str, str] | None = None,
        prepositions: frozenset[str] = frozenset(),
        days: frozenset[str] = frozenset(),
    ) -> None:
        self._prepositions = prepositions
        self._days = days
        # By a word that is a name elsewhere: how the next begins with which it is none ("Muscat" + "head": birthplace).
        self._idioms = {loosen(word): tuple(map(loosen, after.split())) for word, after in (idioms or {}).items()}
        self._ambiguous = frozenset(loosen(name) for name in ambiguous)
        self._doubtful: dict[str, list[KnownEntity]] = {}
        # By the first word of a name: the rest of it.
        self._names: dict[str, dict[tuple[str, ...], tuple[KnownEntity, ...]]] = {}
        self.nationalities: dict[str, Nationality] = {}
        self._namesakes: dict[str, Nationality] = {}
        self._adjectives = {
            (form.country, form.gender): form.text
            for form in reversed(known.demonyms)
            if form.definite and form.number == "s"
        }
        self._countries = {entity.key: entity for entity in known.entities if entity.kind is EntityKind.COUNTRY}
        self._collect(known)
        # How many words more the names that begin with a word have, the most first.
        self._lengths = {
            first: tuple(sorted({len(rest) for rest in names}, reverse=True)) for first, names in self._names.items()
        }
        self._capitals = self._find_capitals(known)
        self.capital_keys = frozenset(capital.key for capital in self._capitals.values())
        self._collect_nationalities(known)
        self._body_adjectives = {loosen(normalize(form.text)): form.country for form in known.body_adjectives}
        self.first_words = frozenset(key.split(" ")[0] for key in self.nationalities if " " in key)
        self._second_words = frozenset(key.split(" ")[1] for key in self.nationalities if " " in key)

    def match(self, words: tuple[Word, ...], start: int, first_key: str) -> Match | None:
        """Return the longest known name at words[start], whose first word is looked up as first_key."""
        names = self._names.get(first_key)
        if names is None:
            return None
        idioms = self._idioms.get(first_key)
        if idioms is not None and start + 1 < len(words) and words[start + 1].key.startswith(idioms):
            return None
        lengths = self._lengths[first_key]
        following = tuple([word.key for word in words[start + 1 : start + 1 + lengths[0]]]) if lengths[0] else ()
        ends: Sequence[int] = ()
        if not HYPHENS.isdisjoint(following):
            following, ends = without_hyphens(words, start, lengths[0])
        doubtful = None
        for length in lengths:
            entities = names.get(following[:length])
            if entities is None or length > len(following):
                continue
            match = Match(ends[length] if ends else start + 1 + length, entities)
            if length and self._dates(words, match.end - 1):
                continue
            if not length or not self._governs(words, match.end - 1):
                return match
            doubtful = doubtful or match
        return doubtful

    def _governs(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether the last word of a name is rather a preposition: "Ali" and "on" look alike."""
        if words[index].norm not in self._prepositions or index + 1 >= len(words):
            return False
        following = words[index + 1]
        if following.norm in _BOTH_ENDS:
            return sum(word.norm in _BOTH_ENDS for word in words[:index]) % 2 == 0
        return following.norm in _OPENING or not following.is_mark

    def _dates(self, words: tuple[Word, ...], index: int) -> bool:
        """Tell whether the last word of a name rather begins a date: "Russia, today [on] Saturday"."""
        following = words[index + 1] if words[index].norm in self._days and index + 1 < len(words) else None
        return following is not None and (following.norm in self._days or following.is_number)

    def ends_at(self, words: tuple[Word, ...], start: int, first_key: str, end: int) -> bool:
        """Tell whether words start..end are the whole of a known name: who stands behind it is no part of it."""
        match = self.match(words, start, first_key)
        return match is not None and match.end == end

    def is_person(self, match: Match) -> bool:
        """Tell whether a name is that of people alone."""
        return all(entity.kind is EntityKind.PERSON for entity in match.entities)

    def country(self, key: str) -> KnownEntity | None:
        """Return a country by its key, or None."""
        return self._countries.get(key)

    def capital(self, country: str) -> KnownEntity | None:
        """Return the capital city of a country of seeds/, or None."""
        return self._capitals.get(country)

    def _find_capitals(self, known: Known) -> dict[str, KnownEntity]:
        places = {entity.name: entity for entity in known.entities if entity.kind is EntityKind.PLACE}
        return {c.key: places[c.capital] for c in known.countries if c.capital in places}

    def adjective(self, country: str, *, feminine: bool) -> str | None:
        """Return the adjective of a country in the singular with its article, or None."""
        return self._adjectives.get((country, "f" if feminine else "m"))

    def may_start(self, key: str) -> bool:
        """Tell whether a known name begins with a word."""
        return key in self._names or key in self._doubtful

    def doubtful(self, key: str, kind: EntityKind = EntityKind.COUNTRY) -> Match | None:
        """Return what bears a name that is also a word of the language: the context must speak for it."""
        entities = [entity for entity in self._doubtful.get(key, ()) if entity.kind is kind]
        return Match(0, tuple(entities)) if entities else None

    def nationality(self, key: str) -> Nationality | None:
        """Return what an adjective (loosened, with or without article) says of nationality, or None."""
        return self.nationalities.get(key)

    def state_of_body(self, words: tuple[Word, ...], index: int, agrees: bool) -> Nationality | None:
        """Return what a word says of a body before it; a country's name may be an adjective that agrees."""
        key = words[index].key
        namesake = self._namesakes.get(key) if agrees and words[index - 1].bears_article else None
        return namesake or self.nationality(key)

    def body_of(self, key: str) -> str | None:
        """Return the key of the body that an adjective speaks of ("European"), or None."""
        return self._body_adjectives.get(key)

    def may_end_nationality(self, key: str) -> bool:
        """Tell whether a word is the second of two that say a nationality."""
        return key in self._second_words

    def nationality_of_two(self, first: str, second: str) -> Nationality | None:
        """Return what two words together say of nationality ("South Korean"), or None."""
        return self.nationalities.get(f"{first} {second}") if second in self._second_words else None

    def _collect(self, known: Known) -> None:
        by_words: dict[tuple[str, ...], list[KnownEntity]] = {}
        for entity in known.entities:
            for name in {entity.name, *entity.aliases, *filter(None, [entity.english])}:
                self._enter(by_words, name, entity)
        for country in known.countries:
            state = known.by_key(country.key)
            for seat in filter(None, (country.capital, *country.seats)):
                if state is not None:
                    self._enter(by_words, seat, state)
        for keys, entries in by_words.items():
            self._names.setdefault(keys[0], {})[keys[1:]] = tuple(entries)

    def _enter(self, by_words: dict[tuple[str, ...], list[KnownEntity]], name: str, entity: KnownEntity) -> None:
        keys = name_keys(name)
        if not keys or (len(keys) == 1 and len(keys[0]) < 3):
            return
        if len(keys) == 1 and keys[0] in self._ambiguous:
            self._doubtful.setdefault(keys[0], []).append(entity)
            return
        entries = by_words.setdefault(keys, [])
        if entity not in entries:
            entries.append(entity)

    def _collect_nationalities(self, known: Known) -> None:
        for form in known.demonyms:
            key = " ".join(loosen(normalize(word)) for word in form.text.split())
            nationality = Nationality(form.country, form.gender == "f", form.number != "s")
            if form.named:
                self._namesakes[key] = nationality
                continue
            kept = self.nationalities.get(key)
            if kept is None or (kept.plural and not nationality.plural):
                self.nationalities[key] = nationality


def without_hyphens(words: tuple[Word, ...], start: int, most: int) -> tuple[tuple[str, ...], list[int]]:
    """Return the keys of so many words behind one at most, hyphens in names left out, and where each of them ends."""
    keys: list[str] = []
    ends = [start + 1]
    index = start + 1
    while index < len(words) and len(keys) < most:
        if not is_hyphen(words, index):
            keys.append(words[index].key)
            ends.append(index + 1)
        index += 1
    return tuple(keys), ends


def is_hyphen(words: Sequence[Word], index: int) -> bool:
    """Tell whether a mark joins the words around it without a blank: "F-35"."""
    if not 0 < index < len(words) - 1 or words[index].norm not in HYPHENS:
        return False
    token = words[index].token
    return words[index - 1].token.end == token.start and words[index + 1].token.start == token.end


def name_keys(name: str) -> tuple[str, ...]:
    """Return the loosened words of a name, marks left out."""
    tokens = tokenize(Sentence(0, len(name), name, 0))
    return tuple(loosen(token.norm).lower() for token in tokens if token.norm[0].isalnum())


def pick(match: Match, *, as_actor: bool) -> KnownEntity:
    """Return the entity that a name means: a capital is its government where it acts, a place where one is in it."""
    if len(match.entities) == 1:
        return match.entities[0]
    wanted = (EntityKind.COUNTRY, EntityKind.ORGANIZATION, EntityKind.PERSON) if as_actor else (EntityKind.PLACE,)
    for kind in wanted:
        for entity in match.entities:
            if entity.kind is kind:
                return entity
    return match.entities[0]
