"""The ontology says of each relation what people and programs need to know."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from graph.errors import LanguageDataError
from graph.model import EntityKind
from graph.rdf.namespaces import RW
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.resources import package_folder

VOCABULARY = Vocabulary.load()
FAMILIES = {"diplomacy", "cooperation", "aid", "demand", "support", "conflict", "coercion", "standing"}
SYMMETRIC = {"met", "spokeWith", "negotiatesWith", "signedAgreementWith", "cooperatesWith", "fights"}
WITHOUT_PLOVER = {"appointed", "succeeded", "holdsOffice", "leads", "memberOf", "founded", "partOf", "produces"}
HEADER = "@prefix rw: <https://rawabit.example/ns#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"


def test_vocabulary_has_the_34_relations() -> None:
    assert len(VOCABULARY.relations) == 34


def test_families_are_labelled_and_all_used() -> None:
    assert VOCABULARY.families.keys() == FAMILIES
    assert {relation.family for relation in VOCABULARY.relations.values()} == FAMILIES


def test_relations_that_hold_both_ways_are_known() -> None:
    assert VOCABULARY.symmetric == SYMMETRIC


def test_plover_codes_stand_where_plover_has_an_event() -> None:
    assert {name for name, relation in VOCABULARY.relations.items() if relation.plover is None} == WITHOUT_PLOVER
    assert VOCABULARY.relations["attacked"].plover == "ASSAULT"


@pytest.mark.parametrize("name", sorted(VOCABULARY.relations))
def test_relation_is_described_in_both_languages(name: str) -> None:
    relation = VOCABULARY.relations[name]
    assert relation.iri == RW + name
    assert relation.comment
    assert relation.label.get("ar") != relation.label.get("en")
    assert (relation.inverse is None) == relation.symmetric
    kinds = set(EntityKind)
    assert set(relation.domain) <= kinds
    assert set(relation.range) <= kinds
    assert relation.domain
    assert relation.range


def test_every_kind_of_entity_is_a_labelled_class() -> None:
    assert set(EntityKind) <= VOCABULARY.classes.keys()
    assert VOCABULARY.classes["Person"].en == "person"


def test_actor_is_spelt_out_in_domain_and_range() -> None:
    assert VOCABULARY.relations["hosted"].domain == ("Person", "Country", "Organization", "Place")


def test_ontology_for_the_store_is_stable_and_has_no_blank_nodes() -> None:
    triples = read_ontology()
    assert triples == read_ontology()
    assert not any(term.startswith("_:") for triple in triples for term in triple)


def test_ontology_for_the_store_says_what_the_files_say() -> None:
    files = rdflib.Graph()
    for name in ("classes.ttl", "relations.ttl"):
        files.parse(package_folder("ontology") / name)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in read_ontology())
    assert len(rdflib.Graph().parse(data=lines, format="nt")) == len(files)


@pytest.mark.parametrize(
    ("relations", "reason"),
    [
        ("rw:met a rw:Relation ; rw:symmetric true ; rdfs:label 'met'@en .", "@ar"),
        ("rw:met a rw:Relation ; rdfs:label 'met'@en, 'x'@ar .", "symmetric"),
        ("rw:met a rw:Relation", "relations.ttl"),
    ],
)
def test_relation_that_lacks_something_is_named(tmp_path: Path, relations: str, reason: str) -> None:
    (tmp_path / "classes.ttl").write_text(HEADER, encoding="utf-8")
    (tmp_path / "relations.ttl").write_text(HEADER + relations, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=reason):
        Vocabulary.load(tmp_path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match=r"classes\.ttl"):
        Vocabulary.load(tmp_path)
