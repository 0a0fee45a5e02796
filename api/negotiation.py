"""Chooses the media type of an answer from an Accept header, as RFC 9110 section 12.5.1 asks.

A range that names a type wins over one that names only its family, and that over `*/*`; the server's own order of
offers decides between equals. Nothing is guessed: a header that allows none of the offers gives None, which is a 406.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*(.*)\Z", re.DOTALL)
_PARAMETER = re.compile(rf"""\s*;\s*(?:({_TOKEN})\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*"))?\s*""")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")
_COMMA = re.compile(r""",(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*\Z)""")
# Beyond this a header is an attack on the splitter above, not a wish.
_LONGEST_HEADER = 4096


@dataclass(frozen=True, slots=True)
class Offer:
    """A format that the server can write; `aliases` are its other names, and it is sent under the one asked for."""

    name: str
    media_type: str
    content_type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header; `specificity` is 0 for `*/*`, 1 for `text/*`, 2 for `text/csv`."""

    type: str
    subtype: str
    quality: float

    @property
    def specificity(self) -> int:
        if self.type == "*":
            return 0
        return 1 if self.subtype == "*" else 2

    def matches(self, media_type: str) -> bool:
        kind, _, subtype = media_type.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", subtype)

    def is_exactly(self, media_type: str) -> bool:
        return f"{self.type}/{self.subtype}" == media_type


def parse_accept(header: str | None) -> tuple[MediaRange, ...]:
    """Read an Accept header; a missing or empty one accepts everything, an unreadable element accepts nothing."""
    if header is None or not header.strip():
        return (MediaRange("*", "*", 1.0),)
    if len(header) > _LONGEST_HEADER:
        return ()
    return tuple(found for element in _split(header) if (found := _parse_range(element)) is not None)


def _split(header: str) -> list[str]:
    return _COMMA.split(header) if '"' in header else header.split(",")


def _parse_range(element: str) -> MediaRange | None:
    match = _RANGE.match(element)
    if match is None or (match[1] == "*" and match[2] != "*"):
        return None
    quality, rest, position = 1.0, match[3], 0
    while position < len(rest):
        parameter = _PARAMETER.match(rest, position)
        if parameter is None or parameter.end() == position:
            return None
        if parameter[1] and parameter[1].lower() == "q":
            if not _QUALITY.match(parameter[2]):
                return None
            quality = float(parameter[2])
        position = parameter.end()
    return MediaRange(match[1].lower(), match[2].lower(), quality)


@lru_cache(256)
def choose(header: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the offer that the client likes best, or None where it accepts none of them."""
    ranges = parse_accept(header)
    best, best_quality = None, 0.0
    for offer in offers:
        quality = _quality(ranges, offer.media_type)
        if quality > best_quality:
            best, best_quality = offer, quality
        for alias in offer.aliases:
            quality = max((each.quality for each in ranges if each.is_exactly(alias)), default=0.0)
            if quality > best_quality:
                best, best_quality = replace(offer, content_type=alias), quality
    return best


def _quality(ranges: Sequence[MediaRange], media_type: str) -> float:
    """Return how welcome a media type is: the quality of the most specific range that matches it."""
    fitting = [each for each in ranges if each.matches(media_type)]
    if not fitting:
        return 0.0
    closest = max(each.specificity for each in fitting)
    return max(each.quality for each in fitting if each.specificity == closest)


@lru_cache(256)
def accepts_gzip(header: str | None) -> bool:
    """Say whether an Accept-Encoding header welcomes gzip."""
    qualities = {}
    for element in (header or "").lower().split(","):
        coding, _, parameters = element.partition(";")
        name, _, value = parameters.strip().partition("=")
        weight = value.strip() if name.strip() == "q" else "1"
        qualities[coding.strip()] = float(weight) if _QUALITY.match(weight) else 0.0
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0.0


SOLUTIONS = (
    Offer("json", "application/sparql-results+json", "application/sparql-results+json", ("application/json",)),
    Offer("xml", "application/sparql-results+xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Offer("csv", "text/csv", "text/csv; charset=utf-8"),
    Offer("tsv", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
)
TRIPLES = (
    Offer("turtle", "text/turtle", "text/turtle; charset=utf-8", ("application/x-turtle",)),
    Offer("ntriples", "application/n-triples", "application/n-triples", ("text/plain",)),
    Offer("rdfxml", "application/rdf+xml", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("jsonld", "application/ld+json", "application/ld+json", ("application/json",)),
    Offer("trig", "application/trig", "application/trig"),
    Offer("nquads", "application/n-quads", "application/n-quads"),
)
NETWORKS = (
    Offer("json", "application/json", "application/json"),
    Offer("gexf", "application/gexf+xml", "application/gexf+xml"),
    Offer("graphml", "application/graphml+xml", "application/graphml+xml"),
    Offer("turtle", "text/turtle", "text/turtle; charset=utf-8"),
)
RESOURCES = (
    *(offer for offer in TRIPLES if offer.name in ("turtle", "ntriples", "rdfxml", "jsonld")),
    Offer("html", "text/html", "text/html; charset=utf-8", ("application/xhtml+xml",)),
)
