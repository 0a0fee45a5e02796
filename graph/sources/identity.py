"""Ids for articles that bring none: from their address, else from the file's name, else from what they say."""

from __future__ import annotations

import hashlib
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from .fields import check_id
from .origin import Origin

# Parameters that say whence a reader came, not what is read.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid", "ref_src", "at_medium", "at_campaign")
_DIGITS = 16


def identify_file(origin: Origin) -> str:
    """Return the id of an article that is one file: of its address where it has one, else its name without suffix."""
    return identify_url(origin.url) if origin.url else check_id(origin.stem)


def identify_url(url: str) -> str:
    """Return an id that the same address always gives: its host and a hash.

    Scheme, "www.", fragment, parameters that track readers, a slash at the end and the way in which letters that are
    not Latin are written make no difference.
    """
    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:  # brackets or a port that are none: no address, but still a name
        return f"url-{short_hash(url, _DIGITS)}"
    host = _write_host(parts.hostname or "")
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].lower().startswith(_TRACKING)
    ]
    port = "" if number in (None, 80, 443) else f":{number}"
    address = f"{host}{port}{unquote(parts.path).rstrip('/')}?{urlencode(query)}"
    return f"{host}-{short_hash(address, _DIGITS)}"


def _write_host(host: str) -> str:
    host = host.removeprefix("www.")
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def split_address(url: str) -> SplitResult | None:
    """Return the parts of an address of the web; None where it is none."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        return None
    return parts if sound else None


def identify_text(*fields: str | None) -> str:
    """Return an id made from what an article says."""
    return f"text-{short_hash(chr(0x1F).join(each or '' for each in fields), _DIGITS)}"


def short_hash(text: str, digits: int = 8) -> str:
    """Return the first digits of a hash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
