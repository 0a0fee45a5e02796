"""Writes the name index of a checkpoint from the labels and facts of an Oxigraph store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
ROWS_AT_ONCE = 20_000
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
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")
        rows = _Rows()
        for actor in _find_actors(store):
            rows.add(actor)
            if len(rows.names) >= ROWS_AT_ONCE:
                rows.write(connection)
        rows.write(connection)
        rows.write_words(connection)
        connection.commit()
    finally:
        connection.close()


@dataclass(slots=True)
class _Actor:
    """An entity on its way into the index; `labels` are all its names, the preferred ones first."""

    iri: str
    kind: EntityKind
    degree: int
    preferred: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Word:
    """A word of names: its number, the degree of its best-known actor, and in how many names it stands."""

    id: int
    degree: int
    names: int = 0


@dataclass(slots=True)
class _Rows:
    """Rows that wait to be written. Actors are numbered as they come, the best-known first: searches meet them so."""

    actors: list[tuple[int, str, str, str | None, str | None, int]] = field(default_factory=list)
    names: list[tuple[int, int, str, str, int, float]] = field(default_factory=list)
    placings: list[tuple[int, int]] = field(default_factory=list)
    words: dict[str, _Word] = field(default_factory=dict)
    actor_count: int = 0
    name_count: int = 0

    def add(self, actor: _Actor) -> None:
        """Take an actor in, with each of its names that is spelt differently."""
        number, self.actor_count = self.actor_count, self.actor_count + 1
        arabic, english = actor.preferred.get("ar"), actor.preferred.get("en")
        self.actors.append((number, actor.iri, actor.kind.value, arabic, english, actor.degree))
        labels = dict.fromkeys(actor.preferred.values(), 1.0)
        for alias in sorted(actor.aliases):
            labels.setdefault(alias, _ALIAS_WEIGHT)
        folds: set[str] = set()
        for label, weight in labels.items():
            folded = fold_name(label)
            if folded and folded not in folds:
                folds.add(folded)
                self._add_name(number, label, folded, weight, actor.degree)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits, but for words, whose use is known only at the end."""
        connection.executemany("INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?)", self.actors)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", self.names)
        connection.executemany(
            "INSERT INTO gram (rowid, folded) VALUES (?, ?)", ((row[0], row[3]) for row in self.names)
        )
        connection.executemany("INSERT INTO placing VALUES (?, ?)", self.placings)
        self.actors.clear()
        self.names.clear()
        self.placings.clear()

    def write_words(self, connection: sqlite3.Connection) -> None:
        """Write words, and the keys under which similar ones meet."""
        rows = ((word.id, text, word.degree, word.names) for text, word in self.words.items())
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", rows)
        variants = {(key, word.id) for text, word in self.words.items() for key in (text, *drop_letters(text))}
        connection.executemany("INSERT INTO variant VALUES (?, ?)", sorted(variants))
        connection.executescript("CREATE INDEX word_text ON word (text);")

    def _add_name(self, actor: int, label: str, folded: str, weight: float, degree: int) -> None:
        name, self.name_count = self.name_count, self.name_count + 1
        words = folded.split()
        self.names.append((name, actor, label, folded, len(words), weight))
        for text in set(words):
            word = self.words.setdefault(text, _Word(len(self.words), degree))
            word.names += 1
            self.placings.append((word.id, name))


def _find_actors(store: Store) -> list[_Actor]:
    """Return each entity once, the best-known first; of several kinds the first counts."""
    degrees = _count_facts(store)
    actors: dict[str, _Actor] = {}
    for kind in EntityKind:
        for quad in store.quads_for_pattern(None, _TYPE, NamedNode(RW + kind)):
            if isinstance(quad.subject, NamedNode) and quad.subject.value not in actors:
                iri = quad.subject.value
                actors[iri] = _Actor(iri, kind, degrees.get(iri, 0))
    for iri, text, language in _read_labels(store, _PREFERRED):
        if iri in actors:
            actors[iri].preferred[language] = text
    for iri, text, _ in _read_labels(store, _ALTERNATIVE):
        if iri in actors:
            actors[iri].aliases.append(text)
    return sorted(actors.values(), key=lambda actor: (-actor.degree, actor.iri))


def _read_labels(store: Store, predicate: NamedNode) -> Iterator[tuple[str, str, str]]:
    for quad in store.quads_for_pattern(None, predicate, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value, quad.object.language or ""


def _count_facts(store: Store) -> Mapping[str, int]:
    query = (package_folder("store") / "sparql" / "degrees.rq").read_text(encoding="utf-8")
    return {str(entity): int(count or 0) for entity, count in QueryEngine(store).iterate(query)}
