"""The readers by name. To add one: a module that has a `load(settings)`, and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pkgutil import resolve_name

from ..config import AUTO_READER, Settings
from ..errors import BudgetError, RawabitError, SettingsError
from ..extract.base import Extractor
from ..in_order import map_in_order
from ..model import Document, Extraction, Refusal


@dataclass(frozen=True, slots=True)
class ReaderEntry:
    """What is told of a reader before it is loaded.

    `says` is its line of help. `loader` makes it of the settings, and `lacks` says what is missing for it, and what to
    do about that, or None: both are "module:name", and neither is imported before it is asked for.
    """

    says: str
    loader: str
    lacks: str | None = None


READERS: Mapping[str, ReaderEntry] = {
    "grammar": ReaderEntry(
        "rules, lists and learned weights; offline, needs nothing",
        "graph.pipeline:Reader.load",
    ),
    "camel": ReaderEntry(
        "the grammar, with the names that camel-tools' model finds in addition; offline, needs camel-tools' data",
        "graph.readers.camel.reader:load",
        "graph.readers.camel.names:lacking",
    ),
    "hybrid": ReaderEntry(
        "the grammar and a small network that finds names and judges pairs of actors; offline, needs the extra neural",
        "graph.readers.hybrid.reader:HybridReader.load",
        "graph.readers.hybrid.reader:lacking",
    ),
    "llm": ReaderEntry(
        "a language model at RAWABIT_LLM_URL, believed as far as the article bears it out",
        "graph.readers.llm.reader:LanguageModelReader.load",
        "graph.readers.llm.reader:lacking",
    ),
}
# What "auto" takes: the first that lacks nothing.
PREFERRED = ("hybrid", "grammar")


def choose_reader(settings: Settings) -> Settings:
    """Return settings whose reader can be loaded: "auto" becomes the best of those.

    Raise SettingsError for a name that is none, and for a reader that lacks something, saying what.
    """
    if settings.reader == AUTO_READER:
        usable = (name for name in PREFERRED if name in READERS and lacking(name, settings) is None)
        return replace(settings, reader=next(usable))
    missing = lacking(settings.reader, settings)
    if missing is not None:
        raise SettingsError(missing)
    return settings


def lacking(name: str, settings: Settings) -> str | None:
    """Return what is missing for a reader, and what to do about it; None where it can be loaded."""
    lacks = _entry(name).lacks
    return None if lacks is None else resolve_name(lacks)(settings)


def reader_loader(name: str) -> str:
    """Return what makes a reader, as "module:name"; raise SettingsError for a name that is none."""
    return _entry(name).loader


def open_reader(settings: Settings) -> Extractor:
    """Load the reader of the settings; raise SettingsError where it cannot be used."""
    load: Callable[[Settings], Extractor] = resolve_name(reader_loader(choose_reader(settings).reader))
    return load(settings)


def _entry(name: str) -> ReaderEntry:
    try:
        return READERS[name]
    except KeyError:
        raise SettingsError(
            f"there is no reader {name!r}: choose one of {', '.join((*READERS, AUTO_READER))}."
        ) from None


def read_in_order(
    reader: Extractor, documents: Iterable[Document], *, concurrency: int = 1
) -> Iterator[Extraction | Refusal]:
    """Yield what is read of each document, in their order, so many at once; an article that fails is refused.

    Raise BudgetError or SettingsError where no further article can be read.
    """
    return map_in_order(partial(_read, reader), documents, most=concurrency)


def _read(reader: Extractor, document: Document) -> Extraction | Refusal:
    try:
        return reader.read(document)
    except (BudgetError, SettingsError):  # what holds for one article holds for all others
        raise
    except RawabitError as error:
        return Refusal(document.path or document.id, str(error), document.line)
