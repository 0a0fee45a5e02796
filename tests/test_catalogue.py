"""Named queries say what they are and take, and values that do not fit are refused before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import QueryError, UnknownQueryError
from graph.rdf.namespaces import RW, Namespaces
from graph.rdf.terms import XSD, Iri, Literal, Term
from graph.store.catalogue import Catalogue, NamedQuery, ParameterType, read_query

NAMES = Namespaces("https://graph.example/id/")
CATALOGUE = Catalogue.load()
TITLES = """# title@ar: عنوان
# title@en: Title
# description@ar: يقول شيئًا.
# description: Says
# description: something.
"""
BODY = "\nSELECT ?s WHERE { ?s ?p ?o }\n"


def query(tmp_path: Path, *parameters: str) -> NamedQuery:
    path = tmp_path / "mine.rq"
    path.write_text(TITLES + "".join(f"# param: {each}\n" for each in parameters) + BODY, encoding="utf-8")
    return read_query(path)


def bind(tmp_path: Path, parameter: str, value: str) -> Term:
    (term,) = query(tmp_path, parameter).bind({"x": value}, namespaces=NAMES).values()
    return term


def test_catalogue_has_at_least_fourteen_queries_sorted_by_name() -> None:
    assert len(CATALOGUE.queries) >= 14
    assert list(CATALOGUE.queries) == sorted(CATALOGUE.queries)


def test_header_is_read(tmp_path: Path) -> None:
    read = query(tmp_path, 'x string default="a b" example="c d" what it is', "y actor required example=Q212 who")
    assert (read.name, read.title_ar, read.title_en, read.description) == ("mine", "عنوان", "Title", "Says something.")
    one, other = read.parameters
    assert (one.name, one.type, one.default, one.example) == ("x", ParameterType.STRING, "a b", "c d")
    assert read.description_ar == "يقول شيئًا."
    assert (one.required, one.description) == (False, "what it is")
    assert (other.required, other.default, other.example, other.description) == (True, None, "Q212", "who")


def test_users_own_query_needs_no_header(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    assert read_query(tmp_path / "own.rq").bind({}, namespaces=NAMES) == {}


def test_query_that_ships_needs_its_titles(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text("# title@en: Own\nSELECT * { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(QueryError, match=r"own\.rq.*add it"):
        Catalogue.load(tmp_path)


def test_unknown_query_is_answered_with_what_there_is() -> None:
    with pytest.raises(UnknownQueryError, match="who-supplies-whom"):
        CATALOGUE.get("who-suplies")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("x", r"mine\.rq:6"),
        ("x colour required what", "'colour' is no type"),
        ("x date what", "write <name>"),
        ("x date required", "write <name>"),
    ],
)
def test_header_that_cannot_be_read_is_named(tmp_path: Path, header: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        query(tmp_path, header)


def test_parameter_named_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="named twice"):
        query(tmp_path, "x date optional a", "x date optional b")


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="UTF-8"):
        read_query(tmp_path / "own.rq")


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("actor", "Q212", Iri("https://graph.example/id/entity/Q212")),
        ("actor", " Q212 ", Iri("https://graph.example/id/entity/Q212")),
        ("actor", "person/سيرغي", Iri("https://graph.example/id/entity/person/%D8%B3%D9%8A%D8%B1%D8%BA%D9%8A")),
        ("actor", "organisation/nato", Iri("https://graph.example/id/entity/organisation/nato")),
        ("actor", "https://graph.example/id/entity/Q1", Iri("https://graph.example/id/entity/Q1")),
        ("iri", "urn:x:y", Iri("urn:x:y")),
        ("date", "2024", Literal("2024")),
        ("date", "2024-02", Literal("2024-02")),
        ("date", "2024-02-29", Literal("2024-02-29")),
        ("integer", "-5", Literal("-5", datatype=XSD + "integer")),
        ("string", '"} DROP', Literal('"} DROP')),
        ("relation", "met", Iri(RW + "met")),
        ("relation", "rw:met", Iri(RW + "met")),
        ("relation", RW + "met", Iri(RW + "met")),
        ("status", "denied", Literal("denied")),
    ],
)
def test_value_becomes_a_term_of_its_type(tmp_path: Path, kind: str, value: str, term: Term) -> None:
    assert bind(tmp_path, f"x {kind} required what", value) == term


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("actor", "زيلينسكي", "no such actor"),
        ("actor", "https://graph.example/id/> } #", "no such actor"),
        ("actor", "https://other.example/x", "no such actor"),
        ("iri", "relative", "absolute IRI"),
        ("iri", "http://x/> }", "absolute IRI"),
        ("date", "2024-13", "YYYY"),
        ("date", "2024-1-1", "YYYY"),
        ("date", "yesterday", "YYYY"),
        ("integer", "5.0", "whole number"),
        ("integer", "1e9", "whole number"),
        ("relation", "met> }", "name of a relation"),
        ("status", "certain", "actual, planned, possible, denied"),
    ],
)
def test_value_that_does_not_fit_is_refused(tmp_path: Path, kind: str, value: str, reason: str) -> None:
    with pytest.raises(QueryError, match=f"query mine: x=.*{reason}"):
        bind(tmp_path, f"x {kind} required what", value)


def test_name_of_an_actor_is_looked_up(tmp_path: Path) -> None:
    asked = query(tmp_path, "x actor required who")
    found = {"زيلينسكي": "https://graph.example/id/entity/Q3874799"}
    assert asked.bind({"x": "زيلينسكي"}, namespaces=NAMES, resolve=found.get) == {"x": Iri(found["زيلينسكي"])}
    with pytest.raises(QueryError, match="no such actor"):
        asked.bind({"x": "زيد"}, namespaces=NAMES, resolve=found.get)


def test_default_stands_in_for_a_value_that_is_missing_or_empty(tmp_path: Path) -> None:
    asked = query(tmp_path, "x status default=actual what", "y date optional when")
    assert asked.bind({}, namespaces=NAMES) == {"x": Literal("actual")}
    assert asked.bind({"x": "", "y": ""}, namespaces=NAMES) == {"x": Literal("actual")}


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    asked = query(tmp_path, "x actor required who", "y date optional when")
    with pytest.raises(QueryError, match=r"'z' is no parameter; x \(actor\) is missing; y='soon'.*it takes x, y"):
        asked.bind({"y": "soon", "z": "1"}, namespaces=NAMES)


def test_every_shipped_query_is_described_in_both_languages() -> None:
    assert [name for name, query in Catalogue.load().queries.items() if not query.description_ar] == []
