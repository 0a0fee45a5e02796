"""Reads palette.yaml: which colour a kind, a relation's family or a community has, and what the families are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from .network import Relation

_FILE = Path(__file__).with_name("palette.yaml")
_GREY = "#999999"
STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour with its names; `sign` is +1 for support, -1 for conflict, 0 for neither."""

    name: str
    arabic: str
    english: str
    colour: str
    sign: int = 0

    def label(self, language: str) -> str:
        """Return the name in a language: "ar", or English for any other."""
        return self.arabic if language == "ar" else self.english


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours. `codes` leads from a PLOVER code to the name of its family."""

    families: Mapping[str, Swatch]
    kinds: Mapping[str, Swatch]
    communities: tuple[str, ...]
    codes: Mapping[str, str]

    @classmethod
    def load(cls) -> Palette:
        """Read the palette that ships with the package."""
        data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        return cls(
            families={name: _swatch(name, entry) for name, entry in data["families"].items()},
            kinds={name: _swatch(name, entry) for name, entry in data["kinds"].items()},
            communities=tuple(data["communities"]),
            codes={code: name for name, entry in data["families"].items() for code in entry["plover"]},
        )

    def family(self, relation: Relation) -> Swatch:
        """Return the family of a relation; one without a PLOVER code is structure."""
        return self.families[self.codes.get(relation.plover, STRUCTURE)]

    def kind(self, name: str) -> Swatch:
        """Return the swatch of a kind of node; a kind of one's own is grey and keeps its name."""
        return self.kinds.get(name) or Swatch(name, name, name, _GREY)

    def community(self, number: int) -> str:
        """Return the colour of a community; the last one serves all that come after it."""
        return self.communities[min(number, len(self.communities) - 1)]


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of a colour written as #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _swatch(name: str, entry: Mapping[str, str | int]) -> Swatch:
    return Swatch(name, str(entry["ar"]), str(entry["en"]), str(entry["colour"]), int(entry.get("sign", 0)))
