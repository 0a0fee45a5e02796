"""Writes what a checkpoint consists of into its folder: a copy of the database, an index of names and one of facts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import Store

from .checkpoint import DATA, FACTS, NAMES
from .fact_index import FactIndex
from .fact_index_writer import write_facts
from .index import NameIndex
from .index_process import start_writing_facts
from .index_update import update_facts, update_names
from .index_writer import write_index
from .touched import Touched

SIDE_BY_SIDE_QUADS = 500_000


def has_indexes(checkpoint: Path) -> bool:
    """Say whether a checkpoint has indexes, and of this version."""
    return NameIndex.is_current(checkpoint / NAMES) and FactIndex.is_current(checkpoint / FACTS)


def write_checkpoint(
    folder: Path, before: Path | None, store: Store, touched: Touched, *, copy: Callable[[], None]
) -> None:
    """Fill the folder of a checkpoint: `copy` puts the database there, and beside it come its indexes.

    These are made from those of the checkpoint before where it is known what has changed since.
    """
    names, facts = folder / NAMES, folder / FACTS
    if before is not None and not touched.everything and has_indexes(before):
        copy()
        update_names(before / NAMES, names, store, touched.entities)
        update_facts(before / FACTS, facts, store, touched.documents, touched.entities)
    elif len(store) < SIDE_BY_SIDE_QUADS:
        copy()
        write_index(names, store)
        write_facts(facts, store)
    else:
        _write_side_by_side(folder / DATA, names, facts, store, copy)


def _write_side_by_side(data: Path, names: Path, facts: Path, store: Store, copy: Callable[[], None]) -> None:
    """Index names here, while a thread has the database copied and a process indexes facts of the copy."""

    def copy_and_start() -> subprocess.Popen[bytes]:
        copy()
        return start_writing_facts(data, facts)

    with ThreadPoolExecutor(max_workers=1) as pool:
        started = pool.submit(copy_and_start)
        try:
            write_index(names, store)
        except BaseException:
            started.result().kill()
            raise
        with started.result() as process:
            pass
    if process.returncode != 0:  # no memory for another process, perhaps: what went wrong is told by this one
        facts.unlink(missing_ok=True)
        write_facts(facts, store)
