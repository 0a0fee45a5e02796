"""Writes small HTML pages about one thing: a title, its IRI, a table of properties, and where there is more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

# Pages without scripts, which others may show in a frame: OpenRefine does with previews.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem;color:#1b1b1b;background:#fff}h1{font-size:1.4rem;margin:0}"
    "p{margin:.3rem 0 1rem}table{border-collapse:collapse}th,td{padding:.25rem 1rem .25rem 0;text-align:start;"
    "vertical-align:top}th{font-weight:600;white-space:nowrap}td div{unicode-bidi:plaintext}a{color:#0b5394}"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: a text with its language, or a link."""

    text: str
    address: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property by its short name and IRI, with its values."""

    name: str
    iri: str
    values: tuple[Value, ...]


def write_page(title: str, iri: str, properties: Sequence[Property], links: Mapping[str, str]) -> bytes:
    """Return a page; `links` are addresses by what they lead to."""
    rows = "".join(map(_write_row, properties))
    more = " · ".join(f'<a href="{_encode(address)}">{escape(name)}</a>' for name, address in links.items())
    return (
        f'<!doctype html>\n<html lang="ar" dir="auto">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<p><small><bdi>{escape(iri)}</bdi></small></p>\n<table>\n{rows}</table>\n<p>{more}</p>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _write_row(each: Property) -> str:
    values = "".join(map(_write, each.values))
    return f'<tr><th title="{escape(each.iri)}">{escape(each.name)}</th><td>{values}</td></tr>\n'


def _write(value: Value) -> str:
    text = escape(value.text)
    if value.address is not None and value.address.startswith(("http://", "https://", "/")):
        return f'<div><a href="{_encode(value.address)}">{text}</a></div>'
    language = f' lang="{escape(value.language)}"' if value.language else ""
    return f'<div{language} dir="auto">{text}</div>'


def _encode(address: str) -> str:
    return escape(quote(address, safe="/:?#[]@!$&'()*+,;=%~-._"))
