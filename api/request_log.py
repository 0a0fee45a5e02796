"""The service's log: a JSON object a line on standard error, one for each request and each thing that goes wrong.

A line about a request has its id, method, path and status, and no query text unless the level is `debug`: that may hold
what somebody is looking for. Lines about requests are gathered for a moment, because a system call for each would cost
more than a quick query's answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from graph.errors import SettingsError

LEVEL = "RAWABIT_LOG_LEVEL"
LEVELS = ("debug", "info", "warning", "error")
_FLUSH_SECONDS = 0.1
_MOST_HELD = 200


class JsonFormatter(logging.Formatter):
    """Writes a record of the logging module as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": _write_time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def configure_logging(level: str, stream: TextIO | None = None) -> None:
    """Have everything that is logged in this process written as JSON lines, from a level upwards."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def read_level(environment: Mapping[str, str] | None = None) -> str:
    """Read RAWABIT_LOG_LEVEL; raise SettingsError for one that there is not."""
    values = os.environ if environment is None else environment
    level = (values.get(LEVEL) or "info").lower()
    if level not in LEVELS:
        raise SettingsError(f"{LEVEL}={level!r}: give one of {', '.join(LEVELS)}.")
    return level


class RequestLog:
    """Where requests are written when they have been answered; it belongs to one event loop."""

    def __init__(self, level: str = "info", stream: TextIO | None = None) -> None:
        self.tells_queries = level == "debug"
        self._is_on = level in ("debug", "info")
        self._stream = stream
        self._lines: list[str] = []
        self._timer: asyncio.TimerHandle | None = None

    def write(
        self, request_id: str, method: str, path: str, status: int, seconds: float, query: bytes | None = None
    ) -> None:
        """Write down a request that has been answered; `query` is its query string, for the level `debug` alone."""
        if not self._is_on:
            return
        text = json.dumps(path) if path != "/sparql" else '"/sparql"'
        asked = f', "query": {json.dumps(query.decode("latin-1"))}' if query and self.tells_queries else ""
        self._lines.append(
            f'{{"time": "{_write_time(time.time())}", "level": "info", "event": "request", "request": "{request_id}", '
            f'"method": "{method}", "path": {text}, "status": {status}, "ms": {seconds * 1000:.1f}{asked}}}\n'
        )
        if len(self._lines) >= _MOST_HELD:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_FLUSH_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what has been gathered."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lines:
            stream = self._stream or sys.stderr
            stream.write("".join(self._lines))
            stream.flush()
            self._lines.clear()


@lru_cache(4)
def _write_second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _write_time(moment: float) -> str:
    whole = int(moment)
    return f"{_write_second(whole)}.{int((moment - whole) * 1000):03}Z"
