"""SVG -> a web page of its own that zooms, moves, shows an actor's ties and reads out the evidence of a line.

The page fetches nothing: it can be mailed or opened from a disk.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from .words import Words

_TEMPLATE = Path(__file__).with_name("page.html")


def write_page(svg: str, title: str, *, language: str = "ar") -> str:
    """Return the page around a picture."""
    words = Words.load(language)
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
        title=escape(title),
        reset=escape(words.get("reset")),
        hint=escape(words.get("hint")),
        svg=svg,
    )
