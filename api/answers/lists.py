"""What lists have in common: the order that is asked for, and the cursor of the page that follows."""

from __future__ import annotations

from dataclasses import replace

from graph.store.dates import first_day, last_day
from graph.store.fact_filter import FactFilter, Order

from ..cursors import decode_cursor, encode_cursor, refuse_cursor
from ..worker_store import WorkerStore
from .answer import Arguments


class Pager:
    """The order of a list and where the page asked for begins.

    A cursor names the order, the value that the last item was sorted by and the item: it is of no use in another list.
    """

    def __init__(self, arguments: Arguments, usual: str) -> None:
        self.sort: str = arguments.get("sort") or usual
        self.order = Order.read(self.sort)
        self.limit: int = arguments["limit"]
        self._cursor: str | None = arguments.get("cursor")

    def after(self) -> tuple[str, str] | None:
        """Return the sort value and the IRI of the last item of the page before; raise ProblemError for a cursor that
        was not made for this order."""
        if not self._cursor:
            return None
        sort, value, iri = map(str, decode_cursor(self._cursor, str, str, str))
        if sort != self.sort:
            refuse_cursor()
        return value, iri

    def after_number(self) -> tuple[float, str] | None:
        """Return `after` where the list is sorted by numbers."""
        found = self.after()
        if found is None:
            return None
        try:
            return float(found[0]), found[1]
        except ValueError:
            refuse_cursor()

    def next(self, value: object, iri: str) -> str:
        """Return the cursor of the page that follows an item."""
        return encode_cursor(self.sort, str(value), iri)


def read_filter(store: WorkerStore, arguments: Arguments, **ends: str | None) -> FactFilter:
    """Read the filters that all lists of facts share; raise QueryError for a relation that there is not."""
    relations = tuple(arguments.get("relations") or ())
    for relation in relations:
        store.relation_iri(relation)
    since, until = arguments.get("since"), arguments.get("until")
    wanted = FactFilter(
        relations=relations,
        statuses=tuple(arguments.get("statuses") or ()),
        kinds=tuple(arguments.get("kinds") or ()),
        since=first_day(since) if since else None,
        until=last_day(until) if until else None,
        least=arguments.get("min_confidence") or 0.0,
    )
    return replace(wanted, **ends)  # type: ignore[arg-type]  # of the dataclass's fields ends are texts
