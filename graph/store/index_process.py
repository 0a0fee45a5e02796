"""Writes the index of facts of a large checkpoint in a process of its own, beside the one that writes names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pyoxigraph import Store

from .fact_index_writer import write_facts

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[3]); from graph.store.index_process import main; main()"


def start_writing_facts(data: Path, target: Path) -> subprocess.Popen[bytes]:
    """Start the process on a database that nobody writes to; it ends with 0 when the index stands."""
    command = [sys.executable, "-c", _BOOT, str(data), str(target), json.dumps(sys.path)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Write the index that the arguments name."""
    data, target = map(Path, sys.argv[1:3])
    write_facts(target, Store.read_only(str(data)))
