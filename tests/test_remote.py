"""An endpoint that fails now and then, in the middle of a change, or for good, costs time, nothing that is stored."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.config import Settings
from graph.errors import EndpointError, EndpointTimeoutError, QueryError, StoreError, StoreLockedError
from graph.rdf.namespaces import RW, Namespaces
from graph.store.address import read_address
from graph.store.embedded import EmbeddedStore
from graph.store.places import open_store
from graph.store.remote import RemoteStore
from graph.store.remote_client import Endpoint, Login
from graph.store.remote_query import RemoteQueries

BASE = "https://graph.example/id/"
GRAPH = Namespaces(BASE).store_graph
ALL_QUADS = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
BUILD = """
from pathlib import Path
from graph.build import build_store
from graph.config import Settings
from graph.model import Entity, EntityKind, Evidence, Extraction, Fact
from graph.resolve.known import Known

class FakeReader:
    def read(self, document):
        people = (
            Entity("a", EntityKind.PERSON, "سيرغي " + document.id),
            Entity("b", EntityKind.PERSON, "كيث فيليبس", known="person:phillips"),
        )
        return Extraction(document, people, (Fact("a", "met", "b", Evidence(document.text[:5], 0, 5)),))

def run(store, folder):
    settings = Settings(
        store=Path(store), seeds=folder / "seeds", cache=folder / "cache", base_iri="https://graph.example/id/"
    )
    build_store([folder / "articles.jsonl"], settings, reader=FakeReader(), known=Known.load(folder / "seeds"))
