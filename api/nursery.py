"""The process that forks workers: it has imported all that they need, so a new one is ready in milliseconds.

Because it is their parent and has not reaped them, a pid that it ends cannot have passed to another process. When the
server goes, however it goes, the socket between them closes and everything here ends with it.

multiprocessing's own fork server was tried: it runs the main script again in every child, and imports its preloads
with the current folder in front of the path.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
from types import FrameType

from .frames import BIRTH, DEATH, KILL, MESSAGE, WRITER, WorkerSetup
from .worker_process import run_worker
from .worker_store import Shelf
from .worker_writing import run_writer

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Serve the socket whose descriptor is the first argument; the second is the setup of every worker."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))  # the server's own way is not for its workers
    with socket.socket(fileno=int(sys.argv[1])) as control:
        nursery = Nursery(control, WorkerSetup.from_json(json.loads(sys.argv[2])), Shelf.load())
        # What is there now stays: collecting it in every worker again would copy the pages that they share.
        gc.freeze()
        nursery.serve()


class Nursery:
    """The workers that this process has forked and that have not been reaped yet."""

    def __init__(self, control: socket.socket, setup: WorkerSetup, shelf: Shelf) -> None:
        self._control, self._setup, self._shelf = control, setup, shelf
        self._children: set[int] = set()
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)

    def serve(self) -> None:
        """Do as asked until the server has gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, _wake_up)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        try:
            while True:
                ready, _, _ = select.select([self._control.fileno(), self._wake_read], [], [])
                if self._wake_read in ready:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._wake_read, 4096)
                    self._reap()
                if self._control.fileno() in ready and not self._obey():
                    return
        except (BrokenPipeError, ConnectionResetError):
            return
        finally:
            for pid in self._children:
                os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE.size, 1)
        if len(data) < MESSAGE.size:
            return False
        order, pid, _ = MESSAGE.unpack(data)
        if order == KILL:
            # Not reaped yet means that the pid is still this child's, dead or alive.
            if pid in self._children:
                os.kill(pid, signal.SIGKILL)
            return True
        with socket.socket(fileno=descriptors[0]) as connection:
            child = os.fork()
            if child == 0:
                self._become_worker(connection, writes=order == WRITER)
        self._children.add(child)
        self._control.sendall(MESSAGE.pack(BIRTH, child, 0))
        return True

    def _reap(self) -> None:
        for pid in tuple(self._children):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                self._children.discard(pid)
                self._control.sendall(MESSAGE.pack(DEATH, pid, os.waitstatus_to_exitcode(status)))

    def _become_worker(self, connection: socket.socket, *, writes: bool) -> None:
        """Turn the forked child into a worker, or into a writer; never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            self._control.close()
            os.close(self._wake_read)
            os.close(self._wake_write)
            if writes:
                run_writer(connection, self._setup)
            else:
                run_worker(connection, self._setup, self._shelf)
            code = 0
        finally:
            os._exit(code)


def _wake_up(number: int, frame: FrameType | None) -> None:
    """Let set_wakeup_fd wake the loop: a signal without a handler of its own would not."""
