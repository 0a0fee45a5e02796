"""Runs the service in this process until it is told to end: `rawabit serve`.

The socket is bound before anything else, so that a port that is taken is said at once and in plain words, and the
address is printed last, when requests are answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
import uvicorn
from fastapi import FastAPI

from graph.config import Settings
from graph.errors import SettingsError, StoreError
from graph.store.places import open_checkpoint

from .access import Access
from .deps import Service
from .limits import ServiceLimits
from .main import create_app
from .quick import quick_protocol
from .request_log import RequestLog, configure_logging, read_level

_GRACE_SECONDS = 15


class _Server(uvicorn.Server):
    """A server that says where it listens once it does, and then loads what the first article would wait for."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, address: str) -> None:
        super().__init__(config)
        self._service: Service = app.state.service
        self._access: Access = app.state.access
        self._address = address
        self._loading: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM as on any good end; uvicorn itself would raise the signal once more afterwards."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        gc.collect()
        gc.freeze()  # what is there now stays: to look through it again and again is a hundredth of all work
        if self.started:
            if self._access.may_write:
                self._loading = asyncio.create_task(self._service.reader.load())
            typer.echo(f"Rawabit answers at {self._address} (Ctrl-C ends it)")


def run_server(settings: Settings, *, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; raise SettingsError or StoreError where it cannot start."""
    level = read_level()
    configure_logging(level)
    app = create_app(settings, ServiceLimits.from_environment(), log=RequestLog(level))
    # Opened once here, because what the workers meet would come wrapped in the web server's own words.
    open_checkpoint(settings).close()
    _let_workers_finish()
    with bind(host, port) as listener:
        address = f"http://{_in_url(host)}:{listener.getsockname()[1]}"
        config = configure(app, grace=_GRACE_SECONDS)
        server = _Server(config, app, address)
        try:
            server.run(sockets=[listener])
        except SystemExit:  # how the web server says that the application did not start
            raise StoreError("the service did not start: the lines above say why.") from None


def _let_workers_finish() -> None:
    """Ask the system not to break into a worker's query each time that there is something to read for the server.

    It then reads what several workers and clients have sent at once; under load that is a tenth more answers.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def configure(app: FastAPI, *, grace: int) -> uvicorn.Config:
    """Return how an application is served; requests in flight have `grace` seconds to end at shutdown."""
    return uvicorn.Config(
        app,
        http=quick_protocol(app.state.service),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=grace,
        lifespan="on",
    )


def bind(host: str, port: int) -> socket.socket:
    """Take a port; raise SettingsError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sets TCP_NODELAY only then, and without it small answers take 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or error
        raise SettingsError(
            f"{host}:{port} cannot be listened at ({reason}): choose another --port or --host."
        ) from error
    return listener


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
