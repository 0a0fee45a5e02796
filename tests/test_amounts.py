"""Amounts contradict one another where they cannot both be true."""

from __future__ import annotations

import pytest

from graph.store.amounts import Amount, find_disagreement


@pytest.mark.parametrize(
    ("amounts", "differ"),
    [
        ([("a", "طن", 100, None), ("b", "طن", 100, None)], False),
        ([("a", "طن", 100, None), ("b", "طن", 120, None)], True),
        ([("a", "طن", 100, None), ("b", "دولار", 120, None)], False),
        ([("a", None, 100, None), ("b", None, 120, None)], True),
        ([("a", "طن", 100, None), ("a", "طن", 120, None)], False),
        ([("a", "طن", 100, None), ("a", "طن", 120, None), ("b", "طن", 120, None)], False),
        ([("a", "طن", 100, "at least"), ("b", "طن", 120, None)], False),
        ([("a", "طن", 130, "at least"), ("b", "طن", 120, None)], True),
        ([("a", "طن", 130, "at most"), ("b", "طن", 120, None)], False),
        ([("a", "طن", 100, "about"), ("b", "طن", 105, None)], False),
        ([("a", "طن", 100, "about"), ("b", "طن", 150, None)], True),
        ([], False),
    ],
)
def test_amounts_of_two_reports_differ(amounts: list[tuple[str, str | None, float, str | None]], differ: bool) -> None:
    found = find_disagreement(Amount(*each) for each in amounts)
    assert (found is not None) is differ
