"""Training: which pairs of an annotated article are examples, and what weights are learned from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LanguageDataError
from graph.evaluate import Record, parse_record
from graph.extract.weigh import Weigher
from graph.model import Document
from graph.pipeline import Reader
from graph.training import RAREST, learn_weights, read_examples

PAIRS = [
    ("كرواتيا", "ألبانيا"),
    ("مالطا", "كوسوفو"),
    ("لاتفيا", "إستونيا"),
    ("كينيا", "أوغندا"),
    ("بيرو", "تشيلي"),
    ("نيبال", "الهند"),
    ("غانا", "توغو"),
    ("فنلندا", "السويد"),
]


def record(text: str, *relations: tuple[str, str, str], optional: bool = False) -> Record:
    """A gold record whose entities are the ends of its relations."""
    names = list(dict.fromkeys(end for subject, _, object_ in relations for end in (subject, object_)))
    return parse_record(
        {
            "id": text,
            "entities": [{"id": name, "type": "Country", "name": name} for name in names],
            "relations": [
                {"subject": subject, "predicate": predicate, "object": object_, "optional": optional}
                for subject, predicate, object_ in relations
            ],
        }
    )


def article(subject: str, object_: str) -> tuple[Document, Record]:
    text = f"زارت {subject} {object_}."
    return Document(text, text), record(text, (subject, "visited", object_))


@pytest.fixture(scope="module")
def weights(reader: Reader) -> dict[str, float]:
    return learn_weights(reader, [article(*pair) for pair in PAIRS])


def test_pair_that_gold_has_is_a_positive_example_and_its_reverse_a_negative_one(reader: Reader) -> None:
    document, gold = article("كرواتيا", "ألبانيا")
    assert {example.label for example in read_examples(reader, document, gold)} == {True, False}


def test_optional_relation_is_neither_positive_nor_negative(reader: Reader) -> None:
    document = Document("d", "زارت كرواتيا ألبانيا.")
    gold = record("d", ("كرواتيا", "visited", "ألبانيا"), optional=True)
    assert {example.label for example in read_examples(reader, document, gold)} == {None, False}


def test_symmetric_relation_is_positive_either_way_round(reader: Reader) -> None:
    document = Document("d", "التقى رئيس كرواتيا رئيس ألبانيا.")
    for subject, object_ in (("رئيس كرواتيا", "رئيس ألبانيا"), ("رئيس ألبانيا", "رئيس كرواتيا")):
        gold = record("d", (subject, "met", object_))
        assert any(example.label for example in read_examples(reader, document, gold))


def test_pair_with_an_entity_that_gold_lacks_is_negative(reader: Reader) -> None:
    document = Document("d", "زارت كرواتيا ألبانيا.")
    assert {example.label for example in read_examples(reader, document, Record("d"))} == {False}


def test_article_without_a_verb_or_noun_of_action_gives_no_examples(reader: Reader) -> None:
    assert list(read_examples(reader, Document("d", "كرواتيا وألبانيا دولتان."), Record("d"))) == []


def test_what_gold_has_outweighs_its_reverse(reader: Reader, weights: dict[str, float]) -> None:
    document, gold = article("سلوفينيا", "النمسا")
    sums = {
        example.label: sum(weights.get(feature, 0.0) for feature in example.features)
        for example in read_examples(reader, document, gold)
    }
    assert sums[True] > 0 > sums[False]


def test_features_hold_no_word_of_the_articles(weights: dict[str, float]) -> None:
    assert not any(name in feature for feature in weights for pair in PAIRS for name in pair)


def test_rare_features_are_left_out(reader: Reader) -> None:
    articles = [article(*pair) for pair in PAIRS[: RAREST - 1]]
    common = learn_weights(reader, articles)
    seen = [set(each.features) for document, gold in articles for each in read_examples(reader, document, gold)]
    assert all(sum(feature in features for features in seen) >= RAREST for feature in common)


def test_weights_are_rounded_and_none_is_nothing(weights: dict[str, float]) -> None:
    assert all(value == round(value, 4) != 0 for value in weights.values())


def test_learning_twice_gives_the_same_weights(reader: Reader, weights: dict[str, float]) -> None:
    assert learn_weights(reader, [article(*pair) for pair in PAIRS]) == weights


def test_roughly_annotated_articles_count_for_less(reader: Reader, weights: dict[str, float]) -> None:
    articles = [article(*pair) for pair in PAIRS]
    rough, twice = learn_weights(reader, articles, articles), learn_weights(reader, [*articles, *articles])
    assert sum(map(abs, weights.values())) < sum(map(abs, rough.values())) < sum(map(abs, twice.values()))


def test_stronger_penalty_gives_smaller_weights(reader: Reader, weights: dict[str, float]) -> None:
    shrunk = learn_weights(reader, [article(*pair) for pair in PAIRS], penalty=0.001)
    assert sum(map(abs, shrunk.values())) < sum(map(abs, weights.values()))


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"bias": "much"}'])
def test_weights_that_are_none_are_refused_with_their_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "weights.json").write_text(text, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"weights\.json"):
        Weigher.load(tmp_path / "weights.json")


def test_weights_that_are_missing_are_refused_with_their_file(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match=r"weights\.json"):
        Weigher.load(tmp_path / "weights.json")
