"""Items: the words of a sentence that say what is handed over, asked for, agreed or discussed, and how much of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Fact, Status

Tell = Callable[..., dict[tuple[str, str, str], Fact]]
SUPPLY = ("كرواتيا", "supplies", "ألبانيا")
REQUEST = ("كرواتيا", "requested", "ألبانيا")
AID = ("كرواتيا", "aids", "ألبانيا")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("زودت كرواتيا ألبانيا بوقود.", "وقود"),
        ("زودت كرواتيا ألبانيا بوقود نووي جديد.", "وقود نووي جديد"),
        ("زودت كرواتيا ألبانيا بالوقود خلال الشتاء.", "الوقود"),
        ("زودت كرواتيا ألبانيا بوقود، وفق الوزير.", "وقود"),
        ("زودت كرواتيا ألبانيا بالوقود الذي طلبته.", "الوقود"),
    ],
)
def test_item_is_the_phrase_up_to_the_next_circumstance(tell: Tell, text: str, item: str) -> None:
    assert tell(text)[SUPPLY].item == item


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("طالبت كرواتيا ألبانيا بسحب القوات.", "سحب القوات"),
        ("دعت كرواتيا ألبانيا إلى الحوار.", "الحوار"),
    ],
)
def test_item_of_a_request_is_what_is_asked_for(tell: Tell, text: str, item: str) -> None:
    assert tell(text)[REQUEST].item == item


def test_item_of_an_agreement_is_what_is_signed(tell: Tell) -> None:
    told = tell("وقعت كرواتيا عقدا مع ألبانيا.")
    assert told["كرواتيا", "signedAgreementWith", "ألبانيا"].item == "عقدا"


@pytest.mark.parametrize(
    ("text", "key", "item"),
    [
        ("زودت كرواتيا ألبانيا بدبابات.", SUPPLY, "دبابات"),
        ("زودت كرواتيا ألبانيا بأسلحة ثقيلة.", SUPPLY, "أسلحة ثقيلة"),
        ("وقعت كرواتيا مذكرة تفاهم مع ألبانيا.", ("كرواتيا", "signedAgreementWith", "ألبانيا"), "مذكرة تفاهم"),
    ],
)
def test_item_may_be_a_weapon_or_an_agreement(tell: Tell, text: str, key: tuple[str, str, str], item: str) -> None:
    assert tell(text)[key].item == item


def test_item_is_as_written_with_its_marks(tell: Tell) -> None:
    assert tell("زودت كرواتيا ألبانيا بوَقُودٍ.")[SUPPLY].item == "وَقُودٍ"


def test_item_of_a_deed_without_one_is_none(tell: Tell) -> None:
    assert tell("زارت كرواتيا ألبانيا.")["كرواتيا", "visited", "ألبانيا"].item is None


def test_item_is_words_of_the_evidence(tell: Tell) -> None:
    facts = tell("زودت كرواتيا ألبانيا بمئة دبابة حديثة، وطالبت مالطا كوسوفو بسحب القوات.").values()
    assert all(fact.item in fact.evidence.text for fact in facts if fact.item)


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("زودت كرواتيا ألبانيا بنحو 40 دبابة.", "نحو 40 دبابة", 40),
        ("سلمت كرواتيا ألبانيا مئة مدفع.", "مئة مدفع", 100),
    ],
)
def test_amount_of_what_is_handed_over_goes_with_the_fact(tell: Tell, text: str, written: str, value: float) -> None:
    quantity = tell(text)[SUPPLY].quantity
    assert quantity is not None
    assert (quantity.text[-len(written) :], quantity.value) == (written, value)


def test_amount_of_money_goes_with_the_aid(tell: Tell) -> None:
    quantity = tell("منحت كرواتيا ألبانيا 12 مليون يورو.")[AID].quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (12_000_000, "يورو")


def test_amount_stays_with_the_deed_it_is_of(tell: Tell) -> None:
    told = tell("زودت كرواتيا ألبانيا بعشر دبابات. زودت مالطا كوسوفو بستين صاروخا.")
    amounts = [told[key].quantity for key in (SUPPLY, ("مالطا", "supplies", "كوسوفو"))]
    assert [amount.value for amount in amounts if amount] == [10, 60]


def test_deed_that_nobody_counts_has_no_amount(tell: Tell) -> None:
    told = tell("زارت كرواتيا ألبانيا برفقة 20 ضابطا.")
    assert told["كرواتيا", "visited", "ألبانيا"].quantity is None


def test_role_of_an_appointment_is_the_office_it_is_to(tell: Tell) -> None:
    told = tell("عينت كرواتيا طارق الشاذلي وزيرا للدفاع.")
    assert told["كرواتيا", "appointed", "طارق الشاذلي"].role == "وزيرا للدفاع"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("زودت كرواتيا ألبانيا بدبابات أمس.", "2022-05-11"),
        ("زودت كرواتيا ألبانيا بدبابات في مارس 2021.", "2021-03"),
        ("زودت كرواتيا ألبانيا بدبابات عام 2019.", "2019"),
        ("زودت كرواتيا ألبانيا بدبابات.", None),
    ],
)
def test_date_of_the_sentence_is_that_of_the_deed(tell: Tell, text: str, date: str | None) -> None:
    assert tell(text, published="2022-05-12")[SUPPLY].date == date


def test_date_stays_with_the_deed_it_is_nearest_to(tell: Tell) -> None:
    told = tell("زودت كرواتيا ألبانيا بدبابات في مارس 2021. زارت مالطا كوسوفو في يوليو 2020.")
    assert (told[SUPPLY].date, told["مالطا", "visited", "كوسوفو"].date) == ("2021-03", "2020-07")


def test_headline_has_the_date_of_the_lead(tell: Tell) -> None:
    told = tell("أعلن الوزير ذلك أمس.", title="كرواتيا تزود ألبانيا بدبابات", published="2022-05-12")
    assert told[SUPPLY].date == "2022-05-11"


REPORT = "قال وزير الخارجية الفرنسي طارق الشاذلي{} إن الوضع خطير. وأضاف الوزير: ندعو كرواتيا إلى الإفراج عن السفينة."


@pytest.mark.parametrize(("day", "date"), [("، الأربعاء،", "2022-05-11"), ("، في عام 2019،", None), ("", None)])
def test_what_somebody_adds_has_the_day_of_what_he_said(tell: Tell, day: str, date: str | None) -> None:
    told = tell(REPORT.format(day), published="2022-05-12")
    assert told["طارق الشاذلي", "requested", "كرواتيا"].date == date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تقصف كرواتيا مالطا منذ صباح السبت.", (Status.ACTUAL, "2022-05-07")),
        ("تقصف كرواتيا مالطا صباح السبت.", (Status.PLANNED, "2022-05-14")),
    ],
)
def test_what_goes_on_since_a_weekday_is_not_to_come(tell: Tell, text: str, expected: tuple[Status, str]) -> None:
    fact = tell(text, published="2022-05-12")["كرواتيا", "attacked", "مالطا"]
    assert (fact.status, fact.date) == expected


def test_day_of_publication_may_stand_in_the_text(tell: Tell) -> None:
    told = tell("نشر في 12/05/2022\nزودت كرواتيا ألبانيا بدبابات أمس.")
    assert told[SUPPLY].date == "2022-05-11"


def test_deed_told_twice_is_one_fact_with_the_date_of_either(tell: Tell) -> None:
    told = tell("زودت كرواتيا ألبانيا بدبابات. وكانت كرواتيا زودت ألبانيا بدبابات عام 2019.", published="2022-05-12")
    assert told[SUPPLY].date == "2019"


def test_item_is_no_adverb(tell: Tell) -> None:
    told = tell("بحث الرئيس الكرواتي هاتفيا مع رئيس ألبانيا.")
    assert all(fact.item != "هاتفيا" for fact in told.values())


def test_item_of_money_keeps_its_number(tell: Tell) -> None:
    assert tell("ستقدم كرواتيا مئة مليون يورو لألبانيا.")[AID].item in (None, "مئة مليون يورو")
