"""What pages put around an article: menus and buttons carry nothing, related headlines are set apart, datelines cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.lang.language import Language
from graph.model import Document, Fact, Sentence
from graph.text.sentences import split_sentences

Tell = Callable[..., dict[tuple[str, str, str], Fact]]
PROSE = "زار وزير الخارجية الكرواتي غوردان غرليتش رادمان مدينة سراييفو أمس."


def split(text: str, language: Language) -> tuple[Sentence, ...]:
    return split_sentences(Document("d", text), language)


@pytest.mark.parametrize(
    "block",
    [
        "الرئيسية",
        "اقتصاد",
        "مشاركة عبر واتساب",
        "نسخ الرابط",
        "اشترك في النشرة البريدية",
        "تابعنا على منصات التواصل",
        "صورة أرشيفية للميناء",
        "مصدر الصورة: غيتي",
        "(رويترز)",
        "آخر تحديث: 12 أيار 2022",
        "تم النشر قبل ساعة",
        "بقلم: نادية الحداد",
        "جميع الحقوق محفوظة",
        "الكلمات المفتاحية: كرواتيا",
        "https://news.example/croatia",
        "* * *",
        "12:30",
    ],
)
def test_furniture_of_a_page_gives_no_sentence(block: str, language: Language) -> None:
    assert [sentence.text for sentence in split(f"{block}\n{PROSE}\n{block}", language)] == [PROSE]


def test_menu_on_one_line_with_wide_gaps_gives_no_sentence(language: Language) -> None:
    assert [sentence.text for sentence in split(f"الرئيسية    سياسة    رياضة    {PROSE}", language)] == [PROSE]


def test_long_block_is_prose_even_where_it_begins_like_furniture(language: Language) -> None:
    text = "صورة الوضع في البلقان تغيرت كثيرا بعد زيارة الوزير الكرواتي الأخيرة إلى سراييفو ولقائه كبار المسؤولين هناك."
    assert [sentence.text for sentence in split(text, language)] == [text]


@pytest.mark.parametrize("heading", ["اقرأ أيضاً", "إقرأ أيضا:", "مقالات مشابهة", "قد يهمك", "الأكثر قراءة", "ذات صلة"])
def test_headlines_under_a_heading_of_related_ones_are_set_apart(heading: str, language: Language) -> None:
    body, related = split(f"{PROSE}\n{heading}\nألبانيا تستقبل وفدا كوسوفيا", language)
    assert body.segment == 0
    assert related.segment >= 1000
    assert related.is_headline


@pytest.mark.parametrize("heading", ["اقرأ\u00a0أيضا", "مقالات  مشابهة"])
def test_heading_of_related_headlines_may_have_other_blanks(heading: str, language: Language) -> None:
    assert split(f"{PROSE}\n{heading}\nألبانيا تستقبل وفدا كوسوفيا", language)[-1].segment >= 1000


def test_words_of_a_heading_within_prose_open_nothing(language: Language) -> None:
    text = "وقال الوزير إن الخبر من الأخبار الأكثر قراءة في البلاد.\nثم غادر الوزير."
    assert {sentence.segment for sentence in split(text, language)} == {0}


def test_article_with_a_dateline_after_related_headlines_is_a_segment_of_its_own(language: Language) -> None:
    tail = "تيرانا (رويترز) - استقبلت ألبانيا وفدا من كوسوفو أمس الخميس."
    sentences = split(f"{PROSE}\nاقرأ أيضاً\nألبانيا تستقبل وفدا كوسوفيا\n{tail}", language)
    assert sentences[-1].segment == 1


@pytest.mark.parametrize(
    "dateline",
    ["تيرانا (رويترز) - ", "تيرانا - وكالات: ", "(CNN) -- ", "تيرانا – رويترز – ", "لندن، 3 مايو/أيار (أ ف ب) - "],
)
def test_dateline_is_cut_from_the_sentence_behind_it(dateline: str, language: Language) -> None:
    assert split(f"{dateline}{PROSE}", language)[-1].text == PROSE


def test_offsets_hold_behind_a_dateline(language: Language) -> None:
    text = f"تيرانا (رويترز) - {PROSE}"
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in split(text, language))


def test_related_headline_tells_no_facts(tell: Tell) -> None:
    assert tell("وصل الوفد أمس.\nاقرأ أيضاً\nالسويد تزود أوكرانيا بالمدافع") == {}


def test_caption_tells_no_facts(tell: Tell) -> None:
    assert tell("صورة أرشيفية: وزير الدفاع السويدي بال جونسون\nوصل الوفد أمس.") == {}


def test_article_in_the_tail_tells_its_own_facts(tell: Tell) -> None:
    text = f"{PROSE}\nاقرأ أيضاً\nتيرانا (رويترز) - زودت السويد أوكرانيا بمدافع وذخائر في إطار خطة الدعم الجديدة."
    assert ("السويد", "supplies", "أوكرانيا") in tell(text)


def test_article_in_the_tail_has_no_part_in_the_date_of_its_host(tell: Tell) -> None:
    tail = "تيرانا (رويترز) - زارت السويد أوكرانيا أمس الثلاثاء في إطار خطة الدعم الجديدة التي أقرها البرلمان."
    told = tell(f"{PROSE}\nاقرأ أيضاً\n{tail}", published="2022-05-12")
    assert told["السويد", "visited", "أوكرانيا"].date is None


def test_pronoun_in_the_tail_does_not_reach_into_the_host(tell: Tell) -> None:
    tail = "تيرانا (رويترز) - وصل إلى بلغراد أمس الثلاثاء في إطار جولة جديدة في دول البلقان تستمر أسبوعا كاملا."
    told = tell(f"{PROSE}\nاقرأ أيضاً\n{tail}")
    assert not any("بلغراد" in key for key in told)
