"""Loads the reader camel: the grammar's Reader, whose mentions and verb forms are its own and those of camel-tools."""

from __future__ import annotations

from dataclasses import replace

from ...config import Settings
from ...morphology.camel import installed_databases, open_analyzer
from ...morphology.disambiguation import USUAL, open_disambiguator
from ...pipeline import Reader
from .mentions import CamelMentions
from .names import open_name_tagger


def load(settings: Settings) -> Reader:
    """Load the grammar and camel-tools' names, and its morphology where that is installed, too.

    Raise SettingsError where no model of names is installed, LanguageDataError where data cannot be read.
    """
    tagger = open_name_tagger(settings)
    analyzer = open_analyzer(USUAL, settings) if USUAL in installed_databases(settings) else None
    morphology = None if analyzer is None else open_disambiguator(settings, analyzer=analyzer)
    reader = Reader.load(settings, analyzer)
    return replace(reader, mentions=CamelMentions(reader.mentions, reader.vocabulary, tagger, morphology))
