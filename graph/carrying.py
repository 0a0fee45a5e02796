"""Has a document that comes alone stand as a build would have it, at the cost of that document and of whom it names.

Its names are compared with those that the newest checkpoint has of the like, and what is doubtful goes into the queue.
Other documents stay as they are until the store is built next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .config import Settings
from .errors import StoreError
from .identity import correct_document, encode_candidates, resolve_anew
from .identity_traces import (
    Appearance,
    Scopes,
    Values,
    gather_traces,
    read_appearances,
    read_known_traces,
    read_offices,
)
from .model import EntityKind
from .rdf.corrections import Corrections
from .rdf.known import encode_known, mint_known
from .rdf.namespaces import RW
from .rdf.terms import Iri, write_text
from .resolve.decisions import Ruling, rule
from .resolve.identity import OF_DOCUMENT, Candidate, Resolution, Trace, resolve, short_name, split_scope
from .resolve.known import Known, load_known
from .resolve.likeness import NameLikeness
from .resolve.matching import COMPARED, Matcher
from .resolve.offices import OfficeReader
from .resources import package_folder
from .store.checkpoint import NAMES
from .store.embedded import EmbeddedStore
from .store.index import NameIndex
from .store.layout import current_checkpoint
from .store.places import WritableStore
from .store.review import list_candidates, list_decisions

# How many actors are looked at whose names are like one that is new.
_MOST_ALIKE = 20


def carry_over(store: WritableStore, document_id: str, settings: Settings) -> None:
    """Have a document that was just stored stand as what is found and decided would have it.

    Where somebody has decided about an actor that it names, all is worked out anew.
    """
    document = store.namespaces.document(document_id)
    ruling = rule(list_decisions(store, store.namespaces).values())
    decided = {name for actor in ruling.actors() for name in (actor, split_scope(actor)[0])}
    known = load_known(settings)
    near = _Near.gather(store, document, known)
    if near.read_as().isdisjoint(decided):
        outcome = _Outcome(near, resolve(near.traces(), ruling, Matcher(near.likeness).find))
        wanted = {each.read.entity: outcome.stand(each) for each in near.own}
        if decided.isdisjoint(values.entity for values in wanted.values()):
            store.put_documents([correct_document(store, document, _corrections(wanted, ruling))])
            _add_candidates(store, outcome.candidates())
            return
    resolve_anew(store, settings)


@dataclass(frozen=True, slots=True)
class _Near:
    """Who is named in a document, and whoever may be one with them: in other documents, and in seeds/."""

    document: str
    own: tuple[Appearance, ...]
    others: tuple[Appearance, ...]
    known: Mapping[str, Trace]
    scopes: Scopes
    likeness: NameLikeness

    @classmethod
    def gather(cls, store: WritableStore, document: str, known: Known) -> _Near:
        """Look for them by what they were read as, and by the names that are new."""
        likeness = NameLikeness.load(known)
        offices = OfficeReader(likeness.words, likeness.states)
        scopes = Scopes({}, likeness.weak.is_weak, offices, read_offices(store, document=document))
        own = [*read_appearances(store, scopes, document=document)]
        found = {each.read.entity: [*_read_as(store, scopes, each.read.entity, document)] for each in own}
        told_of = [each for each in own if not each.key[1].startswith(OF_DOCUMENT)]
        new = [each for each in told_of if not found[each.read.entity] and not _is_known(store, each.read.entity)]
        alike = {iri for each in new for iri in _sounding(store, each)}
        by_iri = {mint_known(row, store.namespaces): row for row in known.entities}
        seeded = {iri for iri in alike | set(found) if iri in by_iri and _is_known(store, iri)}
        rows = [row for iri, row in by_iri.items() if iri in seeded or row.kind is EntityKind.COUNTRY]
        keys = {by_iri[iri].key for iri in seeded}
        held = [office for office in known.offices if office.person in keys]
        traces = read_known_traces(encode_known(rows, held, namespaces=store.namespaces), offices)
        seeds = {iri: trace for iri, trace in traces.items() if iri in seeded}
        others = [each for some in found.values() for each in some]
        others += [
            each for iri in sorted(alike - seeded - set(found)) for each in read_appearances(store, scopes, entity=iri)
        ]
        told = dict(scopes.told)
        for node in {each.stands.entity for each in others if each.read.kind == EntityKind.PERSON}:
            told |= read_offices(store, stands=node)
        scopes = replace(scopes, seeds=seeds, told=told)
        return cls(document, tuple(_again(own, scopes)), tuple(_again(others, scopes)), seeds, scopes, likeness)

    def read_as(self) -> set[str]:
        """Return the IRIs of those whom the document names, as they were read."""
        return {each.read.entity for each in self.own}

    def traces(self) -> list[Trace]:
        """Return the traces of all."""
        told = gather_traces((*self.own, *self.others), self.scopes)
        return [*(trace for trace in told if trace.iri not in self.known), *self.known.values()]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is one among those who are near; others stand as they did."""

    near: _Near
    resolution: Resolution

    def nodes(self) -> dict[str, str]:
        """Return under which IRI stands already what is found to be one."""
        standing = {iri: iri for iri in self.near.known}
        for each in sorted(self.near.others, key=lambda other: other.document):
            if each.document != self.near.document:
                standing.setdefault(self._node(each), each.stands.entity)
        return standing

    def stand(self, appearance: Appearance) -> Values:
        """Return as what an appearance of the document is to stand."""
        read, node, standing = appearance.read, self._node(appearance), self.nodes()
        if read.entity in self.near.known:
            return read
        alike = [each for each in self.near.others if each.key == appearance.key]
        if alike:
            other = min(alike, key=lambda each: each.document).stands
            unnamed = other.name == min(alike, key=lambda each: each.document).read.name
            return replace(other, name=read.name if unnamed else other.name, english=read.english)
        name = self.resolution.labels.get(appearance.key, read.name)
        if node in standing:
            kind = next((each.stands.kind for each in self.near.others if self._node(each) == node), read.kind)
            return replace(read, entity=standing[node], kind=kind, name=name)
        if node in standing.values() and appearance.key[1]:
            node = f"{read.entity}~{short_name(appearance.key[1])}"
        return replace(read, entity=node, name=name)

    def candidates(self) -> Iterator[Candidate]:
        """Yield the pairs of which one is named in the document."""
        standing = self.nodes()
        mine = {self._node(each) for each in self.near.own}
        for each in self.resolution.candidates:
            one, other = (standing.get(iri, iri) for iri in (each.one, each.other))
            if one != other and not mine.isdisjoint((each.one, each.other)):
                yield replace(each, one=min(one, other), other=max(one, other))

    def _node(self, appearance: Appearance) -> str:
        return self.resolution.nodes.get(appearance.key, appearance.read.entity)


