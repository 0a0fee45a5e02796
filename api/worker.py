"""Workers as the server sees them: born of a nursery, asked over a socket, ended when they take too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

from graph.errors import StoreError

from .access import TOKEN
from .frames import BIRTH, KILL, MESSAGE, WRITER, Header, WorkerSetup, frame_length, pack_frame, unpack_frame
from .problems import ProblemError

START_SECONDS = 20.0
# The path is the server's own, and -P keeps the current folder out of it, which may hold another `api`.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[3]); from api.nursery import main; main()"
DEATH_SECONDS = 0.25
_TUNABLE = "glibc.malloc.tcache_count=2000:glibc.malloc.hugetlb=1"
# How far a worker with a long query steps back where there is no way to have only the time that nobody else wants.
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """A worker's answer: `body` holds it, or `file` where it is large; `tag` names the checkpoint."""

    content_type: str
    body: bytes
    file: BinaryIO | None
    gzip: bool
    tag: str
    headers: Mapping[str, str] = field(default_factory=dict)


Ending: TypeAlias = "asyncio.Future[int | None]"
"""Done when a worker has ended; its exit code where the nursery could tell."""


Frame: TypeAlias = "tuple[Header, bytes]"


class _Link(asyncio.Protocol):
    """The server's end of a worker's socket: frames that arrive go to whoever waits, one at a time.

    `asyncio`'s streams did the same, but a quick query took less time than they did.
    """

    def __init__(self) -> None:
        self._held = b""
        self._take: Callable[[Frame | None], None] | None = None
        self.is_lost = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class, which is not derived from it

    def data_received(self, data: bytes) -> None:
        self._held = self._held + data if self._held else data
        while self._take is not None and len(self._held) >= (length := frame_length(self._held)):
            frame, self._held = self._held[:length], self._held[length:]
            self._take(unpack_frame(frame))

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        if self._take is not None:
            take, self._take = self._take, None
            take(None)

    def send(self, data: bytes) -> None:
        """Send a frame; where the worker has gone, whoever waits for the answer is told."""
        if self.transport is not None and not self.is_lost:
            self.transport.write(data)

    def listen(self, take: Callable[[Frame | None], None]) -> None:
        """Have frames taken from now on, and None when the worker has gone and has left none."""
        self._take = take
        self.data_received(b"")
        if self.is_lost and self._take is not None:
            self._take = None
            take(None)

    def forget(self) -> None:
        """Tell nobody of what comes."""
        self._take = None


class Worker:
    """One query process. It answers one request after another, and `began` with the present one."""

    def __init__(self, pid: int, link: _Link, died: Ending) -> None:
        self.pid = pid
        self.tag = ""
        self.slow = False
        self.demoted = False
        self.began = 0.0
        self._link = link
        self._died = died

    async def greet(self) -> None:
        """Wait until the worker has opened its checkpoint; raise StoreError with its reason where it could not."""
        header, _ = await self._next_frame()
        if "problem" in header:
            raise StoreError(header["problem"]["detail"])
        self.tag = header["tag"]

    def listen(self, take: Callable[[Frame | None], None]) -> None:
        """Have all answers taken from now on, and None when the worker has gone."""
        self._link.listen(take)

    def send(self, request: bytes) -> None:
        """Send a request; answers come in the order of requests."""
        self._link.send(request)

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for its answer; raise ProblemError for a refusal, ConnectionError when it dies."""
        self.send(request)
        return self.read_reply(await self._next_frame())

    async def receive(self) -> Header:
        """Wait for a frame; raise ProblemError where it tells of one, ConnectionError when the worker dies."""
        header, _ = await self._next_frame()
        if "problem" in header:
            raise _problem_from(header["problem"])
        return header

    def read_reply(self, frame: Frame) -> Reply:
        """Return what a frame answers; raise ProblemError where it refuses."""
        header, body = frame
        if "problem" in header:
            raise _problem_from(header["problem"])
        return Reply(
            content_type=header["content_type"],
            body=body,
            file=_take_file(header["file"]) if "file" in header else None,
            gzip=header["gzip"],
            tag=self.tag,
            headers=header["headers"],
        )

    async def exit_code(self, seconds: float = DEATH_SECONDS) -> int | None:
        """Wait for the end of a worker that has hung up; None where that does not come, or nobody was there to see."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._died), seconds)
        except TimeoutError:
            return None

    @property
    def has_died(self) -> bool:
        """Whether it has gone, or its end has been reported."""
        return self._link.is_lost or self._died.done()

    @property
    def is_reaped(self) -> bool:
        """Whether its end has been reported, after which its pid may be another's."""
        return self._died.done()

    def demote(self) -> None:
        """Give other processes the right of way; there is no way back without privileges.

        With a lower priority alone it would keep its core for milliseconds after others woke up.
        """
        self.demoted = True
        with contextlib.suppress(OSError):
            if sys.platform == "linux":
                os.sched_setscheduler(self.pid, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self.pid, _NICENESS)

    def dismiss(self) -> None:
        """Let an idle worker end by itself; whoever waits for it is not told."""
        self._link.forget()
        if self._link.transport is not None:
            self._link.transport.close()

    async def _next_frame(self) -> Frame:
        arrived: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()

        def take(frame: Frame | None) -> None:
            self._link.forget()
            if arrived.done():
                return
            if frame is None:
                arrived.set_exception(ConnectionResetError("the worker has gone"))
            else:
                arrived.set_result(frame)

        self._link.listen(take)
        return await arrived


