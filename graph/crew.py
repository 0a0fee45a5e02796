"""Has documents read by several processes, and hands back what becomes of them in the order in which they came.

A process that dies or hangs costs one document at most: what it was reading is read again one by one, and a document
of which a process dies once more is refused by name.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import TypeVar

from .crew_process import Answers
from .errors import RawabitError
from .in_order import map_in_order
from .intake import Intake, IntakeSetup, ReadDocument
from .model import Document, Refusal
from .nursery import Nursery

ERRAND_DOCUMENTS, ERRAND_CHARACTERS = 16, 60_000
# Errands that wait at each process: enough to keep it busy while a batch is stored.
ERRANDS_AHEAD = 4
MOST_WAITING = 5_000
SILENT_SECONDS = 300.0
# So many processes in a row that die before they have read anything are no fault of documents.
MOST_DEATHS = 200

Passed = TypeVar("Passed")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be read; `thoroughly` asks pySHACL about it, too."""

    document: Document
    thoroughly: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that is refused, and why."""

    document: Document
    refusal: Refusal


def read_here(load: Callable[[], Intake], items: Iterable[Task | Passed]) -> Iterator[ReadDocument | Refused | Passed]:
    """Read tasks in this process, with what `load` gives once there is one; whatever else comes is passed on."""
    intake = None
    for item in items:
        if isinstance(item, Task):
            intake = intake or load()
            yield _settle(item, intake.take(item.document, thoroughly=item.thoroughly))
        else:
            yield item


def read_waiting(
    load: Callable[[], Intake], items: Iterable[Task | Passed], most: int
) -> Iterator[ReadDocument | Refused | Passed]:
    """Read as `read_here` does, so many tasks at once: for readers that wait for somebody else. The order is kept."""
    intake = load()

    def read(item: Task | Passed) -> ReadDocument | Refused | Passed:
        if isinstance(item, Task):
            return _settle(item, intake.take(item.document, thoroughly=item.thoroughly))
        return item

    return map_in_order(read, items, most=most)


@dataclass(slots=True)
class _Place:
    """A place in the line: a document that is to be read, or nothing, and what is to be handed back in it."""

    task: Task | None
    answer: object | None = None

    def settle(self, answer: ReadDocument | Refusal) -> None:
        """Take in what became of the task."""
        self.answer = answer if self.task is None else _settle(self.task, answer)


@dataclass(slots=True)
class _Errand:
    """Places whose tasks a process reads together; `deaths` counts the processes that died of it."""

    places: list[_Place]
    deaths: int = 0

    def is_full(self, most: int) -> bool:
        """Say whether no task should be added."""
        if len(self.places) >= most:
            return True
        return sum(len(place.task.document.text) for place in self.places if place.task) >= ERRAND_CHARACTERS

    def tasks(self) -> list[Task]:
        """Return what is to be read."""
        return [place.task for place in self.places if place.task is not None]


@dataclass(slots=True)
class _Reader:
    """A process that reads, and what it was given to read: the first errand is the one that it is at."""

    connection: Connection
    process: int
    errands: deque[_Errand] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)
    is_hung: bool = False

    def has_room(self, errand: _Errand) -> bool:
        """Say whether an errand may be added. One that a process may have died of comes alone: a process that dies
        takes answers along that it had not sent yet, and what it died of would be guessed at."""
        if errand.deaths or any(each.deaths for each in self.errands):
            return not self.errands
        return len(self.errands) < ERRANDS_AHEAD


class Crew:
    """Processes that read; they are started when there is something to be read."""

    def __init__(self, setup: IntakeSetup, workers: int, *, silent_seconds: float = SILENT_SECONDS) -> None:
        self._nursery = Nursery(setup)
        self._workers = workers
        self._silent_seconds = silent_seconds
        self._readers: list[_Reader] = []
        self._line: deque[_Place] = deque()
        self._waiting: deque[_Errand] = deque()
        self._posted = self._deaths = 0

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self) -> None:
        """Have the reader loaded by and by, where it is known that there is something to be read."""
        self._nursery.begin()

    def close(self) -> None:
        """Let go of the processes; they end by themselves."""
        for reader in self._readers:
            reader.connection.close()
        self._readers.clear()
        self._nursery.close()

    def read(self, items: Iterable[Task | Passed]) -> Iterator[ReadDocument | Refused | Passed]:
        """Read tasks and pass on whatever else comes, all in the order in which they came.

        Raise LanguageDataError where the reader cannot be loaded, RawabitError where no process stays alive.
        """
        errand = _Errand([])
        for item in items:
            place = _Place(item) if isinstance(item, Task) else _Place(None, item)
            self._line.append(place)
            if place.task is not None:
                errand.places.append(place)
            # The first errands are small, so that a few documents are shared out, too.
            if errand.is_full(min(ERRAND_DOCUMENTS, 1 + self._posted)) or len(self._line) > MOST_WAITING:
                self._post(errand)
                errand = _Errand([])
            yield from self._finished()
            while self._is_busy():
                self._listen()
                yield from self._finished()
        self._post(errand)
        while self._line:
            self._listen()
            yield from self._finished()

    def _finished(self) -> Iterator[ReadDocument | Refused | Passed]:
        while self._line and self._line[0].answer is not None:
            yield self._line.popleft().answer  # type: ignore[misc]

    def _is_busy(self) -> bool:
        return len(self._line) > MOST_WAITING or bool(self._waiting)

    def _post(self, errand: _Errand) -> None:
        if errand.places:
            self._posted += 1
            self._waiting.append(errand)
            self._hand_out()

    def _hand_out(self) -> None:
        """Give the errands that wait to whoever has the least to do, as long as there is room."""
        while self._waiting:
            free = min(self._readers, key=lambda reader: len(reader.errands), default=None)
            if (free is None or free.errands) and len(self._readers) < self._workers:
                free = _Reader(*self._nursery.fork())
                self._readers.append(free)
            if free is None or not free.has_room(self._waiting[0]):
                return
            errand = self._waiting.popleft()
            if not free.errands:
                free.since = time.monotonic()
            free.errands.append(errand)
            try:
                free.connection.send([(task.document, task.thoroughly) for task in errand.tasks()])
            except OSError:
                self._bury(free)

    def _listen(self) -> None:
        """Wait until somebody has read something or has died, and take it in."""
        busy = [reader for reader in self._readers if reader.errands]
        ready = wait([reader.connection for reader in busy], timeout=1.0)
        for reader in [each for each in busy if each.connection in ready]:
            try:
                answers: Answers = reader.connection.recv()
            except (EOFError, OSError):
                self._bury(reader)
                continue
            self._deaths = 0
            reader.since = time.monotonic()
            for place, answer in zip(reader.errands.popleft().places, answers, strict=True):
                place.settle(answer)
        self._hand_out()
        if not ready:
            self._end_the_silent(busy)

    def _end_the_silent(self, readers: Iterable[_Reader]) -> None:
        for reader in readers:
            if time.monotonic() - reader.since > self._silent_seconds and not reader.is_hung:
                reader.is_hung = True
                self._nursery.kill(reader.process)

    def _bury(self, reader: _Reader) -> None:
        """Share out what a dead process leaves; what it died of is cut up, or refused where it is one document."""
        self._readers.remove(reader)
        reader.connection.close()
        how = self._nursery.reap(reader.process)
        if reader.is_hung:
            how = f"took longer than {self._silent_seconds:g} s"
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise RawabitError(f"the processes that read keep dying ({how}): try again with --workers 1.")
        suspect, *others = reader.errands
        suspect.deaths += 1
        self._waiting.extendleft(reversed(others))
        if len(suspect.places) > 1:
            self._waiting.extendleft(_Errand([place], 1) for place in reversed(suspect.places))
        elif suspect.deaths < 2:
            self._waiting.appendleft(suspect)
        else:
            suspect.places[0].settle(_refuse(suspect.tasks()[0].document, how))
        self._hand_out()


def _settle(task: Task, answer: ReadDocument | Refusal) -> ReadDocument | Refused:
    return Refused(task.document, answer) if isinstance(answer, Refusal) else answer


def _refuse(document: Document, how: str) -> Refusal:
    reason = f"reading it ended the process that read it ({how}): split the article, and please report it."
    return Refusal(document.path or document.id, reason, document.line)
