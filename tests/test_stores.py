"""A store keeps what documents say, once each, replaces and withdraws it: on disk and at an endpoint alike."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.config import Settings
from graph.errors import NotFoundError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Status
from graph.rdf.corrections import Corrections, put_in, statement_namer
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.known import encode_known
from graph.rdf.namespaces import RW, SKOS, Namespaces
from graph.rdf.terms import Iri, Triple
from graph.rdf.validate import Shapes
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.resolve.known import KnownEntity
from graph.store.derive import Revision
from graph.store.embedded import EmbeddedStore
from graph.store.places import open_store
from graph.store.remote import RemoteStore

BASE = "https://graph.example/id/"
NAMES = Namespaces(BASE)
VOCABULARY, ONTOLOGY = Vocabulary.load(), tuple(read_ontology())
UKRAINE = Entity("ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212")
BOIEV = Entity("bo", EntityKind.PERSON, "سيرغي بويف", "Serhii Boiev", aliases=("بويف",), country="Q212")
PHILLIPS = Entity("ph", EntityKind.PERSON, "كيث فيليبس")
UA_ROW = KnownEntity("country:ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212", ("اوكرانيا",))


def fact(subject: str = "bo", predicate: str = "met", object_: str = "ph", **more: object) -> Fact:
    return Fact(subject, predicate, object_, Evidence("نص", 0, 2), **more)  # type: ignore[arg-type]


def document(
    identifier: str,
    *facts: Fact,
    entities: tuple[Entity, ...] = (UKRAINE, BOIEV, PHILLIPS),
    text: str = "نص",
    published: str | None = None,
) -> EncodedDocument:
    extraction = Extraction(Document(identifier, text, None, published), entities, facts)
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY, content_hash=f"hash of {text}")


def iri(entity: Entity) -> str:
    return NAMES.entity(entity.kind, entity.name, wikidata=entity.wikidata, known=entity.known)


Store = EmbeddedStore | RemoteStore


@pytest.fixture(params=["embedded", "remote"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a store may be made: a folder, or a real endpoint that is empty."""
    return request.getfixturevalue("endpoint_place") if request.param == "remote" else tmp_path / "store"


@pytest.fixture
def reopen(place: Path, tmp_path: Path) -> Callable[[], AbstractContextManager[Store]]:
    """The means to open the store for writing."""
    settings = Settings(store=place, base_iri=BASE, cache=tmp_path / "cache")
    return lambda: open_store(settings, create=True)


@pytest.fixture
def store(reopen: Callable[[], AbstractContextManager[Store]]) -> Iterator[Store]:
    with reopen() as opened:
        opened.replace_ontology(ONTOLOGY)
        yield opened


def quads(store: Store) -> set[tuple[str | None, ...]]:
    """Return all quads but what a store at an endpoint notes of itself."""
    if isinstance(store, EmbeddedStore):
        store.gather_events()
    rows = store.select("SELECT ?s ?p ?o (LANG(?o) AS ?l) (DATATYPE(?o) AS ?d) ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
    return {row for row in rows if row[-1] != NAMES.store_graph}


def triples(store: Store, graph: str | None = None) -> set[Triple]:
    """Return the triples of a graph, or of all, as N-Triples have them."""
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g = ?graph) }"
    if graph is None:
        query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    found = parse(
        store.serialize(query, "application/n-triples", {"graph": Iri(graph)} if graph else None), RdfFormat.N_TRIPLES
    )
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found}


def shared(store: Store) -> set[tuple[str, ...]]:
    """Return what is said of entities, not of reports and events."""
    query = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g = ?graph) }"
    rows = {tuple(map(str, row)) for row in store.select(query, {"graph": Iri(NAMES.shared_graph)}).rows}
    events = {row[0] for row in rows if row[2] == f"{RW}Occurrence"}
    return {row for row in rows if row[1] not in (f"{RW}report", f"{RW}occurrence") and row[0] not in events}


def ties(store: Store) -> set[tuple[str, str, str]]:
    """Return the plain triples between entities, by name of relation."""
    return {(s, p.removeprefix(RW), o) for s, p, o in shared(store) if p.removeprefix(RW) in VOCABULARY.relations}


def labels(store: Store, entity: Entity) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, predicate, text in shared(store):
        if subject == iri(entity) and predicate.startswith(SKOS):
            found.setdefault(predicate.removeprefix(SKOS), set()).add(text)
    return found


def assert_no_triple_stands_twice(store: Store) -> None:
    triples = Counter(row[:-1] for row in quads(store))
    assert [triple for triple, count in triples.items() if count > 1] == []


# What is stored


def test_plain_triple_is_asserted_for_an_actual_fact_alone(store: Store) -> None:
    facts = [fact(predicate="visited", status=status) for status in (Status.PLANNED, Status.POSSIBLE, Status.DENIED)]
    store.put_documents([document("d1", *facts, fact(predicate="criticized"))])
    assert ties(store) == {(iri(BOIEV), "criticized", iri(PHILLIPS))}


