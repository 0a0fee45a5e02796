"""Documents read by several processes come back in order, and a process that dies costs the document it died of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import graph.crew
from graph.config import Settings
from graph.crew import Crew, Refused, Task, read_here
from graph.errors import LanguageDataError, RawabitError
from graph.intake import IntakeSetup, ReadDocument
from graph.model import Document, Refusal

READER = """
import os, signal
from graph.errors import LanguageDataError
from graph.model import Extraction

class Reader:
    def read(self, document):
        if "dies" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hangs" in document.text:
            signal.pause()
        if "leaves" in document.text:
            os._exit(7)
        return Extraction(document)

def load(settings):
    return Reader()

def load_badly(settings):
    raise LanguageDataError("verbs.yaml:7: no such frame.")

def load_worse(settings):
    return 1 / 0
"""


@pytest.fixture(autouse=True)
def reader_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the readers above a module that other processes find, too."""
    (tmp_path / "odd_reader.py").write_text(READER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def setup(loader: str = "load") -> IntakeSetup:
    return IntakeSetup(Settings(), "https://graph.example/id/", f"odd_reader:{loader}")


def tasks(*texts: str) -> Iterator[Task]:
    return (Task(Document(f"d{number}", text, path="a.jsonl", line=number)) for number, text in enumerate(texts))


def ids(results: list[object]) -> list[str]:
    return [each.encoded.id for each in results if isinstance(each, ReadDocument)]


def test_documents_come_back_in_order_with_what_stood_between_them() -> None:
    passed = Refusal("broken.txt", "is empty.")
    given: list[Task | Refusal] = []
    for number, task in enumerate(tasks(*("good " * (1 + number % 7 * 300) for number in range(120)))):
        given += [task, passed] if number % 5 == 0 else [task]
    with Crew(setup(), 3) as crew:
        found = list(crew.read(given))
    assert found == list(read_here(setup().load, given))
    assert found.count(passed) == 24


@pytest.mark.parametrize(
    ("bad", "reason"), [("dies", "signal 9, SIGKILL"), ("leaves", "exit code 7"), ("hangs", "longer than 0.5 s")]
)
def test_document_that_ends_its_process_is_refused_by_name(bad: str, reason: str) -> None:
    with Crew(setup(), 2, silent_seconds=0.5) as crew:
        found = list(crew.read(tasks(*["good"] * 20, bad, *["good"] * 20)))
    (refused,) = [each for each in found if isinstance(each, Refused)]
    assert found.index(refused) == 20
    assert refused.document.text == bad
    refusal = refused.refusal
    assert (refusal.path, refusal.line) == ("a.jsonl", 20)
    assert reason in refusal.reason
    assert ids(found) == [f"d{number}" for number in range(41) if number != 20]


def test_processes_that_all_die_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.crew, "MOST_DEATHS", 3)
    with Crew(setup(), 2) as crew, pytest.raises(RawabitError, match="keep dying"):
        list(crew.read(tasks(*["dies"] * 9)))


@pytest.mark.parametrize(
    ("loader", "error", "words"),
    [("load_badly", LanguageDataError, "verbs.yaml:7"), ("load_worse", RawabitError, "ZeroDivisionError")],
)
def test_reader_that_cannot_be_loaded_is_told(loader: str, error: type[RawabitError], words: str) -> None:
    with Crew(setup(loader), 2) as crew, pytest.raises(error, match=words):
        list(crew.read(tasks("good")))


def test_nothing_is_started_where_nothing_is_to_be_read() -> None:
    with Crew(setup("load_badly"), 2) as crew:
        assert list(crew.read(iter(["as it is"]))) == ["as it is"]
    assert list(read_here(setup("load_badly").load, iter(["as it is"]))) == ["as it is"]