class NurseryClient:
    """The server's end of the nursery's socket; restart it by making another."""

    def __init__(self, setup: WorkerSetup, environment: Mapping[str, str] | None = None) -> None:
        self._setup, self._environment = setup, dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._control: socket.socket | None = None
        self._listening: asyncio.Task[None] | None = None
        self._births: deque[asyncio.Future[int]] = deque()
        self._deaths: dict[int, Ending] = {}

    @property
    def pid(self) -> int | None:
        """The nursery's process."""
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """Whether the nursery can be asked."""
        return self._listening is not None and not self._listening.done()

    async def start(self) -> None:
        """Start the nursery's process."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", _BOOT, str(theirs.fileno()), json.dumps(self._setup.to_json())]
            path = [entry or os.getcwd() for entry in sys.path]
            self._process = subprocess.Popen(
                [*command, json.dumps(path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # Out of reach of the terminal's keys, but in the same session: Linux shares cores among sessions first.
                process_group=0,
                env=_with_quick_malloc({name: value for name, value in self._inherited() if name != TOKEN}),
            )
        self._control = ours
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._listening = asyncio.create_task(self._listen(reader))

    def _inherited(self) -> Iterable[tuple[str, str]]:
        """Return what workers know from their environment; what only some may know is not told on a command line."""
        return (os.environ | self._environment).items()

    async def beget(self, *, writes: bool = False) -> Worker:
        """Have a worker or a writer forked and wait until it is ready; raise StoreError where it cannot be."""
        ours, theirs = socket.socketpair()
        born: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        with theirs:
            if self._control is None or not self.is_alive:
                ours.close()
                raise StoreError("the process that starts workers is not there: it is being started again.")
            try:
                socket.send_fds(self._control, [MESSAGE.pack(WRITER if writes else BIRTH, 0, 0)], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise StoreError(
                    "the process that starts workers does not answer: it is being started again."
                ) from error
            self._births.append(born)
        transport, link = await asyncio.get_running_loop().create_connection(_Link, sock=ours)
        try:
            async with asyncio.timeout(START_SECONDS):
                pid = await born
                worker = Worker(pid, link, self._deaths[pid])
                await worker.greet()
                return worker
        except (TimeoutError, ConnectionError) as error:
            transport.close()
            raise StoreError("a worker did not start: see the server's log.") from error
        except (StoreError, asyncio.CancelledError):
            transport.close()
            raise

    def end(self, worker: Worker) -> None:
        """End a worker at once, whatever it is doing."""
        worker.dismiss()
        if self._writer is not None and not worker.is_reaped and not self._writer.is_closing():
            self._writer.write(MESSAGE.pack(KILL, worker.pid, 0))

    async def stop(self) -> None:
        """End the nursery and with it all workers."""
        if self._writer is not None:
            self._writer.close()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._process is not None:
            await asyncio.to_thread(self._process.wait)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                kind, pid, code = MESSAGE.unpack(await reader.readexactly(MESSAGE.size))
                if kind == BIRTH:
                    self._deaths[pid] = loop.create_future()
                    birth = self._births.popleft()
                    if not birth.done():
                        birth.set_result(pid)
                    continue
                self._deaths.pop(pid).set_result(code)
                for left in Path(self._setup.spool).glob(f"answer-{pid}-*"):
                    left.unlink(missing_ok=True)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            for birth in self._births:
                if not birth.done():
                    birth.set_exception(ConnectionResetError("the nursery has gone"))
            for death in self._deaths.values():
                death.set_result(None)
            self._births.clear()
            self._deaths.clear()


def _with_quick_malloc(environment: Mapping[str, str]) -> dict[str, str]:
    """Have glibc keep more freed blocks at hand, of which a query makes thousands, and ask for large pages.

    Without the one a quick query takes a third longer, without the other a tenth. Other C libraries take no notice.
    """
    given = environment.get("GLIBC_TUNABLES")
    return {**environment, "GLIBC_TUNABLES": f"{given}:{_TUNABLE}" if given else _TUNABLE}


def pack_request(task: str, arguments: Mapping[str, Any], *, seconds: float, gzip: bool) -> bytes:
    """Return a request as Worker.ask sends it."""
    return pack_frame({"task": task, "arguments": dict(arguments), "seconds": seconds, "gzip": gzip})


def _take_file(path: str) -> BinaryIO:
    """Open a large answer and unlink it, so that it goes with the last who reads it."""
    file = Path(path).open("rb")  # noqa: SIM115 - whoever streams it closes it
    os.unlink(path)
    return file


def _problem_from(header: Header) -> ProblemError:
    return ProblemError(header["status"], header["code"], header["detail"], headers=header["headers"], **header["more"])
