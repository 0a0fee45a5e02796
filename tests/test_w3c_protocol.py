"""The SPARQL 1.1 Protocol over real HTTP against `rawabit serve`: what W3C's 34 protocol tests ask, in our words.

Every test sends what its namesake sends, also to `/sparql/` with its slash, and puts the graphs that it needs there
itself, by an update. Updates are sent to both addresses that take them.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

Program = Any  # conftest.Program, which a test module cannot import
TOKEN = "a-token-of-tests"
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
DATA = "http://kasei.example/data/"
DOCUMENT, RESOURCE = "http://xmlns.com/foaf/0.1/Document", "http://purl.org/dc/terms/BibliographicResource"
Send = Callable[..., tuple[int, str, bytes]]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, start_program: Any, make_store: Any) -> Iterator[Program]:
    store: Path = make_store(tmp_path_factory.mktemp("protocol") / "store")
    with start_program(store, RAWABIT_UPDATE="1", RAWABIT_TOKEN=TOKEN) as running:
        yield running


@pytest.fixture(params=["/sparql", "/sparql/"])
def endpoint(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["/update", "/update/", "/sparql", "/sparql/"])
def update_endpoint(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def send(program: Program) -> Send:
    """The means to send a request byte by byte as it is given, and to read status, media type and body."""

    def send(
        method: str, target: str, body: bytes | None = None, content_type: str | None = None, *, token: bool = False
    ) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection(program.url.removeprefix("http://"), timeout=60)
        connection.putrequest(method, target, skip_accept_encoding=True)
        headers = {"Content-Type": content_type, "Authorization": f"Bearer {TOKEN}" if token else None}
        if body is not None or method != "GET":
            headers["Content-Length"] = str(len(body or b""))
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        result = answer.status, (answer.getheader("Content-Type") or "").partition(";")[0], answer.read()
        connection.close()
        return result

    return send


@pytest.fixture(params=["/update"])
def graphs(send: Send, request: pytest.FixtureRequest) -> None:
    """Three graphs that each say of themselves that they are documents."""
    said = " ".join(f"GRAPH <{DATA}{n}.rdf> {{ <{DATA}{n}.rdf> a <{DOCUMENT}> }}" for n in (1, 2, 3))
    status, _, body = send("POST", "/update", f"INSERT DATA {{ {said} }}".encode(), UPDATE, token=True)
    assert status == 204, body


def with_graphs(endpoint: str, **graphs: list[int]) -> str:
    """Return an address whose parameters name graphs; those of `default_graph_uri` are default-graph-uri."""
    pairs = [(name.replace("_", "-"), f"{DATA}{n}.rdf") for name, numbers in graphs.items() for n in numbers]
    return f"{endpoint}?{urlencode(pairs)}"


def says_true(answer: tuple[int, str, bytes]) -> bool:
    status, media_type, body = answer
    assert (status, media_type) == (200, "application/sparql-results+json"), body
    return bool(json.loads(body)["boolean"])


def is_refused(answer: tuple[int, str, bytes], *statuses: int) -> bool:
    status, media_type, body = answer
    assert media_type == "application/problem+json"
    assert json.loads(body)["status"] == status
    return status in statuses


BOTH = f"ASK {{ <{DATA}1.rdf> a ?type . <{DATA}2.rdf> a ?type }}"
BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{DATA}1.rdf> a ?type }} GRAPH ?g2 {{ <{DATA}2.rdf> a ?type }} }}"


def test_query_get(send: Send, endpoint: str) -> None:
    assert says_true(send("GET", f"{endpoint}?query=ASK%20%7B%7D&default-graph-uri={quote(DATA, safe='')}0.rdf"))


def test_query_post_form(send: Send, endpoint: str) -> None:
    target = with_graphs(endpoint, default_graph_uri=[0])
    assert says_true(send("POST", target, b"query=ASK%20%7B%7D", FORM))


def test_query_post_direct(send: Send, endpoint: str) -> None:
    assert says_true(send("POST", endpoint, b"ASK {}", QUERY))


@pytest.mark.usefixtures("graphs")
def test_query_dataset_default_graphs_get(send: Send, endpoint: str) -> None:
    target = with_graphs(endpoint, default_graph_uri=[1, 2])
    assert says_true(send("GET", f"{target}&query={quote(BOTH)}"))
    assert not says_true(send("GET", f"{with_graphs(endpoint, default_graph_uri=[1, 3])}&query={quote(BOTH)}"))


@pytest.mark.usefixtures("graphs")
def test_query_dataset_default_graphs_post(send: Send, endpoint: str) -> None:
    assert says_true(send("POST", with_graphs(endpoint, default_graph_uri=[1, 2]), BOTH.encode(), QUERY))
    form = urlencode([("query", BOTH), *(("default-graph-uri", f"{DATA}{n}.rdf") for n in (1, 2))])
    assert says_true(send("POST", endpoint, form.encode(), FORM))


@pytest.mark.usefixtures("graphs")
def test_query_dataset_named_graphs_post(send: Send, endpoint: str) -> None:
    assert says_true(send("POST", with_graphs(endpoint, named_graph_uri=[1, 2]), BOTH_NAMED.encode(), QUERY))
    assert not says_true(send("POST", with_graphs(endpoint, named_graph_uri=[1, 3]), BOTH_NAMED.encode(), QUERY))


@pytest.mark.usefixtures("graphs")
def test_query_dataset_named_graphs_get(send: Send, endpoint: str) -> None:
    assert says_true(send("GET", f"{with_graphs(endpoint, named_graph_uri=[1, 2])}&query={quote(BOTH_NAMED)}"))


@pytest.mark.usefixtures("graphs")
def test_query_dataset_full(send: Send, endpoint: str) -> None:
    query = f"ASK {{ <{DATA}3.rdf> a ?type {BOTH_NAMED[5:-1]} }}"
    target = with_graphs(endpoint, default_graph_uri=[3], named_graph_uri=[1, 2])
    assert says_true(send("POST", target, query.encode(), QUERY))


@pytest.mark.usefixtures("graphs")
def test_query_multiple_dataset(send: Send, endpoint: str) -> None:
    query = BOTH_NAMED.replace("ASK", f"ASK FROM <{DATA}3.rdf>")
    assert says_true(send("POST", with_graphs(endpoint, named_graph_uri=[1, 2]), query.encode(), QUERY))
    query = f"ASK FROM <{DATA}3.rdf> {{ <{DATA}3.rdf> a ?type }}"
    assert not says_true(send("POST", with_graphs(endpoint, default_graph_uri=[1]), query.encode(), QUERY))


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        ("SELECT (1 AS ?value) {}", ox.QueryResultsFormat),
        ("ASK {}", ox.QueryResultsFormat),
        ("DESCRIBE <http://example.org/>", ox.RdfFormat),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", ox.RdfFormat),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(send: Send, endpoint: str, query: str, media_types: Any) -> None:
    target = with_graphs(endpoint, default_graph_uri=[0])
    status, media_type, body = send("POST", target, query.encode(), QUERY)
    assert status == 200, body
    assert media_types.from_media_type(media_type) is not None


def clear_and_say(*numbers: int) -> str:
    said = " ".join(f"GRAPH <{DATA}{n}.rdf> {{ <{DATA}{n}.rdf> a <{DOCUMENT}> }}" for n in numbers)
    return f"DROP ALL ; INSERT DATA {{ {said} }} ; "


def note(pattern: str) -> str:
    return f"INSERT {{ GRAPH <{DATA}noted> {{ ?s a <{RESOURCE}> }} }} WHERE {{ {pattern} }}"


def noted(send: Send) -> set[str]:
    query = f"SELECT ?s {{ GRAPH <{DATA}noted> {{ ?s a <{RESOURCE}> }} }}"
    status, _, body = send("POST", "/sparql", query.encode(), QUERY)
    assert status == 200
    return {row["s"]["value"].removeprefix(DATA) for row in json.loads(body)["results"]["bindings"]}


def is_made(answer: tuple[int, str, bytes]) -> bool:
    assert 200 <= answer[0] < 300, answer
    return True


def test_update_dataset_default_graph(send: Send, update_endpoint: str) -> None:
    text = clear_and_say(1, 2).replace("DROP", "CLEAR") + note(f"?s a <{DOCUMENT}>")
    assert is_made(send("POST", with_graphs(update_endpoint, using_graph_uri=[1]), text.encode(), UPDATE, token=True))
    assert noted(send) == {"1.rdf"}


def test_update_dataset_default_graphs(send: Send, update_endpoint: str) -> None:
    text = clear_and_say(1, 2, 3) + note(f"?s a <{DOCUMENT}>")
    target = with_graphs(update_endpoint, using_graph_uri=[1, 2])
    assert is_made(send("POST", target, text.encode(), UPDATE, token=True))
    assert noted(send) == {"1.rdf", "2.rdf"}


def test_update_dataset_named_graphs(send: Send, update_endpoint: str) -> None:
    text = clear_and_say(1, 2, 3) + note(f"GRAPH ?g {{ ?s a <{DOCUMENT}> }}")
    target = with_graphs(update_endpoint, using_named_graph_uri=[1, 2])
    assert is_made(send("POST", target, text.encode(), UPDATE, token=True))
    assert noted(send) == {"1.rdf", "2.rdf"}


def test_update_dataset_full(send: Send, update_endpoint: str) -> None:
    pattern = f"{{ GRAPH ?g {{ ?s a <{DOCUMENT}> }} BIND(?g AS ?in) }} UNION {{ ?s a <{DOCUMENT}> BIND('d' AS ?in) }}"
    text = clear_and_say(1, 2, 3) + f"INSERT {{ GRAPH <{DATA}noted> {{ ?s <{DATA}in> ?in }} }} WHERE {{ {pattern} }}"
    target = with_graphs(update_endpoint, using_graph_uri=[1], using_named_graph_uri=[2])
    assert is_made(send("POST", target, text.encode(), UPDATE, token=True))
    query = f"SELECT ?s ?in {{ GRAPH <{DATA}noted> {{ ?s <{DATA}in> ?in }} }}"
    rows = json.loads(send("POST", "/sparql", query.encode(), QUERY)[2])["results"]["bindings"]
    found = {(row["s"]["value"].removeprefix(DATA), row["in"]["value"].removeprefix(DATA)) for row in rows}
    assert found == {("1.rdf", "d"), ("2.rdf", "2.rdf")}


def test_update_post_form(send: Send, update_endpoint: str) -> None:
    assert is_made(send("POST", update_endpoint, b"update=CLEAR+ALL", FORM, token=True))
    assert not says_true(send("GET", f"/sparql?query={quote('ASK { ?s ?p ?o }')}"))
    form = urlencode({"update": note(f"?s a <{DOCUMENT}>"), "using-graph-uri": f"{DATA}1.rdf"})
    assert is_made(send("POST", update_endpoint, b"update=" + quote(clear_and_say(1)).encode(), FORM, token=True))
    assert is_made(send("POST", update_endpoint, form.encode(), FORM, token=True))
    assert noted(send) == {"1.rdf"}


def test_update_post_direct(send: Send, update_endpoint: str) -> None:
    assert is_made(send("POST", update_endpoint, b"CLEAR ALL", UPDATE, token=True))
    assert not says_true(send("GET", f"/sparql?query={quote('ASK { ?s ?p ?o }')}"))


def test_update_base_uri(send: Send, update_endpoint: str) -> None:
    graph = "http://example.org/protocol-base-test/"
    text = f"CLEAR SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> <test> }} }}"
    assert is_made(send("POST", update_endpoint, text.encode(), UPDATE, token=True))
    query = f"SELECT ?o {{ GRAPH <{graph}> {{ <urn:s> <urn:p> ?o }} }}"
    (row,) = json.loads(send("POST", "/sparql", query.encode(), QUERY)[2])["results"]["bindings"]
    assert row["o"] == {"type": "uri", "value": "https://rawabit.example/id/test"}


def test_bad_query_method(send: Send, endpoint: str) -> None:
    assert is_refused(send("PUT", f"{endpoint}?query=ASK%20%7B%7D", None, FORM), 405)


def test_bad_multiple_queries(send: Send, endpoint: str) -> None:
    assert is_refused(send("GET", f"{endpoint}?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"), 400)


def test_bad_query_wrong_media_type(send: Send, endpoint: str) -> None:
    assert is_refused(send("POST", endpoint, b"ASK {}", "text/plain"), 415)


def test_bad_query_missing_form_type(send: Send, endpoint: str) -> None:
    assert is_refused(send("POST", endpoint, b"query=ASK%20%7B%7D"), 415)


def test_bad_query_missing_direct_type(send: Send, endpoint: str) -> None:
    assert is_refused(send("POST", endpoint, b"ASK {}"), 415)


def test_bad_query_non_utf8(send: Send, endpoint: str) -> None:
    assert is_refused(send("POST", endpoint, "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"), 415)
    assert is_refused(send("POST", endpoint, "ASK {}".encode("utf-16"), QUERY), 400)


def test_bad_query_syntax(send: Send, endpoint: str) -> None:
    assert is_refused(send("GET", f"{endpoint}?query=ASK%20%7B"), 400)


def test_bad_update_get(send: Send, endpoint: str) -> None:
    assert is_refused(send("GET", f"{endpoint}?update=CLEAR%20ALL", token=True), 400)
    assert is_refused(send("GET", "/update?update=CLEAR%20ALL", token=True), 405)


def test_bad_multiple_updates(send: Send, update_endpoint: str) -> None:
    body = b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"
    assert is_refused(send("POST", update_endpoint, body, FORM, token=True), 400)


def test_bad_update_wrong_media_type(send: Send, update_endpoint: str) -> None:
    assert is_refused(send("POST", update_endpoint, b"CLEAR NAMED", "text/plain", token=True), 415)


def test_bad_update_missing_form_type(send: Send, update_endpoint: str) -> None:
    assert is_refused(send("POST", update_endpoint, b"update=CLEAR%20NAMED", token=True), 415)


def test_bad_update_non_utf8(send: Send, update_endpoint: str) -> None:
    body = "CLEAR NAMED".encode("utf-16")
    assert is_refused(send("POST", update_endpoint, body, f"{UPDATE}; charset=UTF-16", token=True), 415)
    assert is_refused(send("POST", update_endpoint, body, UPDATE, token=True), 400)


def test_bad_update_syntax(send: Send, update_endpoint: str) -> None:
    assert is_refused(send("POST", update_endpoint, b"update=CLEAR%20XYZ", FORM, token=True), 400)


@pytest.mark.parametrize("clause", ["USING <urn:g>", "USING NAMED <urn:g>"])
def test_bad_update_dataset_conflict(send: Send, update_endpoint: str, clause: str) -> None:
    text = f"INSERT {{ ?s ?p ?o }} {clause} WHERE {{ ?s ?p ?o }}"
    for parameter in ("using-graph-uri", "using-named-graph-uri"):
        form = urlencode({"update": text, parameter: "http://example.org/people"})
        assert is_refused(send("POST", update_endpoint, form.encode(), FORM, token=True), 400)
    text = "WITH <urn:g> INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    target = with_graphs(update_endpoint, using_graph_uri=[1])
    assert is_refused(send("POST", target, text.encode(), UPDATE, token=True), 400)


# SPARQL 1.1 Service Description


SD = "http://www.w3.org/ns/sparql-service-description#"


def describe(send: Send, endpoint: str) -> set[tuple[str, str, str]]:
    status, media_type, body = send("GET", endpoint)
    form = ox.RdfFormat.from_media_type(media_type)
    assert (status, form is not None) == (200, True)
    return {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in ox.parse(body, form)}


def test_returns_rdf(send: Send, endpoint: str) -> None:
    assert describe(send, endpoint)


def test_has_endpoint_triple(send: Send, program: Program, endpoint: str) -> None:
    address = f"<{program.url}{endpoint}>"
    assert any(predicate == f"{SD}endpoint" and said == address for _, predicate, said in describe(send, endpoint))


def test_conforms_to_schema(send: Send, endpoint: str) -> None:
    domains = {
        "endpoint": "Service", "feature": "Service", "supportedLanguage": "Service", "languageExtension": "Service",
        "defaultEntailmentRegime": "Service", "extensionFunction": "Service", "resultFormat": "Service",
        "inputFormat": "Service", "defaultDataset": "Service", "availableGraphs": "Service",
        "defaultGraph": "Dataset", "namedGraph": "Dataset", "name": "NamedGraph", "graph": "NamedGraph",
    }  # fmt: skip
    ranges = {"defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph"}
    triples = describe(send, endpoint)
    kinds = {(subject, said) for subject, predicate, said in triples if predicate.endswith("#type")}
    assert any(said == f"<{SD}Service>" for _, said in kinds)
    for subject, predicate, said in triples:
        if predicate.startswith(SD):
            name = predicate.removeprefix(SD)
            assert (subject, f"<{SD}{domains[name]}>") in kinds
            assert name not in ranges or (said, f"<{SD}{ranges[name]}>") in kinds
    languages = {said for _, predicate, said in triples if predicate == f"{SD}supportedLanguage"}
    assert languages == {f"<{SD}SPARQL11Query>", f"<{SD}SPARQL11Update>"}
