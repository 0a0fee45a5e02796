"""Bytes in, text out: UTF-8, UTF-16 with its mark, or windows-1256; anything else is refused, never guessed at."""

from __future__ import annotations

import codecs

from ..errors import SourceError

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_PROBE = 65_536
# Below these an old encoding is not told from another: Arabic prose has about 12 % of "al-" and hardly a Latin accent.
_FEWEST_LETTERS = 20
_LEAST_ARABIC = 0.9
_LEAST_ARTICLE = 0.02
_ARTICLE_IN_1256 = b"\xc7\xe1"


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding read here: they hold NUL or many control characters."""
    if data.startswith(UTF16_MARKS) and not data.startswith(_UTF32_MARKS):
        return False
    probe = data[:_PROBE]
    return b"\0" in probe or len(probe) - len(probe.translate(None, _CONTROLS)) > len(probe) / 50


def decode(data: bytes) -> str:
    """Return the text without its byte order mark; raise SourceError where the encoding is not one of those read."""
    if data.startswith(_UTF32_MARKS):
        raise SourceError("is UTF-32, which is not read here: save it as UTF-8.")
    if data.startswith(UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise SourceError(f"says it is UTF-16 and is not (byte {error.start}): save it as UTF-8.") from None
    if is_binary(data):
        raise SourceError("is a binary file, or UTF-16 without a byte order mark: give text, best as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_windows_1256(data)
        if text is None:
            raise SourceError(
                f"is in an unknown encoding (byte {error.start} is no UTF-8, and it does not read as windows-1256): "
                "save it as UTF-8."
            ) from None
        return text


def _decode_windows_1256(data: bytes) -> str | None:
    text = data.decode("cp1256")
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    arabic = sum("\u0600" <= character <= "\u06ff" for character in letters)
    if arabic < _FEWEST_LETTERS or arabic < len(letters) * _LEAST_ARABIC:
        return None
    # ISO-8859-6 and MacArabic read as windows-1256 give Arabic letters too, but not the commonest pair of them.
    return text if data.count(_ARTICLE_IN_1256) >= arabic * _LEAST_ARTICLE else None
