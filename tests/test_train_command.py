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


def test_training_writes_weights_that_the_reader_loads(tmp_path: Path, small: Path) -> None:
    path = tmp_path / "weights.json"
    result = train(small, "-o", path)
    assert (result.exit_code, result.stderr) == (0, "")
    text = path.read_text(encoding="ascii")
    weights = json.loads(text)
    assert result.stdout == f"{len(weights)} weights from 3 articles\n"
    assert list(weights) == sorted(weights)
    assert text == json.dumps(weights, sort_keys=True, indent=0) + "\n"
    assert {"bias", "rel=met"} <= set(weights)
    assert Weigher.load(path).scorer.weight("bias") == weights["bias"]


def test_training_is_repeatable_and_compares_before_with_after(tmp_path: Path, small: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert train(small, "-o", first).exit_code == 0
    result = train(small, "-o", second, "--against", small)
    assert first.read_bytes() == second.read_bytes()
    rows = [line.rsplit(maxsplit=2) for line in result.stdout.splitlines() if line.startswith(" relations F1")]
    assert len(rows) == 1
    before, after = map(float, rows[0][1:])
    assert 0 < before <= 1
    assert 0 < after <= 1


def test_roughly_annotated_articles_are_learned_from_too(tmp_path: Path, small: Path) -> None:
    alone, both = tmp_path / "alone.json", tmp_path / "both.json"
    assert train(small, "-o", alone).exit_code == 0
    result = train(small, "--rough", small, "-o", both)
    assert result.stdout.endswith(" weights from 6 articles\n")
    assert alone.read_bytes() != both.read_bytes()


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
