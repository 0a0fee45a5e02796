"""Reads one article from an HTML page with trafilatura: its text without menus, title, day, author, outlet, address."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ..errors import SourceError
from ..model import Document
from .encoding import decode_page
from .fields import clean_text, read_date
from .identity import identify_file, identify_url, split_address
from .options import SourceOptions
from .origin import Origin, read_whole

# What trafilatura does with a page takes time with the square of its elements: news pages have a few thousand.
_MOST_TAGS = 100_000
# Where trafilatura finds no article it gives whatever words there are.
_FEWEST_WORDS = 8
_LIBRARIES = ("trafilatura", "htmldate", "courlan", "justext")
_SAME_HOST = ("www.", "m.", "amp.")


def read_page(origin: Origin, options: SourceOptions) -> Iterator[Document]:
    """Yield the article; raise SourceError where the page holds none that can be told from what surrounds it.

    Offsets count the text that was taken out, a paragraph a line. Nothing is fetched.
    """
    html = decode_page(read_whole(origin, most_bytes=options.most_bytes), origin.charset)
    if html.count("<") > _MOST_TAGS:
        raise SourceError(f"has more than {_MOST_TAGS:,} elements, which is no page of one article: split it.")
    found = _extract(html, origin.url)
    title, source, author = (_text(found.get(key)) for key in ("title", "sitename", "author"))
    title = title or origin.told.title
    text = _without_title(clean_text(found.get("text") or ""), title)
    if len(text.split()) < _FEWEST_WORDS:
        raise SourceError("holds no article that can be told from menus and lists: give the text itself.")
    url = _choose_address(origin.url, found.get("url"))
    yield Document(
        id=identify_url(url) if url else identify_file(origin),
        text=text,
        title=title,
        published=read_date(found.get("date")) or origin.told.published,
        source=_choose_outlet(source, origin.told.source, url),
        url=url,
        author=author or origin.told.author,
        path=origin.name,
        line=origin.line,
    )


def _extract(html: str, url: str | None) -> dict[str, str | None]:
    from trafilatura import bare_extraction

    for name in _LIBRARIES:  # what they log of a bad page is said in the refusal; without a handler it is printed
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        # A date is what says that it is one: searched for in the text, a copyright line gives a first of January.
        found = bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        raise SourceError(f"is a page that trafilatura fails on ({type(error).__name__}): give its text.") from error
    if found is None:
        return {}
    return {key: getattr(found, key) for key in ("text", "title", "date", "author", "sitename", "url")}


def _text(value: str | None) -> str | None:
    return clean_text(" ".join(value.split())) or None if value else None


def _without_title(text: str, title: str | None) -> str:
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and " ".join(first.split()) == title and rest.strip() else text


def _choose_address(url: str | None, canonical: str | None) -> str | None:
    """Return the canonical address where it may be believed: a page can speak for its own host alone, and not as its
    front page."""
    here, there = (split_address(each) if each else None for each in (url, canonical))
    if there is None:
        return url
    if here is None:
        return canonical
    if _host(here.hostname) != _host(there.hostname) or (there.path in ("", "/") and here.path not in ("", "/")):
        return url
    return canonical


def _choose_outlet(named: str | None, told: str | None, url: str | None) -> str | None:
    """Return the outlet: trafilatura gives the host's name where the page names none, and a feed may know better."""
    parts = split_address(url) if url else None
    if named and (parts is None or named.lower() not in parts.netloc.lower()):
        return named
    return told or (parts.hostname if parts else None) or named


def _host(name: str | None) -> str:
    for prefix in _SAME_HOST:
        name = (name or "").removeprefix(prefix)
    return name or ""
