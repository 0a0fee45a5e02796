"""Makes one node of what is one actor: reads who is named in a store, decides, and corrects the documents' graphs.

`resolve_identities` is called once before a checkpoint. Documents are stored as they were read; here they get the
nodes, names, kinds and refusals that follow from all documents and from people's decisions together. What was read is
kept beside it (graph/rdf/corrections.py), so the outcome depends neither on the order of documents nor on earlier runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from .config import Settings
from .identity_traces import (
    Appearance,
    Roster,
    Scopes,
    Values,
    read_appearances,
    read_known_traces,
    read_offices,
    read_traces,
)
from .model import EntityKind
from .rdf.corrections import Corrections, put_in, put_into_known, statement_namer, take_out
from .rdf.encode import EncodedDocument
from .rdf.known import encode_known
from .rdf.named import read_names
from .rdf.namespaces import RDF, RW, Namespaces
from .rdf.terms import XSD, Triple, write_string, write_text, write_typed
from .resolve.decisions import Ruling, rule
from .resolve.identity import Candidate, Key, Resolution, Trace, resolve, split_scope
from .resolve.known import Known, load_known
from .resolve.likeness import NameLikeness
from .resolve.matching import Matcher
from .resolve.offices import OfficeReader
from .resources import package_folder
from .store.derive import Revision
from .store.places import WritableStore
from .store.review import list_decisions

TRIPLES_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class IdentityReport:
    """What was done: how many names were found to be another's, how many documents were corrected for it, and how many
    pairs wait for somebody to decide."""

    joined: int
    documents: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What seeds/ say of whom, ready to be compared with whomever documents name.

    `plain` are its triples, `seeds` the traces that these leave; `likeness` and `offices` compare names and offices.
    """

    plain: tuple[Triple, ...]
    likeness: NameLikeness
    offices: OfficeReader
    seeds: Mapping[str, Trace]

    @classmethod
    def make(cls, known: Known, namespaces: Namespaces, *, seeded: bool = True) -> Acquaintance:
        """Take in what is known; with nobody, where a store is not `seeded`."""
        plain = encode_known(known.entities, known.offices, namespaces=namespaces) if seeded else ()
        likeness = NameLikeness.load(known)
        offices = OfficeReader(likeness.words, likeness.states)
        return cls(plain, likeness, offices, read_known_traces(plain, offices))

    def prepare(self) -> None:
        """Work out now how the names of seeds/ sound, which is kept for when documents are compared."""
        Matcher(self.likeness).prepare(self.seeds.values())


def resolve_identities(
    store: WritableStore, acquaintance: Acquaintance, *, roster: Roster | None = None
) -> IdentityReport:
    """Bring a store, and its known graph, to what its documents, seeds/ and people's decisions come to.

    An `acquaintance` with nobody leaves a store without a known graph. A `roster` is of all documents of the store,
    which stand as they were read; where there is none, the documents are asked who is named in them.
    """
    namespaces = store.namespaces
    plain, likeness, offices = acquaintance.plain, acquaintance.likeness, acquaintance.offices
    told = read_offices(store) if roster is None else {}
    scopes = Scopes(acquaintance.seeds, likeness.weak.is_weak, offices, told)
    traces, corrected = read_traces(store, scopes) if roster is None else (roster.traces(scopes), [])
    judged = _read_judged(store)
    ruling = rule(list_decisions(store, namespaces).values())
    outcome = _Outcome.of(scopes, resolve(traces, ruling, Matcher(likeness).find), ruling)
    corrections = outcome.corrections()
    store.replace_known(put_into_known(plain, corrections))
    store.replace_apart(namespaces.candidates_graph, encode_candidates(outcome.resolution.candidates, namespaces))
    stale: dict[str, set[str]] = {}
    for each in chain(corrected, _find_touched(store, outcome, roster)):
        if outcome.correct(each) != each.stands:
            stale.setdefault(each.document, set()).add(each.read.entity)
    for document in _find_misjudged(store, judged, outcome.ruling):
        stale.setdefault(document, set())
    # Of what was corrected before, all is looked at: other corrections may have gone since.
    whole = {each.document for each in corrected if each.is_corrected}
    whole |= _documents_of(store, {fact for fact, _ in judged} | ruling.wrong | ruling.right)
    correct = _Corrector(store, outcome, corrections, statement_namer(namespaces, store.symmetric_relations()))
    batch, waiting = list[Revision](), 0
    for document in sorted(stale):
        batch.append(correct(document, None if document in whole else stale[document]))
        waiting += len(batch[-1].before)
        if waiting >= TRIPLES_AT_ONCE:
            store.revise_documents(batch)
            batch, waiting = [], 0
    store.revise_documents(batch)
    joined = sum(split_scope(node)[0] != key[0] for key, node in outcome.resolution.nodes.items())
    return IdentityReport(joined, len(stale), len(outcome.resolution.candidates))


