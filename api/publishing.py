"""Keeps the workers on the newest checkpoint: looked for now and then, and at once where this server has made it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from graph.errors import StoreError
from graph.store.layout import current_checkpoint

from .workers import WorkerPool

_LOOK_AGAIN_SECONDS = 0.5
log = logging.getLogger("rawabit.http")


class Publisher:
    """Moves a pool that was started to new checkpoints of its store."""

    def __init__(self, store: Path, pool: WorkerPool) -> None:
        self._store, self._pool = store, pool
        self._seen: tuple[str, int] | None = None
        self._one_at_a_time = asyncio.Lock()

    def begin(self) -> None:
        """Note, before the pool is started, what it will at least be on; raise StoreError where there is nothing."""
        self._seen = _identify(current_checkpoint(self._store))

    async def publish(self) -> None:
        """Have every request from now on answered from the newest checkpoint; raise StoreError or OSError."""
        async with self._one_at_a_time:
            found = _identify(current_checkpoint(self._store))
            if found != self._seen:
                await self._pool.refresh()
                self._seen = found

    async def watch(self) -> None:
        """Publish what others have made, for as long as the server runs."""
        while True:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            try:
                await self.publish()
            except (StoreError, OSError) as error:
                log.warning("the newest checkpoint cannot be opened, the last one is served: %s", error)


def _identify(checkpoint: Path) -> tuple[str, int]:
    return str(checkpoint), checkpoint.stat().st_mtime_ns
