"""Reads RSS, Atom and sitemaps: at an address what they list is fetched, in a file they give the texts they hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from ..errors import SourceError
from ..model import Document, Refusal
from .encoding import decode_page
from .fields import clean_text, read_date
from .identity import identify_text, identify_url
from .markup import strip_markup
from .options import SourceOptions
from .origin import WEB, Origin, Told, read_whole

_LISTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
_BODIES = ("encoded", "content", "description", "summary")
_ENTRIES = frozenset({"item", "entry", "url", "sitemap"})
# A feed that sends whole articles spares its server the requests; what is shorter is a summary.
_WHOLE_ARTICLE = 500
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    kind: str
    url: str | None
    text: str
    told: Told


def read_feed(origin: Origin, options: SourceOptions) -> Iterator[Document | Refusal | Origin]:
    """Yield an Origin for each page that a feed or sitemap of the web lists, a Document where the text is there.

    Raise SourceError where the file is no XML, is another kind of it, or names pages that nobody asked to fetch.
    """
    data = read_whole(origin, most_bytes=options.fetch.most_bytes)
    text = decode_page(data, origin.charset)
    if "<!ENTITY" in text:
        raise SourceError("declares entities, which no feed needs and which may be a bomb: it is not read.")
    empty = True
    for entry in _read_entries(text, origin.url):
        empty = False
        if entry.kind in ("url", "sitemap"):
            yield _list_page(entry, origin)
        elif origin.url is None or len(entry.text) >= _WHOLE_ARTICLE or entry.url is None:
            yield _make_document(entry, origin)
        else:
            yield _list_page(entry, origin)
    if empty:
        raise SourceError("lists nothing.")


def _list_page(entry: _Entry, origin: Origin) -> Origin | Refusal:
    if origin.depth >= _DEEPEST:
        raise SourceError(f"is listed by lists of lists, {_DEEPEST} deep: give its own address.")
    if origin.url is None:
        raise SourceError("lists pages and holds none: give its address, and they are fetched from there.")
    if entry.url is None:
        return Refusal(origin.name, "has no address.", entry.number)
    return Origin(entry.url, origin.opener, kind=WEB, url=entry.url, depth=origin.depth + 1, told=entry.told)


def _make_document(entry: _Entry, origin: Origin) -> Document | Refusal:
    if not entry.text.strip():
        return Refusal(origin.name, "has no text: give the address of the feed, to have its pages.", entry.number)
    told = entry.told
    return Document(
        id=identify_url(entry.url) if entry.url else identify_text(told.title, entry.text),
        text=entry.text,
        title=told.title,
        published=told.published,
        source=told.source,
        url=entry.url,
        author=told.author,
        path=origin.name,
        line=entry.number,
    )


def _read_entries(text: str, base: str | None) -> Iterator[_Entry]:
    events = etree.iterparse(
        io.BytesIO(_without_declaration(text).encode("utf-8", "replace")),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    number, outlet, known = 0, None, False
    try:
        for event, element in events:
            name = _name(element)
            if event == "start":
                if not known and name not in _LISTS:
                    raise SourceError(f"is XML of another kind (<{name}>): RSS, Atom and sitemaps are read.")
                known = True
            elif name == "title" and _name(element.getparent()) in ("channel", "feed"):
                outlet = _clean(element.text)
            elif name in _ENTRIES:
                number += 1
                yield _read_entry(element, number, outlet, base)
                element.clear()
                while element.getprevious() is not None and _name(element.getprevious()) == name:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise SourceError(f"is no XML from line {error.lineno} on ({error.msg}): open it in a browser.") from None
    if not known:
        raise SourceError("is no XML.")


def _read_entry(element: etree._Element, number: int, outlet: str | None, base: str | None) -> _Entry:
    texts: dict[str, str] = {}
    url = None
    for each in element.iter():
        name = _name(each)
        value = "".join(each.itertext()) if name in _BODIES or not len(each) else each.text or ""
        if name == "link" and each.get("href") and each.get("rel", "alternate") == "alternate":
            url = url or each.get("href")
        elif name in ("link", "loc") and value.strip():
            url = url or value.strip()
        elif name == "guid" and each.get("isPermaLink", "true") == "true" and value.strip().startswith("http"):
            texts.setdefault("guid", value.strip())
        elif name == "name" and _name(each.getparent()) == "publication":
            texts.setdefault("publication", value)
        elif value.strip():
            texts.setdefault("author" if name == "name" else name, value)
    address = url or texts.get("guid")
    body = next((texts[key] for key in _BODIES if key in texts), "")
    told = Told(
        title=_clean(texts.get("title")),
        published=_read_day(
            next(
                (texts[key] for key in ("pubDate", "published", "publication_date", "date", "updated") if key in texts),
                "",
            )
        ),
        source=_clean(texts.get("publication")) or outlet,
        author=_clean(texts.get("creator") or texts.get("author")),
    )
    return _Entry(number, _name(element), _join(base, address) if address else None, strip_markup(body), told)


def _join(base: str | None, address: str) -> str | None:
    try:
        return urljoin(base or "", clean_text(address).strip())
    except ValueError:
        return None


def _read_day(text: str) -> str | None:
    text = text.strip()
    if day := read_date(text):
        return day
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError):
        return None


def _clean(text: str | None) -> str | None:
    return clean_text(" ".join((text or "").split())) or None


def _name(element: etree._Element | None) -> str:
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2]


def _without_declaration(text: str) -> str:
    """Take the XML declaration off: it names the encoding that the bytes had."""
    text = text.lstrip("\ufeff \t\r\n")
    return text[text.index("?>") + 2 :] if text.startswith("<?xml") and "?>" in text[:500] else text
