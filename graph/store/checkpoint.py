"""A checkpoint: a read-only copy of the store with its name index, which any number of processes may read at once.

<store>/checkpoints/current names the newest one; it is swapped in one step, so a reader never sees half of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from pyoxigraph import Store

from ..errors import StoreError
from ..rdf.namespaces import Namespaces
from ..rdf.terms import Term
from .engine import QueryEngine
from .index import NameIndex
from .layout import current_checkpoint, read_version
from .results import Row, Table

DATA = "data"
NAMES = "names.sqlite"


class Checkpoint:
    """A Queryable on one checkpoint. Safe to share between threads: each query is answered in the thread that asks."""

    def __init__(self, path: Path, namespaces: Namespaces, store: Store, names: NameIndex) -> None:
        self.path = path
        self.number = int(path.name)
        self.namespaces = namespaces
        self.names = names
        self._engine = QueryEngine(store)

    @classmethod
    def open(cls, store: Path) -> Checkpoint:
        """Open the newest checkpoint of a store."""
        namespaces = Namespaces(read_version(store).base_iri)
        path = current_checkpoint(store)
        try:
            data = Store.read_only(str(path / DATA))
        except (OSError, RuntimeError) as error:  # RuntimeError is how Oxigraph reports damage
            raise StoreError(
                f"{path}: cannot be opened ({error}): run `rawabit build PATH --store {store}`."
            ) from error
        return cls(path, namespaces, data, NameIndex.open(path / NAMES))

    def __enter__(self) -> Checkpoint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.names.close()
        del self._engine

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""
        return self._engine.select(query, substitutions)

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""
        return self._engine.iterate(query, substitutions)

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""
        return self._engine.ask(query, substitutions)

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query in a media type."""
        return self._engine.serialize(query, media_type, substitutions)
