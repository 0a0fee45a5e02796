"""Settings come from the environment once; each value that cannot be used is named with what to give instead."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from graph.config import AUTO_READER, DEFAULT_BASE_IRI, Settings
from graph.errors import SettingsError


def test_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings(cache=settings.cache, reader=AUTO_READER)
    assert settings.cache == Path.home() / ".cache" / "rawabit"


def test_empty_values_count_as_not_set() -> None:
    names = re.findall(r"RAWABIT_[A-Z_]+", Settings.from_environment.__doc__ or "")
    assert Settings.from_environment(dict.fromkeys(names, "")) == Settings.from_environment({})


def test_every_setting_is_read_from_a_variable_of_its_name() -> None:
    values = {
        "store": "/data/store",
        "base_iri": "https://news.example/id/",
        "seeds": "/data/seeds",
        "cache": "/data/cache",
        "camel_data": "/data/camel",
        "query_seconds": "2.5",
        "workers": "4",
        "language": "fa",
        "article_megabytes": "0.5",
        "reader": "llm",
        "sparql_user": "someone",
        "sparql_password": "s3cret",
        "sparql_token": "t0ken",
        "archive_gigabytes": "2.5",
        "fetch_agent": "Archive of the Institute",
        "fetch_delay": "0.5",
        "fetch_seconds": "5.5",
        "fetch_megabytes": "1.5",
        "fetch_pages": "20",
        "fetch_private": "10.1.0.0/16,::1/128",
    }
    assert set(values) == {field.name for field in fields(Settings)} - {"language_model"}
    settings = Settings.from_environment({f"RAWABIT_{name.upper()}": value for name, value in values.items()})
    assert {name: str(getattr(settings, name)) for name in values} == values
    assert settings.article_bytes == 500_000


def test_camel_tools_own_variable_stands_in_for_ours() -> None:
    assert Settings.from_environment({"CAMELTOOLS_DATA": "/camel"}).camel_data == Path("/camel")
    both = {"CAMELTOOLS_DATA": "/camel", "RAWABIT_CAMEL_DATA": "/ours"}
    assert Settings.from_environment(both).camel_data == Path("/ours")


def test_cache_follows_the_desktop_standard() -> None:
    assert Settings.from_environment({"XDG_CACHE_HOME": "/caches"}).cache == Path("/caches/rawabit")


@pytest.mark.parametrize("iri", [DEFAULT_BASE_IRI, "http://localhost:8000/", "urn:rawabit:", "https://a.example/ns#"])
def test_base_iri_may_be_any_absolute_prefix(iri: str) -> None:
    assert Settings.from_environment({"RAWABIT_BASE_IRI": iri}).base_iri == iri


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAWABIT_BASE_IRI", "rawabit.example/id/"),
        ("RAWABIT_BASE_IRI", "https://rawabit.example/id"),
        ("RAWABIT_BASE_IRI", "https://rawabit.example/a b/"),
        ("RAWABIT_BASE_IRI", "https://rawabit.example/<id>/"),
        ("RAWABIT_BASE_IRI", "file:///etc/"),
        ("RAWABIT_QUERY_SECONDS", "soon"),
        ("RAWABIT_QUERY_SECONDS", "0"),
        ("RAWABIT_QUERY_SECONDS", "-1"),
        ("RAWABIT_QUERY_SECONDS", "nan"),
        ("RAWABIT_QUERY_SECONDS", "inf"),
        ("RAWABIT_WORKERS", "0.5"),
        ("RAWABIT_WORKERS", "two"),
        ("RAWABIT_ARTICLE_MEGABYTES", "0"),
        ("RAWABIT_FETCH_PRIVATE", "1.2.3/8"),
    ],
)
def test_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}={re.escape(repr(value))}: give"):
        Settings.from_environment({name: value})
