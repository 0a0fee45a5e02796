"""Reads one CSV file of seeds/ into checked rows; what is wrong is collected, never raised one at a time.

A cell with several values separates them by "|". Lines are counted as an editor shows them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..errors import LanguageDataError

SHOWN_PROBLEMS = 20
_HEADERS: Mapping[str, str] = {
    "countries": "key wikidata iso2 iso3 ar en spellings demonyms demonym_plurals capital seats people",
    "places": "key wikidata type ar en spellings country",
    "organisations": "key wikidata type ar en spellings acronyms country parent",
    "people": "key wikidata ar en spellings country",
    "offices": "person ar en body since until",
    "weapons": "key wikidata class ar en spellings made_by",
    "outlets": "key wikidata ar en spellings domain country",
}
COLUMNS: Mapping[str, tuple[str, ...]] = {stem: tuple(header.split()) for stem, header in _HEADERS.items()}
_REQUIRED = frozenset({"key", "ar", "en", "iso2", "iso3", "type", "class", "person", "body"})
_PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "key": (re.compile(r"[a-z0-9][a-z0-9_-]*"), "use lower-case Latin letters, digits and hyphens"),
    "wikidata": (re.compile(r"Q[1-9][0-9]*"), "write Q and digits, or nothing"),
    "iso2": (re.compile(r"[A-Z]{2}"), "write two capitals"),
    "iso3": (re.compile(r"[A-Z]{3}"), "write three capitals"),
    "type": (re.compile(r"[a-z][a-z_]*"), "use lower-case Latin letters and underscores"),
    "class": (re.compile(r"[a-z][a-z_]*"), "use lower-case Latin letters and underscores"),
    "domain": (
        re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(\|[a-z0-9-]+(\.[a-z0-9-]+)+)*"),
        "write a host name in lower case",
    ),
}
_STRAY_BLANK = re.compile(r"^\s|\s$|\s\||\|\s|\|\||^\||\|$|\s\s")


@dataclass(frozen=True, slots=True)
class SeedRow:
    """One row of a seed file, and where it stands."""

    path: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def parts(self, *columns: str) -> tuple[str, ...]:
        """Return the values of the cells, each once, in their order."""
        cells = (self.values[column] for column in columns)
        return tuple(dict.fromkeys(part for cell in cells if cell for part in cell.split("|")))


class Problems:
    """What is wrong in the seeds, gathered over all files and raised as one error."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one problem; the message says what is wrong and what to do."""
        self._messages.append(f"{path}:{line}: {message}")

    def in_row(self, row: SeedRow, message: str) -> None:
        """Note one problem of a row."""
        self.add(row.path, row.line, message)

    def raise_if_any(self) -> None:
        """Raise LanguageDataError with the first problems, or do nothing when there are none."""
        if not self._messages:
            return
        shown = "\n".join(self._messages[:SHOWN_PROBLEMS])
        more = len(self._messages) - SHOWN_PROBLEMS
        raise LanguageDataError(shown if more <= 0 else f"{shown}\n... and {more} more.")


def read_table(path: Path, problems: Problems, *, in_order: bool) -> list[SeedRow]:
    """Return the rows that have the right shape; `in_order` asks that they be sorted by their first column.

    Where it does not, columns may stand in any order, too, and those that may be empty be left out.
    """
    columns = COLUMNS[path.stem]
    given = columns
    rows: list[SeedRow] = []
    for line, cells in _read_lines(path, problems):
        if line == 1:
            given = tuple(cells)
            if given != columns and (in_order or not _is_header(given, columns)):
                problems.add(path, 1, _say_header(columns, in_order=in_order))
                return []
        elif len(cells) != len(given):
            advice = "quote a cell that holds a comma, or add the commas that are missing"
            problems.add(path, line, f"{len(cells)} cells instead of {len(given)}: {advice}.")
        else:
            rows.append(SeedRow(path, line, dict.fromkeys(columns, "") | dict(zip(given, cells, strict=True))))
    _check_cells(rows, problems)
    if "key" in columns:
        _check_unique(rows, "key", problems)
        _check_unique([row for row in rows if row["wikidata"]], "wikidata", problems)
    if in_order:
        _check_order(rows, columns[0], problems)
    return rows


def _is_header(given: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    """Say whether a user's header names columns that there are, each once, and all that are needed."""
    return len(set(given)) == len(given) and _REQUIRED & set(columns) <= set(given) <= set(columns)


def _say_header(columns: tuple[str, ...], *, in_order: bool) -> str:
    needed = ",".join(column for column in columns if column in _REQUIRED)
    more = "" if in_order else f" (of these {needed} are needed, in any order)"
    return f"the header must be {','.join(columns)}{more}: mend it."


def _read_lines(path: Path, problems: Problems) -> Iterable[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problems.add(path, 1, f"cannot be read ({error.strerror}): restore the file or its permissions.")
        return []
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(path, line, "is not UTF-8: save the file as UTF-8.")
        return []
    if not unicodedata.is_normalized("NFC", text):
        wrong = (n for n, line in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", line))
        problems.add(path, next(wrong, 1), "is not in Unicode normal form C: save it as NFC.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        problems.add(path, reader.line_num, f"is not CSV ({error}): mend the quotes.")
    if not lines:
        problems.add(path, 1, "is empty: write at least the header, or delete the file.")
    return lines


def _check_cells(rows: Iterable[SeedRow], problems: Problems) -> None:
    for row in rows:
        for column, cell in row.values.items():
            if not cell:
                if column in _REQUIRED:
                    problems.in_row(row, f"{column} is empty: fill it in.")
                continue
            if _STRAY_BLANK.search(cell):
                problems.in_row(row, f"{column} {cell!r} has a stray blank or an empty value beside '|': take it out.")
            if column in _PATTERNS:
                pattern, advice = _PATTERNS[column]
                if not pattern.fullmatch(cell):
                    problems.in_row(row, f"{column} {cell!r} is malformed: {advice}.")


def _check_unique(rows: Iterable[SeedRow], column: str, problems: Problems) -> None:
    first: dict[str, int] = {}
    for row in rows:
        line = first.setdefault(row[column], row.line)
        if line != row.line:
            problems.in_row(
                row, f"{column} {row[column]!r} stands already in line {line}: merge the two or change one."
            )


def _check_order(rows: list[SeedRow], column: str, problems: Problems) -> None:
    for before, row in pairwise(rows):
        if row[column] < before[column]:
            problems.in_row(
                row, f"{column} {row[column]!r} stands after {before[column]!r}: sort the rows by {column}."
            )
