"""What strangers write into a store, by SPARQL Update or graph by graph: what is derived stays what documents say."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from graph.errors import QueryError, ValidationError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Status
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import RW, Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.apart import writes_apart
from graph.store.checkpoint import Checkpoint
from graph.store.embedded import EmbeddedStore
from graph.store.fact_index import FactIndex

BASE = "https://graph.example/id/"
NAMES = Namespaces(BASE)
VOCABULARY = Vocabulary.load()
BOIEV = Entity("bo", EntityKind.PERSON, "سيرغي بويف", "Serhii Boiev", aliases=("بويف",), country="Q212")
PHILLIPS = Entity("ph", EntityKind.PERSON, "كيث فيليبس")
PREFIXES = f"PREFIX rw: <{RW}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
BOIEV_IRI, PHILLIPS_IRI = (NAMES.entity(each.kind, each.name) for each in (BOIEV, PHILLIPS))


def document(identifier: str, *predicates: str, status: Status = Status.ACTUAL) -> EncodedDocument:
    facts = tuple(Fact("bo", each, "ph", Evidence("نص", 0, 2), status=status) for each in predicates)
    extraction = Extraction(Document(identifier, "نص"), (BOIEV, PHILLIPS), facts)
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as opened:
        opened.replace_ontology(read_ontology())
        opened.put_documents([document("d1", "met", "criticized")])
        yield opened


def quads(store: EmbeddedStore) -> set[str]:
    store.gather_events()
    return {str(quad) for quad in store._store}


def shared(store: EmbeddedStore) -> set[str]:
    return {each for each in quads(store) if each.endswith(f"<{NAMES.shared_graph}>")}


def ties(store: EmbeddedStore) -> set[str]:
    """Return the relations of the plain triples."""
    predicates = {each.split()[1].removeprefix(f"<{RW}").removesuffix(">") for each in shared(store)}
    return predicates & VOCABULARY.relations.keys()


def update(store: EmbeddedStore, text: str) -> None:
    store.update(PREFIXES + text)
    store.derive_anew()


@pytest.mark.parametrize("seed", range(8))
def test_deriving_anew_changes_nothing_of_what_documents_gave(path: Path, store: EmbeddedStore, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(12):
        name = f"d{dice.randrange(4)}"
        if store.has_document(name) and dice.random() < 0.4:
            store.drop_documents([name])
        else:
            relations = dice.sample(["met", "criticized", "visited", "supplies"], dice.randrange(3))
            store.put_documents([document(name, *relations, status=dice.choice(list(Status)))])
    before = quads(store)
    (path / "underived").touch()
    store.derive_anew()
    assert quads(store) == before


def test_plain_triple_follows_the_status_of_its_fact(store: EmbeddedStore) -> None:
    assert ties(store) == {"met", "criticized"}
    change = 'DELETE { GRAPH ?g { ?f rw:status "actual" } } INSERT { GRAPH ?g { ?f rw:status "denied" } }'
    update(store, f"{change} WHERE {{ GRAPH ?g {{ ?f rw:status 'actual' ; rdf:predicate rw:met }} }}")
    assert ties(store) == {"criticized"}


def test_name_that_is_added_to_an_appearance_becomes_a_label(store: EmbeddedStore) -> None:
    update(
        store, f'INSERT {{ GRAPH ?g {{ ?a rw:alias "بوف"@ar }} }} WHERE {{ GRAPH ?g {{ ?a rw:entity <{BOIEV_IRI}> }} }}'
    )
    assert any("altLabel" in each and '"بوف"@ar' in each for each in shared(store))


def test_dropping_a_documents_graph_withdraws_the_document(store: EmbeddedStore) -> None:
    update(store, f"DROP GRAPH <{NAMES.document_graph('d1')}>")
    assert shared(store) == set()
    assert not store.has_document("d1")


def test_what_is_written_into_the_shared_graph_is_derived_away(store: EmbeddedStore) -> None:
    before = quads(store)
    graph = f"GRAPH <{NAMES.shared_graph}>"
    update(
        store, f"DELETE WHERE {{ {graph} {{ ?s rw:met ?o }} }} ; INSERT DATA {{ {graph} {{ rw:a rw:supplies _:b }} }}"
    )
    assert quads(store) == before


def test_graphs_of_ones_own_are_left_as_they_are_and_give_nothing(store: EmbeddedStore) -> None:
    before = shared(store)
    ends = f"rdf:subject <{BOIEV_IRI}> ; rdf:object <{PHILLIPS_IRI}>"
    fact = f"<urn:f> {ends} ; rdf:predicate rw:supplies ; rw:status 'actual' ; rw:statement <urn:statement>"
    update(store, f"INSERT DATA {{ GRAPH <urn:own> {{ {fact} }} }}")
    assert shared(store) == before
    assert sum(each.endswith("<urn:own>") for each in quads(store)) == 5
    store.drop_documents(["d1"])
    assert shared(store) == set()


def test_everything_may_be_cleared_and_built_again(store: EmbeddedStore) -> None:
    before = shared(store)
    update(store, "CLEAR ALL")
    assert quads(store) == set()
    store.replace_ontology(read_ontology())
    store.put_documents([document("d1", "met", "criticized")])
    assert shared(store) == before


@pytest.mark.parametrize(
    "nonsense",
    [
        "<urn:f> rw:status 'actual'",
        "<urn:f> rw:status 'actual' ; rdf:subject 'text' ; rdf:predicate rw:met ; rdf:object 1 ; rw:statement _:x",
        "<urn:f> rw:status 'actual' ; rdf:subject _:a ; rdf:predicate _:b ; rdf:object _:c ; rw:statement <urn:s>",
        "_:f rw:status 'actual' ; rdf:subject rw:a ; rdf:predicate rw:met ; rdf:object rw:b ; rw:statement <urn:s>",
        "<urn:a> rw:entity 'text' ; rw:name 'name'",
        "<urn:a> rw:entity _:x ; rw:name 'name'@ar",
        "<urn:a> rw:entity rw:x ; rw:name rw:y ; rw:kind 'kind' ; rw:wikidata 5 ; rw:country _:c",
        "<urn:a> rw:entity rw:x ; rw:name 'name'@ar--rtl ; rw:alias 5, 'a\"b\\\\c', '\\n\\t' ; rw:kind rw:Person",
        "<urn:a> rw:entity rw:x ; rw:alias <<( rw:a rw:b <<( rw:a rw:b 'c' )>> )>>",
        "rw:name rw:entity rw:name ; rw:name rw:name",
    ],
)
def test_nonsense_in_a_documents_graph_stops_neither_deriving_nor_building(store: EmbeddedStore, nonsense: str) -> None:
    graph = NAMES.document_graph("d1")
    update(store, f"INSERT DATA {{ GRAPH <{graph}> {{ {nonsense} }} GRAPH <{NAMES.shared_graph}> {{ {nonsense} }} }}")
    assert {"met", "criticized"} <= ties(store)
    store.put_documents([document("d1", "visited")])
    assert ties(store) == {"visited"}
    store.drop_documents(["d1"])
    assert shared(store) == set()


def test_update_that_cannot_be_made_changes_nothing(path: Path, store: EmbeddedStore) -> None:
    store.checkpoint()
    before = quads(store)
    with pytest.raises(QueryError, match="does not exist"):
        store.update("INSERT DATA { <urn:a> <urn:b> 1 } ; DROP GRAPH <urn:none>")
    assert quads(store) == before
    assert not (path / "changed").exists()
    assert not (path / "underived").exists()


def test_what_a_killed_writer_left_underived_is_derived_when_the_store_is_next_opened(path: Path) -> None:
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as store:
        store.put_documents([document("d1", "met")])
        store.update(f"DROP GRAPH <{NAMES.document_graph('d1')}>")
        assert ties(store) == {"met"}
    with EmbeddedStore.open(path) as store:
        assert ties(store) == set()
        store.checkpoint()
    with Checkpoint.open(path) as checkpoint:
        assert checkpoint.names.search("بويف") == ()


def test_relative_names_are_resolved_against_the_base_of_the_store(store: EmbeddedStore) -> None:
    update(store, "INSERT DATA { <x> <y> <z> }")
    assert f"<{BASE}x> <{BASE}y> <{BASE}z>" in quads(store)


def test_graph_is_put_in_the_place_of_another_or_added_to_it(store: EmbeddedStore) -> None:
    for graph, tail in (("urn:g", " <urn:g>"), ("", "")):
        store.put_graph(graph, f'<urn:a> <urn:b> "1"{tail} .\n', replace=True)
        store.put_graph(graph, f'<urn:a> <urn:b> "2"{tail} .\n', replace=False)
        assert {f'<urn:a> <urn:b> "1"{tail}', f'<urn:a> <urn:b> "2"{tail}'} <= quads(store)
        store.put_graph(graph, f'<urn:a> <urn:b> "3"{tail} .\n', replace=True)
        assert {each for each in quads(store) if each.startswith("<urn:a>") and each.endswith(f'"{tail}')} == {
            f'<urn:a> <urn:b> "3"{tail}'
        }
        store.drop_graph(graph)
        assert f'<urn:a> <urn:b> "3"{tail}' not in quads(store)


def test_graph_without_triples_is_there_until_it_is_dropped(store: EmbeddedStore) -> None:
    store.put_graph("urn:g", "", replace=True)
    assert store.has_graph("urn:g")
    store.drop_graph("urn:g")
    assert not store.has_graph("urn:g")


def test_graph_that_cannot_be_read_changes_nothing(store: EmbeddedStore) -> None:
    before = quads(store)
    with pytest.raises(ValidationError):
        store.put_graph("urn:g", "<urn:a> .\n", replace=True)
    assert quads(store) == before


# What stands apart


@pytest.mark.parametrize(
    ("update", "apart"),
    [
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", True),
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; DELETE WHERE { <urn:a> ?p ?o } ; CLEAR DEFAULT", True),
        ("INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { graph\n<urn:h> { ?s ?p ?o } } ; DROP GRAPH<urn:g>", True),
        (f"INSERT DATA {{ GRAPH <{BASE}mine> {{ <a> <b> 1 }} }}", False),
        ("INSERT DATA { GRAPH <g> { <urn:a> <urn:b> 1 } }", False),
        ("PREFIX x: <urn:x> INSERT DATA { GRAPH x:g { <urn:a> <urn:b> 1 } }", False),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", False),
        ("DELETE { GRAPH # <urn:g>\n ?g { ?s ?p ?o } } WHERE { GRAPH <urn:g> { ?s ?p ?o } }", False),
        (f"CLEAR GRAPH <{BASE}graph/known>", False),
        (f"CLEAR GRAPH <{BASE}document/d1/graph>", False),
        (rf"CLEAR GRAPH <{BASE.replace('g', chr(92) + 'u0067')}graph/known>", False),
        ("CLEAR ALL", False),
        ("drop named", False),
        ("COPY <urn:a> TO <urn:b>", False),
        ("MOVE <urn:a> TO <urn:b>", False),
        ("ADD <urn:a> TO <urn:b>", False),
        ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", False),
        ("INSERT DATA { <urn:a> <urn:b> 'a graph' }", False),
    ],
)
def test_an_update_stands_apart_where_that_is_plain(update: str, apart: bool) -> None:
    assert writes_apart(update, NAMES) is apart


def is_known(store: EmbeddedStore) -> bool:
    """Say whether the indexes of the next checkpoint can be made from those of the one before."""
    return not store._touched.everything


def test_the_indexes_are_kept_while_changes_stand_apart(path: Path, store: EmbeddedStore) -> None:
    store.checkpoint()
    for number, change in enumerate(
        (
            lambda: store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"),
            lambda: store.put_graph("urn:g", "<urn:a> <urn:b> <urn:c> <urn:g> .\n", replace=True),
            lambda: store.drop_graph("urn:g"),
        ),
        2,
    ):
        change()
        assert is_known(store)
        assert not (path / "underived").exists()
        store.checkpoint()
        with Checkpoint.open(path) as checkpoint:
            assert checkpoint.names.search("بويف")[0].iri == BOIEV_IRI
            assert checkpoint.number == number


@pytest.mark.parametrize(
    "change",
    [
        "INSERT DATA { GRAPH <urn:g> { <urn:a> a rw:Person } }",
        "INSERT DATA { GRAPH <urn:g> { <urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> 'a' } }",
        "INSERT DATA { <urn:a> rw:statement <urn:b> }",
        "DELETE { GRAPH ?g { ?f rw:status ?s } } WHERE { GRAPH ?g { ?f rw:status ?s } }",
    ],
)
def test_the_indexes_are_made_anew_where_a_change_means_something(store: EmbeddedStore, change: str) -> None:
    store.checkpoint()
    update(store, change)
    assert not is_known(store)
    store.checkpoint()
    update(store, "INSERT DATA { GRAPH <urn:h> { <urn:a> <urn:b> 1 } }")
    assert is_known(store) is ("DELETE" in change)


def test_documents_that_changed_besides_are_not_forgotten(path: Path, store: EmbeddedStore) -> None:
    store.checkpoint()
    update(store, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    store.drop_documents(["d1"])
    update(store, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 2 } }")
    store.checkpoint()
    with Checkpoint.open(path) as checkpoint:
        assert checkpoint.names.search("بويف") == ()


def test_store_of_a_version_that_derived_less_is_derived_anew(path: Path) -> None:
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as store:
        store.put_documents([document("d1", "met")])
        before = quads(store)
        made = store.checkpoint()
        for quad in list(store._store.quads_for_pattern(None, NamedNode(f"{RW}report"), None)):
            store._store.remove(quad)
        assert quads(store) != before
    with closing(sqlite3.connect(made / "facts.sqlite")) as index:
        index.execute("PRAGMA user_version=1")
    with EmbeddedStore.open(path) as opened:
        assert quads(opened) == before
        FactIndex.open(opened.checkpoint() / "facts.sqlite").close()


def test_events_are_gathered_by_who_opens_the_store_after_a_crash(path: Path) -> None:
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as store:
        store.put_documents([document("d1", "met")])
        assert (path / "eventless").exists()
        assert not any("occurrence" in str(quad) for quad in store._store)
    with EmbeddedStore.open(path) as opened:  # whose process before did not come to it
        assert not (path / "eventless").exists()
        assert any("#occurrence" in each for each in shared(opened))
        opened.drop_documents(["d1"])
        opened.checkpoint()
        assert shared(opened) == set()


def test_events_of_withdrawn_documents_go_when_the_store_is_opened_after_a_crash(path: Path) -> None:
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as store:
        store.put_documents([document("d1", "met"), document("d2", "met")])
        store.checkpoint()
        store.drop_documents(["d1"])
    with EmbeddedStore.open(path) as opened:  # whose process before did not come to a checkpoint
        kept = {str(quad) for quad in opened._store}
        assert any("#occurrence" in each and "/d2/" in each for each in kept)
        assert not any("/d1/" in each for each in kept)
        opened.drop_documents(["d2"])
    with EmbeddedStore.open(path) as emptied:
        assert emptied.read_graph(emptied.namespaces.shared_graph) == ()
