"""Reads ontology/*.ttl: relations and classes with their labels, families and PLOVER codes.

Nothing is read at import. Whoever needs the vocabulary loads it once and passes it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of ontology/relations.ttl.

    `family` is one of diplomacy, cooperation, aid, demand, support, conflict, coercion, standing; `domain` and `range`
    are names of classes; `plover` is a PLOVER code or None.
    """

    name: str
    iri: str
    label_ar: str
    label_en: str
    comment: str
    family: str
    symmetric: bool
    plover: str | None
    domain: tuple[str, ...]
    range: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return the label in Arabic for "ar", otherwise in English."""
        return self.label_ar if language == "ar" else self.label_en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Relations by name in the order of the file, and the labels of classes as name -> (Arabic, English)."""

    relations: Mapping[str, Relation]
    classes: Mapping[str, tuple[str, str]]

    @classmethod
    def load(cls, folder: Path | None = None) -> Vocabulary:
        """Read the ontology that ships with Rawabit, or that of a folder."""
        raise NotImplementedError

    @property
    def symmetric(self) -> frozenset[str]:
        """The names of the relations that hold both ways."""
        return frozenset(name for name, relation in self.relations.items() if relation.symmetric)
