"""The docs keep their promises: what can be typed, set, asked or exported is named there, and README's commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from api.cli import app
from api.limits import ServiceLimits
from api.main import create_app
from graph.config import Settings
from graph.errors import RawabitError
from graph.model import Document, Status
from graph.model_settings import ModelSettings
from graph.network.export.registry import FORMATS
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.sources.registry import KINDS, Kind
from graph.store.catalogue import Catalogue

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
TEXT = "\n".join((README, *PAGES.values()))


def command_names(command: object, above: str = "rawabit") -> Iterator[str]:
    """Yield each command as it is typed, those of groups after the name of the group."""
    for name, child in getattr(command, "commands", {}).items():
        full = f"{above} {name}"
        yield from command_names(child, full) if getattr(child, "commands", None) else [full]


def without_names(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.mark.parametrize("name", sorted(command_names(typer.main.get_command(app))))
def test_command_is_named_in_the_docs(name: str) -> None:
    assert name in TEXT


@pytest.mark.parametrize(
    "name", [f"RAWABIT_{field.name.upper()}" for field in fields(Settings) if field.name != "language_model"]
)
def test_setting_is_named_in_operations(name: str) -> None:
    assert f"`{name}`" in PAGES["operations.md"]


@pytest.mark.parametrize("name", [f"RAWABIT_LLM_{field.name.upper()}" for field in fields(ModelSettings)])
def test_setting_of_a_language_model_is_named_in_readers(name: str) -> None:
    assert f"`{name}`" in PAGES["readers.md"]


@pytest.mark.parametrize("name", [f"RAWABIT_{field.name.upper()}" for field in fields(ServiceLimits)])
def test_limit_of_the_service_is_named_in_http(name: str) -> None:
    assert f"`{name}`" in PAGES["http.md"]


@pytest.mark.parametrize("path", sorted(create_app(Settings()).openapi()["paths"]))
def test_route_is_named_in_http(path: str) -> None:
    assert without_names(path) in without_names(PAGES["http.md"])


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_format_is_named_in_the_docs(name: str) -> None:
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_kind_of_source_is_named_with_its_suffixes(kind: Kind) -> None:
    assert f"| `{kind.name}` | {', '.join(f'`{suffix}`' for suffix in kind.suffixes)} |" in PAGES["sources.md"]


@pytest.mark.parametrize("name", sorted(Vocabulary.load().relations))
def test_relation_is_named_in_vocabulary(name: str) -> None:
    assert f"`{name}`" in PAGES["vocabulary.md"]


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "queries").glob("*.rq")))
def test_query_stands_in_queries_with_its_title_and_parameters(name: str) -> None:
    query = Catalogue.load().get(name)
    parameters = ", ".join(f"*{each.name}*" if each.required else each.name for each in query.parameters)
    assert f"| `{name}` | {query.title_en} | {parameters} |" in PAGES["queries.md"]


def test_exit_codes_are_those_of_the_errors() -> None:
    written = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGES["operations.md"], flags=re.MULTILINE)}
    raised = {each.exit_code for each in (RawabitError, *RawabitError.__subclasses__())}
    assert written == raised | {0, 130}


def test_readme_is_short() -> None:
    assert len(README.splitlines()) < 150


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{name}" for name in PAGES)])
def test_links_and_named_files_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_make_targets_of_the_readme_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def lines_of(*programs: str) -> list[list[str]]:
    """Return the words of each line of README's shell snippets that calls one of the programs."""
    lines = "\n".join(snippets("sh")).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines if line.startswith(programs)]


def call(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        words, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which README's commands, but for the server, find what a checkout has, and have been run."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "queries", "tests"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "rawabit").symlink_to(Path(sys.executable).parent / "rawabit")
    for words in lines_of("rawabit", ".venv/bin/rawabit"):
        if "serve" not in words:
            result = call(words, folder)
            assert result.returncode == 0, f"{words}\n{result.stderr}"
    return folder


@pytest.fixture(scope="module")
def port(workplace: Path) -> Iterator[int]:
    """README's server, at a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    (words,) = lines_of("rawabit serve")
    words[0], words[-1] = str(Path(sys.executable).parent / "rawabit"), str(free)
    with subprocess.Popen(words, cwd=workplace, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        assert str(free).encode() in server.stdout.readline()
        yield free
        server.terminate()


def test_sentence_of_the_readme_gives_the_facts_shown(reader: Reader) -> None:
    (sentence,) = re.findall(r"^> (.+)$", README, flags=re.MULTILINE)
    extraction = reader.read(Document("readme", sentence))
    ids = {entity.id: entity.wikidata for entity in extraction.entities}
    facts = {(ids[fact.subject], fact.predicate, ids[fact.object]): fact for fact in extraction.facts}
    assert facts.keys() == {("Q183", "aids", "Q212"), ("Q159", "attacked", "Q212")}
    aid = facts["Q183", "aids", "Q212"]
    assert (aid.status, aid.quantity and aid.quantity.value) == (Status.ACTUAL, 28_000_000_000)
    assert facts["Q159", "attacked", "Q212"].date == "2022-02"


def test_commands_of_the_readme_leave_what_they_promise(workplace: Path) -> None:
    for name in ("store", "facts.jsonl", "network.gexf", "ukraine.zip"):
        assert (workplace / name).exists()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
@pytest.mark.parametrize("words", lines_of("curl"), ids=lambda words: words[-1][:40])
def test_requests_of_the_readme_are_answered(words: list[str], workplace: Path, port: int) -> None:
    here = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in words]
    result = call([here[0], "--fail-with-body", "--silent", *here[1:]], workplace)
    assert result.returncode == 0, result.stdout
    assert result.stdout or "-o" in words


def test_python_of_the_readme_runs(workplace: Path) -> None:
    blocks = snippets("python")
    assert blocks
    for block in blocks:
        command = [sys.executable, "-W", "error", "-c", block]
        result = subprocess.run(command, cwd=workplace, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        assert result.stdout
