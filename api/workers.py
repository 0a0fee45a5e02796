"""The pool of query processes: it lends a worker to each request, ends those that take too long, and keeps up numbers.

Beside a query that runs longer than `slow_after` another worker is started, and when it goes on for long it steps back
in the queue for the cores: a few heavy queries thus never stand in the way of light ones. Where all places are taken,
requests wait for a moment and are then told to come back.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import StoreError

from .frames import WorkerSetup
from .limits import ServiceLimits
from .problems import ProblemError, out_of_memory
from .worker import NurseryClient, Reply, Worker, pack_request

# With this many slow queries for each fast place, new ones wait: more processes would only share the same cores.
SLOW_PLACES = 3
# A query so many times slower than slow gives way for good; before that, the machine may just be busy.
_HEAVY = 4
# Somebody may end a worker that has done nothing wrong; one that dies of its query dies of it again.
_ATTEMPTS = 3
_RESTART_PAUSE = 0.5
log = logging.getLogger("rawabit.workers")


class WorkerPool:
    """Workers on one store. It belongs to the event loop that started it."""

    def __init__(self, store: Path, limits: ServiceLimits, *, size: int, seconds: float) -> None:
        self._limits, self._size, self._seconds = limits, size, seconds
        self._spool = TemporaryDirectory(prefix="rawabit-")
        self._setup = WorkerSetup(
            store=str(store),
            spool=self._spool.name,
            max_bytes=limits.max_bytes,
            max_rows=limits.max_rows,
            memory=limits.worker_memory,
        )
        self._nursery = NurseryClient(self._setup)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._reviving = asyncio.Lock()
        self._stopped = False
        self.tag = ""

    async def start(self) -> None:
        """Start the first workers; raise StoreError where the store cannot be opened."""
        await self._nursery.start()
        await asyncio.gather(*(self._add_worker() for _ in range(self._size)))

    async def stop(self) -> None:
        """End all workers; whoever still waits is told that the service is going down."""
        self._stopped = True
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(_exhausted("The server is shutting down."))
        for task in tuple(self._starting):
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in tuple(self._all):
            self._forget(worker)
        await self._nursery.stop()
        self._spool.cleanup()

    @property
    def spool(self) -> Path:
        """The folder for large answers on their way."""
        return Path(self._spool.name)

    @property
    def workers(self) -> frozenset[Worker]:
        """All workers, free or not."""
        return frozenset(self._all)

    @property
    def nursery_pid(self) -> int | None:
        """The process that forks the workers."""
        return self._nursery.pid

    @property
    def is_ready(self) -> bool:
        """Whether there is a worker, free or not."""
        return bool(self._all) and not self._stopped

    async def refresh(self) -> None:
        """Put workers on the newest checkpoint in the place of those on an older one; requests in flight go on."""
        await asyncio.gather(*(self._add_worker() for _ in range(self._size)))
        for worker in [each for each in self._idle if each.tag != self.tag]:
            self._idle.remove(worker)
            self._dismiss(worker)

    async def ask(
        self, task: str, arguments: Mapping[str, Any], *, seconds: float | None = None, gzip: bool = False
    ) -> Reply:
        """Have a worker answer; raise ProblemError where it refuses, is too slow or dies, or none is free."""
        limit = self._seconds if seconds is None else seconds
        deadline = asyncio.get_running_loop().time() + limit
        request = pack_request(task, arguments, seconds=limit, gzip=gzip)
        for attempts_left in reversed(range(_ATTEMPTS)):
            worker = await self._take(deadline)
            try:
                return await self._ask(worker, request, deadline)
            except TimeoutError:
                raise _too_slow(limit) from None
            except ConnectionError:
                code = await worker.exit_code()
                log.warning("worker %s ended with code %s while answering", worker.pid, code)
                if code == -signal.SIGABRT:  # how the store's allocator gives up at the memory limit
                    raise out_of_memory() from None
                if not attempts_left:
                    raise _crashed() from None
        raise AssertionError("unreachable")

    async def _ask(self, worker: Worker, request: bytes, deadline: float) -> Reply:
        """Ask a worker that was taken; afterwards it is free again, or ended where its answer was not waited for."""
        loop = asyncio.get_running_loop()
        timers = (
            loop.call_later(self._limits.slow_after, self._make_room_beside, worker),
            loop.call_later(self._limits.slow_after * _HEAVY, worker.demote),
        )
        is_free = False
        try:
            async with asyncio.timeout_at(deadline):
                reply = await worker.ask(request)
            is_free = True
            return reply
        except ProblemError:
            is_free = True
            raise
        finally:
            for timer in timers:
                timer.cancel()
            if is_free:
                self._give_back(worker)
            else:
                self._end(worker)

    async def _take(self, deadline: float) -> Worker:
        if self._idle:
            return self._idle.pop()
        self._grow()
        if len(self._waiting) >= self._limits.queue:
            raise _exhausted("Too many requests are waiting for a worker.")
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Worker] = loop.create_future()
        self._waiting.append(waiting)
        is_taken = False
        try:
            async with asyncio.timeout_at(min(deadline, loop.time() + self._limits.patience)):
                worker = await waiting
            is_taken = True
            return worker
        except TimeoutError:
            raise _exhausted("All workers are busy with long queries.") from None
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            if not is_taken and waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._give_back(waiting.result())

    def _give_back(self, worker: Worker) -> None:
        worker.slow = False
        is_spare = len(self._idle) >= 2 * self._size
        if is_spare or worker.demoted or worker.tag != self.tag or worker.has_died or self._stopped:
            self._dismiss(worker)
            return
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def _make_room_beside(self, worker: Worker) -> None:
        worker.slow = True
        self._grow()

    def _grow(self) -> None:
        """Start workers until enough of them are not held up, as far as there are places."""
        while not self._stopped:
            quick = sum(not worker.slow for worker in self._all) + len(self._starting)
            if quick >= self._size or len(self._all) + len(self._starting) >= self._size * (1 + SLOW_PLACES):
                return
            task = asyncio.create_task(self._start_worker())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_worker(self) -> None:
        """Add a worker, trying again for as long as the store or the nursery will not have it."""
        while not self._stopped:
            try:
                async with self._reviving:
                    if not self._nursery.is_alive:
                        await self._nursery.stop()
                        self._nursery = NurseryClient(self._setup)
                        await self._nursery.start()
                await self._add_worker()
                return
            except StoreError as error:
                log.error("no worker could be started: %s", error)
                await asyncio.sleep(_RESTART_PAUSE)

    async def _add_worker(self) -> None:
        worker = await self._nursery.beget()
        self._all.add(worker)
        worker.when_dead(lambda: self._bury(worker))
        self.tag = worker.tag
        self._give_back(worker)

    def _bury(self, worker: Worker) -> None:
        """Put another in the place of a worker that died while it was idle; those at work are seen to by who asked."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._dismiss(worker)

    def _end(self, worker: Worker) -> None:
        self._forget(worker)
        self._grow()

    def _forget(self, worker: Worker) -> None:
        self._all.discard(worker)
        self._nursery.end(worker)

    def _dismiss(self, worker: Worker) -> None:
        self._all.discard(worker)
        worker.dismiss()
        self._grow()


def _exhausted(reason: str) -> ProblemError:
    return ProblemError(503, "busy", f"{reason} Try again in a moment.", headers={"Retry-After": "1"})


def _too_slow(limit: float) -> ProblemError:
    detail = (
        f"The answer was not ready within {limit:g} s and its computation was ended: narrow the patterns, "
        "add a LIMIT, or page."
    )
    return ProblemError(504, "time-limit", detail, seconds=limit)


def _crashed() -> ProblemError:
    detail = "The worker that answered this died, time and again: the query may be more than the store can take."
    return ProblemError(500, "worker-died", detail)
