"""A store is looked through, copied, restored, compacted, and documents are taken out of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import Store
from typer.testing import CliRunner

import graph.store.index_files
from graph.cli import app
from graph.store.checkpoint import DATA, FACTS, Checkpoint
from graph.store.layout import current_checkpoint, find_checkpoints

BASE = "https://rawabit.example/id/"


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample store that may be written to."""
    return Path(shutil.copytree(sample_store, tmp_path / "store"))


@pytest.fixture
def run(store: Path) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, [*words, "--store", str(store)])


def quads(store: Path) -> set[str]:
    with Checkpoint.open(store) as checkpoint:
        return {str(quad) for quad in checkpoint._store}


def documents(store: Path) -> set[str]:
    with Checkpoint.open(store) as checkpoint:
        rows = checkpoint.select("SELECT ?id { ?document <https://schema.org/identifier> ?id }").rows
        return {str(identifier) for (identifier,) in rows}


def test_sound_store_is_said_to_be_sound(run: Callable[..., Result]) -> None:
    told = run("verify")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("26 documents, 29 facts")
    assert told.output.count("ok ") == 5
    record = json.loads(run("verify", "--json").output)
    assert record["sound"] is True
    assert record["counts"]["documents"] == 26


DAY = "<B:document/daily-01>"
EXTRA = f"{DAY[:-1]}/text/1-2> a <R:Evidence> ; <R:inDocument> {DAY} ; <R:text> 'ab'@ar ; <R:start> 1 ; <R:end> 2"
FAULTS = {
    "two graphs": f"INSERT DATA {{ GRAPH <urn:other> {{ {DAY} a <S:NewsArticle> }} }}",
    "shapes and are whole": f"DELETE WHERE {{ GRAPH ?g {{ {DAY} a ?type }} }}",
    "is evidence of nothing": f"INSERT DATA {{ GRAPH {DAY[:-1]}/graph> {{ {EXTRA} }} }}",
    "follows from no document": "INSERT DATA { GRAPH <B:graph/shared> { <B:entity/Q145> <R:fights> <B:entity/Q212> } }",
    "is missing": "DELETE WHERE { GRAPH <B:graph/shared> { <B:entity/Q145> <R:supplies> ?whom } }",
}
SHORT = {"B:": BASE, "S:": "https://schema.org/", "R:": "https://rawabit.example/ns#"}


@pytest.mark.parametrize("words", FAULTS)
def test_fault_in_the_data_is_found(words: str, store: Path, run: Callable[..., Result]) -> None:
    update = FAULTS[words]
    for short, long in SHORT.items():
        update = update.replace(f"<{short}", f"<{long}")
    Store(str(store / DATA)).update(update)
    told = run("verify")
    assert told.exit_code == 5
    assert words in told.output


def test_faults_of_indexes_and_checkpoint_are_found(store: Path, run: Callable[..., Result]) -> None:
    with sqlite3.connect(current_checkpoint(store) / FACTS) as connection:
        connection.execute("DELETE FROM fact WHERE id = 1")
    connection.close()
    assert "facts.sqlite" in run("verify").output
    assert run("compact").exit_code == 0
    assert run("verify").exit_code == 0
    (store / "changed").touch()
    assert "written since" in run("verify").output


@pytest.mark.parametrize("name", ["copy.tar", "copy"])
def test_backup_is_restored_to_the_same_store(
    name: str, tmp_path: Path, store: Path, run: Callable[..., Result]
) -> None:
    with Checkpoint.open(store):  # somebody reads meanwhile
        assert run("backup", str(tmp_path / name)).exit_code == 0
    told = CliRunner().invoke(app, ["restore", str(tmp_path / name), "--store", str(tmp_path / "new")])
    assert told.exit_code == 0, told.output
    assert quads(tmp_path / "new") == quads(store)
    assert CliRunner().invoke(app, ["verify", "--store", str(tmp_path / "new")]).exit_code == 0
    with Checkpoint.open(tmp_path / "new") as checkpoint:
        assert checkpoint.names.search("Ukraine")[0].iri == f"{BASE}entity/Q212"
    assert {path.name for path in tmp_path.iterdir()} == {name, "new", "store"}


def test_nothing_is_overwritten(tmp_path: Path, store: Path, run: Callable[..., Result]) -> None:
    (tmp_path / "copy.tar").write_text("mine", encoding="utf-8")
    assert run("backup", str(tmp_path / "copy.tar")).exit_code == 4
    assert (tmp_path / "copy.tar").read_text(encoding="utf-8") == "mine"
    assert run("backup", str(tmp_path / "copy")).exit_code == 0
    before = quads(store)
    assert run("restore", str(tmp_path / "copy")).exit_code == 4
    assert quads(store) == before


def test_damaged_copy_is_not_restored(tmp_path: Path, run: Callable[..., Result]) -> None:
    run("backup", str(tmp_path / "copy"))
    with (tmp_path / "copy" / FACTS).open("r+b") as stream:
        stream.seek(2000)
        stream.write(b"damage")
    (tmp_path / "other").mkdir()
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "copy" / FACTS, "../escaped")
    (tmp_path / "no.tar").write_bytes(b"no tar at all")
    for name, words in (("copy", FACTS), ("other", "no backup"), ("evil.tar", "escaped"), ("no.tar", "no.tar")):
        told = CliRunner().invoke(app, ["restore", str(tmp_path / name), "--store", str(tmp_path / "new")])
        assert told.exit_code == 4
        assert words in told.output.replace("\n", "")
    assert not (tmp_path / "escaped").exists()
    assert not list((tmp_path / "new").iterdir())


def test_documents_are_withdrawn_by_id_and_by_outlet(store: Path, run: Callable[..., Result]) -> None:
    before = documents(store)
    told = run("withdraw", "daily-01", "--source", "صحيفة", "--dry-run")
    assert told.output == "2 documents with 5 facts would be withdrawn.\n"
    assert documents(store) == before
    assert run("withdraw", "daily-01").exit_code == 2  # nobody can be asked
    assert run("withdraw", "daily-01", "--source", "صحيفة", "--yes").exit_code == 0
    assert documents(store) == before - {"daily-01", "d/1 أول"}
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("words", [["nowhere"], ["--source", "nobody"], []])
def test_what_is_not_there_is_not_withdrawn(words: list[str], store: Path, run: Callable[..., Result]) -> None:
    before = documents(store)
    assert run("withdraw", *words, "--yes").exit_code == (8 if words else 2)
    assert documents(store) == before


@pytest.mark.parametrize("python", [sys.executable, "/bin/false"])
def test_indexes_written_side_by_side_are_the_same(
    python: str, store: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.store.index_files, "SIDE_BY_SIDE_QUADS", 1)
    monkeypatch.setattr(sys, "executable", python)  # with the second, the process cannot do its work
    assert run("compact").exit_code == 0
    monkeypatch.undo()
    assert run("verify").exit_code == 0


def test_compacting_drops_old_checkpoints(store: Path, run: Callable[..., Result]) -> None:
    run("withdraw", "daily-01", "--yes")
    assert len(list(find_checkpoints(store))) == 2
    before = quads(store)
    assert "MB after" in run("compact").output
    assert len(list(find_checkpoints(store))) == 1
    assert quads(store) == before
