"""A checkpoint: a read-only copy of the store with its name index, which any number of processes may read at once.

<store>/checkpoints/current names the newest one; it is swapped in one step, so a reader never sees half of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from ..rdf.namespaces import Namespaces
from ..rdf.terms import Term
from .index import NameIndex
from .results import Row, Table


def current_checkpoint(store: Path) -> Path:
    """Return the folder of a store's newest checkpoint; raise StoreError, naming the next step, where there is none."""
    raise NotImplementedError


class Checkpoint:
    """A Queryable on one checkpoint. Safe to share between threads: each query is answered in the thread that asks."""

    path: Path
    number: int
    namespaces: Namespaces
    names: NameIndex

    @classmethod
    def open(cls, store: Path) -> Checkpoint:
        """Open the newest checkpoint of a store."""
        raise NotImplementedError

    def __enter__(self) -> Checkpoint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        raise NotImplementedError

    def select(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Table:
        """Answer a SELECT, read to its end."""
        raise NotImplementedError

    def iterate(self, query: str, substitutions: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Answer a SELECT row by row; stay in one thread."""
        raise NotImplementedError

    def ask(self, query: str, substitutions: Mapping[str, Term] | None = None) -> bool:
        """Answer an ASK."""
        raise NotImplementedError

    def serialize(self, query: str, media_type: str, substitutions: Mapping[str, Term] | None = None) -> bytes:
        """Answer any query in a media type."""
        raise NotImplementedError
