"""Are two names one? Compares folded names of people and bodies written in one document."""

from __future__ import annotations

import re
from functools import lru_cache

from ..text.fold import fold_name

# Long vowels and doubled letters are where newsrooms differ: a skeleton without them joins their spellings.
_WEAK = re.compile("[\u0627\u0648\u064a\u0647\u0621]")
_TWINS = str.maketrans(
    {
        "\u063a": "\u062c",
        "\u062b": "\u062a",
        "\u0630": "\u062f",
        "\u0635": "\u0633",
        "\u0637": "\u062a",
        "\u0642": "\u0643",
        "\u0638": "\u0632",
        "\u0636": "\u062f",
    }
)
_SHORTEST_SKELETON = 3


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return a folded word's consonants, twins joined and repeats dropped; short words keep their vowels."""
    bare = _WEAK.sub("", word[1:]).translate(_TWINS)
    compact = re.sub(r"(.)\1", r"\1", word[:1].translate(_TWINS) + bare)
    return compact if len(compact) >= _SHORTEST_SKELETON else word


def same_word(one: str, other: str) -> bool:
    """Tell whether two folded words are spellings of one."""
    return one == other or (abs(len(one) - len(other)) <= 2 and skeleton(one) == skeleton(other))


def same_person(one: str, other: str) -> bool:
    """Tell whether two names (as written) may name one person: the shorter's words stand in the longer's, in order."""
    short, long = sorted((fold_name(one).split(), fold_name(other).split()), key=len)
    if not short:
        return False
    if len(short) == 1:
        return any(same_word(short[0], word) for word in (long[0], long[-1])) if len(short[0]) > 2 else False
    if len(short) == len(long):
        return all(same_word(a, b) for a, b in zip(short, long, strict=True))
    position = 0
    for word in long:
        if position < len(short) and same_word(short[position], word):
            position += 1
    return (position == len(short) and same_word(short[-1], long[-1])) or (
        position == len(short) and same_word(short[0], long[0])
    )


def same_body(one: str, other: str) -> bool:
    """Tell whether one name of a body is the other's beginning, both folded by words."""
    short, long = sorted((fold_name(one).split(), fold_name(other).split()), key=len)
    return len(short) >= 2 and long[: len(short)] == short
