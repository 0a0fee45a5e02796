"""Copies of one text are one report, however they come; what only resembles them is another."""

from __future__ import annotations

import random

import pytest

from graph.model import Document, Extraction
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.reports import Outline, group_reports
from graph.rdf.vocabulary import Vocabulary
from graph.text.sketch import BANDS, read_sketch, sketch_text

WORDS = [f"كلمة{number}" for number in range(120)]
TEXT = " ".join(WORDS)


def outline(name: str, text: str, published: str | None = "2024-03-05") -> Outline:
    return Outline(name, published, sketch_text(text))


def edit(text: str, *places: int, words: int = 5) -> str:
    """Put other words in place of some, from each of the places on."""
    changed = text.split()
    for place in places:
        changed[place : place + words] = [f"غيرها{place + each}" for each in range(words)]
    return " ".join(changed)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        f"خاص - {TEXT} اقرأ أيضا عن أمر آخر",
        " ".join(WORDS[:60]),
        edit(TEXT, 0, 20, 40, 60, 80, 100),
        TEXT.replace("ة", "ه").replace("ك", "كَ"),
    ],
    ids=["same", "byline and tail", "cut to half", "edited", "spelt otherwise"],
)
def test_copy_of_a_text_is_the_report_that_was_published_first(copy: str) -> None:
    found = group_reports([outline("b", copy, "2024-03-06"), outline("a", TEXT, "2024-03-05")])
    assert found == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (" ".join(f"غيرها{number}" for number in range(120)), "2024-03-05"),
        (" ".join([*WORDS[:15], *(f"غيرها{number}" for number in range(105))]), "2024-03-05"),
        (TEXT, "2024-04-05"),
    ],
    ids=["other words", "a common beginning", "a month later"],
)
def test_what_only_resembles_a_text_is_a_report_of_its_own(text: str, published: str) -> None:
    found = group_reports([outline("a", TEXT), outline("b", text, published)])
    assert found == {"a": "a", "b": "b"}


def test_text_of_every_day_with_other_numbers_is_a_report_each_day() -> None:
    daily = [f"{TEXT} قتل {number} وجرح {number + 1} ودمر {number + 2}" for number in (100, 200)]
    days = [outline(f"d{day}", text, f"2024-03-{day:02}") for day, text in enumerate(daily, 1)]
    assert group_reports(days) == {"d1": "d1", "d2": "d2"}
    assert set(group_reports([days[0], outline("e", daily[1], None)]).values()) == {"d1", "e"}
    assert set(group_reports([days[0], outline("e", daily[1], "2024-03-01")]).values()) == {"d1"}


def test_reports_do_not_depend_on_the_order_of_documents() -> None:
    chain = [edit(TEXT, *range(0, 20 * step, 20)) for step in range(6)]
    outlines = [outline(f"d{number}", text, None) for number, text in enumerate((*chain, "آخر", TEXT))]
    wanted = group_reports(outlines)
    assert len(set(wanted.values())) == 2
    for seed in range(5):
        random.Random(seed).shuffle(outlines)
        assert group_reports(outlines) == wanted


def test_sketch_is_read_back_as_it_was_written() -> None:
    sketch = sketch_text(f"{TEXT} 12 ٣٤")
    assert sketch is not None
    assert sketch.figures == {"12", "34"}
    assert read_sketch(sketch.write()) == sketch
    assert [read_sketch(text) for text in ("", "نص", "AAAA", sketch.write()[4:])] == [None] * 4
    assert sketch_text(" \u200b، .") is None


def test_document_carries_its_sketch_and_bands() -> None:
    names = Namespaces("https://graph.example/id/")
    extraction = Extraction(Document("d1", TEXT, published="2024-03-05"), (), ())
    encoded = encode_extraction(extraction, namespaces=names, vocabulary=Vocabulary.load())
    assert Outline.read(f"<{encoded.iri}>", encoded.triples) == outline(f"<{encoded.iri}>", TEXT)
    assert sum(predicate.endswith("#band>") for _, predicate, _ in encoded.triples) == BANDS
