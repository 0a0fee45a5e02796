"""Reads one article from a text file: all of it is the text, verbatim, so that offsets point into the file as read."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import SourceError
from ..model import Document
from .encoding import decode
from .fields import clean_text
from .identity import identify_file
from .options import SourceOptions
from .origin import Origin, read_whole


def read_plain(origin: Origin, options: SourceOptions) -> Iterator[Document]:
    """Yield the article; raise SourceError where it is empty, too large, binary or in an unknown encoding."""
    text = clean_text(decode(read_whole(origin, most_bytes=options.most_bytes), origin.charset))
    if not text.strip():
        raise SourceError("holds nothing but blanks.")
    told = origin.told
    yield Document(
        id=identify_file(origin),
        text=text,
        title=told.title,
        published=told.published,
        source=told.source,
        url=origin.url,
        author=told.author,
        path=origin.name,
        line=origin.line,
    )
