"""Reads requests of the SPARQL 1.1 protocols by hand: media types, parameters that must stand once, bytes and UTF-8."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from fastapi import Request

from .problems import ProblemError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
Pairs = list[tuple[str, str]]


def read_content_type(request: Request) -> tuple[str, str]:
    """Return the media type of a request's body and its charset, both in small letters, empty where not given.

    Raise ProblemError where it is given more than once.
    """
    headers = request.headers.getlist("content-type")
    if len(headers) > 1:
        raise ProblemError(400, "doubled-header", "Content-Type is given more than once: give it once.")
    media_type, *parameters = (part.strip() for part in (headers[0] if headers else "").split(";"))
    charsets = [part.partition("=")[2].strip('"').lower() for part in parameters if part.lower().startswith("charset=")]
    return media_type.lower(), charsets[0] if charsets else ""


def require_utf8(charset: str) -> None:
    """Raise ProblemError (415) for a charset that is not UTF-8."""
    if charset not in ("", "utf-8", "utf8"):
        raise ProblemError(415, "unsupported-media-type", f"charset={charset}: only UTF-8 is read here.")


def read_posted_type(request: Request, allowed: Sequence[str], what: str) -> str:
    """Return the media type of a post, which must be one of those allowed and in UTF-8; raise ProblemError (415)."""
    media_type, charset = read_content_type(request)
    if media_type not in allowed:
        detail = f"{what} is posted as {' or as '.join(allowed)}, not as {media_type or 'nothing in particular'}."
        raise ProblemError(415, "unsupported-media-type", detail, headers={"Accept-Post": ", ".join(allowed)})
    require_utf8(charset)
    return media_type


def read_url(request: Request) -> Pairs:
    """Return the parameters in the address of a request."""
    return parse_pairs(request.scope["query_string"], "URL")


def parse_pairs(data: bytes, place: str) -> Pairs:
    """Return names and values; raise ProblemError (400) where they are too many or not UTF-8."""
    try:
        return parse_qsl(
            decode(data, place), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise ProblemError(400, "not-utf-8", f"The {place} has percent-escapes that are not UTF-8.") from None
    except ValueError:
        raise ProblemError(400, "bad-parameter", f"The {place} has more than {_MOST_FIELDS} parameters.") from None


def group(pairs: Pairs, single: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each parameter; raise ProblemError (400) where one that must stand once is doubled."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    for name in single:
        if len(values.get(name, ())) > 1:
            raise ProblemError(400, "doubled-parameter", f"`{name}` is given {len(values[name])} times: give it once.")
    return values


def decode(data: bytes, place: str) -> str:
    """Return bytes as text; raise ProblemError (400) where they are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"The {place} is not UTF-8 (byte {error.start} is {data[error.start]:#04x})."
        raise ProblemError(400, "not-utf-8", detail) from None


async def read_body(request: Request, most: int) -> bytes:
    """Read the body as far as it may go; raise ProblemError (413) beyond that."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            detail = f"The body is larger than {most:,} bytes."
            raise ProblemError(413, "request-too-large", detail, headers={"Connection": "close"})
        parts.append(part)
    return b"".join(parts)
