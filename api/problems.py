"""Every failure as an RFC 9457 problem document: one shape for what a client can mend and for what it cannot.

`type` is a stable word for programs (docs/http.md lists them all), `detail` a sentence for people that says what to do.
Workers use this file too, so it imports nothing of the web framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import (
    EndpointError,
    EndpointTimeoutError,
    ExportError,
    NotFoundError,
    QueryError,
    RawabitError,
    SettingsError,
    StoreError,
    StoreLockedError,
    UnknownQueryError,
    ValidationError,
)

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:rawabit:problem:"
TITLES = {
    400: "Bad request",
    401: "Not authorized",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "In conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not conforming",
    500: "Internal error",
    502: "Endpoint not usable",
    503: "Not available now",
    504: "Time limit passed",
    507: "Not enough room",
}
INTERNAL = "The server met an error of its own; its log says more."


class ProblemError(Exception):
    """A failure with its HTTP status; `code` is the word for programs, `more` goes into the document as it is."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.more = status, code, detail, more
        self.headers = dict(headers or {})

    @classmethod
    def from_header(cls, header: Mapping[str, Any]) -> ProblemError:  # Any: what json gives
        """Return the problem that another process tells of."""
        return cls(header["status"], header["code"], header["detail"], headers=header["headers"], **header["more"])

    def document(self) -> dict[str, object]:
        """Return the problem document, ready for JSON."""
        return {
            "type": PREFIX + self.code,
            "title": TITLES.get(self.status, "Refused"),
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }


def problem_for(error: RawabitError) -> ProblemError:
    """Translate an error of the builder into what the client should be told."""
    if isinstance(error, UnknownQueryError):
        return ProblemError(404, "unknown-query", str(error))
    if isinstance(error, NotFoundError):
        return ProblemError(404, "not-found", str(error))
    if isinstance(error, ValidationError):
        return ProblemError(422, "not-conforming", str(error))
    if isinstance(error, QueryError | SettingsError | ExportError):
        return ProblemError(400, "bad-parameter", str(error))
    if isinstance(error, EndpointTimeoutError):
        return ProblemError(504, "endpoint-slow", str(error))
    if isinstance(error, EndpointError):
        return ProblemError(502, "endpoint", str(error))
    if isinstance(error, StoreLockedError):
        return ProblemError(503, "store-locked", str(error), headers={"Retry-After": "5"})
    if isinstance(error, StoreError):
        return ProblemError(503, "store-unavailable", str(error), headers={"Retry-After": "5"})
    return ProblemError(500, "internal", INTERNAL)


def out_of_memory() -> ProblemError:
    """Return the problem of a query that wanted more memory than one may have."""
    detail = "The query needed more memory than one may have: narrow its patterns, or sort and group fewer rows."
    return ProblemError(507, "out-of-memory", detail)


def too_complex() -> ProblemError:
    """Return the problem of a text whose parentheses, groups or chains are so deep that its reader fell."""
    detail = "The text nests or chains more than can be read: take parts of it apart, or put lists into VALUES."
    return ProblemError(400, "too-complex", detail)
