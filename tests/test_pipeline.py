"""The reader as a whole: offsets and ids hold, reading twice gives the same, and no text is an error."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from graph.collecting import collected_seldom
from graph.errors import LanguageDataError
from graph.lang.language import Language
from graph.model import Document, EntityKind, Extraction, Fact
from graph.pipeline import Reader
from graph.resources import data_folder
from graph.sources.reader import read_sources

Read = Callable[..., Extraction]
Tell = Callable[..., dict[tuple[str, str, str], Fact]]
MARKED = [
    "زارَ وزيرُ الخارجيّةِ الكرواتيُّ سامرُ الحلبونيُّ مدينةَ سراييفو، وزوّدتْ كرواتيا ألبانيا بـ\u200f40 دبابةٍ أمسِ.",
    "\u202bزارت كرواتيا \u202aAlbania\u202c وألبانيا.\u202c",
    "\ufeffزارت كـــرواتيا ألبـانيا، والتقى \u200fسامر\u200e الحلبوني نظيره.",
    "&quot;زارت&quot; كرواتيا &#34;ألبانيا&#34; &amp; كوسوفو&nbsp;أمس.",
    "زارت كرواتيا\u00a0ألبانيا \U0001f642 ومالطا \U0001f1ed\U0001f1f7 أمس.",
    "كرواتيا\r\n\tزارت ألبانيا    \u2028وزودت مالطا كوسوفو بالغاز.\x85",
    "تيرانا (رويترز) - زارت كرواتيا ألبانيا.\nاقرأ أيضا\nمالطا تزور كوسوفو\n"
    "بلغراد (رويترز) - زار وفد من وزارة الدفاع اللاتفية مالطا وكوسوفو في إطار جولة جديدة.",
    unicodedata.normalize("NFD", "زارت ألبانيا وزارة الدفاع الأردنية، والتقى رئيس آيسلندا أمير قطر."),
    "اجتمع وزراء خارجية مصر والأردن، ووقعت وزارتا الدفاع في لاتفيا وبلجيكا اتفاقا.",
    "زار الرئيسان الفنلندي والتركي روما، وانتشرت القوات اللاتفية والبلجيكية.",
]
HOSTILE = {
    "empty": "",
    "one character": "و",
    "blanks": " \u00a0\t\n" * 100,
    "300 kB on one line": ("وصل وفد كبير من مدينة سراييفو إلى مالطا في مارس 2021، " * 4000)[:165_000],
    "one endless word": "ا" * 50_000,
    "one endless clitic": "و" * 5000,
    "punctuation": "،.!؟()«»\"'-–—…؛:/" * 200,
    "control characters": "".join(map(chr, range(32))) * 50 + "\x7f\x80\x9f",
    "latin": "The minister of Croatia visited Albania on Tuesday. " * 50,
    "lone surrogates": "زارت \ud800 كرواتيا \udfff ألبانيا\udc00.",
    "5,000 commas": "،" * 5000,
    "quotation marks": 'حركة "' * 1000,
    "brackets": "(" * 3000 + "كرواتيا" + ")" * 3000,
    "diacritics": "\u064b" * 3000,
    "bidi marks": "\u202b\u200f" * 1000 + "زارت كرواتيا ألبانيا",
    "combining marks": "".join(letter + "\u0301\u0327" for letter in "زارت كرواتيا ألبانيا"),
    "titles": "المتحدث باسم " * 500 + "كرواتيا",
    "bodies": "وزارة " * 1000 + "كرواتيا",
    "counterparts": "نظيره " * 1000,
    "conjunctions": "كرواتيا و" * 1000,
    "places": "مدينة " * 1000,
    "months": "3 مارس " * 1000,
    "slashes": "مارس/" * 1000,
    "numbers": "1 " * 3000 + "دولار",
    "digits": "9" * 2000 + " دولار عام " + "9" * 400,
    "other scripts": "زارت 克罗地亚 Κροατία हिन्दी ๒๕ ألبانيا ۱۲ مارس ۲۰۲۱",
    "null": "\x00زارت\x00كرواتيا\x00ألبانيا\x00",
}


def slices(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Each text that a mention, a sentence or an evidence claims, with what stands at its offsets."""
    document = extraction.document
    evidence = [fact.evidence for fact in extraction.facts]
    for each in (*extraction.mentions, *extraction.sentences, *evidence):
        yield each.text, ((document.title or "") if each.in_title else document.text)[each.start : each.end]


