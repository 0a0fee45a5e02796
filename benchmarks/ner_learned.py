"""Finds names in tokens with IOB tags by the head of the reader hybrid, learned from other folds of the same file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial

import torch

from graph.model import Sentence
from graph.name_lessons import NameLesson, NameLessonMaker
from graph.name_training import learn_names
from graph.pipeline import Reader
from graph.readers.hybrid.base_file import find_base_file, open_base_file
from graph.readers.hybrid.encoder import Encoder
from graph.readers.hybrid.name_finder import SentenceEncoder
from graph.readers.hybrid.names import NameDesign, NameHead, spot

FOLDS = 4
DESIGN = NameDesign(kinds=("PERS", "LOC", "ORG", "MISC"))
LEFT_OUT = "MISC"

Tagged = list[tuple[str, str]]
Span = tuple[int, int, int, str]
# A sentence's number, for each of its words the token that it is of, and its lesson.
Asked = tuple[int, list[int], NameLesson]


def cross_validate(
    reader: Reader, windows: Sequence[Sequence[tuple[int, Tagged]]], say: Callable[[str], None], *, folds: int = FOLDS
) -> set[Span]:
    """Return the names found in windows of neighbouring sentences, a fold of windows by what the others teach.

    Window n is of fold n modulo FOLDS; nothing is found in folds that are not among the first `folds`.
    """
    torch.set_num_threads(1)
    base = open_base_file(find_base_file())
    maker = NameLessonMaker(
        reader, SentenceEncoder(Encoder(base, layers=DESIGN.layer), base), DESIGN.kinds, DESIGN.layer
    )
    asked = []
    for number, window in enumerate(windows):
        asked.append(_ask(reader, maker, window))
        say(f"{number + 1} of {len(windows)} windows encoded")
    found: set[Span] = set()
    for fold in range(folds):
        lessons = [lesson for number, each in enumerate(asked) if number % FOLDS != fold for *_, lesson in each]
        head = learn_names(lessons, DESIGN, base.shape.width, partial(_say, say, fold))
        found |= {span for each in asked[fold::FOLDS] for one in each for span in _spans(head, *one)}
    return found


def _say(say: Callable[[str], None], fold: int, said: str) -> None:
    say(f"fold {fold + 1} of {FOLDS}: {said}")


def _ask(reader: Reader, maker: NameLessonMaker, window: Sequence[tuple[int, Tagged]]) -> list[Asked]:
    texts = [" ".join(token for token, _ in sentence) for _, sentence in window]
    readings = reader.mentions.read_all([Sentence(0, len(text), text, 0) for text in texts])
    tokens, labels = [], []
    for (_, sentence), reading in zip(window, readings, strict=True):
        starts = [0]
        for token, _ in sentence:
            starts.append(starts[-1] + len(token) + 1)
        of = [bisect_right(starts, word.token.start) - 1 for word in reading.words]
        tokens.append(of)
        labels.append(maker.tags(_named(of, [tag for _, tag in sentence]), len(of)))
    lessons = maker.teach(readings, labels)
    return [(number, of, lesson) for (number, _), of, lesson in zip(window, tokens, lessons, strict=True)]


def _named(tokens: Sequence[int], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the names by words; a word that is part of a token goes on with what the token begins."""
    names: list[tuple[int, int, str]] = []
    for index, token in enumerate(tokens):
        mark, _, kind = tags[token].partition("-")
        if not kind:
            continue
        goes_on = mark == "I" or (index > 0 and tokens[index - 1] == token)
        if goes_on and names and names[-1][1:] == (index, kind):
            names[-1] = names[-1][0], index + 1, kind
        else:
            names.append((index, index + 1, kind))
    return names


def _spans(head: NameHead, number: int, tokens: Sequence[int], lesson: NameLesson) -> list[Span]:
    with torch.inference_mode():
        likely = head.probabilities(*head([lesson.states], [lesson.sample]))[0].tolist()
    return [
        (number, tokens[name.start], tokens[name.end - 1] + 1, name.kind)
        for name in spot(likely, head.design.kinds)
        if name.kind != LEFT_OUT
    ]
