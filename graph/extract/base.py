"""What every reader of articles is to the rest of the house: an Extraction for a Document."""

from __future__ import annotations

from typing import Protocol

from ..model import Document, Extraction


class Extractor(Protocol):
    """Whoever turns a document into an extraction; each fact names its readers and has its sentence as evidence."""

    def read(self, document: Document) -> Extraction:
        """Read one document; raise RawabitError, saying why, where that one cannot be read."""
