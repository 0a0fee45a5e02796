"""What a writer does: it opens the store as its one writer, makes one change, derives what follows, and ends.

It tells of the change twice: `committed` as soon as it is made, after which it must not be ended any more, and `done`
when there is a checkpoint with it. A store that another process writes to is a problem that names the other.

Memory is bounded while a stranger's text is read or an update is worked out. It is not while the store is opened, a
change is written or what follows is derived: what breaks off there would break off with every writer that comes after.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.config import Settings
from graph.store.places import WritableStore, open_store

from .frames import Header, WorkerSetup, pack_frame, receive_frame
from .worker_decisions import add_decision, drop_decision
from .worker_documents import delete_document, put_document
from .worker_graphs import delete_graph, post_graph, put_graph
from .worker_process import problem_header, problem_of
from .worker_update import run_update

# A store, arguments, a body, and the memory that reading it may take. Any: what json gives; each reads its own keys
Change = Callable[[WritableStore, Mapping[str, Any], bytes, int], Header]
CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "add-decision": add_decision,
        "drop-decision": drop_decision,
        "delete-document": delete_document,
        "delete-graph": delete_graph,
        "post-graph": post_graph,
        "put-document": put_document,
        "put-graph": put_graph,
        "update": run_update,
    }
)


def run_writer(connection: socket.socket, setup: WorkerSetup) -> None:
    """Make the one change that comes over a connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection.sendall(pack_frame({"tag": ""}))
    frame = receive_frame(connection)
    if frame is None:
        return
    try:
        header: Header = {"done": _make_change(connection, setup, *frame)}
    except Exception as error:  # noqa: BLE001 - whatever a stranger's data bring about is told
        header = {"problem": problem_header(problem_of(error))}
    connection.sendall(pack_frame(header))


def _make_change(connection: socket.socket, setup: WorkerSetup, header: Header, body: bytes) -> Header:
    with open_store(replace(Settings.from_environment(), store=Path(setup.store))) as store:
        done = CHANGES[header["task"]](store, header["arguments"], body, setup.memory)
        connection.sendall(pack_frame({"committed": True}))
        store.derive_anew()
        store.checkpoint()
    return done
