"""Hostile texts of the SPARQL protocols: deep and distorted queries and updates, graphs and names that are none.

Whatever is sent, the answer is no 5xx that nobody meant, every refusal is a problem document, and the server lives on.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest

Server = Any  # conftest.RunningServer, which a test module cannot import
Check = Callable[[httpx.Response], int]
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"


# Queries that are deep or long

DEEP = {
    "groups": lambda n: f"SELECT * {'{' * n}{'}' * n}",
    "groups that are not closed": lambda n: f"SELECT * {'{' * n}",
    "parentheses": lambda n: f"ASK {{ FILTER({'(' * n}1{')' * n}) }}",
    "negations": lambda n: f"ASK {{ FILTER({'!' * n}1) }}",
    "minuses": lambda n: f"ASK {{ FILTER({'- ' * n}1 = 1) }}",
    "disjunctions": lambda n: f"ASK {{ FILTER(1 {'|| 1 ' * n}) }}",
    "conjunctions": lambda n: f"ASK {{ FILTER(1 {'&& 1 ' * n}) }}",
    "sums": lambda n: f"ASK {{ FILTER(1 {'+ 1 ' * n}) }}",
    "paths in parentheses": lambda n: f"ASK {{ ?s {'(' * n}<urn:p>{')' * n} ?o }}",
    "path sequences": lambda n: f"ASK {{ ?s <urn:p>{'/<urn:p>' * (n // 10)} ?o }}",
    "path inversions": lambda n: f"ASK {{ ?s {'^(' * n}<urn:p>{')' * n} ?o }}",
    "paths repeated": lambda n: f"ASK {{ ?s {'(' * n}<urn:p>{')*' * n} ?o }}",
    "collections": lambda n: f"ASK {{ ?s ?p {'(' * n}1{')' * n} }}",
    "blank nodes": lambda n: f"ASK {{ ?s ?p {'[ ?p ' * n}1{' ]' * n} }}",
    "unions": lambda n: f"ASK {{ {{}} {'UNION {} ' * n}}}",
    "optionals": lambda n: f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * n}}}",
    "optionals in optionals": lambda n: f"ASK {'{ OPTIONAL ' * n}{{}}{'}' * n}",
    "subqueries": lambda n: f"SELECT * {'{ SELECT * ' * n}{{}}{'}' * n}",
    "not exists": lambda n: f"ASK {'{ FILTER NOT EXISTS ' * n}{{}}{'}' * n}",
    "minus": lambda n: f"ASK {'{ ?s ?p ?o MINUS ' * n}{{}}{'}' * n}",
    "graphs": lambda n: f"ASK {'{ GRAPH ?g ' * n}{{}}{'}' * n}",
    "functions": lambda n: f"ASK {{ FILTER({'STR(' * n}1{')' * n}) }}",
    "conditions": lambda n: f"ASK {{ FILTER({'IF(1, 1, ' * n}1{')' * n}) }}",
    "triple terms": lambda n: f"ASK {{ ?s ?p {'<<( ?s ?p ' * n}1{' )>>' * n} }}",
    "binds": lambda n: f"ASK {{ {' '.join(f'BIND({i} AS ?v{i})' for i in range(n))} }}",
    "values": lambda n: f"ASK {{ VALUES ?x {{ {'1 ' * n}}} }}",
    "values of many columns": lambda n: f"ASK {{ VALUES ({' '.join(f'?v{i}' for i in range(n))}) {{ ({'1 ' * n}) }} }}",
    "lists": lambda n: f"ASK {{ FILTER(1 IN ({', '.join(['1'] * n)})) }}",
    "variables": lambda n: f"SELECT {' '.join(f'?v{i}' for i in range(n))} {{ ?s ?p ?o }}",
    "prefixes": lambda n: f"{''.join(f'PREFIX p{i}: <urn:{i}:> ' for i in range(n))} ASK {{}}",
    "datasets": lambda n: f"ASK {' '.join(f'FROM NAMED <urn:g:{i}>' for i in range(n))} {{}}",
    "joins": lambda n: f"ASK {{ {' . '.join(f'?a{i} ?b{i} ?c{i}' for i in range(n // 20))} FILTER(?a0 = ?c1) }}",
}


@pytest.mark.parametrize("name", DEEP)
def test_no_depth_and_no_length_breaks_the_server(hostile_client: httpx.Client, name: str, check: Check) -> None:
    for size in (300, 4_000, 30_000):
        answer = hostile_client.post(
            "/sparql", content=DEEP[name](size), params={"timeout": "0.7"}, headers={"Content-Type": QUERY}
        )
        assert check(answer) in (200, 400, 413, 503, 504, 507), (name, size)


@pytest.mark.parametrize("name", ["groups", "parentheses", "unions", "collections", "subqueries", "not exists"])
def test_no_depth_of_an_update_breaks_the_server(hostile_client: httpx.Client, name: str, check: Check) -> None:
    pattern = DEEP[name](30_000).partition(" ")[2].removeprefix("* ")
    text = f"INSERT {{ <urn:a> <urn:b> 1 }} WHERE {pattern}"
    assert check(hostile_client.post("/update", content=text, headers={**AUTHORIZED, "Content-Type": UPDATE})) < 500


# Texts that were valid once

VALID = [
    "PREFIX rw: <https://rawabit.example/ns#> SELECT ?s (COUNT(*) AS ?n) { ?s rw:met ?o } GROUP BY ?s ORDER BY ?n",
    "SELECT DISTINCT * FROM NAMED <urn:g> { GRAPH ?g { ?s ?p 'x'@ar } FILTER(REGEX(STR(?s), '^a\\\\.b')) } LIMIT 5",
    "CONSTRUCT { ?s <urn:p> [ a ?t ] } WHERE { ?s a ?t . OPTIONAL { ?s (<urn:a>|^<urn:b>)+/!<urn:c> ?o } }",
    'ASK { VALUES (?x ?y) { ("""a"b""" 1.5e3) (UNDEF <urn:x>) } BIND(IF(?x > 1, "\\u0041", ?y) AS ?z) } # end',
    "DESCRIBE ?s WHERE { { SELECT ?s { ?s ?p ?o } LIMIT 1 } MINUS { ?s a <urn:none> } }",
]
VALID_UPDATES = [
    (
        "PREFIX a: <urn:> INSERT DATA { GRAPH <urn:h> { a:x a:y 'z'@ar, 1.5, true } } ; "
        "DELETE WHERE { GRAPH <urn:h> { ?s ?p ?o } }"
    ),
    (
        "WITH <urn:h> DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o FILTER(?o = 1) } ; "
        "CREATE SILENT GRAPH <urn:i>"
    ),
    (
        "INSERT { GRAPH <urn:h> { ?s <urn:p> [] } } USING <urn:h> USING NAMED <urn:i> WHERE { ?s ?p ?o } ; "
        "CLEAR SILENT GRAPH <urn:h>"
    ),
    (
        "COPY SILENT <urn:h> TO <urn:i> ; "
        "MOVE SILENT <urn:i> TO <urn:h> ; "
        "ADD SILENT <urn:h> TO <urn:i> ; "
        "DROP SILENT GRAPH <urn:i>"
    ),
]
NASTY = [
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    '"',
    "'",
    '"""',
    "\\",
    "\\u",
    "\\uD800",
    "#",
    ";",
    ".",
    ",",
    "?",
    "$",
    "@",
    "^^",
    "_:",
    ":",
    "\x00",
    "\x0b",
    "\u00a0",
    "\u200f",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\U0001f600",
    "\u0660",
    "ﷺ",
    "%",
    "*",
    "|",
    "!",
    "[",
    "]",
    "1e999",
    "-",
    "--",
    "<<",
    ">>",
    "{|",
    "|}",
    "SERVICE",
    "LOAD",
    "UNION",
    "VALUES",
    "LIMIT",
    "\r",
    "\n",
    "\t",
]


