"""Teaching the judge of the reader hybrid from a few articles of our own: what is right, what is learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from graph.cli import app
from graph.errors import LanguageDataError
from graph.evaluate import parse_record
from graph.model import Document
from graph.pair_lessons import LessonMaker
from graph.pair_training import Course, teach
from graph.pipeline import Reader
from graph.readers.hybrid.base_file import BaseFile, find_base_file, open_base_file
from graph.readers.hybrid.judge import Design
from graph.readers.hybrid.model_file import Bounds, Learned, build_judge, read_learned, write_learned
from graph.readers.hybrid.pairs import PairLister
from graph.readers.hybrid.reader import HybridReader
from graph.readers.hybrid.sampling import Sampler
from graph.training import Article

pytestmark = pytest.mark.slow

GOLD = Path(__file__).resolve().parent / "gold" / "documents.jsonl"
RELATIONS = ("criticized", "met", "supplies", "visited")
SMALL = Design(start=11, rank=2, width=16, hidden=16, feature=8)
TEXT = (
    "زارت تركيا وفود كثيرة. التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس. "
    "وكان ماكرون وشولتس أبناء جيل واحد."
)


@pytest.fixture(scope="module")
def base() -> BaseFile:
    return open_base_file(find_base_file())


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    values = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()[:3]]
    return [(Document(value["id"], value["text"]), parse_record(value)) for value in values]


def untaught(base: BaseFile, path: Path, bounds: Bounds) -> Path:
    """The file of a judge that has learned nothing."""
    torch.manual_seed(0)
    write_learned(path, Learned(build_judge(base, SMALL, len(RELATIONS)), RELATIONS, bounds))
    return path


def test_a_judge_that_has_learned_nothing_says_what_the_grammar_says(
    base: BaseFile, reader: Reader, tmp_path: Path
) -> None:
    hybrid = HybridReader.build(reader, untaught(base, tmp_path / "judge.safetensors", Bounds()))
    linker, sentences = reader.walk(Document("d", TEXT))
    lister = PairLister(RELATIONS, reader.outlets)
    asked = [
        (walked, pairs)
        for walked in sentences
        if (pairs := lister.list(walked.nodes, reader.pairs(linker, walked), linker.actors, linker.country))
    ]
    logits = hybrid.judge(asked)
    opinions = [
        (row[RELATIONS.index(relation)], opinion.logit)
        for (_, pairs), rows in zip(asked, logits, strict=True)
        for pair, row in zip(pairs, rows, strict=True)
        for relation, opinion in pair.opinions.items()
    ]
    assert opinions
    assert all(ours == pytest.approx(grammars, abs=0.01) for ours, grammars in opinions)


def test_facts_name_both_readers_or_the_judge_alone(base: BaseFile, reader: Reader, tmp_path: Path) -> None:
    believing = untaught(base, tmp_path / "judge.safetensors", Bounds(proposed=-9.0, other=-9.0, shift=9.0))
    facts = HybridReader.build(reader, believing).read(Document("d", TEXT)).facts
    readers = {fact.readers for fact in facts if fact.predicate in RELATIONS}
    assert readers == {("grammar", "hybrid"), ("hybrid",)}
    assert all(TEXT[fact.evidence.start : fact.evidence.end] == fact.evidence.text for fact in facts)


def test_what_the_judge_alone_tells_has_a_bound_of_its_own(base: BaseFile, reader: Reader, tmp_path: Path) -> None:
    strict = untaught(base, tmp_path / "judge.safetensors", Bounds(proposed=-9.0, other=99.0, shift=9.0))
    facts = HybridReader.build(reader, strict).read(Document("d", TEXT)).facts
    assert {fact.readers for fact in facts if fact.predicate in RELATIONS} == {("grammar", "hybrid")}


def test_what_the_judge_does_not_know_is_left_to_the_grammar(base: BaseFile, reader: Reader, tmp_path: Path) -> None:
    hybrid = HybridReader.build(reader, untaught(base, tmp_path / "judge.safetensors", Bounds(99.0, 99.0)))
    found = hybrid.read(Document("d", "وقعت فرنسا وألمانيا اتفاقا. والتقى إيمانويل ماكرون أولاف شولتس."))
    assert "signedAgreementWith" in {fact.predicate for fact in found.facts}
    assert "met" not in {fact.predicate for fact in found.facts}


def test_a_pair_is_right_in_the_sentence_that_gold_quotes(base: BaseFile, reader: Reader) -> None:
    quoted = "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس"
    record = parse_record({
        "id": "d",
        "entities": [
            {"id": "m", "type": "Person", "name": "إيمانويل ماكرون", "aliases": ["ماكرون"]},
            {"id": "s", "type": "Person", "name": "أولاف شولتس", "aliases": ["شولتس"]},
        ],
        "relations": [{"subject": "m", "predicate": "met", "object": "s", "evidence": quoted}],
    })  # fmt: skip
    sampler = Sampler(base.vocabulary, base.shape.places, RELATIONS)
    made = LessonMaker(reader, sampler, RELATIONS).make(Document("d", TEXT), record, reader.weigher)
    met = ("m", "met", "s")
    labels = [
        (lesson.right[place].item(), lesson.counts[place].item())
        for lesson in made.lessons
        for place, key in lesson.keys.items()
        if key == met
    ]
    assert made.wanted == {met}
    assert labels == [(1.0, 1.0), (0.0, 0.0)]


def test_teaching_is_repeatable_and_what_is_learned_reads(
    base: BaseFile, reader: Reader, articles: list[Article], tmp_path: Path
) -> None:
    course = Course(rounds=1)
    paths = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    for path in paths:
        learned, report = teach(reader, articles[:2], lambda words: None, course, SMALL, rough=articles[2:])
        write_learned(path, learned)
        assert report.articles == 1
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert read_learned(paths[0], base).relations == learned.relations
    assert HybridReader.build(reader, paths[0]).read(articles[0][0]).facts


def test_a_file_that_is_no_judge_is_refused(base: BaseFile, tmp_path: Path) -> None:
    path = tmp_path / "judge.safetensors"
    path.write_bytes(b"nothing")
    with pytest.raises(LanguageDataError, match="train it anew"):
        read_learned(path, base)


@pytest.mark.parametrize("options", [["--reader", "llm", "-o", "x"], ["--reader", "hybrid", "-o", "-"]])
def test_training_says_who_learns_and_where_it_is_written(options: list[str]) -> None:
    result = CliRunner().invoke(app, ["train", str(GOLD), *options])
    assert result.exit_code == 2
