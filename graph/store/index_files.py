"""Writes what a checkpoint consists of into its folder: a copy of the database, an index of names and one of facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from .checkpoint import DATA, FACTS, NAMES
from .fact_index import FactIndex
from .fact_index_writer import add_events, write_facts, write_recorded_facts
from .index import NameIndex
from .index_process import start_writing_indexes
from .index_update import update_facts, update_names
from .index_writer import write_index
from .results import Row
from .touched import Touched

SIDE_BY_SIDE_QUADS = 500_000


def has_indexes(checkpoint: Path) -> bool:
    """Say whether a checkpoint has indexes, and of this version."""
    return NameIndex.is_current(checkpoint / NAMES) and FactIndex.is_current(checkpoint / FACTS)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a store does for its checkpoint: it has events gathered and files merged, and copies itself to a folder.

    `recall` gives the rows of all facts once events are gathered, where the store has kept a record of them.
    """

    gather: Callable[[], None]
    merge: Callable[[], None]
    copy: Callable[[Path], None]
    recall: Callable[[], Iterable[Row]] | None = None

    def write_facts(self, path: Path, store: Store) -> None:
        """Write the index of facts, from their record or from the store."""
        if self.recall is None:
            write_facts(path, store)
        else:
            write_recorded_facts(path, store, self.recall())


def write_checkpoint(
    folder: Path, before: Path | None, store: Store, touched: Touched, steps: Steps, *, alone: bool = False
) -> None:
    """Fill the folder of a checkpoint with the database and its indexes.

    These are made from those of the checkpoint before where it is known what has changed since, and by another process
    where they are large, unless this one is to work `alone`.
    """
    names, facts = folder / NAMES, folder / FACTS
    is_new = touched.everything or before is None or not has_indexes(before)
    if is_new and not alone and len(store) >= SIDE_BY_SIDE_QUADS:
        _write_side_by_side(folder, store, steps)
        return
    steps.gather()
    steps.merge()
    steps.copy(folder / DATA)
    if before is None or is_new or touched.everything:  # events that were gathered may be more than can be followed
        write_index(names, store)
        steps.write_facts(facts, store)
    else:
        update_names(before / NAMES, names, store, touched.entities)
        update_facts(before / FACTS, facts, store, touched.documents, touched.entities)


def _write_side_by_side(folder: Path, store: Store, steps: Steps) -> None:
    """Have a process index names, and facts of which there is no record, from a copy, while events are gathered and the
    database is merged here."""
    names, facts, early = folder / NAMES, folder / FACTS, folder / "early"
    steps.copy(early)
    with start_writing_indexes(early, names, facts if steps.recall is None else None) as process:
        try:
            steps.gather()
            with ThreadPoolExecutor(1) as aside:
                merged = aside.submit(steps.merge)
                if steps.recall is not None:
                    steps.write_facts(facts, store)
                merged.result()
            steps.copy(folder / DATA)
        except BaseException:
            process.kill()
            raise
    shutil.rmtree(early)
    is_written = process.returncode == 0
    if not is_written:  # no memory for another process, perhaps: what went wrong is told by this one
        names.unlink(missing_ok=True)
        write_index(names, store)
    if steps.recall is None and is_written:
        add_events(facts, store)
    elif steps.recall is None:
        facts.unlink(missing_ok=True)
        write_facts(facts, store)
