"""Says whether reports of one event tell amounts that cannot all be true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import NamedTuple

# "About a hundred" and 105 are no contradiction.
ABOUT = 0.1


class Amount(NamedTuple):
    """An amount that a report tells; `bound` is "at least", "about", "at most" or nothing."""

    report: Hashable
    unit: str | None
    value: float
    bound: str | None = None


def find_disagreement(amounts: Iterable[Amount]) -> tuple[Amount, Amount] | None:
    """Return two amounts of one unit by which two reports contradict one another, or None where there are none.

    Reports contradict one another where nothing that the one tells in a unit can be what the other tells: an article
    names many amounts, and one that both have is agreement.
    """
    by_unit: dict[str | None, dict[Hashable, set[tuple[float, float]]]] = defaultdict(lambda: defaultdict(set))
    named: dict[tuple[str | None, tuple[float, float]], Amount] = {}
    for amount in amounts:
        span = _span(amount)
        by_unit[amount.unit][amount.report].add(span)
        named.setdefault((amount.unit, span), amount)
    for unit, reports in sorted(by_unit.items(), key=str):
        told = sorted({tuple(sorted(spans)) for spans in reports.values()})
        for one, other in combinations(told, 2):
            if not any(low <= top and bottom <= high for low, high in one for bottom, top in other):
                return named[unit, one[0]], named[unit, other[0]]
    return None


def _span(amount: Amount) -> tuple[float, float]:
    value = amount.value
    if amount.bound == "at least":
        return value, math.inf
    if amount.bound == "at most":
        return -math.inf, value
    spread = abs(value) * ABOUT if amount.bound == "about" else 0.0
    return value - spread, value + spread
