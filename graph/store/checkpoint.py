"""A checkpoint: a read-only copy of the store with its name index, which any number of processes may read at once.

<store>/checkpoints/current names the newest one; it is swapped in one step, so a reader never sees half of one.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from pyoxigraph import Store

from ..errors import StoreError
from ..rdf.namespaces import Namespaces
from .engine import QueryEngine
from .index import NameIndex
from .layout import current_checkpoint, read_version

DATA = "data"
NAMES = "names.sqlite"
FACTS = "facts.sqlite"


class Checkpoint(QueryEngine):
    """A Queryable on one checkpoint. Safe to share between threads: each query is answered in the thread that asks."""

    def __init__(self, path: Path, namespaces: Namespaces, store: Store, names: NameIndex) -> None:
        super().__init__(store)
        self.path = path
        self.number = int(path.name)
        self.namespaces = namespaces
        self.names = names

    @property
    def raw(self) -> Store:
        """The store's own library, for whoever chooses graphs and formats."""
        return self._store

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
        del self._store
