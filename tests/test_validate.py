"""What does not conform is found, and our checker and pySHACL come to the same verdicts."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.errors import LanguageDataError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity, Status
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import RDF, RW, SCHEMA, SKOS, Namespaces
from graph.rdf.terms import XSD, Triple
from graph.rdf.validate import Shapes, check_triples_with_pyshacl, check_with_pyshacl
from graph.rdf.vocabulary import Vocabulary
from graph.resources import package_folder

NAMES = Namespaces("https://graph.example/id/")
VOCABULARY = Vocabulary.load()
SHAPES = Shapes.load()
TEXT = "سلّمت بريطانيا أوكرانيا 14 دبابة."


def encode(**changes: object) -> EncodedDocument:
    """Encode a document of one fact; `changes` go to the fact, or to the document for its own fields."""
    own = {name: changes.pop(name) for name in ("published", "url", "title") if name in changes}
    document = Document(**{"id": "d1", "text": TEXT, "published": "2024-01-30", **own})  # type: ignore[arg-type]
    entities = (
        Entity("e1", EntityKind.COUNTRY, "بريطانيا", "United Kingdom", "Q145", ("المملكة",)),
        Entity("e2", EntityKind.COUNTRY, "أوكرانيا", country="Q212"),
    )
    fields: dict[str, object] = {
        "subject": "e1",
        "predicate": "supplies",
        "object": "e2",
        "evidence": Evidence(TEXT, 0, len(TEXT)),
        "date": "2024-01",
        "quantity": Quantity("14 دبابة", 14.0, "دبابة", "about"),
        "event": "h1",
        **changes,
    }
    mention = Mention(6, 14, "بريطانيا", EntityKind.COUNTRY, 0, "e1")
    extraction = Extraction(document, entities, (Fact(**fields),), (mention,))  # type: ignore[arg-type]
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY, content_hash="h")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("date", [None, "2024", "2024-02", "2024-02-29"])
def test_well_formed_document_conforms(status: Status, date: str | None) -> None:
    assert SHAPES.check(encode(status=status, date=date)) == ()


def test_well_formed_documents_conform_for_pyshacl_too() -> None:
    assert check_with_pyshacl([encode(), encode(date=None, quantity=None, event=None)]) == ()


FAULTS = [
    ({"predicate": "flewOver"}, "relation"),
    ({"date": "2024-02-30"}, "calendar"),
    ({"date": "2024-13"}, "calendar"),
    ({"date": "yesterday"}, "calendar"),
    ({"confidence": 1.5}, "confidence"),
    ({"confidence": -0.1}, "confidence"),
    ({"confidence": float("nan")}, "confidence"),
    ({"readers": ("",)}, "who read"),
    ({"readers": ()}, "who read"),
    ({"status": "certain"}, "status"),
    ({"evidence": Evidence(TEXT, 5, 5)}, "starts"),
    ({"evidence": Evidence(TEXT, -1, 5)}, "starts"),
    ({"evidence": Evidence("", 0, 5)}, "words"),
    ({"quantity": Quantity("")}, "quantity"),
    ({"quantity": Quantity("x", float("inf"))}, "decimal"),
    ({"quantity": Quantity("x", 1.0, None, "nearly")}, "bound"),
    ({"published": "30 January"}, "publication"),
    ({"published": "2023-02-29"}, "publication"),
    ({"url": "news"}, "address"),
]


@pytest.mark.parametrize(("changes", "reason"), FAULTS)
def test_fault_is_named(changes: dict[str, object], reason: str) -> None:
    assert reason in " ".join(SHAPES.check(encode(**changes)))


@pytest.mark.parametrize(("changes", "reason"), FAULTS)
def test_pyshacl_finds_the_same_fault(changes: dict[str, object], reason: str) -> None:
    assert reason in " ".join(check_with_pyshacl([encode(**changes)]))


STRANGE_OBJECTS = [
    '""',
    '"x"@ar',
    '"1"',
    f'"1.5"^^<{XSD}decimal>',
    f'"7"^^<{XSD}integer>',
    f'"-7"^^<{XSD}integer>',
    f'"true"^^<{XSD}boolean>',
    f'"maybe"^^<{XSD}boolean>',
    f'"2024-01-01"^^<{XSD}date>',
    f'"2024"^^<{XSD}gYear>',
    f'"0.5"^^<{XSD}double>',
    '"planned"',
    "<https://graph.example/id/entity/Q1>",
    f"<{RW}met>",
    f"<{RW}Person>",
]


def mutate(triples: list[Triple], luck: random.Random) -> list[Triple]:
    """Drop, double or distort a few triples, as a faulty extractor or a later version might."""
    changed = list(triples)
    for _ in range(luck.randint(1, 3)):
        at = luck.randrange(len(changed))
        subject, predicate, object_ = changed[at]
        match luck.randrange(4):
            case 0:
                del changed[at]
            case 1:
                changed[at] = (subject, predicate, luck.choice(STRANGE_OBJECTS))
            case 2:
                changed.append((subject, predicate, luck.choice(STRANGE_OBJECTS)))
            case _:
                changed.append((subject, luck.choice(triples)[1], object_))
    return list(dict.fromkeys(changed))


@pytest.mark.parametrize("seed", range(25))
def test_both_checkers_agree_on_distorted_documents(seed: int) -> None:
    triples = mutate(list(encode().triples), random.Random(seed))
    assert bool(SHAPES.check_triples(triples)) == bool(check_triples_with_pyshacl(triples))


PERSON = "<https://graph.example/id/entity/person/x>"
DESCRIBED = [(PERSON, f"<{RDF}type>", f"<{RW}Person>"), (PERSON, f"<{SKOS}prefLabel>", '"x"@ar')]


@pytest.mark.parametrize(
    ("triples", "conforms"),
    [
        (DESCRIBED, True),
        (DESCRIBED[:1], False),
        ([*DESCRIBED, (PERSON, f"<{SKOS}prefLabel>", '"y"@en')], True),
        ([*DESCRIBED, (PERSON, f"<{SKOS}prefLabel>", '"y"@ar')], False),
        ([*DESCRIBED, (PERSON, f"<{SKOS}prefLabel>", '"y"')], False),
        ([*DESCRIBED, (PERSON, f"<{SKOS}exactMatch>", '"Q1"')], False),
    ],
)
def test_entity_has_one_preferred_name_in_a_language(triples: list[Triple], conforms: bool) -> None:
    assert (not SHAPES.check_triples(triples)) == conforms
    assert (not check_triples_with_pyshacl(triples)) == conforms


def test_complaint_says_who_and_shows_the_value() -> None:
    (complaint,) = SHAPES.check(encode(published="soon"))
    assert complaint == "https://graph.example/id/document/d1: the day of publication is one xsd:date (soon)"


def test_document_without_text_is_refused() -> None:
    triples = [(s, p, '""' if p == f"<{SCHEMA}articleBody>" else o) for s, p, o in encode().triples]
    assert SHAPES.check_triples(triples)


@pytest.mark.parametrize(
    "addition",
    [
        "rw:FactShape sh:closed true .",
        "rw:FactShape sh:property [ sh:path rw:x ; sh:languageIn ( 'ar' ) ] .",
        "rw:FactShape a",
    ],
)
def test_shacl_that_the_checker_does_not_know_is_no_silent_hole(tmp_path: Path, addition: str) -> None:
    for path in package_folder("ontology").glob("*.ttl"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "shapes.ttl").open("a", encoding="utf-8") as file:
        file.write(addition)
    with pytest.raises(LanguageDataError, match=r"shapes\.ttl"):
        Shapes.load(tmp_path)
