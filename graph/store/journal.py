"""A change to the store that is all or nothing: written down before it is made, made again after a crash.

Making a change twice leaves what making it once does, so nobody needs to know how far a killed process came. Graphs
that were not there are not written down: they are loaded before all else, all or nothing, and the rest is due once they
are there.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from ..errors import StoreError, ValidationError
from ..rdf.packed import Laid, read_quads

# Below this many quads a transaction is faster than writing files of its own (measured: even at about 5,000).
BULK_QUADS = 5000


@dataclass(frozen=True, slots=True)
class Change:
    """Graphs that go, quads that go and quads that come, in this order; quads are N-Quads.

    The unnamed graph is called "". `fresh` are the quads of graphs that are not there, `first` being one of them.
    """

    drops: tuple[str, ...] = ()
    removals: str = ""
    additions: str = ""
    fresh: tuple[bytes | Laid, ...] = ()
    first: str = ""

    def added(self) -> str:
        """Return all quads that come."""
        return b"".join(map(read_quads, self.fresh)).decode() + self.additions

    def check(self) -> None:
        """Raise ValidationError where the quads that come cannot be read."""
        try:
            for _ in parse(self.added(), RdfFormat.N_QUADS):
                pass
        except SyntaxError as error:
            raise ValidationError(f"quads cannot be read: {error}.") from error

    def apply(self, store: Store, loading: Path | None = None) -> None:
        """Make the change; raise ValidationError for quads that cannot be read, StoreError where writing fails.

        Many quads are loaded from a file that is called `loading` as long as that takes, where it is given.
        """
        try:
            for graph in self.drops:
                store.remove_graph(NamedNode(graph) if graph else DefaultGraph())
            for quad in parse(self.removals, RdfFormat.N_QUADS):
                store.remove(Quad(quad.subject, quad.predicate, quad.object, quad.graph_name))
            self._load(store, loading)
        except SyntaxError as error:
            raise ValidationError(f"quads cannot be read: {error}.") from error
        except OSError as error:
            raise StoreError(
                f"the store cannot be written: {error}. Check space and permissions of the disk."
            ) from error

    def _load(self, store: Store, loading: Path | None) -> None:
        parts, count = (*self.fresh, self.additions.encode()), sum(map(_count, self.fresh)) + self.additions.count("\n")
        if count < BULK_QUADS:
            store.load(b"".join(map(read_quads, parts)), RdfFormat.N_QUADS)
        elif loading is None:
            store.bulk_load(b"".join(map(read_quads, parts)), RdfFormat.N_QUADS)
        else:  # in memory they would be there twice
            try:
                with loading.open("wb") as file:
                    file.writelines(map(read_quads, parts))
                store.bulk_load(path=loading, format=RdfFormat.N_QUADS)
            finally:
                loading.unlink(missing_ok=True)


def _count(quads: bytes | Laid) -> int:
    return quads.count(b"\n") if isinstance(quads, bytes) else quads.size


class Journal:
    """The change that is being made, in a file of the store."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loading = path.with_name("loading")

    def perform(self, change: Change, store: Store) -> None:
        """Make a change so that a killed process leaves either all of it or a journal that says what is missing.

        Raise ValidationError for quads that cannot be read; nothing is changed then.
        """
        # Oxigraph loads all or nothing: a change that only adds needs no journal.
        if not change.drops and not change.removals:
            change.apply(store, self._loading)
            return
        rest = replace(change, fresh=())
        rest.check()  # once it is in the journal and its graphs are there, there is no way back
        self._write(rest)
        try:
            Change(fresh=change.fresh).apply(store, self._loading)
        except ValidationError:
            self._path.unlink()
            raise
        rest.apply(store, self._loading)
        store.flush()
        self._path.unlink()

    def recover(self, store: Store) -> bool:
        """Finish the change that a killed process left, and say whether there was one."""
        self._loading.unlink(missing_ok=True)
        if not self._path.exists():
            return False
        change = self._read()
        if not change.first or store.contains_named_graph(NamedNode(change.first)):
            change.apply(store, self._loading)
            store.flush()
        self._path.unlink()
        return True

    def _write(self, change: Change) -> None:
        body = json.dumps([change.drops, change.removals, change.additions, change.first], ensure_ascii=False).encode()
        unfinished = self._path.with_suffix(".unfinished")
        try:
            with unfinished.open("wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._path)
        except OSError as error:
            raise StoreError(f"{unfinished}: {error.strerror}. Check space and permissions of the disk.") from error

    def _read(self) -> Change:
        try:
            digest, _, body = self._path.read_bytes().partition(b"\n")
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror}. Check the permissions of the store.") from error
        if hashlib.sha256(body).hexdigest().encode() != digest:
            raise StoreError(f"{self._path}: is damaged. Build the store anew from its documents.")
        drops, removals, additions, *first = json.loads(body)
        return Change(tuple(drops), removals, additions, first="".join(first))
