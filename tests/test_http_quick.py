"""Plain queries, answered on the connection itself: just as the usual way answers them, and only where they fit."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.quick import read_plain_value

Server = Any  # conftest.RunningServer, which a test module cannot import
QUERIES = [
    "ASK { ?s ?p ?o }",
    "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 7",
    'SELECT ("100% أكيد + #هنا" AS ?x) {}',
    "SELECT (NOW() AS ?now) {} LIMIT 0",
    "CONSTRUCT WHERE { ?s a ?o }",
    "SELECT * WHERE { ?s ?p ?o . ?s ?q ?r . ?x ?y ?z } LIMIT 9000",
    "SELECT nonsense",
    "",
    "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }",
]
UNLIKE = {"x-request-id", "date", "etag"}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("headers", [{}, {"Accept": "text/csv"}, {"Accept": "image/png"}, {"Accept-Encoding": "gzip"}])
def test_a_plain_query_is_answered_as_the_usual_way_answers_it(
    server: Server, query: str, headers: dict[str, str]
) -> None:
    with httpx.Client(headers={"Accept-Encoding": "identity", **headers}) as client:
        plain = client.get(f"{server.url}/sparql?query={quote(query)}")
        usual = client.get(f"{server.url}/sparql?query={quote(query)}&other=1")
    assert plain.status_code == usual.status_code
    assert plain.content == usual.content
    assert {name: value for name, value in plain.headers.items() if name not in UNLIKE} == {
        name: value for name, value in usual.headers.items() if name not in UNLIKE
    }
    assert ("etag" in plain.headers) == ("etag" in usual.headers)


def test_the_etag_of_a_plain_query_is_known_to_the_usual_way(server: Server) -> None:
    url = f"{server.url}/sparql?query={quote(QUERIES[0])}"
    etag = httpx.get(url).headers["etag"]
    assert httpx.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_request_id_is_given_back(server: Server) -> None:
    url = f"{server.url}/sparql?query={quote(QUERIES[0])}"
    assert httpx.get(url, headers={"X-Request-ID": "mine.7"}).headers["x-request-id"] == "mine.7"
    assert httpx.get(url, headers={"X-Request-ID": "not mine"}).headers["x-request-id"] != "not mine"


def exchange(server: Server, data: bytes) -> bytes:
    """Send bytes on a connection of their own and return all that comes back."""
    address = server.url.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=20) as client:
        client.sendall(data)
        parts = []
        while part := client.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_pipelined_requests_of_both_ways_are_answered_in_order(server: Server) -> None:
    line = "GET /sparql?query={} HTTP/1.1\r\nHost: x\r\nX-Request-ID: {}\r\n{}\r\n"
    ask = quote(QUERIES[0])
    data = "".join(line.format(f"{ask}&a=1" if number % 2 else ask, number, "") for number in range(5))
    answer = exchange(server, (data + line.format(ask, "last", "Connection: close\r\n")).encode())
    places = [answer.index(f"x-request-id: {each}\r\n".encode()) for each in (0, 1, 2, 3, 4, "last")]
    assert places == sorted(places)
    assert answer.count(b"HTTP/1.1 200 OK") == 6
    assert answer.count(b'"boolean":true') == 6


@pytest.mark.parametrize(
    "tail", ["Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"]
)
def test_a_body_takes_a_request_the_usual_way(server: Server, tail: str) -> None:
    head = f"GET /sparql?query={quote(QUERIES[0])} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    assert exchange(server, (head + tail).encode()).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "data", [b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\nHost x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01"]
)
def test_what_is_no_http_is_refused_with_a_problem_document(server: Server, data: bytes) -> None:
    head, _, body = exchange(server, data).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert {b"content-type: application/problem+json", b"connection: close"} <= set(head.split(b"\r\n"))
    assert json.loads(body)["type"] == "urn:rawabit:problem:malformed-request"
    assert httpx.get(f"{server.url}/healthz").status_code == 200


def test_nothing_is_written_into_an_answer_that_is_under_way(server: Server) -> None:
    ask = f"GET /sparql?query={quote(QUERIES[5])} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert b"400" not in exchange(server, ask + b"NONSENSE\r\n\r\n").partition(b"\r\n")[0]


@given(st.text())
def test_what_is_read_of_a_value_is_what_was_written(text: str) -> None:
    for written in (quote(text), quote(text, safe="/=?:@!$'()*,;~")):
        assert read_plain_value(written.encode()) == text.encode()
    assert read_plain_value(quote(text).replace("%20", "+").encode()) == text.encode()


@given(st.text(alphabet="%=2aF0+x/?", max_size=12))
def test_a_value_with_odd_escapes_is_read_rightly_or_not_at_all(text: str) -> None:
    data = text.encode()
    found = read_plain_value(data)
    assert found is None or found == unquote_to_bytes(data.replace(b"+", b" "))
