"""Months, weekdays and words that tell when, of dates.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table


@dataclass(frozen=True, slots=True)
class Calendar:
    """Months, weekdays and relative words."""

    months: dict[str, float]
    ambiguous_months: frozenset[str]
    weekdays: dict[str, float]
    relative_days: dict[str, float]
    past: frozenset[str]
    next: frozenset[str]
    this: frozenset[str]
    units: dict[str, str]
    year_words: frozenset[str]
    since: frozenset[str]
    ordinals: dict[str, float]
    month_words: frozenset[str]
    range_joiners: frozenset[str]
    apart: frozenset[str]
    elsewhere: frozenset[str]
    day_parts: frozenset[str]
    ago_before: frozenset[str]
    ago_units: dict[str, str]

    @classmethod
    def load(cls, table: Table) -> Calendar:
        """Read dates.yaml."""
        return cls(
            months=table.numbers("months"),
            ambiguous_months=table.words("ambiguous_months"),
            weekdays=table.numbers("weekdays"),
            relative_days=table.numbers("relative_days"),
            past=table.words("past"),
            next=table.words("next"),
            this=table.words("this"),
            units=table.strings("units"),
            year_words=table.words("year_words"),
            since=table.words("since"),
            ordinals=table.numbers("ordinals"),
            month_words=table.words("month_words"),
            range_joiners=table.words("range_joiners"),
            apart=table.words("apart"),
            elsewhere=table.words("elsewhere"),
            day_parts=table.words("day_parts"),
            ago_before=table.words("ago_before"),
            ago_units=table.strings("ago_units"),
        )
