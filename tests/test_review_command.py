"""`rawabit review`: lists, options, and answers at the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from graph.cli import app
from graph.rdf.namespaces import Namespaces
from graph.store.embedded import EmbeddedStore

RUNNER = CliRunner()


def run(store: Path, *options: str, typed: str = "") -> str:
    done = RUNNER.invoke(app, ["review", "--store", str(store), *options], input=typed)
    assert done.exit_code == 0, done.output
    return done.output


def test_decisions_are_made_listed_and_taken_back_by_options(tmp_path: Path, make_store: Callable[..., Path]) -> None:
    store = make_store(tmp_path / "store")
    made = run(store, "--different", "Q145", "Q159", "--by", "Rana", "--why", "two states")
    key = made.split()[1]
    listed = run(store, "--decisions")
    assert key in listed
    assert "two states" in listed
    assert "stands already" in run(store, "--different", "Q159", "Q145")
    assert key in run(store, "--undo", key)
    assert key not in run(store, "--decisions")
    refused = RUNNER.invoke(app, ["review", "--store", str(store), "--wrong", "d1/fact/0"])
    assert refused.exit_code == 8


def test_candidates_are_answered_one_by_one(tmp_path: Path, make_store: Callable[..., Path]) -> None:
    path = make_store(tmp_path / "store")
    names = Namespaces("https://rawabit.example/id/")
    pair = names.actor("Q145"), names.actor("Q159")
    node = f"<{names.candidate(*pair)}>"
    values = {"one": f"<{pair[0]}>", "other": f"<{pair[1]}>", "score": '"0.7"', "reasons": '"name"'}
    with EmbeddedStore.open(path) as store:
        triples = [(node, f"<https://rawabit.example/ns#{name}>", value) for name, value in values.items()]
        store.replace_apart(names.candidates_graph, triples)
        store.checkpoint()
    assert "Q145" in run(path, "--list")
    shown = run(path, typed="x\nd\n")
    assert "بريطانيا" in shown
    assert "1 decided, 0 left" in shown
    assert "different" in run(path, "--decisions")
