"""Tokens: where words, numbers and marks are cut, and that offsets point into the document."""

from __future__ import annotations

import pytest

from graph.model import Sentence
from graph.text.tokens import tokenize


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(Sentence(0, len(text), text, 0))]


def norms(text: str) -> list[str]:
    return [token.norm for token in tokenize(Sentence(0, len(text), text, 0))]


def test_words_are_cut_at_blanks_and_marks() -> None:
    assert texts("زار تونس، ثم ليبيا.") == ["زار", "تونس", "،", "ثم", "ليبيا", "."]


def test_clitics_stay_on_their_word() -> None:
    assert texts("وللرئيس") == ["وللرئيس"]


@pytest.mark.parametrize("number", ["14", "1,500", "1.2", "٣٫٥", "١٬٠٠٠", "3/4/2021", "10:30"])
def test_number_keeps_its_separators(number: str) -> None:
    assert texts(f"نحو {number} طن") == ["نحو", number, "طن"]


def test_full_stop_behind_a_number_is_no_separator() -> None:
    assert texts("عام 2019.") == ["عام", "2019", "."]


@pytest.mark.parametrize("word", ["F-16", "Al-Jazeera", "O'Neill", "AT&T", "Müller", "C4"])
def test_latin_word_keeps_hyphens_apostrophes_and_digits(word: str) -> None:
    assert texts(f"مقاتلات {word} جديدة") == ["مقاتلات", word, "جديدة"]


def test_digits_written_onto_an_arabic_word_are_a_token_of_their_own() -> None:
    assert texts("إف-16") == ["إف", "-", "16"]


def test_arabic_word_keeps_its_marks_in_text_and_loses_them_in_norm() -> None:
    assert (texts("مُحَمَّد"), norms("مُحَمَّد")) == (["مُحَمَّد"], ["محمد"])


def test_norm_has_one_seat_of_hamza() -> None:
    assert norms("أعلن إياد") == ["اعلن", "اياد"]


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\ufeff", "\u064b", "\u0640"])
def test_mark_that_stands_alone_is_no_token(mark: str) -> None:
    assert texts(f"قطر {mark} مصر") == ["قطر", "مصر"]


def test_offsets_point_into_the_document_where_the_sentence_stands_further_on() -> None:
    document = "قال هذا. زارت لَاتفيا «ريغا» 3 مرات"
    sentence = Sentence(9, len(document), document[9:], 1)
    assert all(document[token.start : token.end] == token.text for token in tokenize(sentence))
    assert tokenize(sentence)[0].start == 9


def test_every_character_but_blanks_is_in_a_token() -> None:
    text = "قال (سالم): «نعم»… 50% @x #وسم € 🙂 \ud800"
    assert "".join(texts(text)) == "".join(text.split())


@pytest.mark.parametrize("quote", ["&quot;", "&#34;", "&#x22;"])
def test_character_reference_of_html_is_the_mark_that_it_stands_for(quote: str) -> None:
    tokens = tokenize(Sentence(0, 0, f"{quote}قطر{quote}&nbsp;و", 0))
    assert [token.norm for token in tokens] == ['"', "قطر", '"', "و"]
    assert tokens[0].text == quote


def test_ampersand_without_a_reference_is_a_mark() -> None:
    assert texts("شركة &#; AT&T & قطر") == ["شركة", "&", "#", ";", "AT&T", "&", "قطر"]


def test_empty_sentence_has_no_tokens() -> None:
    assert tokenize(Sentence(5, 5, "", 0)) == ()
