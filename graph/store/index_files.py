"""Writes the indexes of a checkpoint, of names and of facts, into its folder."""

from __future__ import annotations

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


def write_indexes(folder: Path, before: Path | None, store: Store, touched: Touched) -> None:
    """Write the indexes of a checkpoint: from those of the one before where it is known what has changed since."""
    names, facts = folder / NAMES, folder / FACTS
    if before is None or touched.everything or not has_indexes(before):
        _write_anew(folder / DATA, names, facts, store)
    else:
        update_names(before / NAMES, names, store, touched.entities)
        update_facts(before / FACTS, facts, store, touched.documents, touched.entities)


def _write_anew(data: Path, names: Path, facts: Path, store: Store) -> None:
    """Write both indexes, side by side where that is worth a process."""
    if len(store) < SIDE_BY_SIDE_QUADS:
        write_index(names, store)
        write_facts(facts, store)
        return
    with start_writing_facts(data, facts) as process:
        try:
            write_index(names, store)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:  # no memory for another process, perhaps: what went wrong is told by this one
        facts.unlink(missing_ok=True)
        write_facts(facts, store)
