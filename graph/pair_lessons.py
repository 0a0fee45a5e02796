"""Makes lessons for the judge of the reader hybrid: annotated articles in, sentences with labelled pairs out.

A pair is right where gold has it and the sentence is the one that gold quotes, or the grammar thinks it likely there.
Elsewhere in its article such a pair is neither right nor wrong. What gold calls optional is never asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .evaluate import STANDING, Record, match_entities
from .extract.weigh import Weigher
from .model import Document
from .pipeline import Reader, Walked
from .readers.hybrid.pairs import Pair, PairLister
from .readers.hybrid.sampling import ABSENT, Sample, Sampler
from .training import Key, as_record, fact_key

_SAME = 0.8
_SHORTEST = 25
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its labels: what is right, and how much each of them counts; `keys` names the facts, by place."""

    sample: Sample
    right: Tensor
    counts: Tensor
    keys: Mapping[tuple[int, int], Key]


@dataclass(frozen=True, slots=True)
class ArticleLessons:
    """The lessons of an article, what it wants, and what the grammar alone finds of that."""

    lessons: tuple[Lesson, ...]
    wanted: frozenset[Key]
    optional: frozenset[Key]
    by_grammar: frozenset[Key]
    unweighed: frozenset[Key]


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with its pairs, the keys of their facts and those that gold quotes from it."""

    walked: Walked
    pairs: Sequence[Pair]
    keys: Sequence[Mapping[str, Key]]
    quoted: frozenset[Key]


class LessonMaker:
    """Makes lessons of articles, each with a weigher that has not learned from it."""

    def __init__(self, reader: Reader, sampler: Sampler, relations: Sequence[str]) -> None:
        self._reader = reader
        self._sampler = sampler
        self._relations = relations

    def make(self, document: Document, record: Record, weigher: Weigher) -> ArticleLessons:
        """Return the lessons of an article."""
        linker, sentences = self._reader.walk(document)
        actors = linker.actors
        to_gold = match_entities(record.entities, [as_record(actor) for actor in actors.values()])

        def key(subject: str, relation: str, target: str) -> Key:
            return fact_key(to_gold.get(subject, f"?{subject}"), relation, to_gold.get(target, f"?{target}"))

        quotes, optional = _wanted(record)
        lister = PairLister(self._relations, self._reader.outlets)
        told: list[_Told] = []
        by_grammar: set[Key] = set()
        unweighed: set[Key] = set()
        for walked in sentences:
            weighed = list(weigher.pairs(walked.nodes, walked.triggers, actors, linker.country))
            pairs = lister.list(walked.nodes, weighed, actors, linker.country)
            keys = [{r: key(pair.subject.entity, r, pair.object.entity) for r in pair.allowed} for pair in pairs]
            said = _folded(walked.reading.sentence.text)
            quoted = frozenset(fact for fact, texts in quotes.items() if any(_holds(said, text) for text in texts))
            if pairs:
                told.append(_Told(walked, pairs, keys, quoted))
            likely = weigher.choose(walked.reading, weighed)
            unweighed |= {key(fact.subject, fact.relation, fact.object) for fact in walked.unweighed()}
            by_grammar |= {key(fact.subject, fact.relation, fact.object) for fact in likely}
        lessons = tuple(self._lesson(each, quotes.keys(), optional, _best(told)) for each in told)
        return ArticleLessons(lessons, frozenset(quotes), optional, frozenset(by_grammar), frozenset(unweighed))

    def _lesson(
        self, told: _Told, wanted: Iterable[Key], optional: frozenset[Key], best: Mapping[Key, tuple[bool, float]]
    ) -> Lesson:
        sample = self._sampler.sample(told.walked.reading, told.pairs)
        right, counts = torch.zeros(sample.logits.shape), sample.allowed.float()
        wanted = frozenset(wanted)
        places: dict[tuple[int, int], Key] = {}
        for row, keys in enumerate(told.keys):
            for relation, fact in keys.items():
                column = self._relations.index(relation)
                places[row, column] = fact
                if fact in optional:
                    counts[row, column] = 0.0
                elif fact in wanted:
                    logit = sample.logits[row, column].item()
                    is_quoted, likeliest = best[fact]
                    here = fact in told.quoted or logit > 0.0 or (not is_quoted and logit >= likeliest)
                    right[row, column] = counts[row, column] = float(here)
        return Lesson(sample, right, counts, places)


def _best(told: Iterable[_Told]) -> dict[Key, tuple[bool, float]]:
    """Return for each fact whether a sentence that gold quotes has it, and the most that the grammar gives it."""
    best: dict[Key, tuple[bool, float]] = {}
    for each in told:
        for pair, keys in zip(each.pairs, each.keys, strict=True):
            for relation, fact in keys.items():
                opinion = pair.opinions.get(relation)
                is_quoted, logit = best.get(fact, (False, ABSENT))
                best[fact] = is_quoted or fact in each.quoted, max(logit, opinion.logit if opinion else ABSENT)
    return best


def _wanted(record: Record) -> tuple[dict[Key, list[str]], frozenset[Key]]:
    """Return what gold wants, with the words that it quotes for it, and what it calls optional."""
    wanted: dict[Key, list[str]] = {}
    optional: set[Key] = set()
    for relation in record.relations:
        if relation.predicate in STANDING:
            continue
        key = fact_key(relation.subject, relation.predicate, relation.object)
        if relation.optional:
            optional.add(key)
        else:
            wanted.setdefault(key, []).append(_folded(relation.evidence))
    return wanted, frozenset(optional - wanted.keys())


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text)).strip()


def _holds(sentence: str, quote: str) -> bool:
    """Tell whether a sentence is what gold quotes; a quote may leave out words, or be of two sentences."""
    if not quote:
        return False
    if quote in sentence or (len(sentence) > _SHORTEST and sentence in quote):
        return True
    words = set(quote.split())
    return len(words) >= _FEWEST and len(words & set(sentence.split())) >= _SAME * len(words)
