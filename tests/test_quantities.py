"""Quantities: money and counted things as written and as numbers, with the bound that goes with them."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.model import Quantity, Sentence
from graph.text.quantities import QuantityMention, QuantityReader
from graph.text.tokens import tokenize


@pytest.fixture(scope="module")
def quantities(language: Language) -> QuantityReader:
    return QuantityReader(language)


def find(quantities: QuantityReader, text: str) -> list[QuantityMention]:
    return quantities.read(tokenize(Sentence(0, len(text), text, 0)), text, 0)


def only(quantities: QuantityReader, text: str) -> Quantity:
    (mention,) = find(quantities, text)
    return mention.quantity


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("14 دبابة", 14),
        ("٢٥ دبابة", 25),
        ("1,500 جندي", 1500),
        ("2.5 طن", 2.5),
        ("٣٫٥ طن", 3.5),
        ("ثلاث دبابات", 3),
        ("مئة مدفع", 100),
        ("مئتين وعشرين جنديا", 220),
        ("خمسة وعشرين صاروخا", 25),
        ("ثلاثة آلاف جندي", 3000),
        ("ألفي جندي", 2000),
        ("20 مليون دولار", 20_000_000),
        ("1.2 مليار يورو", 1_200_000_000),
        ("مليوني دولار", 2_000_000),
        ("مليون دولار", 1_000_000),
        ("نصف مليار دولار", 500_000_000),
        ("3 تريليونات دولار", 3_000_000_000_000),
        ("عشرات جنود", 10),
    ],
)
def test_amount_is_read_as_a_number(quantities: QuantityReader, amount: str, value: float) -> None:
    assert only(quantities, f"أرسلت {amount} أمس").value == value


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("مئتي ألف قذيفة", 200_000),
        ("خمسمائة ألف دولار", 500_000),
        ("اثني عشر صاروخا", 12),
        ("ألف و200 جندي", 1200),
        ("مليون و200 ألف دولار", 1_200_000),
        ("ثلاثة أرباع مليار دولار", 750_000_000),
    ],
)
def test_number_of_several_parts_is_read_whole(quantities: QuantityReader, amount: str, value: float) -> None:
    assert only(quantities, f"أرسلت {amount} أمس").value == value


def test_comma_before_other_than_three_digits_is_a_decimal_one(quantities: QuantityReader) -> None:
    assert only(quantities, "قدمت 1,5 مليار دولار").value == 1_500_000_000


@pytest.mark.parametrize(
    ("text", "unit"),
    [("20 مليون دولار", "دولار"), ("14 دبابة", "دبابة"), ("5 ملايين جنيه إسترليني", "جنيه إسترليني")],
)
def test_unit_is_the_word_behind_the_number_as_written(quantities: QuantityReader, text: str, unit: str) -> None:
    assert only(quantities, f"قدمت {text}").unit == unit


def test_currency_keeps_the_state_that_it_is_of(quantities: QuantityReader) -> None:
    assert only(quantities, "قدمت 3 ملايين دولار أميركي للبنان").text == "3 ملايين دولار أميركي"


@pytest.mark.parametrize(
    ("phrase", "bound"),
    [
        ("أكثر من", "at least"),
        ("ما لا يقل عن", "at least"),
        ("بأكثر من", "at least"),
        ("نحو", "about"),
        ("حوالي", "about"),
        ("ما يقارب", "about"),
        ("أقل من", "at most"),
        ("حتى", "at most"),
    ],
)
def test_bound_before_an_amount_goes_with_it(quantities: QuantityReader, phrase: str, bound: str) -> None:
    quantity = only(quantities, f"قدمت {phrase} 30 مليون يورو")
    assert (quantity.bound, quantity.text) == (bound, f"{phrase} 30 مليون يورو")


def test_amount_without_a_bound_has_none(quantities: QuantityReader) -> None:
    assert only(quantities, "قدمت 30 مليون يورو").bound is None


@pytest.mark.parametrize(("text", "money"), [("30 مليون يورو", True), ("30 صاروخا", False)])
def test_money_is_told_from_things(quantities: QuantityReader, text: str, money: bool) -> None:
    assert find(quantities, text)[0].money is money


def test_clitic_on_a_number_word_is_passed_over(quantities: QuantityReader) -> None:
    assert only(quantities, "تبرعت بمليون دولار").value == 1_000_000


def test_amounts_come_in_reading_order(quantities: QuantityReader) -> None:
    amounts = find(quantities, "سلمت 14 دبابة و20 مليون يورو وثلاثة صواريخ")
    assert [amount.quantity.value for amount in amounts] == [14, 20_000_000, 3]


@pytest.mark.parametrize("text", ["في 12 مادة", "عشرة أيام", "20 في المئة", "عام 2019", "دولار", "مليون", ""])
def test_number_of_what_nobody_counts_is_no_amount(quantities: QuantityReader, text: str) -> None:
    assert find(quantities, text) == []


def test_text_is_as_written_where_the_sentence_stands_further_on(quantities: QuantityReader) -> None:
    document = "قال هذا. قدمت ثَلاثةَ ملايينِ يورو للأردن."
    sentence = Sentence(9, len(document), document[9:], 1)
    (mention,) = quantities.read(tokenize(sentence), sentence.text, sentence.start)
    assert (mention.quantity.text, mention.quantity.value) == ("ثَلاثةَ ملايينِ يورو", 3_000_000)


def test_indices_point_at_the_tokens_of_the_amount_and_its_bound(quantities: QuantityReader) -> None:
    (mention,) = find(quantities, "قدمت نحو 30 مليون يورو للأردن")
    assert (mention.start, mention.end) == (1, 5)


@pytest.mark.parametrize("text", ["1.2.3 دولار", "10:30 دولار", "½ دولار", "² دولار"])
def test_number_that_is_none_is_passed_over(quantities: QuantityReader, text: str) -> None:
    assert find(quantities, text) == []


def test_endless_multiples_are_no_error(quantities: QuantityReader) -> None:
    find(quantities, "ألف " * 200 + "دولار")


def test_number_of_endless_digits_stays_finite(quantities: QuantityReader) -> None:
    assert all(mention.quantity.value != float("inf") for mention in find(quantities, "9" * 400 + " دولار"))
