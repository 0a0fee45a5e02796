"""Writes a change as SPARQL updates, each small enough for an endpoint to make in one step.

An update that holds ten times as many quads takes some endpoints thirty times as long (measured with Oxigraph), so
there is a limit to what goes into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..rdf.namespaces import RW
from .journal import Change

QUADS_AT_ONCE = 4000
_HASH = f" <{RW}contentHash> "


def write_updates(change: Change, begin: str, end: str) -> Iterator[str]:
    """Yield the updates of a change; `begin` and `end` are N-Quads that stand only while it is being made.

    Where all of it fits into one update, an endpoint that makes updates whole or not at all never shows them. The
    hash of a document goes first and comes last: what another endpoint leaves of a document is not taken for whole.
    """
    removals, additions = change.removals.splitlines(), change.added().splitlines()
    parts = [
        ("INSERT DATA", begin.splitlines()),
        ("DELETE DATA", [line for line in removals if _HASH in line]),
        *(("DELETE WHERE", [graph]) for graph in change.drops),
        ("DELETE DATA", [line for line in removals if _HASH not in line]),
        ("INSERT DATA", [line for line in additions if _HASH not in line]),
        ("INSERT DATA", [line for line in additions if _HASH in line]),
        ("DELETE DATA", end.splitlines()),
    ]
    waiting: list[str] = []
    room = QUADS_AT_ONCE
    for form, lines in parts:
        while lines:
            now, lines = lines[: max(room, 1)], lines[max(room, 1) :]
            waiting.append(_write(form, now))
            room -= len(now)
            if room <= 0 and lines:
                yield " ;\n".join(waiting)
                waiting, room = [], QUADS_AT_ONCE
    if waiting:
        yield " ;\n".join(waiting)


def _write(form: str, lines: Iterable[str]) -> str:
    if form == "DELETE WHERE":
        (graph,) = lines
        pattern = "?s ?p ?o" if not graph else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        return f"DELETE WHERE {{ {pattern} }}"
    groups = groupby(lines, key=lambda line: line.removesuffix(" .").rpartition(" ")[2])
    inner = "".join(f"GRAPH {graph} {{\n{_join(graph, own)}}}\n" for graph, own in groups)
    return f"{form} {{\n{inner}}}"


def _join(graph: str, lines: Iterable[str]) -> str:
    return "".join(f"{line.removesuffix(f' {graph} .')} .\n" for line in lines)
