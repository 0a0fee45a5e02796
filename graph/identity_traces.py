"""Reads who is named in a store: the traces that entities leave in documents and in seeds/, as they were read."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .model import EntityKind
from .rdf.named import Named, NamesOf
from .rdf.namespaces import ORG, RDF, RW, SKOS
from .rdf.terms import Iri, Triple, read_string
from .resolve.identity import OF_DOCUMENT, Key, Trace, write_scope
from .resolve.offices import OfficeReader, Post, code_of
from .resources import package_folder
from .store.places import WritableStore
from .store.results import Row

# Of these there are namesakes; a state, a weapon or an agreement is what it is called.
_SPLIT = frozenset((EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE))
_TYPE, _COUNTRY = f"<{RDF}type>", f"<{RW}country>"
_LABELS = frozenset((f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"))
_OF_WIKIDATA = "/entity/Q"
_KINDS = frozenset(EntityKind)
_PREFERRED, _SINCE, _UNTIL = f"<{SKOS}prefLabel>", f"<{RW}since>", f"<{RW}until>"
_MEMBER, _ROLE = f"<{ORG}member>", f"<{ORG}role>"


@dataclass(frozen=True, slots=True)
class Values:
    """What an appearance says of its entity that may be corrected; `kind` is the name of its class."""

    entity: str
    kind: str
    name: str
    english: str | None


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity in one document: what it was read as, and as what it stands; `key` is the trace that it belongs to.

    `is_corrected` says that something of it stands otherwise than it was read, be it its state alone.
    """

    document: str
    key: Key
    read: Values
    stands: Values
    country: str | None
    published: str | None
    is_corrected: bool = False
    offices: str | None = None


@dataclass(frozen=True, slots=True)
class Scopes:
    """What tells an entity from its namesakes: nothing where an id or a row of seeds/ says who it is, else its state
    and the offices that its document gives it, or its document where the name says nothing of who is meant.

    `told` are the names of offices, one a line, by document and person, where they are read from a store.
    """

    seeds: Mapping[str, Trace]
    is_weak: Callable[[EntityKind, str, str | None], bool]
    offices: OfficeReader | None = None
    told: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, values: Values, country: str | None, document: str, offices: str | None = None) -> str:
        """Return the scope of what was read in a document."""
        if values.entity in self.seeds or _OF_WIKIDATA in values.entity:
            return ""
        kind = EntityKind(values.kind)
        if self.is_weak(kind, values.name, country):
            return OF_DOCUMENT + hashlib.sha256(document.encode()).hexdigest()[:10]
        if kind not in _SPLIT:
            return ""
        return write_scope(country or "", code_of(self.posts(offices)) if kind is EntityKind.PERSON else "")

    def posts(self, offices: str | None) -> frozenset[Post]:
        """Return what offices, one a line, say of who is meant."""
        return frozenset() if not offices or self.offices is None else self.offices.read_all(offices.split("\n"))


@dataclass(slots=True)
class _Told:
    """What documents tell of one trace, while it is gathered."""

    kinds: set[EntityKind] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    offices: set[Post] = field(default_factory=set)
    first: str | None = None
    last: str | None = None
    documents: int = 0

    def add(self, kind: str, name: str, country: str | None, offices: Iterable[Post]) -> None:
        """Take in as what somebody is named."""
        self.kinds.add(EntityKind(kind))
        self.names.add(name)
        self.offices.update(offices)
        if country:
            self.countries.add(country)

    def date(self, published: str | None) -> None:
        """Take in one more document."""
        self.documents += 1
        if published:
            self.first = min(self.first or published, published)
            self.last = max(self.last or published, published)

    def trace(self, key: Key) -> Trace:
        """Return the trace; of several kinds or states, which a name of seeds/ alone can have, the first counts."""
        names, known = frozenset(self.names), _OF_WIKIDATA in key[0]
        country = min(self.countries, default=None)
        offices = frozenset(self.offices)
        return Trace(*key, min(self.kinds), names, country, offices, self.first, self.last, self.documents, known)


