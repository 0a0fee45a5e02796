"""Copies of an article are listed, and weigh nothing: what is counted with them is what is counted without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact
from graph.network.options import NetworkOptions
from graph.network.read import read_network
from graph.network.timeline import read_timeline
from graph.store.catalogue import Catalogue
from graph.store.checkpoint import FACTS, Checkpoint
from graph.store.fact_filter import FactFilter, Order
from graph.store.fact_index import FactIndex

C = EntityKind.COUNTRY
NAMES = {"uk": "بريطانيا", "ua": "أوكرانيا", "ru": "روسيا", "qa": "قطر"}
ACTORS = tuple(Entity(key, C, name, key.upper(), f"Q{number}") for number, (key, name) in enumerate(NAMES.items(), 1))
EVIDENCE = Evidence("نص", 0, 2)
SAID = (
    Fact("uk", "supplies", "ua", EVIDENCE, date="2024-03-04"),
    Fact("uk", "met", "ua", EVIDENCE),
    Fact("uk", "promised", "ua", EVIDENCE),
    Fact("qa", "mediated", "ua", EVIDENCE),
    Fact("qa", "mediated", "ru", EVIDENCE),
    Fact("ru", "met", "ua", EVIDENCE, date="2024-03"),
)
AGENCY = Document("b", "نص كتبته وكالة ونقلته عنها صحف", None, "2024-03-05", "وكالة")
OTHER = Document("o", "كلام آخر لصحيفة أخرى عن الأمر", None, "2024-03-05", "صحيفة")
COPIES = [replace(AGENCY, id=key, source=f"ناقل {key}") for key in "ac"]
IRI = "https://rawabit.example/id/"
COUNTING = {
    "common-partners": {"one": "Q1", "other": "Q3"},
    "mediation-triangles": {},
    "met-since": {"actor": "Q2"},
    "most-active-actors": {},
    "promises-kept": {"actor": "Q1"},
    "strongest-partners": {"actor": "Q2"},
}


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, make_store: Callable[..., Path]
) -> Iterator[tuple[Checkpoint, Checkpoint]]:
    folder = tmp_path_factory.mktemp("copies")
    told = [Extraction(document, ACTORS, SAID) for document in (AGENCY, OTHER, *COPIES)]
    plain, copied = make_store(folder / "plain", told[:2]), make_store(folder / "copied", told)
    with Checkpoint.open(plain) as one, Checkpoint.open(copied) as other:
        yield one, other


@pytest.mark.parametrize("name", COUNTING)
def test_query_counts_a_report_once(stores: tuple[Checkpoint, Checkpoint], name: str) -> None:
    query = Catalogue.load().get(name)
    plain, copied = (each.select(query.text, query.bind(COUNTING[name], namespaces=each.namespaces)) for each in stores)
    assert plain.rows
    without = [place for place, column in enumerate(plain.columns) if column in ("fact", "sentence")]
    rows = [{tuple(v for n, v in enumerate(row) if n not in without) for row in each.rows} for each in (plain, copied)]
    assert rows[0] == rows[1]


def test_copies_confirm_no_claim(stores: tuple[Checkpoint, Checkpoint]) -> None:
    query = Catalogue.load().get("single-source-claims")
    for store in stores:
        assert not store.select(query.text, query.bind({}, namespaces=store.namespaces)).rows
    with_copies = stores[1].select(query.text.replace("COUNT(DISTINCT ?publisher) = 1", "COUNT(*) > 0"), {})
    place = with_copies.columns.index("documents")
    assert {(row[place], row[place + 1]) for row in with_copies.rows} == {("4", "2")}


def test_index_weighs_reports_and_lists_documents(stores: tuple[Checkpoint, Checkpoint]) -> None:
    wanted = FactFilter(actor=f"{IRI}entity/Q2", other=f"{IRI}entity/Q1", relations=("supplies",))
    counts = []
    for store, documents in zip(stores, (2, 4), strict=True):
        index = FactIndex.open(store.path / FACTS)
        (tie,), (other,) = index.ties(wanted), index.counterparts(wanted)
        assert (tie.weight, tie.documents, tie.facts, other.weight) == (2, documents, documents, 2)
        assert index.neighbours([f"{IRI}entity/Q1"], wanted)[f"{IRI}entity/Q1"] == {f"{IRI}entity/Q2": 2}
        (moment,) = index.moments(wanted, Order("date"), limit=5)
        assert (moment.documents, moment.reports) == (documents, 2)
        counts.append((index.count(wanted).reports, index.count_documents()[:3]))
        index.close()
    assert counts == [(2, (2, 2, 2)), (2, (4, 2, 4))]


@pytest.mark.parametrize("actor", [None, "Q1"])
def test_edge_weighs_reports_and_names_all_outlets(stores: tuple[Checkpoint, Checkpoint], actor: str | None) -> None:
    found = []
    for store in stores:
        network = read_network(store, NetworkOptions(actor=actor))
        (edge,) = (each for each in network.edges if each.relation == "supplies")
        found.append((edge.weight, edge.documents, edge.sources))
    assert found == [(2, 2, ("صحيفة", "وكالة")), (2, 4, ("صحيفة", "ناقل a", "ناقل c", "وكالة"))]


def test_timeline_counts_what_copies_tell_once(stores: tuple[Checkpoint, Checkpoint]) -> None:
    plain, copied = (read_timeline(store, NetworkOptions(actor="Q2")) for store in stores)
    assert (plain.months, plain.undated) == (copied.months, copied.undated)
    assert plain.months["2024-03", "supplies"] == 2