def ends(extraction: Extraction) -> set[str]:
    """The entity ids that facts and mentions hold."""
    facts = extraction.facts
    ids = {end for fact in facts for end in (fact.subject, fact.object, fact.attributed_to) if end is not None}
    return ids | {mention.entity for mention in extraction.mentions if mention.entity is not None}


@pytest.fixture(scope="module")
def sample(reader: Reader) -> list[Extraction]:
    """The sample articles as the reader reads them."""
    documents = [each for each in read_sources([data_folder("seeds") / "documents"]) if isinstance(each, Document)]
    return [reader.read(document) for document in documents]


@pytest.mark.parametrize("text", MARKED)
def test_offsets_of_mentions_sentences_and_evidence_give_their_text(read: Read, text: str) -> None:
    pairs = list(slices(read(text)))
    assert pairs
    assert all(claimed == found for claimed, found in pairs)


@pytest.mark.parametrize("text", MARKED)
def test_offsets_in_a_title_give_their_text(read: Read, text: str) -> None:
    extraction = read("وصل الوفد أمس.", title=text)
    assert all(claimed == found for claimed, found in slices(extraction))
    assert any(mention.in_title for mention in extraction.mentions)


def test_offsets_hold_in_the_sample_articles(sample: list[Extraction]) -> None:
    assert all(claimed == found for extraction in sample for claimed, found in slices(extraction))


def test_mention_has_no_blanks_around_it(sample: list[Extraction]) -> None:
    assert all(mention.text == mention.text.strip() for extraction in sample for mention in extraction.mentions)


def test_mention_lies_within_its_sentence(sample: list[Extraction]) -> None:
    for extraction in sample:
        by_index = {sentence.index: sentence for sentence in extraction.sentences}
        for mention in extraction.mentions:
            sentence = by_index[mention.sentence]
            assert sentence.start <= mention.start < mention.end <= sentence.end
            assert sentence.in_title is mention.in_title


def test_mentions_of_a_sentence_do_not_overlap(sample: list[Extraction]) -> None:
    for extraction in sample:
        for one, other in zip(extraction.mentions, extraction.mentions[1:], strict=False):
            assert one.sentence != other.sentence or one.end <= other.start


def test_evidence_is_a_sentence_of_the_document(sample: list[Extraction]) -> None:
    for extraction in sample:
        spans = {(sentence.start, sentence.end, sentence.in_title) for sentence in extraction.sentences}
        assert {(e.start, e.end, e.in_title) for e in (fact.evidence for fact in extraction.facts)} <= spans


def test_fact_in_a_title_says_so(tell: Tell) -> None:
    fact = tell("وصل الوفد أمس.", title="كرواتيا تزور ألبانيا")["كرواتيا", "visited", "ألبانيا"]
    assert (fact.evidence.in_title, fact.evidence.text) == (True, "كرواتيا تزور ألبانيا")


def test_every_id_in_facts_and_mentions_is_an_entity(sample: list[Extraction]) -> None:
    assert all(ends(extraction) <= {entity.id for entity in extraction.entities} for extraction in sample)


def test_entity_ids_are_unique_and_names_are_not_blank(sample: list[Extraction]) -> None:
    for extraction in sample:
        assert len({entity.id for entity in extraction.entities}) == len(extraction.entities)
        assert all(name.strip() for entity in extraction.entities for name in (entity.name, *entity.aliases))


def test_two_entities_of_a_document_are_not_one_row_of_seeds(sample: list[Extraction]) -> None:
    for extraction in sample:
        known = [entity.known for entity in extraction.entities if entity.known]
        assert len(known) == len(set(known))


@pytest.mark.parametrize("text", ["زارت كرواتيا كرواتيا.", "التقى الرئيس الكرواتي نفسه.", "كرواتيا وكرواتيا تتعاونان."])
def test_nobody_stands_in_a_relation_with_himself(read: Read, text: str) -> None:
    assert all(fact.subject != fact.object for fact in read(text).facts)


def test_sample_articles_have_no_relation_of_anybody_with_himself(sample: list[Extraction]) -> None:
    assert all(fact.subject != fact.object for extraction in sample for fact in extraction.facts)


def test_fact_is_told_once(sample: list[Extraction]) -> None:
    for extraction in sample:
        keys = [(fact.subject, fact.predicate, fact.object) for fact in extraction.facts]
        assert len(keys) == len(set(keys))


