"""Readers by name: which there are, which of them can read here, and which one "auto" takes."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from graph.config import AUTO_READER, Settings
from graph.errors import SettingsError
from graph.model_settings import ModelSettings
from graph.pipeline import Reader
from graph.readers import registry
from graph.readers.registry import READERS, ReaderEntry, choose_reader, lacking, open_reader

TEXT = "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في باريس."


def run(*arguments: str, **environment: str) -> SimpleNamespace:
    from api.cli import app

    told = CliRunner().invoke(app, list(arguments), env=environment)
    return SimpleNamespace(code=told.exit_code, out=told.stdout, err=told.stderr)


def test_grammar_lacks_nothing() -> None:
    assert lacking("grammar", Settings()) is None
    assert isinstance(open_reader(Settings()), Reader)


def test_reader_says_what_it_lacks() -> None:
    with pytest.raises(SettingsError, match="RAWABIT_LLM_URL"):
        choose_reader(Settings(reader="llm"))
    ready = Settings(reader="llm", language_model=ModelSettings("http://x", "m"))
    assert choose_reader(ready) is ready


def test_unknown_reader_is_told_the_others() -> None:
    with pytest.raises(SettingsError, match=r"'oracle'.*grammar.*llm.*auto"):
        choose_reader(Settings(reader="oracle"))


@pytest.mark.parametrize(("missing", "chosen"), [(None, "hybrid"), ("no weights: install them", "grammar")])
def test_auto_takes_the_first_reader_that_lacks_nothing(
    monkeypatch: pytest.MonkeyPatch, missing: str | None, chosen: str
) -> None:
    entry = ReaderEntry("learned", "graph.pipeline:Reader.load", f"{__name__}:lacks")
    monkeypatch.setattr(registry, "READERS", {**READERS, "hybrid": entry})
    monkeypatch.setattr(registry, "resolve_name", lambda name: lambda settings: missing)
    assert choose_reader(Settings(reader=AUTO_READER)).reader == chosen


@pytest.mark.parametrize("command", ["extract", "build", "evaluate", "serve"])
def test_help_of_each_command_that_reads_lists_the_readers(command: str) -> None:
    told = run(command, "--help", COLUMNS="300")
    said = re.sub(r"[\s│]+", " ", told.out)
    assert "--reader" in said
    for name, entry in READERS.items():
        assert f"{name}: {entry.says}." in said


@pytest.mark.parametrize("command", [("extract",), ("build", "--store", "store"), ("evaluate",)])
def test_reader_that_cannot_read_ends_the_command_before_it_begins(tmp_path: Path, command: tuple[str, ...]) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    told = run(command[0], str(article), *command[1:], "--reader", "llm", RAWABIT_LLM_URL="")
    assert told.code == 2
    assert "RAWABIT_LLM_URL" in told.err


def test_build_says_who_read(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    told = run("build", str(article), "--store", str(tmp_path / "store"), "--workers", "1", RAWABIT_READER=AUTO_READER)
    assert told.code == 0, told.err
    assert re.search(r"^read by +(grammar|hybrid)$", told.out, flags=re.MULTILINE)
