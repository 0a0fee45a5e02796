"""Copies of one text are one report, however they come; what only resembles them is another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.config import DEFAULT_BASE_IRI
from graph.model import Document, Extraction
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.reports import REPORT, Outline, group_reports
from graph.rdf.vocabulary import Vocabulary
from graph.store.embedded import EmbeddedStore
from graph.text.band_filter import BandFilter
from graph.text.sketch import BANDS, read_sketch, sketch_text

WORDS = [f"كلمة{number}" for number in range(120)]
TEXT = " ".join(WORDS)


def outline(name: str, text: str, published: str | None = "2024-03-05") -> Outline:
    return Outline(name, published, sketch_text(text))


def encode(name: str, text: str) -> EncodedDocument:
    extraction = Extraction(Document(name, text, published="2024-03-05"))
    return encode_extraction(
        extraction, namespaces=Namespaces(DEFAULT_BASE_IRI), vocabulary=Vocabulary.load(), content_hash=name
    )


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


def test_copy_is_found_whichever_way_the_text_came(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path / "store", create=True) as store:
        store.put_documents([encode("a", TEXT)])
        store.put_documents([encode("b", " ".join(WORDS[:60]))])
        sent = encode("c", " ".join(f"سواها{number}" for number in range(120)))
        store.put_graph(sent.graph, sent.to_nquads(), replace=True)
        store.derive_anew()
        store.put_documents([encode("d", " ".join(f"سواها{number}" for number in range(90)))])
        found = store.select(f"SELECT ?copy ?first WHERE {{ ?copy {REPORT} ?first }}").rows
    reports = {copy[-1]: first[-1] for copy, first in found if copy and first}
    assert reports == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_filter_of_bands_forgets_none() -> None:
    sketches = [sketch for number in range(200) if (sketch := sketch_text(f"{number} {TEXT[number:]}")) is not None]
    met = BandFilter()
    assert met.find_met(sketches[0]) == []
    for sketch in sketches:
        met.add(sketch)
    assert [met.find_met(sketch) for sketch in sketches] == [list(sketch.bands()) for sketch in sketches]
