"""Text -> a sketch of it: MinHash over folded word shingles, by which copies of one text are found among millions.

Texts that share a share of their shingles share about as many minima. A sketch falls into bands, and texts of which no
band is the same need not be compared. What is compared are texts alone: headlines are written anew by every outlet.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .fold import loosen_text

SHINGLE_WORDS = 3
ROWS = 3
BANDS = 48
MINIMA = ROWS * BANDS
# Measured by benchmarks/duplicates.py: different articles on one subject stay below, copies that are cut to half or of
# which three words in ten are written anew stay above.
LEAST_LIKENESS = 0.2
# A text that is printed every day with other numbers is another report every day.
LEAST_SHARED_FIGURES = 0.5
_WORD = re.compile(r"\w+")
_AT_ONCE = 4096
_CHANCE = 1 / 256
Numbers = npt.NDArray[np.uint64]
_PLACES = np.arange(BANDS, dtype=np.uint64)
_WEIGHTS = np.array([1 << 16, 1 << 8, 1], np.uint64)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The low byte of each minimum, and the numbers that a text names."""

    minima: bytes
    figures: frozenset[str]

    def bands(self) -> tuple[str, ...]:
        """Return the bands, each with its number: only texts that have one in common can be copies."""
        digits = self.minima.hex()
        return tuple([f"{number:02}-{digits[number * 2 * ROWS :][: 2 * ROWS]}" for number in range(BANDS)])

    def band_numbers(self) -> Numbers:
        """Return the bands as numbers, each another than those of the bands beside it."""
        rows = np.frombuffer(self.minima, np.uint8).reshape(BANDS, ROWS).astype(np.uint64)
        numbers: Numbers = rows @ _WEIGHTS + (_PLACES << np.uint64(24))
        return numbers

    def likeness(self, other: Sketch) -> float:
        """Return an estimate of how many of all their shingles two texts share, from 0 to 1."""
        equal = sum(one == two for one, two in zip(self.minima, other.minima, strict=True)) / MINIMA
        return max(0.0, (equal - _CHANCE) / (1 - _CHANCE))

    def tells_other_figures(self, other: Sketch) -> bool:
        """Say whether both texts name numbers, and mostly different ones."""
        fewer = min(len(self.figures), len(other.figures))
        return len(self.figures & other.figures) < fewer * LEAST_SHARED_FIGURES

    def write(self) -> str:
        """Return the sketch as a text that `read_sketch` reads."""
        return f"{base64.b64encode(self.minima).decode()} {' '.join(sorted(self.figures))}".strip()


def sketch_text(text: str) -> Sketch | None:
    """Return the sketch of a text, or None where it has no words."""
    words = _WORD.findall(loosen_text(text).lower())
    if not words:
        return None
    written = [word.encode() for word in words]
    runs = zip(*(written[start:] for start in range(SHINGLE_WORDS)), strict=False)
    shingles = set(map(zlib.crc32, map(b" ".join, runs if len(words) >= SHINGLE_WORDS else [written])))
    figures = frozenset(str(int(word)) for word in words if word.isdecimal() and len(word) < 16)
    return Sketch(_find_minima(np.fromiter(shingles, np.uint64, len(shingles))), figures)


def read_sketch(text: str) -> Sketch | None:
    """Return the sketch that `Sketch.write` has written, or None for any other text."""
    minima, _, figures = text.partition(" ")
    try:
        found = base64.b64decode(minima, validate=True)
    except (binascii.Error, ValueError):
        return None
    return Sketch(found, frozenset(figures.split())) if len(found) == MINIMA else None


def _find_minima(shingles: Numbers) -> bytes:
    factors, addends = _hashes()
    minima = np.full(MINIMA, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(shingles), _AT_ONCE):
        some = shingles[start : start + _AT_ONCE]
        # Arithmetic of 64 bits wraps around; the high half of the product is well mixed.
        # Of the sum, the high half is larger where the sum is, so that it is cut out of the minima alone.
        hashed = factors[:, None] * some[None, :]
        hashed += addends[:, None]
        minima = np.minimum(minima, hashed.min(axis=1))
    return ((minima >> np.uint64(32)) & np.uint64(0xFF)).astype(np.uint8).tobytes()


@lru_cache(maxsize=1)
def _hashes() -> tuple[Numbers, Numbers]:
    """Return odd factors and addends, the same on every machine and in every version of a library."""
    digests = [hashlib.blake2b(f"minhash {number}".encode(), digest_size=16).digest() for number in range(MINIMA)]
    factors = [int.from_bytes(digest[:8], "big") | 1 for digest in digests]
    addends = [int.from_bytes(digest[8:], "big") for digest in digests]
    return np.array(factors, np.uint64), np.array(addends, np.uint64)
