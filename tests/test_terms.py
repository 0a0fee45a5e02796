"""Terms are written as N-Triples that any parser reads back to the same text."""

from __future__ import annotations

import pytest
import rdflib

from graph.rdf.terms import XSD, Iri, Literal, read_literal, read_string, write_date, write_string, write_text

HOSTILE = [
    "",
    'قال: "نعم" \\ ثم صمت',
    "line\nbreak\r\ttab \x00\x01\x08\x0c\x1f\x7f",
    "next\x85line\u2028separator\u2029end",
    "🙂 \U0010ffff ‏bidi‎",
    "ends with backslash \\",
    'looks like a datatype "^^<http://x/> .',
]


def parse_object(term: str) -> rdflib.term.Node:
    line = f"<http://x/s> <http://x/p> {term} .\n"
    assert line.count("\n") == 1
    return next(iter(rdflib.Graph().parse(data=line, format="nt").objects()))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_survives_being_written_and_parsed(text: str) -> None:
    assert str(parse_object(write_string(text))) == text
    assert read_string(write_string(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_and_language_are_read_back(text: str) -> None:
    assert read_literal(write_text(text, "ar")) == (text, "ar")
    assert read_literal(write_string(text)) == (text, "")


def test_lone_surrogate_becomes_the_replacement_character() -> None:
    assert write_string("a\ud800b") == '"a\ufffdb"'


@pytest.mark.parametrize("language", ["", "ar_EG", "عربي", "a" * 9, 'ar"@en'])
def test_language_that_is_none_is_left_out(language: str) -> None:
    assert write_text("نص", language) == '"نص"'


def test_language_is_written_in_lower_case() -> None:
    assert write_text("x", "ar-EG") == '"x"@ar-eg'


@pytest.mark.parametrize(
    ("date", "datatype"), [("2024-01-30", "date"), ("2024-01", "gYearMonth"), ("2024", "gYear"), ("soon", "gYear")]
)
def test_date_is_as_precise_as_it_is_written(date: str, datatype: str) -> None:
    assert write_date(date) == f'"{date}"^^<{XSD}{datatype}>'


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Iri("http://x/a"), "<http://x/a>"),
        (Literal("a"), '"a"'),
        (Literal("a", language="ar"), '"a"@ar'),
        (Literal("1", datatype=XSD + "integer"), f'"1"^^<{XSD}integer>'),
    ],
)
def test_term_is_shown_as_in_ntriples(term: Iri | Literal, written: str) -> None:
    assert str(term) == written


def test_iri_is_read_without_its_brackets() -> None:
    assert read_string("<http://x/a>") == "http://x/a"
