"""Reads a posted article: JSON with the fields of a line of JSON lines, or plain text with them in the address."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph.errors import SourceError
from graph.model import Document
from graph.sources.fields import check_id, clean_text, read_date

from .problems import ProblemError
from .protocol import decode

JSON, PLAIN = "application/json", "text/plain"
_FIELDS = ("id", "text", "title", "published", "source", "url")


def read_article(media_type: str, body: bytes, address: Mapping[str, str | None]) -> Document:
    """Return the article of a body; plain text has its other fields in the `address`.

    Raise ProblemError (400), naming each field that cannot be used.
    """
    text = decode(body, "body")
    given: Mapping[str, object] = _read_json(text) if media_type == JSON else {**address, "text": text}
    faults: dict[str, str] = {}
    values: dict[str, str | None] = {}
    for name in _FIELDS:
        value = given.get(name)
        if value is not None and not isinstance(value, str):
            faults[name] = "give a text"
        else:
            values[name] = clean_text(value) if value and value.strip() else None
    faults |= {name: "there is no such field" for name in given if name not in _FIELDS}
    if "text" not in faults and not values["text"]:
        faults["text"] = "there is no text to read"
    if values.get("published") and not read_date(values["published"]):
        faults["published"] = "write YYYY-MM-DD"
    try:
        check_id(str(given.get("id") or "posted"))
    except SourceError as error:
        faults["id"] = str(error)
    if faults:
        raise _refuse(faults)
    identifier = str(given.get("id") or "") or _name(values)
    return Document(
        id=identifier,
        text=values["text"] or "",
        title=values["title"],
        published=read_date(values["published"]),
        source=values["source"],
        url=values["url"],
    )


def document_to_json(document: Document) -> dict[str, Any]:  # Any: what json takes
    """Return a document as it goes to the process that reads."""
    return asdict(document)


def _read_json(text: str) -> Mapping[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refuse({"body": f"is no JSON ({str(error)[:100]})"}) from None
    if not isinstance(value, dict):
        raise _refuse({"body": "give an object with `text`, and `id`, `title`, `published`, `source`, `url` if known"})
    return value


def _name(values: Mapping[str, str | None]) -> str:
    """Return an id for an article that came without one, the same whenever it comes."""
    said = "\x1f".join(values[name] or "" for name in _FIELDS)
    return f"posted-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _refuse(faults: Mapping[str, str]) -> ProblemError:
    detail = "; ".join(f"{name}: {message}" for name, message in faults.items())
    errors = [{"parameter": name, "in": "body", "message": message} for name, message in faults.items()]
    return ProblemError(400, "bad-parameter", f"{detail}.", errors=errors)
