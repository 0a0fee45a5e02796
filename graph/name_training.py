"""Teaches the head for names of the reader hybrid: lessons in, what was learned and its figures out.

A tenth of the articles is kept back, to say how well names are found in what was not learned from.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn.utils.rnn import pad_sequence

from .evaluate import Counts
from .name_lessons import NameLesson, NameLessonMaker
from .pipeline import Reader
from .readers.hybrid.base_file import BaseFile
from .readers.hybrid.encoder import Encoder
from .readers.hybrid.name_finder import SentenceEncoder
from .readers.hybrid.names import LearnedNames, NameBounds, NameDesign, NameHead, spot
from .teaching import KEPT_BACK, Pace, Step, deal
from .training import Article

_LIKE = 15


@dataclass(frozen=True, slots=True)
class NameCourse:
    """How it is taught: how often each lesson is taken, how fast, from which seed."""

    rounds: int = 4
    rate: float = 2e-3
    decay: float = 0.01
    seed: int = 1


def teach_names(
    reader: Reader,
    encoder: Encoder,
    base: BaseFile,
    articles: Sequence[Article],
    step: Step,
    course: NameCourse | None = None,
) -> tuple[LearnedNames, Counts]:
    """Return what is learned from annotated articles, and how many names of those kept back it finds."""
    course, design = course or NameCourse(), NameDesign()
    maker = NameLessonMaker(reader, SentenceEncoder(encoder, base), design.kinds, design.layer)
    dealt = list(articles)
    random.Random(course.seed).shuffle(dealt)
    made: list[list[NameLesson]] = []
    for number, article in enumerate(dealt):
        step(f"names of {number + 1} articles")
        made.append(maker.make(article))
    kept = [lesson for each in made[::KEPT_BACK] for lesson in each]
    taught = [lesson for number, each in enumerate(made) if number % KEPT_BACK for lesson in each]
    if not taught:
        taught = kept
    head = learn_names(taught, design, base.shape.width, step, course)
    return LearnedNames(head, NameBounds()), count_names(head, kept)


def learn_names(
    lessons: Sequence[NameLesson], design: NameDesign, encoded: int, step: Step, course: NameCourse | None = None
) -> NameHead:
    """Return a head that has taken some lessons."""
    course = course or NameCourse()
    torch.manual_seed(course.seed)
    head = NameHead(design, encoded)
    chance = random.Random(course.seed)
    parameters = list(head.parameters())
    groups = [{"params": parameters, "lr": course.rate}]
    pace = Pace(groups, parameters, course.decay, course.rounds, len(lessons))
    lengths = [len(lesson.may_be) for lesson in lessons]
    for number in range(course.rounds):
        head.train()
        for dealt in deal(lengths, chance, _LIKE):
            batch = [lessons[each] for each in dealt]
            scores, mask = head([lesson.states for lesson in batch], [lesson.sample for lesson in batch])
            may_be = pad_sequence([lesson.may_be for lesson in batch], batch_first=True, padding_value=True)
            loss = head.loss(scores, mask, may_be)
            pace.take(loss)
            step(f"names, round {number + 1} of {course.rounds}, loss {loss.item():.3f}")
    return head.eval()


def count_names(head: NameHead, lessons: Sequence[NameLesson]) -> Counts:
    """Return how many names are found with both ends and their kind; sentences with optional ones are left out."""
    total = Counts()
    for lesson in lessons:
        if bool((lesson.may_be.sum(1) > 1).any()):
            continue
        with torch.inference_mode():
            likely = head.probabilities(*head([lesson.states], [lesson.sample]))[0].tolist()
        found, wanted = (
            {(name.start, name.end, name.kind) for name in spot(rows, head.design.kinds)}
            for rows in (likely, lesson.may_be.float().tolist())
        )
        total += Counts(len(found & wanted), len(found - wanted), len(wanted - found))
    return total
