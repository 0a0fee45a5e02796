"""Whom words for two mean: in the same order in every process."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from graph.extract.pairs import PairFinder
from graph.extract.relations import SYMMETRIC
from graph.lang.language import Language
from graph.model import Document
from graph.pipeline import Reader

TEXT = "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في باريس."


@pytest.mark.parametrize(("first", "last"), list(permutations(sorted(SYMMETRIC), 2)))
def test_the_last_of_several_ties_of_a_word_is_who_the_two_sides_are(
    reader: Reader, language: Language, first: str, last: str
) -> None:
    linker, sentences = reader.walk(Document("d", TEXT))
    trigger = next(each for each in sentences[0].triggers if "met" in each.fillings)
    filling = trigger.fillings["met"][0]
    turned = replace(filling, subject=filling.object, object=filling.subject)
    finder = PairFinder(language.pair_words, language.morphemes, linker.actors, linker.country)
    finder.learn([replace(trigger, fillings={first: (filling,), last: (turned,)})])
    walked = reader.walk(Document("e", "وقع الجانبان اتفاقا."))[1][0]
    nodes = list(walked.nodes)
    finder.mark(walked.reading, nodes)
    assert [tuple(entity for entity, _ in node.pair) for node in nodes if node.two] == [
        (turned.subject.entity, turned.object.entity)
    ]
