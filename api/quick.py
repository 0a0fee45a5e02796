"""Answers the plainest of requests, `GET /sparql?query=…`, on the connection itself: no routing, no task, one write.

Whatever else a request has about it (another parameter, a body, a condition, a pipeline before it) goes the usual way
through the application, and so does what is wrong with it: this path knows no refusals of its own. Its answers are byte
for byte those of the usual way, which a test holds it to.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from binascii import a2b_qp
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from .deps import CHUNK, Service, answer_headers, digest_request
from .errands import Errand
from .frames import join_frame, pack_header
from .middleware import API_HEADERS, new_request_id, read_request_id
from .negotiation import accepts_gzip
from .problem_handlers import write_problem
from .problems import ProblemError
from .sparql_text import is_steady
from .worker import Reply

_PATH = "/sparql"
_UNHEARD = 499
# The first line of a request that has a query and nothing else: signs that can be seen, but for those that end a value.
_START = re.compile(rb'GET /sparql\?query=([!"$%\'-~]*) HTTP/1\.1\r\n')
# With any of these a request is not plain: it has a body, or a condition, or wants another protocol.
_NOT_PLAIN = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"if-none-match", b"if-match", b"range", b"upgrade")
)
_LONGEST_HEADERS = 4096
log = logging.getLogger("rawabit.http")
_FIXED = b"".join(b"%b: %b\r\n" % header for header in API_HEADERS)


def quick_protocol(service: Service) -> type[HttpToolsProtocol]:
    """Return the protocol class of a server's connections that answers for a service."""
    return type("ServiceProtocol", (QuickProtocol,), {"service": service})


class QuickProtocol(HttpToolsProtocol):
    """One connection; `service` is set by quick_protocol."""

    service: Service

    def __init__(self, *given: Any, **named: Any) -> None:  # Any: what the web server makes its protocols with
        super().__init__(*given, **named)
        self._plain: _PlainQuery | None = None
        self._is_within = False
        self._quiet_since = 0.0

    def data_received(self, data: bytes) -> None:
        """Answer a plain request that has come whole, and pass on any other to the web server's parser."""
        asked = None if self._is_within or self._plain is not None else self._read_plain(data)
        if asked is None:
            super().data_received(data)
            return
        self._plain = self.cycle = asked  # type: ignore[assignment]  # it has what is asked of a cycle
        asked.begin()

    def on_message_begin(self) -> None:
        """Know that from here on the parser holds a part of a request."""
        self._is_within = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Know that the parser holds nothing any more."""
        self._is_within = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say that what came is no HTTP request, as a problem document; break off where an answer is under way."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()  # what were written now would be taken for a part of that answer
            return
        problem = ProblemError(400, "malformed-request", f"{msg.rstrip('.')}: send HTTP/1.1 as RFC 9112 has it.")
        request_id = new_request_id()
        self.transport.write(write_answer(self, 400, *describe_problem(problem), request_id, keep_alive=False))
        self.service.tell(request_id, "-", "-", "other", 400, 0.0, b"")
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the work for a client that has gone."""
        super().connection_lost(exc)
        if self._plain is not None:
            self._plain.hang_up()

    def _read_plain(self, data: bytes) -> _PlainQuery | None:
        start = _START.match(data)
        if start is None or (self.cycle is not None and not self.cycle.response_complete):
            return None
        if self.flow.write_paused or self.transport.is_closing() or not self.service.is_open:
            return None
        wishes = read_wishes(data[start.end() :])
        text = None if wishes is None else read_plain_value(start[1])
        return None if wishes is None or text is None else _PlainQuery(self, text, wishes, b"query=" + start[1])

    def finish_plain(self) -> None:
        """Go on with what comes after a plain request, or wait for it as long as the web server does."""
        self._plain = None
        if self.pipeline or self.transport.is_closing():
            self.on_response_complete()
            return
        self.server_state.total_requests += 1
        # One timer for many requests: to set one and take it back for each would cost more than all else here.
        self._quiet_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._wait_for_more(self.timeout_keep_alive)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that has been quiet for long enough."""
        self.timeout_keep_alive_task = None
        left = self._quiet_since + self.timeout_keep_alive - self.loop.time()
        if self._plain is not None or left > 0:
            self._wait_for_more(max(left, 1.0))
        else:
            super().timeout_keep_alive_handler()

    def _wait_for_more(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the headers of a plain request say: its Accept, whether gzip is welcome, and the id that it was given."""

    accept: str | None
    gzip: bool
    request_id: bytes | None


