"""Checks documents against the SHACL shapes of ontology/shapes.ttl before they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .encode import EncodedDocument


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of ontology/shapes.ttl, made ready to be checked fast."""

    @classmethod
    def load(cls, folder: Path | None = None) -> Shapes:
        """Read the shapes that ship with Rawabit, or those of a folder."""
        raise NotImplementedError

    def check(self, document: EncodedDocument) -> tuple[str, ...]:
        """Return what does not conform in a document, a sentence each; empty where all is well."""
        raise NotImplementedError


def check_with_pyshacl(documents: Sequence[EncodedDocument], *, folder: Path | None = None) -> tuple[str, ...]:
    """Return what pySHACL finds wrong in documents: the reference that Shapes.check is held to."""
    raise NotImplementedError
