"""The processes that read for a build: one loads the reader and forks, its forks read chunks of documents.

They end when their socket does: a build that ends, by whatever way, leaves none behind.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from .collecting import collect_seldom
from .errors import RawabitError
from .intake import Intake, IntakeSetup, ReadDocument
from .model import Document, Refusal

Chunk = list[tuple[Document, bool]]
"""Documents to read, each with whether pySHACL is asked about it."""
Answers = list[ReadDocument | Refusal]
FORK, REAP = "fork", "reap"


def main() -> None:
    """Serve the socket whose descriptor is the first argument: load the reader, then fork whenever it is asked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the builder's to answer
    with socket.socket(fileno=int(sys.argv[1])) as control, Connection(os.dup(control.fileno())) as orders:
        try:
            setup: IntakeSetup = orders.recv()
            try:
                intake = setup.load()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with seeds or language data is told
                orders.send(error if isinstance(error, RawabitError) else f"{type(error).__name__}: {error}")
                return
            collect_seldom()  # and forks share what the collector does not touch
            orders.send(None)
            while True:
                _obey(orders.recv(), control, orders, intake)
        except (EOFError, ConnectionError):
            return


def _obey(order: tuple[str, int], control: socket.socket, orders: Connection, intake: Intake) -> None:
    """Fork a reader on the socket that comes along and tell its process, or tell how a reader ended."""
    name, process = order
    if name == REAP:
        orders.send(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        return
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            orders.close()
            control.close()
            serve(Connection(descriptors[0]), intake)
            code = 0
        finally:
            os._exit(code)
    os.close(descriptors[0])
    orders.send(child)


def serve(connection: Connection, intake: Intake) -> None:
    """Read the chunks that come, one after the other. Threads receive and send: neither end waits for the other."""
    chunks: SimpleQueue[Chunk] = SimpleQueue()
    answers: SimpleQueue[Answers] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, chunks), daemon=True).start()
    threading.Thread(target=_send, args=(connection, answers), daemon=True).start()
    while True:
        answers.put([intake.take(document, thoroughly=thoroughly) for document, thoroughly in chunks.get()])


def _receive(connection: Connection, chunks: SimpleQueue[Chunk]) -> None:
    try:
        while True:
            chunks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # the build has ended, and whatever is being read is of no use to anybody


def _send(connection: Connection, answers: SimpleQueue[Answers]) -> None:
    try:
        while True:
            connection.send(answers.get())
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    main()
