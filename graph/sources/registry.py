"""Which room reads what: a line for each kind of source, found by suffix, by media type or by `--as`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from ..model import Document, Refusal
from .options import SourceOptions
from .origin import Origin

# What a room gives: articles, what it cannot read, and further things to read, such as the members of an archive.
Room = Callable[[Origin, SourceOptions], Iterator[Document | Refusal | Origin]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source. `room` is module and function, imported when the first of its kind is read."""

    name: str
    room: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    what: str
    archive: bool = False

    def load(self) -> Room:
        """Import the room."""
        module, function = self.room.split(":")
        room: Room = getattr(import_module(f".{module}", __package__), function)
        return room


KINDS = {
    kind.name: kind
    for kind in (
        Kind("text", "plain:read_plain", (".txt", ".text"), ("text/plain",), "one article, verbatim"),
        Kind(
            "markdown",
            "markdown:read_markdown",
            (".md", ".markdown"),
            ("text/markdown",),
            "one article with front matter, without marks",
        ),
        Kind(
            "jsonl",
            "jsonl:read_jsonl",
            (".jsonl", ".ndjson"),
            ("application/jsonl", "application/x-ndjson"),
            "an article a line",
        ),
        Kind("json", "json_array:read_json", (".json",), ("application/json",), "an array of articles, or one"),
        Kind(
            "csv",
            "delimited:read_delimited",
            (".csv", ".tsv", ".tab"),
            ("text/csv", "text/tab-separated-values"),
            "an article a row, under a head",
        ),
    )
}
_BY_SUFFIX = {suffix: kind for kind in KINDS.values() for suffix in kind.suffixes}
_BY_MEDIA_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.media_types}
SUFFIXES = frozenset(_BY_SUFFIX)


def find_by_suffix(suffix: str) -> Kind | None:
    """Return the kind of files with this suffix."""
    return _BY_SUFFIX.get(suffix.lower())


def find_by_media_type(media_type: str) -> Kind | None:
    """Return the kind of what is sent with this media type."""
    return _BY_MEDIA_TYPE.get(media_type.lower())


def choose_kind(suffix: str, asked: str | None) -> Kind | None:
    """Return how a file is read: as what was asked for; an archive is still opened, and what is in it read so."""
    found = find_by_suffix(suffix)
    if asked is None or (found is not None and found.archive and not KINDS[asked].archive):
        return found
    return KINDS[asked]
