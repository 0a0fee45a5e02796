"""Answers the plainest of requests, `GET /sparql?query=…`, on the connection itself: no routing, no task, one write.

Whatever else a request has about it (another parameter, a body, a condition, a pipeline before it) goes the usual way
through the application, and so does what is wrong with it: this path knows no refusals of its own. Its answers are byte
for byte those of the usual way, which a test holds it to.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from binascii import a2b_qp
from functools import lru_cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from .deps import CHUNK, Service, answer_headers, digest_request
from .middleware import API_HEADERS, new_request_id, read_request_id
from .negotiation import accepts_gzip
from .problem_handlers import write_problem
from .problems import INTERNAL, ProblemError
from .sparql_text import is_steady
from .worker import Reply

_PREFIX = b"/sparql?query="
_PATH = "/sparql"
_UNHEARD = 499
log = logging.getLogger("rawabit.http")
_FIXED = b"".join(b"%b: %b\r\n" % header for header in API_HEADERS)
# With any of these a request is not plain: it has a body, or a condition, or wants another protocol.
_NOT_PLAIN = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"if-none-match", b"if-match", b"range", b"upgrade")
)


def quick_protocol(service: Service) -> type[HttpToolsProtocol]:
    """Return the protocol class of a server's connections that answers for a service."""
    return type("ServiceProtocol", (QuickProtocol,), {"service": service})


class QuickProtocol(HttpToolsProtocol):
    """One connection; `service` is set by quick_protocol."""

    service: Service

    def on_headers_complete(self) -> None:
        """Answer a plain request at once, and pass on any other."""
        asked = self._read_plain()
        if asked is None:
            super().on_headers_complete()
            return
        self.cycle: Any = asked  # Any: what the web server says of a cycle is used, not its class
        asked.begin()

    def _read_plain(self) -> _PlainQuery | None:
        is_busy = self.cycle is not None and not self.cycle.response_complete
        if is_busy or not self.url.startswith(_PREFIX) or self.parser.get_method() != b"GET" or self.flow.write_paused:
            return None
        if self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive():
            return None
        named = dict(self.headers)
        if len(named) != len(self.headers) or not _NOT_PLAIN.isdisjoint(named):
            return None
        text = read_plain_value(self.url[len(_PREFIX) :])
        return None if text is None or not self.service.is_open else _PlainQuery(self, text, named)


def read_plain_value(data: bytes) -> str | None:
    """Read the one value of a query string; None where there is more in it, or its escapes are not all as they should.

    The decoder of quoted-printable does what is needed, given other signs: it is the one in C. Every escape must have
    shrunk from three characters to one, or some were none.
    """
    if b"&" in data or b"#" in data or b"\r" in data or b"\n" in data:
        return None
    escaped = data.replace(b"+", b" ").replace(b"=", b"%3D")
    plain = a2b_qp(escaped.replace(b"%", b"="))
    if len(plain) + 2 * escaped.count(b"%") != len(escaped):
        return None
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return None


@lru_cache(64)
def _write_headers(content_type: str, own: tuple[tuple[str, str], ...], gzip: bool, steady: bool) -> bytes:
    """Return the header lines of an answer but for its ETag; most answers have the same."""
    headers = answer_headers(content_type, dict(own), gzip=gzip, etag="-" if steady else None)
    headers.pop("ETag", None)
    return "".join([f"{name.lower()}: {value}\r\n" for name, value in headers.items()]).encode("latin-1")


