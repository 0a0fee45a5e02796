"""An extraction becomes RDF that says all it says, in the document's own graph, the same each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
import rdflib
from rdflib import RDF, SKOS, XSD, Dataset, Literal, URIRef

from graph.errors import ValidationError
from graph.model import (
    Document,
    Entity,
    EntityKind,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Quantity,
    Status,
)
from graph.rdf.encode import EncodedDocument, encode_extraction, write_turtle
from graph.rdf.namespaces import PROV, RW, SCHEMA, Namespaces
from graph.rdf.validate import Shapes
from graph.rdf.vocabulary import Vocabulary

# rdflib's own N-Quads parser asks for a property that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")

NAMES = Namespaces("https://graph.example/id/")
VOCABULARY = Vocabulary.load()
TEXT = "سلّمت بريطانيا أوكرانيا 14 دبابة. والتقى زيلينسكي سوناك."
UK = Entity("e1", EntityKind.COUNTRY, "بريطانيا", "United Kingdom", "Q145", ("المملكة المتحدة", "بريطانيا"))
UKRAINE = Entity("e2", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212", known="country:ua")
ZELENSKY = Entity("e3", EntityKind.PERSON, "زيلينسكي", country="Q212")
SUNAK = Entity("e4", EntityKind.PERSON, "سوناك", country="بريطانيا")
SUPPLY = Fact(
    "e1",
    "supplies",
    "e2",
    Evidence(TEXT[:33], 0, 33),
    date="2024-01",
    item="دبابات",
    quantity=Quantity("14 دبابة", 14.0, "دبابة", "at least"),
    role="مورّد",
    attributed_to="e3",
    confidence=0.875,
    rule="r1",
    event="h1",
)
MEETING = Fact("e3", "met", "e4", Evidence(TEXT[34:], 34, len(TEXT)), date="2024-01-29", event="h1")
DOCUMENT = Document("d/1", TEXT, "دبابات", "2024-01-30", "صحيفة", "https://news.example/1", author="ليلى حسن")


def extraction(*facts: Fact, document: Document = DOCUMENT, mentions: tuple[Mention, ...] = ()) -> Extraction:
    return Extraction(document, (UK, UKRAINE, ZELENSKY, SUNAK), facts, mentions)


def encode(given: Extraction, content_hash: str | None = None) -> EncodedDocument:
    return encode_extraction(given, namespaces=NAMES, vocabulary=VOCABULARY, content_hash=content_hash)


def parse(encoded: EncodedDocument) -> rdflib.Graph:
    dataset = Dataset()
    dataset.parse(data=encoded.to_nquads(), format="nquads")
    return dataset.graph(URIRef(encoded.graph))


def rw(name: str) -> URIRef:
    return URIRef(RW + name)


def one(values: Iterable[rdflib.term.Node]) -> rdflib.term.Node:
    (value,) = values
    return value


def test_document_is_described_with_its_whole_text() -> None:
    described = parse(encode(extraction(), "hash"))
    node = URIRef(NAMES.document("d/1"))
    expected = {
        (RDF.type, URIRef(SCHEMA + "NewsArticle")),
        (URIRef(SCHEMA + "identifier"), Literal("d/1")),
        (URIRef(SCHEMA + "articleBody"), Literal(TEXT, lang="ar")),
        (URIRef(SCHEMA + "inLanguage"), Literal("ar")),
        (URIRef(SCHEMA + "headline"), Literal("دبابات", lang="ar")),
        (URIRef(SCHEMA + "datePublished"), Literal("2024-01-30", datatype=XSD.date)),
        (URIRef(SCHEMA + "publisher"), Literal("صحيفة")),
        (URIRef(SCHEMA + "author"), Literal("ليلى حسن")),
        (URIRef(SCHEMA + "url"), URIRef("https://news.example/1")),
        (rw("contentHash"), Literal("hash")),
    }
    assert set(described.predicate_objects(node)) == expected


def test_all_quads_stand_in_the_documents_graph() -> None:
    encoded = encode(extraction(SUPPLY, MEETING))
    dataset = Dataset()
    dataset.parse(data=encoded.to_nquads(), format="nquads")
    assert {str(quad[3]) for quad in dataset.quads()} == {NAMES.document_graph("d/1")}


def test_quads_are_parsed_to_as_many_as_were_written() -> None:
    encoded = encode(extraction(SUPPLY, MEETING, mentions=(Mention(0, 5, "سلّمت", EntityKind.COUNTRY, 0, "e1"),)))
    assert len(parse(encoded)) == len(encoded.triples) == encoded.to_nquads().count("\n")


def test_fact_says_all_that_was_read() -> None:
    parsed = parse(encode(extraction(SUPPLY)))
    fact = one(parsed.subjects(RDF.type, rw("Fact")))
    said = {str(predicate): value for predicate, value in parsed.predicate_objects(fact)}
    assert said[str(RDF.subject)] == URIRef(NAMES.entity(EntityKind.COUNTRY, "", wikidata="Q145"))
    assert said[str(RDF.predicate)] == rw("supplies")
    assert said[str(RDF.object)] == URIRef(NAMES.entity(EntityKind.COUNTRY, "", wikidata="Q212"))
    assert said[RW + "status"] == Literal("actual")
    assert said[RW + "date"] == Literal("2024-01", datatype=XSD.gYearMonth)
    assert said[RW + "item"] == Literal("دبابات", lang="ar")
    assert said[RW + "role"] == Literal("مورّد", lang="ar")
    assert said[RW + "attributedTo"] == URIRef(NAMES.entity(EntityKind.PERSON, "زيلينسكي"))
    assert said[RW + "confidence"] == Literal("0.875", datatype=XSD.decimal)
    assert said[RW + "extractor"] == Literal("grammar")
    assert said[RW + "rule"] == Literal("r1")
    assert said[RW + "inDocument"] == URIRef(NAMES.document("d/1"))


def test_fact_names_each_of_its_readers() -> None:
    parsed = parse(encode(extraction(replace(SUPPLY, readers=("llm", "grammar")))))
    assert set(parsed.objects(None, rw("extractor"))) == {Literal("llm"), Literal("grammar")}


def test_quantity_is_a_node_with_its_words_value_unit_and_bound() -> None:
    parsed = parse(encode(extraction(SUPPLY)))
    amount = one(parsed.objects(None, rw("quantity")))
    assert set(parsed.predicate_objects(amount)) == {
        (rw("text"), Literal("14 دبابة", lang="ar")),
        (rw("value"), Literal("14", datatype=XSD.decimal)),
        (rw("unit"), Literal("دبابة")),
        (rw("bound"), Literal("at least")),
    }


@pytest.mark.parametrize(
    ("number", "written"),
    [(61e9, "61000000000"), (0.1, "0.1"), (1.5e-7, "0.00000015"), (1e22, "1" + "0" * 22), (0.0, "0")],
)
def test_numbers_are_written_without_exponent(number: float, written: str) -> None:
    fact = replace(SUPPLY, quantity=Quantity("x", number))
    parsed = parse(encode(extraction(fact)))
    assert str(one(parsed.objects(None, rw("value")))) == written


def test_evidence_keeps_the_sentence_and_its_place() -> None:
    parsed = parse(encode(extraction(MEETING)))
    sentence = one(parsed.objects(None, URIRef(PROV + "wasQuotedFrom")))
    start, end = (int(str(one(parsed.objects(sentence, rw(name))))) for name in ("start", "end"))
    assert str(one(parsed.objects(sentence, rw("text")))) == TEXT[start:end]
    assert list(parsed.objects(sentence, rw("inTitle"))) == []


def test_evidence_in_the_title_says_so() -> None:
    parsed = parse(encode(extraction(replace(MEETING, evidence=Evidence("دبابات", 0, 6, in_title=True)))))
    sentence = one(parsed.objects(None, URIRef(PROV + "wasQuotedFrom")))
    assert one(parsed.objects(sentence, rw("inTitle"))) == Literal(True)


def test_facts_of_one_sentence_share_their_evidence() -> None:
    parsed = parse(encode(extraction(MEETING, replace(MEETING, predicate="supports"))))
    assert len(set(parsed.objects(None, URIRef(PROV + "wasQuotedFrom")))) == 1


def test_facts_of_one_happening_share_its_node() -> None:
    parsed = parse(encode(extraction(SUPPLY, MEETING)))
    assert len(set(parsed.objects(None, rw("happening")))) == 1
    assert len(set(parsed.subjects(RDF.type, rw("Happening")))) == 1


def test_appearance_keeps_how_the_document_names_an_entity() -> None:
    parsed = parse(encode(extraction()))
    appearance = URIRef(NAMES.document("d/1") + "/entity/e1")
    said = set(parsed.predicate_objects(appearance))
    assert (rw("name"), Literal("بريطانيا", lang="ar")) in said
    assert (rw("english"), Literal("United Kingdom", lang="en")) in said
    assert (rw("kind"), rw("Country")) in said
    assert set(parsed.objects(appearance, rw("alias"))) == {Literal("المملكة المتحدة", lang="ar")}


def test_country_of_an_entity_is_found_by_wikidata_id_or_name() -> None:
    parsed = parse(encode(extraction()))
    countries = set(parsed.objects(None, rw("country")))
    assert countries == {URIRef(NAMES.country("Q212")), URIRef(NAMES.entity(EntityKind.COUNTRY, "بريطانيا"))}


def test_mention_without_an_entity_is_left_out() -> None:
    mentions = (Mention(0, 4, "سلّم", EntityKind.COUNTRY, 0, "e1"), Mention(5, 9, "xxxx", EntityKind.PLACE, 0))
    parsed = parse(encode(extraction(mentions=mentions)))
    appearance = one(parsed.subjects(rw("mentionedAt"), Literal("0-4")))
    assert one(parsed.objects(appearance, rw("entity"))) == URIRef(NAMES.country("Q145"))
    assert set(parsed.objects(None, rw("mentionedAt"))) == {Literal("0-4")}


def test_what_seeds_say_of_an_entity_is_left_out_beside_the_known_graph() -> None:
    encoded = encode_extraction(extraction(), namespaces=NAMES, vocabulary=VOCABULARY, beside_known=True)
    named = {s for s, p, o in encoded.triples if p == f"<{RW}english>"}
    assert named == {f"<{encoded.iri}/entity/e1>"}


@pytest.mark.parametrize(("start", "end"), [(4, 4), (5, 4), (-1, 4)])
def test_mention_that_ends_before_it_starts_is_refused(start: int, end: int) -> None:
    mentions = (Mention(start, end, "سلّم", EntityKind.COUNTRY, 0, "e1"),)
    with pytest.raises(ValidationError, match="ends before it starts"):
        encode(extraction(mentions=mentions))


def test_equal_extractions_give_equal_triples_in_equal_order() -> None:
    assert encode(extraction(SUPPLY, MEETING)).triples == encode(extraction(SUPPLY, MEETING)).triples


def test_fact_keeps_its_iri_when_others_come_and_go() -> None:
    def facts(*given: Fact) -> set[str]:
        return {s for s, _, o in encode(extraction(*given)).triples if o == f"<{RW}Fact>"}

    assert facts(MEETING) < facts(SUPPLY, MEETING)
    assert len(facts(MEETING, MEETING)) == 1
    assert len(facts(MEETING, replace(MEETING, status=Status.DENIED), replace(MEETING, item="x"))) == 3


def test_statement_is_the_same_both_ways_for_a_symmetric_relation_alone() -> None:
    def statements(predicate: str) -> set[str]:
        there = replace(MEETING, predicate=predicate)
        back = replace(there, subject=there.object, object=there.subject)
        return {o for _, p, o in encode(extraction(there, back)).triples if p == f"<{RW}statement>"}

    assert len(statements("met")) == 1
    assert len(statements("visited")) == 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (extraction(replace(MEETING, subject="e9")), "'e9'"),
        (extraction(replace(MEETING, attributed_to="e9")), "'e9'"),
        (extraction(replace(MEETING, evidence=Evidence("x", 0, 10_000))), "ends after its text"),
        (extraction(replace(MEETING, evidence=Evidence("x", 0, 7, in_title=True))), "ends after its title"),
        (extraction(mentions=(Mention(0, 3, "x", EntityKind.PLACE, 0, "e9"),)), "a mention"),
    ],
)
def test_extraction_that_contradicts_itself_is_refused(given: Extraction, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        encode(given)


HOSTILE = ['"><script>', "a\nb\\", "\x00\x08", "\ud800", "\u2028", "x" * 3000, "http://x/ <y> .\n<a> <b> <c> ."]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_add_no_quad_and_break_no_line(text: str) -> None:
    entities = (replace(UK, id=text, name=text, english=text, wikidata=text, aliases=(text,), country=text), UKRAINE)
    fact = Fact(
        text, text or "x", "e2", Evidence(text, 0, 1), item=text, role=text, readers=(text,), rule=text, event=text,
        quantity=Quantity(text, 1.0, text, text),
    )  # fmt: skip
    tame = Fact(
        "a",
        "b",
        "e2",
        Evidence("c", 0, 1),
        item="d",
        role="e",
        rule="f",
        event="g",
        quantity=Quantity("h", 1.0, "i", "j"),
    )
    tame_entities = (replace(UK, id="a", name="b", english="c", wikidata=None, aliases=("d",), country="e"), UKRAINE)
    hostile = Extraction(Document(text, text, text, None, text, "https://x/" + text, text), entities, (fact,))
    usual = Extraction(Document("a", ".", "c", None, "d", "https://x/"), tame_entities, (tame,))
    encoded = encode(hostile)
    assert len(parse(encoded)) >= len(encode(usual).triples) - 1  # an alias that is the name is left out
    assert encoded.to_nquads().count("\n") == len(encoded.triples)


def test_turtle_has_documents_entities_and_plain_triples_of_actual_facts() -> None:
    planned = replace(MEETING, predicate="visited", status=Status.PLANNED)
    text = write_turtle([encode(extraction(SUPPLY, MEETING, planned))], namespaces=NAMES)
    parsed = rdflib.Graph().parse(data=text, format="turtle")
    zelensky, sunak = (URIRef(NAMES.entity(EntityKind.PERSON, name)) for name in ("زيلينسكي", "سوناك"))
    assert (zelensky, rw("met"), sunak) in parsed
    assert (sunak, rw("met"), zelensky) in parsed
    assert (zelensky, rw("visited"), sunak) not in parsed
    assert (zelensky, SKOS.prefLabel, Literal("زيلينسكي", lang="ar")) in parsed
    sketch = URIRef(f"{NAMES.document('d/1')}/sketch")
    told = set(parse(encode(extraction(SUPPLY, MEETING, planned))))
    assert {triple for triple in told if triple[0] != sketch} <= set(parsed)
    assert (sketch, None, None) not in parsed
    assert "rw:supplies" in text


def test_sentence_that_stands_twice_says_its_fact_once() -> None:
    people = (Entity("a", EntityKind.PERSON, "سيرغي"), Entity("b", EntityKind.PERSON, "كيث"))
    facts = tuple(Fact("a", "met", "b", Evidence("نص", start, start + 2)) for start in (0, 3))
    extraction = Extraction(Document("twice", "نص نص"), people, facts)
    encoded = encode_extraction(
        extraction, namespaces=Namespaces("https://graph.example/id/"), vocabulary=Vocabulary.load()
    )
    assert sum(predicate.endswith("wasQuotedFrom>") for _, predicate, _ in encoded.triples) == 1
    assert Shapes.load().check(encoded) == ()
