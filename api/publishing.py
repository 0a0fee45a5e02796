"""Keeps the workers on the newest checkpoint: looked for now and then, and at once where this server has made it."""

from __future__ import annotations

import asyncio
import logging

from graph.config import Settings
from graph.errors import StoreError
from graph.store.address import is_address
from graph.store.layout import current_checkpoint
from graph.store.places import open_checkpoint

from .workers import WorkerPool

_LOOK_AGAIN_SECONDS, _ASK_AGAIN_SECONDS = 0.5, 2.0
log = logging.getLogger("rawabit.http")


class Publisher:
    """Moves a pool that was started to new checkpoints of its store."""

    def __init__(self, settings: Settings, pool: WorkerPool) -> None:
        self._settings, self._pool = settings, pool
        self._is_remote = is_address(settings.store)
        self._seen: tuple[str, int] | None = None
        self._one_at_a_time = asyncio.Lock()

    def begin(self) -> None:
        """Note, before the pool is started, what it will at least be on; raise StoreError where there is nothing."""
        self._seen = _identify(self._settings)

    async def publish(self) -> None:
        """Have every request from now on answered from the newest checkpoint; raise StoreError or OSError."""
        async with self._one_at_a_time:
            if self._is_remote:  # which may take long, and makes indexes of what is new
                found = await asyncio.to_thread(_identify, self._settings)
            else:
                found = _identify(self._settings)
            if found != self._seen:
                await self._pool.refresh()
                self._seen = found

    async def watch(self) -> None:
        """Publish what others have made, for as long as the server runs."""
        while True:
            await asyncio.sleep(_ASK_AGAIN_SECONDS if self._is_remote else _LOOK_AGAIN_SECONDS)
            try:
                await self.publish()
            except (StoreError, OSError) as error:
                log.warning("the newest checkpoint cannot be opened, the last one is served: %s", error)


def _identify(settings: Settings) -> tuple[str, int]:
    if is_address(settings.store):
        with open_checkpoint(settings, seconds=settings.query_seconds) as opened:
            return str(opened.path), 0
    checkpoint = current_checkpoint(settings.store)
    return str(checkpoint), checkpoint.stat().st_mtime_ns
