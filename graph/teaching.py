"""What teaching the heads of the reader hybrid has in common: batches of like length, and the steps of learning."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_

# Of so many articles one is kept back.
KEPT_BACK = 10
BATCH = 16
_STEEPEST = 5.0
_CLIMB = 0.1

Step = Callable[[str], None]


class Pace:
    """Takes the steps of learning: the rates climb to their highest and fall to nothing in so many rounds.

    `groups` are those of an optimizer, each with its own highest rate as `lr`; `parameters` is all that is learned.
    """

    # Any: torch describes groups of parameters so.
    def __init__(
        self, groups: Sequence[dict[str, Any]], parameters: Iterable[nn.Parameter], decay: float, rounds: int, size: int
    ) -> None:
        self._parameters = list(parameters)
        self._optimizer = torch.optim.AdamW(list(groups), weight_decay=decay)
        rates = [group["lr"] for group in groups]
        steps = rounds * math.ceil(size / BATCH)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(self._optimizer, rates, steps, pct_start=_CLIMB)

    def take(self, loss: Tensor) -> None:
        """Learn from the loss of a batch."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
        clip_grad_norm_(self._parameters, _STEEPEST)
        self._optimizer.step()
        self._schedule.step()


def deal(lengths: Sequence[int], chance: random.Random, like: int) -> list[list[int]]:
    """Return batches of lessons of like length, as numbers, in any order; `like` is how far lengths may be mixed."""
    order = sorted(range(len(lengths)), key=lambda number: lengths[number] + chance.random() * like)
    batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    return batches
