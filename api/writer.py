"""Makes changes, one at a time, each in a process of its own that is the store's one writer while it lives.

A change whose time passes before it is made is ended and leaves nothing; once it is made it is waited for, until it is
in a checkpoint and every following request sees it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Mapping
from typing import Any

from .frames import Header, pack_frame
from .problems import ProblemError, out_of_memory, too_complex
from .publishing import Publisher
from .workers import WorkerPool

log = logging.getLogger("rawabit.writer")


class Writer:
    """What changes the store; `seconds` bounds the waiting for its turn and the making of a change together."""

    def __init__(self, pool: WorkerPool, publisher: Publisher, *, seconds: float) -> None:
        self._pool, self._publisher, self._seconds = pool, publisher, seconds
        self._turn = asyncio.Lock()

    async def write(self, task: str, arguments: Mapping[str, Any], body: bytes = b"") -> Header:  # Any: what json takes
        """Have a change made and published; raise ProblemError where it cannot be."""
        deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(deadline):
                await self._turn.acquire()
        except TimeoutError:
            detail = "Other changes are being made: try again in a moment."
            raise ProblemError(503, "busy", detail, headers={"Retry-After": "5"}) from None
        try:
            done = await self._make(pack_frame({"task": task, "arguments": dict(arguments)}, body), deadline)
            await self._publisher.publish()
            return done
        finally:
            self._turn.release()

    async def _make(self, request: bytes, deadline: float) -> Header:
        writer = await self._pool.beget_writer()
        code: int | None = None
        try:
            async with asyncio.timeout_at(deadline):
                writer.send(request)
                await writer.receive()  # made, and from here on it is not ended
            done: Header = (await writer.receive())["done"]
            return done
        except TimeoutError:
            detail = f"The change was not made within {self._seconds:g} s: it was ended, and nothing is changed."
            raise ProblemError(504, "time-limit", detail, seconds=self._seconds) from None
        except ConnectionError:
            code = await writer.exit_code()
            log.warning("writer %s ended with code %s", writer.pid, code)
            if code == -signal.SIGABRT:  # how the store's allocator gives up at the memory limit
                raise out_of_memory() from None
            if code == -signal.SIGSEGV:  # how a parser ends that has no room left on its stack
                raise too_complex() from None
            detail = "The process that made the change died; look whether it was made before you send it again."
            raise ProblemError(500, "writer-died", detail) from None
        finally:
            await self._pool.end_writer(writer)
