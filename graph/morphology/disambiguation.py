"""Chooses one analysis for each word of a sentence: words in, the likeliest Analysis of each out.

camel-tools' disambiguator weighs the analyses that its morphology database gives by how common they are, and by its own
table of words (`camel_data -i disambig-mle-calima-msa-r13`) where that is installed. It needs no torch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from ..config import Settings
from ..errors import LanguageDataError, SettingsError
from ..text.fold import strip_marks
from .camel import (
    Analysis,
    CamelAnalyzer,
    camel_folder,
    import_camel,
    installed_data,
    installed_databases,
    is_arabic_word,
    open_analyzer,
    read_features,
)

USUAL = "calima-msa-r13"
INSTALL = "camel_data -i disambig-mle-calima-msa-r13"
_CACHED_WORDS = 20_000


class Disambiguator(Protocol):
    """Whoever chooses among the analyses of words; None for a word that has none."""

    def choose(self, words: Sequence[str]) -> tuple[Analysis | None, ...]: ...


def open_disambiguator(settings: Settings, name: str = USUAL, analyzer: CamelAnalyzer | None = None) -> Disambiguator:
    """Open the disambiguator on an installed database, with the table of words of the same name where there is one.

    An `analyzer` that is open on that database is used, which else is loaded.
    Raise SettingsError where there is no such database, LanguageDataError where it or the table cannot be read.
    """
    databases = installed_databases(settings)
    if name not in databases:
        known = ", ".join(databases) or "none"
        raise SettingsError(
            f"no morphology database {name!r} in {camel_folder(settings)} (there: {known}): run `{INSTALL}`, or point "
            "RAWABIT_CAMEL_DATA at the folder that has it."
        )
    table = installed_data(settings, "data/disambig_mle/*/model.json").get(name)
    analyzer = analyzer or open_analyzer(databases[name], settings)
    module = import_camel("disambig.mle", settings)
    try:
        chooser = module.MLEDisambiguator(analyzer.own, None if table is None else str(table), cache_size=0)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LanguageDataError(f"{table}: is no table of words ({error}): run `{INSTALL}` again.") from error
    return _CamelDisambiguator(chooser, table)


class _CamelDisambiguator:
    # Any: camel_tools ships no types.
    def __init__(self, chooser: Any, table: Path | None) -> None:
        self._chooser = chooser
        self._table = table
        # camel-tools' own cache looks words up anew each time.
        self._of_word = lru_cache(maxsize=_CACHED_WORDS)(self._choose)

    def choose(self, words: Sequence[str]) -> tuple[Analysis | None, ...]:
        """Return the likeliest analysis of each word; None for numbers, marks, other scripts and unknown words."""
        return tuple(self._of_word(strip_marks(word)) for word in words)

    def _choose(self, word: str) -> Analysis | None:
        if not is_arabic_word(word):
            return None
        try:
            scored = self._chooser.disambiguate([word])[0].analyses
        except (KeyError, TypeError, ZeroDivisionError) as error:
            about = json.dumps(word, ensure_ascii=False)
            raise LanguageDataError(f"{self._table}: says of {about} what cannot be used ({error!r}).") from error
        return read_features(scored[0].analysis) if scored else None
