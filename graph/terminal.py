"""What the commands share at the terminal: output files written whole or not at all, tables, progress, reports."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from .errors import ExportError
from .model import Refusal

if TYPE_CHECKING:  # these load what `rawabit --help` must not wait for
    from .build import BuildReport
    from .evaluate import Evaluation

_WIDEST = 1_000
_EVIDENCE_SHOWN = 140
_SHOWN_ASIDE = 5


def prepare_streams() -> None:
    """Make standard output UTF-8 whatever the locale says, so that Arabic is printed and not refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def examples(*lines: str) -> str:
    """Return the end of a command's help: commands to copy, a line each."""
    return "\n\n".join(("[bold]Examples[/bold]", *lines))


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Open a text file as `open_binary_output` does; None and "-" are standard output."""
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    with open_binary_output(path) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=True)
        try:
            yield stream
        finally:
            stream.detach()


@contextmanager
def open_binary_output(path: Path) -> Iterator[BinaryIO]:
    """Open a file that gets its name only once all is written: a run that breaks off leaves the old file as it was."""
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    target = path.resolve()
    if target.is_dir():
        raise ExportError(f"{path} is a folder: give the name of a file.")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:  # a pipe or /dev/null is written to, never replaced
                yield device
        else:
            with _open_part(target) as stream:
                yield stream
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): check the folder and the disk.") from error


@contextmanager
def _open_part(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def show_refusals(refusals: Iterable[Refusal]) -> int:
    """Name each refused input on standard error, as compilers do: path, line, reason; return how many there are.

    Articles that were set aside for their language are sound, and so only counted, with the first ones named.
    """
    refusals = tuple(refusals)
    refused = [each for each in refusals if each.language is None]
    aside = [each for each in refusals if each.language is not None]
    for refusal in refused + aside[:_SHOWN_ASIDE]:
        where = refusal.path if refusal.line is None else f"{refusal.path}:{refusal.line}"
        print(f"{where}: {refusal.reason}", file=sys.stderr)
    if aside:
        print(f"{count_aside(aside)} set aside, not being in Arabic.", file=sys.stderr)
    return len(refused)


def count_aside(refusals: Iterable[Refusal]) -> str:
    """Return how many articles were set aside, by language: "7 (fa 5, und-Latn 2)"."""
    tags = Counter(each.language for each in refusals if each.language is not None)
    kinds = ", ".join(f"{tag} {count}" for tag, count in sorted(tags.items(), key=lambda each: (-each[1], each[0])))
    return f"{tags.total()} ({kinds})" if tags else "0"


def show_note(note: str) -> None:
    """Tell something that a person at the terminal wants to know and a script does not."""
    if sys.stderr.isatty():
        print(note, file=sys.stderr)


@contextmanager
def show_progress(task: str) -> Iterator[Callable[[str], None]]:
    """Show a running line on standard error while a person watches; what is called with its words updates it."""
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        line = progress.add_task(task, total=None)
        yield lambda words: progress.update(line, description=f"{task}: {words}", advance=1)


@contextmanager
def end_on_interrupt() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the store's library does not hear of it while it answers a query."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str | None]], stream: TextIO) -> None:
    """Print rows under their columns: fitted to a terminal, at full width into a file or pipe."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=SIMPLE, pad_edge=False)
    for row in rows:
        table.add_row(*(cell or "" for cell in row))
    width = None if stream.isatty() else _WIDEST
    Console(file=stream, width=width, markup=False, emoji=False, highlight=False).print(table)


def build_report_lines(report: BuildReport) -> Iterator[str]:
    """Yield the report of a build, a line each."""
    yield f"read by             {report.reader}"
    yield f"documents read      {report.read} ({report.replaced} replaced, {report.unchanged} unchanged)"
    yield f"inputs refused      {sum(each.language is None for each in report.refused)}"
    yield f"set aside           {count_aside(report.refused)}"
    yield f"entities            {report.entities}"
    yield f"facts               {sum(report.facts.values())}"
    for relation, count in sorted(report.facts.items(), key=lambda each: (-each[1], each[0])):
        yield f"  {relation:<22}{count}"
    yield f"seconds             {report.seconds:.1f}"


def evaluation_lines(evaluation: Evaluation, *, errors: bool) -> Iterator[str]:
    """Yield the figures of an evaluation, a line each; the last one is the relation F1 alone."""
    for error in evaluation.errors if errors else ():
        kind = "EXTRA" if error.extra else "MISS "
        fact = f"{error.subject} | {error.predicate} | {error.object}"
        yield f"{kind} {error.document}: {fact}   <- {error.evidence[:_EVIDENCE_SHOWN]}"
    relations = evaluation.relations
    yield f"documents {evaluation.documents}  relations wanted {relations.hits + relations.missed}"
    for name, counts in (
        ("entities  ", evaluation.entities),
        ("relations ", relations),
        ("  without holdsOffice, partOf, memberOf  ", evaluation.deeds),
    ):
        yield f"{name} P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"
    yield f"actor pairs found whatever the predicate  {evaluation.pairs_found}/{evaluation.pairs_wanted}"
    yield (
        f"status right on {evaluation.status_right}/{relations.hits} matched; "
        f"date right on {evaluation.date_right}/{evaluation.dated} matched and dated"
    )
    for name, counts in sorted(evaluation.by_predicate.items(), key=lambda each: -each[1].hits - each[1].missed):
        figures = f"tp {counts.hits:>3} fp {counts.extra:>3} fn {counts.missed:>3}"
        yield f"  {name:<20} {figures}  F1 {counts.f1:.2f}"
    yield f"{relations.f1:.3f}"
