"""Finds the words of the name index that a typed word may stand for, and how alike each is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ..text.sound import romanize, skeletons
from .spelling import compare_words, drop_letters

# Bounds on what one word looks at, so that a single letter typed costs no more than a name.
MOST_WORDS = 64
LEAST = 0.5
_LONGEST = 48
# A beginning is better than a similar spelling, a spelling better than a sound, and nothing as good as the word itself.
_BEGUN, _SOUND, _LEAST_SOUND = 0.8, 0.9, 0.4


@dataclass(frozen=True, slots=True)
class Similar:
    """The words that one typed word may stand for by id, with how alike each is; `exact` is the word itself, which
    stands in `names` names, or None where no name has it."""

    scores: dict[int, float]
    exact: int | None
    names: int


def find_similar(database: sqlite3.Connection, word: str) -> Similar:
    """Return words that are, begin with, resemble or sound like a word, the best ones where there are many."""
    word = word[:_LONGEST]
    scores: dict[int, float] = {}
    exact, names = None, 0
    for identifier, text, count in _meet(database, "variant", "text", (word, *drop_letters(word))):
        scores[identifier] = compare_words(word, text)
        if text == word:
            exact, names = identifier, count
    rows = database.execute(
        "SELECT id, length(text) FROM word WHERE text > ? AND text < ? ORDER BY weight DESC LIMIT ?",
        (word, word + chr(0x10FFFF), MOST_WORDS),
    )
    for identifier, length in rows:
        scores[identifier] = max(scores.get(identifier, 0.0), _BEGUN + (1 - _BEGUN) * len(word) / length)
    sound = romanize(word)
    for identifier, other, _ in _meet(database, "skeleton", "sound", skeletons(word)):
        is_near = abs(len(other) - len(sound)) <= len(sound) // 2
        if is_near and scores.get(identifier, 0.0) < _SOUND:
            alike = compare_words(sound, other)
            if alike >= _LEAST_SOUND:
                scores[identifier] = max(scores.get(identifier, 0.0), _SOUND * (0.4 + 0.6 * alike))
    best = sorted(scores, key=lambda each: -scores[each])[:MOST_WORDS]
    return Similar({each: scores[each] for each in best if scores[each] >= LEAST}, exact, names)


def find_word(database: sqlite3.Connection, text: str) -> int | None:
    """Return the id of a word, or None where no name has it."""
    row = database.execute("SELECT id FROM word WHERE text = ?", (text,)).fetchone()
    return None if row is None else int(row[0])


def _meet(database: sqlite3.Connection, table: str, form: str, keys: tuple[str, ...]) -> list[tuple[int, str, int]]:
    """Return the words that meet under keys, those of the best-known actors, in one of their forms."""
    marks = ",".join("?" * len(keys))
    query = (
        f"SELECT id, {form}, names FROM word WHERE id IN (SELECT word FROM {table} WHERE key IN ({marks})) "
        "ORDER BY weight DESC LIMIT ?"
    )
    return database.execute(query, (*keys, MOST_WORDS)).fetchall()
