"""Makes text safe for XML attributes: escapes mark-up, keeps line breaks, drops what XML 1.0 cannot carry."""

from __future__ import annotations

import re

# Control characters, lone surrogates and the two non-characters; XML 1.0 has no way to write them, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def attribute(text: str) -> str:
    """Return text as it stands between the quotes of an attribute."""
    # isprintable is false at any control character and far faster than a pattern, as `in` is than str.translate.
    if not text.isprintable():
        text = _FORBIDDEN.sub("", text)
        return _escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return _escape(text) if "&" in text or "<" in text or '"' in text else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
