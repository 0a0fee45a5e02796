"""Finds actors by name: an SQLite index over folded labels, made with each checkpoint.

A query's words are looked up as they are, as beginnings, and with one letter missing on either side, which finds a
wrong, missing, added or swapped letter. Where that finds nothing good, trigrams find names that are more remote.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import StoreError
from ..model import EntityKind
from ..text.fold import fold_name
from .spelling import compare_words, drop_letters, find_grams

# Bounds on what one search looks at, so that a single letter typed costs no more than a name.
MOST_WORDS = 200
MOST_NAMES = 1000
MOST_REMOTE = 100
MOST_READ = 300
GOOD = 0.6
_LEAST = 0.5
_DEGREE_WEIGHT = 0.12


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An actor that was found. `score` is 1.0 for the very name, less for a prefix or a similar spelling;
    `matched` is the label that fits, `degree` the number of facts about the actor."""

    iri: str
    kind: EntityKind
    label_ar: str | None
    label_en: str | None
    matched: str
    score: float
    degree: int


@dataclass(frozen=True, slots=True)
class _Name:
    """A label of the index, with its actor."""

    id: int
    actor: int
    label: str
    folded: str
    words: int
    weight: float


class NameIndex:
    """The index of one checkpoint; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        (highest,) = self._database().execute("SELECT max(degree) FROM actor").fetchone()
        self._scale = math.log1p(highest or 1)

    @classmethod
    def open(cls, path: Path) -> NameIndex:
        """Open an index file for reading."""
        try:
            return cls(path)
        except sqlite3.Error as error:
            raise StoreError(
                f"{path}: the name index cannot be opened ({error}): build the store once more."
            ) from error

    def search(
        self, text: str, *, kind: EntityKind | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[NameMatch, ...]:
        """Return actors whose name is, begins with or resembles text, best first."""
        query = fold_name(text)
        if not query or limit < 1:
            return ()
        scores = self._score_words(query.split())
        remote = self._find_remote(query) if max(scores.values(), default=0.0) < GOOD else frozenset[int]()
        best: dict[int, tuple[float, str]] = {}
        for name, score in self._read_names(query, scores, remote):
            if score >= _LEAST and (name.actor not in best or best[name.actor] < (score, name.label)):
                best[name.actor] = (score, name.label)
        matches = [match for match in self._read_actors(best) if kind is None or match.kind is kind]
        matches.sort(key=self._rank)
        return tuple(matches[max(offset, 0) :][:limit])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._threads = threading.local()

    def _rank(self, match: NameMatch) -> tuple[float, str]:
        return -(match.score + _DEGREE_WEIGHT * math.log1p(match.degree) / self._scale), match.iri

    def _score_words(self, words: list[str]) -> dict[int, float]:
        """Return, for each name that holds enough of the words or their like, how well it does on average.

        The rarest word comes first: of a frequent one only the names of the strongest actors are read, and those that
        rarer words have found.
        """
        similar = [self._find_similar(word) for word in words]
        sums: dict[int, float] = {}
        for found in sorted(similar, key=lambda found: sum(names for _, names in found.values())):
            best: dict[int, float] = {}
            for name, word in self._find_names([*found], [*sums][:MOST_NAMES]):
                best[name] = max(best.get(name, 0.0), found[word][0])
            for name, score in best.items():
                sums[name] = sums.get(name, 0.0) + score / len(words)
        return sums

    def _find_similar(self, word: str) -> dict[int, tuple[float, int]]:
        """Return ids of words that are, begin with or resemble a word: how alike they are, and in how many names."""
        found: dict[int, tuple[float, int]] = {}
        keys = (word, *drop_letters(word))
        marks = ",".join("?" * len(keys))
        rows = self._database().execute(
            f"SELECT id, text, names FROM word WHERE id IN (SELECT word FROM variant WHERE key IN ({marks}))", keys
        )
        for identifier, text, names in rows:
            found[identifier] = (compare_words(word, text), names)
        rows = self._database().execute(
            "SELECT id, text, names FROM word WHERE text >= ? AND text < ? ORDER BY degree DESC LIMIT ?",
            (word, word + chr(0x10FFFF), MOST_WORDS),
        )
        for identifier, text, names in rows:
            score = 0.8 + 0.2 * len(word) / len(text)
            found[identifier] = max(found.get(identifier, (0.0, names)), (score, names))
        return {identifier: score for identifier, score in found.items() if score[0] >= _LEAST}

    def _find_names(self, words: list[int], among: list[int]) -> Iterator[tuple[int, int]]:
        """Yield names of the strongest actors, and names `among` those found before, with the word that they hold."""
        marks = ",".join("?" * len(words))
        database = self._database()
        yield from database.execute(
            f"SELECT name, word FROM placing WHERE word IN ({marks}) ORDER BY name LIMIT ?", (*words, MOST_NAMES)
        )
        if among:
            more = ",".join("?" * len(among))
            yield from database.execute(
                f"SELECT name, word FROM placing WHERE word IN ({marks}) AND name IN ({more})", (*words, *among)
            )

    def _find_remote(self, query: str) -> frozenset[int]:
        """Return names that share most stretches of three letters with the query."""
        grams = find_grams(query)
        if not grams:
            return frozenset()
        rows = self._database().execute(
            "SELECT rowid FROM gram WHERE gram MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{gram}"' for gram in grams), MOST_REMOTE),
        )
        return frozenset(name for (name,) in rows)

    def _read_names(
        self, query: str, scores: dict[int, float], remote: frozenset[int]
    ) -> Iterator[tuple[_Name, float]]:
        """Read the best names with their final score: how well the words fit, how much of the name they cover."""
        count = len(query.split())
        # Names are numbered from the best-known actor on, so ties go to whom people mean.
        best = sorted(scores, key=lambda name: (-scores[name], name))[:MOST_READ]
        chosen = list({*best, *remote})
        marks = ",".join("?" * len(chosen))
        rows = self._database().execute(
            f"SELECT id, actor, label, folded, words, weight FROM name WHERE id IN ({marks})", chosen
        )
        for row in rows:
            name = _Name(*row)
            if name.folded == query:
                yield name, name.weight
                continue
            score = scores.get(name.id, 0.0) * (0.7 + 0.3 * min(1.0, count / name.words))
            if name.id in remote:
                score = max(score, 0.9 * compare_words(query, name.folded))
            yield name, min(score, 0.98) * name.weight

    def _read_actors(self, best: dict[int, tuple[float, str]]) -> Iterator[NameMatch]:
        marks = ",".join("?" * len(best))
        rows = self._database().execute(
            f"SELECT id, iri, kind, ar, en, degree FROM actor WHERE id IN ({marks})", [*best]
        )
        for identifier, iri, kind, ar, en, degree in rows:
            score, label = best[identifier]
            yield NameMatch(iri, EntityKind(kind), ar, en, label, round(score, 4), degree)

    def _database(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            # A checkpoint never changes: immutable spares the locks.
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._threads.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection
