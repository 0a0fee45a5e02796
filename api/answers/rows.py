"""Sorts and pages the answer of a query whose rows have no order of their own that a cursor could name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from graph.rdf.terms import XSD

from ..cursors import decode_cursor, encode_cursor, refuse_cursor
from ..problems import ProblemError

_NUMBERS = frozenset({f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")})
Row = Mapping[str, Mapping[str, str]]


def page_rows(
    results: ox.QuerySolutions, *, sort: str | None, limit: int | None, cursor: str | None
) -> tuple[ox.QuerySolutions, str | None]:
    """Return the rows of a page, and the cursor of the page that follows, which counts rows; None on the last one.

    Raise ProblemError (400) for a column that there is not, or a cursor that was not made for this order.
    """
    document = json.loads(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    columns: list[str] = document["head"]["vars"]
    rows: list[Row] = document["results"]["bindings"]
    if sort is not None:
        name = sort.removeprefix("-")
        if name not in columns:
            detail = f"sort={sort!r}: there is no such column; there are {', '.join(columns)}."
            raise ProblemError(400, "bad-parameter", detail)
        rows.sort(key=lambda row: _rank(row.get(name)), reverse=sort.startswith("-"))
    start = _read_start(cursor, sort)
    end = len(rows) if limit is None else start + limit
    document["results"]["bindings"] = rows[start:end]
    page = ox.parse_query_results(json.dumps(document).encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(page, ox.QuerySolutions)
    return page, encode_cursor(sort or "", end) if end < len(rows) else None


def _read_start(cursor: str | None, sort: str | None) -> int:
    if not cursor:
        return 0
    found, start = decode_cursor(cursor, str, int)
    if found != (sort or ""):
        refuse_cursor()
    return max(0, int(start))


def _rank(term: Mapping[str, str] | None) -> tuple[int, Any, str]:  # Any: a number or nothing
    """Return what a term is sorted by, as SPARQL has it: nothing first, then numbers, then texts."""
    if term is None:
        return 0, 0.0, ""
    if term.get("datatype") in _NUMBERS:
        return 1, float(term["value"]), ""
    return 2, 0.0, term["value"]
