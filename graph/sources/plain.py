"""Reads one article from a text file: all of it is the text, verbatim, so that offsets point into the file as read."""

from __future__ import annotations

from pathlib import Path

from ..errors import SourceError
from .encoding import decode
from .fields import clean_text


def read_plain(path: Path, *, most_bytes: int) -> str:
    """Return the text of a file; raise SourceError where it is empty, too large, binary or in an unknown encoding."""
    with path.open("rb") as stream:
        data = stream.read(most_bytes + 1)
    if not data:
        raise SourceError("is empty.")
    if len(data) > most_bytes:
        raise SourceError(
            f"is longer than {most_bytes:,} bytes, which is more than an article: "
            "split it, or raise RAWABIT_ARTICLE_MEGABYTES."
        )
    text = clean_text(decode(data))
    if not text.strip():
        raise SourceError("holds nothing but blanks.")
    return text
