"""The command line from outside: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner, Result

from graph.cli import app
from graph.sources.registry import KINDS
from graph.store.catalogue import Catalogue

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "seeds" / "documents"
GOLD = ROOT / "tests" / "gold" / "documents.jsonl"
COMMANDS = ["extract", "build", "sources", "query", "queries", "export", "evaluate"]
ARTICLE = (
    "التقى وزير الخارجية المصري سامح شكري نظيره الروسي سيرغي لافروف في موسكو يوم الاثنين.\n"
    "وأعلنت بريطانيا أنها سلمت أوكرانيا صواريخ.\n"
)
HEAVY = (
    "torch",
    "camel_tools",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "networkx",
    "fastapi",
    "pydantic",
    "yaml",
    "httpx",
    "lxml",
)


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], env=environment)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `extract` prints for the article."""
    path = tmp_path_factory.mktemp("facts") / "visit.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    result = run("extract", path)
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


@pytest.fixture(scope="module")
def facts(extracted: dict[str, Any]) -> list[dict[str, Any]]:
    """The relations among it."""
    relations: list[dict[str, Any]] = extracted["relations"]
    assert len(relations) >= 2
    return relations


@pytest.fixture(scope="module")
def evaluated() -> str:
    """What `evaluate` prints for the annotated articles."""
    result = run("evaluate", GOLD)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "store"
    result = run("build", SAMPLES, "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from api.cli import app\n"
        "try: app(['--help'])\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr.strip() == "[]"
    assert "extract" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples" in result.output
    assert f"rawabit {command}" in result.output.replace("Usage: rawabit", "").replace("Usage: root", "")


def test_version_is_printed() -> None:
    assert run("--version").output.startswith("rawabit 0.")


@pytest.mark.parametrize("arguments", [["fly"], ["extract"], ["extract", "a.txt", "--format", "pdf"], ["--wings"]])
def test_wrong_option_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_unusable_setting_ends_with_2_and_is_named(article: Path) -> None:
    result = run("extract", article, RAWABIT_WORKERS="many")
    assert result.exit_code == 2
    assert "RAWABIT_WORKERS" in result.stderr


def test_extract_prints_a_record_whose_offsets_lead_to_the_evidence(extracted: dict[str, Any]) -> None:
    record = extracted
    assert (record["id"], record["title"], record["text"]) == ("visit", None, ARTICLE)
    assert record["relations"]
    entities = {entity["id"] for entity in record["entities"]}
    for relation in record["relations"]:
        assert record["text"][relation["start"] : relation["end"]] == relation["evidence"]
        assert {relation["subject"], relation["object"]} <= entities
        assert 0 < relation["confidence"] <= 1


def test_extract_leaves_out_what_is_less_sure(article: Path, facts: list[dict[str, Any]]) -> None:
    least = max(relation["confidence"] for relation in facts)
    sure = json.loads(run("extract", article, "--min-confidence", str(least)).stdout)["relations"]
    assert sure == [relation for relation in facts if relation["confidence"] >= least]
    assert 0 < len(sure) < len(facts)


def test_extract_writes_turtle_that_a_parser_reads(article: Path, facts: list[dict[str, Any]]) -> None:
    result = run("extract", article, "--format", "turtle")
    assert result.exit_code == 0
    dataset = rdflib.Graph().parse(data=result.stdout, format="turtle")
    written = set(dataset.subjects(rdflib.RDF.type, rdflib.URIRef("https://rawabit.example/ns#Fact")))
    assert len(written) == len(facts)


def test_extract_writes_a_table_with_a_row_for_each_fact(article: Path, facts: list[dict[str, Any]]) -> None:
    result = run("extract", article, "--format", "table")
    rows = [line for line in result.stdout.splitlines() if line.strip().startswith("visit")]
    assert len(rows) == len(facts)
    assert all(any(fact["predicate"] in row for row in rows) for fact in facts)


def test_extract_names_what_it_refuses_reads_the_rest_and_ends_with_3(tmp_path: Path, article: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "text": "' + "نص" + '"}\n{"id": "b"\n', encoding="utf-8")
    result = run("extract", broken, tmp_path / "nothing", article)
    assert result.exit_code == 3
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "visit"]
    assert f"{broken}:2: is no JSON" in result.stderr
    assert f"{tmp_path / 'nothing'}: is not there" in result.stderr


def test_extract_takes_columns_by_map_and_sets_aside_what_is_not_arabic(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    rows = [("key", "story"), ("1", ARTICLE), ("2", "The minister said that his country was ready for talks today.")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    result = run("extract", path, "--as", "csv", "--map", "text=story", "--map", "id=key")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["1"]
    assert result.exit_code == 0  # what is set aside is no error
    assert f"{path}:5: is in Latin letters" in result.stderr
    assert "1 (und-Latn 1) set aside" in result.stderr


@pytest.mark.parametrize("option", [("--as", "pdf"), ("--map", "text"), ("--map", "body=x")])
def test_option_for_sources_that_cannot_be_used_ends_with_2(article: Path, option: tuple[str, str]) -> None:
    result = run("extract", article, *option)
    assert (result.exit_code, option[1] in result.stderr) == (2, True)


def test_sources_lists_every_kind() -> None:
    result = run("sources")
    assert all(name in result.stdout for name in KINDS)


def test_extract_writes_its_file_whole_and_leaves_nothing_beside_it(tmp_path: Path, article: Path) -> None:
    output = tmp_path / "out" / "facts.jsonl"
    output.parent.mkdir()
    output.write_text("old", encoding="utf-8")
    result = run("extract", article, "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text(encoding="utf-8"))["id"] == "visit"
    assert [path.name for path in output.parent.iterdir()] == ["facts.jsonl"]


def test_extract_that_breaks_off_leaves_the_old_file(tmp_path: Path, article: Path) -> None:
    output = tmp_path / "out" / "facts.jsonl"
    output.parent.mkdir()
    output.write_text("old", encoding="utf-8")
    result = run("extract", article, "-o", output, RAWABIT_SEEDS=str(tmp_path / "no-seeds"))
    assert result.exit_code != 0
    assert output.read_text(encoding="utf-8") == "old"
    assert [path.name for path in output.parent.iterdir()] == ["facts.jsonl"]


@pytest.mark.parametrize("name", ["missing/facts.jsonl", "."])
def test_output_that_cannot_be_written_ends_with_7(tmp_path: Path, article: Path, name: str) -> None:
    result = run("extract", article, "-o", tmp_path / name)
    assert result.exit_code == 7
    assert "rawabit: " in result.stderr


def test_build_reports_what_was_read_and_refused(tmp_path: Path, article: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("build", tmp_path / "empty.txt", article, "--store", tmp_path / "store")
    assert result.exit_code == 3
    assert f"{tmp_path / 'empty.txt'}: is empty" in result.stderr
    for words in ("documents read      1", "inputs refused      1", "entities", "facts", "seconds"):
        assert words in result.stdout
    assert (tmp_path / "store").is_dir()


def test_build_takes_the_store_from_the_environment(tmp_path: Path, article: Path) -> None:
    assert run("build", article, RAWABIT_STORE=str(tmp_path / "elsewhere")).exit_code == 0
    assert (tmp_path / "elsewhere").is_dir()


def test_queries_lists_every_query_and_shows_one() -> None:
    catalogue = Catalogue.load()
    listed = run("queries").output
    assert all(name in listed for name in catalogue.queries)
    asked = next(iter(catalogue.queries.values()))
    shown = run("queries", asked.name).output
    assert asked.title_ar in shown
    assert "SELECT" in shown.upper() or "CONSTRUCT" in shown.upper()


QUESTION = "SELECT ?fact WHERE { ?fact a <https://rawabit.example/ns#Fact> } ORDER BY ?fact LIMIT 3"


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "question.rq"
    path.write_text(QUESTION, encoding="utf-8")
    return path


def test_query_of_a_file_answers_in_every_format(store: Path, question: Path, tmp_path: Path) -> None:
    answers = {name: run("query", question, "--store", store, "--format", name) for name in ("table", "json", "csv")}
    assert {name: result.exit_code for name, result in answers.items()} == dict.fromkeys(answers, 0)
    values = [row["fact"]["value"] for row in json.loads(answers["json"].stdout)["results"]["bindings"]]
    assert len(values) == 3
    assert [row["fact"] for row in csv.DictReader(io.StringIO(answers["csv"].stdout))] == values
    assert all(value in answers["table"].stdout for value in values)


def test_output_to_a_device_goes_there(store: Path, question: Path) -> None:
    assert run("query", question, "--store", store, "-o", os.devnull).exit_code == 0
    assert Path(os.devnull).is_char_device()


def test_query_that_constructs_answers_in_turtle(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "construct.rq"
    path.write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://rawabit.example/ns#Fact> ; ?p ?o }", encoding="utf-8")
    output = tmp_path / "answer.ttl"
    assert run("query", path, "--store", store, "--format", "turtle", "-o", output).exit_code == 0
    assert len(rdflib.Graph().parse(output, format="turtle")) > 0


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "queries").glob("*.rq")))
def test_named_query_runs_with_its_examples(store: Path, name: str) -> None:
    required = [each for each in Catalogue.load().get(name).parameters if each.required]
    parameters = [f"--param={each.name}={each.example}" for each in required]
    result = run("query", name, *parameters, "--store", store, "--format", "csv")
    assert result.exit_code == 0, result.output
    assert result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["query", "no-such-query"], 6),
        (["query", "no-such-file.rq"], 6),
        (["query", "{question}", "--param", "actor"], 6),
        (["query", "{question}", "--param", "wings=2"], 6),
        (["query", "{question}", "--store", "{folder}/none"], 4),
        (["export", "--format", "gexf", "-o", "{folder}/a.gexf", "--store", "{folder}/none"], 4),
        (["export", "--format", "gexf", "-o", "{folder}/a.gexf", "--depth", "99"], 2),
        (["export", "--format", "gexf", "-o", "{folder}/none/a.gexf"], 7),
        (["queries", "no-such-query"], 6),
        (["evaluate", "{folder}/none.jsonl"], 3),
    ],
)
def test_error_ends_with_the_code_of_its_kind(
    store: Path, question: Path, tmp_path: Path, arguments: list[str], code: int
) -> None:
    filled = [each.format(question=question, folder=tmp_path) for each in arguments]
    result = run(*filled, RAWABIT_STORE=str(store))
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("rawabit: ")


