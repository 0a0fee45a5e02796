"""Hostile requests of the SPARQL protocols: cut off, doubled, mislabelled and half sent, down to single bytes.

Whatever is sent, the answer is no 5xx that nobody meant, every refusal is a problem document, and the server lives on.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest

Server = Any  # conftest.RunningServer, which a test module cannot import
Check = Callable[[httpx.Response], int]
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"


# Forms, headers and types

REQUESTS: list[tuple[str, str, str | None, bytes]] = [
    *(
        ("POST", "/sparql", content_type, b"ASK {}")
        for content_type in (
            None,
            "",
            "x",
            "/",
            "*/*",
            "text/plain",
            "application/json",
            f"{QUERY};",
            f"{QUERY}; charset",
            f"{QUERY}; charset=",
            f"{QUERY}; charset=utf-7",
            f"{QUERY}; charset=\x7f",
            f"{QUERY}, {FORM}",
            f"{FORM}; charset=latin-1",
            QUERY.upper(),
            f"multipart/form-data; boundary={'x' * 100}",
            "application/sparql-query+json",
            UPDATE,
            "a" * 5_000,
            f'{QUERY}; charset="',
        )
    ),
    *(
        ("POST", path, FORM, body)
        for path in ("/sparql", "/update")
        for body in (
            b"",
            b"&",
            b"=",
            b"==",
            b"&&&&",
            b"query",
            b"query=",
            b"update=",
            b"query=%",
            b"query=%zz",
            b"query=%ff",
            b"update=%ff",
            b"%71uery=ASK%7B%7D",
            b"query=ASK{}&query=ASK{}",
            b"update=&update=",
            b"query=ASK{}&update=CLEAR+ALL",
            b"a=b&" * 2_000,
            b"query=ASK+%7B%7D;default-graph-uri=x",
            b"default-graph-uri=",
            b"query=ASK%7B%7D&default-graph-uri=",
            b"query=ASK%7B%7D&timeout=NaN",
            b"query=ASK%7B%7D&timeout=1&timeout=1",
            b"query=ASK%7B%7D&using-graph-uri=urn:a:b",
            b"update=CLEAR+SILENT+GRAPH+%3Curn:none%3E&using-graph-uri=",
            b"QUERY=ASK%7B%7D",
            b"\xff\xfe\x00",
            b"query\x00=ASK{}",
            b"query=ASK%00%7B%7D",
            b"query=" + b"%41" * 300_000,
            b"update=" + b"+" * 1_000_000,
        )
    ),
    *(
        ("GET", f"/sparql?{text}", None, b"")
        for text in (
            "query",
            "query=",
            "query&query",
            "=ASK",
            "query=ASK%7B%7D&query",
            "query[]=ASK%7B%7D",
            "query=ASK%7B%7D&&&",
            "q" * 20_000,
            "query=%00",
            "query=ASK%0a%7B%7D",
            "query=ASK%7B%7D&named-graph-uri=%3E",
            "query=%F0%9F%98%80",
            "query=ASK%7B%7D&default-graph-uri=" + "a:b&default-graph-uri=" * 900 + "a:b",
            "query=%ED%A0%80",
            "update=CLEAR%20ALL",
            "query=ASK%7B%7D&timeout=1e-300",
            "query=ASK%7B%7D&timeout=inf",
            "query=ASK%7B%7D&timeout=%D9%A1",
            "query=ASK%7B%7D%00",
        )
    ),
    *(
        (method, path, FORM, b"query=ASK%7B%7D")
        for method in ("PUT", "DELETE", "PATCH", "BREW", "get", "GET")
        for path in (
            "/sparql",
            "/sparql/",
            "/update",
            "/update/",
            "/sparql//",
            "//sparql",
            "/sparql/x",
            "/sparql/..",
            "/%73parql",
            "/SPARQL",
        )
    ),
    ("PATCH", "/rdf-graph-store?default", "application/sparql-update", b"CLEAR ALL"),
    ("POST", "/update", "application/sparql-update", b"#" * 2_000_001),
    ("POST", "/sparql", QUERY, b"#" * 1_100_000),
]


@pytest.mark.parametrize("start", range(0, len(REQUESTS), 25))
def test_no_request_breaks_the_server(hostile_client: httpx.Client, start: int, check: Check) -> None:
    for method, path, content_type, body in REQUESTS[start : start + 25]:
        headers = AUTHORIZED if content_type is None else {**AUTHORIZED, "Content-Type": content_type}
        answer = hostile_client.request(
            method,
            httpx.URL(hostile_client.base_url.join("/")).copy_with(raw_path=path.encode()),
            content=body,
            headers=headers,
        )
        assert check(answer) in (200, 204, 307, 400, 404, 405, 406, 413, 414, 415), (
            method,
            path[:100],
            content_type,
            body[:100],
        )


ACCEPTS = [
    "",
    ",",
    ";",
    "*",
    "*/",
    "/*",
    "text",
    "text/*;q=",
    "*/*;q=2",
    "*/*;q=-1",
    "*/*;q=0",
    "*/*;q=0.0001",
    "a/b;q=1;q=0",
    '"',
    '*/*;a="',
    "text/csv;" * 400,
    "text/csv," * 400,
    "application/sparql-results+json;charset=\x7f",
    "*/*;q=\u0661",
    "\\",
    "x" * 8_000,
]


def test_no_wish_breaks_the_server(hostile_client: httpx.Client, check: Check) -> None:
    for accept in ACCEPTS:
        for path in ("/sparql?query=ASK%7B%7D", "/sparql", "/rdf-graph-store?default"):
            for header in ("Accept", "Accept-Encoding", "If-None-Match", "Authorization", "X-Request-ID", "Origin"):
                answer = hostile_client.get(path, headers={header: accept.encode("utf-8")})
                assert check(answer) in (200, 304, 400, 406), (path, header, accept)


# Bytes that are no requests, or half of one

HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
GET = b"GET /sparql HTTP/1.1\r\nHost: x\r\n"
AUTH = b"Authorization: Bearer " + TOKEN.encode() + b"\r\n"
RAW = [
    b"",
    b"\r\n",
    b"\r\n\r\n",
    b"G",
    b"GET",
    b"GET /sparql",
    b"GET /sparql HTTP/1.1",
    b"GET /sparql HTTP/1.1\r\n",
    b"GET /sparql HTTP/1.1\r\nHost",
    HEAD,
    HEAD + b"Content-Length: 100\r\n\r\nASK",
    HEAD + b"Content-Length: 6\r\n\r\n",
    HEAD + b"Content-Length: 6\r\n\r\nASK {}ASK {}",
    HEAD + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {} ",
    HEAD + b"Content-Length: six\r\n\r\nASK {}",
    HEAD + b"Content-Length: 99999999999999999999\r\n\r\n",
    HEAD + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: identity\r\nContent-Length: 6\r\n\r\nASK {}",
    HEAD + b"Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\nASK {}",
    HEAD + b"Expect: 200-ok\r\nContent-Length: 6\r\n\r\nASK {}",
    HEAD + b"Content-Type: text/plain\r\nContent-Length: 6\r\n\r\nASK {}",
    HEAD + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    HEAD + b"".join(b"X-%d: a\r\n" % number for number in range(3000)) + b"Content-Length: 6\r\n\r\nASK {}",
    HEAD + b" folded: yes\r\nContent-Length: 6\r\n\r\nASK {}",
    HEAD + b"Bad Header: x\r\n\r\n",
    HEAD + b": empty\r\n\r\n",
    HEAD + b"X\x00: y\r\n\r\n",
    HEAD + b"X: a\x00b\r\n\r\n",
    HEAD.replace(b"\r\n", b"\n") + b"Content-Length: 6\n\nASK {}",
    HEAD.replace(b"HTTP/1.1", b"HTTP/0.9") + b"\r\n",
    HEAD.replace(b"HTTP/1.1", b"HTTP/1.0") + b"Content-Length: 6\r\n\r\nASK {}",
    HEAD.replace(b"HTTP/1.1", b"HTTP/2.0") + b"\r\n",
    HEAD.replace(b"Host: x\r\n", b"") + b"Content-Length: 6\r\n\r\nASK {}",
    HEAD.replace(b"Host: x", b"Host: ") + b"Content-Length: 6\r\n\r\nASK {}",
    *(
        b"GET /sparql HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
        for host in (
            b"",
            b" ",
            b"a b",
            b"<x>",
            b"x>y",
            b'"',
            b"x/../y",
            b"x\\y",
            b"[::1",
            b"[",
            b"]:80",
            b"x:99999999",
            b"x:y",
            b"\xff\xfe",
            b"\xd8\xa3",
            b"user@x",
            b"x?y",
            b"x#y",
            b"{}",
            b"x" * 5_000,
            b"%00",
            b"x\x00y",
            b"x, y",
        )
    ),
    *(
        b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        for target in (
            b"",
            b" ",
            b"*",
            b"?",
            b"#",
            b"sparql",
            b"/sparql?query=ASK {}",
            b"/sparql?query=ASK\x00{}",
            b"/sparql?\xff",
            b"/\xff\xfe",
            b"/sparql\t",
            b"http://x/sparql",
            b"https://elsewhere.example:99/sparql?query=ASK%7B%7D",
            b"//elsewhere.example/sparql",
            b"/./sparql",
            b"/a/../sparql",
            b"/..%2fsparql",
            b"/%2e%2e/etc/passwd",
            b"/web/../../etc/passwd",
            b"/rdf-graph-store/../../etc/passwd",
            b"/rdf-graph-store/%00",
            b"/rdf-graph-store/\xff",
            b"/rdf-graph-store/<x>",
            b"/rdf-graph-store/x y",
            b"/sparql;x=y",
            b"/" + b"a/" * 20_000,
            b"/sparql?" + b"a" * 70_000,
        )
    ),
    b"GET /sparql HTTP/1.1\r\nHost: x\r\n\r\n" * 50,
    b"OPTIONS /sparql HTTP/1.1\r\nHost: x\r\nOrigin: \xff\r\n\r\n",
    b"OPTIONS /update HTTP/1.1\r\n\r\n",
    b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"HEAD /sparql?query=ASK%7B HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    GET + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n",
    GET + b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: \r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\n" + AUTH + AUTH + b"Content-Length: 0\r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\nAuthorization: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer\r\n\tfolded\r\nContent-Length: 0\r\n\r\n",
    b"POST /update HTTP/1.1\r\nHost: x\r\n"
    + AUTH
    + b"Content-Type: application/sparql-update\r\nContent-Length: 500\r\n\r\nCLEAR ALL",
    b"PUT /rdf-graph-store/half HTTP/1.1\r\nHost: x\r\n"
    + AUTH
    + b"Content-Type: text/turtle\r\nContent-Length: 500\r\n\r\n<urn:a> <urn:b> 1 .",
    b"POST /rdf-graph-store HTTP/1.1\r\n" + AUTH + b"Content-Type: text/turtle\r\nContent-Length: 0\r\n\r\n",
]


@pytest.mark.parametrize("start", range(0, len(RAW), 10))
def test_no_bytes_break_the_server(hostile_server: Server, hostile_client: httpx.Client, start: int) -> None:
    host, port = hostile_server.url.removeprefix("http://").split(":")
    for data in RAW[start : start + 10]:
        answer = b""
        broken_off = contextlib.suppress(ConnectionResetError, BrokenPipeError)
        with socket.create_connection((host, int(port)), timeout=10) as connection, broken_off:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65536):
                answer += part
        if answer.startswith(b"HTTP/"):
            status = int(answer.split(b" ", 2)[1])
            assert status < 500 or status == 501, (data[:200], answer[:300])
        assert b"root:" not in answer
    assert hostile_client.get("/rdf-graph-store/half").status_code == 404
