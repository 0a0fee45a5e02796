"""`rawabit network ...` from outside: figures, pictures, and what is said where something cannot be done."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.errors import RawabitError
from graph.network_commands import app

COMMANDS = ["measures", "communities", "balance", "changes", "draw", "timeline"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_the_shared_filter(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert all(option in result.output for option in ("--actor", "--since", "--roll-up", "--store"))


def test_measures_are_a_table_sorted_by_the_measure_asked_for(sample_store: Path) -> None:
    result = run("measures", "--store", sample_store, "--by", "weighted_degree", "--limit", "2", "--language", "en")
    assert result.exit_code == 0, result.output
    names = [line.split("  ")[0].strip() for line in result.output.splitlines() if " Q" in line]
    assert set(names) == {"United Kingdom", "Ukraine"}
    assert "betweenness: exact" in result.output


def test_measures_as_csv_have_every_actor(sample_store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("measures", "--store", sample_store, "--format", "csv").output)))
    assert len(rows) == 4
    assert {row["id"] for row in rows} >= {"Q145", "Q212", "Q3874799"}
    assert sum(float(row["pagerank"]) for row in rows) == pytest.approx(1, abs=0.001)


def test_communities_as_json_say_how_they_were_found(sample_store: Path) -> None:
    data = json.loads(run("communities", "--store", sample_store, "--format", "json", "--engine", "networkx").output)
    assert (data["engine"], data["communities"]) == ("networkx", "Louvain")
    assert data["rows"][0]["what"] == "community"


def test_balance_counts_triads(sample_store: Path) -> None:
    data = json.loads(run("balance", "--store", sample_store, "--format", "json").output)
    assert data["positive_pairs"] == 1
    assert {row["signs"] for row in data["rows"]} == {"+++", "+--", "++-", "---"}


def test_changes_compare_two_periods(sample_store: Path) -> None:
    result = run(
        "changes", "--store", sample_store, "--first", "2023", "--second", "2024-01:2024-02", "--format", "json",
        "--relation", "supplies", "--relation", "met", "--language", "en",
    )  # fmt: skip
    data = json.loads(result.output)
    assert (data["gained"], data["lost"], data["shifted"]) == (1, 0, 1)
    supplies = next(row for row in data["rows"] if row["what"] == "shifted")
    assert (supplies["before"], supplies["after"]) == ("25", "1")


@pytest.mark.parametrize("suffix", ["svg", "html"])
def test_a_network_is_drawn_as_its_file_name_asks(sample_store: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"network.{suffix}"
    result = run("draw", "--store", sample_store, "-o", output, "--actor", "أوكرانيا", "--colour-by", "community")
    assert result.exit_code == 0, result.output
    drawn = output.read_text(encoding="utf-8")
    assert ("<!DOCTYPE html>" in drawn) is (suffix == "html")
    assert "أوكرانيا" in drawn


def test_a_timeline_is_charted_for_an_actor(sample_store: Path, tmp_path: Path) -> None:
    output = tmp_path / "timeline.svg"
    result = run("timeline", "--store", sample_store, "-o", output, "--actor", "Q145", "--by-publication")
    assert result.exit_code == 0, result.output
    assert "2023-03" in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("draw", "-o", "network.gif"), ".svg, .png or .html"),
        (("draw", "-o", "network.svg", "--colour-by", "age"), "kind or community"),
        (("draw", "-o", "network.svg", "--actor", "لا أحد بهذا الاسم"), "no actor"),
        (("timeline", "-o", "timeline.svg"), "--actor"),
        (("measures", "--by", "beauty"), "pagerank"),
        (("measures", "--engine", "abacus"), "networkx"),
        (("measures", "--since", "yesterday"), "YYYY"),
    ],
)
def test_what_cannot_be_done_is_named(sample_store: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments, "--store", sample_store)
    assert isinstance(result.exception, RawabitError)
    assert words in str(result.exception)


@pytest.mark.parametrize("command", ["measures", "communities", "balance", "changes", "draw", "timeline"])
def test_help_of_every_network_command_shows_examples(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"rawabit network {command} --" in result.output
