"""What every answer has in common: HEAD and OPTIONS, headers for browsers, a request id, a line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid
from itertools import count

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .deps import Service
from .problem_handlers import write_problem
from .problems import INTERNAL, ProblemError

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, Retry-After, X-Request-ID, Content-Disposition, Rawabit-Cut"
    ),
}
# As they stand on every answer that is no page, ready to be written.
API_HEADERS = tuple(
    (name.lower().encode(), value.encode())
    for name, value in {**_HEADERS, "Content-Security-Policy": _API_POLICY}.items()
)
errors = logging.getLogger("rawabit.http")


_ids = count()
_ID_PREFIX = uuid.uuid4().hex[:8]


def new_request_id() -> str:
    """Return an id that no other request has: what is random is this process's, the rest is counted."""
    return f"{_ID_PREFIX}{next(_ids) & 0xFFFFFFFF:08x}"


def read_request_id(header: bytes) -> str:
    """Return the id that the client gives its request, or a new one where that is missing or not fit for a log."""
    given = header.decode("latin-1")
    return given if _REQUEST_ID.match(given) else new_request_id()


class Manners:
    """Wraps the application of a service."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app, self._service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever the application does with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        try:
            await self._app(exchange.inner, receive, exchange.send)
        except ClientDisconnect:
            exchange.status = exchange.status or 499
        except Exception as error:
            errors.error("unexpected error on %s (request %s)", scope["path"], exchange.request_id, exc_info=error)
            if exchange.status:
                raise  # the server then breaks the connection off, so that half an answer does not look whole
            await write_problem(ProblemError(500, "internal", INTERNAL))(scope, receive, exchange.send)
        finally:
            exchange.tell(self._service)


class _Exchange:
    """One request and its answer on the way out."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._began = time.perf_counter()
        self.status = 0
        self.request_id = read_request_id(dict(scope["headers"]).get(b"x-request-id", b""))
        self.inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self._scope["method"] == "OPTIONS" and message["status"] == 405:
                message = _options_answer(message)
            self.status = message["status"]
            self._dress(MutableHeaders(scope=message))
        elif self._scope["method"] == "HEAD" or self.status == 204:
            message = {**message, "body": b""}
        await self._send(message)

    def _dress(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", _API_POLICY)
        headers["X-Request-ID"] = self.request_id
        if "Allow" in headers:
            headers["Allow"] = _with_head(headers["Allow"])

    def tell(self, service: Service) -> None:
        """Have the request logged and counted."""
        route = self.inner.get("route")
        service.tell(
            self.request_id,
            self._scope["method"],
            self._scope["path"],
            getattr(route, "path", "other"),
            self.status,
            time.perf_counter() - self._began,
            self._scope["query_string"],
        )


def _with_head(allow: str) -> str:
    methods = {method.strip() for method in allow.split(",") if method.strip()}
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def _options_answer(refusal: Message) -> Message:
    """Make of the router's refusal, which knows the methods of the path, the answer to OPTIONS."""
    allow = MutableHeaders(scope=refusal).get("Allow", "GET")
    headers = {
        "Allow": allow,
        "Access-Control-Allow-Methods": _with_head(allow),
        "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match, X-Request-ID",
        "Access-Control-Max-Age": "86400",
    }
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": 204, "headers": raw}
