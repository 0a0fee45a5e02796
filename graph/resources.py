"""Finds the data that ships with Rawabit (queries/, seeds/, ontology), in a checkout or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from .errors import SettingsError

_PACKAGE = Path(__file__).resolve().parent


def package_folder(name: str) -> Path:
    """Return a folder inside the graph package, such as "ontology" or "lang"."""
    return _existing(name, _PACKAGE / name)


def data_folder(name: str) -> Path:
    """Return the folder "queries" or "seeds": beside the package in a checkout, inside it in a wheel."""
    return _existing(name, _PACKAGE / "_data" / name, _PACKAGE.parent / name)


def _existing(name: str, *candidates: Path) -> Path:
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise SettingsError(f"the folder {name!r} of Rawabit is missing (looked in {candidates[-1]}): reinstall it.")
