"""Brings copies of a checkpoint's indexes up to date where it is known what has changed since it was made.

New names are numbered after all others, so of a very frequent word a search meets them last, until the index is made
from nothing again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from ..model import EntityKind
from ..rdf.namespaces import ORG, RDF, RW, SKOS
from ..text.sound import romanize, skeletons
from .fact_index_writer import replace_documents
from .index_writer import IndexedActor, words_of
from .spelling import drop_letters

_TYPE, _STATEMENT = NamedNode(f"{RDF}type"), NamedNode(f"{RW}statement")
_BELONGING = (f"{RW}country", f"{RW}madeBy", f"{ORG}subOrganizationOf")
_SAID_OF = (f"{SKOS}altLabel", f"{SKOS}exactMatch", *_BELONGING)
_SAID_BY = (f"{ORG}member", f"{ORG}organization", *_BELONGING)


def update_facts(before: Path, after: Path, store: Store, documents: Iterable[str], entities: Iterable[str]) -> None:
    """Copy the index of facts; take the facts of some documents and the kinds of some entities from the store."""
    shutil.copyfile(before, after)
    connection = sqlite3.connect(after)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        replace_documents(connection, store, sorted(documents))
        for iri in sorted(entities):
            actor = _read_actor(store, iri)
            connection.execute("UPDATE node SET kind = ? WHERE iri = ?", (actor.kind.value if actor else None, iri))
        connection.commit()
    finally:
        connection.close()


def update_names(before: Path, after: Path, store: Store, entities: Iterable[str]) -> None:
    """Copy the index of names; take some entities from the store."""
    shutil.copyfile(before, after)
    connection = sqlite3.connect(after)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        for iri in sorted(entities):
            _update_actor(connection, iri, _read_actor(store, iri))
        connection.commit()
    finally:
        connection.close()


def _update_actor(connection: sqlite3.Connection, iri: str, actor: IndexedActor | None) -> None:
    row = connection.execute("SELECT id, kind FROM actor WHERE iri = ?", (iri,)).fetchone()
    number, kind = row or (_next(connection, "actor"), None)
    stored = connection.execute(
        "SELECT label, folded, weight FROM name WHERE actor = ? ORDER BY id", (number,)
    ).fetchall()
    wanted = actor.names() if actor else []
    if stored != wanted or actor is None or kind != actor.kind:
        _remove_names(connection, number)
        for name in wanted:
            if actor is not None:
                _add_name(connection, number, actor, *name)
    connection.execute("DELETE FROM actor WHERE id = ?", (number,))
    if actor is not None:
        connection.execute("INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?)", actor.row(number))


def _remove_names(connection: sqlite3.Connection, actor: int) -> None:
    for name, folded in connection.execute("SELECT id, folded FROM name WHERE actor = ?", (actor,)).fetchall():
        connection.execute(
            "UPDATE word SET names = names - 1 WHERE id IN (SELECT word FROM placing WHERE name = ?)", (name,)
        )
        connection.execute(
            "DELETE FROM placing WHERE (word, kind, name) IN (SELECT word, kind, name FROM placing WHERE name = ?)",
            (name,),
        )
        # The trigrams of a table without contents are found by these again.
        connection.execute("INSERT INTO gram (gram, rowid, folded) VALUES ('delete', ?, ?)", (name, folded))
        connection.execute("DELETE FROM name WHERE id = ?", (name,))


def _add_name(
    connection: sqlite3.Connection, number: int, actor: IndexedActor, label: str, folded: str, weight: float
) -> None:
    name = _next(connection, "name")
    row = (name, number, label, folded, len(folded.split()), weight)
    connection.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO gram (rowid, folded) VALUES (?, ?)", (name, folded))
    for text in sorted(words_of(label, folded)):
        found = connection.execute("SELECT id FROM word WHERE text = ?", (text,)).fetchone()
        word = found[0] if found else _add_word(connection, text)
        connection.execute(
            "UPDATE word SET names = names + 1, weight = max(weight, ?) WHERE id = ?", (actor.weight, word)
        )
        connection.execute("INSERT INTO placing VALUES (?, ?, ?)", (word, actor.kind.value, name))


def _add_word(connection: sqlite3.Connection, text: str) -> int:
    word = _next(connection, "word")
    connection.execute("INSERT INTO word VALUES (?, ?, ?, 0, 0)", (word, text, romanize(text)))
    variants = [(key, word) for key in sorted({text, *drop_letters(text)})]
    connection.executemany("INSERT INTO variant VALUES (?, ?)", variants)
    connection.executemany("INSERT INTO skeleton VALUES (?, ?)", [(key, word) for key in skeletons(text)])
    return word


def _next(connection: sqlite3.Connection, table: str) -> int:
    (highest,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
    return 0 if highest is None else int(highest) + 1


def _read_actor(store: Store, iri: str) -> IndexedActor | None:
    """Return what the store says of an entity, or None where it says of no kind that it is.

    It counts what sparql/degrees.rq and sparql/statements.rq count of all, by the store's own indexes: bound to one
    entity, a query of two branches would look at all the others, too.
    """
    entity = NamedNode(iri)
    kinds = {quad.object for quad in store.quads_for_pattern(entity, _TYPE, None)}
    kind = next((kind for kind in EntityKind if NamedNode(RW + kind) in kinds), None)
    if kind is None:
        return None
    degree = sum(_count_facts(store, NamedNode(RDF + side), entity) for side in ("subject", "object"))
    said = sum(_count(store, entity, NamedNode(name), None) for name in _SAID_OF)
    of_others = sum(_count(store, None, NamedNode(name), entity) for name in _SAID_BY)
    actor = IndexedActor(iri, kind, degree, degree + said + of_others)
    for label in _labels(store, entity, "prefLabel"):
        actor.preferred[label.language or ""] = label.value
    actor.aliases.extend(label.value for label in _labels(store, entity, "altLabel"))
    return actor


def _labels(store: Store, entity: NamedNode, name: str) -> list[Literal]:
    found = (quad.object for quad in store.quads_for_pattern(entity, NamedNode(SKOS + name), None))
    return [label for label in found if isinstance(label, Literal)]


def _count_facts(store: Store, side: NamedNode, entity: NamedNode) -> int:
    facts = (quad.subject for quad in store.quads_for_pattern(None, side, entity))
    return sum(_count(store, fact, _STATEMENT, None) for fact in facts if isinstance(fact, NamedNode))


def _count(store: Store, subject: NamedNode | None, predicate: NamedNode, object_: NamedNode | None) -> int:
    return sum(1 for _ in store.quads_for_pattern(subject, predicate, object_))
