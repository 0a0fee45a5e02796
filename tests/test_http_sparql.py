"""/sparql against the SPARQL 1.1 Protocol, over a real connection."""

from __future__ import annotations

import csv
import gzip
import http.client
import io
import json
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from api.limits import ServiceLimits
from graph.config import Settings

SELECT = "SELECT ?s WHERE { ?s a <https://rawabit.example/ns#Fact> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 5"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
GRAPHS = [f"https://rawabit.example/id/document/daily-{day:02}/graph" for day in (1, 2)]
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?f a <https://rawabit.example/ns#Fact> }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?f a <https://rawabit.example/ns#Fact> } }"
Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]


def send(
    server: Server, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> httpx.Response:
    return httpx.request(method, server.url + path, content=body, headers=headers, timeout=30)


def count(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["detail"]
    return answer.status_code, document["type"].removeprefix("urn:rawabit:problem:")


def test_a_query_is_taken_by_get_by_form_and_as_a_body(server: Server) -> None:
    encoded = urllib.parse.urlencode({"query": SELECT})
    answers = [
        send(server, "GET", f"/sparql?{encoded}"),
        send(server, "POST", "/sparql", encoded.encode(), {"Content-Type": FORM}),
        send(server, "POST", "/sparql", encoded.encode(), {"Content-Type": f"{FORM}; charset=UTF-8"}),
        send(server, "POST", "/sparql", SELECT.encode(), {"Content-Type": QUERY}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.text for answer in answers}) == 1
    assert len(answers[0].json()["results"]["bindings"]) == 29


def test_urllib_can_ask(server: Server) -> None:
    url = f"{server.url}/sparql?{urllib.parse.urlencode({'query': 'ASK { ?s ?p ?o }'})}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert json.load(answer)["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_a_select_is_written_in_every_format(server: Server, accept: str, content_type: str) -> None:
    answer = httpx.get(f"{server.url}/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type
    rows = {
        "json": lambda: len(answer.json()["results"]["bindings"]),
        "xml": lambda: len(
            list(ElementTree.fromstring(answer.text).iter("{http://www.w3.org/2005/sparql-results#}result"))
        ),
        "csv": lambda: len(list(csv.reader(io.StringIO(answer.text)))) - 1,
        "values": lambda: len(answer.text.splitlines()) - 1,
    }
    assert next(read() for name, read in rows.items() if accept.endswith(name)) == 29


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
    ],
)
def test_a_construct_is_written_in_every_format(server: Server, accept: str, form: ox.RdfFormat) -> None:
    for query in (CONSTRUCT, "DESCRIBE <https://rawabit.example/id/entity/Q212>"):
        answer = httpx.get(f"{server.url}/sparql", params={"query": query}, headers={"Accept": accept})
        assert answer.headers["content-type"].split(";")[0] == accept
        assert len(list(ox.parse(answer.content, form))) >= 5


def test_an_ask_is_answered(server: Server) -> None:
    assert server.get("/sparql", query="ASK { ?s ?p 'no such thing' }").json()["boolean"] is False


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "text/html")])
def test_a_format_that_does_not_fit_the_query_is_not_acceptable(server: Server, query: str, accept: str) -> None:
    answer = httpx.get(f"{server.url}/sparql", params={"query": query}, headers={"Accept": accept})
    assert problem(answer) == (406, "not-acceptable")
    assert answer.json()["offers"]


def test_the_default_graph_is_the_union_unless_graphs_are_named(server: Server) -> None:
    assert count(server.get("/sparql", query=COUNT)) == 29
    assert count(server.get("/sparql", query=COUNT, **{"default-graph-uri": GRAPHS[:1]})) == 1
    assert count(server.get("/sparql", query=COUNT, **{"default-graph-uri": GRAPHS})) == 2
    assert count(server.get("/sparql", query=COUNT, **{"named-graph-uri": GRAPHS})) == 0
    assert count(server.get("/sparql", query=COUNT_NAMED, **{"named-graph-uri": GRAPHS})) == 2
    assert count(server.get("/sparql", query=COUNT_NAMED, **{"default-graph-uri": GRAPHS})) == 0
    assert count(server.get("/sparql", query=COUNT_NAMED)) == 29


def test_graphs_named_by_a_form_count_as_well(server: Server) -> None:
    body = urllib.parse.urlencode([("query", COUNT), *(("default-graph-uri", graph) for graph in GRAPHS)])
    assert count(send(server, "POST", "/sparql", body.encode(), {"Content-Type": FORM})) == 2
    path = f"/sparql?{urllib.parse.urlencode({'default-graph-uri': GRAPHS[0]})}"
    assert count(send(server, "POST", path, COUNT.encode(), {"Content-Type": QUERY})) == 1


