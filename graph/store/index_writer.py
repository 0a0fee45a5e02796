"""Writes the name index of a checkpoint from the labels and facts of an Oxigraph store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from ..model import EntityKind
from ..rdf.namespaces import RDF, RW, SKOS
from ..resources import package_folder
from ..text.fold import fold_name
from .engine import QueryEngine
from .spelling import drop_letters

_PREFERRED, _ALTERNATIVE = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_TYPE = NamedNode(RDF + "type")
_ALIAS_WEIGHT = 0.97
_TABLES = """
CREATE TABLE actor (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, ar TEXT, en TEXT, degree INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, actor INTEGER, label TEXT, folded TEXT, words INTEGER, weight REAL);
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, degree INTEGER, names INTEGER);
CREATE TABLE placing (word INTEGER, name INTEGER, PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE TABLE variant (key TEXT, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5(folded, content='', tokenize='trigram');
"""


def write_index(path: Path, store: Store) -> None:
    """Write a new index file: each entity once, with all its labels, its kind and the number of its facts."""
    degrees = _count_facts(store)
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.executescript(_TABLES)
        writer = _Writer(connection, store)
        for degree, iri, kind in sorted(_find_entities(store, degrees), key=lambda found: (-found[0], found[1])):
            writer.add(NamedNode(iri), kind, degree)
        writer.finish()
        connection.commit()
    finally:
        connection.close()


class _Writer:
    """Numbers actors, names and words as they come: the strongest actor first, so that searches meet it first."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._connection = connection
        self._store = store
        self._actors = 0
        self._words: dict[str, int] = {}
        self._degrees: list[int] = []
        self._uses: list[int] = []
        self._names = 0

    def add(self, node: NamedNode, kind: EntityKind, degree: int) -> None:
        """Take an entity in."""
        actor, self._actors = self._actors, self._actors + 1
        preferred = dict(self._read_labels(node, _PREFERRED))
        labels = dict.fromkeys(preferred.values(), 1.0)
        for _, text in self._read_labels(node, _ALTERNATIVE):
            labels.setdefault(text, _ALIAS_WEIGHT)
        self._connection.execute(
            "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?)",
            (actor, node.value, kind.value, preferred.get("ar"), preferred.get("en"), degree),
        )
        folds: set[str] = set()
        for label, weight in labels.items():
            folded = fold_name(label)
            if folded and folded not in folds:
                folds.add(folded)
                self._add_name(actor, label, folded, weight, degree)

    def finish(self) -> None:
        """Write what could only be known at the end: words, and the keys that similar words share."""
        rows = (
            (identifier, text, self._degrees[identifier], self._uses[identifier])
            for text, identifier in self._words.items()
        )
        self._connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", rows)
        variants = {
            (key, identifier) for text, identifier in self._words.items() for key in (text, *drop_letters(text))
        }
        self._connection.executemany("INSERT INTO variant VALUES (?, ?)", sorted(variants))
        self._connection.executescript("CREATE INDEX word_text ON word (text);")

    def _add_name(self, actor: int, label: str, folded: str, weight: float, degree: int) -> None:
        name, self._names = self._names, self._names + 1
        words = folded.split()
        self._connection.execute(
            "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", (name, actor, label, folded, len(words), weight)
        )
        self._connection.execute("INSERT INTO gram (rowid, folded) VALUES (?, ?)", (name, folded))
        for word in set(words):
            identifier = self._words.setdefault(word, len(self._words))
            if identifier == len(self._degrees):
                self._degrees.append(degree)
                self._uses.append(0)
            self._uses[identifier] += 1
            self._connection.execute("INSERT INTO placing VALUES (?, ?)", (identifier, name))

    def _read_labels(self, node: NamedNode, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(node, predicate, None):
            if isinstance(quad.object, Literal):
                yield quad.object.language or "", quad.object.value


def _find_entities(store: Store, degrees: Mapping[str, int]) -> Iterator[tuple[int, str, EntityKind]]:
    """Yield each entity once with its degree; of several kinds the first counts."""
    seen: set[str] = set()
    for kind in EntityKind:
        for quad in store.quads_for_pattern(None, _TYPE, NamedNode(RW + kind)):
            if isinstance(quad.subject, NamedNode) and quad.subject.value not in seen:
                seen.add(quad.subject.value)
                yield degrees.get(quad.subject.value, 0), quad.subject.value, kind


def _count_facts(store: Store) -> Mapping[str, int]:
    query = (package_folder("store") / "sparql" / "degrees.rq").read_text(encoding="utf-8")
    return {str(entity): int(count or 0) for entity, count in QueryEngine(store).iterate(query)}
