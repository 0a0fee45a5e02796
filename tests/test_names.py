"""Names: when two of them may name one person or one body."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.resolve.names import NameComparer


@pytest.fixture(scope="module")
def names() -> NameComparer:
    return NameComparer(Language.load().morphemes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سيباستيان لوكورنو", "لوكورنو"),
        ("عبد الفتاح البرهان", "البرهان"),
        ("عبد الفتاح البرهان", "برهان"),
        ("محمد ولد الشيخ الغزواني", "محمد الغزواني"),
        ("هاكان فيدان", "هاكان فيدان"),
        ("أحمد الشرع", "احمد الشرع"),
        ("فلاديمير زيلينسكي", "فلاديمير زيلنسكي"),
        ("بنيامين نتنياهو", "بنيامين نتانياهو"),
        ("دونالد ترامب", "دونالد ترمب"),
        ("أورسولا فون دير لاين", "فون دير لاين"),
    ],
)
def test_two_spellings_or_lengths_of_a_name_may_be_one_person(names: NameComparer, one: str, other: str) -> None:
    assert names.same_person(one, other)
    assert names.same_person(other, one)


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("بدر عبد العاطي", "بدر عبدالعاطي"),
        ("عبد الله حمدوك", "عبدالله حمدوك"),
        ("سليم أبو خاطر", "سليم أبوخاطر"),
        ("سليم أبو خاطر", "أبوخاطر"),
    ],
)
def test_compound_name_may_be_written_as_one_word(names: NameComparer, apart: str, joined: str) -> None:
    assert names.same_person(apart, joined)


def test_compound_names_of_different_words_stay_two(names: NameComparer) -> None:
    assert not names.same_person("بدر عبد العاطي", "بدر عبدالغفور")
    assert not names.same_person("سليم أبو خاطر", "سليم أبوزيد")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سيباستيان لوكورنو", "سيباستيان كورتس"),
        ("محمد بن سلمان", "محمد بن زايد"),
        ("جورج بوش", "جورج كلوني"),
        ("علي خامنئي", "علي السيستاني"),
        ("عبد الفتاح البرهان", "الفتاح"),
        ("أحمد الصفدي", "أيمن"),
        ("ياسر العطا", ""),
        ("", ""),
        ("كيم جونغ أون", "لي"),
    ],
)
def test_names_with_different_words_are_two_people(names: NameComparer, one: str, other: str) -> None:
    assert not names.same_person(one, other)


def test_middle_name_alone_names_nobody(names: NameComparer) -> None:
    assert not names.same_person("محمد ولد الغزواني", "ولد")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزارة الدفاع الليتوانية", "وزارة الدفاع"),
        ("حزب العدالة والتنمية", "حزب العدالة"),
        ("مجلس الأمن", "مجلس الامن"),
        ("وكالة الطاقة الدولية", "وكاله الطاقه"),
    ],
)
def test_beginning_of_a_long_name_is_the_same_body(names: NameComparer, one: str, other: str) -> None:
    assert names.same_body(one, other)
    assert names.same_body(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزارة الدفاع الليتوانية", "وزارة الخارجية الليتوانية"),
        ("وزارة الدفاع", "وزارة"),
        ("الجيش", "الجيش"),
        ("حزب العدالة والتنمية", "العدالة والتنمية"),
        ("", "وزارة الدفاع"),
    ],
)
def test_other_stretch_of_a_name_is_not_the_same_body(names: NameComparer, one: str, other: str) -> None:
    assert not names.same_body(one, other)
