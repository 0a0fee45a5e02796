"""Cursors: where a list goes on, as text that a client hands back unread.

A cursor names the last item that was given, not a number of items, so a list does not shift under new data.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import NoReturn

from .problems import ProblemError

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


def refuse_cursor() -> NoReturn:
    """Raise the ProblemError (400) of a cursor that is of no use here."""
    detail = "cursor: this is not the `next` of an earlier page of this list; ask without it for the first page."
    raise ProblemError(400, "bad-cursor", detail)
