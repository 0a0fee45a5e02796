"""The container's files: the Dockerfile passes its linter, runs as nobody in particular, and names what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from api.cli import app

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")


def settings() -> str:
    return CliRunner().invoke(app, ["serve", "--show-settings"]).output


def last(instruction: str) -> str:
    return re.findall(rf"^{instruction} (.+)$", DOCKERFILE, flags=re.MULTILINE)[-1]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is not there")
def test_the_linter_finds_nothing() -> None:
    done = subprocess.run([str(HADOLINT), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


def test_the_service_does_not_run_as_root() -> None:
    assert last("USER").isdecimal()
    assert int(last("USER")) > 1000
    assert compose()["services"]["serve"]["cap_drop"] == ["ALL"]


def test_the_settings_that_are_named_are_there() -> None:
    named = set(re.findall(r"RAWABIT_[A-Z_]+", DOCKERFILE + (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert named >= {"RAWABIT_STORE", "RAWABIT_TOKEN"}
    assert [name for name in named if f"{name}=" not in settings()] == []


@pytest.mark.parametrize(
    "words", [last("CMD"), *(str(each["command"]) for each in compose()["services"].values() if "command" in each)]
)
def test_commands_are_those_of_the_program(words: str) -> None:
    command, *options = re.findall(r"[\w./-]+", words)
    help_text = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    assert [option for option in options if option.startswith("--") and option not in help_text] == []


def test_both_services_use_one_volume() -> None:
    services = compose()["services"]
    assert {services[name]["volumes"][0] for name in services} == {"data:/data"}
