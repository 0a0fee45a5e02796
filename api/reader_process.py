"""The process that reads articles: it loads the reader once, and reads each article in a fork that can be ended.

Reading costs the server's event loop nothing, and an article on which the reader hangs or swells costs only itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from graph.config import Settings
from graph.errors import BudgetError, ReaderError, SettingsError
from graph.intake import Intake
from graph.model import Document
from graph.model_settings import ModelSettings
from graph.rdf.namespaces import Namespaces
from graph.rdf.validate import check_with_pyshacl
from graph.readers.registry import choose_reader, open_reader

from .frames import Header, pack_frame, receive_frame
from .problems import ProblemError, out_of_memory
from .worker_memory import limit_memory
from .worker_process import problem_header, problem_of

_CHUNK = 1 << 16


def main() -> None:
    """Serve the socket whose descriptor is the first argument; the setup comes first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        frame = receive_frame(connection)
        if frame is None:
            return
        setup = frame[0]
        try:
            settings = choose_reader(_settings_of(setup["settings"]))
            intake = Intake.load(settings, open_reader(settings), Namespaces(setup["base_iri"]))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with seeds or language data is told
            connection.sendall(_tell(error))
            return
        connection.sendall(pack_frame({"ready": True}))
        while (frame := receive_frame(connection)) is not None:
            connection.sendall(_read_in_fork(intake, frame[0], setup["memory"]))


def _settings_of(values: dict[str, Any]) -> Settings:  # Any: what json gives
    model = values["language_model"]
    return Settings(
        seeds=None if values["seeds"] is None else Path(values["seeds"]),
        cache=Path(values["cache"]),
        camel_data=None if values["camel_data"] is None else Path(values["camel_data"]),
        language=values["language"],
        reader=values["reader"],
        language_model=None if model is None else ModelSettings(**model),
    )


def _read_in_fork(intake: Intake, request: Header, memory: int) -> bytes:
    """Have a fork read an article; return the frame that it gives, or that tells why there is none."""
    come, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(come)
        _become_fork(intake, request, memory, go)
    os.close(go)
    data = _read_until(come, time.monotonic() + request["seconds"])
    os.close(come)
    if data is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if data is None:
        detail = f"The article was not read within {request['seconds']:g} s, and reading was ended: post parts of it."
        return _tell(ProblemError(504, "time-limit", detail))
    code = os.waitstatus_to_exitcode(status)
    if code == 0 and data:
        return data
    if code in (-signal.SIGABRT, -signal.SIGKILL):
        return _tell(out_of_memory())
    return _tell(ProblemError(500, "reader-died", "Reading this article ended the process that read it."))


def _become_fork(intake: Intake, request: Header, memory: int, go: int) -> None:
    """Read an article, write a frame and end; never returns."""
    code = 1
    try:
        limit_memory(memory)
        try:
            frame = pack_frame(*_read(intake, request["document"]))
        except Exception as error:  # noqa: BLE001 - whatever an article brings about is told
            frame = _tell(error)
        with os.fdopen(go, "wb") as out:
            out.write(frame)
        code = 0
    finally:
        os._exit(code)


def _read(intake: Intake, fields: dict[str, Any]) -> tuple[Header, bytes]:  # Any: what json gives
    encoded, _ = intake.read(Document(**fields))
    complaints = check_with_pyshacl([encoded])
    if complaints:
        raise ProblemError(422, "not-conforming", f"What was read does not conform to the shapes: {complaints[0]}.")
    header: Header = {"id": encoded.id, "iri": encoded.iri, "graph": encoded.graph}
    header["hash"] = intake.hash(Document(**fields))
    return header, json.dumps(encoded.triples, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _read_until(descriptor: int, deadline: float) -> bytes | None:
    """Return all that comes until the other end is closed, or None where that does not happen in time."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], left)[0]:
            return None
        part = os.read(descriptor, _CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _tell(error: Exception) -> bytes:
    return pack_frame({"problem": problem_header(_problem_of(error))})


def _problem_of(error: Exception) -> ProblemError:
    """Return the problem of an article; what a reader lacks is no fault of who sent it."""
    if isinstance(error, BudgetError):
        return ProblemError(503, "budget-spent", str(error))
    if isinstance(error, ReaderError | SettingsError):
        return ProblemError(502, "reader-failed", str(error))
    return problem_of(error)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        main()
