"""Builds a store: documents -> reader -> quads -> SHACL -> store -> checkpoint, with a report of what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .config import Settings
from .model import Document, Extraction, Refusal


class DocumentReader(Protocol):
    """Whoever turns a document into an extraction, such as graph.pipeline.Reader."""

    def read(self, document: Document) -> Extraction:
        """Read one document."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `facts` counts the stored facts of this run by relation."""

    read: int
    unchanged: int
    replaced: int
    refused: tuple[Refusal, ...]
    entities: int
    facts: Mapping[str, int]
    seconds: float
    checkpoint: Path


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build has come."""

    read: int
    refused: int
    facts: int
    seconds: float


def build_store(
    paths: Iterable[Path],
    settings: Settings,
    *,
    reader: DocumentReader,
    on_progress: Callable[[BuildProgress], None] | None = None,
) -> BuildReport:
    """Read documents from paths into the store of the settings; one bad document never ends the run."""
    raise NotImplementedError
