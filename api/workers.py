"""The pool of query processes: it lends a worker to each request, ends those that take too long, and keeps up numbers.

Beside a query that runs longer than `slow_after` another worker is started, and when it goes on for long it steps back
in the queue for the cores: a few heavy queries thus never stand in the way of light ones. Where all places are taken,
requests wait for a moment and are then told to come back.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections import Counter, deque
from collections.abc import Collection, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import StoreError

from .errands import Errand, Taker, crashed, exhausted, settle, too_slow
from .frames import WorkerSetup
from .limits import ServiceLimits
from .problems import ProblemError, out_of_memory, too_complex
from .worker import START_SECONDS, Frame, NurseryClient, Reply, Worker, pack_request

# With this many slow queries for each fast place, new ones wait: more processes would only share the same cores.
SLOW_PLACES = 3
# A query so many times slower than slow gives way for good; before that, the machine may just be busy.
_HEAVY = 4
_RESTART_PAUSE = 0.5
# One look at all clocks every now and then costs less than three timers for each request.
_TICK_SECONDS = 0.02
# A worker that finds its next request waiting for it does not go to sleep in between. What has waited there behind
# something slow is given to another; on a busy machine nothing is quicker than this, and work would be done twice.
_DEPTH = 4
_HELD_UP_SECONDS = 0.05
log = logging.getLogger("rawabit.workers")


class WorkerPool:
    """Workers on one store. It belongs to the event loop that started it."""

    def __init__(
        self,
        store: Path,
        limits: ServiceLimits,
        *,
        size: int,
        seconds: float,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._limits, self._size, self.seconds = limits, size, seconds
        self._spool = TemporaryDirectory(prefix="rawabit-")
        self._setup = WorkerSetup(
            store=str(store),
            spool=self._spool.name,
            max_bytes=limits.max_bytes,
            max_rows=limits.max_rows,
            memory=limits.worker_memory,
        )
        self._environment = environment
        self._nursery = NurseryClient(self._setup, self._environment)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._queues: dict[Worker, deque[Errand]] = {}
        self._waiting: deque[Errand] = deque()
        self._clock: asyncio.TimerHandle | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._mourning: set[asyncio.Task[None]] = set()
        self._reviving = asyncio.Lock()
        self._stopped = False
        self._generation = 0
        self.tag = ""
        self.ends: Counter[str] = Counter(dict.fromkeys(("time-limit", "hung-up", "memory", "died"), 0))

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
        for errand in chain(self._waiting, *self._queues.values()):
            errand.fail(exhausted("The server is shutting down."))
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

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    def count_states(self) -> dict[str, int]:
        """Count the workers that are free, that answer, and those among them that take long or are being started."""
        slow = sum(worker.slow for worker in self._all)
        return {
            "idle": len(self._idle),
            "busy": len(self._queues) - slow,
            "slow": slow,
            "starting": len(self._starting),
        }

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
        """Have a worker answer; raise ProblemError where it refuses, is too slow or dies, or none is free.

        To cancel this ends the worker that is at it.
        """
        limit = self.seconds if seconds is None else seconds
        reply: asyncio.Future[Reply] = self._loop.create_future()
        request = pack_request(task, arguments, seconds=limit, gzip=gzip)
        errand = self.submit(request, partial(settle, reply), seconds=limit)
        try:
            return await reply
        except asyncio.CancelledError:
            self.abandon(errand)
            raise

    def submit(self, request: bytes, take: Taker, *, seconds: float) -> Errand:
        """Give a packed request to a worker, or let it wait; raise ProblemError where too many wait."""
        now = self._loop.time()
        errand = Errand(request, seconds, now + seconds, now + min(seconds, self._limits.patience), take)
        self._dispatch(errand)
        return errand

    def abandon(self, errand: Errand) -> None:
        """Forget an errand that nobody waits for any more, and end the worker that is at it."""
        if errand.is_done:
            return
        errand.is_done = True
        if errand in self._waiting:
            self._waiting.remove(errand)
        for worker in [each for each, queue in self._queues.items() if queue[0] is errand]:
            self.ends["hung-up"] += 1
            self._end(worker)

    def _dispatch(self, errand: Errand) -> None:
        """Give an errand to a worker, or let it wait; raise ProblemError where too many wait."""
        if self._stopped:
            raise exhausted("The server is shutting down.")
        worker = None if self._waiting else self._find_worker()
        if worker is not None:
            self._hand(worker, errand)
        else:
            self._grow()
            if len(self._waiting) >= self._limits.queue:
                raise exhausted("Too many requests are waiting for a worker.")
            self._waiting.append(errand)
        self._keep_time()

    def _find_worker(self) -> Worker | None:
        """Return a free worker, or one that has just begun with something and may well be done with it soon."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.has_died:
                return worker
            self._dismiss(worker)
        recent = self._loop.time() - _TICK_SECONDS
        for worker, queue in self._queues.items():
            if len(queue) < _DEPTH and worker.began > recent and worker.tag == self.tag and not worker.has_died:
                return worker
        return None

    def _hand(self, worker: Worker, errand: Errand) -> None:
        queue = self._queues.get(worker)
        if queue is None:
            queue = self._queues[worker] = deque()
            worker.began = self._loop.time()
        queue.append(errand)
        worker.send(errand.request)

    def _settle(self, worker: Worker, frame: Frame | None) -> None:
        """Pass a worker's answer on, and see to it that the worker has something to do."""
        if frame is None:
            self._mourn(worker)
            return
        queue = self._queues[worker]
        errand = queue.popleft()
        try:
            reply = worker.read_reply(frame)
        except ProblemError as problem:
            errand.fail(problem)
        else:
            errand.succeed(reply)
        worker.slow = False
        if queue:
            worker.began = self._loop.time()
            self._fill(worker)
        else:
            del self._queues[worker]
            self._give_back(worker)

    def _fill(self, worker: Worker) -> None:
        """Let a worker begin with what waits for one, and have the next request there when it is done with that."""
        if worker.demoted or worker.tag != self.tag or self._stopped:
            return
        while self._waiting and len(self._queues.get(worker, ())) < _DEPTH:
            errand = self._waiting.popleft()
            if not errand.is_done:
                self._hand(worker, errand)

    def _mourn(self, worker: Worker) -> None:
        """Replace a worker that has died; what it was at is looked into, the rest goes to others at once."""
        queue = self._queues.pop(worker, None)
        self._idle = [each for each in self._idle if each is not worker]
        self._end(worker)
        if queue:
            looking = asyncio.create_task(self._look_into(worker, queue.popleft()))
            self._mourning.add(looking)
            looking.add_done_callback(self._mourning.discard)
            self._take_back(queue)

    async def _look_into(self, worker: Worker, errand: Errand) -> None:
        """Find out whether a worker died of its errand, and give it to another if not."""
        code = await worker.exit_code()
        log.warning("worker %s ended with code %s while answering", worker.pid, code)
        errand.attempts_left -= 1
        self.ends["memory" if code == -signal.SIGABRT else "died"] += 1
        if code == -signal.SIGABRT:  # how the store's allocator gives up at the memory limit
            errand.fail(out_of_memory())
        elif code == -signal.SIGSEGV:  # how the store's parser ends that has no room left on its stack
            errand.fail(too_complex())
        elif not errand.attempts_left:
            errand.fail(crashed())
        else:
            self._take_back([errand])

    def _take_back(self, errands: Collection[Errand]) -> None:
        """Let errands wait for another worker, before all that came later."""
        if self._stopped:
            for errand in errands:
                errand.fail(exhausted("The server is shutting down."))
            return
        self._waiting.extendleft(errand for errand in reversed([*errands]) if not errand.is_done)
        while self._waiting and self._idle and (worker := self._find_worker()):
            self._fill(worker)
        self._keep_time()

    def _keep_time(self) -> None:
        if self._clock is None and (self._queues or self._waiting):
            self._clock = self._loop.call_later(_TICK_SECONDS, self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        """End what is too slow, make room beside what is slow, and send away who has waited long enough."""
        self._clock = None
        now = self._loop.time()
        for worker in tuple(self._queues):
            self._look_at(worker, now)
        for errand in [each for each in self._waiting if now >= each.patience]:
            self._waiting.remove(errand)
            errand.fail(exhausted("All workers are busy with long queries."))
        self._keep_time()

    def _look_at(self, worker: Worker, now: float) -> None:
        queue, busy = self._queues[worker], now - worker.began
        errand = queue[0]
        is_late = now >= errand.deadline
        if is_late and not errand.is_done:
            self.ends["time-limit"] += 1
            errand.fail(too_slow(errand.limit))
        if is_late or (errand.is_done and busy >= self._limits.slow_after):
            self._end(worker)  # nobody waits for what it is at
            return
        if len(queue) > 1 and busy >= _HELD_UP_SECONDS:
            # The worker will answer what it was sent, which nobody waits for any more.
            self._queues[worker] = deque([errand, *(each.leave_behind() for each in [*queue][1:])])
            self._take_back([*queue][1:])
        if not worker.slow and busy >= self._limits.slow_after:
            worker.slow = True
            self._grow()
        if not worker.demoted and busy >= self._limits.slow_after * _HEAVY:
            worker.demote()

    def _give_back(self, worker: Worker) -> None:
        is_spare = len(self._idle) >= 2 * self._size
        if is_spare or worker.demoted or worker.tag != self.tag or worker.has_died or self._stopped:
            self._dismiss(worker)
            return
        self._fill(worker)
        if worker not in self._queues:
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
                self._nursery = NurseryClient(self._setup, self._environment)
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
        worker.listen(lambda frame: self._settle(worker, frame))
        if generation == self._generation:
            self.tag = worker.tag
        # Otherwise it may have opened the checkpoint before the newest: it is given back as what it is, maybe outdated.
        self._give_back(worker)

    def _end(self, worker: Worker) -> None:
        """End a worker at once; what it had not begun with goes to others."""
        queue = self._queues.pop(worker, None)
        self._forget(worker)
        self._grow()
        if queue:
            self._take_back([*queue][1:])

    def _forget(self, worker: Worker) -> None:
        self._all.discard(worker)
        self._nursery.end(worker)

    def _dismiss(self, worker: Worker) -> None:
        self._all.discard(worker)
        worker.dismiss()
        self._grow()
