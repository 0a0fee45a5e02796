"""Dates: as precise as the text, resolved against the day of publication, which a page's head may give."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.model import Sentence
from graph.text.dates import DateMention, DateReader
from graph.text.tokens import tokenize

TUESDAY = "2024-01-30"


@pytest.fixture(scope="module")
def dates(language: Language) -> DateReader:
    return DateReader(language)


def find(dates: DateReader, text: str, published: str | None = TUESDAY) -> list[DateMention]:
    return dates.read(tokenize(Sentence(0, len(text), text, 0)), published)


def values(dates: DateReader, text: str, published: str | None = TUESDAY) -> list[str]:
    return [mention.value for mention in find(dates, text, published)]


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("كانون الثاني", "01"),
        ("شباط", "02"),
        ("آذار", "03"),
        ("نيسان", "04"),
        ("أيار", "05"),
        ("حزيران", "06"),
        ("تموز", "07"),
        ("آب", "08"),
        ("أيلول", "09"),
        ("تشرين الأول", "10"),
        ("تشرين الثاني", "11"),
        ("كانون الأول", "12"),
        ("يناير", "01"),
        ("أبريل", "04"),
        ("ديسمبر", "12"),
        ("جانفي", "01"),
        ("أوت", "08"),
        ("غشت", "08"),
        ("يوليوز", "07"),
        ("شتنبر", "09"),
    ],
)
def test_months_of_four_traditions_are_read(dates: DateReader, month: str, number: str) -> None:
    assert values(dates, f"وصل يوم 9 {month} 2019") == [f"2019-{number}-09"]


@pytest.mark.parametrize("month", ["شباط/فبراير", "شباط / فبراير", "فبراير/شباط", "شباط-فبراير"])
def test_month_in_two_traditions_is_one_date(dates: DateReader, month: str) -> None:
    assert values(dates, f"وصل في 7 {month} 2022") == ["2022-02-07"]


def test_month_of_two_words_joined_with_another_is_one_date(dates: DateReader) -> None:
    assert values(dates, "وصل في 7 تشرين الثاني/نوفمبر 2022") == ["2022-11-07"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("في 5 مايو 2018", "2018-05-05"), ("في مايو 2018", "2018-05"), ("عام 2018", "2018"), ("سنة ٢٠١٨", "2018")],
)
def test_date_is_as_precise_as_the_text(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, text) == [value]


def test_day_that_the_month_does_not_have_leaves_the_month(dates: DateReader) -> None:
    assert values(dates, "في 31 فبراير 2018") == ["2018-02"]


@pytest.mark.parametrize("between", [" ", "، ", " من ", " عام "])
def test_year_may_stand_behind_a_word_or_a_comma(dates: DateReader, between: str) -> None:
    assert values(dates, f"في 12 يونيو{between}2015")[0] == "2015-06-12"


def test_year_may_stand_behind_two_words(dates: DateReader) -> None:
    assert values(dates, "في 12 يونيو من عام 2015") == ["2015-06-12"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("في 12 يناير", "2024-01-12"),
        ("في 12 ديسمبر", "2023-12-12"),
        ("في نوفمبر الماضي", "2023-11"),
        ("في يناير الماضي", "2023-01"),
        ("في مارس المقبل", "2024-03"),
    ],
)
def test_month_without_a_year_is_the_one_nearest_to_publication(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, text.replace("مارس", "شهر مارس")) == [value]


def test_month_that_is_to_come_may_lie_in_the_next_year(dates: DateReader) -> None:
    assert values(dates, "في فبراير المقبل", "2024-11-02") == ["2025-02"]


@pytest.mark.parametrize("text", ["وقد مارس الجيش ضغوطا", "وصل آب من السفر", "رفض ماي الاقتراح"])
def test_month_that_is_also_a_word_is_none_without_a_number(dates: DateReader, text: str) -> None:
    assert values(dates, text) == []


def test_month_that_is_also_a_word_is_none_at_the_head_of_a_sentence(dates: DateReader) -> None:
    assert values(dates, "مارس الجيش ضغوطا") == []


@pytest.mark.parametrize("text", ["في 3 مارس", "في مارس 2024", "شهر مارس", "آذار/مارس"])
def test_month_that_is_also_a_word_is_one_beside_a_number_or_a_month(dates: DateReader, text: str) -> None:
    assert [value[:4] for value in values(dates, text, "2024-06-01")] == ["2024"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الثلاثاء", "2024-01-30"),
        ("الاثنين", "2024-01-29"),
        ("الأربعاء", "2024-01-24"),
        ("الأربعاء المقبل", "2024-01-31"),
        ("الثلاثاء المقبل", "2024-02-06"),
        ("الثلاثاء الماضي", "2024-01-23"),
        ("يوم الخميس القادم", "2024-02-01"),
    ],
)
def test_weekday_is_the_last_one_unless_the_text_says_the_next(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, f"وصل {text}") == [value]


@pytest.mark.parametrize("word", ["والجمعة", "بالجمعة", "فالجمعة"])
def test_weekday_with_a_clitic_is_read(dates: DateReader, word: str) -> None:
    assert values(dates, f"وصل الوفد {word}") == ["2024-01-26"]


def test_weekday_after_li_is_read(dates: DateReader) -> None:
    assert values(dates, "تأجلت الزيارة للجمعة") == ["2024-01-26"]


def test_today_with_another_weekday_is_the_last_such_weekday(dates: DateReader) -> None:
    assert values(dates, "وصل الوفد اليوم الاثنين") == ["2024-01-29"]


@pytest.mark.parametrize(("text", "value"), [("أمس", "2024-01-29"), ("اليوم", "2024-01-30"), ("غداً", "2024-01-31")])
def test_relative_day_is_counted_from_publication(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, f"وصل الوفد {text}") == [value]


def test_relative_day_reaches_over_the_end_of_a_year(dates: DateReader) -> None:
    assert values(dates, "وصل الوفد أمس", "2024-01-01") == ["2023-12-31"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("العام الماضي", "2023"),
        ("العام الجاري", "2024"),
        ("السنة المقبلة", "2025"),
        ("الشهر الماضي", "2023-12"),
        ("الشهر الحالي", "2024-01"),
        ("الشهر المقبل", "2024-02"),
    ],
)
def test_month_or_year_before_or_after_publication_is_counted(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, f"وصل الوفد {text}") == [value]


@pytest.mark.parametrize("text", ["أمس", "الخميس", "الشهر الماضي", "العام المقبل"])
def test_relative_date_is_none_without_publication(dates: DateReader, text: str) -> None:
    assert values(dates, f"وصل الوفد {text}", None) == []


@pytest.mark.parametrize("published", ["", "no date", "2024-13-01", "30/01/2024"])
def test_publication_that_is_no_date_is_as_none(dates: DateReader, published: str) -> None:
    assert values(dates, "وصل الوفد أمس", published) == []


def test_full_date_needs_no_publication(dates: DateReader) -> None:
    assert values(dates, "وصل في 3 مايو 2018", None) == ["2018-05-03"]


def test_date_resolved_from_the_text_alone_is_surer_than_a_weekday(dates: DateReader) -> None:
    full, weekday = find(dates, "في 3 مايو 2018 ويوم الاثنين")
    assert full.confidence > weekday.confidence


def test_indices_point_at_the_tokens_of_the_date(dates: DateReader) -> None:
    (mention,) = find(dates, "وصل الوفد في 3 مايو 2018 إلى ريغا")
    assert (mention.start, mention.end) == (3, 6)


def test_two_dates_come_in_reading_order(dates: DateReader) -> None:
    assert values(dates, "زار ريغا في مايو 2018 وتالين في يونيو 2019") == ["2018-05", "2019-06"]


@pytest.mark.parametrize("text", ["قتل 12 جنديا", "بلغ الدخل 2018 دولارا", "القانون 45", ""])
def test_number_alone_is_no_date(dates: DateReader, text: str) -> None:
    assert values(dates, text) == []


@pytest.mark.parametrize("text", ["² مارس", "③ يناير 2020", "يناير ²"])
def test_digit_that_is_no_number_is_no_day(dates: DateReader, text: str) -> None:
    assert all(len(value) <= 7 for value in values(dates, text))


def test_number_of_endless_digits_is_no_year(dates: DateReader) -> None:
    assert values(dates, "عام " + "9" * 5000) == []


@pytest.mark.parametrize(
    ("text", "published"), [("أمس", "0001-01-01"), ("غدا", "9999-12-31"), ("الخميس", "0001-01-01")]
)
def test_day_beyond_the_calendar_is_no_date(dates: DateReader, text: str, published: str) -> None:
    assert values(dates, f"وصل {text}", published) == []


@pytest.mark.parametrize(
    "head",
    [
        "نشر في 30 كانون الثاني/يناير 2024",
        "آخر تحديث: 30 يناير 2024، 14:20",
        "30/01/2024",
        "30.1.2024",
        "30/01/24",
        "2024-01-30",
        "٣٠/٠١/٢٠٢٤",
        "الثلاثاء ٣٠ يناير ٢٠٢٤",
        "تاريخ النشر: 30th, January 2024 GMT",
        "Published 30 January, 2024",
        "Tue January 30th, 2024",
    ],
)
def test_head_of_a_page_gives_the_day_of_publication(dates: DateReader, head: str) -> None:
    assert dates.published(f"الرئيسية\n{head}\nوصل الوفد إلى ريغا.") == "2024-01-30"


@pytest.mark.parametrize(
    "head",
    [
        "01/13/2024",
        "01/30/2024",
    ],
)
def test_month_may_stand_first_where_the_second_number_can_be_none(dates: DateReader, head: str) -> None:
    assert dates.published(head) == f"2024-01-{head[3:5]}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "وصل الوفد إلى ريغا.",
        "في يناير 2024",
        "30 يناير",
        "45/45/2024",
        "2024-13-45",
        "1/2",
        "January 2024",
        "45 January 2024",
    ],
)
def test_head_without_a_full_date_gives_none(dates: DateReader, text: str) -> None:
    assert dates.published(text) is None


def test_date_far_down_the_page_is_not_that_of_publication(dates: DateReader) -> None:
    assert dates.published("كلمة " * 400 + "30/01/2024") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("في الرابع من يونيو 2018", "2018-06-04"),
        ("في الرابع من مارس", "2023-03-04"),
        ("في الحادي عشر من مارس آذار 2018", "2018-03-11"),
        ("في الثالث والعشرين من شهر يونيو 2018", "2018-06-23"),
        ("بنهاية 2018", "2018"),
        ("في 2018", "2018"),
        ("في تشرين أول 2018", "2018-10"),
        ("قبل عامين", "2022"),
        ("قبل خمس سنوات", "2019"),
        ("قبل 3 أشهر", "2023-10"),
        ("قبل نحو يومين", "2024-01-28"),
        ("الأسبوع الماضي", "2024-01"),
    ],
)
def test_days_in_words_bare_years_and_times_ago_are_dates(dates: DateReader, text: str, value: str) -> None:
    assert values(dates, f"وصل الوفد {text}") == [value]


@pytest.mark.parametrize("text", ["قبل أن يصل", "قبل الاجتماع", "قبل بدء 3 دورات", "في 20180 مدينة"])
def test_other_words_behind_before_and_in_are_no_dates(dates: DateReader, text: str) -> None:
    assert values(dates, text) == []


@pytest.mark.parametrize("text", ["منذ 2016", "منذ 7 أكتوبر 2023", "اعتبارا من يناير 2020"])
def test_since_when_something_lasts_is_marked(dates: DateReader, text: str) -> None:
    assert [mention.since for mention in find(dates, text)] == [True]


@pytest.mark.parametrize(("text", "value"), [("الأربعاء", "2024-01-31"), ("في مارس آذار", "2024-03"), ("اليوم", "")])
def test_weekday_or_month_has_a_value_for_what_is_to_come(dates: DateReader, text: str, value: str) -> None:
    assert [mention.ahead for mention in find(dates, f"يصل {text}")] == [value]
