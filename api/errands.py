"""One request on its way to a worker and back, and what its client is told when that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from .problems import ProblemError
from .worker import Reply

# Somebody may end a worker that has done nothing wrong; one that dies of its query dies of it again.
_ATTEMPTS = 3

Taker: TypeAlias = "Callable[[Reply | ProblemError], None]"
"""Who waits for the answer to an errand; it is called once, unless nobody waits any more."""


@dataclass(slots=True, eq=False)
class Errand:
    """A request: how long it may take, until when it waits for a worker, and where its answer goes.

    `is_done` says that it was answered, or that nobody waits for it any more.
    """

    request: bytes
    limit: float
    deadline: float
    patience: float
    take: Taker
    attempts_left: int = _ATTEMPTS
    is_done: bool = False

    def leave_behind(self) -> Errand:
        """Return what stands in the queue of a worker for an errand that was sent to it and then given to another."""
        return self if self.is_done else replace(self, is_done=True)

    def succeed(self, reply: Reply) -> None:
        """Pass an answer on, or forget it where it is not waited for."""
        if not self.is_done:
            self.is_done = True
            self.take(reply)
        elif reply.file is not None:
            reply.file.close()

    def fail(self, problem: ProblemError) -> None:
        """Say that there is no answer."""
        if not self.is_done:
            self.is_done = True
            self.take(problem)


def settle(future: asyncio.Future[Reply], answer: Reply | ProblemError) -> None:
    """Pass an answer to whoever awaits it; it may have been cancelled a moment ago."""
    if isinstance(answer, Reply):
        if not future.done():
            future.set_result(answer)
        elif answer.file is not None:
            answer.file.close()
    elif not future.done():
        future.set_exception(answer)
        future.exception()  # seen: nobody may be left to wait for it when the service goes down


def exhausted(reason: str) -> ProblemError:
    """Return what is said when no worker is free."""
    return ProblemError(503, "busy", f"{reason} Try again in a moment.", headers={"Retry-After": "1"})


def too_slow(limit: float) -> ProblemError:
    """Return what is said when the time limit has passed."""
    detail = (
        f"The answer was not ready within {limit:g} s and its computation was ended: narrow the patterns, "
        "add a LIMIT, or page."
    )
    return ProblemError(504, "time-limit", detail, seconds=limit)


def crashed() -> ProblemError:
    """Return what is said when one worker after another died of a request."""
    detail = "The worker that answered this died, time and again: the query may be more than the store can take."
    return ProblemError(500, "worker-died", detail)