def resolve_anew(store: WritableStore, settings: Settings) -> IdentityReport:
    """Do the same where only the settings are at hand; a store that was made without seeds/ stays without."""
    seeded = any(True for _ in store.read_graph(store.namespaces.known_graph))
    return resolve_identities(store, Acquaintance.make(load_known(settings), store.namespaces, seeded=seeded))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is one and what is decided, as the documents' graphs are to have it; names by node and language."""

    scopes: Scopes
    resolution: Resolution
    ruling: Ruling
    names: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, scopes: Scopes, resolution: Resolution, ruling: Ruling) -> _Outcome:
        """Take the names that people gave over to the nodes that their actors are now."""
        names = {
            (resolution.found[actor], language): name
            for (actor, language), name in sorted(ruling.names.items())
            if actor in resolution.found
        }
        return cls(scopes, resolution, ruling, names)

    def touched(self) -> set[str]:
        """Return the IRIs, as they were read, of all that stands otherwise than it was read."""
        special = {node for node, _ in self.names} | set(self.resolution.kinds)
        return {key[0] for key, node in self.resolution.nodes.items() if node != key[0] or node in special}

    def correct(self, appearance: Appearance) -> Values:
        """Return as what an appearance is to stand."""
        read = appearance.read
        node = self.resolution.nodes.get(appearance.key, read.entity)
        kind = self.resolution.kinds.get(node)
        label = self.resolution.labels.get(appearance.key, read.name)
        name, english = self.names.get((node, "ar"), label), self.names.get((node, "en"), read.english)
        return Values(node, str(kind) if kind else read.kind, name, english)

    def corrections(self) -> Corrections:
        """Return all this as terms, with the nodes of what seeds/ know, which are the same in every document."""
        names = {(f"<{node}>", tag): write_text(name, tag) for (node, tag), name in self.names.items()}
        return Corrections(
            nodes={
                f"<{iri}>": f"<{node}>"
                for (iri, scope), node in self.resolution.nodes.items()
                if not scope and node != iri and iri in self.scopes.seeds
            },
            names=names,
            kinds={f"<{node}>": f"<{RW}{kind}>" for node, kind in self.resolution.kinds.items()},
            wrong=frozenset(f"<{fact}>" for fact in self.ruling.wrong),
            right=frozenset(f"<{fact}>" for fact in self.ruling.right),
        )

    def keys_of(self, document: str, triples: Iterable[Triple]) -> list[Key]:
        """Return the traces that stand in a document, given as it was read; of one IRI the one of the first state."""
        keys: dict[str, Key] = {}
        for each in sorted(read_names(triples).named, key=lambda each: each.country or "", reverse=True):
            if each.kind in set(EntityKind):
                read = Values(each.entity, each.kind, each.name, None)
                keys[each.entity] = each.entity, self.scopes.of(read, each.country, document, each.offices)
        return [*keys.values()]