def test_from_is_heeded_and_the_protocol_goes_before_it(server: Server) -> None:
    query = COUNT.replace("WHERE", f"FROM <{GRAPHS[0]}> WHERE")
    assert count(server.get("/sparql", query=query)) == 1
    assert count(server.get("/sparql", query=query, **{"default-graph-uri": GRAPHS})) == 2
    assert count(server.get("/sparql", query=COUNT.replace("WHERE", f"FROM NAMED <{GRAPHS[0]}> WHERE"))) == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "expected"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, {}, (400, "doubled-parameter")),
        ("GET", "/sparql?default-graph-uri=http://x/", None, {}, (400, "no-query")),
        ("GET", "/sparql?query=", None, {}, (400, "malformed-query")),
        ("GET", "/sparql?query=SELECT", None, {}, (400, "malformed-query")),
        ("GET", "/sparql?query=%FF%FE", None, {}, (400, "not-utf-8")),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", None, {}, (400, "bad-parameter")),
        ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=relative", None, {}, (400, "bad-parameter")),
        ("GET", "/sparql?update=CLEAR%20ALL", None, {}, (400, "no-update")),
        ("GET", "/sparql?query=ASK%7B%7D&timeout=soon", None, {}, (400, "bad-parameter")),
        ("GET", "/sparql?query=ASK%7B%7D&timeout=-1", None, {}, (400, "bad-parameter")),
        ("GET", "/sparql?" + "a=b&" * 1001, None, {}, (400, "bad-parameter")),
        ("GET", "/sparql", b"query=ASK%20%7B%7D", {"Content-Type": FORM}, (400, "query-in-body")),
        ("GET", "/sparql?query=CLEAR%20ALL", None, {}, (400, "malformed-query")),
        ("GET", "/sparql?query=SELECT%20(%3Chttp://x/f%3E(1)%20AS%20?x)%20%7B%7D", None, {}, (400, "refused-query")),
        ("POST", "/sparql", b"query=ASK+%7B%7D&query=ASK+%7B%7D", {"Content-Type": FORM}, (400, "doubled-parameter")),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", {"Content-Type": QUERY}, (400, "doubled-parameter")),
        ("POST", "/sparql", b"nothing=here", {"Content-Type": FORM}, (400, "no-query")),
        ("POST", "/sparql", b"query=%FF", {"Content-Type": FORM}, (400, "not-utf-8")),
        ("POST", "/sparql", "query=ASK {}é".encode("latin-1"), {"Content-Type": FORM}, (400, "not-utf-8")),
        ("POST", "/sparql", "ASK {} #é".encode("utf-16"), {"Content-Type": QUERY}, (400, "not-utf-8")),
        ("POST", "/sparql", b"", {"Content-Type": QUERY}, (400, "malformed-query")),
        ("POST", "/sparql", b"update=CLEAR+ALL", {"Content-Type": FORM}, (400, "no-update")),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, (415, "unsupported-media-type")),
        ("POST", "/sparql", b"ASK {}", {}, (415, "unsupported-media-type")),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": f"{QUERY}; charset=latin1"}, (415, "unsupported-media-type")),
        (
            "POST",
            "/sparql",
            b"CLEAR ALL",
            {"Content-Type": "application/sparql-update"},
            (415, "unsupported-media-type"),
        ),
        ("PUT", "/sparql", b"ASK {}", {"Content-Type": QUERY}, (405, "method-not-allowed")),
        ("DELETE", "/sparql", None, {}, (405, "method-not-allowed")),
    ],
)
def test_what_the_protocol_does_not_allow_is_refused(
    server: Server, method: str, path: str, body: bytes | None, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    assert problem(send(server, method, path, body, headers)) == expected


def test_bytes_that_are_no_url_are_refused(server: Server) -> None:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30)
    connection.putrequest("GET", "/sparql?query=ASK{}", skip_accept_encoding=True)
    connection.putheader("Accept", "application/json")
    connection.endheaders()
    assert connection.getresponse().status in (200, 400)
    connection.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { FILTER(1<#x>'''\n2) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #'''\n }",
    ],
)
def test_service_is_off_however_it_is_written(server: Server, query: str) -> None:
    assert problem(server.get("/sparql", query=query)) == (400, "no-service")


