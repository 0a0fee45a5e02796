"""Judges pairs of actors: a logit for each relation, the grammar's own plus what the words of the sentence add to it.

The lower layers of the encoder are as they come; the upper ones bear adapters of low rank, which are learned together
with the head. With nothing learned the judge says what the grammar says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .any_shape import gelu
from .encoder import Encoder, Layer
from .pairs import BUCKETS
from .sampling import Sample

_ADAPTED = ("query_key_value", "out", "wide", "narrow")
_SHARE = 2.0
_CALM = 4.0
# How far what is judged is drawn towards the grammar's own opinion, which is the steadier of the two.
_GRAMMAR = 0.3


@dataclass(frozen=True, slots=True)
class Design:
    """How large the learned part is: the first layer with adapters, their rank, the widths of the head."""

    start: int = 8
    rank: int = 16
    width: int = 128
    hidden: int = 192
    feature: int = 48
    dropout: float = 0.3


class Adapter(nn.Module):
    """A linear step as it comes, plus a learned one of low rank."""

    def __init__(self, frozen: nn.Linear, rank: int) -> None:
        super().__init__()
        self.frozen = frozen
        self.down = nn.Parameter(torch.randn(rank, frozen.in_features) / frozen.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))

    def forward(self, states: Tensor) -> Tensor:
        """Return the sum of both."""
        low = functional.linear(states, self.down.to(states.dtype))
        added: Tensor = self.frozen(states) + _SHARE * functional.linear(low, self.up.to(states.dtype))
        return added


class Head(nn.Module):
    """From the vectors of pieces to a logit for each pair and relation."""

    def __init__(self, design: Design, encoded: int, relations: int) -> None:
        super().__init__()
        width, hidden = design.width, design.hidden
        self.norm = nn.LayerNorm(encoded)
        self.narrow = nn.Linear(encoded, width)
        self.mind = nn.Parameter(torch.zeros(3, width))
        self.symbols = nn.EmbeddingBag(BUCKETS, design.feature, mode="sum")
        nn.init.normal_(self.symbols.weight, std=0.05)
        self.drop = nn.Dropout(design.dropout)
        self.first = nn.Linear(6 * width + design.feature + 2 * relations, hidden)
        self.second = nn.Linear(hidden, hidden)
        self.last = nn.Linear(hidden, relations)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)
        self.trust = nn.Parameter(torch.ones(relations))
        self.shift = nn.Parameter(torch.zeros(relations))
        self.filled = nn.Parameter(torch.zeros(relations))

    def forward(self, states: Tensor, samples: Sequence[Sample]) -> Tensor:
        """Return the logits of all pairs of all samples."""
        narrow = self.narrow(self.drop(self.norm(states)))
        sums = functional.pad(narrow.cumsum(1), (0, 0, 1, 0))
        rows = torch.cat([torch.full((len(sample.spans),), row) for row, sample in enumerate(samples)])
        spans = torch.cat([sample.spans for sample in samples])
        logits = torch.cat([sample.logits for sample in samples])
        proposed = torch.cat([sample.proposed for sample in samples])
        subject, target, trigger = (
            torch.where(
                (spans[:, 2 * role + 1] > 0)[:, None],
                _mean(sums, rows, spans[:, 2 * role], spans[:, 2 * role + 1]),
                self.mind[role],
            )
            for role in range(3)
        )
        after, before = torch.minimum(spans[:, 1], spans[:, 3]), torch.maximum(spans[:, 0], spans[:, 2])
        apart = (after > 0) & (before > after)
        gap = _mean(sums, rows, after, before) * apart[:, None]
        seen = [subject, target, subject * target, gap, trigger, trigger * target]
        mixed = torch.cat([*seen, self._symbols(samples), logits / _CALM, proposed], dim=1)
        hidden = gelu(self.first(self.drop(mixed)))
        hidden = hidden + gelu(self.second(self.drop(hidden)))
        judged: Tensor = logits * self.trust + self.shift + proposed * self.filled + self.last(self.drop(hidden))
        return judged

    def _symbols(self, samples: Sequence[Sample]) -> Tensor:
        features = [each for sample in samples for each in sample.features]
        starts = torch.tensor([0, *map(len, features[:-1])]).cumsum(0)
        found: Tensor = self.symbols(torch.tensor([n for each in features for n in each], dtype=torch.long), starts)
        return found


class PairJudge(nn.Module):
    """The encoder with its adapters, and the head."""

    def __init__(self, encoder: Encoder, design: Design, relations: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.design = design
        for layer in encoder.layers[design.start :]:
            assert isinstance(layer, Layer)
            for name in _ADAPTED:
                setattr(layer, name, Adapter(getattr(layer, name), design.rank))
        self.head = Head(design, encoder.shape.width, relations)

    @property
    def learned(self) -> dict[str, nn.Parameter]:
        """The parameters that are learned, by name."""
        return {name: each for name, each in self.named_parameters() if each.requires_grad}

    def lower(self, samples: Sequence[Sample]) -> list[Tensor]:
        """Return the states of each sample below the adapters, which learning does not change."""
        states, mask = self.encoder.words([sample.pieces for sample in samples])
        states = self.encoder(states, mask, 0, self.design.start)
        return [row[: len(sample.pieces)].clone() for row, sample in zip(states, samples, strict=True)]

    def forward(self, samples: Sequence[Sample], lower: Sequence[Tensor] | None = None) -> Tensor:
        """Return the logits of all pairs of all samples; `lower` are their states, where they are known."""
        if lower is None:
            states, mask = self.encoder.words([sample.pieces for sample in samples])
            states = self.encoder(states, mask)
        else:
            states = nn.utils.rnn.pad_sequence(list(lower), batch_first=True)
            lengths = torch.tensor([len(each) for each in lower])
            states = self.encoder(states, torch.arange(states.shape[1]) < lengths[:, None], self.design.start)
        judged: Tensor = self.head(states.float(), samples)
        return judged if self.training else judged.lerp(torch.cat([sample.logits for sample in samples]), _GRAMMAR)


def _mean(sums: Tensor, rows: Tensor, start: Tensor, end: Tensor) -> Tensor:
    end = torch.maximum(start, end)
    return (sums[rows, end] - sums[rows, start]) / (end - start).clamp(min=1)[:, None]
