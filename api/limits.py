"""How much one request may take, read once from the environment and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from graph.errors import SettingsError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """The limits of the HTTP service; each is also RAWABIT_<NAME> in the environment.

    `max_rows` and `max_bytes` bound one answer, `max_body` a request's body in bytes, `worker_memory` what one query
    may add to its process in bytes, `queue` how many requests may wait for a worker, `patience` for how many seconds,
    `slow_after` the seconds after which a query makes room for others, `export_seconds` the time limit of an export,
    `update_seconds` that of a change, `read_seconds` that of reading one article, and `max_upload` bounds the body of
    a change in bytes.
    """

    max_rows: int = 5_000_000
    max_bytes: int = 1024 * MEGABYTE
    max_body: int = MEGABYTE
    worker_memory: int = 2048 * MEGABYTE
    queue: int = 256
    patience: float = 2.0
    slow_after: float = 0.25
    export_seconds: float = 60.0
    update_seconds: float = 60.0
    read_seconds: float = 30.0
    max_upload: int = 64 * MEGABYTE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> ServiceLimits:
        """Read RAWABIT_MAX_ROWS and its like; raise SettingsError for what is not a number above 0."""
        values = os.environ if environment is None else environment
        found: dict[str, float | int] = {}
        for each in fields(cls):
            name = f"RAWABIT_{each.name.upper()}"
            if name in values:
                found[each.name] = _positive(name, values[name], whole=isinstance(each.default, int))
        return cls(**found)  # type: ignore[arg-type]  # whole numbers where the field is one: see _positive


def _positive(name: str, text: str, *, whole: bool) -> float | int:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise SettingsError(f"{name}={text!r}: give a {'whole ' if whole else ''}number.") from None
    if not 0 < number < 1e15:
        raise SettingsError(f"{name}={text!r}: give a number above 0.")
    return number
