"""Nouns and adjectives that tell places, of places.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table

_GOVERNED = ("town", "region", "island", "district")


@dataclass(frozen=True, slots=True)
class Places:
    """Nouns that head the name of a place; `governed` are those of each sort of place that somebody governs."""

    heads: frozenset[str]
    capital_words: frozenset[str]
    directions: frozenset[str]
    middles: frozenset[str]
    nearness: frozenset[str]
    homes: frozenset[str]
    links: frozenset[str]
    capital_links: frozenset[str]
    settlements: frozenset[str]
    clocks: frozenset[str]
    qualifiers: frozenset[str]
    plurals: dict[str, str]
    governed: dict[str, frozenset[str]]
    governed_types: dict[str, frozenset[str]]

    @classmethod
    def load(cls, table: Table) -> Places:
        """Read places.yaml."""
        return cls(
            heads=table.words("heads"),
            capital_words=table.words("capital_words"),
            directions=table.words("directions"),
            middles=table.words("middles"),
            nearness=table.words("nearness"),
            homes=table.words("homes"),
            links=table.words("links"),
            capital_links=table.words("capital_links"),
            settlements=table.words("settlements"),
            clocks=table.words("clocks"),
            qualifiers=table.words("qualifiers"),
            plurals=table.strings("plurals"),
            governed=table.sorts("governed", _GOVERNED),
            governed_types=table.sorts("governed_types", _GOVERNED),
        )
