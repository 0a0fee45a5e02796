"""The head for names of the reader hybrid: what it is taught, what it learns from a few sentences, what it adds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graph.evaluate import parse_record
from graph.extract.chunks import Reading
from graph.model import Document, EntityKind
from graph.name_lessons import NameLessonMaker
from graph.name_training import NameCourse, count_names, learn_names, teach_names
from graph.pipeline import Reader
from graph.readers.hybrid.base_file import BaseFile, find_base_file, open_base_file
from graph.readers.hybrid.encoder import Encoder
from graph.readers.hybrid.judge import Design
from graph.readers.hybrid.model_file import Bounds, Learned, build_judge, read_learned, write_learned
from graph.readers.hybrid.name_finder import NameFinder, SentenceEncoder
from graph.readers.hybrid.name_marks import WordMarker
from graph.readers.hybrid.names import LearnedNames, NameBounds, NameDesign, NameHead, Spotted, spot
from graph.readers.hybrid.reader import HybridReader
from graph.text.sentences import split_sentences
from graph.training import Article

DESIGN = NameDesign(layer=2, width=32, feature=16, dropout=0.0)
PEOPLE = ("سومتي كرانو", "لوباني تيغردو", "ميسور أفندلار", "جاكور زمبلتي", "فنتر كوبلاني", "دلمير سوكنترا")
SAYS = (
    "وتحدث أمس {} عن الخطة الجديدة.",
    "ثم غادر {} القاعة غاضبا.",
    "ورفض {} التعليق على ذلك.",
    "وكان {} قد وصل مساء السبت.",
)
UNSEEN = "ورفض كلمباني درغوشا التعليق على ذلك."


@pytest.fixture(scope="module")
def base() -> BaseFile:
    return open_base_file(find_base_file())


@pytest.fixture(scope="module")
def encoder(base: BaseFile) -> Encoder:
    return Encoder(base, layers=DESIGN.layer)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """People of no list, each in an article of its own."""
    return [
        (
            Document(f"d{number}", " ".join(says.format(name) for says in SAYS)),
            parse_record(
                {
                    "id": f"d{number}",
                    "entities": [{"id": "e", "type": "Person", "name": name}],
                    "relations": [],
                }
            ),
        )
        for number, name in enumerate(PEOPLE)
    ]


@pytest.fixture(scope="module")
def head(base: BaseFile, encoder: Encoder, reader: Reader, articles: list[Article]) -> NameHead:
    maker = NameLessonMaker(reader, SentenceEncoder(encoder, base), DESIGN.kinds, DESIGN.layer)
    lessons = [lesson for article in articles for lesson in maker.make(article)]
    head = learn_names(lessons, DESIGN, base.shape.width, lambda said: None, NameCourse(rounds=20, rate=1e-2))
    assert count_names(head, lessons).f1 > 0.9
    return head


def finder(reader: Reader, base: BaseFile, encoder: Encoder, head: NameHead, bounds: NameBounds) -> NameFinder:
    learned = LearnedNames(head, bounds)
    sentences = SentenceEncoder(encoder, base)
    return NameFinder(reader.mentions, reader.vocabulary, WordMarker.of(reader), sentences, learned)


def test_what_is_learned_adds_a_person_of_no_list(
    reader: Reader, base: BaseFile, encoder: Encoder, head: NameHead
) -> None:
    document = Document("d", UNSEEN)
    learned = replace(reader, mentions=finder(reader, base, encoder, head, NameBounds(add=(0.5, 0.9, 0.9))))
    assert "كلمباني درغوشا" not in {entity.name for entity in reader.read(document).entities}
    people = {entity.name for entity in learned.read(document).entities if entity.kind is EntityKind.PERSON}
    assert people == {"كلمباني درغوشا"}


def test_a_head_that_is_never_sure_enough_changes_nothing(
    reader: Reader, base: BaseFile, encoder: Encoder, head: NameHead
) -> None:
    document = Document("d", f"{UNSEEN} والتقى الرئيس الفرنسي إيمانويل ماكرون وزراء شركة البحر للتعدين.")
    careful = replace(reader, mentions=finder(reader, base, encoder, head, NameBounds(add=(1.1, 1.1, 1.1), drop=1.1)))
    assert careful.read(document).entities == reader.read(document).entities


def test_known_names_stay_whatever_the_head_says(
    reader: Reader, base: BaseFile, encoder: Encoder, head: NameHead
) -> None:
    document = Document("d", "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في برلين.")
    eager = replace(reader, mentions=finder(reader, base, encoder, head, NameBounds(add=(1.1, 1.1, 1.1), drop=0.0)))
    assert {entity.name for entity in reader.read(document).entities} <= {
        entity.name for entity in eager.read(document).entities
    }


def test_what_was_made_of_a_sentence_is_remembered_until_too_many_came_after_it(
    reader: Reader, base: BaseFile, encoder: Encoder
) -> None:
    def readings(text: str) -> list[Reading]:
        return reader.mentions.read_all(split_sentences(Document("d", text), reader.language))

    sentences = SentenceEncoder(encoder, base, kept=40)
    (first,) = sentences.encode(readings(UNSEEN), 2)
    (again,) = sentences.encode(readings(UNSEEN), 2)
    assert again.states is first.states
    other, same = sentences.encode(readings(f"{SAYS[0]} {UNSEEN}"), 2)
    assert same.states is first.states
    assert other.states.shape[0] == len(other.cutting.numbers)
    sentences.encode(readings(" ".join(SAYS)), 2)
    (anew,) = sentences.encode(readings(UNSEEN), 2)
    assert anew.states is not first.states
    assert torch.allclose(anew.states.float(), first.states.float(), atol=0.05)


def test_names_and_aliases_are_taught_wherever_they_stand(base: BaseFile, encoder: Encoder, reader: Reader) -> None:
    record = parse_record({
        "id": "d",
        "entities": [
            {"id": "p", "type": "Person", "name": "سومتي كرانو", "aliases": ["كرانو"]},
            {"id": "c", "type": "Country", "name": "فرنسا"},
            {"id": "w", "type": "Weapon", "name": "باتريوت"},
            {"id": "o", "type": "Organization", "name": "شركة البحر", "optional": True},
        ],
        "relations": [],
    })  # fmt: skip
    maker = NameLessonMaker(reader, SentenceEncoder(encoder, base), DESIGN.kinds, DESIGN.layer)
    (lesson,) = maker.make((Document("d", "زار سومتي كرانو فرنسا، ولكرانو في شركة البحر باتريوت"), record))
    outside, person, goes_on, place = (torch.eye(7, dtype=torch.bool)[tag] for tag in (0, 1, 2, 5))
    anything = torch.ones(7, dtype=torch.bool)
    expected = [outside, person, goes_on, place, outside, person, outside, anything, anything, outside]
    assert torch.equal(lesson.may_be, torch.stack(expected))


def test_names_are_cut_where_a_tag_begins_or_the_kind_changes() -> None:
    tags = (0, 1, 2, 1, 4, 4, 0)
    rows = [[0.9 if tag == other else 0.1 / 6 for other in range(7)] for tag in tags]
    rows[2][2] = 0.8
    assert list(spot(rows, DESIGN.kinds)) == [
        Spotted(1, 3, "Person", 0.8),
        Spotted(3, 4, "Person", 0.9),
        Spotted(4, 6, "Organization", 0.9),
    ]


def test_probabilities_are_those_of_all_ways_to_tag_a_sentence() -> None:
    torch.manual_seed(0)
    head = NameHead(DESIGN, 8)
    scores, mask = torch.randn(2, 3, 7), torch.tensor([[True, True, True], [True, True, False]])
    with torch.no_grad():
        head.next_tag.normal_()
        found = head.probabilities(scores, mask)
        first, following = head.steps
        ways = torch.full((7, 7, 7), 0.0)
        for one in range(7):
            for two in range(7):
                for three in range(7):
                    said = first[one] + following[one, two] + following[two, three]
                    ways[one, two, three] = said + scores[0, 0, one] + scores[0, 1, two] + scores[0, 2, three]
        alone = found[1, :2]
        ways = ways.flatten().softmax(0).view(7, 7, 7)
        short = head.probabilities(scores[1:, :2], mask[1:, :2])[0]
    assert torch.allclose(found[0], torch.stack([ways.sum((1, 2)), ways.sum((0, 2)), ways.sum((0, 1))]), atol=1e-5)
    assert torch.allclose(alone, short, atol=1e-5)


def test_the_file_is_the_same_for_the_same_seed_and_reads(
    reader: Reader, base: BaseFile, articles: list[Article], tmp_path: Path
) -> None:
    paths = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    for path in paths:
        torch.manual_seed(0)
        judge = build_judge(base, Design(start=11, rank=2, width=16, hidden=16, feature=8), 1)
        names, _ = teach_names(reader, judge.encoder, base, articles[:3], lambda said: None, NameCourse(rounds=1))
        write_learned(path, Learned(judge, ("met",), Bounds(), names))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    read = read_learned(paths[0], base)
    assert read.names is not None
    assert read.names.bounds == NameBounds()
    document = articles[0][0]
    assert HybridReader.build(reader, paths[0]).read(document).document == document
