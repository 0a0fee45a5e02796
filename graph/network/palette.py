"""Reads palette.yaml: colours of families, kinds and communities, which relations hold over time, and their signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from .network import Relation

_FILE = Path(__file__).with_name("palette.yaml")
GREY = "#A0A0A0"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #RRGGBB; `signs` leads from a PLOVER code to +1 for support or -1 for conflict."""

    families: Mapping[str, str]
    kinds: Mapping[str, str]
    communities: tuple[str, ...]
    standing: frozenset[str]
    signs: Mapping[str, int]

    @classmethod
    def load(cls) -> Palette:
        """Read the palette that ships with the package."""
        data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        return cls(
            families=data["families"],
            kinds=data["kinds"],
            communities=tuple(data["communities"]),
            standing=frozenset(data["standing"]),
            signs=dict.fromkeys(data["positive"], 1) | dict.fromkeys(data["negative"], -1),
        )

    def family(self, relation: Relation) -> str:
        """Return the colour of a relation, which is its family's; grey for a family that has none."""
        return self.families.get(relation.family, GREY)

    def kind(self, name: str) -> str:
        """Return the colour of a kind of node; grey for one that has none."""
        return self.kinds.get(name, GREY)

    def community(self, rank: int) -> str:
        """Return the colour of a community by its rank in size; the last one serves all that come after it."""
        return self.communities[min(rank, len(self.communities) - 1)]

    def sign(self, relation: Relation) -> int:
        """Return +1 for a relation of support, -1 for one of conflict, 0 for neither."""
        return self.signs.get(relation.plover, 0)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of a colour written as #RRGGBB."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
