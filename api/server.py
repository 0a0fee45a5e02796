"""Runs the service in this process until it is told to end: `rawabit serve`.

The socket is bound before anything else, so that a port that is taken is said at once and in plain words, and the
address is printed last, when requests are answered.
"""

from __future__ import annotations

import logging
import socket

import typer
import uvicorn

from graph.config import Settings
from graph.errors import SettingsError, StoreError
from graph.store.layout import current_checkpoint

from .main import create_app

_GRACE_SECONDS = 15


class _Server(uvicorn.Server):
    """A server that says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            typer.echo(f"Rawabit answers at {self._address} (Ctrl-C ends it)")


def run_server(settings: Settings, *, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; raise SettingsError or StoreError where it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    current_checkpoint(settings.store)
    app = create_app(settings)
    with _bind(host, port) as listener:
        address = f"http://{_in_url(host)}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
            lifespan="on",
        )
        server = _Server(config, address)
        server.run(sockets=[listener])
    if not server.started:
        raise StoreError("the service did not start: the lines above say why.")


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
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
