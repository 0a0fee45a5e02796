"""A server on a SPARQL endpoint answers as one on a folder does, writes there, and says when the endpoint fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.access import Access
from api.cli import app
from graph.config import Settings
from graph.model import Document, Extraction
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.places import open_store

BASE = "https://rawabit.example/id/"
Server = Any  # conftest.RunningServer, which a test module cannot import
TOKEN = {"Authorization": "Bearer a-token"}
UKRAINE = f"{BASE}entity/Q212"
DOCUMENT = "d%2F1%20%D8%A3%D9%88%D9%84"


@pytest.fixture(scope="module")
def settings(
    start_oxigraph: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """An endpoint of this module's own, which it may write to."""
    with start_oxigraph("--union-default-graph") as url:
        cache = tmp_path_factory.mktemp("cache")
        yield Settings(store=Path(f"sparql+{url}"), cache=cache, workers=2, query_seconds=5.0, base_iri=BASE)


@pytest.fixture(scope="module")
def remote(
    settings: Settings,
    make_store: Callable[..., Path],
    start_server: Callable[..., AbstractContextManager[Server]],
) -> Iterator[Server]:
    """A server on the endpoint, which holds what the sample store does."""
    make_store(settings.store, settings=settings)
    with start_server(settings.store, settings, None, Access("a-token", True)) as running:
        yield running


def show(answer: httpx.Response) -> tuple[int, Any]:
    """Return the status of an answer and what it says, whatever the order of lines that have none."""
    kind = answer.headers["content-type"].partition(";")[0]
    if kind.endswith("json"):
        return answer.status_code, answer.json()
    return answer.status_code, sorted(answer.text.splitlines())


@pytest.mark.parametrize(
    "path",
    [
        "/actors?limit=50",
        "/actors?q=زيلنسكي",
        "/actors/Q212",
        "/actors/Q212/relationships",
        "/actors/Q212/neighbourhood?depth=2",
        "/facts?limit=50",
        "/facts?actor=Q212&relation=supplies&sort=-confidence",
        "/documents?limit=50",
        f"/documents/{DOCUMENT}",
        "/events",
        "/stats",
        "/timeline",
        "/paths?from=Q159&to=Q212",
        "/queries/strongest-partners?actor=Q212",
        "/queries/most-active-actors?limit=3",
        "/export/gexf",
        "/export/csv",
        f"/sparql?query=SELECT ?p (COUNT(*) AS ?n) WHERE {{ ?s ?p <{UKRAINE}> }} GROUP BY ?p ORDER BY ?p",
        f"/sparql?query=ASK {{ GRAPH ?g {{ ?s ?p <{UKRAINE}> }} }}",
        f"/sparql?query=CONSTRUCT WHERE {{ <{UKRAINE}> ?p ?o }}",
        f"/sparql?query=SELECT ?p WHERE {{ <{UKRAINE}> ?p ?o }} ORDER BY ?p&default-graph-uri={BASE}graph/shared",
        "/resource/entity/Q212",
        f"/graph-store?graph={BASE}graph/shared",
        "/actors/Q9",
        "/documents/none",
        "/sparql?query=SELECT",
        "/sparql?query=SELECT * {{ SERVICE <http://127.0.0.1> {{ ?s ?p ?o }} }}",
    ],
)
def test_endpoint_answers_as_a_folder_does(server: Server, remote: Server, path: str) -> None:
    accept = {"Accept": "application/json, application/n-triples;q=0.9, */*;q=0.5"}
    wanted, found = (httpx.get(each.url + path, headers=accept, timeout=30) for each in (server, remote))
    assert wanted.status_code < 500
    if wanted.status_code >= 400:
        assert (found.status_code, found.json()["type"]) == (wanted.status_code, wanted.json()["type"])
    else:
        assert show(found) == show(wanted)


