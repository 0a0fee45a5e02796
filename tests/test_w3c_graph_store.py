"""The Graph Store HTTP Protocol over real HTTP against `rawabit serve`: what W3C's tests ask, and more."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

Program = Any  # conftest.Program, which a test module cannot import
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {**AUTHORIZED, "Content-Type": "text/turtle; charset=utf-8"}
PREFIXES = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
Send = Callable[..., httpx.Response]


def card(name: str) -> str:
    return f'{PREFIXES}<http://people.example/1> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "{name}" ] .\n'


ALICE = f'{PREFIXES}[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .\n'
NAMED = PREFIXES + '<http://people.example/1> foaf:{} "{}" .\n'


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, start_program: Any, make_store: Any) -> Iterator[Program]:
    store: Path = make_store(tmp_path_factory.mktemp("graphs") / "store")
    with start_program(store, RAWABIT_TOKEN=TOKEN) as running:
        yield running


@pytest.fixture
def send(program: Program) -> Iterator[Send]:
    with httpx.Client(timeout=60) as client:

        def send(method: str, path: str, content: str | bytes = b"", **headers: str) -> httpx.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            chosen = {**(TURTLE if content else AUTHORIZED), **named}
            return client.request(method, program.url + path, content=content, headers=chosen)

        yield send


@pytest.fixture(autouse=True)
def empty(program: Program) -> None:
    """Only the unnamed graph and those of the tests are emptied; the store's own stay."""
    for path in ("?default", "/person/1", "/person/2"):
        address = f"{program.url}/rdf-graph-store{path}"
        if httpx.get(address).content and httpx.get(address).status_code == 200:
            httpx.delete(address, headers=AUTHORIZED, timeout=60)


