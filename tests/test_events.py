"""Facts of many documents become events: same deed, dates that fit, whatever order they come in."""

from __future__ import annotations

import random

import pytest

from graph.rdf.events import Telling, gather_events, read_date


def tell(date: str | None, *, document: str = "", status: str = "actual", published: str | None = None) -> Telling:
    name = document or f"{date or ''}{status}{published or ''}"
    return Telling(f"<{name}/fact/{date}{status}>", "<s>", f"<{name}>", status, date, published)


def keys(*tellings: Telling) -> list[tuple[str, int]]:
    """Return the events with the number of their facts."""
    return [(event.key, len(event.facts)) for event in gather_events(tellings)]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (["2024-03-05", "2024-03-05"], [("2024-03-05", 2)]),
        (["2024-03-05", "2024-03-06"], [("2024-03-05", 2)]),
        (["2024-02-29", "2024-03-01"], [("2024-02-29", 2)]),
        (["2024-03-05", "2024-03-07"], [("2024-03-05", 1), ("2024-03-07", 1)]),
        (["2024-03-05", "2024-03-06", "2024-03-07"], [("2024-03-05", 1), ("2024-03-06", 1), ("2024-03-07", 1)]),
        (["2024-03-05", "2024-03"], [("2024-03-05", 2)]),
        (["2024-03-05", "2024"], [("2024-03-05", 2)]),
        (["2024-03", "2024"], [("2024-03", 2)]),
        (["2024-03-05", "2024-04"], [("2024-03-05", 1), ("2024-04", 1)]),
        (["2024-03-05", "2024-03-20", "2024-03"], [("2024-03", 1), ("2024-03-05", 1), ("2024-03-20", 1)]),
        (["2024-03-05", "2024-07", "2024"], [("2024", 1), ("2024-03-05", 1), ("2024-07", 1)]),
        (["2024-03-05", None], [("2024-03-05", 2)]),
        (["2024-03-05", "2025", None], [("2024-03-05", 1), ("2025", 1), ("undated", 1)]),
    ],
)
def test_facts_are_one_event_where_their_dates_fit(dates: list[str | None], found: list[tuple[str, int]]) -> None:
    assert keys(*(tell(date, document=f"d{number}") for number, date in enumerate(dates))) == found


def test_document_that_tells_two_days_apart_keeps_them_apart() -> None:
    told = [tell("2024-03-05", document="a"), tell("2024-03-06", document="a"), tell("2024-03-05", document="b")]
    assert keys(*told) == [("2024-03-05", 2), ("2024-03-06", 1)]


@pytest.mark.parametrize(
    ("status", "published", "found"),
    [
        ("actual", "2024-03-05", [("2024-03-05", 2)]),
        ("actual", "2024-03-06", [("2024-03-05", 2)]),
        ("actual", "2024-03-04", [("2024-03-05", 1), ("about-2024-03-04", 1)]),
        ("actual", "2024-03-07", [("2024-03-05", 1), ("about-2024-03-07", 1)]),
        ("planned", "2024-03-04", [("2024-03-05", 2)]),
        ("planned", "2024-03-06", [("2024-03-05", 1), ("about-2024-03-06", 1)]),
        ("denied", "2024-03-12", [("2024-03-05", 2)]),
        ("denied", "2024-03-13", [("2024-03-05", 1), ("about-2024-03-13", 1)]),
    ],
)
def test_fact_without_a_date_is_bound_by_the_day_of_its_document(
    status: str, published: str, found: list[tuple[str, int]]
) -> None:
    assert keys(tell("2024-03-05"), tell(None, status=status, published=published)) == found


def test_facts_without_dates_meet_by_their_documents_days() -> None:
    events = gather_events([tell(None, published=f"2024-03-{day}") for day in ("05", "06", "20")])
    assert [(event.key, event.date, len(event.facts)) for event in events] == [
        ("about-2024-03-05", None, 2),
        ("about-2024-03-20", None, 1),
    ]
    (event,) = gather_events([tell(None, published="2024-03-05"), tell("2024-03"), tell("2024")])
    assert (event.key, event.date, len(event.facts)) == ("about-2024-03-05", "2024-03", 3)


def test_events_do_not_depend_on_the_order_of_facts() -> None:
    luck = random.Random(5)
    days = [None, "2024", "2024-03", "2024-04", *(f"2024-03-{day:02}" for day in range(1, 25, 2)), "2024-03-02"]
    for _ in range(30):
        told = [
            tell(
                luck.choice(days),
                document=f"d{number}",
                status=luck.choice(["actual", "planned", "denied"]),
                published=luck.choice([None, *days[4:]]),
            )
            for number in range(luck.randint(1, 12))
        ]
        wanted = gather_events(told)
        assert sorted(fact for event in wanted for fact in event.facts) == sorted(each.fact for each in told)
        luck.shuffle(told)
        assert gather_events(told) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [("2024", "2024"), ("2024-03", "2024-03"), ("2024-02-29", "2024-02-29"), ("2023-02-29", None), ("20240229", None)],
)
def test_date_is_read_as_precise_as_it_is_told(text: str, found: str | None) -> None:
    assert read_date(f'"{text}"^^<http://www.w3.org/2001/XMLSchema#date>') == found
    assert read_date(f'"{text}"', whole=True) == (found if found and len(found) == 10 else None)