def test_plain_triple_of_a_symmetric_relation_stands_both_ways(store: Store) -> None:
    store.put_documents([document("d1", fact())])
    assert ties(store) == {(iri(BOIEV), "met", iri(PHILLIPS)), (iri(PHILLIPS), "met", iri(BOIEV))}


def test_relation_of_an_actor_with_itself_stands_once(store: Store) -> None:
    store.put_documents([document("d1", fact(object_="bo"))])
    assert ties(store) == {(iri(BOIEV), "met", iri(BOIEV))}


def test_plain_triple_stays_until_its_last_supporting_fact_goes(store: Store) -> None:
    store.put_documents([document("d1", fact()), document("d2", fact("ph", "met", "bo"))])
    store.drop_documents(["d1"])
    assert len(ties(store)) == 2
    store.drop_documents(["d2"])
    assert ties(store) == set()


def test_plain_triple_goes_when_its_fact_is_denied_on_second_reading(store: Store) -> None:
    store.put_documents([document("d1", fact())])
    store.put_documents([document("d1", fact(status=Status.DENIED))])
    assert ties(store) == set()


def test_entity_is_described_while_a_document_names_it(store: Store) -> None:
    store.put_documents([document("d1"), document("d2", entities=(PHILLIPS,))])
    assert labels(store, BOIEV) == {"prefLabel": {"سيرغي بويف", "Serhii Boiev"}, "altLabel": {"بويف"}}
    store.drop_documents(["d1"])
    assert labels(store, BOIEV) == {}
    assert labels(store, PHILLIPS) == {"prefLabel": {"كيث فيليبس"}}


def test_alias_goes_with_the_last_document_that_uses_it(store: Store) -> None:
    other = replace(BOIEV, aliases=("نائب الوزير",))
    store.put_documents([document("d1"), document("d2", entities=(other,))])
    assert labels(store, BOIEV)["altLabel"] == {"بويف", "نائب الوزير"}
    store.drop_documents(["d2"])
    assert labels(store, BOIEV)["altLabel"] == {"بويف"}


def test_preferred_label_is_chosen_anew_when_its_document_goes(store: Store) -> None:
    careful = replace(BOIEV, name="أحمد المصطفى", english=None, aliases=())
    careless = replace(careful, name="احمد المصطفى")
    assert iri(careful) == iri(careless)
    store.put_documents([document("d1", entities=(careful,)), document("d2", entities=(careless,))])
    assert labels(store, careful) == {"prefLabel": {"أحمد المصطفى"}, "altLabel": {"احمد المصطفى"}}
    store.drop_documents(["d1"])
    assert labels(store, careful) == {"prefLabel": {"احمد المصطفى"}}


def test_label_that_remains_only_as_an_alias_is_preferred_no_more(store: Store) -> None:
    careful = replace(BOIEV, name="أحمد المصطفى", english=None, aliases=())
    careless = replace(careful, name="احمد المصطفى", aliases=("أحمد المصطفى",))
    store.put_documents([document("d1", entities=(careful,)), document("d2", entities=(careless,))])
    store.drop_documents(["d1"])
    assert labels(store, careful) == {"prefLabel": {"احمد المصطفى"}, "altLabel": {"أحمد المصطفى"}}


def test_known_entity_is_described_in_the_known_graph_alone(store: Store) -> None:
    store.replace_known(encode_known((UA_ROW,), (), namespaces=NAMES))
    store.put_documents([document("d1", entities=(replace(UKRAINE, aliases=("كييف", "اوكرانيا")),))])
    assert labels(store, UKRAINE) == {"altLabel": {"كييف"}}
    store.drop_documents(["d1"])
    assert shared(store) == set()


def test_entity_that_becomes_known_moves_to_the_known_graph_and_back(store: Store) -> None:
    store.put_documents([document("d1", fact("bo", "visited", "ua"))])
    before = quads(store)
    store.replace_known(encode_known((UA_ROW,), (), namespaces=NAMES))
    assert labels(store, UKRAINE) == {}
    assert (iri(BOIEV), "visited", iri(UKRAINE)) in ties(store)
    assert_no_triple_stands_twice(store)
    store.replace_known(())
    assert quads(store) == before


def test_document_is_read_back_as_it_was_written(store: Store) -> None:
    encoded = document("d1", fact(item='قال: "نعم"\n\\', confidence=0.5), fact("ph", "visited", "ua", date="2024"))
    store.put_documents([encoded])
    assert triples(store, encoded.graph) == set(encoded.triples)


def test_storing_the_same_again_changes_nothing(store: Store) -> None:
    store.put_documents([document("d1", fact())])
    before = quads(store)
    store.put_documents([document("d1", fact())])
    assert quads(store) == before


def test_last_of_two_documents_of_one_id_counts(store: Store) -> None:
    store.put_documents([document("d1", fact()), document("d1", text="آخر")])
    assert store.document_hash("d1") == "hash of آخر"
    assert ties(store) == set()


