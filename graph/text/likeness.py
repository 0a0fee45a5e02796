"""How alike two folded words are, from 0 to 1, in one script or in two: by the letters that newsrooms differ in.

Letters are compared in order. What one may write in several ways costs little: long vowels, letters of one sound class
in foreign names, and, between the scripts, the short vowels that Arabic leaves out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .sound import romanize

# Letters that stand for one sound of a foreign name, or that sloppy spelling confuses.
_TWINS = ("[ثتس]", "[ذدز]", "[صسز]", "[طت]", "[ضدظ]", "[ظز]", "[فب]", "[خكه]", "[شس]", "[غه]")
_NEAR_TWINS = ("[غجكق]",)
_WEAK = frozenset("[اويء]")
_SOUND_TWINS = ("kgxq", "sz$", "dt", "fbw", "jc$", "xh", "dz", "gh", "fo")
_NEAR_SOUNDS = ("gj", "ck", "c$", "wo")
_VOWELS = frozenset("aio")
_SOFT, _CLASS, _NEAR, _OTHER = 0.3, 0.34, 0.2, 1.0
# Arabic leaves short vowels out, "a" most of all; a long one that Latin lacks, or writes as another, says more.
_SHORT_A, _SHORT, _LONG = 0.08, 0.2, 0.25


_SOFT_C = re.compile("c(?=[eiy])")


def _pairs(groups: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((one, other) for group in groups for one in group for other in group if one != other)


_SWAPS = dict.fromkeys(_pairs(_TWINS), _CLASS) | dict.fromkeys(_pairs(_NEAR_TWINS), _NEAR)
_SOUND_SWAPS = dict.fromkeys(_pairs(_SOUND_TWINS), _CLASS) | dict.fromkeys(_pairs(_NEAR_SOUNDS), _NEAR)


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """Return how alike two folded words are: 1 for one spelling, above 0.85 for what may be spellings of one word."""
    if one == other:
        return 1.0
    if one.isascii() or other.isascii():
        return _sound_likeness(one, other)
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > longest // 2:
        return 0.0
    return max(0.0, 1.0 - _distance(one, other) / ((len(one) + len(other)) / 2))


def is_latin(word: str) -> bool:
    """Tell whether a folded word is written in Latin letters."""
    return word.isascii() and any(letter.isalpha() for letter in word)


def _distance(one: str, other: str) -> float:
    """Return the cost of turning one Arabic word into the other."""
    row = [0.0]
    for place, letter in enumerate(other):
        row.append(row[-1] + _drop(other, place, letter))
    for place, letter in enumerate(one):
        before, row = row, [row[0] + _drop(one, place, letter)]
        for column, facing in enumerate(other):
            row.append(
                min(
                    before[column] + _swap(letter, facing),
                    before[column + 1] + _drop(one, place, letter),
                    row[column] + _drop(other, column, facing),
                )
            )
    return row[-1]


def _drop(word: str, place: int, letter: str) -> float:
    if letter in _WEAK:
        is_firm = place == 0 or (place == len(word) - 1 and letter in "وي")
        return _SOFT * 1.5 if is_firm else _SOFT
    if place and word[place - 1] == letter:
        return _SOFT  # written twice or once
    return _SOFT if letter == "ه" and place == len(word) - 1 else _OTHER


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _WEAK and other in _WEAK:
        return _SOFT
    return _SWAPS.get((one, other), _OTHER)


def _sound_likeness(one: str, other: str) -> float:
    """Compare by sound, of words of which one at least is in Latin letters."""
    first, second = _sound(one), _sound(other)
    if not first or not second:
        return 0.0
    consonants = max(sum(sign not in _VOWELS for sign in word) for word in (first, second))
    cost = _sound_distance(first, second, _lacks_vowels(one), _lacks_vowels(other))
    return max(0.0, 1.0 - cost / max(consonants + 0.5, 0.75 * max(len(first), len(second)), 2.0))


def _lacks_vowels(word: str) -> bool:
    return not word.isascii()


def _sound(word: str) -> str:
    """Return how a word sounds.

    In Arabic a first alif with a vowel behind it is none, and a last ه is an "a"; in Latin a c before e, i, y is an s.
    """
    if not word.isascii():
        if len(word) > 3 and word[0] == "ا" and word[1] in "وي":
            word = word[1:]
        if len(word) > 2 and word.endswith("ه"):
            word = word[:-1] + "ا"
        return romanize(word)
    return romanize(_SOFT_C.sub("s", word))


def _sound_distance(one: str, other: str, one_bare: bool, other_bare: bool) -> float:
    """Return the cost of turning one sound into another; who `lacks vowels` writes only the long ones."""
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _sound_drop(sign, one_bare))
    for place, sign in enumerate(one):
        before, row = row, [row[0] + _sound_drop(sign, other_bare)]
        for column, facing in enumerate(other):
            at_edge = place == column == 0 or (place == len(one) - 1 and column == len(other) - 1)
            row.append(
                min(
                    before[column] + _sound_swap(sign, facing, at_edge),
                    before[column + 1] + _sound_drop(sign, other_bare),
                    row[column] + _sound_drop(facing, one_bare),
                )
            )
    return row[-1]


def _sound_drop(sign: str, facing_bare: bool) -> float:
    """Return the cost of a sound that the other word does not write."""
    if sign in _VOWELS:
        if not facing_bare:
            return _LONG
        return _SHORT_A if sign == "a" else _SHORT
    return _SHORT if sign == "h" else _OTHER


def _sound_swap(one: str, other: str, at_edge: bool) -> float:
    """Return the cost of another sound; a first or last vowel is written in several ways."""
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _SHORT_A if at_edge else _SOFT
    return _SOUND_SWAPS.get((one, other), _OTHER)
