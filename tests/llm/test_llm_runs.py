"""Runs of the reader llm: budgets, several articles at once, settings and commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import Result
from model_endpoint import (
    DOCUMENT,
    ENTITIES,
    GOOD,
    SENTENCE,
    SUPPLIES,
    SUPPLY,
    TEXT,
    Endpoint,
    answering,
    said,
    saying,
    triples,
)
from typer.testing import CliRunner

from api.access import Access
from graph.config import Settings
from graph.errors import BudgetError, SettingsError
from graph.model import Extraction, Refusal
from graph.model_settings import ModelSettings
from graph.rdf.namespaces import RDF, RW
from graph.readers.llm.reader import LanguageModelReader
from graph.readers.registry import read_in_order
from graph.store.checkpoint import Checkpoint

pytestmark = pytest.mark.slow


def test_budget_ends_the_run_before_it_is_passed_and_the_next_run_goes_on(
    ask: Callable[..., LanguageModelReader], endpoint: Endpoint
) -> None:
    estimate = ask().estimate(DOCUMENT)
    room = estimate.tokens_in + 2 * estimate.tokens_out + 100
    second = replace(DOCUMENT, id="a2", text=TEXT + " وشكرت كييف الحلفاء على الدعم.")
    reader = ask(tokens=room)
    assert triples(reader.read(DOCUMENT)) == SUPPLIES
    with pytest.raises(BudgetError, match="RAWABIT_LLM_TOKENS"):
        reader.read(second)
    assert len(endpoint.requests) == 1
    assert reader.budget.tokens_in == 100
    resumed = ask(tokens=room)
    assert triples(resumed.read(DOCUMENT)) == SUPPLIES
    assert triples(resumed.read(second)) == SUPPLIES
    assert len(endpoint.requests) == 1


def test_budget_in_money_counts_both_prices(ask: Callable[..., LanguageModelReader]) -> None:
    reader = ask(money=1.0, price_in=1_000.0, price_out=2_000.0)
    with pytest.raises(BudgetError, match="RAWABIT_LLM_MONEY"):
        reader.read(DOCUMENT)
    reader = ask(money=100.0, price_in=1_000.0, price_out=2_000.0)
    reader.read(DOCUMENT)
    assert reader.budget.money == pytest.approx(0.1 + 0.1)


def test_articles_are_read_at_once_and_given_in_order(
    ask: Callable[..., LanguageModelReader], endpoint: Endpoint
) -> None:
    documents = [replace(DOCUMENT, id=f"a{number}", text=f"{TEXT} الخبر رقم {number}.") for number in range(6)]
    found = list(
        read_in_order(ask(saying('{"entities": 3, "relations": {}}'), answering(422)), documents, concurrency=3)
    )
    assert [each.document.id if isinstance(each, Extraction) else each.path for each in found] == [
        document.id for document in documents
    ]
    assert sum(isinstance(each, Refusal) for each in found) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"RAWABIT_LLM_URL": "http://x/v1"}, "RAWABIT_LLM_MODEL"),
        ({"RAWABIT_LLM_URL": "ftp://x", "RAWABIT_LLM_MODEL": "m"}, "http"),
        ({"RAWABIT_LLM_URL": "http://u:p@x", "RAWABIT_LLM_MODEL": "m"}, "RAWABIT_LLM_KEY"),
        ({"RAWABIT_LLM_URL": "http://x", "RAWABIT_LLM_MODEL": "m", "RAWABIT_LLM_MONEY": "3"}, "RAWABIT_LLM_PRICE_IN"),
        ({"RAWABIT_LLM_URL": "http://x", "RAWABIT_LLM_MODEL": "m", "RAWABIT_LLM_TRIES": "0"}, "RAWABIT_LLM_TRIES"),
        (
            {"RAWABIT_LLM_URL": "http://x", "RAWABIT_LLM_MODEL": "m", "RAWABIT_LLM_SECONDS": "soon"},
            "RAWABIT_LLM_SECONDS",
        ),
    ],
)
def test_setting_that_cannot_be_used_is_named(values: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        ModelSettings.from_environment(values)


def test_key_is_not_shown_with_the_settings() -> None:
    assert "s3cret" not in repr(ModelSettings("http://x", "m", "s3cret"))


def run(*arguments: str, **environment: str) -> Result:
    from api.cli import app

    return CliRunner().invoke(app, list(arguments), env=environment)


@pytest.fixture
def set_up(endpoint: Endpoint, tmp_path: Path) -> dict[str, str]:
    endpoint.behaviours.clear()
    endpoint.requests.clear()
    path = {"RAWABIT_CACHE": str(tmp_path / "cache")}
    return path | {"RAWABIT_LLM_URL": endpoint.url, "RAWABIT_LLM_MODEL": "m", "RAWABIT_READER": "llm"}


def write_articles(path: Path) -> Path:
    gold = [{**SUPPLY, "optional": False}]
    lines = [{"id": f"a{n}", "text": f"{TEXT} {n}.", "entities": ENTITIES, "relations": gold} for n in range(3)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_extract_by_a_language_model_stops_at_the_budget_and_keeps_what_it_has(
    set_up: dict[str, str], endpoint: Endpoint, tmp_path: Path
) -> None:
    articles, output = write_articles(tmp_path / "articles.jsonl"), tmp_path / "facts.jsonl"
    told = run("extract", str(articles), "--dry-run", **set_up)
    assert told.exit_code == 0
    assert endpoint.requests == []
    assert SENTENCE in told.stdout
    assert "3 articles, 3 requests, 0 of them answered before" in told.stdout
    endpoint.usual = saying(said(SUPPLY), usage={"prompt_tokens": 9_000, "completion_tokens": 500})
    cheap = {"RAWABIT_LLM_TOKENS": "12000", "RAWABIT_LLM_CONCURRENCY": "1"}
    stopped = run("extract", str(articles), "-o", str(output), **set_up, **cheap)
    endpoint.usual = GOOD
    assert stopped.exit_code == 9
    assert "1 articles were read" in stopped.stderr
    assert [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()] == ["a0"]
    done = run("extract", str(articles), "-o", str(output), **set_up)
    assert done.exit_code == 0
    assert len(output.read_text(encoding="utf-8").splitlines()) == len(endpoint.requests) == 3


def test_explain_shows_what_came_of_the_grammars_view(set_up: dict[str, str], tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles.jsonl")
    told = run("extract", str(articles), "--explain", **set_up)
    assert told.exit_code == 0, told.stderr
    assert "read by llm and grammar" in told.stdout
    assert "trigger" in told.stdout


def test_build_by_a_language_model_stops_at_the_budget_and_goes_on(
    set_up: dict[str, str], endpoint: Endpoint, tmp_path: Path
) -> None:
    articles, store = write_articles(tmp_path / "articles.jsonl"), str(tmp_path / "store")
    endpoint.usual = saying(said(SUPPLY), usage={"prompt_tokens": 9_000, "completion_tokens": 500})
    cheap = {"RAWABIT_LLM_TOKENS": "12000", "RAWABIT_LLM_CONCURRENCY": "1"}
    stopped = run("build", str(articles), "--store", store, **set_up, **cheap)
    endpoint.usual = GOOD
    assert (stopped.exit_code, len(endpoint.requests)) == (9, 1)
    done = run("build", str(articles), "--store", store, **set_up)
    assert done.exit_code == 0, done.stderr
    assert len(endpoint.requests) == 3
    with Checkpoint.open(Path(store)) as checkpoint:
        asked = "SELECT ?d ?e { ?f a rw:Fact ; rw:inDocument ?d ; rdf:predicate rw:supplies ; rw:extractor ?e }"
        rows = checkpoint.select(f"PREFIX rw: <{RW}> PREFIX rdf: <{RDF}> {asked}").rows
    by_document: dict[str, list[str]] = {}
    for document, name in rows:
        by_document.setdefault(document, []).append(name)
    assert [sorted(names) for names in by_document.values()] == [["grammar", "llm"]] * 3


def test_readers_are_compared_side_by_side(set_up: dict[str, str], tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles.jsonl")
    told = run("evaluate", str(articles), "--readers", "grammar,llm", **set_up)
    assert told.exit_code == 0, told.stderr
    rows = {line.split()[0]: line.split() for line in told.stdout.splitlines() if line.strip()}
    assert rows["llm"][1:4] == ["1.000", "1.000", "1.000"]
    assert "grammar and llm agree on" in told.stdout
    unknown = run("evaluate", str(articles), "--readers", "grammar,oracle", **set_up)
    assert unknown.exit_code == 2
    assert "oracle" in unknown.stderr


def test_reader_without_an_endpoint_says_what_to_set(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles.jsonl")
    told = run("extract", str(articles), "--reader", "llm", RAWABIT_LLM_URL="")
    assert told.exit_code == 2
    assert "RAWABIT_LLM_URL" in told.stderr
    assert run("extract", str(articles), "--reader", "grammar", "--dry-run").exit_code == 2


def test_server_reads_by_a_language_model_and_all_articles_share_its_budget(
    endpoint: Endpoint, tmp_path: Path, make_store: Callable[..., Path], start_server: Callable[..., Any]
) -> None:
    endpoint.behaviours.clear()
    store = make_store(tmp_path / "store")
    model = ModelSettings(endpoint.url, "m", "s3cret", tokens=12_000)
    settings = Settings(store=store, workers=1, cache=tmp_path / "cache", reader="llm", language_model=model)
    endpoint.usual = saying(said(SUPPLY), usage={"prompt_tokens": 9_000, "completion_tokens": 500})
    with start_server(store, settings, None, Access("t")) as running:
        article = {"id": "a", "text": TEXT}
        ask = {"headers": {"Authorization": "Bearer t"}, "params": {"dry_run": "true"}, "timeout": 90}
        first = httpx.post(f"{running.url}/documents", json=article, **ask)
        second = httpx.post(f"{running.url}/documents", json=article | {"text": f"{TEXT} وشكرت كييف."}, **ask)
    endpoint.usual = GOOD
    (fact,) = first.json()["facts"]
    assert fact["readers"] == ["grammar", "llm"]
    assert (second.status_code, second.json()["type"]) == (503, "urn:rawabit:problem:budget-spent")


def test_server_says_what_the_model_did_wrong(
    endpoint: Endpoint, tmp_path: Path, make_store: Callable[..., Path], start_server: Callable[..., Any]
) -> None:
    endpoint.behaviours[:] = [answering(401)]
    store = make_store(tmp_path / "store")
    model = ModelSettings(endpoint.url, "m", "s3cret")
    settings = Settings(store=store, workers=1, cache=tmp_path / "cache", reader="llm", language_model=model)
    with start_server(store, settings, None, Access("t")) as running:
        headers = {"Authorization": "Bearer t"}
        told = httpx.post(f"{running.url}/documents", json={"text": TEXT}, headers=headers, timeout=90)
    assert (told.status_code, told.json()["type"]) == (502, "urn:rawabit:problem:reader-failed")
    assert "s3cret" not in told.text
