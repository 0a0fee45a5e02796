"""What goes through the pipe between server and worker: a JSON header and a body, each with its length in front.

JSON and not pickle: a worker runs strangers' queries, and nothing that it sends may run in the server.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

Header = dict[str, Any]  # Any: what json gives
_LENGTHS = struct.Struct("!II")


def pack_frame(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    text = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(text), len(body)) + text + body


async def read_frame(reader: asyncio.StreamReader) -> tuple[Header, bytes]:
    """Read a frame in the server; raise asyncio.IncompleteReadError where the worker has gone."""
    header_length, body_length = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    data = await reader.readexactly(header_length + body_length)
    return json.loads(data[:header_length]), data[header_length:]


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
