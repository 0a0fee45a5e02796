"""Looks a store through for whatever should not be: a store in, its counts and faults out. It changes nothing.

It reads all that there is, about a minute a million quads, and holds what documents share in memory.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from pyoxigraph import Store

from ..errors import StoreError
from ..rdf.namespaces import RDF, RW, SCHEMA, Namespaces
from ..rdf.terms import Iri, Triple
from ..rdf.validate import Shapes
from ..resources import package_folder
from .checkpoint import DATA, FACTS, NAMES
from .embedded import EmbeddedStore
from .fact_index_writer import write_facts
from .index_writer import write_index
from .layout import current_checkpoint
from .places import WritableStore
from .remote import RemoteStore
from .remote_checkpoint import find_indexes, has_indexes
from .remote_state import find_state
from .remote_view import RemoteView
from .results import StoreCounts

SHOWN = 5
_TYPE, _ARTICLE = f"<{RDF}type>", f"<{SCHEMA}NewsArticle>"
_IN_DOCUMENT, _ENTITY, _QUOTED = f"<{RW}inDocument>", f"<{RW}entity>", "wasQuotedFrom>"
_OWNED = frozenset(f"<{RW}{name}>" for name in ("Fact", "Evidence", "Appearance", "Mention", "Happening"))
_EVIDENCE = f"<{RW}Evidence>"
# What an index says, whatever numbers it gives to things.
_FACTS_SAID = """
SELECT fact.iri, one.iri, one.kind, relation, other.iri, other.kind, status, document.iri, confidence, date, happened
FROM fact JOIN node one ON one.id = subject JOIN node other ON other.id = object JOIN document ON document.id = document
"""
_NAMES_SAID = (
    "SELECT iri, kind, ar, en, degree, actor.weight, label, folded, name.weight "
    "FROM actor LEFT JOIN name ON name.actor = actor.id"
)


@dataclass(slots=True)
class Check:
    """One thing that was looked at: how many faults there are, and the first few of them."""

    name: str
    faults: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, fault: str) -> None:
        """Note a fault."""
        self.faults += 1
        if len(self.examples) < SHOWN:
            self.examples.append(fault)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a store."""

    counts: StoreCounts
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is wrong."""
        return not any(check.faults for check in self.checks)


def inspect_store(store: WritableStore, cache: Path, on_step: Callable[[str], None] = lambda words: None) -> Inspection:
    """Check a store that this process has open; raise StoreError where it cannot be read.

    Of a store at an endpoint the indexes are in the `cache` of this machine, where somebody has read from it.
    """
    checks = []
    for name, check in _checks_of(store, cache):
        on_step(name)
        checks.append(Check(name))
        try:
            check(checks[-1])
        except (OSError, RuntimeError) as error:  # RuntimeError is how Oxigraph reports damage
            raise StoreError(f"{store.path}: cannot be read ({error}): restore a backup, or build it anew.") from error
    return Inspection(store.counts(), tuple(checks))


def _checks_of(store: WritableStore, cache: Path) -> Iterator[tuple[str, Callable[[Check], None]]]:
    """Yield what is to be looked at, with what looks at it."""
    yield "documents conform to the shapes and are whole", partial(_check_documents, store)
    apart, shared = "no triple stands in two graphs", "what documents share is what follows from them"
    if isinstance(store, RemoteStore):
        yield apart, partial(_check_apart_there, store)
        yield shared, partial(_check_shared, store)
        yield "the newest revision is of the store as it is", partial(_check_revision, store)
        yield "the indexes in the cache say what the store says", partial(_check_cached, store, cache)
    else:
        yield apart, partial(_check_apart, store)
        yield shared, partial(_check_shared, store)
        yield "the checkpoint is of the store as it is", partial(_check_checkpoint, store)
        yield "the indexes say what the checkpoint says", partial(_check_indexes, store)


def _check_documents(store: WritableStore, check: Check) -> None:
    shapes, names = Shapes.load(), store.namespaces
    for graph in store.document_graphs():
        triples = store.read_graph(graph)
        for fault in (*shapes.check_triples(triples), *_find_orphans(triples, graph, names)):
            check.add(fault)


def _find_orphans(triples: Iterable[Triple], graph: str, names: Namespaces) -> Iterator[str]:
    """Yield what a document's graph has without the document, facts without evidence, and evidence without a fact."""
    document = f"<{graph.removesuffix('/graph')}>"
    owned, evidence, quoted, belonging = set[str](), set[str](), set[str](), set[str]()
    is_described = False
    for subject, predicate, object_ in triples:
        if predicate == _TYPE:
            is_described = is_described or (subject == document and object_ == _ARTICLE)
            owned.update((subject,) if object_ in _OWNED else ())
            evidence.update((subject,) if object_ == _EVIDENCE else ())
        elif predicate == _IN_DOCUMENT and object_ == document:
            belonging.add(subject)
        elif predicate.endswith(_QUOTED):
            quoted.add(object_)
    if not is_described:
        yield f"{document}: has a graph, but is not described in it"
    yield from (f"{node}: belongs to no document, or to another one" for node in sorted(owned - belonging))
    yield from (f"{node}: is evidence of nothing" for node in sorted(evidence - quoted))
    yield from (f"{node}: is quoted, but is not there" for node in sorted(quoted - evidence))


