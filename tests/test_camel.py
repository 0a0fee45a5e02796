"""camel-tools offline: each import runs in a process of its own, whose home and cache are empty folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from camel_files import DATABASE

from graph.config import Settings
from graph.errors import LanguageDataError, SettingsError
from graph.morphology.camel import Analysis, Aspect, Voice, installed_databases, open_analyzer

ROOT = Path(__file__).resolve().parents[1]


def settings_in(folder: Path, *, camel_data: Path | None = None) -> Settings:
    return Settings(cache=folder / "cache", camel_data=camel_data or folder / "no-camel-data")


def run_python(code: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    clean = {
        k: v for k, v in os.environ.items() if k not in {"CAMELTOOLS_DATA", "RAWABIT_CAMEL_DATA", "XDG_CACHE_HOME"}
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=clean | {"HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


IMPORT_MORPHOLOGY = """
import os, socket, sys
def refuse(*args, **kwargs): raise AssertionError("the network was asked")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from graph.config import Settings
from graph.morphology.camel import import_camel
before = dict(os.environ)
settings = Settings.from_environment()
assert import_camel("tokenizers.word", settings).simple_word_tokenize("a, b") == ["a", ",", "b"]
assert import_camel("utils.dediac", settings).dediac_ar("\\u0628\\u064e") == "\\u0628"
database = import_camel("morphology.database", settings)
assert dict(os.environ) == before
assert "torch" not in sys.modules
print(import_camel("data", settings).CATALOGUE.version)
"""


def test_camel_imports_without_network_torch_or_files_in_the_home_folder(tmp_path: Path) -> None:
    result = run_python(IMPORT_MORPHOLOGY, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"))
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "rawabit-stub"
    assert list((tmp_path / "home").iterdir()) == []
    assert files_below(tmp_path / "cache") == {"camel_tools/catalogue.json"}


def test_camel_uses_the_configured_catalogue_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    catalogue = json.dumps({"version": "of the user", "packages": {}, "components": {}})
    (data / "catalogue.json").write_text(catalogue, encoding="utf-8")
    result = run_python(
        IMPORT_MORPHOLOGY, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"), CAMELTOOLS_DATA=str(data)
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "of the user"
    assert (data / "catalogue.json").read_text(encoding="utf-8") == catalogue
    assert files_below(tmp_path / "cache") == set()


def test_camel_leaves_a_real_catalogue_in_the_cache_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "cache" / "camel_tools"
    own.mkdir(parents=True)
    catalogue = json.dumps({"version": "installed here", "packages": {}, "components": {}})
    (own / "catalogue.json").write_text(catalogue, encoding="utf-8")
    result = run_python(IMPORT_MORPHOLOGY, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"))
    assert result.stdout.strip() == "installed here"
    assert (own / "catalogue.json").read_text(encoding="utf-8") == catalogue


def test_camel_writes_nothing_into_a_configured_folder_without_catalogue(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    result = run_python(
        IMPORT_MORPHOLOGY, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"), RAWABIT_CAMEL_DATA=str(data)
    )
    assert result.stdout.strip() == "rawabit-stub"
    assert list(data.iterdir()) == []


def test_camel_names_a_broken_catalogue(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text("{", encoding="utf-8")
    code = (
        "from graph.config import Settings; from graph.morphology.camel import import_camel\n"
        "from graph.errors import SettingsError\n"
        "try: import_camel('morphology.database', Settings.from_environment())\n"
        "except SettingsError as error: print(error)"
    )
    result = run_python(
        code, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"), RAWABIT_CAMEL_DATA=str(tmp_path)
    )
    assert str(tmp_path / "catalogue.json") in result.stdout


def test_camel_names_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    code = (
        "from graph.config import Settings; from graph.morphology.camel import import_camel\n"
        "from graph.errors import SettingsError\n"
        "try: import_camel('morphology.database', Settings.from_environment())\n"
        "except SettingsError as error: print(error)"
    )
    result = run_python(code, tmp_path / "home", RAWABIT_CACHE=str(tmp_path / "cache"))
    assert "RAWABIT_CACHE" in result.stdout


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("camel") / "data" / "morphology_db" / "tiny" / "morphology.db"
    path.parent.mkdir(parents=True)
    path.write_text(DATABASE, encoding="utf-8")
    return path


def test_analyzer_reads_lemma_and_clitics_of_a_noun(database: Path, tmp_path: Path) -> None:
    analyzer = open_analyzer(database, settings_in(tmp_path))
    assert analyzer.analyze("والوزير") == (
        Analysis("وزير", "وَالوَزِير", "noun", gender="m", number="s", clitics=("wa_conj", "Al_det"), headword="وَزِير"),
    )


@pytest.mark.parametrize(
    ("surface", "aspect", "voice", "clitics"),
    [
        ("سلمه", Aspect.PERFECT, Voice.ACTIVE, ("3ms_dobj",)),
        ("يسلم", Aspect.IMPERFECT, Voice.PASSIVE, ()),
        ("سَلَّم", Aspect.PERFECT, Voice.ACTIVE, ()),
    ],
)
def test_analyzer_reads_aspect_voice_and_object_of_a_verb(
    database: Path, tmp_path: Path, surface: str, aspect: Aspect, voice: Voice, clitics: tuple[str, ...]
) -> None:
    (analysis,) = open_analyzer(database, settings_in(tmp_path)).analyze(surface)
    assert (analysis.lemma, analysis.pos, analysis.person) == ("سلم", "verb", "3")
    assert (analysis.aspect, analysis.voice, analysis.clitics) == (aspect, voice, clitics)


@pytest.mark.parametrize("surface", ["", " ", "2024", "٢٠٢٤", "NATO", "،", "غريب", "يوزير", "وزير الدفاع"])
def test_analyzer_answers_nothing_for_what_is_no_known_word(database: Path, tmp_path: Path, surface: str) -> None:
    assert open_analyzer(database, settings_in(tmp_path)).analyze(surface) == ()


def test_installed_database_opens_by_name(database: Path, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, camel_data=database.parents[3])
    assert installed_databases(settings) == {"tiny": database}
    assert open_analyzer("tiny", settings).analyze("وزير")[0].lemma == "وزير"


def test_unknown_database_names_those_that_are_there(database: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"calima.*there: tiny.*RAWABIT_CAMEL_DATA"):
        open_analyzer("calima-msa-r13", settings_in(tmp_path, camel_data=database.parents[3]))


@pytest.mark.parametrize("content", [b"", b"no database\n", DATABASE.encode()[:900], b"\xff\xfe\x00"])
def test_broken_database_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "morphology.db"
    path.write_bytes(content)
    with pytest.raises(LanguageDataError, match=r"morphology\.db"):
        open_analyzer(path, settings_in(tmp_path))


def test_missing_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match=r"none\.db"):
        open_analyzer(tmp_path / "none.db", settings_in(tmp_path))
