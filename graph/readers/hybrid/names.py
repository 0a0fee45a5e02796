"""Tags the words of a sentence as parts of names: vectors of its pieces and marks of the grammar in, probabilities out.

The vectors come from below the judge's adapters, so that the judge goes on with them where it is asked. Tags of
neighbours are weighed together (a conditional random field): a name goes on only as what it began as.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .any_shape import convolve, gelu
from .name_marks import MARKS, Marks

OUTSIDE = 0
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class NameDesign:
    """What is told apart, after which layer of the encoder, and the widths of the learned part."""

    kinds: tuple[str, ...] = ("Person", "Organization", "Place")
    layer: int = 6
    width: int = 128
    feature: int = 64
    dropout: float = 0.3


@dataclass(frozen=True, slots=True)
class NameSample:
    """A sentence as the head sees it: where each word stands among the pieces, and its marks."""

    places: Tensor
    marks: tuple[Marks, ...]


@dataclass(frozen=True, slots=True)
class Spotted:
    """Words start..end that are tagged as one name; `sure` is the probability of the least certain of its tags."""

    start: int
    end: int
    kind: str
    sure: float


class NameHead(nn.Module):
    """From vectors of pieces and marks of words to a score for each word and tag, and for each two tags in a row."""

    def __init__(self, design: NameDesign, encoded: int) -> None:
        super().__init__()
        self.design = design
        tags, width, feature = 2 * len(design.kinds) + 1, design.width, design.feature
        self.norm = nn.LayerNorm(encoded)
        self.narrow = nn.Linear(encoded, width)
        self.symbols = nn.EmbeddingBag(MARKS, feature, mode="sum")
        nn.init.normal_(self.symbols.weight, std=0.05)
        self.drop = nn.Dropout(design.dropout)
        self.near = nn.Conv1d(width + feature, width, 3, padding=1)
        self.wider = nn.Conv1d(width, width, 3, padding=1)
        self.last = nn.Linear(2 * width + feature, tags)
        self.first_tag = nn.Parameter(torch.zeros(tags))
        self.next_tag = nn.Parameter(torch.zeros(tags, tags))

    def forward(self, states: Sequence[Tensor], samples: Sequence[NameSample]) -> tuple[Tensor, Tensor]:
        """Return the scores of all tags of all words, and a mask of what is a word."""
        lengths = torch.tensor([len(sample.marks) for sample in samples])
        mask = torch.arange(int(lengths.max())) < lengths[:, None]
        means = torch.cat([_means(each, sample.places) for each, sample in zip(states, samples, strict=True)])
        flat = [marks for sample in samples for marks in sample.marks]
        starts = torch.tensor([0, *map(len, flat[:-1])]).cumsum(0)
        marked = self.symbols(torch.tensor([number for marks in flat for number in marks], dtype=torch.long), starts)
        words = self.drop(torch.cat([self.narrow(self.drop(self.norm(means))), marked], dim=1))
        padded = words.new_zeros(*mask.shape, words.shape[1]).masked_scatter(mask[..., None], words)
        hidden = gelu(convolve(self.near, padded)) * mask[..., None]
        hidden = hidden + gelu(convolve(self.wider, self.drop(hidden)))
        scores: Tensor = self.last(self.drop(torch.cat([hidden, padded], dim=2)))
        return scores, mask

    @property
    def steps(self) -> tuple[Tensor, Tensor]:
        """The scores of a tag at the beginning, and of a tag behind another; what cannot be is never likely."""
        tags = torch.arange(len(self.first_tag))
        inside = (tags > 0) & (tags % 2 == 0)
        goes_on = (tags[:, None] == tags) | (tags[:, None] == tags - 1)
        return (
            self.first_tag.masked_fill(inside, _NEVER),
            self.next_tag.masked_fill(inside & ~goes_on, _NEVER),
        )

    def loss(self, scores: Tensor, mask: Tensor, may_be: Tensor) -> Tensor:
        """Return how unlikely the tags are that each word may have, a word."""
        both = torch.cat([scores, scores.masked_fill(~may_be, _NEVER)])
        every, right = _forward(both, mask.repeat(2, 1), *self.steps)[:, -1].logsumexp(1).chunk(2)
        return (every - right).sum() / mask.sum()

    def probabilities(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Return the probability of each tag of each word, all ways to tag its sentence taken together."""
        first, following = self.steps
        before = _forward(scores, mask, first, following)
        after = torch.zeros_like(scores)
        for index in range(scores.shape[1] - 2, -1, -1):
            came = (following + (scores[:, index + 1] + after[:, index + 1])[:, None]).logsumexp(2)
            after[:, index] = torch.where(mask[:, index + 1, None], came, 0.0)
        return (before + after).softmax(2)


@dataclass(frozen=True, slots=True)
class NameBounds:
    """How sure the head must be of a name of each kind to add it, and that words are in none to take a name out."""

    add: tuple[float, ...] = (0.6, 0.9, 0.95)
    drop: float = 0.7


@dataclass(frozen=True, slots=True)
class LearnedNames:
    """A head that has learned, with its bounds."""

    head: NameHead
    bounds: NameBounds


def spot(likely: Sequence[Sequence[float]], kinds: Sequence[str]) -> Iterator[Spotted]:
    """Yield the names of a sentence by the likeliest tag of each word; one that goes on from nothing begins there."""
    start, kind, sure = -1, "", 1.0
    for index, row in enumerate([*likely, (1.0,)]):
        tag = max(range(len(row)), key=row.__getitem__)
        of = kinds[(tag - 1) // 2] if tag != OUTSIDE else ""
        if start >= 0 and (of != kind or tag % 2):
            yield Spotted(start, index, kind, sure)
            start = -1
        if tag == OUTSIDE:
            continue
        if start < 0:
            start, kind, sure = index, of, 1.0
        sure = min(sure, row[tag])


def _means(states: Tensor, places: Tensor) -> Tensor:
    """Return the mean vector of each word's pieces."""
    sums = functional.pad(states.float().cumsum(0), (0, 0, 1, 0))
    start, end = places.unbind(1)
    return (sums[end] - sums[start]) / (end - start).clamp(min=1)[:, None]


def _forward(scores: Tensor, mask: Tensor, first: Tensor, following: Tensor) -> Tensor:
    """Return for each word and tag the logarithm of the weight of all ways to get there; they stay behind the end."""
    ways = [scores[:, 0] + first]
    for index in range(1, scores.shape[1]):
        came = (ways[-1][:, :, None] + following).logsumexp(1) + scores[:, index]
        ways.append(torch.where(mask[:, index, None], came, ways[-1]))
    return torch.stack(ways, dim=1)
