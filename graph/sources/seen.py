"""Remembers which articles a run has met, by their ids, and where each stood."""

from __future__ import annotations

import hashlib
import sqlite3


class SeenIds:
    """Ids of articles; those of an archive are more than memory should hold, and lie in a file without a name."""

    def __init__(self) -> None:
        # A reader that waits takes articles from the thread that asks for them.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE seen (id BLOB PRIMARY KEY, path BLOB, line INTEGER) WITHOUT ROWID;"
        )

    def __contains__(self, document_id: str) -> bool:
        return self.find(document_id) is not None

    def find(self, document_id: str) -> tuple[str, int | None] | None:
        """Return where an article stood, or None where none of its id was met."""
        row = self._database.execute("SELECT path, line FROM seen WHERE id = ?", (_key(document_id),)).fetchone()
        return None if row is None else (row[0].decode("utf-8", "surrogatepass"), row[1])

    def add(self, document_id: str, path: str, line: int | None) -> None:
        """Remember an article."""
        row = (_key(document_id), path.encode("utf-8", "surrogatepass"), line)
        self._database.execute("INSERT INTO seen VALUES (?, ?, ?)", row)


def _key(document_id: str) -> bytes:
    return hashlib.blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
