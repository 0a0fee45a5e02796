"""Finds actors by name: an SQLite index over folded labels, made with each checkpoint.

A query's words are looked up as they are, as beginnings, with one letter missing on either side, which finds a wrong,
missing, added or swapped letter, and by how they sound, which finds transliterations from and into either script.
Where that finds nothing good, trigrams find names that are more remote.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from ..errors import StoreError
from ..model import EntityKind
from .spelling import compare_words, find_grams, fold_label, join_pairs
from .words import LEAST, Similar, find_similar, find_word

# Counted up with each change of the tables in index_writer.py, so that an old index is made anew.
INDEX_FORMAT = 3
# Bounds on what one search looks at.
MOST_NAMES = 300
MOST_REMOTE = 100
MOST_READ = 150
MOST_FOUND = MOST_READ + MOST_REMOTE
_GOOD = 0.6
_MOST_TYPED = 12
# How much it counts that the graph says much of an actor, and how good a word is that was written as two.
_FAME, _JOINED = 0.2, 0.95


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


class _Ranked(NamedTuple):
    """A name that was found: its score and the fame of its actor together, the score, the actor and the label."""

    rank: float
    score: float
    actor: int
    label: str


class NameIndex:
    """The index of one checkpoint; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        (highest,) = self._database().execute("SELECT max(weight) FROM actor").fetchone()
        self._scale = math.log1p(highest or 1)

    @classmethod
    def open(cls, path: Path) -> NameIndex:
        """Open an index file for reading."""
        if path.is_file() and not cls.is_current(path):
            raise StoreError(f"{path}: is no name index of this version: build the store once more.")
        try:
            return cls(path)
        except sqlite3.Error as error:
            raise StoreError(
                f"{path}: the name index cannot be opened ({error}): build the store once more."
            ) from error

    @staticmethod
    def is_current(path: Path) -> bool:
        """Say whether there is an index that this version of Rawabit reads."""
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
                return bool(database.execute("PRAGMA user_version").fetchone() == (INDEX_FORMAT,))
        except sqlite3.Error:
            return False

    def search(
        self, text: str, *, kind: EntityKind | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[NameMatch, ...]:
        """Return actors whose name is, begins with or resembles text, best first."""
        query = fold_label(text)
        if not query or limit < 1:
            return ()
        words = query.split()[:_MOST_TYPED]
        kinds = [kind.value] if kind else [each.value for each in EntityKind]
        scores = self._score_words(query, words, text, kinds)
        remote = self._find_remote(query) if max(scores.values(), default=0.0) < _GOOD else frozenset[int]()
        ranked: dict[int, _Ranked] = {}
        for name in self._read_names(query, len(words), scores, remote, kinds):
            if name.score >= LEAST and (name.actor not in ranked or ranked[name.actor].rank < name.rank):
                ranked[name.actor] = name
        found = sorted(ranked.values(), key=lambda each: (-each.rank, each.actor))
        return tuple(self._read_actors(found[max(offset, 0) :][:limit]))

    def describe(self, iri: str) -> tuple[EntityKind, str | None, str | None] | None:
        """Return the kind and the names in Arabic and English of an entity, or None where it is not there."""
        row = self._database().execute("SELECT kind, ar, en FROM actor WHERE iri = ?", (iri,)).fetchone()
        return None if row is None else (EntityKind(row[0]), row[1], row[2])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._threads = threading.local()

    def _score_words(self, query: str, words: list[str], text: str, kinds: list[str]) -> dict[int, float]:
        """Return, for each name that holds some of the words or their like, how well it does on average."""
        database = self._database()
        similar = [find_similar(database, word) for word in words]
        for place, pair in join_pairs(text):
            joined = find_word(database, pair) if place + 1 < len(words) else None
            if joined is not None:
                similar[place].scores[joined] = similar[place + 1].scores[joined] = _JOINED
        placings: dict[int, list[int]] = {}
        candidates = self._find_candidates(query, similar, kinds)
        for name, word in database.execute(
            f"SELECT name, word FROM placing INDEXED BY placing_name WHERE name IN ({_marks(candidates)})", candidates
        ):
            placings.setdefault(name, []).append(word)
        return {
            name: sum(max(map(each.scores.get, held, repeat(0.0))) for each in similar) / len(similar)
            for name, held in placings.items()
        }

    def _find_candidates(self, query: str, similar: list[Similar], kinds: list[str]) -> list[int]:
        """Return names worth a look: the very name, those with both of the rarest words, those with any, or its like.

        Of a frequent word only the names of the strongest actors are read.
        """
        database = self._database()
        found = [name for (name,) in database.execute("SELECT id FROM name WHERE folded = ? LIMIT 50", (query,))]
        exact = sorted((each.names, each.exact) for each in similar if each.exact is not None)
        if len(exact) > 1:
            rows = database.execute(
                f"SELECT name FROM placing AS one WHERE word = ? AND kind IN ({_marks(kinds)}) AND EXISTS (SELECT 1 "
                "FROM placing AS other WHERE other.name = one.name AND other.word = ?) ORDER BY name LIMIT ?",
                (exact[0][1], *kinds, exact[1][1], MOST_NAMES),
            )
            found += [name for (name,) in rows]
        for each in similar:
            words = [word for word in each.scores if word != each.exact]
            for chosen in ([each.exact] if each.exact is not None else [], words):
                rows = database.execute(
                    f"SELECT name FROM placing WHERE word IN ({_marks(chosen)}) AND kind IN ({_marks(kinds)}) "
                    "ORDER BY name LIMIT ?",
                    (*chosen, *kinds, max(MOST_NAMES // len(similar), 100)),
                )
                found += [name for (name,) in rows]
        return [*dict.fromkeys(found)]

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
        self, query: str, count: int, scores: dict[int, float], remote: frozenset[int], kinds: list[str]
    ) -> Iterator[_Ranked]:
        """Read the best names with their final score: how well the words fit, how much of the name they cover."""
        # Names are numbered from the best-known actor on, so ties go to whom people mean.
        best = sorted(scores, key=lambda name: (-scores[name], name))[:MOST_READ]
        chosen = list({*best, *remote})
        rows = self._database().execute(
            f"SELECT n.id, actor, label, folded, words, n.weight, a.weight FROM name AS n JOIN actor AS a "
            f"ON a.id = actor WHERE n.id IN ({_marks(chosen)}) AND kind IN ({_marks(kinds)})",
            (*chosen, *kinds),
        )
        for name, actor, label, folded, words, weight, known in rows:
            score = scores.get(name, 0.0) * (0.75 + 0.25 * min(1.0, count / words))
            if name in remote:
                score = max(score, 0.9 * compare_words(query, folded))
            score = weight * (1.0 if folded == query else min(score, 0.98))
            yield _Ranked(score + _FAME * math.log1p(known) / self._scale, score, actor, label)

    def _read_actors(self, found: Sequence[_Ranked]) -> Iterator[NameMatch]:
        rows = self._database().execute(
            f"SELECT id, iri, kind, ar, en, degree FROM actor WHERE id IN ({_marks(found)})",
            [each.actor for each in found],
        )
        actors = {row[0]: row[1:] for row in rows}
        for each in found:
            iri, kind, ar, en, degree = actors[each.actor]
            yield NameMatch(iri, EntityKind(kind), ar, en, each.label, round(each.score, 4), degree)

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


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
