"""What goes between the server, the nursery and the workers.

A worker is sent frames and sends them: a JSON header and a body, each with its length in front. The nursery is sent
`BIRTH` or `WRITER` with a descriptor, or `KILL` with a pid, and tells of each `BIRTH` its pid and of each `DEATH` its
exit code.

JSON and not pickle: a worker runs strangers' queries, and nothing that it sends may run in the server.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .spool import Limits

Header = dict[str, Any]  # Any: what json gives
_LENGTHS = struct.Struct("!II")
MESSAGE = struct.Struct("!cii")
BIRTH, WRITER, DEATH, KILL = b"b", b"w", b"d", b"k"


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What every worker is started with: the store, a folder for large answers, and how large they may grow."""

    store: str
    spool: str
    max_bytes: int
    max_rows: int
    memory: int

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> WorkerSetup:  # Any: what json gives
        return cls(**values)

    @property
    def limits(self) -> Limits:
        """How large an answer may grow."""
        return Limits(self.max_bytes, self.max_rows)

    def to_json(self) -> dict[str, Any]:  # Any: what json takes
        return asdict(self)


def pack_frame(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def frame_length(data: bytes | bytearray) -> int:
    """Return how long the frame is that begins with some bytes, as far as these tell."""
    return _LENGTHS.size + sum(_LENGTHS.unpack_from(data)) if len(data) >= _LENGTHS.size else _LENGTHS.size


def unpack_frame(data: bytes) -> tuple[Header, bytes]:
    """Return the header and the body of a whole frame."""
    start = _LENGTHS.size
    header_length, body_length = _LENGTHS.unpack_from(data)
    header = json.loads(data[start : start + header_length])
    return header, data[start + header_length : start + header_length + body_length]


def receive_frame(connection: socket.socket) -> tuple[Header, bytes] | None:
    """Read a frame in a worker; return None where the server has hung up."""
    lengths = _receive_exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    header_length, body_length = _LENGTHS.unpack(lengths)
    data = _receive_exactly(connection, header_length + body_length)
    return None if data is None else (json.loads(data[:header_length]), data[header_length:])


def _receive_exactly(connection: socket.socket, length: int) -> bytes | None:
    parts: list[bytes] = []
    while length:
        part = connection.recv(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
