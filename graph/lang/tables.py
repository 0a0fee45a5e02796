"""Reads one YAML table of language data: blank-separated word lists, maps and patterns; its errors name the file."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from ..errors import LanguageDataError

type_names = {"words": "a text or list of words", "map": "a map", "patterns": "a list of patterns"}


class Table:
    """A YAML file of language data whose entries are asked for by name; raises LanguageDataError on what is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except OSError as error:
            raise LanguageDataError(f"{path}: cannot be read ({error.strerror}): reinstall Rawabit.") from error
        except UnicodeDecodeError as error:
            raise LanguageDataError(f"{path}: is not in UTF-8.") from error
        except yaml.YAMLError as error:
            raise LanguageDataError(f"{path}: is no YAML: {error}") from error
        if not isinstance(loaded, dict):
            raise LanguageDataError(f"{path}: must be a map of named lists.")
        self._entries: dict[str, object] = loaded

    def names(self) -> tuple[str, ...]:
        """Return the names of the entries, in their order."""
        return tuple(self._entries)

    def words(self, name: str) -> frozenset[str]:
        """Return a set of words; an underscore in a word stands for a blank."""
        return frozenset(self.word_list(name))

    def word(self, name: str) -> str:
        """Return an entry that is a single word."""
        words = self.word_list(name)
        if len(words) != 1:
            raise LanguageDataError(f"{self.path}: {name!r} must be one word, not {len(words)}.")
        return words[0]

    def word_list(self, name: str) -> tuple[str, ...]:
        """Return words in their order; an underscore in a word stands for a blank."""
        return self._split(name, self._value(name))

    def mapping(self, name: str) -> dict[str, object]:
        """Return a map whose keys are words; an underscore in a key stands for a blank."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise LanguageDataError(f"{self.path}: {name!r} must be {type_names['map']}.")
        return {str(key).replace("_", " "): entry for key, entry in value.items()}

    def sorts(self, name: str, keys: tuple[str, ...]) -> dict[str, frozenset[str]]:
        """Return a map that must hold some keys, each with a set of words."""
        mapping = self.mapping(name)
        missing = [key for key in keys if key not in mapping]
        if missing:
            raise LanguageDataError(f"{self.path}: {name!r} lacks {', '.join(missing)}.")
        return {key: frozenset(self._split(name, mapping[key])) for key in keys}

    def numbers(self, name: str) -> dict[str, float]:
        """Return a map from words to numbers."""
        numbers: dict[str, float] = {}
        for key, entry in self.mapping(name).items():
            if not isinstance(entry, int | float):
                raise LanguageDataError(f"{self.path}: {name!r}: {key!r} must be a number, not {entry!r}.")
            numbers[key] = entry
        return numbers

    def strings(self, name: str) -> dict[str, str]:
        """Return a map from words to words."""
        return {key: str(entry) for key, entry in self.mapping(name).items()}

    def records(self, name: str) -> tuple[dict[str, str], ...]:
        """Return a list of maps from words to words."""
        value = self._value(name)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise LanguageDataError(f"{self.path}: {name!r} must be a list of maps.")
        return tuple({str(key): str(entry) for key, entry in record.items()} for record in value)

    def patterns(self, name: str) -> tuple[str, ...]:
        """Return a list of regular expressions as they stand."""
        value = self._value(name)
        if not isinstance(value, list):
            raise LanguageDataError(f"{self.path}: {name!r} must be {type_names['patterns']}.")
        for pattern in map(str, value):
            try:
                re.compile(pattern)
            except re.error as error:
                raise LanguageDataError(f"{self.path}: {name!r}: {pattern!r} is no pattern: {error}.") from error
        return tuple(str(pattern) for pattern in value)

    def _split(self, name: str, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            parts = value.split()
        elif isinstance(value, list):
            parts = [str(part) for part in value]
        else:
            raise LanguageDataError(f"{self.path}: {name!r} must be {type_names['words']}.")
        return tuple(part.replace("_", " ") for part in parts)

    def _value(self, name: str) -> object:
        if name not in self._entries:
            raise LanguageDataError(f"{self.path}: the entry {name!r} is missing: add it.")
        return self._entries[name]
