"""Teaches the judge of the reader hybrid: annotated articles in, what was learned and its figures out.

The grammar's opinions in a lesson come from weights that were learned without its article, else the judge would trust
them too much. A tenth of the articles is kept back: how sure the judge must be to be believed is read off them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from .evaluate import STANDING, Counts
from .extract.scoring import PairScorer
from .extract.weigh import Weigher
from .pair_lessons import ArticleLessons, Lesson, LessonMaker
from .pipeline import Reader
from .readers.hybrid.base_file import find_base_file, open_base_file
from .readers.hybrid.judge import Design, PairJudge
from .readers.hybrid.model_file import Bounds, Learned, build_judge
from .readers.hybrid.sampling import ABSENT, Sampler
from .teaching import BATCH, KEPT_BACK, Pace, Step, deal
from .training import Article, Key, learn_apart

FOLDS = 4
_LIKE = 20
_WITHOUT = 0.2
# What a lesson counts of an article that is not news, or of which only the likely facts were judged.
_ROUGH = 0.5
_STEPS = tuple(number / 10 for number in range(-20, 11))
# How likely a fact must be to be told at all.
_LIKELY = 0.45


@dataclass(frozen=True, slots=True)
class Course:
    """How it is taught: how often each lesson is taken, how fast, from which seed."""

    rounds: int = 3
    head_rate: float = 1e-3
    adapter_rate: float = 4e-4
    decay: float = 0.01
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Deeds of the articles that were kept back, by the grammar alone and with the judge."""

    articles: int
    by_grammar: Counts
    judged: Counts


def teach(
    reader: Reader,
    articles: Sequence[Article],
    step: Step,
    course: Course | None = None,
    design: Design | None = None,
    *,
    rough: Sequence[Article] = (),
) -> tuple[Learned, Report]:
    """Return what is learned from annotated articles; raise ValueError where they tell no deed.

    The lessons of `rough` articles count less, and none of them is kept back.
    """
    course, design = course or Course(), design or Design()
    relations = tuple(sorted({r.predicate for _, record in articles for r in record.relations} - STANDING))
    if not relations:
        raise ValueError("they have no relations between actors")
    base = open_base_file(find_base_file())
    torch.manual_seed(course.seed)
    judge = build_judge(base, design, len(relations))
    sampler = Sampler(base.vocabulary, base.shape.places, relations)
    dealt = list(articles)
    random.Random(course.seed).shuffle(dealt)
    made = list(_make_lessons(LessonMaker(reader, sampler, relations), reader, [*dealt, *rough], step))
    whole, less = made[: len(dealt)], made[len(dealt) :]
    kept, taught = whole[::KEPT_BACK], [each for number, each in enumerate(whole) if number % KEPT_BACK]
    lessons = [lesson for article in taught for lesson in article.lessons]
    lessons += [replace(each, counts=each.counts * _ROUGH) for article in less for each in article.lessons]
    _learn(judge, lessons, course, step)
    step("choosing bounds")
    learned, report = _bound(Learned(judge.eval(), relations, Bounds()), kept)
    return learned, report


def _make_lessons(
    maker: LessonMaker, reader: Reader, articles: Sequence[Article], step: Step
) -> Iterator[ArticleLessons]:
    step("weighing")
    folds = [articles[number::FOLDS] for number in range(FOLDS)]
    weighers = [Weigher(PairScorer(weights)) for weights in learn_apart(reader, folds)]
    for number, (document, record) in enumerate(articles):
        step(f"{number + 1} articles")
        yield maker.make(document, record, weighers[number % FOLDS])


def _learn(judge: PairJudge, lessons: Sequence[Lesson], course: Course, step: Step) -> None:
    """Take the lessons round after round; what lies below the adapters is counted once."""
    states = _lower(judge, lessons, step)
    learned = judge.learned
    adapters = [each for name, each in learned.items() if not name.startswith("head.")]
    groups = [
        {"params": adapters, "lr": course.adapter_rate, "weight_decay": 0.0},
        {"params": list(judge.head.parameters()), "lr": course.head_rate},
    ]
    pace = Pace(groups, learned.values(), course.decay, course.rounds, len(lessons))
    chance = random.Random(course.seed)
    for number in range(course.rounds):
        judge.train()
        losses = 0.0
        for batch in deal([len(lesson.sample.pieces) for lesson in lessons], chance, _LIKE):
            loss = _loss(judge, [lessons[each] for each in batch], [states[each] for each in batch], chance)
            pace.take(loss)
            losses += loss.item() * len(batch)
            step(f"round {number + 1} of {course.rounds}, loss {loss.item():.2f}")
        step(f"round {number + 1} of {course.rounds} done, mean loss {losses / len(lessons):.3f}")


