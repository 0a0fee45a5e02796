"""How a folded word sounds, in one alphabet for both scripts, so that a name meets its transliterations.

`romanize` keeps vowels and serves to compare; `skeletons` keep coarse classes of consonants and serve to find. Neither
says how a word is spelt in the other script: Arabic leaves short vowels out, and every newspaper has its own way.
"""

from __future__ import annotations

import re
from functools import lru_cache

# One sign a sound: "$" is sh, "c" the sound of "tsh", "x" that of "kh"; p is b and v is f, as Arabic writes them.
_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
    "س": "s", "ش": "$", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "o", "ي": "i", "ء": "", "تش": "c",
}  # fmt: skip
_LATIN = {
    "tsch": "c", "tch": "c", "sch": "$", "sh": "$", "ch": "c", "kh": "x", "gh": "g", "th": "t", "dh": "d", "ph": "f",
    "zh": "j", "dj": "j", "ck": "k", "ou": "o", "oo": "o", "ee": "i", "ei": "i", "ai": "i", "ay": "i", "qu": "k",
    "b": "b", "p": "b", "t": "t", "d": "d", "r": "r", "l": "l", "m": "m", "n": "n", "f": "f", "v": "f", "w": "w",
    "s": "s", "z": "z", "k": "k", "q": "k", "c": "c", "g": "g", "j": "j", "x": "ks", "h": "h", "y": "i", "i": "i",
    "e": "i", "a": "a", "o": "o", "u": "o",
}  # fmt: skip
_SOUNDS = {**_ARABIC, **_LATIN}
_SPELLING = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
# Of most words each letter is a sound by itself, which needs no search.
_LETTERS = str.maketrans({spelt: sound for spelt, sound in _ARABIC.items() if len(spelt) == 1})
_SEVERAL = re.compile("|".join(["[a-z]", *(spelt for spelt in _ARABIC if len(spelt) > 1)]))
_REPEATED = re.compile(r"(.)\1+")
# A sign with several classes is read in each way, the same way throughout a word; "" is a vowel or silent.
_CLASSES = str.maketrans(
    {
        **{"b": "B", "t": "T", "d": "D", "r": "R", "l": "L", "m": "M", "n": "N", "f": "F", "k": "K", "x": "K"},
        **{"s": "S", "z": "S", "$": "S", "h": "", "a": "", "i": "", "o": ""},
    }
)
_DOUBTFUL = {"g": ("K", "S"), "j": ("S", "K", ""), "c": ("S", "K"), "w": ("F", "")}
_NO_CLASS = re.compile("[^A-Z0-9]")
_LEAST = 2


@lru_cache(maxsize=65536)
def romanize(word: str) -> str:
    """Return how a word sounds, one sign a sound and none twice in a row; digits and the like stay as they are."""
    if _SEVERAL.search(word):
        return _REPEATED.sub(r"\1", _SPELLING.sub(lambda found: _SOUNDS[found.group()], word))
    return _REPEATED.sub(r"\1", word.translate(_LETTERS))


def skeletons(word: str) -> tuple[str, ...]:
    """Return the classes of a word's consonants, in each way that it may be read; too short ones tell nothing."""
    sound = romanize(word)
    readings = {sound}
    for sign, classes in _DOUBTFUL.items():
        if sign in sound:
            readings = {each.replace(sign, chosen) for each in readings for chosen in classes}
    keys = (_REPEATED.sub(r"\1", _NO_CLASS.sub("", each.translate(_CLASSES))) for each in readings)
    return tuple(sorted({key for key in keys if len(key) >= _LEAST}))
