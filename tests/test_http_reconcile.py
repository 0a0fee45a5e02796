"""Tables of names are matched to actors, and every IRI leads to what it stands for, over a real connection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from api import schemas
from graph.config import Settings
from graph.rdf.known import encode_known
from graph.resolve.known import load_known
from graph.store.embedded import EmbeddedStore

Server = Any  # conftest.RunningServer, which a test module cannot import
BASE = "https://rawabit.example/id/"
MINISTER = f"{BASE}entity/person/{quote('وزير_دفاع_اوكراني_100', safe='')}"
FIRST = f"{BASE}document/{quote('d/1 أول', safe='')}"


@pytest.fixture(scope="module")
def known(
    tmp_path_factory: pytest.TempPathFactory,
    make_store: Callable[..., Path],
    start_server: Callable[..., AbstractContextManager[Server]],
) -> Iterator[Server]:
    """A server on the sample store with the known graph beside it."""
    store = make_store(tmp_path_factory.mktemp("known") / "store")
    seeds = load_known(Settings())
    with EmbeddedStore.open(store) as opened:
        opened.replace_known(encode_known(seeds.entities, seeds.offices, namespaces=opened.namespaces))
        opened.checkpoint()
    with start_server(store) as running:
        yield running


def reconcile(server: Server, **queries: object) -> dict[str, list[dict[str, Any]]]:
    """Have a batch answered by POST, as OpenRefine sends it."""
    answer = httpx.post(f"{server.url}/reconcile", data={"queries": json.dumps(queries)}, timeout=30)
    assert answer.status_code == 200, answer.text
    return {key: found["result"] for key, found in answer.json().items()}


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:rawabit:problem:")


def test_the_manifest_says_what_the_service_can_do(known: Server) -> None:
    answer = known.get("/reconcile")
    manifest = answer.json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == f"{BASE}entity/"
    assert {"id": "Person", "name": "person"} in manifest["defaultTypes"]
    assert answer.headers["access-control-allow-origin"] == "*"
    view = manifest["view"]["url"].replace("{{id}}", "Q212")
    assert httpx.get(view, headers={"Accept": "text/html"}).status_code == 200
    for service in manifest["suggest"].values():
        found = httpx.get(service["service_url"] + service["service_path"], params={"prefix": "o"})
        assert "result" in found.json()


def test_a_batch_is_answered_each_query_with_its_candidates(known: Server) -> None:
    found = reconcile(
        known,
        q0={"query": "فلاديمير بوتين"},
        q1={"query": "Zelenskyy", "type": "Person", "limit": 2},
        q2={"query": "زيلنسكي", "type": ["Country", "Place"]},
        q3={"query": "qqqqqqq"},
        q4={"query": "سوريه", "type": "Country", "type_strict": "any"},
    )
    assert (found["q0"][0]["id"], found["q0"][0]["match"]) == ("Q7747", True)
    assert found["q0"][0]["type"] == [{"id": "Person", "name": "person"}]
    assert (found["q1"][0]["id"], len(found["q1"]) <= 2) == ("Q3874799", True)
    assert all(each["type"][0]["id"] in ("Country", "Place") for each in found["q2"])
    assert found["q3"] == []
    assert (found["q4"][0]["name"], found["q4"][0]["match"]) == ("سوريا", True)
    scores = [each["score"] for each in found["q1"]]
    assert scores == sorted(scores, reverse=True)


def test_a_batch_by_get_is_answered_as_by_post(known: Server) -> None:
    queries = {"q": {"query": "أوكرانيا", "type": "Country"}}
    answer = known.get("/reconcile", queries=json.dumps(queries), callback="ignored")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["q"]["result"] == reconcile(known, **queries)["q"]


def test_properties_tell_namesakes_apart(known: Server) -> None:
    query = {"query": "طرابلس", "type": "Place"}
    of = {
        country: reconcile(known, q={**query, "properties": [{"pid": "country", "v": country}]})["q"][0]
        for country in ("Q1016", "Q822", "لبنان")
    }
    assert of["Q1016"]["id"] != of["Q822"]["id"]
    assert of["Q822"]["id"] == of["لبنان"]["id"]
    features = {each["id"]: each["value"] for each in of["Q822"]["features"]}
    assert features["properties"] == 1.0


def test_tables_are_extended(known: Server) -> None:
    proposed = known.get("/reconcile/properties", type="Person").json()
    assert (proposed["type"], {"id": "country", "name": "Country"} in proposed["properties"]) == ("Person", True)
    asked = {
        "ids": ["Q7747", "Q212", "none"],
        "properties": [{"id": name} for name in ("wikidata", "country", "ar", "kind", "facts", "office", "shoe size")],
    }
    answer = known.get("/reconcile", extend=json.dumps(asked)).json()
    assert [column["id"] for column in answer["meta"]] == ["wikidata", "country", "ar", "kind", "facts", "office"]
    putin, ukraine, nobody = (answer["rows"][each] for each in asked["ids"])
    assert putin["wikidata"] == [{"str": "Q7747"}]
    assert putin["country"] == [{"id": "Q159", "name": "روسيا"}]
    assert (putin["kind"], putin["ar"]) == ([{"id": "Person", "name": "person"}], [{"str": "فلاديمير بوتين"}])
    assert {"id": "Q159", "name": "روسيا"} in putin["office"]
    assert ukraine["facts"] == [{"float": 27}]
    assert nobody["wikidata"] == []


def test_entities_types_and_properties_are_suggested(known: Server) -> None:
    found = known.get("/reconcile/suggest/entity", prefix="زيلين").json()["result"]
    assert found[0]["id"] == "Q3874799"
    assert set(found[0]) == {"id", "name", "description", "notable"}
    assert [each["id"] for each in known.get("/reconcile/suggest/type", prefix="per").json()["result"]] == ["Person"]
    properties = known.get("/reconcile/suggest/property", prefix="coun").json()["result"]
    assert [each["id"] for each in properties] == ["country"]


def test_a_preview_may_be_shown_in_a_frame(known: Server) -> None:
    answer = known.get("/reconcile/preview", id="Q7747")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "فلاديمير بوتين" in answer.text
    assert refused(known.get("/reconcile/preview", id="none")) == (404, "not-found")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("queries", "{"),
        ("queries", "[]"),
        ("queries", '{"q": {}}'),
        ("queries", '{"q": {"query": 7}}'),
        ("queries", '{"q": {"query": "x", "limit": 0}}'),
        ("queries", '{"q": {"query": "x", "limit": true}}'),
        ("queries", '{"q": {"query": "x", "type": {}}}'),
        ("queries", '{"q": {"query": "x", "properties": [{}]}}'),
        ("extend", '{"ids": "Q1", "properties": []}'),
        ("extend", '{"ids": ["Q1"], "properties": ["x"]}'),
        ("extend", "[" * 100_000),
    ],
)
def test_what_is_no_batch_is_refused(server: Server, name: str, value: str) -> None:
    posted = httpx.post(f"{server.url}/reconcile", data={name: value})
    assert refused(posted) == (400, "bad-parameter")


def test_too_much_at_once_is_refused(server: Server) -> None:
    many = {f"q{number}": {"query": "x"} for number in range(101)}
    assert refused(httpx.post(f"{server.url}/reconcile", data={"queries": json.dumps(many)}))[0] == 413
    assert refused(httpx.post(f"{server.url}/reconcile", data={}))[0] in (400, 415)
    assert refused(httpx.post(f"{server.url}/reconcile", json={}))[0] == 415


def here(server: Server, iri: str) -> str:
    return iri.replace("https://rawabit.example", server.url)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("*/*", RdfFormat.TURTLE),
    ],
)
def test_every_entity_leads_to_its_description(server: Server, accept: str, form: RdfFormat) -> None:
    actors = [each["iri"] for each in server.get("/actors", limit=200).json()["items"]]
    assert MINISTER in actors
    for iri in actors:
        answer = httpx.get(here(server, iri), headers={"Accept": accept})
        assert answer.status_code == 200, answer.text
        subjects = {quad.subject.value for quad in parse(answer.content, form)}
        assert iri in subjects


def test_browsers_get_a_page(server: Server) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
    answer = httpx.get(here(server, MINISTER), headers={"Accept": accept})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "وزير الدفاع / الأوكراني 100%" in answer.text
    assert "Accept" in answer.headers["vary"]


def test_documents_facts_and_offices_lead_somewhere_too(known: Server) -> None:
    fact = known.get("/facts", relation="met").json()["items"][0]
    office = known.get("/sparql", query="SELECT ?o { ?o a <http://www.w3.org/ns/org#Membership> } LIMIT 1").json()
    found = office["results"]["bindings"][0]["o"]["value"]
    for iri in (FIRST, fact["iri"], found):
        answer = httpx.get(here(known, iri), headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, answer.text
        assert iri in {quad.subject.value for quad in parse(answer.content, RdfFormat.TURTLE)}


def test_known_people_have_their_offices_and_links(known: Server) -> None:
    answer = httpx.get(here(known, f"{BASE}entity/Q7747"), headers={"Accept": "application/n-triples"})
    assert b"<http://www.w3.org/ns/org#Membership>" in answer.content
    found = known.get("/actors/Q7747").json()
    schemas.ActorDetail.model_validate(found)
    assert {"link": "country", "direction": "out"}.items() <= found["links"][0].items()
    assert found["links"][0]["actor"]["id"] == "Q159"
    assert len(found["offices"]) >= 2


def test_what_is_not_there_leads_nowhere(server: Server) -> None:
    assert refused(httpx.get(f"{server.url}/id/entity/Q99999999")) == (404, "not-found")
    assert refused(httpx.get(f"{server.url}/id/entity/Q212", headers={"Accept": "image/png"})) == (
        406,
        "not-acceptable",
    )
    assert refused(httpx.get(f"{server.url}/id/dragon/Q212")) == (404, "no-such-route")
    assert refused(httpx.get(f"{server.url}/id/entity/%00")) == (404, "not-found")
    assert httpx.post(f"{server.url}/id/entity/Q212").status_code == 405


def test_names_cannot_write_into_the_page(
    tmp_path: Path, make_store: Callable[..., Path], start_server: Callable[..., Any], sample_extractions: list[Any]
) -> None:
    first = sample_extractions[0]
    evil = tuple(
        replace(each, name="<script>alert(1)</script>") if each.id == "mi" else each for each in first.entities
    )
    store = make_store(tmp_path / "store", [replace(first, entities=evil)])
    with start_server(store, Settings(store=store, workers=1)) as running:
        (iri,) = [each["iri"] for each in running.get("/actors", q="script").json()["items"]]
        answer = httpx.get(here(running, iri), headers={"Accept": "text/html"})
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("sort", ["facts", "-facts", "ar", "-en"])
def test_a_search_among_those_whom_no_fact_names_is_sorted(known: Server, sort: str) -> None:
    found = known.get("/actors", q="محمد", sort=sort, limit=200)
    assert found.status_code == 200, found.text
    numbers = [each["facts"] for each in found.json()["items"]]
    assert 0 in numbers
    assert sort != "facts" or numbers == sorted(numbers)
