"""Has articles read by a process of its own, one at a time; it is started beforehand or by the first of them."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph.config import Settings
from graph.nursery import forking_environment

from .access import TOKEN
from .frames import Header, frame_length, pack_frame, unpack_frame
from .problems import ProblemError

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from api.reader_process import main; main()"
# How long the reader may take to load, and its own clock before it is taken for dead.
_LOAD_SECONDS, _GRACE = 60.0, 5.0
log = logging.getLogger("rawabit.reading")


class ArticleReader:
    """The server's end of the process that reads; `seconds` and `memory` bound what one article may take."""

    def __init__(self, settings: Settings, base_iri: str, *, seconds: float, memory: int) -> None:
        self._setup = {"base_iri": base_iri, "memory": memory, "settings": _reading_fields(settings)}
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def load(self) -> None:
        """Start the process, so that the first article need not wait; what keeps it from starting is told to that."""
        async with self._turn:
            try:
                async with asyncio.timeout(_LOAD_SECONDS):
                    await self._start()
            except (ProblemError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                log.warning("the reader of articles could not be loaded: %s", error)
                await self.stop()

    async def read(self, document: Mapping[str, Any]) -> tuple[Header, bytes]:  # Any: what json takes
        """Return the id, IRI, graph and hash of an article that was read, and its triples as JSON.

        Raise ProblemError where it cannot be read or what was read does not conform.
        """
        async with self._turn:
            was_running = self._streams is not None
            try:
                header, body = await self._ask(document)
            except ConnectionError:
                if not was_running:
                    raise _gone() from None
                try:  # it may have died of anything while nobody asked
                    header, body = await self._ask(document)
                except ConnectionError:
                    raise _gone() from None
        if "problem" in header:
            raise ProblemError.from_header(header["problem"])
        return header, body

    async def _ask(self, document: Mapping[str, Any]) -> tuple[Header, bytes]:  # Any: what json takes
        """Send an article and wait for what was read; raise ConnectionError where the process has gone."""
        is_answered = False
        try:
            async with asyncio.timeout(_LOAD_SECONDS):
                reader, writer = self._streams or await self._start()
            async with asyncio.timeout(self._seconds + _GRACE):
                writer.write(pack_frame({"document": dict(document), "seconds": self._seconds}))
                await writer.drain()
                found = await _read_frame(reader)
            is_answered = True
            return found
        except TimeoutError:
            raise _gone() from None
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("the reader has gone") from error
        finally:
            if not is_answered:  # the answer to this article must not be taken for that to the next
                await self.stop()

    async def stop(self) -> None:
        """End the process."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            await asyncio.to_thread(process.wait)

    async def _start(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", _BOOT, str(theirs.fileno())]
            path = [entry or os.getcwd() for entry in sys.path]
            self._process = subprocess.Popen(
                [*command, json.dumps(path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={name: value for name, value in forking_environment().items() if name != TOKEN},
            )
        streams = await asyncio.open_connection(sock=ours)
        self._streams = streams
        streams[1].write(pack_frame(self._setup))  # by the socket: arguments can be seen, and it may hold a key
        header, _ = await _read_frame(streams[0])
        if "problem" in header:
            raise ProblemError.from_header(header["problem"])
        return streams


def _reading_fields(settings: Settings) -> dict[str, Any]:  # Any: what json takes
    """Return, ready for JSON, what of the settings decides how articles are read."""
    model = settings.language_model if settings.reader == "llm" else None
    return {
        "seeds": None if settings.seeds is None else str(settings.seeds),
        "cache": str(settings.cache),
        "camel_data": None if settings.camel_data is None else str(settings.camel_data),
        "language": settings.language,
        "reader": settings.reader,
        "language_model": None if model is None else asdict(model),
    }


def _gone() -> ProblemError:
    detail = "The process that reads articles does not answer: it is started again for the next one."
    return ProblemError(503, "reader-died", detail, headers={"Retry-After": "5"})


async def _read_frame(reader: asyncio.StreamReader) -> tuple[Header, bytes]:
    head = await reader.readexactly(frame_length(b""))
    return unpack_frame(head + await reader.readexactly(frame_length(head) - len(head)))
