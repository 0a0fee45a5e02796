"""What every answer has in common: HEAD and OPTIONS, headers for browsers, a request id, a line in the log.

The log has the path but never a query string, since that may hold what somebody is looking for.
"""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problem_handlers import write_problem
from .problems import INTERNAL, ProblemError

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID, Content-Disposition",
}
log = logging.getLogger("rawabit.access")
errors = logging.getLogger("rawabit.http")


class Manners:
    """Wraps the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever the application does with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        try:
            await self._app(exchange.inner_scope(), receive, exchange.send)
        except ClientDisconnect:
            exchange.status = exchange.status or 499
        except Exception as error:
            errors.error("unexpected error on %s (request %s)", scope["path"], exchange.request_id, exc_info=error)
            if exchange.status:
                raise  # the server then breaks the connection off, so that half an answer does not look whole
            await write_problem(ProblemError(500, "internal", INTERNAL))(scope, receive, exchange.send)
        finally:
            exchange.log()


class _Exchange:
    """One request and its answer on the way out."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._began = time.perf_counter()
        self.status = 0
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        self.request_id = given if _REQUEST_ID.match(given) else uuid.uuid4().hex[:16]

    def inner_scope(self) -> Scope:
        """Return the request as the application sees it: HEAD is a GET whose body is not sent."""
        return {**self._scope, "method": "GET"} if self._scope["method"] == "HEAD" else self._scope

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

    def log(self) -> None:
        seconds = time.perf_counter() - self._began
        log.info(
            "request=%s method=%s path=%s status=%d ms=%.1f",
            self.request_id,
            self._scope["method"],
            self._scope["path"].encode("unicode_escape").decode(),
            self.status,
            seconds * 1000,
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
