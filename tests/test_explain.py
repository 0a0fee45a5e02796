"""How a document was read: nothing is lost on the way, reasons add up, and neither page nor terminal scrambles text."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.cli import app
from graph.explain.explanation import ExplainedSentence, Explanation, Verdict
from graph.explain.listing import isolate, print_explanations
from graph.explain.page import write_page
from graph.explain.retrace import SHOWN, explain
from graph.extract.clauses import Tag
from graph.model import Document, EntityKind, Extraction, Status
from graph.pipeline import Reader
from graph.sources.reader import read_sources

SAMPLES = Path(__file__).resolve().parents[1] / "seeds" / "documents"
TEXT = (
    "بحث الرئيس الفرنسي إيمانويل ماكرون في باريس مع نظيره الأوكراني فولوديمير زيلينسكي تسليم كييف طائرات ميراج. "
    "وقال ماكرون إن بلاده لن ترسل جنودا إلى أوكرانيا."
)
HOSTILE = "زار <script>alert('x')</script> & \u202eماكرون $title <b onclick=x>روسيا</b> [bold]و&lt;ألمانيا&gt;."


@pytest.fixture(scope="module")
def explanation(reader: Reader) -> Explanation:
    return explain(reader, Document("d", TEXT, "ماكرون يبحث مع زيلينسكي تسليح كييف", "2024-06-07"))


@pytest.fixture(scope="module")
def hostile(reader: Reader) -> Explanation:
    return explain(reader, Document("<i>", HOSTILE, HOSTILE, source="<b>", url="javascript:alert(1)"))


@pytest.fixture(scope="module")
def samples(reader: Reader) -> list[Explanation]:
    return [explain(reader, each) for each in read_sources([SAMPLES]) if isinstance(each, Document)]


def page_of(*explanations: Explanation) -> str:
    stream = io.StringIO()
    write_page(explanations, stream)
    return stream.getvalue()


def listing_of(*explanations: Explanation) -> str:
    stream = io.StringIO()
    print_explanations(explanations, stream)
    return stream.getvalue()


class _Page(HTMLParser):
    """Elements by name, texts of the sentences, and whatever could load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.active: list[str] = []
        self.sentences: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.active += [name for name, _ in attrs if name.startswith("on") or name in ("src", "href", "action")]
        if tag not in ("meta", "link"):
            inside = ("class", "text") in attrs
            self.open.append((tag, inside))
            self.sentences += [""] * inside

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        if any(inside for _, inside in self.open):
            self.sentences[-1] += data


def sentence(explanation: Explanation, words: str) -> ExplainedSentence:
    (found,) = [each for each in explanation.sentences if words in each.sentence.text]
    return found


def test_explanation_comes_to_what_the_reader_reads(reader: Reader, samples: list[Explanation]) -> None:
    for explanation in samples:
        read = reader.read(explanation.extraction.document)
        assert replace(explanation.extraction, seconds=read.seconds) == read


def test_every_fact_stands_in_its_sentence_once(samples: list[Explanation]) -> None:
    for explanation in samples:
        explained = [fact.fact for each in explanation.sentences for fact in each.facts if fact.verdict is Verdict.KEPT]
        assert len(explained) == len(explanation.extraction.facts) == len(set(explained))
        assert set(explained) == set(explanation.extraction.facts)


def test_words_are_cut_from_the_text_and_tagged(explanation: Explanation) -> None:
    for each in explanation.sentences:
        for word in each.words:
            assert each.sentence.text[word.start - each.sentence.start : word.end - each.sentence.start] == word.text
    tags = {word.text: (word.tag, word.note) for word in sentence(explanation, "لن ترسل").words}
    assert tags["لن"] == (Tag.PARTICLE, ())
    assert tags["ترسل"][0] is Tag.VERB
    assert "أرسل" in tags["ترسل"][1]
    assert tags["بلاده"] == (Tag.CHUNK, ("فرنسا",))


def test_mention_tells_kind_and_entity(explanation: Explanation) -> None:
    mentions = {each.text: each for each in sentence(explanation, "نظيره").mentions}
    assert (mentions["كييف"].kind, mentions["كييف"].name) == (EntityKind.COUNTRY, "أوكرانيا")
    assert mentions["الرئيس الفرنسي إيمانويل ماكرون"].name == "إيمانويل ماكرون"


