"""The data that ships with Rawabit is found where it lies in a checkout; test_wheel.py looks for it in a wheel."""

from __future__ import annotations

import pytest

from graph.errors import SettingsError
from graph.resources import data_folder, package_folder


@pytest.mark.parametrize(("name", "pattern"), [("queries", "*.rq"), ("seeds", "*.csv"), ("seeds", "documents/*")])
def test_data_folder_holds_what_ships(name: str, pattern: str) -> None:
    assert list(data_folder(name).glob(pattern))


@pytest.mark.parametrize(("name", "pattern"), [("ontology", "*.ttl"), ("lang", "ar/*.yaml")])
def test_package_folder_holds_what_ships(name: str, pattern: str) -> None:
    assert list(package_folder(name).glob(pattern))


def test_missing_folder_is_named() -> None:
    with pytest.raises(SettingsError, match=r"'nothing' of Rawabit is missing"):
        data_folder("nothing")