@lru_cache(256)
def read_wishes(lines: bytes) -> Wishes | None:
    """Read the header lines of a request; None where it is not plain, or not whole, or more comes after it.

    They are read by the web server's parser, but once: over a connection that stays open all requests have the same.
    """
    headers = _Headers()
    parser = httptools.HttpRequestParser(headers)
    try:
        parser.feed_data(b"GET / HTTP/1.1\r\n" + lines)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    named = dict(headers.found)
    is_plain = (
        headers.is_whole and headers.messages == 1 and len(named) == len(headers.found) and _NOT_PLAIN.isdisjoint(named)
    )
    if not is_plain or len(lines) > _LONGEST_HEADERS or not parser.should_keep_alive():
        return None
    accept, coding = (named.get(name) for name in (b"accept", b"accept-encoding"))
    return Wishes(
        accept=None if accept is None else accept.decode("latin-1"),
        gzip=coding is not None and accepts_gzip(coding.decode("latin-1")),
        request_id=named.get(b"x-request-id"),
    )


class _Headers:
    """What the parser finds: headers, and how many requests end."""

    def __init__(self) -> None:
        self.found: list[tuple[bytes, bytes]] = []
        self.messages = 0
        self.is_whole = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.found.append((name.lower(), value))

    def on_message_begin(self) -> None:
        # A second request that has only begun is one too many as well.
        self.messages += 1

    def on_message_complete(self) -> None:
        self.is_whole = True


def read_plain_value(data: bytes) -> bytes | None:
    """Read a value of which every sign can be seen; None where its escapes are not all as they should.

    The decoder of quoted-printable does what is needed, given other signs: it is the one in C. Every escape must have
    shrunk from three characters to one, or some were none.
    """
    escaped = data.replace(b"+", b" ").replace(b"=", b"%3D")
    plain = a2b_qp(escaped.replace(b"%", b"="))
    if len(plain) + 2 * escaped.count(b"%") != len(escaped):
        return None
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return plain


@lru_cache(64)
def _pack_plain(accept: str | None, gzip: bool, seconds: float) -> bytes:
    """Return what a worker is told of a plain query beside its text."""
    arguments: dict[str, Any] = {"default_graphs": [], "named_graphs": [], "accept": accept}  # Any: what json takes
    return pack_header({"task": "sparql", "arguments": arguments, "text": "query", "seconds": seconds, "gzip": gzip})


@lru_cache(64)
def _write_headers(content_type: str, own: tuple[tuple[str, str], ...], gzip: bool, steady: bool) -> bytes:
    """Return the header lines of an answer but for its ETag; most answers have the same."""
    headers = answer_headers(content_type, dict(own), gzip=gzip, etag="-" if steady else None)
    headers.pop("ETag", None)
    return "".join([f"{name.lower()}: {value}\r\n" for name, value in headers.items()]).encode("latin-1")


def describe_problem(problem: ProblemError) -> tuple[bytes, bytes]:
    """Return the header lines and the body of a problem."""
    answer = write_problem(problem)
    lines = [b"%b: %b\r\n" % header for header in answer.raw_headers if header[0] != b"content-length"]
    return b"".join(lines), bytes(answer.body)


