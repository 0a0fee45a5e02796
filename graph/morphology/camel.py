"""Opens camel-tools offline: a surface form in, its morphological analyses out, no network asked.

The trap: importing `camel_tools.data`, which its morphology does, creates a folder in the user's home and downloads a
catalogue when it finds none. Here the import sees a data folder that has a catalogue: the configured one, or a stub in
Rawabit's own cache. Tokenizers and `camel_tools.utils` need no catalogue and no torch.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from ..config import Settings
from ..errors import LanguageDataError, SettingsError
from ..text.fold import strip_marks

_CATALOGUE = "catalogue.json"
_STUB = {"version": "rawabit-stub", "packages": {}, "components": {}}
_DATABASES = "data/morphology_db"
_ROOMS = ("morphology_db", "disambig_mle", "ner")
_CLITIC_SLOTS = ("prc3", "prc2", "prc1", "prc0", "enc0", "enc1", "enc2")
_NO_VALUE = frozenset({"", "-", "0", "na", "u", "none"})
_CACHED_WORDS = 20_000
_ENVIRONMENT_LOCK = threading.Lock()


class Aspect(StrEnum):
    """The aspect of a verb; the values are camel-tools' own."""

    PERFECT = "p"
    IMPERFECT = "i"
    COMMAND = "c"


class Voice(StrEnum):
    """The voice of a verb; the values are camel-tools' own."""

    ACTIVE = "a"
    PASSIVE = "p"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a surface form.

    `lemma` is without diacritics, `headword` the same with them, `vowelled` is the word with them; `pos`, `person`,
    `gender` (m, f), `number` (s, d, p) and the tags of `clitics`, outermost first, are camel-tools' values, None where
    the word has none.
    """

    lemma: str
    vowelled: str
    pos: str
    aspect: Aspect | None = None
    voice: Voice | None = None
    person: str | None = None
    gender: str | None = None
    number: str | None = None
    clitics: tuple[str, ...] = ()
    headword: str = ""


class Analyzer(Protocol):
    """Whoever gives the analyses of a surface form; none for a word that is unknown."""

    def analyze(self, surface: str) -> tuple[Analysis, ...]: ...


def import_camel(name: str, settings: Settings) -> ModuleType:
    """Import a module of camel-tools, such as "morphology.analyzer", without its catalogue's download."""
    module = f"camel_tools.{name}"
    if module in sys.modules:
        return sys.modules[module]
    if "camel_tools.data" in sys.modules:
        return importlib.import_module(module)
    folder = _catalogue_folder(settings)
    try:
        with _camel_environment(folder, home=_own_folder(settings)):
            return importlib.import_module(module)
    except (json.JSONDecodeError, KeyError) as error:
        raise SettingsError(
            f"{folder / _CATALOGUE}: camel-tools cannot read its catalogue ({error!r}): "
            "install it anew with camel_data, or unset RAWABIT_CAMEL_DATA."
        ) from error


def installed_databases(settings: Settings) -> Mapping[str, Path]:
    """Return the morphology databases in camel-tools' data folder by name, such as "calima-msa-r13"."""
    return installed_data(settings, f"{_DATABASES}/*/morphology.db")


def installed_data(settings: Settings, pattern: str) -> Mapping[str, Path]:
    """Return the files in camel-tools' data folder that fit a pattern, by the names of their folders."""
    return {path.parent.name: path for path in sorted(camel_folder(settings).glob(pattern))}


def measure_data(settings: Settings) -> tuple[tuple[str, int], ...]:
    """Return the files of what may be installed of camel-tools' data, each with its size: what tells two sets apart."""
    folder = camel_folder(settings)
    found = (path for room in _ROOMS for path in folder.glob(f"data/{room}/*/*"))
    return tuple((path.relative_to(folder).as_posix(), path.stat().st_size) for path in sorted(found))


def open_analyzer(source: str | Path, settings: Settings) -> CamelAnalyzer:
    """Open a morphology database: a Path to its file, or the name of an installed one."""
    return CamelAnalyzer(_load_database(source, settings))


