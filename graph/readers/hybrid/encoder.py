"""The network that gives each piece of a text a vector: multilingual-e5-small, a BERT of 12 layers, in torch.

The 4-bit vectors of words stay packed on disk and are unpacked as they are met; the layers are unpacked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .base_file import BaseFile, Shape, unpack

# For each number of pieces that a linear step ever sees, torch keeps a program of its own, and gives little of it back:
# so texts are run together up to so many pieces, filled up to a multiple of a step.
TOGETHER = 512
STEP = 64


class Layer(nn.Module):
    """Attention among the pieces of a text, then a step for each piece alone."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.after_attention = nn.LayerNorm(shape.width, shape.epsilon)
        self.wide = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.after_step = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, states: Tensor, lengths: Sequence[int]) -> Tensor:
        """Return new states of texts that stand one behind the other, each so many pieces long."""
        width = states.shape[-1]
        parts = self.query_key_value(states).view(-1, 3, self.heads, width // self.heads)
        seen = torch.cat([self._attend(part) for part in torch.split(parts, list(lengths))])
        states = self.after_attention(states + self.out(seen))
        stepped: Tensor = self.after_step(states + self.narrow(functional.gelu(self.wide(states))))
        return stepped

    def _attend(self, parts: Tensor) -> Tensor:
        query, key, value = parts.permute(1, 2, 0, 3)[:, None].unbind(0)
        seen = functional.scaled_dot_product_attention(query, key, value)
        return seen[0].transpose(0, 1).flatten(1)


class Encoder(nn.Module):
    """Vectors of pieces, then layers; `words` looks the vectors up, `forward` runs some of the layers."""

    def __init__(self, base: BaseFile, *, layers: int | None = None) -> None:
        super().__init__()
        shape = base.shape
        self.shape = shape
        self._words = base.blocks("emb.word", shape.width)
        self.places = nn.Parameter(_tensor(base.plain("emb.pos")).view(-1, shape.width), requires_grad=False)
        kind = _tensor(base.plain("emb.type")).view(-1, shape.width)[0]
        self.places.data += kind
        self.first = nn.LayerNorm(shape.width, shape.epsilon)
        _fill(self.first.weight, base.plain("emb.ln.w"))
        _fill(self.first.bias, base.plain("emb.ln.b"))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(layers or shape.layers))
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            _fill_layer(layer, base, f"l{number}.")
        self.requires_grad_(False)

    def words(self, numbers: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Return the first states of texts given as numbers of pieces, padded to one length, and their mask."""
        length = max(map(len, numbers))
        mask = torch.zeros(len(numbers), length, dtype=torch.bool)
        states = torch.zeros(len(numbers), length, self.shape.width)
        for row, text in enumerate(numbers):
            mask[row, : len(text)] = True
            states[row, : len(text)] = torch.from_numpy(unpack(self._words[np.asarray(text)]))
        placed: Tensor = self.first(states.to(self.places.dtype) + self.places[:length])
        return placed, mask

    def forward(self, states: Tensor, mask: Tensor, start: int = 0, end: int | None = None) -> Tensor:
        """Return the states after the layers from `start` to `end`; `mask` is true where there is a piece."""
        # Texts are laid end to end: what fills short ones up to the longest would be half of all the counting.
        lengths: list[int] = mask.sum(1).tolist()
        texts = list(torch.split(states[mask], lengths))
        done = [text for part in _parts(lengths) for text in self._run(texts[part], start, end)]
        return nn.utils.rnn.pad_sequence(done, batch_first=True)

    def _run(self, texts: Sequence[Tensor], start: int, end: int | None) -> list[Tensor]:
        filler = -sum(map(len, texts)) % STEP
        packed = functional.pad(torch.cat(list(texts)), (0, 0, 0, filler))
        lengths = [*map(len, texts), filler]
        for layer in self.layers[start:end]:
            packed = layer(packed, lengths)
        return list(torch.split(packed, lengths))[:-1]


def _parts(lengths: Sequence[int]) -> Iterator[slice]:
    """Yield which texts are run together: as many as have no more than TOGETHER pieces."""
    first = pieces = 0
    for number, length in enumerate(lengths):
        if pieces and pieces + length > TOGETHER:
            yield slice(first, number)
            first, pieces = number, 0
        pieces += length
    yield slice(first, len(lengths))


def _tensor(numbers: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(numbers))


def _fill(parameter: Tensor, numbers: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    with torch.no_grad():
        parameter.copy_(_tensor(numbers).view(parameter.shape))


def _fill_layer(layer: Layer, base: BaseFile, name: str) -> None:
    width, inner = base.shape.width, base.shape.inner
    heads = ("q", "k", "v")
    _fill(layer.query_key_value.weight, np.concatenate([base.unpacked(f"{name}{head}.w", width) for head in heads]))
    _fill(layer.query_key_value.bias, np.concatenate([base.plain(f"{name}{head}.b") for head in heads]))
    for linear, key, columns in ((layer.out, "ao", width), (layer.wide, "fi", width), (layer.narrow, "fo", inner)):
        _fill(linear.weight, base.unpacked(f"{name}{key}.w", columns))
        _fill(linear.bias, base.plain(f"{name}{key}.b"))
    for norm, key in ((layer.after_attention, "aln"), (layer.after_step, "oln")):
        _fill(norm.weight, base.plain(f"{name}{key}.w"))
        _fill(norm.bias, base.plain(f"{name}{key}.b"))