class _PlainQuery:
    """A plain request and its answer; it has what the web server asks of a request that it handles itself."""

    def __init__(self, connection: QuickProtocol, text: str, headers: dict[bytes, bytes]) -> None:
        self._connection = connection
        self._text = text
        self._began = time.perf_counter()
        self._accept = headers[b"accept"].decode("latin-1") if b"accept" in headers else None
        coding = headers.get(b"accept-encoding")
        self._gzip = coding is not None and accepts_gzip(coding.decode("latin-1"))
        given = headers.get(b"x-request-id")
        self._id = new_request_id() if given is None else read_request_id(given)
        self._query_string = connection.url[len(_PATH) + 1 :]
        self._reply: asyncio.Future[Reply] | None = None
        self.body = bytearray()
        self.keep_alive = True
        self.disconnected = False
        self.response_complete = False
        self.more_body = False

    @property
    def message_event(self) -> _PlainQuery:
        """What the web server sets when the client has sent all, or has gone."""
        return self

    def set(self) -> None:
        """Stop the work where the client has gone."""
        if self.disconnected and self._reply is not None:
            self._reply.cancel()

    def begin(self) -> None:
        """Hand the query to a worker."""
        service = self._connection.service
        arguments: dict[str, Any] = {
            "query": self._text,
            "default_graphs": [],
            "named_graphs": [],
            "accept": self._accept,
        }
        try:
            self._reply = service.pool.submit("sparql", arguments, gzip=self._gzip)
        except ProblemError as problem:
            self._refuse(problem)
        else:
            self._reply.add_done_callback(self._answer)

    def _answer(self, future: asyncio.Future[Reply]) -> None:
        if future.cancelled():
            self._finish(_UNHEARD)
            return
        problem = future.exception()
        if problem is not None:
            self._refuse(problem if isinstance(problem, ProblemError) else ProblemError(500, "internal", INTERNAL))
            return
        reply = future.result()
        is_steady_answer = is_steady(self._text)
        lines = _write_headers(reply.content_type, tuple(reply.headers.items()), reply.gzip, is_steady_answer)
        if is_steady_answer:
            lines += b"etag: %b\r\n" % self._make_etag(reply).encode("latin-1")
        if reply.file is None:
            self._write(200, lines, reply.body)
            self._finish(200)
            return
        task = self._connection.loop.create_task(self._stream(lines, reply))
        self._connection.tasks.add(task)
        task.add_done_callback(self._connection.tasks.discard)

    def _make_etag(self, reply: Reply) -> str:
        service = self._connection.service
        return digest_request(
            _PATH, self._query_string, service.version, self._accept or "", is_gzip=self._gzip, tag=reply.tag
        )

    def _refuse(self, problem: ProblemError) -> None:
        answer = write_problem(problem)
        lines = b"".join(b"%b: %b\r\n" % header for header in answer.raw_headers if header[0] != b"content-length")
        self._write(problem.status, lines, bytes(answer.body))
        self._finish(problem.status)

    def _write(self, status: int, lines: bytes, body: bytes, length: int | None = None) -> None:
        if self.disconnected:
            return
        usual = [b"%b: %b\r\n" % header for header in self._connection.server_state.default_headers]
        size = len(body) if length is None else length
        tail = b"content-length: %d\r\nx-request-id: %b\r\n" % (size, self._id.encode())
        ends = b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n"
        self._connection.transport.write(b"".join((STATUS_LINE[status], *usual, _FIXED, lines, tail, ends, body)))

    async def _stream(self, lines: bytes, reply: Reply) -> None:
        """Send a large answer from its file; when the client goes, or the file cannot be read, break off."""
        assert reply.file is not None
        transport, flow = self._connection.transport, self._connection.flow
        with reply.file as file:
            self._write(200, lines, b"", os.fstat(file.fileno()).st_size)
            try:
                while not self.disconnected and (chunk := await asyncio.to_thread(file.read, CHUNK)):
                    transport.write(chunk)
                    if flow.write_paused:
                        await flow.drain()
            except OSError as error:
                log.error("an answer could not be read from its file (request %s): %s", self._id, error)
                transport.abort()
        self._finish(200)

    def _finish(self, status: int) -> None:
        self.response_complete = True
        connection = self._connection
        connection.service.tell(
            self._id, "GET", _PATH, _PATH, status, time.perf_counter() - self._began, self._query_string
        )
        if not self.keep_alive:
            connection.transport.close()
        connection.on_response_complete()
