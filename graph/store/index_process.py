"""Writes the indexes of a large checkpoint in a process of its own, beside the one that gathers events."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pyoxigraph import Store

from ..collecting import collect_seldom
from .fact_index_writer import write_facts_without_events
from .index_writer import write_index

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[4]); from graph.store.index_process import main; main()"


def start_writing_indexes(data: Path, names: Path, facts: Path | None) -> subprocess.Popen[bytes]:
    """Start the process on a database that nobody writes to; it ends with 0 when the indexes stand, but for events."""
    command = [sys.executable, "-c", _BOOT, str(data), str(names), str(facts or ""), json.dumps(sys.path)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Write the indexes that the arguments name."""
    data, names, facts = sys.argv[1:4]
    store = Store.read_only(data)
    collect_seldom()
    write_index(Path(names), store)
    if facts:
        write_facts_without_events(Path(facts), store)
