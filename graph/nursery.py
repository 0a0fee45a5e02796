"""The builder's end of the process that loads the reader once and forks processes that read."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Connection

from .crew_process import FORK, REAP
from .errors import RawabitError
from .intake import IntakeSetup

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from graph.crew_process import main; main()"
_GONE = "the process that starts readers has ended: is there memory left? Build again, with fewer --workers."


def forking_environment() -> dict[str, str]:
    """Return the environment of a process that loads a reader and forks.

    A thread that computes does not live on in a fork, which waits for it for ever: there may be none.
    """
    return os.environ | {"OMP_NUM_THREADS": "1"}


class Nursery:
    """Starts its process when the first fork is asked for, or before by `begin`.

    Forking from this process would not do: its store has threads, and what a thread holds at that moment is held for
    ever in the fork.
    """

    def __init__(self, setup: IntakeSetup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._orders: Connection | None = None
        self._is_ready = False

    def begin(self) -> None:
        """Start the process, which loads the reader for seconds; who forks first waits until that is done."""
        self._control, theirs = socket.socketpair()
        self._orders = Connection(os.dup(self._control.fileno()))
        command = [sys.executable, "-c", _BOOT, str(theirs.fileno()), json.dumps(sys.path)]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=(theirs.fileno(),))
        try:
            self._orders.send(self._setup)
        except OSError as error:
            raise RawabitError(_GONE) from error

    def fork(self) -> tuple[Connection, int]:
        """Return the connection to a new process that reads, and its number; raise RawabitError where there is none."""
        if self._process is None:
            self.begin()
        assert self._orders is not None
        assert self._control is not None
        if not self._is_ready:
            self._wait(self._orders)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._orders.send((FORK, 0))
                socket.send_fds(self._control, [b"\0"], [theirs.fileno()])
                process: int = self._orders.recv()
        except (EOFError, OSError) as error:
            ours.close()
            raise RawabitError(_GONE) from error
        return Connection(ours.detach()), process

    def kill(self, process: int) -> None:
        """End a process at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    def reap(self, process: int) -> str:
        """Say in a few words how a process ended; wait for that where it is still ending."""
        assert self._orders is not None
        try:
            self._orders.send((REAP, process))
            code: int = self._orders.recv()
        except (EOFError, OSError) as error:
            raise RawabitError(_GONE) from error
        return f"signal {-code}, {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def close(self) -> None:
        """Let go of the process, which ends, and wait for that."""
        if self._orders is not None and self._control is not None and self._process is not None:
            self._orders.close()
            self._control.close()
            if self._process.poll() is None:
                self._process.kill()  # it keeps nothing, and may be loading for seconds still
            self._process.wait()
        self._orders = self._control = self._process = None
        self._is_ready = False

    def _wait(self, orders: Connection) -> None:
        """Wait until the reader is loaded; raise what is wrong with it."""
        try:
            problem: Exception | str | None = orders.recv()
        except (EOFError, OSError) as error:
            raise RawabitError(_GONE) from error
        if isinstance(problem, Exception):
            raise problem
        if problem is not None:
            raise RawabitError(f"the reader cannot be loaded: {problem}: please report it.")
        self._is_ready = True
