"""Folding: which spellings become one key, and which stay apart."""

from __future__ import annotations

import unicodedata

import pytest

from graph.text.fold import fold_name, loosen, loosen_text, normalize


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("لـبـنـان", "لبنان"),
        ("\u202bالأردن\u202c", "الاردن"),
        ("\u200fقطر\u200e", "قطر"),
        ("\ufeffقطر", "قطر"),
        ("هٰذا", "هذا"),
    ],
)
def test_marks_that_readers_do_not_see_are_dropped(written: str, folded: str) -> None:
    assert normalize(written) == folded


@pytest.mark.parametrize("written", ["أنقرة", "إنقرة", "آنقرة", "ٱنقرة"])
def test_alif_has_one_seat_of_hamza(written: str) -> None:
    assert normalize(written) == "انقرة"


@pytest.mark.parametrize(
    ("written", "folded"), [("ڤيينا", "فيينا"), ("گازا", "غازا"), ("پاريس", "باريس"), ("چاد", "جاد")]
)
def test_letters_of_neighbouring_languages_become_arabic_ones(written: str, folded: str) -> None:
    assert normalize(written) == folded


def test_persian_kaf_and_ya_are_the_arabic_letters() -> None:
    assert normalize("کی") == "كي"


@pytest.mark.parametrize("word", ["مستشفى", "وزارة", "مسؤول", "رئيس"])
def test_normalized_word_keeps_its_last_letter_and_inner_hamza(word: str) -> None:
    assert normalize(word) == word


@pytest.mark.parametrize("word", ["أوكرانيا", "إيران", "آسيا", "مسؤول", "شؤون"])
def test_decomposed_letters_fold_as_composed_ones_do(word: str) -> None:
    assert normalize(unicodedata.normalize("NFD", word)) == normalize(word)


@pytest.mark.parametrize(
    ("word", "loose"), [("مستشفى", "مستشفي"), ("وزارة", "وزاره"), ("مسؤول", "مسوول"), ("رئيس", "رييس")]
)
def test_loose_key_flattens_last_letters_and_hamza(word: str, loose: str) -> None:
    assert loosen(word) == loose


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد الصفدي", "احمد الصفدي"),
        ("هدى شعراوي", "هدي شعراوى"),
        ("وزارة الدفاع", "وزاره الدفاع"),
        ("الجيش اللبناني", "جيش لبناني"),
        ('حركة "النهضة"', "حركة النهضة"),
        ("NATO", "nato"),
        ("ﻗﻄﺮ", "قطر"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("علي", "عليا"), ("قطر", "قطري"), ("سلمان", "سليمان"), ("الله", "له")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_blanks_and_marks_between_words_do_not_count() -> None:
    assert fold_name("  عبد الفتاح ،  البرهان. ") == fold_name("عبد الفتاح البرهان")


@pytest.mark.parametrize("text", ["", " ", "،؛؟", "\u064b\u064c", "\u200f"])
def test_text_without_letters_has_an_empty_key(text: str) -> None:
    assert fold_name(text) == ""


@pytest.mark.parametrize(
    "text", ["", "قال الرئيسُ إنّه زار مدينة ”باري“", "ٱلأمير\u200f، گلی و مصطفى: مسؤول شؤون", "a\u0301 B"]
)
def test_a_text_is_loosened_as_its_normal_form_is(text: str) -> None:
    assert loosen_text(text) == loosen(normalize(text))
