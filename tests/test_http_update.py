"""Updates over HTTP: who may make them, what is refused, when they are seen, and what a bad end leaves."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings
from graph.store.embedded import EmbeddedStore

Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {**AUTHORIZED, "Content-Type": "application/sparql-update"}
RW = "https://rawabit.example/ns#"
PREFIXES = f"PREFIX rw: <{RW}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
EVERYTHING = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HEAVY = f"INSERT {{ <urn:a> <urn:b> ?n }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ GRAPH ?x {{ {EVERYTHING} }} }} }} }}"
LIMITS = ServiceLimits(update_seconds=20, worker_memory=256 * 1024 * 1024)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, make_store: Callable[..., Path], start_server: Start
) -> Iterator[Server]:
    """A server for tests that leave the facts of its store as they were."""
    store = make_store(tmp_path_factory.mktemp("updates") / "store")
    with start_server(store, Settings(store=store, workers=2), LIMITS, Access(TOKEN, True)) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path, make_store: Callable[..., Path], start_server: Start) -> Iterator[Server]:
    """A server whose store a test may change as it likes."""
    store = make_store(tmp_path / "store")
    with start_server(store, Settings(store=store, workers=2), LIMITS, Access(TOKEN, True)) as running:
        yield running


def update(server: Server, text: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{server.url}/update", content=text.encode(), headers={**UPDATE, **headers}, timeout=60)


def ask(server: Server, query: str) -> bool:
    answer = server.get("/sparql", query=PREFIXES + query)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("urn:rawabit:problem:")


def children(server: Server) -> set[int]:
    """Return the processes that the nursery has forked."""
    nursery = server.app.state.service.pool.nursery_pid
    return set(map(int, Path(f"/proc/{nursery}/task/{nursery}/children").read_text(encoding="ascii").split()))


def wait_for_writer(server: Server, before: set[int]) -> int:
    deadline = time.monotonic() + 20
    while not (writers := children(server) - before):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    return writers.pop()


# Who may


@pytest.mark.parametrize(
    ("access", "updates", "writes"),
    [
        (Access(), (403, "updates-off"), (403, "writing-off")),
        (Access(None, True), (403, "updates-off"), (403, "writing-off")),
        (Access(TOKEN), (403, "updates-off"), None),
        (Access(TOKEN, True), None, None),
    ],
)
def test_writing_is_off_unless_it_is_switched_on(
    sample_store: Path, start_server: Start, access: Access, updates: object, writes: object
) -> None:
    with start_server(sample_store, None, LIMITS, access) as server:
        for answer, expected in (
            (update(server, "nonsense"), updates or (400, "malformed-update")),
            (
                httpx.put(f"{server.url}/rdf-graph-store?graph=", headers=AUTHORIZED),
                writes or (400, "bad-parameter"),
            ),
        ):
            assert problem(answer) == expected


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "no-token"),
        ({"Authorization": ""}, "no-token"),
        ({"Authorization": TOKEN}, "no-token"),
        ({"Authorization": "Bearer wrong"}, "wrong-token"),
        ({"Authorization": f"Bearer {TOKEN}x"}, "wrong-token"),
    ],
)
def test_an_update_needs_the_token(server: Server, headers: dict[str, str], code: str) -> None:
    for path in ("/update", "/sparql"):
        content_type = {"Content-Type": "application/sparql-update"}
        answer = httpx.post(f"{server.url}{path}", content=b"CLEAR ALL", headers={**content_type, **headers})
        assert problem(answer) == (401, code)
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert ask(server, "ASK { ?s ?p ?o }")


def test_the_token_stands_in_no_log_and_in_no_worker(
    tmp_path: Path, start_program: Any, make_store: Callable[..., Path]
) -> None:
    store = make_store(tmp_path / "store", [])
    with start_program(store, RAWABIT_TOKEN=TOKEN, RAWABIT_UPDATE="1") as program:
        for header in (f"Bearer {TOKEN}", f"Bearer wrong{TOKEN}", TOKEN, f"Basic {TOKEN}"):
            for path in ("/update", "/rdf-graph-store?default", "/sparql", f"/update?token={TOKEN}"):
                httpx.post(f"{program.url}{path}", content=b"{", headers={**UPDATE, "Authorization": header})
        children = Path(f"/proc/{program.process.pid}/task/{program.process.pid}/children").read_text(encoding="ascii")
        environments = [Path(f"/proc/{child}/environ").read_bytes() for child in children.split()]
    log = program.log.read_text(encoding="utf-8")
    assert '"path": "/update", "status": 400' in log
    assert '"path": "/update", "status": 401' in log
    assert TOKEN not in log
    assert environments
    assert not any(TOKEN.encode() in environment for environment in environments)


# What is refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LOAD <http://127.0.0.1:1/>", "no-load"),
        ("load silent <file:///etc/passwd> into graph <urn:g>", "no-load"),
        ("CLEAR ALL ; LOAD <http://127.0.0.1:1/>", "no-load"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "no-load"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT ?x { ?s ?p ?o } }", "no-load"),
        ("PREFIX : <urn:> LOAD:x", "malformed-update"),
        ("SELECT * { ?s ?p ?o }", "malformed-update"),
        ("INSERT DATA { ?s <urn:p> 1 }", "malformed-update"),
        ("DELETE DATA { _:b <urn:p> 1 }", "malformed-update"),
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; DROP GRAPH <urn:none>", "refused-update"),
        ("CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>", "refused-update"),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(<urn:no-function>(?o)) }", "refused-update"),
    ],
)
def test_what_cannot_be_made_is_refused_and_changes_nothing(server: Server, text: str, code: str) -> None:
    tag = server.app.state.service.pool.tag
    refused = problem(update(server, text))
    assert refused == (400, code) or (code, refused[1]) == ("malformed-update", "no-load")
    assert server.app.state.service.pool.tag == tag
    assert not ask(server, "ASK { GRAPH <urn:g> {} }")


def test_the_words_load_service_using_and_with_may_stand_elsewhere(server: Server) -> None:
    text = "PREFIX load: <urn:service:> INSERT DATA { load:with load:using 'LOAD SERVICE USING WITH'@en } # load"
    answer = httpx.post(
        f"{server.url}/update", content=text, params={"using-graph-uri": "urn:a:b"}, headers=UPDATE, timeout=60
    )
    assert answer.status_code == 204, answer.text
    stored = httpx.get(f"{server.url}/rdf-graph-store?default", headers={"Accept": "application/n-triples"}).text
    assert stored == '<urn:service:with> <urn:service:using> "LOAD SERVICE USING WITH"@en .\n'


@pytest.mark.parametrize(
    ("query", "form", "expected"),
    [
        ("", {}, (400, "update-missing")),
        ("?update=CLEAR%20ALL", {"update": "CLEAR ALL"}, (400, "doubled-parameter")),
        ("?update=CLEAR%20ALL", {}, (400, "doubled-parameter")),
        ("", {"update": "CLEAR ALL", "query": "ASK {}"}, (400, "bad-parameter")),
        ("", {"update": "CLEAR ALL", "default-graph-uri": "urn:a:b"}, (400, "bad-parameter")),
        ("?named-graph-uri=urn:a:b", {"update": "CLEAR ALL"}, (400, "bad-parameter")),
        ("", {"update": "CLEAR ALL", "using-graph-uri": "no iri"}, (400, "bad-parameter")),
        ("?using-named-graph-uri=relative", {"update": "CLEAR ALL"}, (400, "bad-parameter")),
        ("?using-graph-uri=%FF", {"update": "CLEAR ALL"}, (400, "not-utf-8")),
    ],
)
def test_parameters_that_do_not_fit_are_refused(
    server: Server, query: str, form: dict[str, str], expected: tuple[int, str]
) -> None:
    answer = httpx.post(f"{server.url}/update{query}", data=form or {"x": "y"}, headers=AUTHORIZED)
    assert problem(answer) == expected
    assert ask(server, "ASK { ?s ?p ?o }")


def test_a_query_is_not_given_the_dataset_of_an_update(server: Server) -> None:
    parameters = {"query": "ASK {}", "using-graph-uri": "urn:a:b"}
    assert problem(server.get("/sparql", **parameters)) == (400, "bad-parameter")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_an_update_is_posted(server: Server, method: str) -> None:
    answer = httpx.request(method, f"{server.url}/update", params={"update": "CLEAR ALL"}, headers=AUTHORIZED)
    assert (answer.status_code, answer.headers["allow"]) == (405, "OPTIONS, POST")


# When it is seen


def test_an_update_is_seen_by_the_next_query_while_others_go_on_unharmed(server: Server) -> None:
    failures: list[object] = []
    done = threading.Event()

    def read_on() -> None:
        with httpx.Client(timeout=30) as client:
            while not done.is_set():
                answer = client.get(f"{server.url}/sparql", params={"query": "ASK { ?s ?p ?o }"})
                if answer.status_code != 200 or not answer.json()["boolean"]:
                    failures.append(answer)

    readers = [threading.Thread(target=read_on) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            assert update(server, f"INSERT DATA {{ <urn:a> <urn:b> {number} }}").status_code == 204
            assert ask(server, f"ASK {{ <urn:a> <urn:b> {number} }}")
            assert update(server, f"DELETE DATA {{ <urn:a> <urn:b> {number} }}").status_code == 204
            assert not ask(server, f"ASK {{ <urn:a> <urn:b> {number} }}")
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []


def test_updates_at_once_are_made_one_after_the_other(server: Server) -> None:
    with ThreadPoolExecutor(6) as threads:
        texts = [f"INSERT DATA {{ <urn:a> <urn:b> {number} }}" for number in range(6)]
        answers = list(threads.map(lambda text: update(server, text), texts))
    assert [answer.status_code for answer in answers] == [204] * 6
    assert all(ask(server, f"ASK {{ <urn:a> <urn:b> {number} }}") for number in range(6))


def test_what_is_derived_follows_an_update(own_server: Server) -> None:
    met = "ASK { ?a rw:met ?b }"
    assert ask(own_server, met)
    fact = "?f rdf:predicate rw:met ; rw:status ?status"
    change = f"DELETE {{ GRAPH ?g {{ ?f rw:status ?status }} }} WHERE {{ GRAPH ?g {{ {fact} }} }}"
    assert update(own_server, PREFIXES + change).status_code == 204
    assert not ask(own_server, met)
    name = "INSERT { GRAPH ?g { ?a rw:alias 'بلاد الأنهار'@ar } } WHERE { GRAPH ?g { ?a rw:english 'Ukraine'@en } }"
    assert update(own_server, PREFIXES + name).status_code == 204
    assert own_server.get("/actors", q="بلاد الأنهار").json()["items"][0]["id"] == "Q212"


def test_every_route_answers_on_an_empty_store(own_server: Server) -> None:
    assert update(own_server, "CLEAR ALL").status_code == 204
    paths = ["/", "/actors", "/actors?q=x", "/facts", "/documents", "/stats", "/vocabulary", "/queries", "/readyz"]
    for path in (*paths, "/export/gexf", "/rdf-graph-store?default", "/sparql"):
        assert httpx.get(own_server.url + path).status_code == 200, path
    assert httpx.get(f"{own_server.url}/actors/Q212").status_code == 404


# What a bad end leaves


def test_an_update_that_takes_too_long_is_ended_and_leaves_nothing(
    tmp_path: Path, make_store: Callable[..., Path], start_server: Start
) -> None:
    store = make_store(tmp_path / "store")
    limits = ServiceLimits(update_seconds=1.0)
    with start_server(store, Settings(store=store, workers=1), limits, Access(TOKEN, True)) as server:
        began = time.monotonic()
        assert problem(update(server, HEAVY)) == (504, "time-limit")
        assert time.monotonic() - began < 5
    with start_server(store, Settings(store=store, workers=1), LIMITS, Access(TOKEN, True)) as server:
        assert not ask(server, "ASK { <urn:a> <urn:b> ?n }")
        assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204
        assert ask(server, "ASK { <urn:a> <urn:b> 1 }")


def test_an_update_that_needs_too_much_memory_is_refused(server: Server) -> None:
    pattern = "GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i }"
    text = f"INSERT {{ ?a ?d ?g . ?d ?a ?g . ?g ?a ?d }} WHERE {{ {pattern} FILTER(ISIRI(?d) && ISIRI(?a)) }}"
    answer = update(server, text)
    assert problem(answer) in ((507, "out-of-memory"), (504, "time-limit"))
    assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204


def test_a_writer_that_is_killed_is_told_and_the_next_one_works(server: Server) -> None:
    before = children(server)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(update, server, HEAVY)
        writer = wait_for_writer(server, before)
        time.sleep(0.3)
        os.kill(writer, signal.SIGKILL)
        assert problem(answer.result()) == (500, "writer-died")
    assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204
    assert ask(server, "ASK { <urn:a> <urn:b> 1 }")


def test_a_store_that_another_process_writes_to_is_told_with_its_name(server: Server) -> None:
    with EmbeddedStore.open(server.store):
        for answer in (
            update(server, "CLEAR ALL"),
            httpx.put(f"{server.url}/rdf-graph-store?default", headers={**AUTHORIZED, "Content-Type": "text/turtle"}),
        ):
            assert problem(answer) == (503, "store-locked")
            assert f"process {os.getpid()} on" in answer.json()["detail"]
            assert answer.headers["retry-after"] == "5"
        assert ask(server, "ASK { ?s ?p ?o }")
    assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204


def test_an_update_that_nests_too_deep_is_refused(server: Server) -> None:
    text = "INSERT { ?s ?p ?o } WHERE " + "{" * 50_000 + "}" * 50_000
    assert problem(update(server, text)) == (400, "too-complex")
    assert update(server, "INSERT DATA { <urn:a> <urn:b> 1 }").status_code == 204


def test_an_update_goes_on_without_the_client_that_hung_up(server: Server) -> None:
    before = children(server)
    body = b"INSERT DATA { <urn:a> <urn:b> 'alone' }"
    head = f"POST /update HTTP/1.1\r\nHost: x\r\nContent-Type: {UPDATE['Content-Type']}\r\n"
    head += f"Authorization: Bearer {TOKEN}\r\nContent-Length: {len(body)}\r\n\r\n"
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall(head.encode() + body)
        wait_for_writer(server, before)
    deadline = time.monotonic() + 20
    while not ask(server, "ASK { <urn:a> <urn:b> 'alone' }"):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_change_that_is_journaled_is_made_whatever_memory_is_left(server: Server) -> None:
    graph = "\n".join(f"<urn:a:{n}> <urn:b> <urn:c> ." for n in range(6000))
    for _ in range(2):
        answer = httpx.put(
            f"{server.url}/rdf-graph-store?graph=urn:a:many",
            content=graph,
            headers={**AUTHORIZED, "Content-Type": "text/turtle"},
            timeout=60,
        )
        assert answer.status_code in (201, 204), answer.text
