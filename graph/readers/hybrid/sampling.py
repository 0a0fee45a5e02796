"""Turns a sentence and its pairs into what the judge is asked: numbers of pieces, spans, the grammar's opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ...extract.chunks import Reading
from .base_file import Vocabulary
from .name_finder import Encoded
from .pairs import Pair
from .pieces import NOWHERE, SentenceCutter, Span

# What stands for the grammar's logit where it has no opinion.
ABSENT = -4.5


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence as the judge sees it: a row for each pair, a column for each relation.

    `spans` has start and end, in pieces, of subject, object and trigger, 0 and 0 for what has no words; `logits` are
    the grammar's, `proposed` is 1 where its frames proposed the pair, `allowed` where the relation is asked for.
    """

    pieces: tuple[int, ...]
    spans: Tensor
    features: tuple[tuple[int, ...], ...]
    logits: Tensor
    proposed: Tensor
    allowed: Tensor


class Sampler:
    """Makes samples; `relations` are the judge's columns. Pieces after the `most` first are cut off."""

    def __init__(self, vocabulary: Vocabulary, most: int, relations: Sequence[str]) -> None:
        self._cutter = SentenceCutter(vocabulary, most)
        self._columns = {relation: column for column, relation in enumerate(relations)}

    def sample(self, reading: Reading, pairs: Sequence[Pair]) -> Sample:
        """Return the sample of a sentence that has pairs."""
        kept = reading.kept
        numbers, places = kept.cutting if isinstance(kept, Encoded) else self._cutter.cut(reading)
        shape = len(pairs), len(self._columns)
        logits, proposed, allowed = torch.full(shape, ABSENT), torch.zeros(shape), torch.zeros(shape, dtype=torch.bool)
        spans = []
        for row, pair in enumerate(pairs):
            trigger = pair.trigger.index if pair.trigger is not None else -1
            ends = ((pair.subject.position, pair.subject.end), (pair.object.position, pair.object.end))
            spans.append([place for ends_ in (*ends, (trigger, trigger + 1)) for place in _span(places, *ends_)])
            for relation in pair.allowed:
                allowed[row, self._columns[relation]] = True
            for relation, opinion in pair.opinions.items():
                if (column := self._columns.get(relation)) is not None:
                    logits[row, column] = opinion.logit
                    proposed[row, column] = float(opinion.scored.filling is not None)
        features = tuple(pair.features for pair in pairs)
        return Sample(numbers, torch.tensor(spans), features, logits, proposed, allowed)


def _span(places: Sequence[Span], start: int, end: int) -> Span:
    if start < 0:
        return NOWHERE
    first, last = places[start][0], places[end - 1][1]
    return (first, max(last, first + 1)) if first else NOWHERE
