"""A Dask cluster reads as one process does: to the byte, also where a worker is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import pytest
from typer.testing import CliRunner

from graph.build import BuildReport, ClusterPlace, build_store
from graph.cli import app
from graph.cluster import Cluster, ClusterSetup, choose_shards
from graph.config import Settings
from graph.crew import Task
from graph.errors import SettingsError
from graph.intake import IntakeSetup
from graph.model import Document
from graph.resolve.known import Known
from graph.store.embedded import EmbeddedStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of Dask's own sockets, when a worker is killed
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
READER = '''
import os, time
from graph.model import Entity, EntityKind, Evidence, Extraction, Fact
from graph.errors import LanguageDataError

class SlowReader:
    """Reads one meeting out of every article; leaves a note of who loaded it, and waits or dies where it is told to."""

    def __init__(self, folder):
        self.folder = folder
        (folder / f"loaded-{os.getpid()}").write_text("x")

    def read(self, document):
        if "refused" in document.text:
            raise LanguageDataError("predicates.yaml:7: no such verb.")
        if "deadly" in document.text:
            os._exit(1)
        (self.folder / f"reading-{os.getpid()}").write_text("x")
        deadline = time.monotonic() + 30
        while "slow" in document.text and not (self.folder / "go").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        people = (
            Entity("a", EntityKind.PERSON, "سيرغي " + document.id),
            Entity("b", EntityKind.PERSON, "كيث فيليبس", known="person:phillips"),
        )
        return Extraction(document, people, (Fact("a", "met", "b", Evidence(document.text[:5], 0, 5)),))

def load(settings):
    return SlowReader(settings.seeds)
'''


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with seeds, and with a module that workers load their reader from."""
    home = tmp_path_factory.mktemp("cluster")
    people = "key,wikidata,ar,en,spellings,country\nphillips,,كيث فيليبس,Keith Phillips,,\n"
    (home / "people.csv").write_text(people, encoding="utf-8")
    (home / "slow_reader.py").write_text(READER, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def cluster(home: Path) -> Iterator[Any]:
    """A real cluster of two processes."""
    sys.path.insert(0, str(home))  # which processes that are started take over
    try:
        # A worker that dies is no fault of its shard twice.
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": 1}),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
            ) as running,
        ):
            yield running
    finally:
        sys.path.remove(str(home))


@pytest.fixture
def build(tmp_path: Path, home: Path, cluster: Any) -> Callable[..., BuildReport]:
    for note in [*home.glob("reading-*"), *home.glob("go")]:
        note.unlink()

    def run(
        texts: dict[str, str], name: str = "store", scheduler: str | None = cluster.scheduler_address
    ) -> BuildReport:
        lines = [
            json.dumps({"id": key, "text": f"التقى سيرغي كيث {text}"}, ensure_ascii=False)
            for key, text in texts.items()
        ]
        (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        settings = Settings(store=tmp_path / name, seeds=home)
        known = Known.load(home)
        if scheduler is None:
            from slow_reader import load

            return build_store([tmp_path / "articles.jsonl"], settings, reader=load(settings), known=known)
        place = ClusterPlace(scheduler, str(tmp_path / "shards"), "slow_reader:load")
        return build_store([tmp_path / "articles.jsonl"], settings, cluster=place, known=known)

    return run


def dump(path: Path) -> set[str]:
    with EmbeddedStore.open(path) as store:
        return {str(quad) for quad in store._store}


TEXTS = {f"d{number}": "فيليبس" for number in range(150)} | {"d7": "refused", "d100": "فيليبس"}


def test_cluster_reads_as_one_process_does_and_makes_no_shard_twice(
    build: Callable[..., BuildReport], tmp_path: Path, home: Path
) -> None:
    here, there = build(TEXTS, "here", None), build(TEXTS, "there")
    assert dump(tmp_path / "there") == dump(tmp_path / "here")
    assert (there.read, there.facts, there.refused) == (here.read, here.facts, here.refused) != (0, {}, ())
    shards = sorted((tmp_path / "shards").glob("*.nq.gz"))
    assert len(shards) == 3
    for note in home.glob("reading-*"):
        note.unlink()
    build(TEXTS, "again")
    assert not [*home.glob("reading-*")]
    shards[1].write_bytes(shards[1].read_bytes()[:-1])
    build(TEXTS, "mended")
    assert [*home.glob("reading-*")]
    assert dump(tmp_path / "again") == dump(tmp_path / "mended") == dump(tmp_path / "here")
    assert len([*home.glob("loaded-*")]) <= 3  # one is this process


def test_worker_that_is_killed_costs_nothing(build: Callable[..., BuildReport], tmp_path: Path, home: Path) -> None:
    texts = {f"d{number}": "فيليبس" for number in range(100)} | {"d70": "slow"}
    (home / "go").write_text("x")
    build(texts, "here", None)
    for note in [*home.glob("reading-*"), home / "go"]:
        note.unlink()
    killed: list[int] = []

    def kill() -> None:
        deadline = time.monotonic() + 60
        while not killed and time.monotonic() < deadline:
            for note in home.glob("reading-*"):
                pid = int(note.name.removeprefix("reading-"))
                if pid != os.getpid():
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    break
            time.sleep(0.01)
        (home / "go").write_text("x")

    killer = threading.Thread(target=kill)
    killer.start()
    report = build(texts, "there")
    killer.join()
    assert killed
    assert report.read == 100
    assert dump(tmp_path / "there") == dump(tmp_path / "here")


def test_document_of_which_workers_die_is_refused_by_name(build: Callable[..., BuildReport]) -> None:
    report = build({"d1": "فيليبس", "d2": "deadly", "d3": "فيليبس"})
    assert report.read == 2
    (refused,) = report.refused
    assert "ended the worker" in refused.reason
    assert refused.line == 2


def test_worker_that_reads_in_another_way_is_refused(cluster: Any, home: Path, tmp_path: Path) -> None:
    settings = Settings(seeds=home)
    setup = IntakeSetup(settings, settings.base_iri, "slow_reader:load")
    connected = Cluster(cluster.scheduler_address, ClusterSetup(setup, "another hash", str(tmp_path)))
    try:
        with pytest.raises(SettingsError, match="one version of Rawabit everywhere"):
            list(connected.read([Task(Document("d1", "نص"))]))
    finally:
        connected.close()


def test_scheduler_that_is_not_there_is_named(tmp_path: Path) -> None:
    setup = ClusterSetup(IntakeSetup(Settings(), "x:", "slow_reader:load"), "", str(tmp_path))
    with pytest.raises(SettingsError, match="nobody answers there"):
        Cluster("tcp://127.0.0.1:1", setup, seconds=0.3)


def test_shards_alone_make_no_cluster(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", str(tmp_path), "--shards", "x", "--store", str(tmp_path / "store")])
    assert result.exit_code == 2
    assert "--scheduler" in result.output


def test_shards_lie_beside_the_store_unless_it_is_said_where(tmp_path: Path) -> None:
    assert choose_shards(None, tmp_path / "store") == str(tmp_path / "store-shards")
    assert choose_shards("s3://bucket/x", tmp_path) == "s3://bucket/x"
    with pytest.raises(SettingsError, match="give --shards"):
        choose_shards(None, Path("sparql+http://h"))