class Roster:
    """Who is named in the documents that a build stores, gathered while it runs: nothing need be read again for it.

    Documents of an archive name the same again and again, so a name takes four bytes a document.
    """

    def __init__(self) -> None:
        self._documents: list[tuple[str, str | None]] = []
        self._named: dict[Named, array[int]] = {}
        self._texts: dict[str, str] = {}

    def add(self, document: str, names: NamesOf) -> None:
        """Take in a document, given by its IRI, that is stored for the first time."""
        number = len(self._documents)
        self._documents.append((document, self._keep(names.published)))
        for each in names.named:
            places = self._named.get(each)
            if places is None:
                kept = Named(*(self._keep(text) for text in each))  # type: ignore[arg-type]
                places = self._named[kept] = array("I")
            places.append(number)

    def count_entities(self) -> int:
        """Return how many entities are named."""
        return len({each.entity for each in self._named})

    def traces(self, scopes: Scopes) -> list[Trace]:
        """Return the traces of the documents and of seeds/."""
        told: dict[Key, _Told] = {}
        for named, places in self._named.items():
            if named.kind not in _KINDS or named.entity in scopes.seeds:
                continue
            for key, numbers in self._keys(named, places, scopes):
                found = told.setdefault(key, _Told())
                found.add(named.kind, named.name, named.country, scopes.posts(named.offices))
                for number in numbers:
                    found.date(self._documents[number][1])
        return [*(found.trace(key) for key, found in told.items()), *scopes.seeds.values()]

    def appearances(self, scopes: Scopes, entities: Collection[str]) -> Iterator[Appearance]:
        """Yield the appearances of some entities."""
        for named, places in self._named.items():
            if named.entity in entities and named.kind in _KINDS:
                values = Values(named.entity, named.kind, named.name, named.english)
                for key, numbers in self._keys(named, places, scopes):
                    for number in numbers:
                        document, published = self._documents[number]
                        yield Appearance(document, key, values, values, named.country, published, offices=named.offices)

    def _keys(self, named: Named, places: array[int], scopes: Scopes) -> Iterator[tuple[Key, Iterable[int]]]:
        """Yield the traces that a name belongs to, with the numbers of their documents."""
        values = Values(named.entity, named.kind, named.name, named.english)
        scope = scopes.of(values, named.country, self._documents[places[0]][0], named.offices)
        if not scope.startswith(OF_DOCUMENT):
            yield (named.entity, scope), places
            return
        for number in places:
            yield (named.entity, scopes.of(values, named.country, self._documents[number][0])), (number,)

    def _keep(self, text: str | None) -> str | None:
        return None if text is None else self._texts.setdefault(text, text)


def read_known_traces(known: Iterable[Triple], offices: OfficeReader | None = None) -> dict[str, Trace]:
    """Return what the known graph says of each entity, by its IRI."""
    known = tuple(known)
    held = _read_held(known, offices) if offices is not None else {}
    kinds: dict[str, EntityKind] = {}
    names: dict[str, set[str]] = {}
    countries: dict[str, str] = {}
    for subject, predicate, object_ in known:
        if predicate in _LABELS:
            names.setdefault(subject, set()).add(read_string(object_))
        elif predicate == _COUNTRY:
            countries[subject] = object_[1:-1]
        elif predicate == _TYPE and (kind := object_[1:-1].removeprefix(RW)) in _KINDS:
            kinds[subject] = EntityKind(kind)
    none = frozenset[str]()
    return {
        subject[1:-1]: Trace(
            subject[1:-1],
            "",
            kind,
            frozenset(names.get(subject, none)),
            countries.get(subject),
            frozenset(held.get(subject, ())),
            known=True,
        )
        for subject, kind in kinds.items()
    }


