"""Values are bound where a query names their variable, and nowhere else."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode, Quad, Store

from graph.errors import QueryError
from graph.rdf.terms import XSD, Iri, Literal
from graph.store.binding import bind_values, uses_service
from graph.store.engine import QueryEngine

A, B, C = (NamedNode(f"http://x/{name}") for name in "abc")
KNOWS, AGE = NamedNode("http://x/knows"), NamedNode("http://x/age")
STORE = Store()
STORE.extend(
    [Quad(A, KNOWS, B, C), Quad(B, KNOWS, C, C), Quad(A, AGE, Value(30), C), Quad(B, AGE, Value(40), C)],
)
ENGINE = QueryEngine(STORE)
ACTOR = {"actor": Iri("http://x/a")}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?other WHERE { ?actor <http://x/knows> ?other }",
        "SELECT ?other { ?actor <http://x/knows> ?other }",
        "select ?other where{?actor <http://x/knows> ?other}",
        "# SELECT ?actor {\nSELECT ?other WHERE { # {\n ?actor <http://x/knows> ?other }",
        "PREFIX x: <http://x/?actor#SELECT> SELECT ?other WHERE { ?actor <http://x/knows> ?other }",
        "SELECT ?other (EXISTS { ?actor <http://x/age> ?n } AS ?aged) WHERE { ?actor <http://x/knows> ?other }",
        "SELECT ?other WHERE { { SELECT ?other WHERE { ?actor <http://x/knows> ?other } } }",
        "SELECT ?other WHERE { { SELECT ?other (COUNT(*) AS ?n) { ?actor <http://x/knows> ?other } GROUP BY ?other } }",
        "SELECT ?other WHERE { SELECT ?other WHERE { ?actor <http://x/knows> ?other } }",
        "SELECT ?other WHERE { { ?actor <http://x/knows> ?other } UNION { ?actor <http://x/hates> ?other } }",
        "SELECT ?other WHERE { ?someone <http://x/knows> ?other FILTER(?someone = ?actor) }",
        "SELECT ?other WHERE { ?someone <http://x/knows> ?other OPTIONAL { ?someone ?p ?o FILTER(?someone = ?actor) } "
        "FILTER(BOUND(?o)) } GROUP BY ?other",
    ],
)
def test_variable_has_its_value_in_the_query_and_its_subqueries(query: str) -> None:
    assert {row[0] for row in ENGINE.select(query, ACTOR).rows} == {"http://x/b"}


def test_variable_without_a_value_is_unbound() -> None:
    query = "SELECT ?other WHERE { ?who <http://x/knows> ?other FILTER(!BOUND(?actor) || ?who = ?actor) }"
    assert len(ENGINE.select(query).rows) == 2
    assert len(ENGINE.select(query, ACTOR).rows) == 1


def test_value_for_a_variable_that_is_not_named_changes_nothing() -> None:
    query = "SELECT ?other WHERE { ?who <http://x/knows> ?other }"
    assert bind_values(query, {"since": Literal("2024")}) == query


def test_two_values_are_bound_together() -> None:
    query = "SELECT ?who WHERE { ?who <http://x/age> ?age FILTER(?age > ?least && ?age < ?most) }"
    ages = {"least": Literal("29", datatype=XSD + "integer"), "most": Literal("35", datatype=XSD + "integer")}
    assert ENGINE.select(query, ages).rows == (("http://x/a",),)


@pytest.mark.parametrize(
    "text", ['"', "\\", "' } DROP ALL #", '") } { ?s ?p ?o } #', "line\nbreak", "<http://x/a>", "?actor", "\x00"]
)
def test_hostile_text_stays_a_text(text: str) -> None:
    table = ENGINE.select("SELECT ?name WHERE { <http://x/a> <http://x/knows> ?other }", {"name": Literal(text)})
    assert table.rows == ((text,),)


@pytest.mark.parametrize("iri", ["http://x/> } #", "not an iri", "", "http://x/a b", 'http://x/"'])
def test_hostile_iri_is_refused(iri: str) -> None:
    with pytest.raises(QueryError, match="no absolute IRI"):
        bind_values("SELECT ?other WHERE { ?actor ?p ?other }", {"actor": Iri(iri)})


def test_construct_and_ask_are_bound_in_their_where() -> None:
    construct = "CONSTRUCT { ?actor <http://x/met> ?other } WHERE { ?actor <http://x/knows> ?other }"
    assert (
        ENGINE.serialize(construct, "application/n-triples", ACTOR) == b"<http://x/a> <http://x/met> <http://x/b> .\n"
    )
    assert ENGINE.ask("ASK { ?actor <http://x/knows> ?other }", ACTOR)
    assert not ENGINE.ask("ASK { ?actor <http://x/knows> ?other }", {"actor": Iri("http://x/c")})


def test_describe_is_bound() -> None:
    described = ENGINE.serialize("DESCRIBE ?other WHERE { ?actor <http://x/knows> ?other }", "text/turtle", ACTOR)
    assert b"http://x/b" in described


@pytest.mark.parametrize(
    ("query", "uses"),
    [
        ("SELECT * { SERVICE <http://y/> { ?s ?p ?o } }", True),
        ("SELECT * { service silent <http://y/> { ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p 'SERVICE' . ?s <http://x/SERVICE> ?service } # SERVICE", False),
    ],
)
def test_question_to_another_endpoint_is_noticed(query: str, uses: bool) -> None:
    assert uses_service(query) is uses


def test_question_to_another_endpoint_is_refused() -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        ENGINE.select("SELECT * { SERVICE <http://y/> { ?s ?p ?o } }")


def test_table_has_columns_and_none_for_what_is_unbound() -> None:
    table = ENGINE.select("SELECT ?age ?nothing WHERE { <http://x/a> <http://x/age> ?age }")
    assert table.columns == ("age", "nothing")
    assert table.rows == (("30", None),)


def test_empty_text_is_no_unbound_value() -> None:
    assert ENGINE.select('SELECT ("" AS ?text) {}').rows == (("",),)


@pytest.mark.parametrize(
    ("media_type", "begins"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("text/csv", b"who\r\nhttp://x/a"),
        ("text/tab-separated-values", b"?who\n<http://x/a>"),
        ("application/sparql-results+xml", b"<?xml"),
    ],
)
def test_select_is_written_in_each_results_format(media_type: str, begins: bytes) -> None:
    query = "SELECT ?who WHERE { ?who <http://x/knows> <http://x/b> }"
    assert ENGINE.serialize(query, media_type).startswith(begins)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * { ?s ?p ?o }", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("SELECT * { ?s ?p ?o }", "image/png"),
    ],
)
def test_answer_that_a_format_cannot_hold_is_refused(query: str, media_type: str) -> None:
    with pytest.raises(QueryError, match="cannot be answered as"):
        ENGINE.serialize(query, media_type)


def test_malformed_query_is_refused_with_the_place() -> None:
    with pytest.raises(QueryError, match="malformed"):
        ENGINE.select("SELECT ?s WHERE { ?s ?p }")


def test_question_of_another_form_is_refused() -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        ENGINE.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="no ASK"):
        ENGINE.ask("SELECT * { ?s ?p ?o }")


def test_turtle_has_the_houses_prefixes() -> None:
    turtle = ENGINE.serialize("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
    assert b"@prefix rw: <https://rawabit.example/ns#>" in turtle