def test_trigger_shows_slots_and_which_frame_was_filled(explanation: Explanation) -> None:
    trigger = next(each for each in sentence(explanation, "نظيره").triggers if each.rule == "verb:بحث")
    assert dict(trigger.slots)["مع"] == (("فولوديمير زيلينسكي",),)
    assert dict(trigger.slots)["agent"] == (("إيمانويل ماكرون",),)
    assert [(frame.relation, frame.filled) for frame in trigger.frames if frame.filled] == [("met", 1)]


def test_denied_fact_is_shown_with_its_trigger_and_who_says_so(explanation: Explanation) -> None:
    each = sentence(explanation, "لن ترسل")
    (fact,) = [fact for fact in each.facts if fact.relation == "deployedTo" and fact.verdict is Verdict.KEPT]
    assert (fact.subject, fact.object, fact.status) == ("فرنسا", "أوكرانيا", Status.DENIED)
    assert (fact.rule, fact.speaker, fact.proposed) == ("verb:أرسل", "إيمانويل ماكرون", True)
    assert fact.word is not None
    assert each.words[fact.word].text == "ترسل"


def test_reasons_add_up_to_the_probability(samples: list[Explanation]) -> None:
    weighed = [fact for each in samples for part in each.sentences for fact in part.facts if fact.reasons]
    assert len(weighed) > 20
    for fact in weighed:
        total = sum(reason.weight for reason in fact.reasons)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(fact.probability, abs=0.001)


def test_near_misses_are_shown_with_what_became_of_them(samples: list[Explanation]) -> None:
    left = [
        fact for each in samples for part in each.sentences for fact in part.facts if fact.verdict is not Verdict.KEPT
    ]
    assert {Verdict.UNLIKELY, Verdict.ELSEWHERE} <= {fact.verdict for fact in left}
    assert min(fact.probability for fact in left) >= SHOWN
    assert all(fact.fact is None for fact in left)


def test_facts_below_the_confidence_asked_for_are_shown_as_left_out(reader: Reader) -> None:
    document = Document("d", TEXT)
    facts = reader.read(document).facts
    least = max(fact.confidence for fact in facts)
    explanation = explain(reader, document, least=least)
    shown = [fact for each in explanation.sentences for fact in each.facts]
    assert {fact.fact for fact in shown if fact.verdict is Verdict.BELOW} == {f for f in facts if f.confidence < least}
    assert {fact.fact for fact in shown if fact.verdict is Verdict.KEPT} == set(explanation.extraction.facts)
    assert set(explanation.extraction.facts) == {fact for fact in facts if fact.confidence == least}


@dataclass
class Doubter:
    """Reads as the grammar does, but believes nothing of one relation, and all else with another confidence."""

    grammar: Reader
    doubted: str

    def read(self, document: Document) -> Extraction:
        found = self.grammar.read(document)
        facts = tuple(
            replace(fact, confidence=0.5, rule="doubt", readers=("grammar", "doubter"))
            for fact in found.facts
            if fact.predicate != self.doubted
        )
        return replace(found, facts=facts)


def test_another_reader_decides_about_what_the_grammar_saw(reader: Reader) -> None:
    document = Document("d", TEXT)
    usual = explain(reader, document)
    doubted = next(fact.relation for each in usual.sentences for fact in each.facts if fact.reasons and fact.fact)
    other = explain(reader, document, decider=Doubter(reader, doubted))
    shown = [fact for each in other.sentences for fact in each.facts]
    assert {fact.verdict for fact in shown if fact.relation == doubted} <= {Verdict.OVERRULED, Verdict.UNLIKELY}
    assert Verdict.OVERRULED in {fact.verdict for fact in shown}
    kept = [fact.fact for fact in shown if fact.verdict is Verdict.KEPT]
    assert len(kept) == len(other.extraction.facts) == len(set(kept))
    assert "read by grammar and doubter, 0.50" in listing_of(other)
    assert "grammar + doubter 0.50" in page_of(other)


def test_document_without_sentences_is_explained(reader: Reader) -> None:
    explanation = explain(reader, Document("empty", " "))
    assert explanation.sentences == ()
    assert "<article>" in page_of(explanation)


