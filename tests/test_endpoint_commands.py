"""What keeps a store in order, at a real endpoint: it is looked through, and documents are taken out of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from graph.cli import app
from graph.config import Settings
from graph.store.checkpoint import FACTS
from graph.store.places import open_checkpoint

BASE, RW = "https://rawabit.example/id/", "https://rawabit.example/ns#"
DAY = f"<{BASE}document/daily-01>"
GRAPH, SHARED = f"<{BASE}document/daily-01/graph>", f"<{BASE}graph/shared>"
FAULTS = {
    "two graphs": f"INSERT DATA {{ GRAPH <urn:other> {{ {DAY} a <https://schema.org/NewsArticle> }} }}",
    "shapes and are whole": f"DELETE WHERE {{ GRAPH {GRAPH} {{ {DAY} a ?type }} }}",
    "follows from no document": f"INSERT DATA {{ GRAPH {SHARED} {{ <{BASE}entity/Q145> a <urn:x> }} }}",
    "is missing": f"DELETE WHERE {{ GRAPH {SHARED} {{ <{BASE}entity/Q145> <{RW}supplies> ?whom }} }}",
}


@pytest.fixture
def place(
    make_store: Callable[..., Path], endpoint_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The sample store at an endpoint."""
    monkeypatch.setenv("RAWABIT_CACHE", str(tmp_path / "cache"))
    return make_store(endpoint_place)


@pytest.fixture
def run(place: Path) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, [*words, "--store", str(place)])


def documents(place: Path) -> set[str]:
    with open_checkpoint(replace(Settings.from_environment(), store=place)) as store:
        rows = store.select("SELECT ?id { ?document <https://schema.org/identifier> ?id }").rows
        return {str(identifier) for (identifier,) in rows}


def test_sound_store_is_said_to_be_sound(run: Callable[..., Result], place: Path) -> None:
    told = run("verify")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("26 documents, 29 facts")
    assert documents(place)  # makes the indexes that are looked at now
    record = json.loads(run("verify", "--json").output)
    assert record["sound"] is True
    assert len(record["checks"]) == 5


@pytest.mark.parametrize("words", FAULTS)
def test_fault_in_the_data_is_found(words: str, endpoint: str, run: Callable[..., Result]) -> None:
    httpx.post(f"{endpoint}/update", data={"update": FAULTS[words]}).raise_for_status()
    told = run("verify")
    assert told.exit_code == 5
    assert words in told.output


def test_faults_of_cached_indexes_and_of_the_revision_are_found(
    endpoint: str, place: Path, tmp_path: Path, run: Callable[..., Result]
) -> None:
    documents(place)
    (index,) = (tmp_path / "cache").rglob(FACTS)
    with sqlite3.connect(index) as connection:
        connection.execute("DELETE FROM fact WHERE id = 1")
    connection.close()
    assert "facts.sqlite" in run("verify").output
    note = f'GRAPH <{BASE}graph/store> {{ <{BASE}graph/store> <https://rawabit.example/ns#changed> "1" }}'
    httpx.post(f"{endpoint}/update", data={"update": f"INSERT DATA {{ {note} }}"}).raise_for_status()
    assert "written since" in run("verify").output


def test_documents_are_withdrawn_by_id_and_by_outlet(place: Path, run: Callable[..., Result]) -> None:
    before = documents(place)
    told = run("withdraw", "daily-01", "--source", "صحيفة", "--dry-run")
    assert told.output == "2 documents with 5 facts would be withdrawn.\n"
    assert documents(place) == before
    assert run("withdraw", "daily-01", "--source", "صحيفة", "--yes").exit_code == 0
    assert documents(place) == before - {"daily-01", "d/1 أول"}
    assert run("verify").exit_code == 0
    assert run("withdraw", "nowhere", "--yes").exit_code == 8


@pytest.mark.parametrize(
    ("command", "instead"),
    [("compact", "oxigraph optimize"), ("backup", "oxigraph backup"), ("restore", "rawabit build")],
)
def test_what_needs_a_folder_says_what_to_do_instead(
    command: str, instead: str, tmp_path: Path, run: Callable[..., Result]
) -> None:
    told = run(command, *([] if command == "compact" else [str(tmp_path / "copy.tar")]))
    assert told.exit_code == 2
    assert instead in " ".join(told.output.split())
    assert not (tmp_path / "copy.tar").exists()
