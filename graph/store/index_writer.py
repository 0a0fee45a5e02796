"""Writes the name index of a checkpoint from the labels and facts of an Oxigraph store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from ..model import EntityKind
from ..rdf.namespaces import RDF, RW, SKOS
from ..resources import package_folder
from ..text.sound import romanize, skeletons
from .engine import QueryEngine
from .index import INDEX_FORMAT
from .spelling import drop_letters, fold_label, join_pairs

_PREFERRED, _ALTERNATIVE = NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "altLabel")
_TYPE = NamedNode(RDF + "type")
_ALIAS_WEIGHT = 0.97
ROWS_AT_ONCE = 20_000
ActorRow: TypeAlias = tuple[int, str, str, str | None, str | None, int, float]
_TABLES = """
CREATE TABLE actor (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, ar TEXT, en TEXT, degree INTEGER, weight REAL);
CREATE TABLE name (id INTEGER PRIMARY KEY, actor INTEGER, label TEXT, folded TEXT, words INTEGER, weight REAL);
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, sound TEXT, weight REAL, names INTEGER);
CREATE TABLE placing (word INTEGER, kind TEXT, name INTEGER, PRIMARY KEY (word, kind, name)) WITHOUT ROWID;
CREATE TABLE variant (key TEXT, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5(folded, content='', tokenize='trigram');
"""
_INDEXES = """
CREATE INDEX word_text ON word (text);
CREATE INDEX placing_name ON placing (name, word);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_actor ON name (actor);
CREATE INDEX actor_iri ON actor (iri);
CREATE INDEX actor_fame ON actor (degree DESC, weight DESC, iri);
"""


def write_index(path: Path, store: Store) -> None:
    """Write a new index file: each entity once, with all its labels, its kind and the number of its facts."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={INDEX_FORMAT}; {_TABLES}"
        )
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
class IndexedActor:
    """An entity on its way into the index; `weight` says how much the graph says of it, facts and all else."""

    iri: str
    kind: EntityKind
    degree: int
    weight: float
    preferred: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)

    def row(self, number: int) -> ActorRow:
        """Return the row of the actor."""
        arabic, english = self.preferred.get("ar"), self.preferred.get("en")
        return number, self.iri, self.kind.value, arabic, english, self.degree, self.weight

    def names(self) -> list[tuple[str, str, float]]:
        """Return each name that is spelt differently: as it is written, folded, and how much it counts."""
        labels = dict.fromkeys(sorted(self.preferred.values()), 1.0)
        for alias in sorted(self.aliases):
            labels.setdefault(alias, _ALIAS_WEIGHT)
        names: dict[str, tuple[str, str, float]] = {}
        for label, weight in labels.items():
            folded = fold_label(label)
            if folded:
                names.setdefault(folded, (label, folded, weight))
        return [*names.values()]


@dataclass(slots=True)
class _Word:
    """A word of names: its number, the weight of its best-known actor, and in how many names it stands."""

    id: int
    weight: float
    names: int = 0


@dataclass(slots=True)
class _Rows:
    """Rows that wait to be written. Actors are numbered as they come, the best-known first: searches meet them so."""

    actors: list[ActorRow] = field(default_factory=list)
    names: list[tuple[int, int, str, str, int, float]] = field(default_factory=list)
    placings: list[tuple[int, str, int]] = field(default_factory=list)
    words: dict[str, _Word] = field(default_factory=dict)
    actor_count: int = 0
    name_count: int = 0

    def add(self, actor: IndexedActor) -> None:
        """Take an actor in, with each of its names that is spelt differently."""
        number, self.actor_count = self.actor_count, self.actor_count + 1
        self.actors.append(actor.row(number))
        for label, folded, weight in actor.names():
            self._add_name(number, actor, label, folded, weight)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits, but for words, whose use is known only at the end."""
        connection.executemany("INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?)", self.actors)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", self.names)
        connection.executemany(
            "INSERT INTO gram (rowid, folded) VALUES (?, ?)", ((row[0], row[3]) for row in self.names)
        )
        connection.executemany("INSERT INTO placing VALUES (?, ?, ?)", self.placings)
        self.actors.clear()
        self.names.clear()
        self.placings.clear()

    def write_words(self, connection: sqlite3.Connection) -> None:
        """Write words, and the keys under which similar ones meet."""
        rows = ((word.id, text, romanize(text), word.weight, word.names) for text, word in self.words.items())
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", rows)
        variants = ((key, word.id) for text, word in self.words.items() for key in {text, *drop_letters(text)})
        _write_sorted(connection, "variant", variants)
        sounds = ((key, word.id) for text, word in self.words.items() for key in skeletons(text))
        _write_sorted(connection, "skeleton", sounds)
        connection.executescript(_INDEXES)

    def _add_name(self, number: int, actor: IndexedActor, label: str, folded: str, weight: float) -> None:
        name, self.name_count = self.name_count, self.name_count + 1
        words = folded.split()
        self.names.append((name, number, label, folded, len(words), weight))
        for text in words_of(label, folded):
            word = self.words.setdefault(text, _Word(len(self.words), actor.weight))
            word.weight = max(word.weight, actor.weight)
            word.names += 1
            self.placings.append((word.id, actor.kind.value, name))


def _write_sorted(connection: sqlite3.Connection, table: str, keys: Iterable[tuple[str, int]]) -> None:
    """Write keys of words into a table that stands in their order; an archive has more of them than memory should."""
    connection.execute("CREATE TEMP TABLE found (key TEXT, word INTEGER)")
    connection.executemany("INSERT INTO found VALUES (?, ?)", keys)
    connection.execute(f"INSERT INTO {table} SELECT key, word FROM found ORDER BY key, word")
    connection.execute("DROP TABLE found")


def words_of(label: str, folded: str) -> set[str]:
    """Return the words under which a name is found: its own, and those that many write as one."""
    return {*folded.split(), *(pair for _, pair in join_pairs(label))}


def _find_actors(store: Store) -> list[IndexedActor]:
    """Return each entity once, the best-known first; of several kinds the first counts."""
    degrees, statements = _count(store, "degrees"), _count(store, "statements")
    actors: dict[str, IndexedActor] = {}
    for kind in EntityKind:
        for quad in store.quads_for_pattern(None, _TYPE, NamedNode(RW + kind)):
            if isinstance(quad.subject, NamedNode) and quad.subject.value not in actors:
                iri = quad.subject.value
                degree = degrees.get(iri, 0)
                actors[iri] = IndexedActor(iri, kind, degree, degree + statements.get(iri, 0))
    for iri, text, language in _read_labels(store, _PREFERRED):
        if iri in actors:
            actors[iri].preferred[language] = text
    for iri, text, _ in _read_labels(store, _ALTERNATIVE):
        if iri in actors:
            actors[iri].aliases.append(text)
    return sorted(actors.values(), key=lambda actor: (-actor.degree, -actor.weight, actor.iri))


def _read_labels(store: Store, predicate: NamedNode) -> Iterator[tuple[str, str, str]]:
    for quad in store.quads_for_pattern(None, predicate, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value, quad.object.language or ""


def _count(store: Store, name: str) -> Mapping[str, int]:
    query = (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
    return {str(entity): int(count or 0) for entity, count in QueryEngine(store).iterate(query)}
