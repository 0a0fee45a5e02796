"""Learning from a handful of articles of our own: what is written, what is printed, how it fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.cli import app
from graph.extract.weigh import Weigher

GOLD = Path(__file__).resolve().parent / "gold" / "documents.jsonl"

pytest.importorskip("sklearn")


def train(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three annotated articles."""
    path = tmp_path_factory.mktemp("gold") / "small.jsonl"
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def learned(small: Path) -> Path:
    """The weights that are learned from them."""
    path = small.parent / "weights.json"
    result = train(small, "-o", path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{len(json.loads(path.read_bytes()))} weights from 3 articles\n"
    return path


def test_training_writes_weights_that_the_reader_loads(learned: Path) -> None:
    text = learned.read_text(encoding="ascii")
    weights = json.loads(text)
    assert list(weights) == sorted(weights)
    assert text == json.dumps(weights, sort_keys=True, indent=0) + "\n"
    assert {"bias", "rel=met"} <= set(weights)
    assert Weigher.load(learned).scorer.weight("bias") == weights["bias"]


def test_training_is_repeatable_and_compares_before_with_after(tmp_path: Path, small: Path, learned: Path) -> None:
    second = tmp_path / "second.json"
    result = train(small, "-o", second, "--against", small)
    assert learned.read_bytes() == second.read_bytes()
    rows = [line.rsplit(maxsplit=2) for line in result.stdout.splitlines() if line.startswith(" relations F1")]
    assert len(rows) == 1
    before, after = map(float, rows[0][1:])
    assert 0 < before <= 1
    assert 0 < after <= 1


def test_roughly_annotated_articles_are_learned_from_too(tmp_path: Path, small: Path, learned: Path) -> None:
    both = tmp_path / "both.json"
    result = train(small, "--rough", small, "-o", both)
    assert result.stdout.endswith(" weights from 6 articles\n")
    assert learned.read_bytes() != both.read_bytes()


def test_weights_to_standard_output_come_alone(small: Path) -> None:
    result = train(small, "-o", "-")
    assert "bias" in json.loads(result.stdout)
    assert "weights from 3 articles" in result.stderr


def test_articles_without_relations_teach_nothing(tmp_path: Path) -> None:
    gold, path = tmp_path / "gold.jsonl", tmp_path / "weights.json"
    gold.write_text(json.dumps({"id": "a", "text": "طقس جميل.", "entities": [], "relations": []}), encoding="utf-8")
    result = train(gold, "-o", path)
    assert result.exit_code == 3
    assert "nothing can be learned" in result.stderr
    assert not path.exists()


def test_training_without_scikit_learn_names_the_extra(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    result = train(small, "-o", tmp_path / "weights.json")
    assert result.exit_code == 2
    assert "rawabit[training]" in result.stderr