def _find_touched(store: WritableStore, outcome: _Outcome, roster: Roster | None) -> Iterator[Appearance]:
    """Yield the appearances of all that stands otherwise than it was read."""
    if roster is not None:
        yield from roster.appearances(outcome.scopes, outcome.touched())
        return
    for iri in sorted(outcome.touched()):
        yield from read_appearances(store, outcome.scopes, entity=iri)


@dataclass(frozen=True, slots=True)
class _Corrector:
    """Gives documents, by their IRIs, the nodes of their own traces."""

    store: WritableStore
    outcome: _Outcome
    corrections: Corrections
    statement: Callable[[str, str, str], str]

    def __call__(self, document: str, entities: Collection[str] | None) -> Revision:
        """Return what a document says of some entities, or of all, and what it is to say."""
        graph = f"{document}/graph"
        if entities is None:
            before = self.store.read_graph(graph)
        else:
            moved = (node[1:-1] for node in self.corrections.nodes)
            before = self.store.read_naming(graph, {*entities, *moved})
        read = take_out(before, statement=self.statement)
        after = put_in(read, self.own(document, read), statement=self.statement)
        return Revision(graph, before, tuple(dict.fromkeys(after)))

    def own(self, document: str, read: Iterable[Triple]) -> Corrections:
        """Return the corrections of a document, given as it was read."""
        nodes, labels = self.outcome.resolution.nodes, self.outcome.resolution.labels
        keys = self.outcome.keys_of(document, read)
        return replace(
            self.corrections,
            nodes={**self.corrections.nodes, **{f"<{key[0]}>": f"<{nodes.get(key, key[0])}>" for key in keys}},
            labels={
                (f"<{key[0]}>", "ar"): write_text(name, "ar") for key in keys if (name := labels.get(key)) is not None
            },
        )


def correct_document(store: WritableStore, document: str, corrections: Corrections) -> EncodedDocument:
    """Return a document, given its IRI, as it is to stand."""
    graph = f"{document}/graph"
    statement = statement_namer(store.namespaces, store.symmetric_relations())
    read = take_out(store.read_graph(graph), statement=statement)
    triples = tuple(dict.fromkeys(put_in(read, corrections, statement=statement)))
    return EncodedDocument(store.namespaces.document_id(document) or "", document, graph, triples)


def _read_judged(store: WritableStore) -> set[tuple[str, str]]:
    """Return the facts that stand otherwise than they were read, and how."""
    query = (package_folder("store") / "sparql" / "judged-facts.rq").read_text(encoding="utf-8")
    return {(fact or "", how or "") for fact, how in store.iterate(query)}


def _find_misjudged(store: WritableStore, judged: set[tuple[str, str]], ruling: Ruling) -> set[str]:
    """Return the documents of facts that stand otherwise than people say, or as nobody says any more."""
    wanted = {(fact, "wrong") for fact in ruling.wrong} | {(fact, "right") for fact in ruling.right}
    return _documents_of(store, {fact for fact, _ in judged ^ wanted})


def _documents_of(store: WritableStore, facts: Iterable[str]) -> set[str]:
    documents = {store.namespaces.document_id(fact) for fact in facts}
    return {store.namespaces.document(each) for each in documents if each and store.has_document(each)}


def encode_candidates(candidates: Iterable[Candidate], namespaces: Namespaces) -> Iterator[Triple]:
    """Yield the queue of pairs that may be one, as its graph has it."""
    for candidate in candidates:
        node = f"<{namespaces.candidate(candidate.one, candidate.other)}>"
        yield node, f"<{RDF}type>", f"<{RW}Candidate>"
        yield node, f"<{RW}one>", f"<{candidate.one}>"
        yield node, f"<{RW}other>", f"<{candidate.other}>"
        yield node, f"<{RW}score>", write_typed(f"{candidate.score:.3f}".rstrip("0").rstrip("."), XSD + "decimal")
        yield node, f"<{RW}reasons>", write_string(" ".join(candidate.reasons))
