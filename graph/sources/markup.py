"""HTML that stands in a field of a feed or a table in, its prose out, a paragraph a line."""

from __future__ import annotations

import re

from .fields import clean_text

_BLOCKS = frozenset({"p", "br", "div", "li", "h1", "h2", "h3", "h4", "tr", "blockquote"})
_UNSEEN = frozenset({"script", "style", "iframe", "noscript"})
_MOST_TAGS = 100_000
# What content systems write around paragraphs; a lone "<" or an invented tag in prose is none.
_MARKUP = re.compile(r"</(?:p|div|span|li|h[1-6]|blockquote|figure)\s*>|<br\s*/?>|<!-- wp:", re.IGNORECASE)


def holds_markup(text: str) -> bool:
    """Tell whether a text is HTML."""
    return _MARKUP.search(text) is not None


def strip_markup(text: str) -> str:
    """Return the prose of a text that may be HTML; of what cannot be read as such, nothing."""
    if "<" not in text:
        return clean_text(text).strip()
    if text.count("<") > _MOST_TAGS:
        return ""
    from lxml import etree, html  # takes a while to load, and few need it

    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for each in tree.iter():
        if each.tag in _UNSEEN or not isinstance(each.tag, str):  # a comment is no element
            each.text = None
        if each.tag in _BLOCKS:
            each.text = f"\n{each.text or ''}"
            each.tail = f"\n{each.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return clean_text("\n".join(line for line in lines if line))
