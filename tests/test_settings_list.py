"""`rawabit serve --show-settings`: every setting is listed, and no secret."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.limits import ServiceLimits
from api.settings_list import MEANINGS, MODEL_MEANINGS, list_settings
from graph.config import Settings
from graph.errors import SettingsError
from graph.model_settings import ModelSettings


def test_every_setting_has_a_meaning() -> None:
    assert set(MEANINGS) == {field.name for kind in (Settings, ServiceLimits) for field in fields(kind)} - {
        "language_model"
    }
    assert set(MODEL_MEANINGS) == {field.name for field in fields(ModelSettings)}


def test_key_of_a_language_model_is_told_as_set_alone() -> None:
    environment = {"RAWABIT_LLM_URL": "http://x/v1", "RAWABIT_LLM_MODEL": "m", "RAWABIT_LLM_KEY": "s3cret"}
    told = "\n".join(list_settings(Settings.from_environment(environment), environment))
    assert "RAWABIT_LLM_URL=http://x/v1" in told
    assert "RAWABIT_LLM_KEY=(set)" in told
    assert "s3cret" not in told


def test_values_stand_beside_defaults_where_they_differ() -> None:
    lines = list(list_settings(replace(Settings(), store=Path("/data/store")), {"RAWABIT_QUEUE": "7"}))
    assert any(line.startswith("RAWABIT_STORE=/data/store (default: store)\n") for line in lines)
    assert any(line.startswith("RAWABIT_QUEUE=7 (default: 256)\n") for line in lines)
    assert any(line.startswith("RAWABIT_WORKERS=2\n") for line in lines)


def test_secrets_are_not_told() -> None:
    settings = Settings(sparql_user="someone", sparql_password="s3cret", sparql_token="s3cret")
    text = "\n".join(list_settings(settings, {"RAWABIT_TOKEN": "s3cret"}))
    assert "RAWABIT_TOKEN=(set)" in text
    assert "RAWABIT_SPARQL_PASSWORD=(set)" in text
    assert "RAWABIT_SPARQL_USER=someone" in text
    assert "s3cret" not in text


def test_a_setting_that_cannot_be_used_is_said() -> None:
    with pytest.raises(SettingsError, match="RAWABIT_LOG_LEVEL"):
        list(list_settings(Settings(), {"RAWABIT_LOG_LEVEL": "loud"}))


def test_the_command_prints_them_and_serves_nothing() -> None:
    result = CliRunner().invoke(app, ["serve", "--store", "none", "--show-settings"])
    assert result.exit_code == 0
    assert "RAWABIT_STORE=none (default: store)" in result.output
    assert "RAWABIT_MAX_BODY=1048576" in result.output
