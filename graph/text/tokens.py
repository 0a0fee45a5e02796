"""Cuts a sentence into words, numbers and marks. Offsets point into the text the sentence was cut from."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ..model import Sentence, Token
from .fold import INVISIBLE, normalize

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
_ARABIC = rf"\u0621-\u064A\u066E-\u06D3\u06D5\u06FA-\u06FF{_MARKS}"
# A number keeps its separators, a Latin word its apostrophes and hyphens (F-16, Al-Qaeda), an Arabic word its marks.
_TOKEN = re.compile(
    rf"[{_ARABIC}{re.escape(INVISIBLE)}]*[{_ARABIC}][{_ARABIC}{re.escape(INVISIBLE)}]*"
    r"|[0-9\u0660-\u0669]+(?:[.,\u066B\u066C:/][0-9\u0660-\u0669]+)*"
    r"|[A-Za-z\u00C0-\u024F]+(?:['\u2019.&-]?[A-Za-z0-9\u00C0-\u024F]+)*"
    r"|&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"
    r"|[^\s]"
)


# Words come again and again; their normal form depends on no language data.
@lru_cache(maxsize=32768)
def normalize_word(text: str) -> str:
    """Return the normal form of a token; a character reference of HTML ("&#34;") is the mark that it stands for."""
    return normalize(html.unescape(text).strip() if text[0] == "&" else text)


def tokenize(sentence: Sentence) -> tuple[Token, ...]:
    """Return the tokens of a sentence in reading order; `norm` is the normalised form, empty tokens are left out."""
    start = sentence.start
    # What the named tuple would call, without its call.
    make = tuple.__new__
    return tuple(
        [
            make(Token, (start + match.start(), start + match.end(), text, norm))
            for match in _TOKEN.finditer(sentence.text)
            if (norm := normalize_word(text := match[0]))
        ]
    )
