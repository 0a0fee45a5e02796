"""Reads what a store at an endpoint notes of itself: format, base IRI, revision, and what is due."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import StoreError, StoreVersionError
from ..resources import package_folder
from .layout import STORE_FORMAT
from .remote_query import RemoteQueries


@dataclass(frozen=True, slots=True)
class RemoteState:
    """What is noted of a store; `revision` is 0 before the first one, `stamp` tells it from that of another store."""

    base_iri: str
    revision: int
    stamp: str = ""
    is_changed: bool = False
    is_underived: bool = False


def find_state(queries: RemoteQueries, base_iri: str) -> RemoteState | None:
    """Return the state of the store under a base IRI, or of the only one that there is; None where there is none.

    Raise StoreVersionError where it has another format, StoreError where there are several and none is meant.
    """
    text = (package_folder("store") / "sparql" / "remote-state.rq").read_text(encoding="utf-8")
    found: dict[str, RemoteState] = {}
    formats: dict[str, str] = {}
    for _, base, form, revision, changed, underived in queries.select(text).rows:
        if base is None:
            continue
        before = found.get(base, RemoteState(base, 0))
        number, _, stamp = (revision or "0-").partition("-")
        if not number.isdecimal() or (stamp and not stamp.isalnum()):
            raise StoreVersionError(f"{queries.endpoint.address.text}: the revision {revision!r} makes no sense.")
        found[base] = RemoteState(
            base,
            *max((before.revision, before.stamp), (int(number), stamp)),
            before.is_changed or changed is not None,
            before.is_underived or underived is not None,
        )
        formats[base] = form or ""
    if len(found) > 1 and base_iri not in found:
        raise StoreError(
            f"{queries.endpoint.address.text}: holds stores under {', '.join(sorted(found))}: set RAWABIT_BASE_IRI to "
            "one of these."
        )
    state = found.get(base_iri) or next(iter(found.values()), None)
    if state is not None and formats[state.base_iri] != str(STORE_FORMAT):
        raise StoreVersionError(
            f"{queries.endpoint.address.text}: has format {formats[state.base_iri]}, and this Rawabit reads format "
            f"{STORE_FORMAT}: use the Rawabit that made it, or build it anew at an empty endpoint."
        )
    return state


def check_union(queries: RemoteQueries) -> None:
    """Raise StoreError where queries do not see the union of all graphs, and so would find nothing."""
    if not queries.ask((package_folder("store") / "sparql" / "remote-union.rq").read_text(encoding="utf-8")):
        raise StoreError(
            f"{queries.endpoint.address.text}: queries see the unnamed graph alone: make the default graph the union "
            "of all graphs (oxigraph serve --union-default-graph, tdb2:unionDefaultGraph true of Fuseki)."
        )