def test_what_is_written_is_seen_at_once_and_withdrawn(remote: Server) -> None:
    article = {"id": "new", "text": "التقى الرئيس الأوكراني فولوديمير زيلينسكي رئيس الوزراء البريطاني."}
    answer = httpx.post(f"{remote.url}/documents", json=article, headers=TOKEN, timeout=120)
    assert answer.status_code == 201, answer.text
    assert remote.get("/documents/new").status_code == 200
    assert httpx.delete(f"{remote.url}/documents/new", headers=TOKEN, timeout=60).status_code == 204
    assert remote.get("/documents/new").status_code == 404


def test_update_and_graph_are_passed_on_and_what_is_derived_follows(remote: Server) -> None:
    graph = f"{BASE}graph/shared"
    update = f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} GRAPH <urn:g> {{ <urn:a> <urn:b> 1 }} }}"
    answer = httpx.post(f"{remote.url}/update", data={"update": update}, headers=TOKEN, timeout=60)
    assert answer.status_code == 204, answer.text
    query = "SELECT ?o WHERE { <urn:a> <urn:b> ?o }"
    bindings = remote.get("/sparql", query=query).json()["results"]["bindings"]
    assert [each["o"]["value"] for each in bindings] == ["1"]
    wrong = httpx.post(f"{remote.url}/update", data={"update": "INSERT"}, headers=TOKEN, timeout=60)
    assert wrong.status_code == 400


def test_build_elsewhere_is_picked_up(remote: Server, settings: Settings) -> None:
    namespaces = Namespaces(BASE)
    document = Extraction(Document("later", "نص"), (), ())
    with open_store(settings) as store:
        store.put_documents([encode_extraction(document, namespaces=namespaces, vocabulary=Vocabulary.load())])
        store.checkpoint()
    deadline = time.monotonic() + 30
    while remote.get("/documents/later").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with open_store(settings) as store:
        store.drop_documents(["later"])
        store.checkpoint()


def test_commands_ask_an_endpoint(
    remote: Server, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAWABIT_CACHE", str(settings.cache))
    place = ["--store", str(settings.store)]
    answer = CliRunner().invoke(app, ["query", "strongest-partners", "--param", "actor=أوكرانيا", *place])
    assert answer.exit_code == 0, answer.output
    assert "بريطانيا" in answer.output
    written = CliRunner().invoke(app, ["export", "--format", "gexf", "-o", str(tmp_path / "x.gexf"), *place])
    assert written.exit_code == 0, written.output
    assert "بريطانيا" in (tmp_path / "x.gexf").read_text(encoding="utf-8")


def test_endpoint_that_is_slow_or_gone_is_said_to_be(
    start_oxigraph: Callable[..., AbstractContextManager[str]],
    start_server: Callable[..., AbstractContextManager[Server]],
    tmp_path: Path,
) -> None:
    with ExitStack() as servers:
        endpoint = ExitStack()
        servers.enter_context(endpoint)
        url = endpoint.enter_context(start_oxigraph("--union-default-graph"))
        settings = Settings(store=Path(f"sparql+{url}"), cache=tmp_path, workers=1, query_seconds=2.0, base_iri=BASE)
        with open_store(settings, create=True) as store:
            store.replace_ontology(read_ontology())
            store.checkpoint()
        running = servers.enter_context(start_server(settings.store, settings))
        assert running.get("/sparql", query="ASK { ?s ?p ?o }").json()["boolean"] is True
        numbers = " ".join(map(str, range(300)))
        cross = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abcd")
        slow = running.get("/sparql", query=f"SELECT (SUM(?a + ?b + ?c + ?d) AS ?n) WHERE {{ {cross} }}")
        assert (slow.status_code, slow.headers["content-type"]) == (504, "application/problem+json")
        endpoint.close()
        gone = running.get("/sparql", query="ASK { ?s ?p ?o }")
        assert gone.status_code in (502, 503)  # a worker says the one, and that there is none any more the other
        assert gone.headers["content-type"] == "application/problem+json"