"""


@dataclass
class Proxy:
    """Stands before a real endpoint and spoils requests: `spoil` says how, given method, path and number.

    A number is answered as a status; "lost" hangs up before the endpoint has the request, "unheard" afterwards;
    of what is "cut" a half is sent as if it were the whole.
    """

    target: str
    spoil: Callable[[str, str, int], int | str | None] = lambda *_: None
    seen: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""

    def count(self, path: str) -> int:
        return sum(each == path for _, each in self.seen)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, proxy: Proxy, *arguments: Any) -> None:
        self.proxy = proxy
        super().__init__(*arguments)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.partition("?")[0]
        self.proxy.headers, self.proxy.body = dict(self.headers), body
        self.proxy.seen.append((self.command, path))
        fault = self.proxy.spoil(self.command, path, self.proxy.count(path))
        if fault == "lost":
            self.close_connection = True
            return
        if isinstance(fault, int):
            self._answer(fault, b"not now", {"Retry-After": "0"})
            return
        wanted = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        answer = httpx.request(self.command, self.proxy.target + self.path, content=body, headers=wanted)
        if fault == "unheard":
            self.close_connection = True
            return
        content = answer.content[: len(answer.content) // 2] if fault == "cut" else answer.content
        self._answer(answer.status_code, content, {"Content-Type": answer.headers.get("Content-Type", "")})

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def proxy(endpoint: str, endpoint_place: Path) -> Iterator[Proxy]:
    proxy = Proxy(endpoint)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, proxy))
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield proxy
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def ask(url: str, **options: Any) -> Iterator[RemoteQueries]:
    """Ask an endpoint without ever waiting between two attempts; `options` are those of Endpoint."""
    endpoint = Endpoint(read_address(Path(f"sparql+{url}")), **{"pause": lambda _: None, **options})
    try:
        yield RemoteQueries(endpoint)
    finally:
        endpoint.close()


def stored(place: Path) -> set[tuple[str | None, ...]]:
    with ask(str(place).replace("sparql+http:/", "http://")) as queries:
        return {row for row in queries.select(ALL_QUADS).rows if row[-1] != GRAPH}


# Requests that fail


@pytest.mark.parametrize("fault", [429, 502, 503, "lost", "unheard"])
def test_what_fails_for_the_moment_is_asked_again(proxy: Proxy, fault: int | str) -> None:
    proxy.spoil = lambda method, path, number: fault if number <= 2 else None
    with ask(proxy.url) as queries:
        assert queries.ask("ASK {}")
        assert proxy.count("/query") == 3
        queries.endpoint.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        assert proxy.count("/update") == 3
        assert queries.select("SELECT ?o { <urn:a> <urn:b> ?o }").rows == (("urn:c",),)


def test_pauses_grow_and_end(proxy: Proxy) -> None:
    pauses: list[float] = []
    proxy.spoil = lambda *_: 503
    with ask(proxy.url, pause=pauses.append, patience=5.0) as queries, pytest.raises(EndpointError, match="503"):
        queries.ask("ASK {}")
    assert pauses[-1] > pauses[0]
    assert 5.0 <= sum(pauses) < 10.0


def test_endpoint_that_is_not_there_is_named(proxy: Proxy) -> None:
    with (
        ask("http://127.0.0.1:1", patience=0.5) as queries,
        pytest.raises(EndpointError, match=r":1/query cannot be used"),
    ):
        queries.ask("ASK {}")


def test_query_that_is_refused_is_not_asked_again(proxy: Proxy) -> None:
    proxy.spoil = lambda *_: 400
    with ask(proxy.url) as queries, pytest.raises(QueryError, match="not now"):
        queries.ask("ASK {}")
    assert proxy.count("/query") == 1


def test_query_that_cannot_be_read_is_said_to_be_wrong(endpoint: str) -> None:
    with ask(endpoint) as queries, pytest.raises(QueryError, match="refuses the request"):
        queries.select("SELECT")


def test_query_that_reaches_out_is_not_sent(proxy: Proxy) -> None:
    with ask(proxy.url) as queries, pytest.raises(QueryError, match="SERVICE"):
        queries.select("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    assert proxy.seen == []


def test_update_that_is_no_ones_own_is_not_made_twice(proxy: Proxy) -> None:
    proxy.spoil = lambda *_: "unheard"
    with ask(proxy.url) as queries, pytest.raises(EndpointError):
        queries.endpoint.update("INSERT { <urn:a> <urn:b> ?n } WHERE { BIND(UUID() AS ?n) }", repeatable=False)
    assert proxy.count("/update") == 1


def test_endpoint_that_is_too_slow_is_left(endpoint: str, endpoint_place: Path) -> None:
    numbers = " ".join(map(str, range(300)))
    cross = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abcd")
    with ask(endpoint, seconds=0.2) as queries, pytest.raises(EndpointTimeoutError, match=r"within 0\.2 s"):
        queries.select(f"SELECT (SUM(?a + ?b + ?c + ?d) AS ?n) WHERE {{ {cross} }}")


def test_answer_that_breaks_off_is_no_answer(proxy: Proxy) -> None:
    proxy.spoil = lambda *_: "cut"
    with ask(proxy.url) as queries, pytest.raises(EndpointError, match="broken off"):
        queries.select("SELECT ?n WHERE { VALUES ?n { 1 2 3 } }")


@pytest.mark.parametrize("login", [Login("someone", "s3cret"), Login(token="s3cret")])
def test_login_is_sent_and_never_said(proxy: Proxy, login: Login) -> None:
    with ask(proxy.url, login=login) as queries:
        queries.ask("ASK {}")
        assert proxy.headers["Authorization"].startswith(("Basic ", "Bearer s3cret"))
        proxy.spoil = lambda *_: 401
        with pytest.raises(EndpointError, match="RAWABIT_SPARQL_USER") as caught:
            queries.ask("ASK {}")
    assert "s3cret" not in f"{caught.value} {login!r} {Settings(sparql_password='s3cret', sparql_token='s3cret')!r}"


# Who may write


def test_endpoint_whose_default_graph_is_no_union_is_refused(
    tmp_path: Path, start_oxigraph: Callable[..., AbstractContextManager[str]]
) -> None:
    with start_oxigraph() as url, pytest.raises(StoreError, match="union-default-graph"):
        open_store(Settings(store=Path(f"sparql+{url}"), cache=tmp_path), create=True)


def test_store_that_is_not_there_is_not_made_unasked(tmp_path: Path, endpoint_place: Path) -> None:
    with pytest.raises(StoreError, match="rawabit build"):
        open_store(Settings(store=endpoint_place, cache=tmp_path))
    assert stored(endpoint_place) == set()


def test_second_writer_waits_and_that_of_another_machine_does_too(tmp_path: Path, endpoint_place: Path) -> None:
    settings = Settings(store=endpoint_place, cache=tmp_path, base_iri=BASE)
    with open_store(settings, create=True), pytest.raises(StoreLockedError, match="of this machine"):
        open_store(settings)
    url = str(endpoint_place).replace("sparql+http:/", "http://")
    note = f"GRAPH <{GRAPH}> {{ <{GRAPH}> <{RW}writer> '%s' }}"
    with ask(url) as queries:
        for until, is_held in (("9999999999", True), ("1700000000", False)):
            said = note % f"process 1 on elsewhere (ab) until {until}"
            queries.endpoint.update(f"INSERT DATA {{ {said} }}")
            if is_held:
                with pytest.raises(StoreLockedError, match="process 1 on elsewhere is writing"):
                    open_store(settings)
            else:
                open_store(settings).close()
            queries.endpoint.update(f"DELETE DATA {{ {said} }}")


def test_store_keeps_its_base_iri_and_several_are_told_apart(tmp_path: Path, endpoint_place: Path) -> None:
    settings = Settings(store=endpoint_place, cache=tmp_path, base_iri=BASE)
    open_store(settings, create=True).close()
    other = Settings(store=endpoint_place, cache=tmp_path)
    with open_store(other, create=True) as store:
        assert store.namespaces.base == BASE


# Crashes


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    seeds = "key,wikidata,ar,en,spellings,country\nphillips,,كيث فيليبس,Keith Phillips,,\n"
    (tmp_path / "seeds" / "people.csv").write_text(seeds, encoding="utf-8")
    lines = [json.dumps({"id": f"d{n}", "text": "التقى سيرغي كيث فيليبس"}) for n in range(3)]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_build_that_is_killed_is_healed_by_the_same_command(proxy: Proxy, articles: Path, endpoint_place: Path) -> None:
    script: dict[str, Any] = {}
    exec(BUILD, script)
    script["run"](articles / "store", articles)
    with EmbeddedStore.open(articles / "store") as store:
        undisturbed = set(store.select(ALL_QUADS).rows)
    killed = []

    def kill(method: str, path: str, number: int) -> str | None:
        if path == "/update" and b"contentHash" in proxy.body and not killed:
            killed.append(process.pid)
            process.kill()
            return "lost"
        return None

    proxy.spoil = kill
    command = [sys.executable, "-c", f"{BUILD}\nimport sys; run(sys.argv[1], Path(sys.argv[2]))"]
    with subprocess.Popen([*command, f"sparql+{proxy.url}", str(articles)]) as process:
        assert process.wait() == -signal.SIGKILL
    assert killed
    assert stored(endpoint_place) < undisturbed
    script["run"](f"sparql+{proxy.url}", articles)
    assert stored(endpoint_place) == undisturbed


def test_change_that_an_endpoint_left_half_made_is_healed_when_the_store_is_opened(
    tmp_path: Path, endpoint_place: Path
) -> None:
    settings = Settings(store=endpoint_place, cache=tmp_path, base_iri=BASE)
    with open_store(settings, create=True) as store:
        assert isinstance(store, RemoteStore)
        store._mark_underived()
        entity = f"<{BASE}entity/Q1>"
        store.endpoint.update(f"INSERT DATA {{ GRAPH <{BASE}graph/shared> {{ {entity} <{RW}met> {entity} }} }}")
    with open_store(settings):
        assert stored(endpoint_place) == set()


def test_store_counts_revisions_of_what_has_changed(tmp_path: Path, endpoint_place: Path) -> None:
    from graph.store.remote_state import find_state

    settings = Settings(store=endpoint_place, cache=tmp_path, base_iri=BASE)
    revisions = []
    with open_store(settings, create=True) as store:
        assert isinstance(store, RemoteStore)
        for triples in ((), (), ((f"<{BASE}a>", f"<{RW}met>", f"<{BASE}b>"),)):
            store.replace_ontology(triples)
            store.checkpoint()
            state = find_state(store, BASE)
            assert state is not None
            revisions.append(state.revision)
    assert revisions == [1, 1, 2]
