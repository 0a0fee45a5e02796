"""Takes documents out of a store with all that only they said: ids or an outlet in, what goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .config import Settings
from .errors import NotFoundError
from .identity import resolve_anew
from .rdf.terms import Iri, Literal
from .resources import package_folder
from .store.places import WritableStore

DOCUMENTS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What goes: documents by their ids, and how many facts they state."""

    documents: tuple[str, ...]
    facts: int


def plan_withdrawal(store: WritableStore, ids: Iterable[str] = (), *, source: str | None = None) -> Withdrawal:
    """Say what would go; raise NotFoundError for an id or an outlet of which there is nothing."""
    documents = dict.fromkeys(ids)
    for document in documents:
        if not store.has_document(document):
            raise NotFoundError(f"there is no document {document!r} in {store.path}.")
    if source is not None:
        rows = store.select(_query("documents-of-source"), {"source": Literal(source)}).rows
        if not rows:
            raise NotFoundError(f"there is no document of {source!r} in {store.path}: outlets are written in full.")
        documents |= dict.fromkeys(str(identifier) for (identifier,) in rows)
    return Withdrawal(tuple(documents), sum(_count_facts(store, document) for document in documents))


def withdraw(store: WritableStore, withdrawal: Withdrawal, settings: Settings) -> Path:
    """Take documents out and make a checkpoint; return its folder. Broken off, it goes on when it is called again."""
    for start in range(0, len(withdrawal.documents), DOCUMENTS_AT_ONCE):
        store.drop_documents(withdrawal.documents[start : start + DOCUMENTS_AT_ONCE])
    resolve_anew(store, settings)
    return store.checkpoint()


def _count_facts(store: WritableStore, document: str) -> int:
    about = {"document": Iri(store.namespaces.document(document))}
    ((count,),) = store.select(_query("facts-of-document"), about).rows
    return int(count or 0)


def _query(name: str) -> str:
    return (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
