"""Hostile requests: whatever is sent, the answer is no 5xx that nobody meant, and the server lives on."""

from __future__ import annotations

import json
import socket
from typing import Any
from urllib.parse import quote

import httpx
import pytest

Server = Any  # conftest.RunningServer, which a test module cannot import
# 504 and 413 are deliberate: hostile queries may well be slow or large.
DELIBERATE = {413, 504, 507}

TEXTS = [
    "",
    " ",
    ".",
    "..",
    "../../../etc/passwd",
    "%",
    "%00",
    "%2e%2e%2f",
    "%ff%fe",
    "%C0%AF",
    "%ED%A0%80",
    "%E2%80%AE",
    "%F0%9F%98%80",
    "%0d%0aSet-Cookie:%20a=b",
    "%25%25",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "%3E%20.%20%7D%20%3B%20DROP%20ALL%20%23",
    "Q212%3E%20%3Fp%20%3Fo%20.%20%7D%23",
    "%27%20OR%20%271%27%3D%271",
    "%27%29%3B%20DROP%20TABLE%20actor%3B--",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "a" * 500,
    "a" * 3000,
    "%D8%A3" * 300,
    "/" * 50,
    "%2F" * 50,
    "person/",
    "person/..",
    "person//",
    "/person/x",
    "Q212/",
    "Q212/relationships/",
    "Q212/relationships/relationships",
    "*",
    "NEAR(",
    "%22unclosed",
    "x%20AND%20",
    "-%2A%3A%5E",
    "null",
    "NaN",
    "-1",
    "9" * 400,
    "1e309",
    "true",
    "[]",
    "\u0661",
]
PLACES = [
    "/{}",
    "/actors/{}",
    "/actors/{}/relationships",
    "/actors/{}/neighbourhood",
    "/actors?q={}",
    "/actors?cursor={}",
    "/actors?limit={}",
    "/actors?kind={}",
    "/facts/{}",
    "/facts/d%2F1/fact/{}",
    "/facts?subject={}",
    "/facts?since={}",
    "/facts?cursor={}",
    "/facts?relation={}",
    "/facts?document={}",
    "/facts?min_confidence={}",
    "/documents/{}",
    "/documents?source={}",
    "/queries/{}",
    "/queries/strongest-partners?actor={}",
    "/queries/strongest-partners?actor=Q212&{}={}",
    "/export/{}",
    "/export/node-link?actor={}",
    "/export/node-link?top={}",
    "/export/node-link?since={}",
    "/sparql?query={}",
    "/sparql?query=ASK%7B%7D&default-graph-uri={}",
    "/sparql?query=ASK%7B%7D&timeout={}",
    "/sparql?{}",
    "/web/{}",
]
QUERIES = [
    "SELECT",
    "SELECT * {",
    "}" * 1000,
    "SELECT * " + "{" * 300 + "}" * 300,
    "SELECT * { ?s ?p ?o }" * 50,
    'SELECT * { ?s ?p """' + '\\"""' * 2000,
    "#" * 50_000,
    "SELECT * { ?s ?p '" + "a" * 100_000 + "' }",
    "SELECT * { ?s ?p '\u0000' }",
    "\ufeffASK {}",
    "ASK { ?s ?p '\U0001f600' }",
    "SELECT (GROUP_CONCAT(?s) AS ?x) { ?s ?p ?o . ?a ?b ?c }",
    "SELECT * { ?s (<a:a>|!<a:a>)* ?o }",
    "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+$')) } LIMIT 1",
    "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(')) }",
    "SELECT (REPLACE('a', '', 'b') AS ?x) {}",
    "SELECT (1/0 AS ?x) {}",
    "SELECT (99999999999999999999999 * 99999999999999999999 AS ?x) {}",
    "SELECT (STRDT('x', <http://www.w3.org/2001/XMLSchema#dateTime>) + 1 AS ?x) {}",
    "SELECT (SUBSTR('abc', -9223372036854775808) AS ?x) {}",
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
    "SELECT * { ?s ?p ?o } OFFSET 9223372036854775807",
    "SELECT * { ?s ?p ?o } LIMIT -1",
    "SELECT * { GRAPH <> { ?s ?p ?o } }",
    "SELECT * { VALUES (?a ?b) { (1) } }",
    "SELECT * { BIND(BNODE() AS ?x) BIND(UUID() AS ?y) }",
    "CONSTRUCT { ?s ?p 'x'@ar--rtl } WHERE { ?s ?p ?o } LIMIT 1",
    "SELECT * { << ?a ?b ?c >> ?p ?o }",
    "DESCRIBE <http://none/>",
    "DESCRIBE ?s { ?s ?p ?o } LIMIT 2",
    "SELECT * FROM <http://none/> { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "DROP ALL",
    "BASE <http://x/> SELECT * { <> ?p ?o }",
    "SELECT (AVG(?o) AS ?x) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ORDER BY RAND()",
    "SELECT (<javascript:alert(1)>(1) AS ?x) {}",
]
RAW = [
    b"\x00\x01\x02\x03\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /actors?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /actors/\xd8\xa3 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://elsewhere.example/actors HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //actors HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    b"GET /actors HTTP/1.1\r\nHost: x\r\nAccept: " + b"a/b," * 3000 + b"\r\n\r\n",
    b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe\r\n\r\n",
    b"GET /stats HTTP/1.1\r\nHost: x\r\nAccept-Encoding: \xff;q=gzip,gzip;q=\r\nIf-None-Match: \xff\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: \xff/\xff; charset\r\nContent-Length: 0\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"BREW /actors HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1,5-\r\nExpect: 100-continue\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"A" * 200_000,
]


def is_alive(server: Server) -> bool:
    return bool(server.get("/sparql", query="ASK { ?s ?p ?o }").json()["boolean"])


@pytest.mark.parametrize("place", PLACES)
def test_no_text_in_an_address_breaks_the_server(server: Server, place: str) -> None:
    with httpx.Client(timeout=30) as client:
        for text in TEXTS:
            text = quote(text, safe="%/:{}()*[]-.<>$")
            answer = client.get(server.url + place.replace("{}", text))
            assert answer.status_code < 500 or answer.status_code in DELIBERATE, (place, text, answer.text)
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json", (place, text)
                assert json.loads(answer.text)["status"] == answer.status_code
            assert "set-cookie" not in answer.headers
            assert "root:" not in answer.text
    assert is_alive(server)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_no_query_breaks_the_server(server: Server, query: str) -> None:
    answer = httpx.post(
        f"{server.url}/sparql",
        content=query.encode(),
        headers={"Content-Type": "application/sparql-query"},
        params={"timeout": "0.5"},
        timeout=30,
    )
    assert answer.status_code < 500 or answer.status_code in DELIBERATE, answer.text
    assert is_alive(server)


@pytest.mark.parametrize("data", RAW, ids=range(len(RAW)))
def test_no_bytes_break_the_server(server: Server, data: bytes) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(data)
        connection.settimeout(1)
        try:
            answer = connection.recv(65536)
        except (TimeoutError, ConnectionResetError):
            answer = b""
    status = int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 0
    assert status < 500 or status == 501, answer
    assert is_alive(server)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/actors", "/actors/Q212", "/facts", "/stats", "/export/gexf", "/healthz"])
def test_nothing_can_be_written(server: Server, method: str, path: str) -> None:
    answer = httpx.request(method, server.url + path, content=b"{}")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