def test_page_shows_sentences_in_full_and_nests_its_elements(samples: list[Explanation]) -> None:
    page = _Page(page_of(*samples))
    assert page.open == []
    assert page.sentences == [part.sentence.text for each in samples for part in each.sentences]
    assert page.elements.count("mark") >= 20


def test_page_never_takes_text_of_an_article_as_markup(hostile: Explanation) -> None:
    text = page_of(hostile)
    page = _Page(text)
    assert page.active == []
    assert not {"script", "i"} & set(page.elements[page.elements.index("article") :])
    assert page.sentences == [HOSTILE.replace("\u202e", "")] * 2
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert '<p class="about">&lt;i&gt; · &lt;b&gt; · javascript:alert(1)' in text


def test_page_needs_nothing_else_and_runs_from_right_to_left(samples: list[Explanation]) -> None:
    text = page_of(*samples)
    assert text.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert not re.search(r"<(?:link|script|img|iframe)\b|@import|url\(", text)
    assert _Page(text).active == []


def test_page_marks_a_trigger_inside_a_mention(reader: Reader) -> None:
    explanation = explain(reader, Document("d", "قال ماكرون إن اتفاقية باريس بين فرنسا وألمانيا تم توقيعها."))
    assert _Page(page_of(explanation)).sentences == ["قال ماكرون إن اتفاقية باريس بين فرنسا وألمانيا تم توقيعها."]


def test_listing_keeps_arabic_in_isolates_that_end_on_their_line(
    samples: list[Explanation], hostile: Explanation
) -> None:
    for line in listing_of(*samples, hostile).splitlines():
        outside = re.sub("\u2068[^\u2066-\u2069]*\u2069\u200e", "", line)
        assert not re.search("[\u0600-\u06ff\u2066-\u2069\u202a-\u202e]", outside)


def test_listing_has_latin_letters_between_arabic_names(explanation: Explanation) -> None:
    facts = [line for line in listing_of(explanation).splitlines() if line.startswith(("  fact", "  no fact"))]
    assert facts
    for line in facts:
        between = re.findall("\u2069\u200e([^\u2068]*)\u2068", line)
        assert between
        assert all(re.search("[A-Za-z]", words) for words in between)


def test_listing_shows_words_triggers_frames_and_reasons(explanation: Explanation) -> None:
    lines = listing_of(explanation).splitlines()
    told = f"{isolate('إيمانويل ماكرون')} holdsOffice {isolate('فرنسا')} by "
    assert any(line.startswith("  fact ") and told in line for line in lines)
    assert any(line.startswith("  trigger 0 \u2068verb:بحث\u2069") for line in lines)
    assert any(line.startswith(f"    slot {isolate('مع')} holds {isolate('فولوديمير زيلينسكي')}") for line in lines)
    assert any(re.match(rf"    frame met 0\.\d\d: agent to {isolate('مع')}, filled 1", line) for line in lines)
    assert any(line.lstrip().startswith("because ") for line in lines)


def test_listing_takes_no_text_as_markup_of_its_own(hostile: Explanation) -> None:
    assert "[bold]" in listing_of(hostile)


@pytest.mark.parametrize(("text", "shown"), [("met", "met"), ("كييف", "\u2068كييف\u2069\u200e"), ("a\u202eb", "ab")])
def test_only_arabic_is_isolated(text: str, shown: str) -> None:
    assert isolate(text) == shown


def test_command_explains_at_the_terminal_and_as_a_page(tmp_path: Path) -> None:
    article, page = tmp_path / "talks.txt", tmp_path / "why.html"
    article.write_text(TEXT, encoding="utf-8")
    shown = CliRunner().invoke(app, ["extract", str(article), "--explain"])
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith("document talks")
    written = CliRunner().invoke(app, ["extract", str(article), "--format", "html", "-o", str(page)])
    assert (written.exit_code, written.output) == (0, "")
    assert _Page(page.read_text(encoding="utf-8")).sentences == TEXT.replace(". ", ".\n").split("\n")


def test_command_refuses_to_explain_in_a_form_that_cannot_show_it(tmp_path: Path) -> None:
    article = tmp_path / "talks.txt"
    article.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(article), "--explain", "--format", "turtle"])
    assert result.exit_code == 2
    assert "turtle" in result.stderr
