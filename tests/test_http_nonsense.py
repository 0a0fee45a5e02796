"""Updates may write anything into a document's graph: the store goes on, and no route fails of what it finds there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings

pytestmark = pytest.mark.slow

Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]
TOKEN = "a-token-of-tests"
BASE = "https://rawabit.example/id/"
DOCUMENT = f"{BASE}document/daily-01"
PREFIXES = """
PREFIX rw: <https://rawabit.example/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
TERMS = [
    "'text'",
    "'نص'@ar--rtl",
    "5",
    "-1e400",
    "<urn:x:y>",
    "''",
    "true",
    "'2024-99-99'",
    "<<( <urn:a> <urn:b> 1 )>>",
]
ROUTES = [
    "/actors",
    "/actors?q=أوكرانيا",
    "/actors/Q212",
    "/actors/Q212/relationships",
    "/actors/Q212/neighbourhood?depth=2",
    "/actors/Q212/timeline",
    "/paths?from=Q145&to=Q212",
    "/facts",
    "/facts?since=2020&until=2030&min_confidence=0.1",
    "/documents",
    "/documents/daily-01",
    "/documents/nonsense",
    "/stats",
    "/export/gexf",
    "/export/csv",
    "/export/turtle",
    "/queries/strongest-partners?actor=Q212",
    "/rdf-graph-store?graph=" + f"{DOCUMENT}/graph",
    "/readyz",
]


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, make_store: Callable[..., Path], start_server: Start
) -> Iterator[Server]:
    store = make_store(tmp_path_factory.mktemp("nonsense") / "store")
    with start_server(store, Settings(store=store, workers=2), ServiceLimits(), Access(TOKEN, True)) as running:
        yield running


def update(server: Server, text: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    answer = httpx.post(f"{server.url}/update", content=(PREFIXES + text).encode(), headers=headers, timeout=60)
    assert answer.status_code == 204, (text, answer.text)


def assert_routes_answer(server: Server, text: str) -> None:
    listed = httpx.get(f"{server.url}/facts", params={"limit": 200}, timeout=60)
    assert listed.status_code == 200, listed.text
    facts = listed.json()["items"]
    paths = [*ROUTES, *(f"/facts/{fact['id']}" for fact in facts if "daily-01" in fact["id"])]
    for path in paths:
        answer = httpx.get(server.url + path, timeout=60)
        assert answer.status_code in (200, 404), (text, path, answer.text)


PROPERTIES = {
    "?f rw:statement ?s": [
        "confidence",
        "date",
        "status",
        "item",
        "role",
        "attributedTo",
        "quantity",
        "happening",
        "inDocument",
    ],
    "?f a rw:Evidence": ["start", "end", "text", "inTitle"],
    "?f a schema:NewsArticle": [
        "schema:datePublished",
        "schema:headline",
        "schema:articleBody",
        "schema:url",
        "schema:publisher",
    ],
    "?f rw:entity ?e": ["name", "english", "alias", "kind", "wikidata", "entity"],
}


@pytest.fixture(autouse=True)
def restore(server: Server) -> Iterator[None]:
    """Put back what a test has made of the documents, and drop what it has added."""
    names = [f"{BASE}document/daily-0{day}/graph" for day in (1, 2, 3)] + [f"{BASE}graph/known"]
    address = f"{server.url}/rdf-graph-store"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    before = {name: httpx.get(address, params={"graph": name}) for name in names}
    yield
    for name, answer in before.items():
        httpx.put(address, params={"graph": name}, content=answer.content, headers=headers, timeout=60)
    for name in ("urn:x:own", f"{BASE}document/nonsense/graph"):
        httpx.delete(address, params={"graph": name}, headers=headers, timeout=60)


@pytest.mark.parametrize("pattern", PROPERTIES)
@pytest.mark.parametrize("instead", [True, False])
def test_values_of_another_kind_stop_no_route(server: Server, pattern: str, instead: bool) -> None:
    """Properties get values that they should not have, beside their own or instead of them."""
    graph, values = f"GRAPH <{DOCUMENT}/graph>", " ".join(TERMS)
    operations = []
    for name in PROPERTIES[pattern]:
        predicate = name if ":" in name else f"rw:{name}"
        said = f"{{ {graph} {{ {pattern} }} VALUES ?new {{ {values} }} }}"
        if instead:
            old = f"{graph} {{ ?f {predicate} ?old }}"
            said = f"{{ {graph} {{ {pattern} }} {old} VALUES ?new {{ {values} }} }}"
            operations.append(f"DELETE {{ {old} }} INSERT {{ {graph} {{ ?f {predicate} ?new }} }} WHERE {said}")
        else:
            operations.append(f"INSERT {{ {graph} {{ ?f {predicate} ?new }} }} WHERE {said}")
    text = " ; ".join(operations)
    update(server, text)
    assert_routes_answer(server, text)


@pytest.mark.parametrize("name", ["rdf:subject", "prov:wasQuotedFrom", "rw:status"])
def test_properties_that_are_missing_stop_no_route(server: Server, name: str) -> None:
    graph = f"GRAPH <{BASE}document/daily-02/graph>"
    update(server, f"DELETE {{ {graph} {{ ?s {name} ?o }} }} WHERE {{ {graph} {{ ?s {name} ?o }} }}")
    assert_routes_answer(server, name)


def test_things_of_ones_own_making_stop_no_route(server: Server) -> None:
    for subject in (
        "_:x",
        f"<{BASE}document/nonsense>",
        f"<{BASE}document/daily-03/fact/1>",
        f"<{BASE}entity/>",
    ):
        said = f"{subject} a rw:Fact, rw:Person, rw:Evidence, schema:NewsArticle ; skos:prefLabel 'x'@ar, 5, _:z"
        said += f" ; rw:statement {subject} ; rdf:subject {subject} ; rdf:predicate {subject} ; rdf:object {subject}"
        said += f" ; rw:status 'actual' ; rw:entity {subject} ; rw:inDocument {subject}"
        for graph in ("urn:x:own", f"{BASE}document/nonsense/graph", f"{BASE}graph/known"):
            update(server, f"INSERT DATA {{ GRAPH <{graph}> {{ {said} }} }}")
        assert_routes_answer(server, said)