def test_the_word_service_may_stand_elsewhere(server: Server) -> None:
    query = (
        "PREFIX service: <http://x/service/> SELECT ('SERVICE' AS ?service) { OPTIONAL { ?s service:p ?o } } # service"
    )
    (row,) = server.get("/sparql", query=query).json()["results"]["bindings"]
    assert row["service"]["value"] == "SERVICE"


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "*/*"])
def test_the_endpoint_describes_itself_when_nothing_is_asked(server: Server, accept: str) -> None:
    answer = httpx.get(f"{server.url}/sparql", headers={"Accept": accept})
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    triples = {(str(q.subject), q.predicate.value, str(q.object)) for q in ox.parse(answer.content, form)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = f"<{server.url}/sparql>"
    assert (endpoint, f"{sd}endpoint", endpoint) in triples
    assert (endpoint, f"{sd}supportedLanguage", f"<{sd}SPARQL11Query>") in triples


def test_the_description_is_refused_in_a_format_that_it_has_not(server: Server) -> None:
    assert problem(httpx.get(f"{server.url}/sparql", headers={"Accept": "text/csv"})) == (406, "not-acceptable")


def test_a_client_that_comes_again_is_told_that_nothing_has_changed(server: Server) -> None:
    first = server.get("/sparql", query=SELECT)
    again = httpx.get(first.url, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = httpx.get(first.url, headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"})
    assert other.status_code == 200


def test_a_query_that_asks_the_clock_has_no_etag(server: Server) -> None:
    answer = server.get("/sparql", query="SELECT (NOW() AS ?now) {}")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_answers_are_compressed_for_who_wants_it(server: Server) -> None:
    plain = httpx.get(f"{server.url}/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "identity"})
    with httpx.stream(
        "GET", f"{server.url}/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "gzip"}
    ) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert "content-encoding" not in plain.headers


def test_head_says_what_get_would_without_a_body(server: Server) -> None:
    got = httpx.get(f"{server.url}/sparql", params={"query": SELECT})
    head = httpx.head(f"{server.url}/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(gzip.compress(got.content, 4, mtime=0)))
    assert head.headers["etag"] == got.headers["etag"]


def test_options_and_preflight_say_what_is_allowed(server: Server) -> None:
    answer = httpx.options(
        f"{server.url}/sparql", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_body_that_is_too_long_is_refused(sample_store: Path, start_server: Start) -> None:
    settings = Settings(store=sample_store, workers=1)
    with start_server(sample_store, settings, ServiceLimits(max_body=1000)) as server:
        answer = send(server, "POST", "/sparql", b"#" * 1001, {"Content-Type": QUERY})
        assert problem(answer) == (413, "request-too-large")
        assert send(server, "POST", "/sparql", b"ASK {} " + b"#" * 900, {"Content-Type": QUERY}).status_code == 200


def test_answers_beyond_the_limits_are_refused_whole(sample_store: Path, start_server: Start) -> None:
    settings = Settings(store=sample_store, workers=1)
    everything = "SELECT * { ?s ?p ?o }"
    with start_server(sample_store, settings, ServiceLimits(max_rows=100)) as server:
        for accept in ("application/json", "text/csv", "text/tab-separated-values", "application/xml"):
            answer = httpx.get(f"{server.url}/sparql", params={"query": everything}, headers={"Accept": accept})
            assert problem(answer) == (413, "answer-too-large")
            assert "LIMIT" in answer.json()["detail"]
        assert len(server.get("/sparql", query=f"{everything} LIMIT 100").json()["results"]["bindings"]) == 100
    with start_server(sample_store, settings, ServiceLimits(max_bytes=20_000)) as server:
        assert problem(server.get("/sparql", query=everything)) == (413, "answer-too-large")
        assert problem(server.get("/sparql", query="CONSTRUCT WHERE { ?s ?p ?o }")) == (413, "answer-too-large")


def test_a_large_answer_comes_whole_from_a_file_that_is_then_gone(server: Server) -> None:
    query = "SELECT * { ?s ?p ?o . ?a a ?b } LIMIT 20000"
    answers = [
        httpx.get(f"{server.url}/sparql", params={"query": query}, headers={"Accept-Encoding": encoding})
        for encoding in ("gzip", "identity")
    ]
    assert [len(answer.json()["results"]["bindings"]) for answer in answers] == [20000, 20000]
    assert len(answers[1].content) > 4_000_000
    spool = Path(server.app.state.service.pool.spool)
    assert list(spool.iterdir()) == []
