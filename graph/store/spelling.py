"""Compares folded words: how alike two spellings are, and the keys under which similar ones meet."""

from __future__ import annotations


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