def _lower(judge: PairJudge, lessons: Sequence[Lesson], step: Step) -> list[Tensor]:
    order = sorted(range(len(lessons)), key=lambda number: len(lessons[number].sample.pieces))
    states: dict[int, Tensor] = {}
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found = judge.lower([lessons[number].sample for number in batch])
            states |= dict(zip(batch, found, strict=True))
            step(f"{len(states)} of {len(lessons)} sentences encoded")
    return [states[number] for number in range(len(lessons))]


def _loss(judge: PairJudge, lessons: Sequence[Lesson], states: Sequence[Tensor], chance: random.Random) -> Tensor:
    """Return the mean loss of some lessons; in some of them the judge must do without the grammar."""
    samples = [
        replace(
            lesson.sample,
            logits=torch.full_like(lesson.sample.logits, ABSENT),
            proposed=torch.zeros_like(lesson.sample.proposed),
            features=tuple(() for _ in lesson.sample.features),
        )
        if chance.random() < _WITHOUT
        else lesson.sample
        for lesson in lessons
    ]
    judged = judge(samples, states)
    right = torch.cat([lesson.right for lesson in lessons])
    counts = torch.cat([lesson.counts for lesson in lessons])
    losses = functional.binary_cross_entropy_with_logits(judged, right, reduction="none")
    return (losses * counts).sum() / len(lessons)


def _bound(learned: Learned, articles: Sequence[ArticleLessons]) -> tuple[Learned, Report]:
    """Return what was learned with the bounds that are best where precision is not lower than the grammar's.

    What the judge alone tells must be likely; what the grammar tells, too, needs no more than that.
    """
    likeliest = [_likeliest(learned.judge, article) for article in articles]
    by_grammar = _count((article.by_grammar for article in articles), articles)
    facts = [
        (logit, key in article.wanted)
        for each, article in zip(likeliest, articles, strict=True)
        for key, logit in each.items()
        if key not in article.optional
    ]
    steep, shift = _calibrate(facts)
    calibrated = Bounds(0.0, 0.0, round(steep, 4), round(shift, 4))
    likely = [each for each in _STEPS if calibrated.confidence(each) >= _LIKELY] or _STEPS[-1:]
    counts = {}
    for other in likely:
        for proposed in (each for each in _STEPS if each <= other):
            bounds = replace(calibrated, proposed=proposed, other=other)
            believed = (_believed(bounds, *each) for each in zip(likeliest, articles, strict=True))
            counts[bounds] = _count(believed, articles)
    precise = {bounds: each for bounds, each in counts.items() if each.precision >= by_grammar.precision} or counts
    best = max(precise, key=lambda each: (precise[each].f1, each.proposed, each.other))
    return replace(learned, bounds=best), Report(len(articles), by_grammar, precise[best])


def _believed(bounds: Bounds, likeliest: Mapping[Key, float], article: ArticleLessons) -> set[Key]:
    """Return what is believed of an article's facts."""
    return {key for key, logit in likeliest.items() if bounds.believes(logit, told=key in article.by_grammar)}


def _likeliest(judge: PairJudge, article: ArticleLessons) -> dict[Key, float]:
    """Return for each fact of an article the highest logit that the judge gives it."""
    best: dict[Key, float] = {}
    with torch.inference_mode():
        for lesson in article.lessons:
            judged = judge([lesson.sample]).tolist()
            for (row, column), key in lesson.keys.items():
                best[key] = max(best.get(key, -math.inf), judged[row][column])
    return best


def _count(found: Iterable[Iterable[Key]], articles: Sequence[ArticleLessons]) -> Counts:
    """Return how many deeds are found rightly, wrongly and not at all."""
    total = Counts()
    for keys, article in zip(found, articles, strict=True):
        told = {key for key in (*keys, *article.unweighed) if key[1] not in STANDING and key[0] != key[2]}
        hits = len(told & article.wanted)
        extra = len(told - article.wanted - article.optional)
        total += Counts(hits, extra, len(article.wanted) - hits)
    return total


def _calibrate(facts: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return the logistic curve from logits to how often they are right; that of the logits themselves for too few."""
    if not any(right for _, right in facts):
        return 1.0, 0.0
    logits = torch.tensor([logit for logit, _ in facts])
    right = torch.tensor([float(each) for _, each in facts])
    curve = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([curve], max_iter=100)

    def closure() -> float:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(logits * curve[0] + curve[1], right)
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
        return float(loss.detach())

    optimizer.step(closure)  # type: ignore[no-untyped-call]  # torch has no types for it
    steep, shift = curve.detach().tolist()
    return steep, shift
