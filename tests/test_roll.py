"""Candidates among a document's actors: whoever may be meant is among them, in order, and few others are."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.model import EntityKind
from graph.resolve.names import NameComparer
from graph.resolve.roll import Roll


@pytest.fixture(scope="module")
def names() -> NameComparer:
    return NameComparer(Language.load("ar").morphemes)


@pytest.fixture
def roll(names: NameComparer) -> Roll:
    roll = Roll(names)
    for actor, name in (("e2", "فولوديمير زيلينسكي"), ("e10", "دونالد ترامب"), ("e1", "إيفانكا ترامب")):
        roll.enter(actor)
        roll.add_name(actor, EntityKind.PERSON, name)
    return roll


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ترمب", ["e10", "e1"]),
        ("فولوديمير", ["e2"]),
        ("الرئيس زيلنسكي", ["e2"]),
        ("بوتين", []),
        ("", []),
    ],
)
def test_people_are_found_by_either_end_of_their_names_in_any_spelling(roll: Roll, name: str, found: list[str]) -> None:
    assert roll.namesakes(name) == found


def test_whoever_may_be_the_same_person_is_a_candidate(names: NameComparer) -> None:
    spellings = [
        "دونالد ترامب",
        "دونالد جون ترمب",
        "ترامب",
        "دونالد",
        "جون ترامب",
        "محمد بن سلمان",
        "بن سلمان",
        "محمد سلمان",
    ]
    roll = Roll(names)
    for spelling in spellings:
        roll.enter(spelling)
        roll.add_name(spelling, EntityKind.PERSON, spelling)
    for one in spellings:
        same = {other for other in spellings if names.same_person(other, one)}
        assert same <= set(roll.namesakes(one))


def test_holders_of_an_office_are_found_by_its_first_word(roll: Roll) -> None:
    roll.add_office("e1", "وزير خارجية")
    roll.add_office("e2", "رئيس")
    assert roll.holders("وزير") == ["e1"]
    assert roll.holders("رئيس وزراء") == ["e2"]
    assert roll.holders("سفير") == []


def test_bodies_are_found_by_head_and_places_by_name(roll: Roll) -> None:
    roll.enter("e3")
    roll.add_head("e3", EntityKind.ORGANIZATION, "وزارة")
    roll.add_name("e3", EntityKind.PLACE, "باخموت")
    assert roll.headed(EntityKind.ORGANIZATION, "وزارة") == ["e3"]
    assert roll.headed(EntityKind.EVENT, "وزارة") == []
    assert roll.called(EntityKind.PLACE, ["أرتيوموفسك", "باخموت"]) == ["e3"]
