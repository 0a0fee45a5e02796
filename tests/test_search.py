"""Everybody in seeds/ is found under 200 names as people type them: tests/search/queries.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.config import Settings
from graph.rdf.known import encode_known, mint_known
from graph.rdf.namespaces import Namespaces
from graph.resolve.known import load_known
from graph.store.index import NameIndex
from graph.store.index_writer import write_index

QUERIES = Path(__file__).parent / "search" / "queries.tsv"
NAMESPACES = Namespaces.from_settings(Settings())


def read_queries() -> list[tuple[str, str]]:
    """Return what is typed, and the key of who is meant."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(text, key) for text, key in pairs]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NameIndex]:
    known = load_known(Settings())
    triples = encode_known(known.entities, known.offices, namespaces=NAMESPACES)
    store = Store()
    store.load("\n".join(f"{' '.join(triple)} ." for triple in triples), RdfFormat.N_TRIPLES)
    path = tmp_path_factory.mktemp("search") / "names.sqlite"
    write_index(path, store)
    opened = NameIndex.open(path)
    yield opened
    opened.close()


def test_whoever_is_meant_comes_first_for_19_queries_in_20(index: NameIndex) -> None:
    iris = {entity.key: mint_known(entity, NAMESPACES) for entity in load_known(Settings()).entities}
    queries = read_queries()
    missed = [text for text, key in queries if [each.iri for each in index.search(text, limit=1)] != [iris[key]]]
    assert len(queries) >= 200
    assert len(missed) <= len(queries) // 20, missed


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("سارة نتنياهو", "Sara Netanyahu"),
        ("Bilal Erdogan", "Bilal Erdoğan"),
        ("قوات كييف", "Armed Forces of Ukraine"),
    ],
)
def test_the_very_name_goes_before_whoever_is_better_known(index: NameIndex, text: str, label: str) -> None:
    assert index.search(text)[0].label_en == label


def test_searches_with_nothing_to_go_by_are_bounded(index: NameIndex) -> None:
    for text in ("ا", "م", "al", "a", "بن", "عبد الله بن محمد بن عبد العزيز"):
        assert len(index.search(text, limit=200)) <= 200
