"""Folds labels and compares their words: how alike two spellings are, and the keys under which similar ones meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..text.fold import fold_name

_SHORT = 4
_MARKED = re.compile(r"[\u00c0-\u024f\u0259\u1e00-\u1eff]")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
)


@lru_cache(maxsize=65536)
def fold_label(text: str) -> str:
    """Return the key of a label in searches: that of `fold_name`, with Latin letters without their marks, too."""
    folded = fold_name(text)
    if not _MARKED.search(folded):
        return folded
    bare = unicodedata.normalize("NFKD", folded.translate(_PLAIN_LETTERS))
    return "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")


def join_pairs(text: str) -> tuple[tuple[int, str], ...]:
    """Return each short word with its follower as one folded word, as many write them, and the place of the first."""
    written = text.split()
    folded = [fold_label(word) for word in written]
    short = [place for place, word in enumerate(folded[:-1]) if len(word) <= _SHORT]
    if not short or not all(len(word.split()) == 1 for word in folded):
        return ()  # marks stand among the words: their places are not those of the folded text
    return tuple((place, fold_label(written[place] + written[place + 1])) for place in short)


def compare_words(one: str, other: str) -> float:
    """Return 1.0 for equal words, less by each letter that is wrong, missing, added or swapped with its neighbour."""
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    return 1.0 - _count_edits(one, other) / longest


def drop_letters(word: str) -> tuple[str, ...]:
    """Return the word with each of its letters left out once; words of one letter have no such keys."""
    return tuple({word[:i] + word[i + 1 :] for i in range(len(word))}) if len(word) > 2 else ()


def find_grams(text: str) -> tuple[str, ...]:
    """Return the stretches of three letters in a text, as FTS5's trigram tokenizer finds them."""
    return tuple(dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2) if '"' not in text[i : i + 3]))


def _count_edits(one: str, other: str) -> int:
    """Return the optimal string alignment distance."""
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other))
    end = min(len(one), len(other)) - start
    while end and one[-end:] != other[-end:]:
        end -= 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, match in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
