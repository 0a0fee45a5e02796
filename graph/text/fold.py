"""Folds Arabic spelling for comparison. `normalize` serves grammar look-ups, `fold_name` the comparison of names.

Neither keeps offsets: the folded form is a key, never a text to cut from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks that readers do not see: harakat, tatweel, bidi controls, zero-width characters, byte-order mark.
_MARKS = "".join(map(chr, (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06ED), 0x0640)))
INVISIBLE = "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x00AD, 0x061C))
)
_HAMZA_SEATS = {0x0622: 0x0627, 0x0623: 0x0627, 0x0625: 0x0627, 0x0671: 0x0627}
_FOREIGN_LETTERS = {
    0x06A4: 0x0641,
    0x06AF: 0x063A,
    0x06CC: 0x064A,
    0x06A9: 0x0643,
    0x067E: 0x0628,
    0x0686: 0x062C,
    0x06D5: 0x0647,
}
_DELETE = dict.fromkeys(map(ord, _MARKS + INVISIBLE))
_NORMALIZE = {**_DELETE, **_HAMZA_SEATS, **_FOREIGN_LETTERS}
_LOOSE = str.maketrans({0x0649: 0x064A, 0x0629: 0x0647, 0x0624: 0x0648, 0x0626: 0x064A})
_BOTH: dict[int, int | None] = {**_LOOSE, **_NORMALIZE}
# Letters that stay are listed, too: it takes longer not to find a letter than to find it.
_NORMAL_LETTERS = {**{letter: letter for letter in (*range(0x7F), *range(0x600, 0x700))}, **_NORMALIZE}
_LOOSE_TEXT = {chr(old): "" if new is None else chr(_LOOSE.get(new, new)) for old, new in _BOTH.items()}


class _NameLetters(dict[int, int | None]):
    """What becomes of each letter of a name, worked out when it is first met: no marks, normalised, loosened."""

    def __missing__(self, letter: int) -> int | None:
        kept = None if unicodedata.category(chr(letter)) == "Mn" else _NORMALIZE.get(letter, letter)
        self[letter] = found = None if kept is None else _LOOSE.get(kept, kept)
        return found


@lru_cache(maxsize=1)
def _name_letters() -> _NameLetters:
    return _NameLetters()


_ARTICLE = "\u0627\u0644"
_WORD = re.compile(r"\w+")


def normalize(text: str) -> str:
    """Return text without diacritics, tatweel and bidi marks, with one seat of hamza on alif; ى and ة stay apart."""
    return unicodedata.normalize("NFC", text).translate(_NORMAL_LETTERS)


def strip_marks(text: str) -> str:
    """Return text without diacritics, tatweel and bidi marks, its letters as they are: what models of Arabic take."""
    return unicodedata.normalize("NFC", text).translate(_DELETE)


def loosen(norm: str) -> str:
    """Return a normalised word with ى as ي, ة as ه and hamza seats flattened: the key of name look-ups."""
    return norm.translate(_LOOSE)


def loosen_text(text: str) -> str:
    """Return what `loosen` makes of a text that is not normalised yet; quicker where the text is an article.

    It has few different letters: to look for one after the other takes less time than to look up each as it stands.
    """
    text = unicodedata.normalize("NFC", text)
    for letter in _LOOSE_TEXT.keys() & set(text):
        text = text.replace(letter, _LOOSE_TEXT[letter])
    return text


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """Return a name's key: normalised, loosened, lower case, no punctuation, the article cut from each longer word."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text or "").translate(_name_letters()).lower())
    return " ".join(word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word for word in words)
