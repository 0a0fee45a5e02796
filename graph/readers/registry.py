"""The readers by name. To add one: a module that has a `load(settings)`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pkgutil import resolve_name

from ..config import Settings
from ..errors import BudgetError, RawabitError, SettingsError
from ..extract.base import Extractor
from ..in_order import map_in_order
from ..model import Document, Extraction, Refusal

# What makes each reader of the settings, as "module:name": none is imported before it is asked for.
READERS: Mapping[str, str] = {
    "grammar": "graph.pipeline:Reader.load",
    "llm": "graph.readers.llm.reader:LanguageModelReader.load",
}


def reader_loader(name: str) -> str:
    """Return what makes a reader, as "module:name"; raise SettingsError for a name that is none."""
    try:
        return READERS[name]
    except KeyError:
        raise SettingsError(f"there is no reader {name!r}: choose one of {', '.join(READERS)}.") from None


def open_reader(settings: Settings, name: str | None = None) -> Extractor:
    """Load a reader, that of the settings where no name is given; raise SettingsError where it cannot be used."""
    load: Callable[[Settings], Extractor] = resolve_name(reader_loader(name or settings.reader))
    return load(settings)


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