def is_graph(answer: httpx.Response, expected: str) -> bool:
    """Say whether an answer is this graph, but for the names of its blank nodes."""
    assert answer.status_code == 200, answer.text
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    found = ox.Dataset(ox.parse(answer.content, form))
    wanted = ox.Dataset(ox.parse(expected, ox.RdfFormat.TURTLE))
    for dataset in (found, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found == wanted


STORE = "/rdf-graph-store"


@pytest.mark.parametrize("path", [f"{STORE}/person/1.ttl", f"{STORE}?graph=http://people.example/graph/1"])
def test_put_makes_a_graph_and_then_replaces_it(send: Send, path: str) -> None:
    send("DELETE", path)
    assert send("PUT", path, card("John Doe")).status_code == 201
    assert is_graph(send("GET", path, Accept="text/turtle"), card("John Doe"))
    assert send("PUT", path, card("Jane Doe")).status_code == 204
    assert is_graph(send("GET", path, Accept="text/turtle"), card("Jane Doe"))


def test_put__initial_state_is_found_by_its_relative_name(send: Send) -> None:
    assert send("PUT", f"{STORE}/person/1.ttl", card("John Doe")).status_code == 201
    assert is_graph(send("GET", f"{STORE}?graph={STORE}/person/1.ttl"), card("John Doe"))


def test_put__graph_already_in_store_is_found_without_its_ending(send: Send) -> None:
    assert send("PUT", f"{STORE}/person/1.ttl", card("John Doe")).status_code == 201
    assert send("PUT", f"{STORE}/person/1", card("Jane Doe")).status_code == 204
    for path in (f"{STORE}/person/1", f"{STORE}/person/1.ttl"):
        assert is_graph(send("GET", path, Accept="text/turtle"), card("Jane Doe"))


def test_put__default_graph(send: Send) -> None:
    assert send("PUT", f"{STORE}?default", ALICE).status_code == 201
    assert is_graph(send("GET", f"{STORE}?default", Accept="text/turtle"), ALICE)
    assert send("PUT", f"{STORE}?default", card("Jane Doe")).status_code == 204
    assert is_graph(send("GET", f"{STORE}?default"), card("Jane Doe"))


@pytest.mark.parametrize("media_type", ["application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_put__mismatched_payload(send: Send, media_type: str) -> None:
    answer = send("PUT", f"{STORE}/person/1.ttl", card("Jane Doe"), Content_Type=media_type)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:rawabit:problem:malformed-rdf")
    assert send("GET", f"{STORE}/person/1.ttl").status_code == 404


def test_delete__existing_graph(send: Send) -> None:
    send("PUT", f"{STORE}/person/2.ttl", card("Jane Doe"))
    answer = send("DELETE", f"{STORE}/person/2.ttl")
    assert (answer.status_code, answer.json()["triples"]) == (200, 4)
    assert send("GET", f"{STORE}/person/2.ttl").status_code == 404


def test_delete__nonexistent_graph(send: Send) -> None:
    assert send("DELETE", f"{STORE}/person/2.ttl").status_code == 404


def test_post__existing_graph(send: Send) -> None:
    send("PUT", f"{STORE}/person/1.ttl", card("Jane Doe"))
    added = NAMED.format("name", "Jane Doe")
    assert send("POST", f"{STORE}/person/1.ttl", added).status_code == 200
    assert is_graph(send("GET", f"{STORE}/person/1.ttl", Accept="text/turtle"), card("Jane Doe") + added)


def test_post__multipart_formdata(send: Send) -> None:
    send("PUT", f"{STORE}/person/1.ttl", card("Jane Doe"))
    boundary, parts = "a6fe4cd636164618814be9f8d3d1a0de", [("familyName", "Doe"), ("givenName", "Jane")]
    for line_end in ("\n", "\r\n"):
        body = "".join(
            f'\n--{boundary}\nContent-Disposition: form-data; name="{name}.ttl"; filename="{name}.ttl"\n'
            f"Content-Type: text/turtle; charset=utf-8\n\n{NAMED.format(name, value)}"
            for name, value in parts
        )
        body = f"{body}\n--{boundary}--\n".replace("\n", line_end)
        content_type = f"multipart/form-data; boundary={boundary}"
        answer = send("POST", f"{STORE}/person/1.ttl", body, Content_Type=content_type)
        assert answer.status_code == 200, answer.text
    expected = card("Jane Doe") + "".join(NAMED.format(*part) for part in parts)
    assert is_graph(send("GET", f"{STORE}/person/1.ttl"), expected)


def test_post__create__new_graph_and_noop(send: Send, program: Program) -> None:
    answer = send("POST", STORE, ALICE)
    assert answer.status_code == 201
    place = answer.headers["location"]
    assert place.startswith(f"{program.url}{STORE}/")
    path = place.removeprefix(program.url)
    assert is_graph(send("GET", path, Accept="text/turtle"), ALICE)
    assert send("POST", path, b"").status_code == 204
    assert is_graph(send("GET", path, Accept="text/turtle"), ALICE)
    assert send("DELETE", path).status_code == 200


def test_head_on_an_existing_graph(send: Send) -> None:
    send("PUT", f"{STORE}/person/1.ttl", card("Jane Doe"))
    answer = send("HEAD", f"{STORE}/person/1.ttl", Content_Type="text/turtle; charset=utf-8")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/turtle")


def test_head_on_a_nonexisting_graph(send: Send) -> None:
    assert send("HEAD", f"{STORE}/person/4.ttl").status_code == 404


# What the protocol says beyond its tests


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/csv, application/n-quads;q=0.5, text/turtle;q=0.1", "application/n-quads"),
        ("*/*", "text/turtle"),
    ],
)
def test_a_graph_is_given_in_the_format_that_is_asked_for(send: Send, accept: str, media_type: str) -> None:
    send("PUT", f"{STORE}?default", ALICE)
    answer = send("GET", f"{STORE}?default", Accept=accept)
    assert answer.headers["content-type"].startswith(media_type)
    assert is_graph(answer, ALICE)


def test_a_graph_is_not_given_in_a_format_that_it_has_not(send: Send) -> None:
    assert send("GET", f"{STORE}?default", Accept="text/csv").status_code == 406


@pytest.mark.parametrize("media_type", ["text/csv", "application/sparql-update", "application/x-www-form-urlencoded"])
def test_a_type_that_is_no_rdf_is_refused(send: Send, media_type: str) -> None:
    answer = send("PUT", f"{STORE}/person/1", "a,b", Content_Type=media_type)
    assert answer.status_code == 415
    assert "text/turtle" in answer.headers["accept-post"]


def test_triples_of_named_graphs_are_refused(send: Send) -> None:
    quads = "<urn:a> <urn:b> <urn:c> <urn:g> ."
    assert send("PUT", f"{STORE}/person/1", quads, Content_Type="application/n-quads").status_code == 400
    triples = "<urn:a> <urn:b> <urn:c> ."
    assert send("PUT", f"{STORE}/person/1", triples, Content_Type="application/trig").status_code == 201


@pytest.mark.parametrize(
    "path",
    [
        f"{STORE}?graph=urn:a:b&default",
        f"{STORE}?graph=urn:a:b&graph=urn:a:b",
        f"{STORE}?default&default",
        f"{STORE}?graph=",
        f"{STORE}?graph=http://a%20b/",
        f"{STORE}?graph=%FF",
        f"{STORE}/person/1?default",
        f"{STORE}/person/1?graph=urn:a:b",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_graph_that_is_named_twice_or_badly_is_refused(send: Send, method: str, path: str) -> None:
    assert send(method, path, ALICE if method in ("PUT", "POST") else b"").status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_graph_must_be_named(send: Send, method: str) -> None:
    answer = send(method, STORE, ALICE if method == "PUT" else b"")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:rawabit:problem:which-graph")


@pytest.mark.parametrize("path", [STORE, f"{STORE}/person/1", f"{STORE}?default"])
def test_patch_is_not_allowed_and_the_methods_are_named(send: Send, path: str) -> None:
    allowed = "DELETE, GET, HEAD, OPTIONS, POST, PUT"
    refused = send("PATCH", path, "x")
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    asked = send("OPTIONS", path, Origin="https://elsewhere.example", Access_Control_Request_Method="PUT")
    assert (asked.status_code, asked.headers["allow"]) == (204, allowed)
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    assert asked.headers["access-control-allow-methods"] == allowed


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("header", [None, "Basic eA==", "Bearer wrong"])
def test_nothing_is_written_without_the_token(program: Program, method: str, header: str | None) -> None:
    headers = {"Content-Type": "text/turtle"} | ({"Authorization": header} if header else {})
    answer = httpx.request(method, f"{program.url}{STORE}?default", content=ALICE, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert httpx.get(f"{program.url}{STORE}?default").content == b""


def test_the_graphs_of_a_store_are_read_by_their_names(program: Program) -> None:
    names = httpx.get(
        f"{program.url}/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 5"}
    ).json()
    for row in names["results"]["bindings"]:
        answer = httpx.get(f"{program.url}{STORE}", params={"graph": row["g"]["value"]})
        assert answer.status_code == 200
        assert list(ox.parse(answer.content, ox.RdfFormat.TURTLE))


def test_what_is_derived_cannot_be_written(send: Send) -> None:
    shared = "https://rawabit.example/id/graph/shared"
    for method in ("PUT", "POST", "DELETE"):
        assert send(method, f"{STORE}?graph={shared}", ALICE if method != "DELETE" else b"").status_code == 409


def test_a_graph_has_an_etag_until_something_is_written(send: Send) -> None:
    first = send("GET", f"{STORE}?default")
    assert send("GET", f"{STORE}?default", If_None_Match=first.headers["etag"]).status_code == 304
    send("PUT", f"{STORE}?default", ALICE)
    again = send("GET", f"{STORE}?default", If_None_Match=first.headers["etag"])
    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]


def test_a_graph_is_compressed(send: Send, program: Program) -> None:
    send("PUT", f"{STORE}?default", "".join(f"<urn:a:{n}> <urn:b:b> <urn:c:c> .\n" for n in range(500)))
    with httpx.stream("GET", f"{program.url}{STORE}?default", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())).count(b"urn:a:") == 500


def test_relative_names_and_blank_nodes_of_a_payload_are_the_graphs_own(send: Send, program: Program) -> None:
    send("PUT", f"{STORE}/person/1", "<> <#knows> _:b .")
    send("POST", f"{STORE}/person/1", "<> <#knows> _:b .")
    here = f"{program.url}{STORE}/person/1"
    quads = list(ox.parse(send("GET", f"{STORE}/person/1").content, ox.RdfFormat.TURTLE))
    assert {(str(each.subject), str(each.predicate)) for each in quads} == {(f"<{here}>", f"<{here}#knows>")}
    assert len(quads) == 2


def test_a_payload_that_is_too_large_is_refused(tmp_path: Path, start_program: Any, make_store: Any) -> None:
    store = make_store(tmp_path / "store", [])
    with start_program(store, RAWABIT_TOKEN=TOKEN, RAWABIT_MAX_UPLOAD="100") as program:
        url = f"{program.url}{STORE}?default"
        assert httpx.put(url, content=b"#" * 101, headers=TURTLE).status_code == 413
        assert httpx.put(url, content=b"#" * 100, headers=TURTLE).status_code == 201
        assert httpx.post(f"{program.url}/update", content=b"CLEAR ALL", headers=AUTHORIZED).status_code == 403
