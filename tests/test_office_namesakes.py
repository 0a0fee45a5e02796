"""Who is one with whom by office and date, in stores that are built of articles: namesakes are two, careers are one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.build import build_store
from graph.config import Settings
from graph.deciding import note, now
from graph.identity import Acquaintance, resolve_identities
from graph.model import Decision, EntityKind, Verdict
from graph.pipeline import Reader
from graph.rdf.namespaces import Namespaces
from graph.resolve.known import Known, load_known
from graph.resolve.likeness import NameLikeness
from graph.resolve.offices import OfficeReader, Post
from graph.store.checkpoint import Checkpoint
from graph.store.places import open_store
from graph.store.review import list_candidates

NAMES = Namespaces("https://rawabit.example/id/")
PEOPLE = """
PREFIX rw: <https://rawabit.example/ns#>
PREFIX schema: <https://schema.org/>
SELECT ?document ?who WHERE {
  ?appearance rw:entity ?who ; rw:kind rw:Person ; rw:inDocument/schema:identifier ?document
} ORDER BY ?document
"""
MORSI = "person:mohamed-morsi"
Article = tuple[str | None, str]


@pytest.fixture(scope="module")
def known() -> Known:
    """What is known of states and of one president: less to compare than all of seeds/."""
    every = load_known(Settings())
    kept = [each for each in every.entities if each.kind is EntityKind.COUNTRY or each.key == "person:mohamed-morsi"]
    offices = [office for office in every.offices if office.person == "person:mohamed-morsi"]
    return replace(every, entities=tuple(kept), offices=tuple(offices))


@pytest.fixture(scope="module")
def offices(known: Known) -> OfficeReader:
    likeness = NameLikeness.load(known)
    return OfficeReader(likeness.words, likeness.states)


class Builder:
    """Builds stores of articles, given as their day and text."""

    def __init__(self, folder: Path, reader: Reader, known: Known) -> None:
        self._reader, self.known = reader, known
        self.settings = replace(Settings(), store=folder / "store")
        self._folder = folder

    def build(self, *articles: Article) -> list[str]:
        """Return who is named in each article, in their order."""
        lines = [
            json.dumps({"id": f"d{number}", "published": day, "text": text}, ensure_ascii=False)
            for number, (day, text) in enumerate(articles)
        ]
        path = self._folder / "articles.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        build_store([path], self.settings, reader=self._reader, known=self.known)
        return self.people()

    def people(self) -> list[str]:
        """Return who is named in each article, in their order."""
        with Checkpoint.open(self.settings.store) as store:
            return [NAMES.actor_id(who or "") or "" for _, who in store.iterate(PEOPLE)]

    def candidates(self) -> dict[frozenset[str], tuple[str, ...]]:
        """Return the pairs that wait for a decision, with the reasons."""
        with open_store(self.settings) as store:
            return {
                frozenset(NAMES.actor_id(iri) or "" for iri in (each.one, each.other)): each.reasons
                for each in list_candidates(store, NAMES)
            }


@pytest.fixture
def builder(tmp_path: Path, reader: Reader, known: Known) -> Builder:
    return Builder(tmp_path, reader, known)


def test_player_and_minister_of_one_name_and_state_are_two(builder: Builder) -> None:
    minister, player, again = builder.build(
        ("2024-03-01", "وصل وزير المالية المصري رامز الشعراوي إلى بغداد."),
        ("2024-03-04", "زار لاعب المنتخب المصري رامز الشعراوي تونس."),
        ("2024-06-05", "زار وزير المالية المصري رامز الشعراوي دمشق."),
    )
    assert minister == again != player
    assert builder.candidates() == {frozenset((minister, player)): ("name", "other-office")}


def test_ministers_of_two_things_in_one_state_at_one_time_are_two(builder: Builder) -> None:
    health, defence = builder.build(
        ("2024-03-01", "وصل وزير الصحة الأردني سليم الدباس إلى بغداد."),
        ("2024-03-04", "زار وزير الدفاع الأردني سليم الدباس الجزائر."),
    )
    assert health != defence
    assert list(builder.candidates()) == [frozenset((health, defence))]


def test_who_was_told_of_as_two_ministers_by_turns_is_two(builder: Builder) -> None:
    first, second, third = builder.build(
        ("2023-01-01", "وصل وزير الصحة الأردني سليم الدباس إلى بغداد."),
        ("2023-06-04", "زار وزير الدفاع الأردني سليم الدباس الجزائر."),
        ("2024-01-01", "زار وزير الصحة الأردني سليم الدباس دمشق."),
    )
    assert first == third != second


def test_ministers_of_two_states_are_two(builder: Builder) -> None:
    one, other = builder.build(
        ("2024-03-01", "وصل وزير الصحة الأردني ماهر الفايز إلى بغداد."),
        ("2024-03-04", "زار وزير الصحة السوري ماهر الفايز الجزائر."),
    )
    assert one != other
    assert builder.candidates() == {frozenset((one, other)): ("name", "other-country")}


def test_one_who_rises_in_one_state_is_one(builder: Builder) -> None:
    people = builder.build(
        ("2016-03-01", "وصل وزير الصحة التونسي هاني القروي إلى بغداد."),
        ("2021-03-04", "زار وزير الدفاع التونسي هاني القروي الجزائر."),
        ("2023-03-05", "زار رئيس الوزراء التونسي هاني القروي دمشق."),
        ("2023-03-06", "زار وزير الصحة التونسي السابق هاني القروي عمان."),
    )
    assert set(people) == {"person/هاني_قروي"}
    assert builder.candidates() == {}


def test_name_without_office_goes_to_neither_of_two_namesakes(builder: Builder) -> None:
    *two, nobody = builder.build(
        ("2024-03-01", "وصل وزير المالية المصري رامز الشعراوي إلى بغداد."),
        ("2024-03-04", "زار لاعب المنتخب المصري رامز الشعراوي تونس."),
        ("2024-03-05", "زار رامز الشعراوي دمشق."),
    )
    assert nobody not in two
    assert set(builder.candidates()) >= {frozenset((nobody, each)) for each in two}


def test_decision_joins_what_offices_held_apart_and_can_be_taken_back(builder: Builder) -> None:
    minister, player = builder.build(
        ("2024-03-01", "وصل وزير المالية المصري رامز الشعراوي إلى بغداد."),
        ("2024-03-04", "زار لاعب المنتخب المصري رامز الشعراوي تونس."),
    )
    with open_store(builder.settings) as store:
        decision = Decision(Verdict.SAME, now(), one=NAMES.actor(minister), other=NAMES.actor(player))
        note(store, decision)
        resolve_identities(store, Acquaintance.make(builder.known, store.namespaces, seeded=False))
        store.checkpoint()
    assert builder.people() == ["person/رامز_شعراوي"] * 2
    assert builder.candidates() == {}
    # Built again, with more of each, the decision stands.
    assert (
        builder.build(
            ("2024-03-01", "وصل وزير المالية المصري رامز الشعراوي إلى بغداد."),
            ("2024-03-04", "زار لاعب المنتخب المصري رامز الشعراوي تونس."),
            ("2024-03-05", "زار وزير المالية المصري رامز الشعراوي دمشق."),
            ("2024-03-06", "زار رامز الشعراوي عمان."),
        )
        == ["person/رامز_شعراوي"] * 4
    )


def test_office_of_one_seat_joins_a_name_without_its_beginning(builder: Builder) -> None:
    one, same, other = builder.build(
        ("2024-03-01", "وصل وزير الخارجية الإيراني كاظم رضائي إلى بغداد."),
        ("2024-03-04", "زار وزير الخارجية الإيراني علي كاظم رضائي الجزائر."),
        ("2024-03-05", "زار لاعب المنتخب السوري حسن كاظم رضائي تونس."),
    )
    assert one == same != other


def test_player_with_the_name_of_a_known_president_is_another(builder: Builder) -> None:
    president, player = builder.build(
        ("2012-09-01", "زار الرئيس المصري محمد مرسي إيران."),
        ("2012-09-04", "زار لاعب المنتخب المصري محمد مرسي تونس. وقال محمد مرسي إن المغرب يدعم تونس."),
    )
    assert president == "person/mohamed-morsi"
    assert player == "person/محمد_مرسي"
    assert builder.candidates()[frozenset((president, player))] == ("name", "other-office")


def test_outcome_is_the_same_however_the_articles_come(tmp_path: Path, reader: Reader, known: Known) -> None:
    articles: list[Article] = [
        ("2024-03-01", "وصل وزير المالية المصري رامز الشعراوي إلى بغداد."),
        ("2024-03-04", "زار لاعب المنتخب المصري رامز الشعراوي تونس."),
        ("2024-03-05", "زار رامز الشعراوي دمشق."),
        ("2024-03-06", "زار وزير المالية المصري رامز الشعراوي عمان."),
    ]
    outcomes = []
    for name, steps in (("at-once", (4,)), ("by-turns", (1, 2, 3, 4))):
        (tmp_path / name).mkdir()
        builder = Builder(tmp_path / name, reader, known)
        for count in steps:
            builder.build(*articles[:count])
        with open_store(builder.settings) as store:
            outcomes.append(set(store.iterate("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("role", "seat", "of"),
    [
        ("وزير الخارجية الأوكراني", "وزير", ("خارج",)),
        ("وزيرة خارجيتها", "وزير", ("خارج",)),
        ("وزير الدولة للشؤون الخارجية", "وزير", ("خارج",)),
        ("وزير الحرب", "وزير", ("دفاع",)),
        ("رئيس الوزراء", "", ()),
        ("وزير الدولة", "", ()),
    ],
)
def test_seat_is_read_from_the_name_of_an_office(
    offices: OfficeReader, role: str, seat: str, of: tuple[str, ...]
) -> None:
    assert offices.read(role) == Post("govern", seat, of)


def test_office_that_tells_nobody_apart_is_no_post(offices: OfficeReader) -> None:
    assert offices.read("المتحدث باسم الجيش") is None
    assert offices.read("المحافظ") is None