def _read_held(known: Iterable[Triple], offices: OfficeReader) -> dict[str, set[Post]]:
    """Return the offices that the known graph gives people."""
    roles: dict[str, str] = {}
    memberships: dict[str, dict[str, str]] = {}
    for subject, predicate, object_ in known:
        if predicate == _PREFERRED and object_.endswith("@ar"):
            roles[subject] = read_string(object_)
        elif predicate in (_MEMBER, _ROLE, _SINCE, _UNTIL):
            memberships.setdefault(subject, {})[predicate] = object_
    held: dict[str, set[Post]] = {}
    for said in memberships.values():
        post = offices.read(roles.get(said.get(_ROLE, ""), ""))
        if post is not None and _MEMBER in said:
            since, until = (read_string(said[name]) if name in said else "" for name in (_SINCE, _UNTIL))
            held.setdefault(said[_MEMBER], set()).add(post._replace(since=since, until=until))
    return held


def read_offices(store: WritableStore, **bound: str) -> dict[tuple[str, str], str]:
    """Return the names of the offices, one a line, that documents give people: all, or those of one `document` or of
    one who `stands` as a person."""
    query = (package_folder("store") / "sparql" / "offices-told.rq").read_text(encoding="utf-8")
    told: dict[tuple[str, str], set[str]] = {}
    for document, person, role in store.iterate(query, {name: Iri(value) for name, value in bound.items()}):
        if document and person and role:
            told.setdefault((document, person), set()).add(role)
    return {place: "\n".join(sorted(roles)) for place, roles in told.items()}


def read_traces(store: WritableStore, scopes: Scopes) -> tuple[list[Trace], list[Appearance]]:
    """Return the traces of documents and of seeds/, and the appearances that were corrected."""
    corrected: list[Appearance] = []

    def note_corrected() -> Iterator[Appearance]:
        for appearance in read_appearances(store, scopes):
            if appearance.is_corrected:
                corrected.append(appearance)
            yield appearance

    traces = [trace for trace in gather_traces(note_corrected(), scopes) if trace.iri not in scopes.seeds]
    return [*traces, *scopes.seeds.values()], corrected


def gather_traces(appearances: Iterable[Appearance], scopes: Scopes) -> list[Trace]:
    """Return the traces that appearances come to."""
    told: dict[Key, _Told] = {}
    for appearance in appearances:
        found = told.setdefault(appearance.key, _Told())
        posts = scopes.posts(appearance.offices)
        found.add(appearance.read.kind, appearance.read.name, appearance.country, posts)
        found.date(appearance.published)
    return [found.trace(key) for key, found in told.items()]


def names_somebody(store: WritableStore) -> bool:
    """Say whether any document names anybody."""
    return store.ask((package_folder("store") / "sparql" / "any-appearance.rq").read_text(encoding="utf-8"))


def read_appearances(store: WritableStore, scopes: Scopes, **bound: str) -> Iterator[Appearance]:
    """Yield the appearances of all entities, or those that `read` or now stand as an `entity`, or of one `document`."""
    name = "appearances-read" if "read" in bound else "appearances"
    query = (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
    for row in store.iterate(query, {name: Iri(value) for name, value in bound.items()}):
        appearance = _read_appearance(row, scopes)
        if appearance is not None:
            yield appearance


def _read_appearance(row: Row, scopes: Scopes) -> Appearance | None:
    document, entity, read, kind, kind_read, name, name_read, english, english_read, state, state_read, published = row
    stands = Values(entity or "", (kind or "").removeprefix(RW), name or "", english)
    was = Values(
        read or stands.entity,
        (kind_read or kind or "").removeprefix(RW),
        name_read or stands.name,
        english if english_read is None else english_read or None,
    )
    if was.kind not in _KINDS or not document:
        return None  # an update may have written what no reader would
    country = state_read or state
    is_corrected = any(each is not None for each in (read, kind_read, name_read, english_read, state_read))
    offices = scopes.told.get((document, was.entity))
    key = was.entity, scopes.of(was, country, document, offices)
    return Appearance(document, key, was, stands, country, published, is_corrected, offices)
