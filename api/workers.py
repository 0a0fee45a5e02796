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
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import StoreError

from .frames import WorkerSetup
from .limits import ServiceLimits
from .problems import ProblemError, out_of_memory, too_complex
from .worker import START_SECONDS, Frame, NurseryClient, Reply, Worker, pack_request

# With this many slow queries for each fast place, new ones wait: more processes would only share the same cores.
SLOW_PLACES = 3
# A query so many times slower than slow gives way for good; before that, the machine may just be busy.
_HEAVY = 4
# Somebody may end a worker that has done nothing wrong; one that dies of its query dies of it again.
_ATTEMPTS = 3
_RESTART_PAUSE = 0.5
# One look at all clocks every now and then costs less than three timers for each request.
_TICK_SECONDS = 0.02
log = logging.getLogger("rawabit.workers")


@dataclass(slots=True, eq=False)
class _Errand:
    """One request on its way: how long it may take, until when it waits for a worker, and where its answer goes."""

    request: bytes
    limit: float
    deadline: float
    patience: float
    reply: asyncio.Future[Reply]
    began: float = 0.0
    attempts_left: int = _ATTEMPTS

    def succeed(self, reply: Reply) -> None:
        if not self.reply.done():
            self.reply.set_result(reply)
        elif reply.file is not None:
            reply.file.close()

    def fail(self, problem: ProblemError) -> None:
        if not self.reply.done():
            self.reply.set_exception(problem)
            self.reply.exception()  # seen: nobody may be left to wait for it when the service goes down


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
        self._errands: dict[Worker, _Errand] = {}
        self._waiting: deque[_Errand] = deque()
        self._clock: asyncio.TimerHandle | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._mourning: set[asyncio.Task[None]] = set()
        self._reviving = asyncio.Lock()
        self._stopped = False
        self._generation = 0
        self.tag = ""

    async def start(self) -> None:
        """Start the first workers; raise StoreError where the store cannot be opened."""
        self._loop = asyncio.get_running_loop()
        await self._nursery.start()
        await asyncio.gather(*(self._add_worker() for _ in range(self._size)))

    async def stop(self) -> None:
        """End all workers; whoever still waits is told that the service is going down."""
        self._stopped = True
        if self._clock is not None:
            self._clock.cancel()
        for errand in (*self._waiting, *self._errands.values()):
            errand.fail(_exhausted("The server is shutting down."))
        self._waiting.clear()
        unfinished = (*self._starting, *self._mourning)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
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
        self._generation += 1
        await asyncio.gather(*(self._add_worker() for _ in range(self._size)))
        for worker in [each for each in self._idle if each.tag != self.tag]:
            self._idle.remove(worker)
            self._dismiss(worker)

    async def ask(
        self, task: str, arguments: Mapping[str, Any], *, seconds: float | None = None, gzip: bool = False
    ) -> Reply:
        """Have a worker answer; raise ProblemError where it refuses, is too slow or dies, or none is free."""
        return await self.submit(task, arguments, seconds=seconds, gzip=gzip)

    def submit(
        self, task: str, arguments: Mapping[str, Any], *, seconds: float | None = None, gzip: bool = False
    ) -> asyncio.Future[Reply]:
        """As `ask`, but return at once; cancelling what is returned ends the worker that is at it."""
        limit = self._seconds if seconds is None else seconds
        now = self._loop.time()
        errand = _Errand(
            request=pack_request(task, arguments, seconds=limit, gzip=gzip),
            limit=limit,
            deadline=now + limit,
            patience=now + min(limit, self._limits.patience),
            reply=self._loop.create_future(),
        )
        errand.reply.add_done_callback(lambda reply: self._abandon(errand) if reply.cancelled() else None)
        self._dispatch(errand)
        return errand.reply

    def _dispatch(self, errand: _Errand) -> None:
        """Give an errand to a free worker, or let it wait; raise ProblemError where too many wait."""
        if self._stopped:
            raise _exhausted("The server is shutting down.")
        while self._idle and self._idle[-1].has_died:
            self._dismiss(self._idle.pop())
        if self._idle:
            self._hand(self._idle.pop(), errand)
        else:
            self._grow()
            if len(self._waiting) >= self._limits.queue:
                raise _exhausted("Too many requests are waiting for a worker.")
            self._waiting.append(errand)
        if self._clock is None:
            self._clock = self._loop.call_later(_TICK_SECONDS, self._look_at_the_time)

    def _hand(self, worker: Worker, errand: _Errand) -> None:
        errand.began = self._loop.time()
        self._errands[worker] = errand
        worker.begin(errand.request, lambda frame: self._settle(worker, errand, frame))

    def _settle(self, worker: Worker, errand: _Errand, frame: Frame | None) -> None:
        """Pass a worker's answer on; the worker is then free for the next errand."""
        self._errands.pop(worker, None)
        if frame is None:
            mourning = asyncio.create_task(self._mourn(worker, errand))
            self._mourning.add(mourning)
            mourning.add_done_callback(self._mourning.discard)
            return
        try:
            reply = worker.read_reply(frame)
        except ProblemError as problem:
            errand.fail(problem)
        else:
            errand.succeed(reply)
        self._give_back(worker)

    async def _mourn(self, worker: Worker, errand: _Errand) -> None:
        """Replace a worker that died of an errand, and give the errand to another if it is not to blame."""
        self._end(worker)
        code = await worker.exit_code()
        log.warning("worker %s ended with code %s while answering", worker.pid, code)
        errand.attempts_left -= 1
        if code == -signal.SIGABRT:  # how the store's allocator gives up at the memory limit
            errand.fail(out_of_memory())
        elif code == -signal.SIGSEGV:  # how the store's parser ends that has no room left on its stack
            errand.fail(too_complex())
        elif not errand.attempts_left:
            errand.fail(_crashed())
        elif not errand.reply.done():
            try:
                self._dispatch(errand)
            except ProblemError as problem:
                errand.fail(problem)

    def _abandon(self, errand: _Errand) -> None:
        """Forget an errand that nobody waits for any more, and end the worker that is at it."""
        if errand in self._waiting:
            self._waiting.remove(errand)
        for worker in [each for each, its in self._errands.items() if its is errand]:
            self._end(worker)

    def _look_at_the_time(self) -> None:
        """End what is too slow, make room beside what is slow, and send away who has waited long enough."""
        now = self._loop.time()
        for worker, errand in tuple(self._errands.items()):
            if now >= errand.deadline:
                errand.fail(_too_slow(errand.limit))
                self._end(worker)
                continue
            if not worker.slow and now >= errand.began + self._limits.slow_after:
                worker.slow = True
                self._grow()
            if not worker.demoted and now >= errand.began + self._limits.slow_after * _HEAVY:
                worker.demote()
        for errand in [each for each in self._waiting if now >= each.patience]:
            self._waiting.remove(errand)
            errand.fail(_exhausted("All workers are busy with long queries."))
        is_busy = self._errands or self._waiting
        self._clock = self._loop.call_later(_TICK_SECONDS, self._look_at_the_time) if is_busy else None

    def _give_back(self, worker: Worker) -> None:
        worker.slow = False
        is_spare = len(self._idle) >= 2 * self._size
        if is_spare or worker.demoted or worker.tag != self.tag or worker.has_died or self._stopped:
            self._dismiss(worker)
        elif self._waiting:
            self._hand(worker, self._waiting.popleft())
        else:
            self._idle.append(worker)

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
                await self._revive_nursery()
                await self._add_worker()
                return
            except StoreError as error:
                log.error("no worker could be started: %s", error)
                await asyncio.sleep(_RESTART_PAUSE)

    async def _revive_nursery(self) -> None:
        """Start the nursery again where it has died."""
        async with self._reviving:
            if not self._nursery.is_alive:
                await self._nursery.stop()
                self._nursery = NurseryClient(self._setup)
                await self._nursery.start()

    async def beget_writer(self) -> Worker:
        """Start a process that writes; it is no worker of the pool, and whoever asked for it ends it."""
        await self._revive_nursery()
        return await self._nursery.beget(writes=True)

    async def end_writer(self, writer: Worker) -> int | None:
        """End a writer, if it has not ended by itself, and wait until it is gone; return its exit code."""
        self._nursery.end(writer)
        return await writer.exit_code(START_SECONDS)

    async def _add_worker(self) -> None:
        generation = self._generation
        worker = await self._nursery.beget()
        self._all.add(worker)
        worker.when_dead(lambda: self._bury(worker))
        if generation == self._generation:
            self.tag = worker.tag
        # Otherwise it may have opened the checkpoint before the newest: it is given back as what it is, maybe outdated.
        self._give_back(worker)

    def _bury(self, worker: Worker) -> None:
        """Put another in the place of a worker that died while it was idle; those at work are seen to by who asked."""
        if worker in self._idle:
            self._idle.remove(worker)
            self._dismiss(worker)

    def _end(self, worker: Worker) -> None:
        self._errands.pop(worker, None)
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