def test_hash_tells_stored_documents_from_others(store: Store) -> None:
    store.put_documents([document("d1")])
    assert store.document_hash("d1") == "hash of نص"
    assert store.has_document("d1")
    assert store.document_hash("d2") is None
    assert not store.has_document("d2")


def test_dropping_a_document_that_is_not_there_changes_nothing(store: Store) -> None:
    store.put_documents([document("d1")])
    before = quads(store)
    with pytest.raises(NotFoundError, match="'d2'"):
        store.drop_documents(["d1", "d2"])
    assert quads(store) == before


def test_counts_tell_documents_facts_and_entities(store: Store) -> None:
    store.put_documents([document("d1", fact()), document("d2", fact(), fact(predicate="visited"))])
    store.checkpoint()
    counts = store.counts()
    assert (counts.documents, counts.facts, counts.entities) == (2, 3, 3)
    assert counts.quads == len(quads(store))


def random_document(number: int, luck: random.Random) -> EncodedDocument:
    pool = [replace(BOIEV, id=f"p{n}", name=f"شخص {n}", english=None, aliases=()) for n in range(4)]
    pool.append(UKRAINE)
    entities = tuple(
        replace(
            each,
            name=luck.choice([each.name, each.name.replace("ش", "شّ")]),
            aliases=tuple(luck.sample(["الرئيس", "الوزير", "شخص 1"], luck.randint(0, 2))),
            english=luck.choice([None, f"Person {each.id}"]),
            country=luck.choice([None, "Q212"]),
        )
        for each in luck.sample(pool, luck.randint(2, 5))
    )
    names = [each.id for each in entities]
    facts = [
        fact(
            luck.choice(names),
            luck.choice(["met", "visited", "leads"]),
            luck.choice(names),
            status=luck.choice(list(Status)),
            date=luck.choice(["2024", "2024-03", random_day(luck)]),
        )
        for _ in range(luck.randint(0, 4))
    ]
    return document(f"d{number}", *facts, entities=entities, text=random_text(luck), published=random_day(luck))


def random_text(luck: random.Random) -> str:
    """Return one of two texts with some words changed, so that many are copies and some copies of copies alone."""
    first = luck.choice("اب")
    words = [f"{first}{place}" for place in range(30)]
    for place in luck.sample(range(30), luck.randint(0, 8)):
        words[place] = str(luck.random())
    return " ".join(words)


def random_day(luck: random.Random) -> str | None:
    return luck.choice([None, *(f"2024-03-{day:02}" for day in range(1, 9))])


def revise(store: Store, documents: list[EncodedDocument], luck: random.Random) -> list[EncodedDocument]:
    """Have documents say of one person what they said of another; return them as they stand."""
    name = statement_namer(NAMES, store.symmetric_relations())
    one, other = (f"<{NAMES.entity(EntityKind.PERSON, f'شخص {n}')}>" for n in luck.sample(range(6), 2))
    revisions = []
    for each in documents:
        before = store.read_naming(each.graph, {one[1:-1]})
        after = put_in(before, Corrections(nodes={one: other}), statement=name)
        revisions.append(Revision(each.graph, before, tuple(dict.fromkeys(after))))
    store.revise_documents(revisions)
    return [replace(each, triples=store.read_graph(each.graph)) for each in documents]


@pytest.mark.parametrize("seed", range(3))
def test_store_depends_on_its_documents_alone_not_on_how_they_came(
    tmp_path: Path, reopen: Callable[[], AbstractContextManager[Store]], seed: int
) -> None:
    luck = random.Random(seed)
    known = encode_known((UA_ROW,), (), namespaces=NAMES)
    final: dict[int, EncodedDocument] = {}
    with reopen() as store:
        store.replace_ontology(ONTOLOGY)
        store.replace_known(known if luck.random() < 0.5 else ())
        for _ in range(12):
            if final and luck.random() < 0.3:
                gone = luck.sample(sorted(final), luck.randint(1, len(final)))
                store.drop_documents([f"d{number}" for number in gone])
                for number in gone:
                    del final[number]
            else:
                batch = {number: random_document(number, luck) for number in luck.sample(range(8), luck.randint(1, 4))}
                store.put_documents(batch.values())
                final |= batch
                if luck.random() < 0.5:
                    numbers = luck.sample(sorted(final), luck.randint(1, len(final)))
                    final |= zip(numbers, revise(store, [final[number] for number in numbers], luck), strict=True)
            assert_no_triple_stands_twice(store)
            if luck.random() < 0.4:
                quads(store)
        store.replace_known(known)
        walked = quads(store)
        store.update("DELETE WHERE { GRAPH <graph/shared> { ?s ?p ?o } }")
        store.derive_anew()
        assert quads(store) == walked
        assert Shapes.load().check_triples(triples(store)) == ()
    with EmbeddedStore.open(tmp_path / "short", create=True, base_iri=BASE) as store:
        store.replace_ontology(ONTOLOGY)
        store.replace_known(known)
        store.put_documents(final.values())
        assert quads(store) == walked
