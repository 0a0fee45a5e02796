"""Loads an HTTP server from a process of its own: a task in, a result out, both JSON files named on the command line.

A task has `port`, `targets` (paths with their query strings, each asked once, in turn, round and round), `connections`,
`seconds` and `accept`. The result has `seconds`, the `times` of all answers in seconds, `bytes`, `rows` (line ends) and
how often each `status` came; an answer that broke off counts as status 0.

It speaks HTTP/1.1 itself, over connections that stay open: a client library costs more than the servers that are
compared, and would hide what lies between them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import httptools
import uvloop


class Connection(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last has come in whole."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.transport: asyncio.Transport | None = None
        self.parser = httptools.HttpResponseParser(self)
        self.began = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class, which is not derived from it
        self.ask()

    def ask(self) -> None:
        assert self.transport is not None
        request = self.load.next_request()
        if request is None:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.load.bytes += len(body)
        if self.load.counts_rows:
            self.load.rows += body.count(b"\n")

    def on_message_complete(self) -> None:
        self.load.times.append(time.perf_counter() - self.began)
        self.load.statuses[self.parser.get_status_code()] += 1
        keeps_open = self.parser.should_keep_alive()
        self.parser = httptools.HttpResponseParser(self)
        self.began = 0.0
        if keeps_open:
            self.ask()
        elif self.transport is not None:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.began:
            self.load.statuses[0] += 1
        if not self.done.done():
            self.done.set_result(None)


class Load:
    """What is asked, and what came of it."""

    def __init__(self, task: dict[str, Any]) -> None:
        tail = f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {task['accept']}\r\n\r\n"
        self._requests: Iterator[bytes] = cycle([f"GET {target}{tail}".encode() for target in task["targets"]])
        self._port, self._connections = task["port"], task["connections"]
        self._left: int | None = task.get("requests")
        self._seconds = task["seconds"]
        self._deadline = 0.0
        self.counts_rows = task.get("counts_rows", False)
        self.times: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.bytes = self.rows = 0

    def next_request(self) -> bytes | None:
        """Return the next request, or None when time or number is up."""
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                return None
        return next(self._requests) if time.perf_counter() < self._deadline else None

    async def run(self) -> dict[str, Any]:
        """Ask over all connections until time or number is up, and for as long as the last answers take."""
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        self._deadline = began + self._seconds
        await asyncio.gather(*(self._keep_asking(loop) for _ in range(self._connections)))
        return {
            "seconds": time.perf_counter() - began,
            "times": self.times,
            "bytes": self.bytes,
            "rows": self.rows,
            "statuses": {str(status): number for status, number in self.statuses.items()},
        }

    async def _keep_asking(self, loop: asyncio.AbstractEventLoop) -> None:
        while (self._left is None or self._left > 0) and time.perf_counter() < self._deadline:
            _, connection = await loop.create_connection(lambda: Connection(self), "127.0.0.1", self._port)
            await connection.done


def main() -> None:
    """Do the task of the first file and write the result to the second."""
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(json.dumps(uvloop.run(Load(task).run())), encoding="utf-8")


if __name__ == "__main__":
    main()
