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
        Kind(
            "html",
            "pages:read_page",
            (".html", ".htm", ".xhtml"),
            ("text/html", "application/xhtml+xml"),
            "one article on a page",
        ),
        Kind("json", "json_array:read_json", (".json",), ("application/json",), "an array of articles, or one"),
        Kind(
            "csv",
            "delimited:read_delimited",
            (".csv", ".tsv", ".tab"),
            ("text/csv", "text/tab-separated-values"),
            "an article a row, under a head",
        ),
        Kind(
            "parquet",
            "parquet:read_parquet",
            (".parquet", ".pq"),
            ("application/vnd.apache.parquet",),
            "an article a row; needs rawabit[parquet]",
        ),
        Kind(
            "feed",
            "feeds:read_feed",
            (".xml", ".rss", ".atom"),
            ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"),
            "RSS, Atom or a sitemap: its texts, or at an address its pages",
        ),
        Kind("warc", "warc:read_warc", (".warc",), ("application/warc",), "a page or text a record"),
        Kind(
            "zip",
            "archives:read_zip",
            (".zip",),
            ("application/zip", "application/x-zip-compressed"),
            "files of any kind",
            archive=True,
        ),
        Kind(
            "gzip",
            "archives:read_gzip",
            (".gz",),
            ("application/gzip", "application/x-gzip"),
            "one file of any kind",
            archive=True,
        ),
    )
}
_BY_SUFFIX = {suffix: kind for kind in KINDS.values() for suffix in kind.suffixes}
_BY_MEDIA_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.media_types}
_VAGUE = frozenset({"text/plain", "application/octet-stream", "binary/octet-stream"})
_XML = (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
_GZIP = b"\x1f\x8b"
SUFFIXES = frozenset(_BY_SUFFIX)


def find_by_suffix(suffix: str) -> Kind | None:
    """Return the kind of files with this suffix."""
    return _BY_SUFFIX.get(suffix.lower())


def find_by_media_type(media_type: str) -> Kind | None:
    """Return the kind of what is sent with this media type."""
    return _BY_MEDIA_TYPE.get(media_type.lower())


def choose_kind(suffix: str, asked: str | None) -> Kind | None:
    """Return how a file is read: as what was asked for; an archive is still opened, and what is in it read so."""
    return _prefer(asked, find_by_suffix(suffix))


def choose_for_answer(media_type: str, suffix: str, head: bytes, asked: str | None) -> Kind | None:
    """Return how an answer of the web is read, by what it begins with before what it is said to be."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1_000].lower()
    found = _BY_MEDIA_TYPE.get(media_type)
    if found is None or media_type in _VAGUE:
        found = find_by_suffix(suffix) or found
    if start.startswith(_XML) and b"<html" not in start and b"<!doctype html" not in start:
        found = KINDS["feed"]
    elif start.startswith((b"<!doctype html", b"<html")):
        found = KINDS["html"]
    elif head.startswith(_GZIP):
        found = KINDS["gzip"]
    return _prefer(asked, found)


def _prefer(asked: str | None, found: Kind | None) -> Kind | None:
    """Choose what was asked for, unless what was found is an archive of it."""
    if asked is None or (found is not None and found.archive and not KINDS[asked].archive):
        return found
    return KINDS[asked]
