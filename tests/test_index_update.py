"""Indexes that are brought up to date say what indexes that are made from nothing say."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Quantity
from graph.rdf.corrections import Corrections, put_in, statement_namer
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.terms import Triple
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.derive import Revision
from graph.store.embedded import EmbeddedStore
from graph.store.fact_index_writer import write_facts
from graph.store.index import NameIndex
from graph.store.index_writer import write_index
from graph.store.journal import Change

NAMES = Namespaces("https://graph.example/id/")
VOCABULARY = Vocabulary.load()
PEOPLE = ("سيرغي لافروف", "عبد الله الثاني", "كيث", "Ömer Çelik", "نور الدين", "جو بايدن")
QUERIES = ("لافروف", "عبدالله", "lavrov", "كيت", "omer", "نورالدين", "بايدن", "ا")
DUMPS = {
    "names": (
        "SELECT iri, kind, ar, en, degree, weight FROM actor",
        "SELECT iri, label, folded, words, n.weight FROM name AS n JOIN actor ON actor.id = actor",
        "SELECT text, sound, names FROM word WHERE names > 0",
        "SELECT text, placing.kind, label FROM placing JOIN word ON word.id = word JOIN name ON name.id = name",
        "SELECT DISTINCT key, text FROM variant JOIN word ON word.id = word WHERE names > 0",
        "SELECT DISTINCT key, text FROM skeleton JOIN word ON word.id = word WHERE names > 0",
    ),
    "facts": (
        "SELECT d.iri, d.published, d.source, d.title, r.iri FROM document AS d JOIN document AS r ON r.id = d.report",
        "SELECT f.iri, s.iri, s.kind, relation, o.iri, o.kind, status, d.iri, r.iri, confidence, date, f.published, "
        "happened, earliest, latest FROM fact AS f JOIN node AS s ON s.id = subject JOIN node AS o ON o.id = object "
        "JOIN document AS d ON d.id = document JOIN document AS r ON r.id = f.report",
        "SELECT iri, event, value, unit, bound FROM fact",
        "SELECT e.iri, s.iri, relation, o.iri, happened, earliest, latest, confidence, facts, documents, reports, "
        "sources, actual, planned, possible, denied, amounts_differ FROM event AS e JOIN node AS s ON s.id = subject "
        "JOIN node AS o ON o.id = object",
    ),
}


def document(chance: random.Random, identifier: str) -> EncodedDocument:
    """Return a document in which some people met, under one of their names and now and then of another kind."""
    chosen = chance.sample(range(len(PEOPLE)), 3)
    people = tuple(
        Entity(
            f"e{number}",
            EntityKind.PERSON,
            PEOPLE[number],
            wikidata=f"Q{number + 1}" if number < 3 else None,
            aliases=(f"{PEOPLE[number]} {chance.randrange(3)}",),
        )
        for number in chosen
    )
    some = Quantity("عدد", chance.randrange(3), "طن")
    one, two, three = (person.id for person in people)
    facts = (
        Fact(one, "met", two, Evidence("نص", 0, 2), date=chance.choice((None, "2024", "2024-05-06")), quantity=some),
        Fact(two, "criticized", three, Evidence("نص", 0, 2)),
    )
    published = chance.choice((None, "2024-01-30", "2024-01-31"))
    extraction = Extraction(
        Document(identifier, chance.choice(("نص", "كلام آخر")), published=published),
        people,
        facts[: chance.randrange(3)],
    )
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY)


def dump(path: Path, kind: str) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        return [sorted(map(tuple, database.execute(query)), key=repr) for query in DUMPS[kind]]


@pytest.mark.parametrize("seed", range(4))
def test_changes_lead_to_what_a_new_index_says(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=NAMES.base) as store:
        store.replace_ontology(read_ontology())
        store.put_documents([document(chance, f"d{number}") for number in range(4)])
        store.checkpoint()
        for step in range(8):
            stored = [number for number in range(8) if store.has_document(f"d{number}")]
            if len(stored) > 2 and chance.random() < 0.4:
                store.drop_documents([f"d{chance.choice(stored)}"])
            else:
                store.put_documents([document(chance, f"d{chance.randrange(8)}") for _ in range(2)])
            assert not store._touched.everything
            made = store.checkpoint()
            write_index(tmp_path / f"names{step}", store._store)
            write_facts(tmp_path / f"facts{step}", store._store)
            assert dump(made / "names.sqlite", "names") == dump(tmp_path / f"names{step}", "names")
            assert dump(made / "facts.sqlite", "facts") == dump(tmp_path / f"facts{step}", "facts")
            ours, theirs = NameIndex.open(made / "names.sqlite"), NameIndex.open(tmp_path / f"names{step}")
            for query in QUERIES:
                assert {each.iri for each in ours.search(query)} == {each.iri for each in theirs.search(query)}
            ours.close()
            theirs.close()


def test_what_cannot_be_followed_makes_indexes_from_nothing(tmp_path: Path) -> None:
    chance = random.Random(1)
    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=NAMES.base) as store:
        store.put_documents([document(chance, "d1")])
        store.checkpoint()
        store.put_documents([document(chance, "d2")])
    with EmbeddedStore.open(tmp_path / "store") as store:  # it is not known what the process before has changed
        made = store.checkpoint()
        write_facts(tmp_path / "facts", store._store)
        assert dump(made / "facts.sqlite", "facts") == dump(tmp_path / "facts", "facts")
        store.update("DELETE WHERE { GRAPH ?g { ?fact <https://rawabit.example/ns#status> ?status } }")
        store.derive_anew()
        made = store.checkpoint()
    assert dump(made / "facts.sqlite", "facts")[1] == []


@pytest.mark.parametrize("way", ["new", "corrected", "replaced", "withdrawn", "updated", "two checkpoints"])
def test_record_of_a_new_store_says_what_the_store_says(tmp_path: Path, way: str) -> None:
    chance = random.Random(3)
    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=NAMES.base) as store:
        store.replace_ontology(read_ontology())
        for batch in range(2):
            store.put_documents([document(chance, f"d{batch}{number}") for number in range(6)])
        match way:
            case "corrected":
                name = statement_namer(NAMES, store.symmetric_relations())
                moved = Corrections(
                    nodes={f"<{NAMES.base}entity/Q1>": f"<{NAMES.base}entity/Q9>"},
                    wrong=frozenset({fact for fact, _, _ in facts_of(store, "d00")}),
                )
                for number in range(6):
                    before = store.read_graph(NAMES.document_graph(f"d0{number}"))
                    after = tuple(dict.fromkeys(put_in(before, moved, statement=name)))
                    store.revise_documents([Revision(NAMES.document_graph(f"d0{number}"), before, after)])
            case "replaced":
                store.put_documents([document(chance, "d00"), document(chance, "d9")])
            case "withdrawn":
                store.drop_documents(["d01"])
            case "updated":
                store.update('DELETE WHERE { ?fact <https://rawabit.example/ns#status> "actual" }')
                store.derive_anew()
            case "two checkpoints":
                store.checkpoint()
                store.put_documents([document(chance, "d9")])
        assert store._record.is_due == (way in ("new", "corrected"))
        made = store.checkpoint()
        write_facts(tmp_path / "facts", store._store)
        assert store.plan_anew() == Change()
    assert dump(made / "facts.sqlite", "facts") == dump(tmp_path / "facts", "facts")
    assert dump(made / "facts.sqlite", "facts")[1] or way == "updated"


def facts_of(store: EmbeddedStore, identifier: str) -> list[Triple]:
    """Return the triples that say what status the facts of a document are of."""
    triples = store.read_graph(NAMES.document_graph(identifier))
    return [triple for triple in triples if triple[1] == "<https://rawabit.example/ns#status>"]
