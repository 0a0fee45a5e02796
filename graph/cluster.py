"""Has documents read by the workers of a Dask cluster, shard by shard, and hands back what becomes of them, in order.

A worker loads the reader once. A shard whose worker dies is given to another; one of which workers keep dying is cut up
into its documents, and a document of which they keep dying is refused by name. All that a worker sends back is that a
shard is written.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from .crew import MOST_WAITING, Refused, Task
from .errors import SettingsError
from .intake import Intake, IntakeSetup, ReadDocument
from .model import Refusal
from .shards import ShardPlace, name_shard
from .store.address import is_address

SHARD_DOCUMENTS, SHARD_CHARACTERS = 64, 400_000
# Shards that wait for each thread of a worker: enough to keep it busy while others are loaded.
_AHEAD = 3
_RETRIES = 3
_CONNECT_SECONDS = 20.0
# camel-tools and what it keeps are not made for two threads.
_one_at_a_time = threading.Lock()

Passed = TypeVar("Passed")


@dataclass(frozen=True, slots=True)
class ClusterSetup:
    """What a worker has to know: how to read, the hash of that reading, and where shards lie."""

    intake: IntakeSetup
    reading: str
    shards: str


@dataclass(slots=True)
class _Shard:
    """Tasks on their way, with whatever came between them; `future` is None where the shard was there already."""

    key: str
    items: Sequence[object]
    future: Any  # Any: distributed has no types

    @property
    def tasks(self) -> list[Task]:
        """What is to be read."""
        return [item for item in self.items if isinstance(item, Task)]


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, scheduler: str, setup: ClusterSetup, *, seconds: float = _CONNECT_SECONDS) -> None:
        """Connect; raise SettingsError where Dask is not installed or no scheduler answers within `seconds`."""
        try:
            from distributed import Client
        except ImportError as error:
            raise SettingsError("--scheduler needs Dask: install rawabit[dask] here and on all workers.") from error
        self._setup = setup
        self._place = ShardPlace(setup.shards)
        try:
            connect: Any = Client  # Any: distributed has no types
            self._client = connect(scheduler, timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise SettingsError(f"--scheduler {scheduler}: nobody answers there ({error}): is it running?") from error

    def close(self) -> None:
        """Let go of the scheduler; it goes on."""
        self._client.close()

    def read(self, items: Iterable[Task | Passed]) -> Iterator[ReadDocument | Refused | Passed]:
        """Read tasks and pass on whatever else comes, all in the order in which they came.

        Raise SettingsError where a worker reads in another way than this process, RawabitError where none can read.
        """
        line: deque[_Shard] = deque()
        waiting: list[Task | Passed] = []
        documents = characters = 0
        for item in items:
            waiting.append(item)
            if isinstance(item, Task):
                documents, characters = documents + 1, characters + len(item.document.text)
            if documents >= SHARD_DOCUMENTS or characters >= SHARD_CHARACTERS or len(waiting) >= MOST_WAITING:
                line.append(self._submit(waiting))
                waiting, documents, characters = [], 0, 0
            while len(line) > self._most_ahead():
                yield from self._finish(line.popleft())
        line.append(self._submit(waiting))
        while line:
            yield from self._finish(line.popleft())

    def _most_ahead(self) -> int:
        return _AHEAD * max(1, sum(int(count) for count in self._client.nthreads().values()))

    def _submit(self, items: Sequence[object]) -> _Shard:
        tasks = [item for item in items if isinstance(item, Task)]
        key = name_shard(tasks, self._setup.reading, self._setup.intake.base_iri)
        if not tasks or self._place.has(key):
            return _Shard(key, items, None)
        future = self._client.submit(
            make_shard, self._setup, key, tasks, key=f"rawabit-{key}", retries=_RETRIES, pure=False
        )
        return _Shard(key, items, future)

    def _finish(self, shard: _Shard) -> Iterator[ReadDocument | Refused | Passed]:
        """Wait for a shard and yield what is in it, and what was passed on, in order."""
        outcomes = self._outcomes(shard)
        for item in shard.items:
            if not isinstance(item, Task):
                yield cast(Passed, item)
                continue
            outcome = next(outcomes)
            yield Refused(item.document, outcome) if isinstance(outcome, Refusal) else outcome

    def _outcomes(self, shard: _Shard) -> Iterator[ReadDocument | Refusal]:
        from distributed import KilledWorker

        tasks = shard.tasks
        if not tasks:
            return
        try:
            if shard.future is not None:
                shard.future.result()
            yield from list(self._place.read(shard.key))
        except KilledWorker as error:
            if len(tasks) == 1:
                document = tasks[0].document
                reason = f"reading it ended the worker that read it ({error}): split the article, and please report it."
                yield Refusal(document.path or document.id, reason, document.line)
                return
            # One after the other: what waits beside it at a worker that dies would be taken to have ended it, too.
            for task in tasks:
                yield from self._outcomes(self._submit([task]))
        except ModuleNotFoundError as error:
            raise SettingsError(
                f"a worker lacks {error.name}: install this version of Rawabit on all workers."
            ) from error


def make_shard(setup: ClusterSetup, key: str, tasks: Sequence[Task]) -> str:
    """Read documents and write their shard, in a worker; return its key.

    Raise SettingsError where this worker's rules, words or seeds are not those of who asks.
    """
    with _one_at_a_time:
        intake = _load(setup.intake)
        if intake.reading != setup.reading:
            raise SettingsError(
                "a worker reads in another way than the builder: install one version of Rawabit everywhere, with the "
                "same RAWABIT_SEEDS."
            )
        outcomes = [intake.take(task.document, thoroughly=task.thoroughly) for task in tasks]
    ShardPlace(setup.shards).write(key, outcomes)
    return key


@lru_cache(1)
def _load(setup: IntakeSetup) -> Intake:
    """Load the reader, once in a worker's life."""
    return setup.load()


def choose_shards(shards: str | None, store: Path) -> str:
    """Return where shards lie: where it is said, or beside the store; raise SettingsError where there is no beside."""
    if shards is not None:
        return shards
    if is_address(store):
        raise SettingsError("--scheduler with an endpoint as the store: give --shards, a place that all workers reach.")
    return str(store.resolve().with_name(f"{store.resolve().name}-shards"))