# Any: camel_tools ships no types.
def _load_database(source: str | Path, settings: Settings) -> Any:
    """Return camel-tools' own analyzer on a database; raise LanguageDataError where that is none."""
    path = source if isinstance(source, Path) else _installed(source, settings)
    database_module = import_camel("morphology.database", settings)
    analyzer_module = import_camel("morphology.analyzer", settings)
    errors = import_camel("morphology.errors", settings)
    try:
        database = database_module.MorphologyDB(str(path), "a")
    except OSError as error:
        raise LanguageDataError(f"{path}: cannot be read ({error.strerror}): mend the path of the database.") from error
    except (errors.DatabaseParseError, UnicodeDecodeError, IndexError, KeyError, TypeError) as error:
        raise LanguageDataError(f"{path}: is not a camel-tools morphology database ({error}).") from error
    # camel-tools reads a file that was cut off without a word, and stumbles over it only when asked for a word.
    if not (database.stem_hash and database.prefix_stem_compat and database.prefix_suffix_compat):
        raise LanguageDataError(f"{path}: ends before its tables do: copy or install the database anew.")
    for category, _ in (entry for entries in database.prefix_hash.values() for entry in entries):
        database.prefix_stem_compat.setdefault(category, set())
    return analyzer_module.Analyzer(database, cache_size=_CACHED_WORDS)


class CamelAnalyzer:
    """An Analyzer of camel-tools; `own` is camel-tools' object, for what else camel-tools does with it."""

    # Any: camel_tools ships no types.
    def __init__(self, own: Any) -> None:
        self.own = own

    def analyze(self, surface: str) -> tuple[Analysis, ...]:
        """Return the analyses of a word, each once; none for numbers, punctuation and other scripts."""
        if not is_arabic_word(surface):
            return ()
        return tuple(dict.fromkeys(read_features(features) for features in self.own.analyze(surface)))


# Any: camel-tools' analyses are dicts of str and float.
def read_features(features: Mapping[str, Any]) -> Analysis:
    """Return the Analysis of what camel-tools says of a word."""
    aspect, voice = _value(features, "asp"), _value(features, "vox")
    return Analysis(
        lemma=strip_marks(features["lex"]),
        vowelled=features["diac"],
        pos=features["pos"],
        aspect=Aspect(aspect) if aspect in set(Aspect) else None,
        voice=Voice(voice) if voice in set(Voice) else None,
        person=_value(features, "per"),
        gender=_value(features, "gen"),
        number=_value(features, "num"),
        clitics=tuple(tag for slot in _CLITIC_SLOTS if (tag := _value(features, slot))),
        headword=features["lex"],
    )


def _value(features: Mapping[str, Any], name: str) -> str | None:
    value = str(features.get(name, ""))
    return None if value in _NO_VALUE else value


def is_arabic_word(surface: str) -> bool:
    """Tell whether a word is of Arabic letters and their marks alone."""
    # The analyzer answers digits, marks and Latin from defaults that a small database need not have.
    letters = [character for character in surface if character.isalpha()]
    return bool(letters) and all("\u0600" <= character <= "\u06ff" and not character.isdigit() for character in surface)


def _installed(name: str, settings: Settings) -> Path:
    databases = installed_databases(settings)
    if name not in databases:
        known = ", ".join(databases) or "none"
        raise SettingsError(
            f"no morphology database {name!r} in {camel_folder(settings) / _DATABASES} (there: {known}): "
            "install it with camel_data, or point RAWABIT_CAMEL_DATA at the folder that has it."
        )
    return databases[name]


def camel_folder(settings: Settings) -> Path:
    """Return where camel-tools' data lies: the configured folder, else the one it makes in the home folder."""
    if settings.camel_data is not None:
        return settings.camel_data.expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def _own_folder(settings: Settings) -> Path:
    return settings.cache.expanduser().absolute() / "camel_tools"


def _catalogue_folder(settings: Settings) -> Path:
    """Return a folder that has a catalogue: the data folder where it has one, else ours with a stub in it."""
    folder = camel_folder(settings)
    if (folder / _CATALOGUE).is_file():
        return folder
    folder = _own_folder(settings)
    if not (folder / _CATALOGUE).exists():
        _write_stub(folder)
    return folder


def _write_stub(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".json", delete=False, encoding="utf-8") as stream:
            json.dump(_STUB, stream)
        try:
            # A link, unlike a rename, fails where another process, or camel_data, has put a catalogue meanwhile.
            os.link(stream.name, folder / _CATALOGUE)
        except FileExistsError:
            pass
        finally:
            os.unlink(stream.name)
    except OSError as error:
        raise SettingsError(
            f"{folder}: camel-tools needs a folder to write to ({error.strerror}): set RAWABIT_CACHE to one."
        ) from error


@contextmanager
def _camel_environment(data: Path, *, home: Path) -> Iterator[None]:
    """For one import, show camel-tools `data` as its folder, and `home` as the place for the one it always makes."""
    wanted = {"CAMELTOOLS_DATA": str(data), "HOME": str(home), "USERPROFILE": str(home)}
    with _ENVIRONMENT_LOCK:
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
