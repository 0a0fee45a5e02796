"""A store becomes a network: names, dates, sentences and offices arrive, and RDF leads back to it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from graph.errors import ExportError, NotFoundError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Quantity, Status
from graph.network.export.rdf import write_nquads, write_turtle
from graph.network.network import Edge, Network
from graph.network.options import NetworkOptions, RollUp, StaticTies
from graph.network.read import read_network
from graph.network.reports import read_around
from graph.network.select import select
from graph.store.checkpoint import Checkpoint

UK = Entity("uk", EntityKind.COUNTRY, "بريطانيا", "United Kingdom", "Q145")
UKRAINE = Entity("ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212")
RUSSIA = Entity("ru", EntityKind.COUNTRY, "روسيا", "Russia", "Q159")
MINISTRY = Entity("md", EntityKind.ORGANIZATION, "وزارة الدفاع الأوكرانية")
SPEAKER = Entity("sp", EntityKind.PERSON, "أندري المتحدث")
LEADER = Entity("ld", EntityKind.PERSON, "جون الزعيم", "John the Leader")


def document(id: str, published: str, *facts: tuple[str, str, str, dict[str, object]]) -> Extraction:
    text = "جملة أولى. " + "جملة ثانية."
    made = tuple(Fact(s, p, o, Evidence(text[:10], 0, 10), **more) for s, p, o, more in facts)  # type: ignore[arg-type]
    return Extraction(
        Document(id, text, None, published, "صحيفة"), (UK, UKRAINE, RUSSIA, MINISTRY, SPEAKER, LEADER), made
    )


CORPUS = [
    document(
        "d1",
        "2024-01-30",
        ("uk", "supplies", "ua", {"date": "2024-01", "item": "دبابات", "quantity": Quantity("14 دبابة", 14)}),
        ("ua", "met", "uk", {"date": "2024-01-29", "confidence": 0.9}),
        ("sp", "holdsOffice", "md", {"role": "المتحدث"}),
        ("ld", "holdsOffice", "uk", {"role": "الزعيم"}),
        ("md", "partOf", "ua", {}),
    ),
    document(
        "d2",
        "2024-02-03",
        ("uk", "supplies", "ua", {"date": "2024-02-02"}),
        ("uk", "met", "ua", {"confidence": 0.5}),
        ("sp", "met", "ld", {"date": "2024-02-01"}),
        ("ru", "attacked", "ua", {"status": Status.DENIED}),
    ),
]


@pytest.fixture
def store(tmp_path: Path, make_store: Callable[..., Path]) -> Iterator[Checkpoint]:
    with Checkpoint.open(make_store(tmp_path / "store", CORPUS)) as checkpoint:
        yield checkpoint


def edges_of(network: Network) -> dict[tuple[str, str, str], Edge]:
    names = {node.id: node.label("en") if node.english else node.label() for node in network.nodes}
    return {(names[edge.source], edge.relation, names[edge.target]): edge for edge in network.edges}


def test_facts_of_two_documents_become_one_edge(store: Checkpoint) -> None:
    edge = edges_of(read_network(store))["United Kingdom", "supplies", "Ukraine"]
    assert (edge.weight, edge.first, edge.last, edge.status) == (2, "2024-01", "2024-02-02", Status.ACTUAL)
    assert edge.spells == (("2024-01-01", "2024-01-31"), ("2024-02-02", "2024-02-02"))
    assert edge.items == ("دبابات, 14 دبابة",)
    assert edge.sentences == ("جملة أولى.",)
    assert len(edge.facts) == 2


def test_undirected_facts_told_both_ways_are_one_edge(store: Checkpoint) -> None:
    edges = edges_of(read_network(store))
    edge = edges["United Kingdom", "met", "Ukraine"]
    assert (edge.weight, edge.directed, edge.confidence) == (2, False, 0.9)
    assert ("Ukraine", "met", "United Kingdom") not in edges


def test_nodes_carry_names_kinds_and_ids(store: Checkpoint) -> None:
    nodes = {node.id: node for node in read_network(store).nodes}
    uk = nodes["Q145"]
    assert (uk.arabic, uk.english, uk.kind, uk.wikidata) == ("بريطانيا", "United Kingdom", "Country", "Q145")
    assert uk.iri == "https://rawabit.example/id/entity/Q145"
    assert "Q159" not in nodes


def test_relations_carry_the_words_of_the_vocabulary(store: Checkpoint) -> None:
    network = read_network(store)
    assert network.relation("met").symmetric
    assert network.relation("supplies").family == "aid"
    assert network.relation("holdsOffice").standing
    assert network.families["aid"][1] == "aid"
    assert network.kinds["Country"][1] == "country"


def test_other_statuses_come_when_asked_for(store: Checkpoint) -> None:
    network = read_network(store, NetworkOptions(statuses=frozenset({Status.DENIED})))
    assert list(edges_of(network)) == [("Russia", "attacked", "Ukraine")]


def test_an_actor_is_taken_by_id_or_iri_and_named_in_the_title(store: Checkpoint) -> None:
    by_id = read_network(store, NetworkOptions(actor="Q212"))
    by_iri = read_network(store, NetworkOptions(actor="https://rawabit.example/id/entity/Q212"))
    assert by_id == by_iri
    assert "Ukraine" in by_id.title
    assert {node.kind for node in by_id.nodes} == {"Country", "Organization"}


@pytest.mark.parametrize(("actor", "depth"), [("Q212", 1), ("Q145", 1), ("Q145", 2), ("Q212", 3)])
def test_reading_step_by_step_gives_what_reading_everything_gives(store: Checkpoint, actor: str, depth: int) -> None:
    options = NetworkOptions(actor=actor, depth=depth)
    stepwise, everything = read_network(store, options), select(read_network(store), options)
    assert (stepwise.nodes, stepwise.edges) == (everything.nodes, everything.edges)


def test_reading_step_by_step_gives_up_where_there_is_too_much(store: Checkpoint) -> None:
    uk = "https://rawabit.example/id/entity/Q145"
    assert read_around(store, uk, 1, lambda _: True, most=2) is None
    assert len(read_around(store, uk, 1, lambda _: True) or ()) == 5


def test_an_actor_in_no_actual_fact_stands_alone_and_an_unknown_one_is_an_error(store: Checkpoint) -> None:
    assert [node.id for node in read_network(store, NetworkOptions(actor="Q159")).nodes] == ["Q159"]
    with pytest.raises(NotFoundError, match="Q999999"):
        read_network(store, NetworkOptions(actor="Q999999"))


def test_offices_become_values_of_their_holders(store: Checkpoint) -> None:
    network = read_network(store, NetworkOptions(static_ties=StaticTies.ATTRIBUTES))
    assert not {edge.relation for edge in network.edges} & {"holdsOffice", "partOf", "memberOf"}
    place = [column.name for column in network.columns].index("holdsOffice")
    (speaker,) = (node for node in network.nodes if node.arabic == "أندري المتحدث")
    assert speaker.extra[place] == ("المتحدث (وزارة الدفاع الأوكرانية)",)


@pytest.mark.parametrize(
    ("level", "ends"),
    [
        (RollUp.BODY, ("United Kingdom", "وزارة الدفاع الأوكرانية")),
        (RollUp.STATE, ("United Kingdom", "Ukraine")),
    ],
)
def test_people_count_for_their_body_or_state(store: Checkpoint, level: RollUp, ends: tuple[str, str]) -> None:
    network = read_network(store, NetworkOptions(roll_up=level, relations=frozenset({"met"})))
    assert (ends[0], "met", ends[1]) in edges_of(network)
    assert "Person" not in {node.kind for node in network.nodes}


def test_nquads_without_a_filter_are_the_whole_store(store: Checkpoint) -> None:
    stream = io.BytesIO()
    write_nquads(read_network(store), stream)
    copy = pyoxigraph.Store()
    copy.load(stream.getvalue(), format=pyoxigraph.RdfFormat.N_QUADS)
    (count,) = store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows[0]
    assert len(copy) == int(count or 0) > 100
    assert len(list(copy.named_graphs())) == 4


def test_turtle_of_a_part_has_its_facts_with_their_evidence_and_no_others(store: Checkpoint) -> None:
    stream = io.BytesIO()
    network = read_network(store, NetworkOptions(relations=frozenset({"supplies"})))
    write_turtle(network, stream)
    triples = rdflib.Graph()
    triples.parse(data=stream.getvalue(), format="turtle")
    rw, rdf = rdflib.Namespace("https://rawabit.example/ns#"), rdflib.RDF
    assert set(triples.objects(None, rdf.predicate)) == {rw.supplies}
    assert len(set(triples.subjects(rdf.type, rw.Fact))) == 2
    assert len(set(triples.subjects(rdf.type, rw.Evidence))) == 2
    uk, ukraine = (rdflib.URIRef(f"https://rawabit.example/id/entity/{id}") for id in ("Q145", "Q212"))
    assert (uk, rw.supplies, ukraine) in triples
    assert (uk, rw.met, ukraine) not in triples
    assert rdflib.Literal("14", datatype=rdflib.XSD.decimal) in set(triples.objects(None, rw.value))
    assert not list(triples.objects(None, rdflib.URIRef("https://schema.org/articleBody")))


def test_a_network_made_by_hand_has_no_rdf_behind_it() -> None:
    with pytest.raises(ExportError, match="store"):
        write_nquads(Network(), io.BytesIO())
