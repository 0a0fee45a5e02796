"""Extractions in, facts on a stream out: JSON lines, Turtle, or a table for people. What `rawabit extract` prints.

HTML shows how articles were read, as `--explain` does at the terminal: both take explanations instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

from .config import Settings
from .errors import SettingsError
from .model import Extraction, Fact
from .records import to_record
from .terminal import print_table

if TYPE_CHECKING:  # it loads the reader, which `rawabit --help` must not wait for
    from .explain.explanation import Explanation

_COLUMNS = ("document", "subject", "relation", "object", "status", "date", "what", "according to", "confidence")


class ExtractFormat(StrEnum):
    """How `extract` writes facts."""

    JSONL = "jsonl"
    TURTLE = "turtle"
    TABLE = "table"
    HTML = "html"


def write_extractions(
    extractions: Iterable[Extraction], stream: TextIO, form: ExtractFormat, *, settings: Settings
) -> None:
    """Write the facts of each extraction as it comes; Turtle and a table are written when all have come."""
    if form is ExtractFormat.JSONL:
        for extraction in extractions:
            stream.write(json.dumps(to_record(extraction), ensure_ascii=False) + "\n")
    elif form is ExtractFormat.TURTLE:
        _write_turtle(extractions, stream, settings)
    else:
        print_table(_COLUMNS, _fact_rows(extractions), stream)


def write_explanations(explanations: Iterable[Explanation], stream: TextIO, form: ExtractFormat) -> None:
    """Write how articles were read: a page for HTML, else lines; raise SettingsError for a form that cannot show it."""
    from .explain.listing import print_explanations
    from .explain.page import write_page

    if form is ExtractFormat.HTML:
        write_page(explanations, stream)
    elif form is ExtractFormat.JSONL:  # what is taken where no form was asked for
        print_explanations(explanations, stream)
    else:
        raise SettingsError(f"--explain has no {form} form: leave --format out, or give html.")


def _write_turtle(extractions: Iterable[Extraction], stream: TextIO, settings: Settings) -> None:
    from .rdf.encode import encode_extraction, write_turtle
    from .rdf.namespaces import Namespaces
    from .rdf.vocabulary import Vocabulary

    namespaces, vocabulary = Namespaces.from_settings(settings), Vocabulary.load()
    encoded = [encode_extraction(each, namespaces=namespaces, vocabulary=vocabulary) for each in extractions]
    stream.write(write_turtle(encoded, namespaces=namespaces))


def _fact_rows(extractions: Iterable[Extraction]) -> Iterator[tuple[str | None, ...]]:
    """Yield a row for each fact, with entities by name."""
    for extraction in extractions:
        names = {entity.id: entity.name for entity in extraction.entities}
        for fact in extraction.facts:
            yield (
                extraction.document.id,
                names[fact.subject],
                fact.predicate,
                names[fact.object],
                fact.status.value,
                fact.date,
                _describe(fact),
                names.get(fact.attributed_to or ""),
                f"{fact.confidence:.2f}",
            )


def _describe(fact: Fact) -> str:
    quantity = fact.quantity.text if fact.quantity else None
    return "; ".join(words for words in (fact.item, quantity, fact.role) if words)