def write_answer(
    connection: HttpToolsProtocol,
    status: int,
    lines: bytes,
    body: bytes,
    request_id: str,
    *,
    keep_alive: bool,
    length: int | None = None,
) -> bytes:
    """Return an answer with all that is on every one; `length` is that of a body which is sent afterwards."""
    usual = [b"%b: %b\r\n" % header for header in connection.server_state.default_headers]
    size = len(body) if length is None else length
    tail = b"content-length: %d\r\nx-request-id: %b\r\n" % (size, request_id.encode())
    ends = b"\r\n" if keep_alive else b"connection: close\r\n\r\n"
    return b"".join((STATUS_LINE[status], *usual, _FIXED, lines, tail, ends, body))


class _PlainQuery:
    """A plain request and its answer; it has what the web server asks of a request that it handles itself."""

    __slots__ = (
        "_began",
        "_connection",
        "_errand",
        "_id",
        "_query_string",
        "_text",
        "_wishes",
        "disconnected",
        "keep_alive",
        "response_complete",
    )

    def __init__(self, connection: QuickProtocol, text: bytes, wishes: Wishes, query_string: bytes) -> None:
        self._connection, self._text, self._wishes, self._query_string = connection, text, wishes, query_string
        self._began = time.perf_counter()
        self._id = new_request_id() if wishes.request_id is None else read_request_id(wishes.request_id)
        self._errand: Errand | None = None
        self.keep_alive = True
        self.disconnected = self.response_complete = False

    @property
    def message_event(self) -> _PlainQuery:
        """What the web server sets when the client has sent all, or has gone."""
        return self

    def set(self) -> None:
        """Do nothing: all has been sent, and the connection says when the client has gone."""

    def hang_up(self) -> None:
        """Stop the work, as the client has gone."""
        self.disconnected = True
        if self._errand is not None and not self._errand.is_done:
            self._connection.service.pool.abandon(self._errand)
            self._finish(_UNHEARD)

    def begin(self) -> None:
        """Hand the query to a worker."""
        pool = self._connection.service.pool
        header = _pack_plain(self._wishes.accept, self._wishes.gzip, pool.seconds)
        try:
            self._errand = pool.submit(join_frame(header, self._text), self._take, seconds=pool.seconds)
        except ProblemError as problem:
            self._take(problem)

    def _take(self, answer: Reply | ProblemError) -> None:
        if isinstance(answer, ProblemError):
            self._refuse(answer)
            return
        steady = is_steady(self._text.decode())
        own = tuple(answer.headers.items()) if answer.headers else ()
        lines = _write_headers(answer.content_type, own, answer.gzip, steady)
        if steady:
            lines += b"etag: %b\r\n" % self._make_etag(answer)
        if answer.file is None:
            self._write(200, lines, answer.body)
            self._finish(200)
            return
        task = self._connection.loop.create_task(self._stream(lines, answer))
        self._connection.tasks.add(task)
        task.add_done_callback(self._connection.tasks.discard)

    def _make_etag(self, reply: Reply) -> bytes:
        version = self._connection.service.version
        accept, gzip = self._wishes.accept or "", self._wishes.gzip
        return digest_request(_PATH, self._query_string, version, accept, is_gzip=gzip, tag=reply.tag).encode()

    def _refuse(self, problem: ProblemError) -> None:
        self._write(problem.status, *describe_problem(problem))
        self._finish(problem.status)

    def _write(self, status: int, lines: bytes, body: bytes, length: int | None = None) -> None:
        if not self.disconnected:
            connection, keep_alive = self._connection, self.keep_alive
            written = write_answer(connection, status, lines, body, self._id, keep_alive=keep_alive, length=length)
            connection.transport.write(written)

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
        seconds = time.perf_counter() - self._began
        connection.service.tell(self._id, "GET", _PATH, _PATH, status, seconds, self._query_string)
        if not self.keep_alive:
            connection.transport.close()
        connection.finish_plain()
