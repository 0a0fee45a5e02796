"""Words of military units, of organisations.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Heads of units, the numbers and arms behind them, and the regions that have commands of their own."""

    heads: frozenset[str]
    ordinals: frozenset[str]
    arms: frozenset[str]
    regions: frozenset[str]
    military: frozenset[str]

    @classmethod
    def load(cls, table: Table) -> UnitWords:
        """Read them."""
        return cls(
            heads=table.words("units"),
            ordinals=table.words("ordinals"),
            arms=table.words("arms"),
            regions=table.words("military_regions"),
            military=table.words("military"),
        )