def _check_apart(store: EmbeddedStore, check: Check) -> None:
    # Oxigraph gives quads in the order of subject, predicate, object, graph: the same triple comes twice in a row.
    before: tuple[object, object, object] | None = None
    for quad in store.quads():
        triple = (quad.subject, quad.predicate, quad.object)
        if triple == before:
            check.add(f"{quad.subject} {quad.predicate} {quad.object}"[:200])
        before = triple


def _check_apart_there(store: RemoteStore, check: Check) -> None:
    query = (package_folder("store") / "sparql" / "remote-doubled.rq").read_text(encoding="utf-8")
    for _, *said in store.iterate(query, {"base": Iri(store.namespaces.base)}):
        check.add(" ".join(term or "" for term in said)[:200])


def _check_shared(store: WritableStore, check: Check) -> None:
    change = store.plan_anew()
    for line in change.removals.splitlines():
        check.add(f"follows from no document: {line[:200]}")
    for line in change.added().splitlines():
        check.add(f"is missing: {line[:200]}")


def _check_checkpoint(store: EmbeddedStore, check: Check) -> None:
    if (store.path / "changed").exists():
        check.add("something has been written since: finish `rawabit build`, or run `rawabit compact`")
        return
    copy = Store.read_only(str(current_checkpoint(store.path) / DATA))
    if len(copy) != store.counts().quads:
        check.add(f"has {len(copy)} quads, the store {store.counts().quads}: run `rawabit compact`")


def _check_revision(store: RemoteStore, check: Check) -> None:
    state = find_state(store, store.namespaces.base)
    if state is None or not state.revision or state.is_changed:
        check.add("something has been written since, or nothing was finished yet: finish `rawabit build`")


def _check_indexes(store: EmbeddedStore, check: Check) -> None:
    checkpoint = current_checkpoint(store.path)
    _check_against(checkpoint, Store.read_only(str(checkpoint / DATA)), "`rawabit compact` makes it anew", check)


def _check_cached(store: RemoteStore, cache: Path, check: Check) -> None:
    state = find_state(store, store.namespaces.base)
    folder = find_indexes(store.endpoint, state, cache) if state is not None and not state.is_changed else None
    if folder is not None and has_indexes(folder):
        data = cast(Store, RemoteView(store))
        _check_against(folder, data, f"remove {folder}, and it is made anew", check)


def _check_against(folder: Path, data: Store, next_step: str, check: Check) -> None:
    """Note by what the indexes of a folder differ from those that are made of data."""
    with tempfile.TemporaryDirectory() as made:
        for name, write, said in ((NAMES, write_index, _NAMES_SAID), (FACTS, write_facts, _FACTS_SAID)):
            anew = Path(made) / name
            write(anew, data)
            for fault in _compare(folder / name, anew, said):
                check.add(f"{name}: {fault}; {next_step}")


def _compare(stands: Path, anew: Path, said: str) -> Iterator[str]:
    """Yield the rows in which two indexes differ, compared by the database itself."""
    with closing(sqlite3.connect(f"file:{anew}?mode=ro", uri=True)) as connection:
        try:
            connection.execute("ATTACH ? AS old", (f"file:{stands}?mode=ro",))
            other = said.replace("FROM fact", "FROM old.fact").replace("FROM actor", "FROM old.actor")
            other = other.replace("JOIN ", "JOIN old.")
            for words, one, two in (("is missing", said, other), ("is too much", other, said)):
                for row in connection.execute(f"{one} EXCEPT {two}"):
                    yield f"{' '.join(str(value) for value in row if value is not None)[:200]} {words}"
        except sqlite3.DatabaseError as error:
            yield f"cannot be read ({error})"
