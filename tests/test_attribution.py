"""Who says so: sources and outlets do nothing themselves, and a source is kept with the facts beside it."""

from __future__ import annotations

import pytest

from graph.model import Document
from graph.pipeline import Reader

_STANDING = ("holdsOffice", "partOf", "memberOf")


def deeds(reader: Reader, text: str) -> set[tuple[str, str, str, str | None]]:
    """Return the deeds of a text by name, each with who says so."""
    extraction = reader.read(Document(id="d", text=text))
    name = {entity.id: entity.name for entity in extraction.entities}
    return {
        (name[fact.subject], fact.predicate, name[fact.object], name.get(fact.attributed_to or ""))
        for fact in extraction.facts
        if fact.predicate not in _STANDING
    }


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("بحسب وكالة رويترز، أرسلت بولندا دبابات إلى أوكرانيا.", "وكالة رويترز"),
        ("أرسلت بولندا دبابات إلى أوكرانيا، وفقا لصحيفة لوموند.", "صحيفة لوموند"),
        ("أرسلت بولندا دبابات إلى أوكرانيا، حسبما أعلنت وزارة الدفاع البولندية.", "وزارة الدفاع البولندية"),
        ("أرسلت بولندا دبابات إلى أوكرانيا، وفق بيان لوزارة الدفاع البولندية.", "وزارة الدفاع البولندية"),
        ("أرسلت بولندا دبابات إلى أوكرانيا، بحسب مصادر تشيكية.", None),
    ],
)
def test_a_source_is_kept_and_does_nothing_itself(reader: Reader, text: str, source: str | None) -> None:
    assert deeds(reader, text) == {("بولندا", "supplies", "أوكرانيا", source)}


def test_an_agreement_is_no_source(reader: Reader) -> None:
    told = deeds(reader, "بحسب الاتفاق بين روسيا وأوكرانيا، تنسحب القوات الروسية من خيرسون.")
    assert ("روسيا", "signedAgreementWith", "أوكرانيا", None) in told


def test_an_interview_is_no_talk_with_an_outlet(reader: Reader) -> None:
    text = "قال وزير النفط العراقي حيان عبد الغني في مقابلة مع قناة الشرق إن بلاده ستزود الأردن بالنفط."
    assert deeds(reader, text) == {("العراق", "supplies", "الأردن", "حيان عبد الغني")}


def test_a_report_that_goes_on_with_that_is_the_clause_itself(reader: Reader) -> None:
    told = deeds(reader, "كما أعلن وزير الدفاع الفرنسي سيباستيان لوكورنو أن بلاده ستزود أوكرانيا بصواريخ.")
    assert told == {("فرنسا", "supplies", "أوكرانيا", "سيباستيان لوكورنو")}
