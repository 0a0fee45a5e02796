"""Tells which bands of sketches no document has had so far: asking a store for each took a tenth of storing documents.

A Bloom filter of fixed size. It may take a new band for one that was met, never one that was met for new.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .sketch import Numbers, Sketch

# 8 MB: at 100,000 documents one band in fifty is asked for in vain, at a million each.
_BITS = np.uint64(1 << 26)
_FACTORS = np.array([[0x9E3779B97F4A7C15], [0xC2B2AE3D27D4EB4F]], np.uint64)
_SHIFT = np.uint64(64 - 26)


class BandFilter:
    """The bands of the documents of one store, of which all have to be noted."""

    def __init__(self) -> None:
        self._met = np.zeros(int(_BITS) // 8, np.uint8)

    def add(self, sketch: Sketch) -> None:
        """Note the bands of a document."""
        places = self._places(sketch)
        np.bitwise_or.at(self._met, places >> np.uint64(3), _bits(places))

    def find_met(self, sketch: Sketch) -> list[str]:
        """Return the bands of a sketch that a document may have had."""
        places = self._places(sketch)
        met = ((self._met[places >> np.uint64(3)] & _bits(places)) != 0).all(axis=0)
        return [band for band, is_met in zip(sketch.bands(), met, strict=True) if is_met] if met.any() else []

    def _places(self, sketch: Sketch) -> Numbers:
        # Arithmetic of 64 bits wraps around; the high bits of the product are well mixed.
        return (sketch.band_numbers()[None, :] * _FACTORS) >> _SHIFT


def _bits(places: Numbers) -> npt.NDArray[np.uint8]:
    return np.left_shift(1, (places & np.uint64(7)).astype(np.uint8)).astype(np.uint8)
