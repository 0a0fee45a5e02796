"""A build that is killed, or runs out of disk, leaves a store with which the same command comes to the same graph."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from graph.build import build_store
from graph.config import Settings
from graph.pipeline import Reader
from graph.store.embedded import EmbeddedStore

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
"""


@pytest.fixture(scope="module", name="crash")
def load_crash() -> ModuleType:
    """The benchmark that does the same at full length."""
    spec = importlib.util.spec_from_file_location("crash", ROOT / "benchmarks" / "crash.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some sentences of the samples, each an article."""
    path = tmp_path_factory.mktemp("crash") / "articles.jsonl"
    lines = (ROOT / "seeds" / "documents" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [sentence for line in lines for sentence in json.loads(line)["text"].split(". ") if len(sentence) > 80]
    records = ({"id": f"a{n}", "text": text, "published": "2025-01-16"} for n, text in enumerate(texts[:60]))
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(articles: Path, reader: Reader) -> list[str]:
    """The quads of a build that nothing disturbed, in one process and one batch."""
    store = articles.parent / "whole"
    build_store([articles], Settings(store=store), reader=reader)
    return quads_of(store)


def quads_of(path: Path) -> list[str]:
    """Return what a store holds, in one order: it has no blank nodes."""
    with EmbeddedStore.open(path) as store:
        return sorted(map(str, store._store))


def test_build_that_is_killed_comes_to_the_same_graph(
    articles: Path, whole: list[str], crash: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "_PROGRAM", crash._PROGRAM.replace(str(crash.BATCH_TRIPLES), "300"))
    luck, store, seconds = random.Random(), tmp_path / "store", 8.0
    killed = [crash.build_and_kill(articles, store, seconds * luck.uniform(0.2, 1.0)) for _ in range(3)]
    crash.build(articles, store)
    assert quads_of(store) == whole, killed
    assert crash.is_sound(store)


def test_full_disk_stops_the_build_with_a_message_and_the_rest_can_follow(
    articles: Path, whole: list[str], crash: ModuleType, tmp_path: Path, reader: Reader
) -> None:
    store = tmp_path / "store"
    (tmp_path / "nothing").mkdir()
    build_store([tmp_path / "nothing"], Settings(store=store))
    program = LIMITED + crash._PROGRAM
    words = [sys.executable, "-c", program, "60000", "build", str(articles), "--store", str(store), "--workers", "1"]
    # Where coverage is measured its own file would meet the limit, too.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    told = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    assert told.returncode == 4, told.stderr
    assert "disk" in told.stderr
    assert "Traceback" not in told.stderr
    build_store([articles], Settings(store=store), reader=reader)
    assert quads_of(store) == whole
