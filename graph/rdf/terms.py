"""RDF terms without an RDF library: IRIs and literals, and how they are written in N-Triples."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

XSD = "http://www.w3.org/2001/XMLSchema#"

Triple = tuple[str, str, str]
"""Subject, predicate and object, each as written in N-Triples."""

# Everything N-Triples demands, and the control characters that line-based tools trip over.
_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f\x85\u2028\u2029]')
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_SURROGATES = re.compile("[\ud800-\udfff]")
_CHANGED = re.compile(f"{_UNSAFE.pattern[:-1]}\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_DATE_TYPES = ((re.compile(r"\d{4}-\d\d-\d\d\Z"), XSD + "date"), (re.compile(r"\d{4}-\d\d\Z"), XSD + "gYearMonth"))


@dataclass(frozen=True, slots=True)
class Iri:
    """A name of a thing."""

    value: str

    def __str__(self) -> str:
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text with an optional language, or a typed value; plain strings have neither."""

    value: str
    language: str | None = None
    datatype: str | None = None

    def __str__(self) -> str:
        if self.language:
            return write_text(self.value, self.language)
        return write_typed(self.value, self.datatype) if self.datatype else write_string(self.value)


Term = Iri | Literal


def write_string(text: str) -> str:
    """Return a plain string literal; a lone surrogate, which no encoding can carry, becomes U+FFFD."""
    if _CHANGED.search(text) is not None:
        text = _UNSAFE.sub(_escape, _SURROGATES.sub("\ufffd", text))
    return f'"{text}"'


def write_text(text: str, language: str) -> str:
    """Return a literal with its language, or a plain one where the language tag is none."""
    return f"{write_string(text)}{_write_tag(language)}"


@lru_cache(maxsize=512)
def _write_tag(language: str) -> str:
    return f"@{language.lower()}" if _LANGUAGE.match(language) else ""


def write_typed(text: str, datatype: str) -> str:
    """Return a literal of a datatype, such as xsd:integer."""
    return f"{write_string(text)}^^<{datatype}>"


def write_date(date: str) -> str:
    """Return an xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the date is written."""
    for pattern, datatype in _DATE_TYPES:
        if pattern.match(date):
            return write_typed(date, datatype)
    return write_typed(date, XSD + "gYear")


def read_string(term: str) -> str:
    """Return the text of a literal, or the address of an IRI, as written in N-Triples."""
    if term.startswith("<"):
        return term[1:-1]
    body = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescape, body) if "\\" in body else body


def read_literal(term: str) -> tuple[str, str]:
    """Return the text of a literal as written in N-Triples, and its language, empty where it has none."""
    end = term.rindex('"')
    body, language = term[1:end], term[end + 2 :] if term.startswith("@", end + 1) else ""
    return _ESCAPED.sub(_unescape, body) if "\\" in body else body, language


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _unescape(found: re.Match[str]) -> str:
    short, long, single = found.groups()
    return _UNESCAPES.get(single, single) if single else chr(int(short or long, 16))


def read_share(text: str | None, *, missing: float) -> float:
    """Return a share of one, such as a confidence; what is no such number counts as missing.

    An update may have written anything in the place of what the encoder writes.
    """
    try:
        share = float(text or missing)
    except ValueError:
        return missing
    return share if 0.0 <= share <= 1.0 else missing


def read_number(text: str) -> float | None:
    """Return a number, or None for what is none or has no end."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def read_offset(text: str | None) -> int:
    """Return a place in a text; what is no such number counts as its beginning."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 16 else 0
