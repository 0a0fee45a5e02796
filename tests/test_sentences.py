"""Sentences: where they end, what they carry, and that offsets point into the text as it was read."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.model import Document
from graph.text.sentences import split_sentences


def split(text: str, language: Language) -> list[str]:
    return [sentence.text for sentence in split_sentences(Document("d", text), language)]


@pytest.mark.parametrize("mark", [".", "!", "؟", "?", "…", "؟!"])
def test_sentence_ends_at_a_final_mark(mark: str, language: Language) -> None:
    assert split(f"وصل الوفد{mark} غادر الوزير{mark}", language) == [f"وصل الوفد{mark}", f"غادر الوزير{mark}"]


@pytest.mark.parametrize("mark", ["،", "؛", ":", "-"])
def test_sentence_goes_on_over_a_mark_that_is_not_final(mark: str, language: Language) -> None:
    text = f"قال الوزير{mark} وصل الوفد."
    assert split(text, language) == [text]


@pytest.mark.parametrize("closing", ['"', "”", "»", ")"])
def test_closing_mark_stays_with_the_sentence_that_it_closes(closing: str, language: Language) -> None:
    assert split(f"قال: وصلنا.{closing} ثم غادر.", language) == [f"قال: وصلنا.{closing}", "ثم غادر."]


def test_full_stop_without_a_blank_behind_it_ends_a_sentence(language: Language) -> None:
    assert split("وصل الوفد إلى ريغا.غادر الوزير تالين.", language) == ["وصل الوفد إلى ريغا.", "غادر الوزير تالين."]


@pytest.mark.parametrize("mark", ["\u202c", "\u200f", "\u200e"])
def test_sentence_ends_at_a_full_stop_before_a_mark_that_readers_do_not_see(mark: str, language: Language) -> None:
    assert len(split(f"وصل الوفد إلى ريغا.{mark} غادر الوزير تالين.{mark}", language)) == 2


@pytest.mark.parametrize("text", ["بلغ النمو 3.5 في المئة.", "كتب د. سمير القاضي المقال.", "يملك J. Smith الشركة."])
def test_full_stop_of_a_number_or_an_abbreviation_ends_nothing(text: str, language: Language) -> None:
    assert split(text, language) == [text]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n", "\u2028", "\t"])
def test_line_ends_a_sentence(line_end: str, language: Language) -> None:
    assert split(f"وصل الوفد إلى ريغا{line_end}غادر الوزير تالين", language) == [
        "وصل الوفد إلى ريغا",
        "غادر الوزير تالين",
    ]


def test_wide_gap_ends_a_sentence(language: Language) -> None:
    assert split("وصل الوفد إلى ريغا     غادر الوزير تالين", language) == ["وصل الوفد إلى ريغا", "غادر الوزير تالين"]


def test_text_without_any_mark_is_one_sentence(language: Language) -> None:
    assert split("وصل الوفد إلى ريغا", language) == ["وصل الوفد إلى ريغا"]


@pytest.mark.parametrize("text", ["", " \n\t ", ".", "و"])
def test_text_of_less_than_two_characters_has_no_sentences(text: str, language: Language) -> None:
    assert split(text, language) == []


def test_offsets_point_into_the_text_as_it_was_read(language: Language) -> None:
    text = "  \u202bأَعلنَ الوفد وصوله\u202c.  ثُمّ غادر!\r\n   قال &quot;نعم&quot;.   وانتهى الأمر؟"
    sentences = split_sentences(Document("d", text), language)
    assert [text[sentence.start : sentence.end] for sentence in sentences] == [sentence.text for sentence in sentences]
    assert len(sentences) == 4


def test_sentences_are_counted_in_reading_order(language: Language) -> None:
    document = Document("d", "وصل الوفد. غادر الوزير.\nانتهت الزيارة.", title="زيارة قصيرة")
    assert [sentence.index for sentence in split_sentences(document, language)] == [0, 1, 2, 3]


def test_title_is_the_first_sentence_and_a_headline(language: Language) -> None:
    title, body = split_sentences(Document("d", "وصل الوفد.", title="زيارة إلى ريغا. وعودة"), language)
    assert (title.text, title.in_title, title.is_headline, title.start) == ("زيارة إلى ريغا. وعودة", True, True, 0)
    assert (body.in_title, body.start) == (False, 0)


@pytest.mark.parametrize("title", [None, "", "  "])
def test_blank_title_gives_no_sentence(title: str | None, language: Language) -> None:
    assert len(split_sentences(Document("d", "وصل الوفد.", title=title), language)) == 1


def test_short_line_without_a_full_stop_is_a_headline(language: Language) -> None:
    headline, prose = split_sentences(Document("d", "وفد لاتفي في تالين\nوصل الوفد أمس."), language)
    assert (headline.is_headline, prose.is_headline) == (True, False)


def test_endless_stretch_is_cut_at_blanks_and_loses_no_word(language: Language) -> None:
    text = "كلمة " * 2000 + "أخيرة."
    sentences = split_sentences(Document("d", text), language)
    assert max(len(sentence.text) for sentence in sentences) <= 2500
    assert " ".join(sentence.text for sentence in sentences).split() == text.split()


def test_endless_word_is_cut_without_losing_a_letter(language: Language) -> None:
    text = "ا" * 10_000
    assert "".join(split(text, language)) == text


@pytest.mark.parametrize("bullet", ["• ", "- ", "– ", "* ", "▪ ", "> "])
def test_mark_before_a_point_of_a_list_is_no_part_of_its_sentence(bullet: str, language: Language) -> None:
    text = f"{bullet}وصل الوزير إلى المدينة مساء أمس."
    found = split_sentences(Document("d", text), language)
    assert [(sentence.text, sentence.start) for sentence in found] == [(text[len(bullet) :], len(bullet))]