def test_malformed_sparql_is_an_error_of_the_query(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.rq"
    path.write_text("SELECT WHERE {", encoding="utf-8")
    assert run("query", path, "--store", store).exit_code == 6


def test_export_writes_the_whole_network_and_the_neighbourhood_of_an_actor(store: Path, tmp_path: Path) -> None:
    whole, near = tmp_path / "whole.gexf", tmp_path / "near.gexf"
    assert run("export", "--format", "gexf", "-o", whole, "--store", store).exit_code == 0
    result = run("export", "--format", "gexf", "-o", near, "--store", store, "--actor", "Q212", "--depth", "1")
    assert result.exit_code == 0, result.output
    nodes = [path.read_text(encoding="utf-8").count("<node ") for path in (whole, near)]
    assert nodes[0] > nodes[1] > 1


@pytest.mark.parametrize(("name", "form"), [("turtle", RdfFormat.TURTLE), ("nquads", RdfFormat.N_QUADS)])
def test_export_writes_rdf_that_a_parser_reads(store: Path, tmp_path: Path, name: str, form: RdfFormat) -> None:
    output = tmp_path / f"out.{name}"
    assert run("export", "--format", name, "-o", output, "--store", store).exit_code == 0
    assert sum(1 for _ in parse(path=str(output), format=form)) > 1000


def test_evaluate_prints_the_figures_and_the_errors(evaluated: str) -> None:
    assert 0 < float(evaluated.splitlines()[-1]) <= 1
    with_errors = run("evaluate", GOLD, "--errors").stdout.splitlines()
    assert any(line.startswith("MISS ") for line in with_errors)
    assert with_errors[-1] == evaluated.splitlines()[-1]


def test_evaluate_of_written_facts_equals_evaluate_of_the_reader(tmp_path: Path, evaluated: str) -> None:
    facts = tmp_path / "facts.jsonl"
    assert run("extract", GOLD, "-o", facts).exit_code == 0
    assert run("evaluate", GOLD, facts).stdout == evaluated


def test_gold_scores_one_against_itself() -> None:
    assert run("evaluate", GOLD, GOLD).stdout.splitlines()[-1] == "1.000"