def _again(appearances: Iterable[Appearance], scopes: Scopes) -> Iterator[Appearance]:
    """Yield appearances with the offices that they are told of under, and the traces that follow."""
    for each in appearances:
        offices = scopes.told.get((each.document, each.read.entity))
        scope = scopes.of(each.read, each.country, each.document, offices)
        yield replace(each, key=(each.read.entity, scope), offices=offices)


def _read_as(store: WritableStore, scopes: Scopes, iri: str, document: str) -> Iterator[Appearance]:
    """Yield the appearances in other documents of what was read as an IRI."""
    moved = read_appearances(store, scopes, read=iri)
    unmoved = (each for each in read_appearances(store, scopes, entity=iri) if each.read.entity == iri)
    seen: set[tuple[str, str | None]] = set()
    for each in (*moved, *unmoved):
        if each.document != document and (each.document, each.country) not in seen:
            seen.add((each.document, each.country))
            yield each


def _sounding(store: WritableStore, appearance: Appearance) -> list[str]:
    """Return whose names are like one that is new, by the index of the newest checkpoint, where there is one."""
    kind = EntityKind(appearance.read.kind)
    if kind not in COMPARED or not isinstance(store, EmbeddedStore):
        return []
    try:
        index = NameIndex.open(current_checkpoint(store.path) / NAMES)
    except StoreError:
        return []  # nothing was finished yet
    try:
        return [found.iri for found in index.search(appearance.read.name, kind=kind, limit=_MOST_ALIKE)]
    finally:
        index.close()


def _corrections(wanted: Mapping[str, Values], ruling: Ruling) -> Corrections:
    return Corrections(
        nodes={f"<{iri}>": f"<{values.entity}>" for iri, values in wanted.items()},
        labels={(f"<{iri}>", "ar"): write_text(values.name, "ar") for iri, values in wanted.items()},
        kinds={f"<{values.entity}>": f"<{RW}{values.kind}>" for values in wanted.values()},
        wrong=frozenset(f"<{fact}>" for fact in ruling.wrong),
        right=frozenset(f"<{fact}>" for fact in ruling.right),
    )


def _add_candidates(store: WritableStore, found: Iterable[Candidate]) -> None:
    """Put pairs into the queue beside those that wait there."""
    queue = {
        (each.one, each.other): Candidate(each.one, each.other, each.score, each.reasons)
        for each in list_candidates(store, store.namespaces)
    }
    new = {(each.one, each.other): each for each in found if (each.one, each.other) not in queue}
    if new:
        every = (queue | new).values()
        store.replace_apart(store.namespaces.candidates_graph, encode_candidates(every, store.namespaces))


def _is_known(store: WritableStore, iri: str) -> bool:
    query = (package_folder("store") / "sparql" / "is-known.rq").read_text(encoding="utf-8")
    return store.ask(query, {"entity": Iri(iri), "graph": Iri(store.namespaces.known_graph)})
