"""An answer as a worker gives it: a media type and a function that writes the bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

Arguments = Mapping[str, Any]  # Any: what json gives; each task reads its own keys
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Something to be written. `row_mark` is a byte sequence that stands once for each row, where rows are limited."""

    content_type: str
    write: Callable[[BinaryIO], object]
    row_mark: bytes | None = None
    headers: Headers = ()


def json_answer(value: object) -> Answer:
    """Return an answer that is one JSON document."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Answer("application/json", lambda sink: sink.write(body))