def test_confidence_is_between_nothing_and_certain(sample: list[Extraction]) -> None:
    assert all(0 < fact.confidence < 1 for extraction in sample for fact in extraction.facts)


def test_known_countries_are_countries(sample: list[Extraction]) -> None:
    entities = [entity for extraction in sample for entity in extraction.entities]
    assert all(
        (entity.kind is EntityKind.COUNTRY) == (entity.known or "").startswith("country:") for entity in entities
    )


@pytest.mark.parametrize("text", MARKED)
def test_reading_twice_gives_the_same(read: Read, text: str) -> None:
    one, other = (replace(read(text, title=MARKED[0], published="2022-05-12"), seconds=0.0) for _ in range(2))
    assert one == other


def test_reading_another_document_between_changes_nothing(read: Read) -> None:
    before = replace(read(MARKED[0]), seconds=0.0)
    read(MARKED[-1])
    assert replace(read(MARKED[0]), seconds=0.0) == before


def test_garbage_is_collected_again_once_a_reader_is_loaded(reader: Reader) -> None:
    assert gc.isenabled()


def test_garbage_is_collected_seldom_only_while_articles_are_read() -> None:
    before = gc.get_threshold()
    with collected_seldom():
        within = gc.get_threshold()
    assert (within[0] > before[0], gc.get_threshold()) == (True, before)


def test_time_that_reading_took_is_told(read: Read) -> None:
    assert read(MARKED[0]).seconds > 0


def test_extraction_keeps_the_document_as_it_was_given(reader: Reader) -> None:
    document = Document("d", MARKED[1], "عنوان", "2022-05-12", "صحيفة", "https://news.example/1")
    assert reader.read(document).document is document


def test_watcher_is_shown_every_sentence_that_is_read(reader: Reader) -> None:
    shown: list[str] = []
    text = "زارت كرواتيا ألبانيا. وصل الوفد.\nاقرأ أيضا\nمالطا تزور كوسوفو"
    reader.read(Document("d", text), lambda linker, reading, *_: shown.append(reading.sentence.text))
    assert shown == ["زارت كرواتيا ألبانيا.", "وصل الوفد."]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read(read: Read, name: str) -> None:
    extraction = read(HOSTILE[name], published="2022-05-12")
    assert all(claimed == found for claimed, found in slices(extraction))
    assert ends(extraction) <= {entity.id for entity in extraction.entities}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "300 kB on one line"])
def test_hostile_title_is_read(read: Read, name: str) -> None:
    extraction = read("زارت كرواتيا ألبانيا.", title=HOSTILE[name], published="2022-05-12")
    assert all(claimed == found for claimed, found in slices(extraction))
    assert any(fact.predicate == "visited" for fact in extraction.facts)


def test_endless_titles_are_read(read: Read) -> None:
    read("رئيس " * 1000 + "كرواتيا")


def test_raised_digit_before_a_month_is_read(read: Read) -> None:
    read("زارت كرواتيا ألبانيا² مارس.")


@pytest.mark.parametrize("published", ["", "12/05/2022", "2022-13-45", "yesterday"])
def test_publication_that_is_no_date_gives_no_date(tell: Tell, published: str) -> None:
    assert tell("زارت كرواتيا ألبانيا أمس.", published=published)["كرواتيا", "visited", "ألبانيا"].date is None


def test_language_without_data_is_refused() -> None:
    with pytest.raises(LanguageDataError, match="xx"):
        Language.load("xx")


def test_state_of_an_actor_is_given_by_its_wikidata_id(read: Read) -> None:
    entities = read("قال وزير الدفاع الزامبي سامر الحلبوني إن بلاده زودت كينيا بالسلاح.").entities
    assert {entity.country for entity in entities if entity.kind is EntityKind.PERSON} == {"Q953"}


def test_a_fact_keeps_the_word_that_tells_it_and_the_words_that_date_it(reader: Reader) -> None:
    text = "التقى وزير الدفاع الهولندي روبن بريكلمانس نظيره الدنماركي ترولز لوند بولسن في لاهاي يوم 12 مارس 2024."
    (met,) = [fact for fact in reader.read(Document("d", text)).facts if fact.predicate == "met"]
    assert (met.trigger, met.date) == ("التقى", "2024-03-12")
    assert met.date_text is not None
    assert met.date_text in text
    assert "12 مارس 2024" in met.date_text
