"""What workers work out, called as a worker calls it but in this process: a task and its arguments in, bytes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.answers.registry import TASKS
from api.frames import WorkerSetup, pack_frame
from api.spool import Limits
from api.worker_process import answer_request
from api.worker_store import Shelf, WorkerStore
from graph.errors import StoreError
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary

Ask = Callable[..., tuple[dict[str, Any], bytes]]
ALL = "SELECT * { ?s ?p ?o }"
NETWORK = {
    "relations": [],
    "since": None,
    "until": None,
    "statuses": ["actual"],
    "min_confidence": 0.0,
    "language": "ar",
    "colour_by": "kind",
    "size_by": "degree",
    "measures": False,
    "layout": False,
    "kinds": [],
    "actor": None,
    "depth": 1,
    "top": None,
    "min_weight": 1,
    "largest_component": False,
    "roll_up": "none",
    "static_ties": "edges",
    "sentences": 3,
}


@pytest.fixture(scope="module")
def store(sample_store: Path) -> WorkerStore:
    return WorkerStore.open(sample_store, Shelf.load())


@pytest.fixture
def ask(store: WorkerStore, tmp_path: Path) -> Ask:
    """Ask the store as a worker does."""

    def answer(task: str, limits: Limits | None = None, **arguments: object) -> tuple[dict[str, Any], bytes]:
        request = {"task": task, "arguments": arguments, "gzip": False, "seconds": 5}
        header, body = answer_request(store, request, b"", tmp_path / "spool", limits or Limits(1 << 30, 1 << 30))
        return json.loads(header), body

    return answer


def sparql(ask: Ask, query: str, **more: Any) -> tuple[dict[str, Any], bytes]:
    arguments = {"query": query, "default_graphs": [], "named_graphs": [], "accept": None, **more}
    return ask("sparql", **arguments)


def read(answer: tuple[dict[str, Any], bytes]) -> Any:
    header, body = answer
    assert "problem" not in header, header
    return json.loads(body)


def code(answer: tuple[dict[str, Any], bytes]) -> tuple[int, str]:
    header, body = answer
    assert body == b""
    return header["problem"]["status"], header["problem"]["code"]


@pytest.mark.parametrize(
    ("task", "arguments", "count"),
    [
        ("actors", {"q": "زيلنسكي", "limit": 5}, 1),
        ("actors", {"q": None, "limit": 5}, 5),
        ("actors", {"q": " ", "kind": "Person", "limit": 5}, 2),
        ("facts", {"limit": 200}, 29),
        ("facts", {"limit": 200, "relations": ["supplies"]}, 26),
        ("facts", {"limit": 200, "document": "daily-03"}, 1),
        ("facts", {"limit": 200, "subject": "Q145", "since": "2024"}, 1),
        ("facts", {"limit": 200, "object": "Q145", "min_confidence": 0.6}, 0),
        ("documents", {"limit": 200}, 26),
        ("documents", {"limit": 3, "source": "وكالة"}, 3),
        ("relationships", {"id": "Q145", "limit": 200, "direction": "in", "statuses": ["planned"]}, 1),
        ("relationships", {"id": "Q145", "limit": 200, "until": "2023-03-04"}, 4),
        ("relationships", {"id": "Q145", "limit": 200, "group_by": "counterpart"}, 2),
        ("timeline", {"actor": "Q145", "limit": 200}, 26),
        ("paths", {"source": "Q159", "target": "Q212", "limit": 3, "longest": 4, "facts": 3}, 1),
    ],
)
def test_lists_have_what_was_asked_for(ask: Ask, task: str, arguments: dict[str, Any], count: int) -> None:
    assert len(read(ask(task, **arguments))["items"]) == count


@pytest.mark.parametrize(
    ("task", "arguments"),
    [
        ("facts", {}),
        ("facts", {"relations": ["supplies"]}),
        ("documents", {}),
        ("actors", {"q": None}),
        ("relationships", {"id": "Q212"}),
        ("timeline", {"actor": "Q212"}),
    ],
)
def test_pages_follow_each_other(ask: Ask, task: str, arguments: dict[str, Any]) -> None:
    whole = read(ask(task, limit=200, **arguments))["items"]
    first = read(ask(task, limit=4, **arguments))
    second = read(ask(task, limit=200, cursor=first["next"], **arguments))
    assert [*first["items"], *second["items"]] == whole
    assert second["next"] is None


def test_an_actor_a_neighbourhood_a_document_and_a_fact_are_described(ask: Ask) -> None:
    assert read(ask("actor", id="Q145"))["facts"] == 27
    around = read(ask("neighbourhood", id="Q159", depth=3, nodes=3, edges=1, format="json"))
    assert (len(around["nodes"]), len(around["edges"]), around["cut"]) == (3, 1, {"nodes": 1, "edges": 1})
    document = read(ask("document", id="d/1 أول"))
    assert (len(document["facts"]), len(document["mentions"])) == (4, 3)
    fact = read(ask("fact", id=document["facts"][0]["id"]))
    assert fact["evidence"]["after"].startswith(". والتقى")
    assert "document" not in document["facts"][0]


def test_stats_and_the_endpoint_are_described(ask: Ask) -> None:
    stats = read(ask("stats"))
    assert stats["facts"] == 29
    assert stats["outlets"] == [
        {"source": "وكالة", "documents": 25, "months": {"2023-03": 25}},
        {"source": "صحيفة", "documents": 1, "months": {"2024-01": 1}},
    ]
    for updates in (True, False):
        arguments = {"endpoint": "http://x/sparql", "updates": updates, "accept": "application/n-triples"}
        header, body = ask("service-description", **arguments)
        assert header["content_type"] == "application/n-triples"
        assert b"<http://x/sparql>" in body
        assert (b"SPARQL11Update" in body) is updates
    arguments["endpoint"] = "http://a b/"
    assert code(ask("service-description", **arguments)) == (400, "bad-host")


def test_a_graph_is_given_by_its_name_or_one_of_its_others(ask: Ask) -> None:
    graph = "https://rawabit.example/id/document/daily-01/graph"
    arguments = {"graph": graph, "others": [], "accept": "application/n-triples"}
    header, body = ask("graph", **arguments)
    assert header["content_type"] == "application/n-triples"
    assert b"NewsArticle" in body
    assert ask("graph", **{**arguments, "graph": "urn:none", "others": ["urn:no", graph]})[1] == body
    assert ask("graph", **{**arguments, "graph": ""})[1] == b""
    assert code(ask("graph", **{**arguments, "graph": "urn:none"})) == (404, "no-graph")
    assert code(ask("graph", **{**arguments, "accept": "text/csv"})) == (406, "not-acceptable")


def test_every_status_of_a_query_is_told_by_its_code(ask: Ask) -> None:
    assert read(sparql(ask, "ASK { ?s ?p ?o }"))["boolean"] is True
    assert code(sparql(ask, "ASK {")) == (400, "malformed-query")
    assert code(sparql(ask, "SELECT (<http://x/f>(1) AS ?x) {}")) == (400, "refused-query")
    assert code(sparql(ask, "ASK { SERVICE <http://x/> {} }")) == (400, "no-service")
    assert code(sparql(ask, ALL, default_graphs=["no iri"])) == (400, "bad-parameter")
    assert code(sparql(ask, ALL, accept="text/turtle")) == (406, "not-acceptable")
    assert code(sparql(ask, "DESCRIBE <http://x/>", accept="text/csv")) == (406, "not-acceptable")
    long = sparql(ask, "SELECT * { ?s ?p ?o } LIMIT")[0]["problem"]["detail"]
    assert len(long) < 400


def test_a_service_that_is_named_but_not_asked_is_no_fault(ask: Ask) -> None:
    assert read(sparql(ask, "ASK { BIND('service' AS ?x) }"))["boolean"] is True
    assert code(sparql(ask, "SELECT (<http://x/service>(1) AS ?x) {}")) == (400, "refused-query")


def test_graphs_can_be_chosen(ask: Ask) -> None:
    graph = "https://rawabit.example/id/document/daily-01/graph"
    chosen = read(sparql(ask, "SELECT * { ?s a ?t }", default_graphs=[graph]))["results"]["bindings"]
    assert 0 < len(chosen) < 10
    assert b"NewsArticle" in sparql(ask, "CONSTRUCT WHERE { ?s a ?t }", default_graphs=[graph])[1]


def test_too_much_is_refused_and_leaves_nothing_behind(ask: Ask, tmp_path: Path) -> None:
    arguments = {"query": ALL, "default_graphs": [], "named_graphs": [], "accept": None}
    assert code(ask("sparql", Limits(1000, 1 << 30), **arguments)) == (413, "answer-too-large")
    assert code(ask("sparql", Limits(1 << 30, 10), **arguments)) == (413, "answer-too-large")
    assert list(tmp_path.iterdir()) == []


def test_a_large_answer_is_left_in_a_file(ask: Ask) -> None:
    header, body = sparql(ask, "SELECT * { ?s ?p ?o . ?a a ?b } LIMIT 3000")
    assert body == b""
    assert len(json.loads(Path(header["file"]).read_bytes())["results"]["bindings"]) == 3000


def test_a_named_query_is_bound_and_answered(ask: Ask) -> None:
    asked = {"name": "strongest-partners", "parameters": {"actor": "بريطانيا"}, "accept": "text/csv"}
    assert b"entity/Q212" in ask("named-query", **asked)[1]
    assert code(ask("named-query", **{**asked, "parameters": {}})) == (400, "bad-parameter")
    assert code(ask("named-query", **{**asked, "name": "none"})) == (404, "unknown-query")


def test_a_draft_is_answered_like_a_document(ask: Ask, sample_extractions: list[Any]) -> None:
    first = sample_extractions[0]
    draft = replace(first, document=replace(first.document, id="draft"))
    encoded = encode_extraction(
        draft, namespaces=Namespaces("https://rawabit.example/id/"), vocabulary=Vocabulary.load()
    )
    arguments = {"id": "draft", "iri": encoded.iri, "graph": encoded.graph, "triples": json.dumps(encoded.triples)}
    found = read(ask("draft", **arguments))
    assert (found["id"], found["outcome"], len(found["facts"])) == ("draft", "read", 4)
    assert code(ask("document", id="draft")) == (404, "not-found")


def test_names_are_matched_and_extended(ask: Ask) -> None:
    query = {"query": "زيلينسكي", "limit": 3, "types": ["Person"], "properties": []}
    (found,) = read(ask("reconcile", queries={"q": query}))["q"]["result"]
    assert (found["id"], found["match"]) == ("Q3874799", True)
    rows = read(ask("extend", ids=["Q212"], properties=["wikidata", "none"]))["rows"]
    assert rows == {"Q212": {"wikidata": [{"str": "Q212"}]}}
    assert read(ask("suggest-entity", prefix="أوك", cursor=0))["result"][0]["id"] == "Q212"
    assert "أوكرانيا".encode() in ask("preview", id="Q212")[1]


def test_what_an_iri_stands_for_is_written_as_asked(ask: Ask) -> None:
    iri = "https://rawabit.example/id/entity/Q212"
    assert b"skos:prefLabel" in ask("resource", iri=iri, accept="text/turtle", here="/id/")[1]
    assert b"<!doctype html>" in ask("resource", iri=iri, accept="text/html", here="/id/")[1]
    assert code(ask("resource", iri=iri, accept="image/png", here="/id/")) == (406, "not-acceptable")
    assert code(ask("resource", iri=f"{iri}0", accept=None, here="/id/")) == (404, "not-found")


@pytest.mark.parametrize(("form", "start"), [("gexf", b"<?xml"), ("graphml", b"<?xml"), ("turtle", b"@prefix")])
def test_a_neighbourhood_is_written_as_a_file(ask: Ask, form: str, start: bytes) -> None:
    filters = {"relations": [], "statuses": ["actual"], "since": None, "until": None, "min_confidence": None}
    header, body = ask("neighbourhood", id="Q212", depth=1, nodes=9, edges=9, format=form, **filters)
    assert header["headers"]["Rawabit-Cut"] == "nodes=0, edges=0"
    assert body.startswith(start)


def test_a_network_is_exported(ask: Ask) -> None:
    header, body = ask("export", format="gexf", **NETWORK)
    assert header["headers"]["Content-Disposition"] == 'attachment; filename="rawabit-1.gexf"'
    assert b"<gexf" in body
    assert code(ask("export", format="gexf", **{**NETWORK, "actor": "Q9"})) == (404, "not-found")
    assert code(ask("export", format="gexf", **{**NETWORK, "relations": ["loves"]})) == (400, "bad-parameter")
    assert code(ask("export", format="none", **NETWORK)) == (400, "bad-parameter")


@pytest.mark.parametrize(
    ("task", "more", "key"),
    [
        ("measures", {"by": "degree", "cursor": None}, "items"),
        ("communities", {}, "bridges"),
        ("balance", {}, "strained"),
        (
            "changes",
            {"first": {"since": "2023", "until": "2023"}, "second": {"since": "2024", "until": "2024"}},
            "gained",
        ),
    ],
)
def test_the_whole_network_is_asked(ask: Ask, task: str, more: dict[str, Any], key: str) -> None:
    assert key in read(ask(task, limit=2, **NETWORK, **more))


def test_the_whole_network_is_drawn(ask: Ask) -> None:
    assert b"<svg" in ask("picture", **NETWORK)[1]


def test_events_are_listed_and_told(ask: Ask) -> None:
    (first, *_) = read(ask("events", limit=2))["items"]
    assert read(ask("event", id=first["id"]))["id"] == first["id"]


@pytest.mark.parametrize("task", ["candidates", "decisions"])
def test_nothing_is_to_decide_about_and_nothing_was_decided(ask: Ask, task: str) -> None:
    assert read(ask(task, limit=2)) == {"items": [], "next": None}


def test_a_decision_that_was_not_made_is_an_error(ask: Ask) -> None:
    assert code(ask("decision", id="none")) == (500, "internal")


@pytest.mark.parametrize("task", ["actor", "relationships", "neighbourhood", "fact", "document", "event"])
def test_what_is_not_there_is_not_found(ask: Ask, task: str) -> None:
    assert code(ask(task, id="none", limit=1, depth=1, nodes=1, edges=1)) == (404, "not-found")


def test_every_task_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in TASKS if f'"{name}"' not in text] == []


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="rawabit build"):
        WorkerStore.open(tmp_path, Shelf.load())


def test_a_setup_goes_through_json_and_back() -> None:
    setup = WorkerSetup("store", "spool", 1, 2, 3)
    assert WorkerSetup.from_json(json.loads(json.dumps(setup.to_json()))) == setup
    assert setup.limits == Limits(1, 2)


def test_a_frame_with_half_a_character_can_be_sent() -> None:
    assert pack_frame({"query": "\ud800"}).endswith(b'"}')
