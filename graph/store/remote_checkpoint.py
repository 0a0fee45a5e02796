"""Opens the store at an endpoint for reading, with indexes of names and facts that are made here and kept in the cache.

<cache>/endpoints/<key>/<stamp>/<revision>/   the indexes of one revision; the stamp tells it from those of other stores

The indexes are of one revision, the endpoint may be further: they are made anew when a build has ended.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from pyoxigraph import Store

from ..config import Settings
from ..errors import StoreError
from ..rdf.namespaces import Namespaces
from .checkpoint import FACTS, NAMES, Checkpoint
from .fact_index import FactIndex
from .fact_index_writer import write_facts
from .index import NameIndex
from .index_writer import write_index
from .remote_client import Endpoint
from .remote_query import RemoteQueries
from .remote_state import RemoteState, check_union, find_state
from .remote_view import RemoteView

_KEPT = 2


def read_revision(endpoint: Endpoint, base_iri: str) -> RemoteState:
    """Return what is there to be read; raise StoreError where no build has ended yet."""
    queries = RemoteQueries(endpoint)
    state = find_state(queries, base_iri)
    if state is None or not state.revision:
        raise StoreError(f"{endpoint.address.text}: nothing to read yet: finish `rawabit build`.")
    check_union(queries)
    return state


def open_remote_checkpoint(endpoint: Endpoint, settings: Settings) -> Checkpoint:
    """Open the store at an endpoint with its indexes, made first where there are none; raise StoreError.

    Making them reads all names and facts of the store.
    """
    try:
        state = read_revision(endpoint, settings.base_iri)
        view = cast(Store, RemoteView(RemoteQueries(endpoint)))
        path = find_indexes(endpoint, state, settings.cache)
        home = path.parents[1]
        with _locked(home):
            if not has_indexes(path):
                _write_indexes(path, view)
                _prune(home)
    except BaseException:
        endpoint.close()
        raise
    return _RemoteCheckpoint(path, Namespaces(state.base_iri), view, NameIndex.open(path / NAMES), endpoint)


class _RemoteCheckpoint(Checkpoint):
    """A checkpoint that also has connections to close."""

    def __init__(self, path: Path, namespaces: Namespaces, store: Store, names: NameIndex, endpoint: Endpoint) -> None:
        super().__init__(path, namespaces, store, names)
        self._endpoint = endpoint

    def close(self) -> None:
        """Let go of the files and the connections."""
        super().close()
        self._endpoint.close()


def find_indexes(endpoint: Endpoint, state: RemoteState, cache: Path) -> Path:
    """Return the folder of the cache that has the indexes of a revision, once they are made."""
    return cache / "endpoints" / endpoint.address.key / state.stamp / str(state.revision)


def has_indexes(path: Path) -> bool:
    """Say whether a folder has the indexes that this version reads."""
    return NameIndex.is_current(path / NAMES) and FactIndex.is_current(path / FACTS)


def _write_indexes(path: Path, view: Store) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        for old in (unfinished, path):
            shutil.rmtree(old, ignore_errors=True)
        unfinished.mkdir(parents=True)
        write_index(unfinished / NAMES, view)
        write_facts(unfinished / FACTS, view)
        unfinished.rename(path)
    except OSError as error:
        raise StoreError(f"{path}: indexes cannot be written ({error}): see to RAWABIT_CACHE.") from error


def _prune(home: Path) -> None:
    folders = sorted((path for path in home.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime_ns)
    for old in folders[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Have one process of this machine at a time make indexes; others wait and find them made."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home / "indexes", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{home}: {error.strerror}: set RAWABIT_CACHE to a folder that can be written.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