def distort(text: str, dice: random.Random) -> str:
    """Return a text with one to four faults."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text) + 1)
        end = min(len(text), at + dice.randint(0, 12))
        part = dice.choice(["", dice.choice(NASTY), text[at:end] * dice.randint(2, 40), dice.choice(NASTY) * 50])
        text = text[:at] + part + text[end:]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_no_distorted_query_breaks_the_server(hostile_client: httpx.Client, seed: int, check: Check) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        text = distort(dice.choice(VALID), dice)
        body = text.encode("utf-8", "surrogatepass")
        answer = hostile_client.post("/sparql", content=body, params={"timeout": "1"}, headers={"Content-Type": QUERY})
        assert check(answer) in (200, 400, 504), text


@pytest.mark.parametrize("seed", range(5))
def test_no_distorted_update_breaks_the_server(hostile_client: httpx.Client, seed: int, check: Check) -> None:
    dice = random.Random(seed)
    for _ in range(12):
        text = distort(dice.choice(VALID_UPDATES), dice)
        headers = {**AUTHORIZED, "Content-Type": UPDATE}
        answer = hostile_client.post("/update", content=text.encode("utf-8", "surrogatepass"), headers=headers)
        assert check(answer) in (204, 400), text


# Graphs that are none

PAYLOADS = {
    "text/turtle": [
        b"<urn:a>",
        b"@prefix a: <b> . a:x a:y a:z .",
        b"[" * 20_000,
        b"(" * 20_000,
        b"<urn:a> <urn:b> '\xff' .",
        b"\x00",
        b"\xff\xfe<\x00",
        b"<urn:a> <urn:b> <urn:" + b"c" * 1_000_000 + b"> .",
        b"@base <> . <> <> <> .",
        b"<a> <b> 'x'@--- .",
        b"<urn:a> <urn:b> " + b"[ <urn:c> " * 5_000 + b"1" + b" ]" * 5_000 + b" .",
        b"<urn:a> <urn:b> '\\uD800' .",
        b"<urn:a> <urn:b> " + b"(" * 5_000 + b"1" + b" )" * 5_000 + b" .",
    ],
    "application/n-triples": [b"a b c .", b"<urn:a> <urn:b> <urn:c>", b"<a> <b> <c> .", b"\xef\xbb\xbf", b"." * 10_000],
    "application/rdf+xml": [
        b"",
        b"<",
        b"<a/>",
        b"<?xml version='1.0' encoding='utf-7'?><a/>",
        b"<a>" * 20_000,
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="urn:a"><rdf:value>&x;</rdf:value></rdf:Description></rdf:RDF>',
        b'<!DOCTYPE a [<!ENTITY a "'
        + b"x" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(6))
        + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">'
        b"<rdf:value>&g;</rdf:value></rdf:Description></rdf:RDF>",
    ],
    "application/ld+json": [
        b"{",
        b"[" * 20_000,
        b"null",
        b'{"@context": "http://127.0.0.1:1/x", "@id": "urn:a", "b": 1}',
        b'{"@id": 5}',
        b'{"@context": {"@import": "file:///etc/passwd"}, "@id": "urn:a"}',
        b'{"@graph": [[[[]]]]}',
        b'"\\ud800"',
        b'{"@context": ' * 5_000 + b"{}" + b"}" * 5_000,
    ],
    "application/trig": [b"<urn:g> { <urn:a> <urn:b> <urn:c> }", b"{" * 1000, b"GRAPH <urn:g> {}"],
    "application/n-quads": [b"<urn:a> <urn:b> <urn:c> <urn:g> .", b"<urn:a> <urn:b> <urn:c> _:g ."],
    "multipart/form-data; boundary=x": [
        b"",
        b"--x--",
        b"--x\r\n\r\n--x--",
        b"--x\r\nContent-Type: text/turtle\r\n\r\n<\r\n--x--",
        b"--y\r\n\r\n\r\n--y--",
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\na\r\n--y--\r\n--x--",
        b"--x\r\n" * 5_000,
        b"--x\r\nContent-Type: text/turtle; charset=utf-16\r\n\r\n\xff\xfe\r\n--x--",
        b"--x\r\nContent-Type: text/turtle\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--",
    ],
    "multipart/form-data": [b"--x\r\n\r\n--x--"],
    "multipart/form-data; boundary=" + "b" * 500: [b"--b"],
}


@pytest.mark.parametrize("media_type", PAYLOADS, ids=lambda name: name[:30])
def test_no_payload_breaks_the_server(hostile_client: httpx.Client, media_type: str, check: Check) -> None:
    for number, body in enumerate(PAYLOADS[media_type]):
        headers = {**AUTHORIZED, "Content-Type": media_type}
        answer = hostile_client.put("/rdf-graph-store?graph=urn:x:hostile", content=body, headers=headers)
        assert check(answer) in (201, 204, 400, 413, 415, 507), (media_type, number)
        assert "root:" not in hostile_client.get("/rdf-graph-store?graph=urn:x:hostile").text


NAMES = [
    "",
    " ",
    ".",
    "..",
    "../..",
    "/",
    "//",
    "///x",
    "%",
    "%00",
    "%2e%2e%2f",
    "%ff",
    "%2F%2F",
    "x%20y",
    "<x>",
    "x>y",
    '"',
    "x\\y",
    "{x}",
    "a|b",
    "^",
    "`",
    "x#y",
    "x?y",
    "%23",
    "%3F",
    "urn:",
    "urn:a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
    "http://[",
    "http://a b/",
    "http://x/\u202e",
    "أ",
    "x" * 5_000,
    "http://x/" + "%41" * 500,
    ":",
    "_:b",
    "\ud7ff",
]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_no_name_of_a_graph_breaks_the_server(hostile_client: httpx.Client, method: str, check: Check) -> None:
    for name in NAMES:
        for path in (f"/rdf-graph-store?graph={quote(name, safe='%')}", f"/rdf-graph-store/{quote(name, safe='%/')}"):
            headers = {**AUTHORIZED, "Content-Type": "text/turtle"}
            answer = hostile_client.request(method, path, headers=headers)
            assert check(answer) in (200, 201, 204, 400, 404, 405), (method, path)
            assert "root:" not in answer.text
