"""`rawabit evaluate`: facts against annotated articles, of a reader, a file or several readers side by side."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .config import Settings
from .errors import BudgetError, SettingsError, SourceError
from .model import Document, Refusal
from .reader_options import ReaderName, read_documents, with_reader
from .source_options import read_source_options
from .terminal import evaluation_lines, print_table, show_progress, show_refusals

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .evaluate import Evaluation, ReadingError, Record

Told = frozenset[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one reader found: how it compares, how long it took, and its facts, those that are wanted and others."""

    name: str
    result: Evaluation
    seconds: float
    words: int
    hits: Told
    extra: Told


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Annotated articles.")],
    system: Annotated[
        Path | None, typer.Argument(metavar="[SYSTEM.jsonl]", help="Output of extract; if left out, gold is read anew.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Print every miss and every spurious fact.")] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave facts below this confidence out.")
    ] = 0.0,
    reader: ReaderName = None,
    readers: Annotated[
        str | None, typer.Option(metavar="NAME,NAME...", help="Compare these readers side by side.")
    ] = None,
) -> None:
    """Compare extracted facts with annotated ones: precision, recall, F1."""
    from .evaluate import evaluate as compare
    from .evaluate import read_records
    from .rdf.vocabulary import Vocabulary

    if (readers is not None) + (reader is not None) + (system is not None) > 1:
        raise SettingsError("give one of SYSTEM.jsonl, --reader and --readers.")
    names = [reader] if readers is None else [name.strip() for name in readers.split(",") if name.strip()]
    settings = [] if system is not None else [with_reader(Settings.from_environment(), name) for name in names]
    wanted, symmetric = read_records(gold), Vocabulary.load().symmetric
    refused: list[Refusal] = []
    if readers is not None:
        found = [_read(gold, each, wanted, symmetric, refused, min_confidence) for each in settings]
        _print_side_by_side(found)
    else:
        if system is not None:
            records = read_records(system)
        else:
            records, _, _ = _records(gold, settings[0], refused)
        result = compare(wanted, records, symmetric=symmetric, min_confidence=min_confidence)
        for line in evaluation_lines(result, errors=errors):
            typer.echo(line)
    if show_refusals(refused):
        raise typer.Exit(SourceError.exit_code)


def _read(
    gold: Path,
    settings: Settings,
    wanted: dict[str, Record],
    symmetric: frozenset[str],
    refused: list[Refusal],
    least: float,
) -> _Found:
    from .evaluate import evaluate as compare

    records, seconds, words = _records(gold, settings, refused)
    result = compare(wanted, records, symmetric=symmetric, min_confidence=least)
    # All that a reader that finds nothing misses is all that is wanted.
    everything = _told(compare(wanted, {}, symmetric=symmetric).errors, extra=False)
    hits = everything - _told(result.errors, extra=False)
    return _Found(settings.reader, result, seconds, words, hits, _told(result.errors, extra=True))


def _records(gold: Path, settings: Settings, refused: list[Refusal]) -> tuple[dict[str, Record], float, int]:
    """Return the records of what a reader reads of the articles of a file, the seconds that took, and their words."""
    from .evaluate import parse_record
    from .records import to_record
    from .sources.reader import read_sources

    documents: list[Document] = []
    spent: list[BudgetError] = []
    # Annotated articles are what they are: none is set aside.
    for source in read_sources([str(gold)], options=read_source_options(settings, None, None, True)):
        if isinstance(source, Refusal):
            refused.append(source)
        else:
            documents.append(source)
    started = time.perf_counter()

    def begin() -> Iterator[Document]:
        """Yield the documents; the first is asked for when the reader is loaded, and its time runs from then."""
        nonlocal started
        started = time.perf_counter()
        yield from documents

    with show_progress(f"Reading ({settings.reader})") as step:
        read = list(read_documents(begin(), settings, refused, step, spent))
    seconds = time.perf_counter() - started
    if spent:  # half a comparison would look like a whole one
        raise spent[0]
    records = [parse_record(to_record(each)) for each in read]
    return {record.id: record for record in records}, seconds, sum(len(each.text.split()) for each in documents)


def _told(errors: Iterable[ReadingError], *, extra: bool) -> Told:
    """Return facts by article and names: those that were missed, or those that are not wanted."""
    return frozenset(
        (error.document, error.subject, error.predicate, error.object) for error in errors if error.extra is extra
    )


def _print_side_by_side(found: list[_Found]) -> None:
    rows = [_figures(each, [other for other in found if other is not each]) for each in found]
    columns = (
        "reader", "P", "R", "F1", "deeds P", "deeds R", "deeds F1", "entities F1", "status", "words/s",
        "right alone", "wrong alone",
    )  # fmt: skip
    print_table(columns, rows, sys.stdout)
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            same = len((one.hits | one.extra) & (other.hits | other.extra))
            either = len(one.hits | one.extra | other.hits | other.extra)
            typer.echo(
                f"{one.name} and {other.name} agree on {same} of {either} facts; "
                f"of {same} that both found {len(one.hits & other.hits)} are right"
            )


def _figures(found: _Found, others: list[_Found]) -> tuple[str, ...]:
    result = found.result
    counts = (result.relations, result.deeds)
    figures = [f"{value:.3f}" for each in counts for value in (each.precision, each.recall, each.f1)]
    status = f"{result.status_right}/{result.relations.hits}"
    rate = f"{found.words / found.seconds:,.0f}" if found.seconds else ""
    elsewhere = frozenset[tuple[str, str, str, str]]().union(*(other.hits | other.extra for other in others))
    alone = (str(len(found.hits - elsewhere)), str(len(found.extra - elsewhere)))
    return (found.name, *figures, f"{result.entities.f1:.3f}", status, rate, *alone)
