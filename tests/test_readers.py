"""What holds for every reader that can read here: facts have evidence, entities that are there, and readers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.config import Settings
from graph.model import Document
from graph.readers.registry import READERS, lacking, open_reader

TEXT = (
    "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في باريس يوم الاثنين. "
    "وسلمت بريطانيا أوكرانيا 14 دبابة، وفق ما أعلنت وزارة الدفاع البريطانية."
)
SETTINGS = Settings.from_environment()


@pytest.mark.parametrize("name", [name for name in READERS if name != "llm"])
def test_facts_have_their_evidence_entities_and_readers(name: str) -> None:
    missing = lacking(name, SETTINGS)
    if missing is not None:
        pytest.skip(missing)
    found = open_reader(replace(SETTINGS, reader=name)).read(Document("d", TEXT))
    entities = {entity.id: entity.name for entity in found.entities}
    told = {(entities[fact.subject], fact.predicate, entities[fact.object]) for fact in found.facts}
    assert ("إيمانويل ماكرون", "met", "أولاف شولتس") in told
    assert ("بريطانيا", "supplies", "أوكرانيا") in told
    for fact in found.facts:
        assert TEXT[fact.evidence.start : fact.evidence.end] == fact.evidence.text
        assert 0 < fact.confidence < 1
        assert set(fact.readers) <= set(READERS)
        assert fact.readers
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in found.mentions)
