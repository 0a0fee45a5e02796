"""Bytes in, text out: by byte order mark, by what is declared, or by which encoding makes Arabic of them.

Nothing is guessed at: where no encoding makes text that reads as Arabic, or two do, the bytes are refused.
"""

from __future__ import annotations

import codecs
import re

from ..errors import SourceError

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_PROBE = 65_536
_DECLARATION_WITHIN = 4_096
# Below these an old encoding is not told from another: Arabic prose has about 12 % of "al-" and hardly a Latin accent.
_FEWEST_LETTERS = 20
_LEAST_ARABIC = 0.9
_LEAST_ARTICLE = 0.02
_ARTICLE = "\u0627\u0644"
# ISO-8859-6 leaves most bytes undefined; what is written with its letters and Mac marks is read as MacArabic.
_ARABIC_CODECS = ("cp1256", "iso8859-6", "mac_arabic")
# By the rules of the web a page that says Latin-1 or ASCII means windows-1252, and says so whatever it holds.
_SAYS_NOTHING = frozenset({"ascii", "iso8859-1", "cp1252", "latin-1"})
_DECLARED = (
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE),
    re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE),
)
# A page of the web is read although a byte in so many is wrong: cut off in the middle of a letter, or glued together.
_BROKEN_SHARE = 1_000


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding read here: they hold NUL or many control characters."""
    if data.startswith(UTF16_MARKS) and not data.startswith(_UTF32_MARKS):
        return False
    probe = data[:_PROBE]
    if b"\0" in probe:
        return find_unmarked_utf16(data) is None
    return len(probe) - len(probe.translate(None, _CONTROLS)) > len(probe) / 50


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text without its byte order mark; raise SourceError where the encoding is not one of those read.

    `declared` is the name that a header, a page or the beginning of the file gives; it is believed where it fits.
    """
    if data.startswith(_UTF32_MARKS):
        raise SourceError("is UTF-32, which is not read here: save it as UTF-8.")
    if data.startswith(UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise SourceError(f"says it is UTF-16 and is not (byte {error.start}): save it as UTF-8.") from None
    if is_binary(data):
        raise SourceError("is a binary file, or cut off UTF-16: give text, best as UTF-8.")
    for name in (find_unmarked_utf16(data), "utf-8", find_codec(declared)):
        if (text := _decode_as(data, name)) is not None:
            return text
    if (text := _decode_as(data, guess_arabic(data))) is not None:  # last and alone: it looks long
        return text
    raise SourceError(
        "is in an unknown encoding (no UTF-8, and neither windows-1256 nor ISO-8859-6 makes Arabic of it): "
        "save it as UTF-8."
    )


def decode_page(data: bytes, declared: str | None = None) -> str:
    """Decode a page or feed of the web: by header, then by its own declaration, and past a few broken bytes."""
    declared = declared or find_declaration(data)
    try:
        return decode(data, declared)
    except SourceError:
        text = data.decode(find_codec(declared) or "utf-8", "replace")
        if is_binary(data) or text.count("\ufffd") > max(len(text) / _BROKEN_SHARE, 1):
            raise
        return text


def find_declaration(data: bytes) -> str | None:
    """Return the encoding that the beginning of a page or XML file names."""
    head = data[:_DECLARATION_WITHIN]
    return next((found.group(1).decode("ascii") for each in _DECLARED if (found := each.search(head))), None)


def find_codec(declared: str | None) -> str | None:
    """Return Python's name of a declared encoding; None where it is unknown, is not one of text or tells nothing."""
    if not declared:
        return None
    try:
        found = codecs.lookup("mac_arabic" if declared.lower() == "x-mac-arabic" else declared)
        "".encode(found.name)
    except (LookupError, ValueError):
        return None
    return None if found.name in _SAYS_NOTHING else found.name


def sniff(data: bytes) -> str | None:
    """Return the encoding of a file of which `data` is the beginning, to be tried where a line is no UTF-8."""
    return find_unmarked_utf16(data) or guess_arabic(data)


def find_unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: Arabic and ASCII letters have but 00 and 06 as upper bytes."""
    probe = data[: _PROBE - 2]
    # UTF-16 without a single blank, digit or mark of ASCII is no text of a newspaper.
    if b"\0" not in probe or len(probe) < _FEWEST_LETTERS * 2:
        return None
    for name, upper, lower in (("utf-16-le", probe[1::2], probe[0::2]), ("utf-16-be", probe[0::2], probe[1::2])):
        usual = upper.count(b"\0") + upper.count(b"\x06")
        if usual > len(upper) * 0.9 and lower.count(b"\0") < len(lower) / 10:
            return name
    return None


def guess_arabic(data: bytes) -> str | None:
    """Return the old Arabic encoding in which bytes read as Arabic prose; None where none is better than the others."""
    probe = data[:_PROBE]
    scores = {name: _score(probe, name) for name in _ARABIC_CODECS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _LEAST_ARTICLE else None


def _score(data: bytes, codec: str) -> float:
    """Return how often the commonest pair of Arabic letters comes; 0 where not all letters are Arabic."""
    text = _decode_as(data, codec)
    if text is None:
        return 0.0
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    arabic = sum("\u0600" <= character <= "\u06ff" for character in letters)
    if arabic < _FEWEST_LETTERS or arabic < len(letters) * _LEAST_ARABIC:
        return 0.0
    return text.count(_ARTICLE) / arabic


def _decode_as(data: bytes, codec: str | None) -> str | None:
    if codec is None:
        return None
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff")
