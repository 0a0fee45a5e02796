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
from functools import lru_cache
from typing import Any, cast

from .spool import Limits

Header = dict[str, Any]  # Any: what json gives
_LENGTHS = struct.Struct("!II")
MESSAGE = struct.Struct("!cii")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_READ_BYTES = 64 * 1024
_SHORT_HEADER = 512
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
    return join_frame(pack_header(header), body)


def pack_header(header: Mapping[str, Any]) -> bytes:
    """Return a header as join_frame takes it, which may be kept for the next frame that has the same."""
    return _encode(header).encode("utf-8", "surrogatepass")


def join_frame(header: bytes, body: bytes) -> bytes:
    """Return a frame of a header that has been packed."""
    return b"".join((_LENGTHS.pack(len(header), len(body)), header, body))


def frame_length(data: bytes | bytearray) -> int:
    """Return how long the frame is that begins with some bytes, as far as these tell."""
    return _LENGTHS.size + sum(_LENGTHS.unpack_from(data)) if len(data) >= _LENGTHS.size else _LENGTHS.size


def unpack_frame(data: bytes) -> tuple[Header, bytes]:
    """Return the header and the body of a whole frame.

    Most frames have one of a few headers, which are read once: change none.
    """
    header_length, _ = _LENGTHS.unpack_from(data)
    end = _LENGTHS.size + header_length
    header = data[_LENGTHS.size : end]
    return _read_short(header) if header_length < _SHORT_HEADER else _read_header(header), data[end:]


def _read_header(text: bytes) -> Header:
    return cast(Header, json.loads(text.decode("utf-8", "surrogatepass")))


_read_short = lru_cache(64)(_read_header)


class FrameReader:
    """Reads frames in a worker; several that came together are read with one system call."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held = b""

    def next_frame(self) -> tuple[Header, bytes] | None:
        """Read a frame; return None where the server has hung up."""
        held = self._held
        while len(held) < (length := frame_length(held)):
            # A long frame is read in as few pieces as there are.
            part = self._connection.recv(max(length - len(held), _READ_BYTES))
            if not part:
                return None
            held = held + part if held else part
        if len(held) == length:
            self._held = b""
            return unpack_frame(held)
        self._held = held[length:]
        return unpack_frame(held[:length])


def receive_frame(connection: socket.socket) -> tuple[Header, bytes] | None:
    """Read the one frame that a process is sent; return None where the server has hung up."""
    return FrameReader(connection).next_frame()
