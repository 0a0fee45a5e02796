"""The wheel holds all that Rawabit needs, and what is installed from it runs from anywhere, decoys or not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = "زار وزير الخارجية المصري سامح شكري موسكو يوم الاثنين والتقى نظيره الروسي سيرغي لافروف.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; the libraries it needs are seen in this one, to spare the download."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path file that is found through a path file is not read: this checkout stays out of sight.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = str(folder / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(pip, check=True)
    return folder


@pytest.fixture
def decoys(tmp_path: Path) -> Path:
    """A folder to work in whose own graph and api packages must never be imported."""
    for name in ("graph", "api"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('the decoy was imported')\n", encoding="utf-8")
        (tmp_path / name / "cli.py").write_text("raise RuntimeError('the decoy was imported')\n", encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("RAWABIT_", "PYTHON", "COV"))}
    return subprocess.run(
        [str(installed / "bin" / "rawabit"), *arguments],
        cwd=folder,
        env=clean | {"HOME": str(folder), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def tracked_files(*folders: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def test_wheel_holds_every_file_of_the_packages_and_the_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = tracked_files("graph", "api") | {f"graph/_data/{name}" for name in tracked_files("queries", "seeds")}
    assert wanted - held == set()


def test_wheel_holds_the_page_as_it_is_built(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        page = archive.read("api/web/index.html").decode()
        held = set(archive.namelist())
    named = re.findall(r'"/web/([^"]+)"', page)
    assert {f"api/web/{name}" for name in named} <= held
    assert {name.rsplit(".", 1)[-1] for name in named} >= {"js", "css", "svg"}
    assert any(name.startswith("api/web/noto-naskh-arabic") for name in held)


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        caches = [name for name in archive.namelist() if "__pycache__" in name or name.endswith(".pyc")]
    assert {top for top in tops if not top.endswith(".dist-info")} == {"graph", "api"}
    assert caches == []


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["queries"], ["extract", "article.txt", "--format", "turtle"]],
    ids=" ".join,
)
def test_installed_command_runs_beside_decoy_packages(installed: Path, decoys: Path, arguments: list[str]) -> None:
    result = run(installed, decoys, *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_installed_extract_reads_an_article_with_the_seeds_of_the_wheel(installed: Path, decoys: Path) -> None:
    result = run(installed, decoys, "extract", "article.txt")
    assert (result.returncode, result.stderr) == (0, "")
    record = json.loads(result.stdout)
    assert record["text"] == ARTICLE
    assert "Q79" in {entity["wikidata"] for entity in record["entities"]}
    assert record["relations"]


def test_installed_package_is_the_one_of_the_wheel(installed: Path, decoys: Path) -> None:
    code = "import graph, api; print(graph.__file__); print(api.__file__)"
    python = [str(installed / "bin" / "python"), "-P", "-c", code]
    found = subprocess.run(python, cwd=decoys, capture_output=True, text=True, check=True)
    assert all(Path(line).is_relative_to(installed) for line in found.stdout.split())
