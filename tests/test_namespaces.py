"""IRIs are stable, safe whatever the name, and turn back into the ids that people type."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from graph.config import Settings
from graph.model import EntityKind
from graph.rdf.namespaces import PREFIXES, Namespaces, encode_segment, is_safe_iri, is_wikidata_id, mend_iri

NAMES = Namespaces("https://graph.example/id/")
HOSTILE = [
    "a/b",
    "../../etc/passwd",
    "?q=1#fragment",
    "100% <b>",
    'quote"\\',
    "line\nbreak\x00",
    "وزير الدفاع",
    ".",
    "..",
    "x y\tz",
    "%2F",
    "🙂",
    "a" * 500,
    "\ud800",
]


def parses_as_iri(iri: str) -> bool:
    (quad,) = parse(f"<{iri}> <{iri}> <{iri}> .", RdfFormat.N_TRIPLES)
    return quad.subject == NamedNode(iri)


def test_base_iri_comes_from_the_settings() -> None:
    names = Namespaces.from_settings(Settings(base_iri="http://my.example/"))
    assert names.entity(EntityKind.COUNTRY, "أوكرانيا", wikidata="Q212") == "http://my.example/entity/Q212"


def test_entity_is_named_by_wikidata_whatever_its_kind_and_spelling() -> None:
    one = NAMES.entity(EntityKind.COUNTRY, "أوكرانيا", wikidata="Q212", known="country:ua")
    assert one == NAMES.entity(EntityKind.PLACE, "اوكرانيا", wikidata="Q212")


def test_known_entity_without_wikidata_is_named_by_its_key() -> None:
    iri = NAMES.entity(EntityKind.ORGANIZATION, "شركة", known="organisation:acme")
    assert iri == "https://graph.example/id/entity/organisation/acme"


def test_unknown_entity_is_named_by_kind_and_folded_name() -> None:
    assert NAMES.entity(EntityKind.PERSON, "أحمد المُصطفى") == NAMES.entity(EntityKind.PERSON, "احمد المصطفي")
    assert NAMES.entity(EntityKind.PERSON, "أحمد") != NAMES.entity(EntityKind.PLACE, "أحمد")


def test_wikidata_id_that_is_none_is_ignored() -> None:
    assert NAMES.entity(EntityKind.PERSON, "علي", wikidata="Q0; DROP") == NAMES.entity(EntityKind.PERSON, "علي")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_gives_an_iri_that_parses_and_cannot_climb(name: str) -> None:
    for iri in (NAMES.entity(EntityKind.PERSON, name), NAMES.document(name), NAMES.fact(f"{name}/fact/{name}")):
        assert is_safe_iri(iri)
        assert parses_as_iri(iri)
        assert rdflib.URIRef(iri).n3() == f"<{iri}>"
        assert "/../" not in f"{iri}/"
        assert "/./" not in f"{iri}/"


@pytest.mark.parametrize("document_id", [each for each in HOSTILE if len(each) < 100 and each != "\ud800"])
def test_document_id_is_read_back_from_its_iri_and_its_graph(document_id: str) -> None:
    assert NAMES.document_id(NAMES.document(document_id)) == document_id
    assert NAMES.document_id(NAMES.document_graph(document_id)) == document_id


def test_long_ids_stay_apart_and_keep_their_iri() -> None:
    one, other = NAMES.document("a" * 500), NAMES.document("a" * 499)
    assert one != other
    assert NAMES.document(str(NAMES.document_id(one))) == one


@pytest.mark.parametrize("kind", EntityKind)
@pytest.mark.parametrize("name", ["سيرغي بويف", "a/b c", "مذكرة تفاهم 100%"])
def test_actor_id_and_iri_are_each_others_inverse(kind: EntityKind, name: str) -> None:
    iri = NAMES.entity(kind, name)
    actor_id = NAMES.actor_id(iri)
    assert actor_id is not None
    assert NAMES.actor(actor_id) == iri


def test_fact_id_and_iri_are_each_others_inverse() -> None:
    fact_id = "a/b أول/fact/0123abcd"
    assert NAMES.fact_id(NAMES.fact(fact_id)) == fact_id


@pytest.mark.parametrize("iri", ["https://other.example/entity/Q1", "https://graph.example/id/entity/", "Q1"])
def test_iri_of_others_is_no_actor_document_or_fact(iri: str) -> None:
    assert NAMES.actor_id(iri) is None
    assert NAMES.document_id(iri) is None
    assert NAMES.fact_id(iri) is None


def test_document_is_no_fact() -> None:
    assert NAMES.fact_id(NAMES.document("d1")) is None


def test_graphs_have_names_of_their_own() -> None:
    graphs = {NAMES.shared_graph, NAMES.known_graph, NAMES.ontology_graph, NAMES.decisions_graph}
    assert len(graphs | {NAMES.document_graph("d1")}) == 5


def test_statement_is_named_by_all_three_of_its_parts() -> None:
    assert NAMES.statement("<a>", "<b>", "<c>") == NAMES.statement("<a>", "<b>", "<c>")
    assert len({NAMES.statement(*parts) for parts in [("a", "b", "c"), ("c", "b", "a"), ("a", "c", "b")]}) == 3


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://news.example/a?b=c&d=%D8%A3#x", True),
        ("https://news.example/أخبار", True),
        ("urn:uuid:1", True),
        ("news.example/a", False),
        ("https://news.example/a b", False),
        ("https://news.example/%zz", False),
        ("https://news.example/<script>", False),
        ("https://news.example/a#b#c", False),
        ("", False),
    ],
)
def test_safe_iri_is_absolute_and_fits_between_brackets(text: str, safe: bool) -> None:
    assert is_safe_iri(text) is safe


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (" https://news.example/a b[1]#x#y ", "https://news.example/a%20b%5B1%5D#x%23y"),
        ("https://news.example/100%/%D8%A3", "https://news.example/100%25/%D8%A3"),
        ("https://news.example/أخبار/—🙂", "https://news.example/أخبار/%E2%80%94%F0%9F%99%82"),
    ],
)
def test_mended_iri_is_safe_and_leads_to_the_same_place(text: str, mended: str) -> None:
    assert mend_iri(text) == mended
    assert is_safe_iri(mended)
    assert parses_as_iri(mended)


@pytest.mark.parametrize(("text", "is_id"), [("Q212", True), ("Q0", False), ("q212", False), ("Q212/..", False)])
def test_wikidata_ids_are_told_from_other_texts(text: str, is_id: bool) -> None:
    assert is_wikidata_id(text) is is_id


def test_segments_of_different_texts_differ() -> None:
    assert len({encode_segment(text) for text in HOSTILE}) == len(HOSTILE)


def test_prefixes_end_where_names_begin() -> None:
    assert all(iri.endswith(("#", "/")) for iri in PREFIXES.values())
