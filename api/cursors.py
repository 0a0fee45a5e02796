"""Cursors: where a list goes on, as text that a client hands back unread.

A cursor names the last item that was given, not a number of items, so a list does not shift under new data.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from .problems import ProblemError

T = TypeVar("T")
_LONGEST = 2048


def encode_cursor(*values: str | int) -> str:
    """Return a cursor for the last item of a page."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type[str] | type[int]) -> list[str | int]:
    """Return the values of a cursor; raise ProblemError (400) for one that was not made here."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("too long")
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        values = None
    if not isinstance(values, list) or [type(value) for value in values] != list(types):
        refuse_cursor()
    return values


def take_page(
    items: Sequence[T], name: Callable[[T], str], *, limit: int | None, cursor: str | None
) -> tuple[list[T], str | None]:
    """Return a page of a short list, all of it without a limit, and the cursor of the next; items have names."""
    start = 0
    if cursor is not None:
        last = decode_cursor(cursor, str)[0]
        start = next((place for place, each in enumerate(items, 1) if name(each) == last), 0) or refuse_cursor()
    page = list(items[start:] if limit is None else items[start : start + limit])
    is_last = not page or start + len(page) == len(items)
    return page, None if is_last else encode_cursor(name(page[-1]))


def refuse_cursor() -> NoReturn:
    """Raise the ProblemError (400) of a cursor that is of no use here."""
    detail = "cursor: this is not the `next` of an earlier page of this list; ask without it for the first page."
    raise ProblemError(400, "bad-cursor", detail)
