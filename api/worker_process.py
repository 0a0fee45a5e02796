"""What a worker does: it opens the newest checkpoint, then answers one request after another until it is hung up on.

A query and the writing of its answer happen here, in one thread of one process, because a result of the store belongs
to the thread that made it and nothing but ending the process ends a query.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import BinaryIO, cast

from graph.errors import RawabitError

from .answers.answer import Headers
from .answers.registry import TASKS
from .frames import FrameReader, Header, WorkerSetup, join_frame, pack_frame, pack_header
from .problems import INTERNAL, ProblemError, out_of_memory, problem_for
from .spool import AnswerTooLargeError, Limits, Spool, SpoolFullError
from .worker_memory import limit_memory
from .worker_store import Shelf, WorkerStore

# The server ends a query that passes its limit; should the server hang, the worker's own clock ends it this much later.
LAST_RESORT_SECONDS = 2.0
log = logging.getLogger("rawabit.worker")


def run_worker(connection: socket.socket, setup: WorkerSetup, shelf: Shelf) -> None:
    """Serve requests from a connection until its other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        store = WorkerStore.open(Path(setup.store), shelf)
    except RawabitError as error:
        connection.sendall(pack_frame({"problem": problem_header(problem_for(error))}))
        return
    limit_memory(setup.memory)
    connection.sendall(pack_frame({"tag": store.tag}))
    # The server may not have taken one large answer yet when the next is written.
    spool_paths = (Path(setup.spool) / f"answer-{os.getpid()}-{number}" for number in count())
    spool_path = next(spool_paths)
    reader = FrameReader(connection)
    while (frame := reader.next_frame()) is not None:
        request, text = frame
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + LAST_RESORT_SECONDS)
        header, body = answer_request(store, request, text, spool_path, setup.limits)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if not body:
            spool_path = next(spool_paths)
        connection.sendall(join_frame(header, body))


def answer_request(
    store: WorkerStore, request: Header, text: bytes, spool_path: Path, limits: Limits
) -> tuple[bytes, bytes]:
    """Answer one request with a header and a body; every failure becomes a problem in the header.

    What is not the same in many requests may come as `text`, and `text` in the request then says which argument it is.
    """
    spool: Spool | None = None
    try:
        arguments = request["arguments"]
        if "text" in request:
            arguments = {**arguments, request["text"]: text.decode("utf-8", "surrogatepass")}
        answer = TASKS[request["task"]](store, arguments)
        spool = Spool(spool_path, limits, use_gzip=request["gzip"], row_mark=answer.row_mark)
        answer.write(cast(BinaryIO, spool))
        body, gzipped = spool.finish()
    except Exception as error:  # noqa: BLE001 - whatever a stranger's query brings about must not end the worker
        if spool is not None:
            spool.discard()
        return pack_header({"problem": problem_header(problem_of(error))}), b""
    if body is None:
        return _pack_answer(answer.content_type, answer.headers, gzipped, str(spool_path)), b""
    return _pack_short(answer.content_type, answer.headers, gzipped), body


def _pack_answer(content_type: str, headers: Headers, gzip: bool, file: str | None = None) -> bytes:
    """Return the header of an answer, whose body may be in a file."""
    header: Header = {"content_type": content_type, "gzip": gzip, "headers": dict(headers)}
    return pack_header(header if file is None else {**header, "file": file})


_pack_short = lru_cache(64)(_pack_answer)


def problem_of(error: Exception) -> ProblemError:
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, RawabitError):
        return problem_for(error)
    if isinstance(error, AnswerTooLargeError):
        return ProblemError(413, "answer-too-large", str(error))
    if isinstance(error, SpoolFullError):
        return ProblemError(507, "no-room", str(error))
    if isinstance(error, MemoryError):
        return out_of_memory()
    log.error("unexpected error in a worker", exc_info=error)
    return ProblemError(500, "internal", INTERNAL)


def problem_header(problem: ProblemError) -> Header:
    return {
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "headers": problem.headers,
        "more": problem.more,
    }
