"""Learns the weights of the pair scorer from annotated articles: gold records in, a map from features to numbers out.

Logistic regression with an L2 penalty over the features of extract/features.py; optional relations are left out of
the loss, and what roughly annotated articles hold counts for a third. scikit-learn comes with camel-tools and is
imported here alone, when training is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .evaluate import Record, RecordEntity, match_entities
from .extract.candidates import Between, Trigger, actors_of, filling_of, options, states_of
from .extract.clauses import Node
from .extract.features import pair_features, spell_sides, trigger_features, view_pair, view_trigger
from .extract.relations import SYMMETRIC
from .model import Document
from .pipeline import Reader
from .resolve.actors import Actor

PENALTY = 0.05
RAREST = 5
# What a pair counts of an article of which only the likely facts were judged.
ROUGH = 0.3
_STANDING = frozenset({"holdsOffice", "partOf", "memberOf"})

Key = tuple[str, str, str]
Article = tuple[Document, Record]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair around a trigger: its features, and whether gold has it (None where gold calls it optional)."""

    features: tuple[str, ...]
    label: bool | None


def learn_weights(
    reader: Reader, articles: Iterable[Article], rough: Iterable[Article] = (), *, penalty: float = PENALTY
) -> dict[str, float]:
    """Return the weights learned from annotated articles, rounded, features seen fewer than RAREST times left out.

    `rough` are articles of which only the likely facts were judged.
    """
    examples = _labelled(reader, articles)
    weights = [1.0] * len(examples)
    examples += _labelled(reader, rough)
    weights += [ROUGH] * (len(examples) - len(weights))
    return _weights(examples, weights, penalty)


def learn_apart(reader: Reader, folds: Sequence[Sequence[Article]]) -> list[dict[str, float]]:
    """Return for each of some folds of articles the weights that are learned from all other folds."""
    examples = [_labelled(reader, articles) for articles in folds]
    learned = []
    for number in range(len(folds)):
        others = [each for other, fold in enumerate(examples) if other != number for each in fold]
        learned.append(_weights(others, [1.0] * len(others), PENALTY))
    return learned


def _weights(examples: Sequence[Example], weights: Sequence[float], penalty: float) -> dict[str, float]:
    counts = Counter(feature for example in examples for feature in set(example.features))
    names = sorted(feature for feature, count in counts.items() if count >= RAREST)
    coefficients = _fit(examples, weights, {name: index for index, name in enumerate(names)}, penalty)
    return {name: round(value, 4) for name, value in zip(names, coefficients, strict=True) if round(value, 4)}


def _labelled(reader: Reader, articles: Iterable[Article]) -> list[Example]:
    return [
        example
        for document, record in articles
        for example in read_examples(reader, document, record)
        if example.label is not None
    ]


def read_examples(reader: Reader, document: Document, record: Record) -> Iterator[Example]:
    """Yield every pair of a gold article with its label, as the reader sees it."""
    linker, sentences = reader.sentences_with_triggers(document)
    pairs = list(_pairs(sentences, linker.actors, linker.country))
    to_gold = match_entities(record.entities, [as_record(actor) for actor in linker.actors.values()])
    required, optional = _wanted(record)
    for subject, relation, target, features in pairs:
        key = fact_key(to_gold.get(subject, f"?{subject}"), relation, to_gold.get(target, f"?{target}"))
        label = True if key in required else None if key in optional else False
        yield Example(features, label)


def _pairs(
    sentences: Sequence[tuple[list[Node], list[Trigger]]], actors: Mapping[str, Actor], country_of: Callable[[str], str]
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for nodes, triggers in sentences:
        states = states_of(nodes, country_of)
        kinds = {key: actor.kind for key, actor in actors.items()}
        between = Between(nodes)
        for option in options(triggers, actors_of(nodes, states, kinds), kinds):
            trigger, frame = option.trigger, option.frame
            own = trigger_features(view_trigger(trigger, frame))
            subjects, objects = spell_sides(between, option, "s"), spell_sides(between, option, "o")
            relation = "spokeWith" if trigger.by_call and frame.relation == "met" else frame.relation
            for subject, target in option.pairs():
                filling = filling_of(trigger, frame, subject, target)
                both = pair_features(view_pair(trigger, frame, subject, target, filling))
                features = (*own, *subjects[subject], *objects[target], *both)
                yield subject.entity, relation, target.entity, features


def _wanted(record: Record) -> tuple[set[Key], set[Key]]:
    required: set[Key] = set()
    optional: set[Key] = set()
    for relation in record.relations:
        if relation.predicate not in _STANDING or relation.predicate == "memberOf":
            key = fact_key(relation.subject, relation.predicate, relation.object)
            (optional if relation.optional else required).add(key)
    return required, optional


def fact_key(subject: str, relation: str, target: str) -> Key:
    """Return what makes two facts one: a symmetric relation runs both ways."""
    if relation in SYMMETRIC and target < subject:
        subject, target = target, subject
    return subject, relation, target


def as_record(actor: Actor) -> RecordEntity:
    """Return an actor in the shape in which gold has its own."""
    wikidata = actor.known.wikidata if actor.known is not None else None
    return RecordEntity(actor.id, actor.kind.value, actor.name, frozenset(actor.names), wikidata, optional=False)


def _fit(
    examples: Sequence[Example], weights: Sequence[float], columns: Mapping[str, int], penalty: float
) -> list[float]:
    # Imported here: scikit-learn takes a second to load, and only training needs it.
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    indices: list[int] = []
    ends = [0]
    for example in examples:
        indices += [columns[feature] for feature in example.features if feature in columns]
        ends.append(len(indices))
    matrix = csr_matrix(([1.0] * len(indices), indices, ends), shape=(len(examples), len(columns)))
    model = LogisticRegression(C=penalty, max_iter=500, solver="liblinear", random_state=0)
    model.fit(matrix, [bool(example.label) for example in examples], sample_weight=weights)
    coefficients = [float(value) for value in model.coef_[0]]
    bias = columns.get("bias")
    if bias is not None:
        coefficients[bias] += float(model.intercept_[0])
    return coefficients
