"""Finds actors by name: an SQLite full-text index over folded labels, made with each checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model import EntityKind


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


class NameIndex:
    """The index of one checkpoint; safe to share between threads."""

    @classmethod
    def open(cls, path: Path) -> NameIndex:
        """Open the index in a checkpoint's folder for reading."""
        raise NotImplementedError

    def search(
        self, text: str, *, kind: EntityKind | None = None, limit: int = 20, offset: int = 0
    ) -> tuple[NameMatch, ...]:
        """Return actors whose name is, begins with or resembles text, best first."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError
