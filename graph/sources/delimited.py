"""Reads articles from CSV and TSV with a head, row by row; the delimiter is told by the head."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import SourceError
from ..model import Document, Refusal
from .columns import Columns, read_record
from .lines import Line, read_lines
from .options import SourceOptions
from .origin import Origin

_DELIMITERS = "\t,;|"
_OPEN = "unexpected end of data"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the number of its first line, or the reason why it could not be read."""

    number: int
    cells: tuple[str, ...] = ()
    reason: str | None = None


def read_delimited(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal]:
    """Yield a Document for each good row, a Refusal by the number of its first line for each bad one.

    Raise SourceError where the head does not say which column holds the text.
    """
    columns = Columns.load(options.columns)
    with origin.opener() as stream:
        source = read_lines(stream, most_bytes=options.most_bytes, declared=origin.charset, blank=True)
        lines = _Lines(line for line in source if line.reason or line.text)
        first = lines.take()
        if first is None:
            raise SourceError("is empty.")
        lines.back.append(first)
        delimiter = max(_DELIMITERS, key=first.text.count)
        rows = _read_rows(lines, delimiter, options.most_bytes)
        head = next(rows, _Row(1, reason="is blank."))
        if head.reason is not None:
            raise SourceError(f"has a head that cannot be used, since it {head.reason}")
        names = [cell.strip() for cell in head.cells]
        found = columns.find_in_table(names)
        for row in rows:
            try:
                yield from _read_row(row, names, found, origin.name)
            except SourceError as error:
                yield Refusal(origin.name, str(error), row.number)


def _read_row(row: _Row, names: list[str], columns: dict[str, str], name: str) -> Iterator[Document | Refusal]:
    if row.reason is not None:
        raise SourceError(row.reason)
    if len(row.cells) > len(names) and any(cell.strip() for cell in row.cells[len(names) :]):
        raise SourceError(
            f"has {len(row.cells)} cells under a head of {len(names)}: put a text that holds the delimiter in quotes."
        )
    record = {column: cell for column, cell in zip(names, row.cells, strict=False) if cell.strip()}
    yield from read_record(record, columns, name=name, line=row.number)


@dataclass(slots=True)
class _Lines:
    """Lines of which some may be put back, because they were taken for a row that they do not belong to."""

    source: Iterator[Line]
    back: deque[Line] = field(default_factory=deque)

    def take(self) -> Line | None:
        return self.back.popleft() if self.back else next(self.source, None)


def _read_rows(lines: _Lines, delimiter: str, most_bytes: int) -> Iterator[_Row]:
    """Yield rows; one whose quotes do not close within the size of an article gives back all lines but its first."""
    while (first := lines.take()) is not None:
        if first.reason is not None:
            yield _Row(first.number, reason=first.reason)
            continue
        taken, quotes, size = [first], first.text.count('"'), len(first.text)
        if quotes % 2 and _find_fault(first.text, delimiter) == _OPEN:
            while quotes % 2 and size <= most_bytes and (following := lines.take()) is not None:
                taken.append(following)
                quotes += following.text.count('"')
                size += len(following.text)
            # A quote that closes in the middle of a cell is not the one that was opened: other rows lie between.
            if quotes % 2 or _find_fault("".join(line.text for line in taken), delimiter):
                lines.back.extendleft(reversed(taken[1:]))
                yield _Row(first.number, reason="opens a quote that does not close: mend the row.")
                continue
        reason = next((line.reason for line in taken if line.reason), None)
        if reason is not None:
            yield _Row(first.number, reason=f"holds a line that {reason}")
            continue
        yield from _parse("".join(line.text for line in taken), delimiter, first.number)


def _find_fault(text: str, delimiter: str) -> str | None:
    """Say what keeps lines from being whole rows by the letter; a quote that stands within a cell opens nothing."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        return str(error)
    return None


def _parse(text: str, delimiter: str, number: int) -> Iterator[_Row]:
    # The limit is the module's own and for all threads; what is read here is bounded before it comes here.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(number + before, tuple(cells))
            before = reader.line_num
    except csv.Error as error:
        yield _Row(number + before, reason=f"is no row of CSV ({error}): mend it.")
