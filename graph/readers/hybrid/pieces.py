"""Cuts a text into the pieces that the network knows: each with its number and its offsets into the text as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...extract.chunks import Reading
from .base_file import Vocabulary

_BLANK = "\u2581"
_CACHED = 200_000
_UNKNOWN_COST = 10.0
_RUN = re.compile(r"\S+")
NOWHERE = (0, 0)

Span = tuple[int, int]


class Piece(NamedTuple):
    """A piece of a word; `start`/`end` are characters of the text."""

    number: int
    start: int
    end: int


class PieceCutter:
    """Cuts words into their likeliest pieces; it remembers words, since most come again."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._numbers = {
            piece: number for number, piece in enumerate(vocabulary.pieces) if piece and number != vocabulary.unknown
        }
        self._scores = vocabulary.scores
        self._spelt = vocabulary.spelt
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_COST
        self._longest = max(map(len, self._numbers))
        self._cut = lru_cache(maxsize=_CACHED)(self._cut_word)

    def cut(self, text: str) -> list[Piece]:
        """Return the pieces of a text in order."""
        return [
            Piece(number, run.start() + start, run.start() + end)
            for run in _RUN.finditer(text)
            for number, start, end in self._cut(run.group())
        ]

    def _cut_word(self, word: str) -> tuple[Piece, ...]:
        """Return the pieces of what stands between two blanks, with offsets into it."""
        spelt = [(letter, at) for at, character in enumerate(word) for letter in self._spelt.get(character, character)]
        pieces: list[Piece] = []
        for start, end in _parts("".join(letter for letter, _ in spelt)):
            letters = _BLANK + "".join(letter for letter, _ in spelt[start:end])
            places = [spelt[start][1], *(at for _, at in spelt[start:end])]
            pieces += [
                Piece(number, places[one], places[other - 1] + 1) for number, one, other in self._likeliest(letters)
            ]
        return tuple(pieces)

    def _likeliest(self, letters: str) -> list[tuple[int, int, int]]:
        """Return the cut with the highest sum of scores: numbers of pieces with start and end."""
        length = len(letters)
        best = [0.0] + [float("-inf")] * length
        back: list[tuple[int, int]] = [(0, 0)] * (length + 1)
        for start in range(length):
            for end in range(start + 1, min(start + self._longest, length) + 1):
                number = self._numbers.get(letters[start:end])
                if number is not None and best[start] + self._scores[number] > best[end]:
                    best[end], back[end] = best[start] + self._scores[number], (number, start)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown_score, (self._unknown, start)
        found: list[tuple[int, int, int]] = []
        end = length
        while end > 0:
            number, start = back[end]
            found.append((number, start, end))
            end = start
        return found[::-1]


class Cutting(NamedTuple):
    """A sentence as numbers of pieces, its ends among them, and where each of its words stands there."""

    numbers: tuple[int, ...]
    places: list[Span]


class SentenceCutter:
    """Cuts sentences that were read; pieces after the `most` first, ends included, are cut off."""

    def __init__(self, vocabulary: Vocabulary, most: int) -> None:
        self._cutter = PieceCutter(vocabulary)
        self._begin, self._end = vocabulary.begin, vocabulary.end
        self._most = most - 2

    def cut(self, reading: Reading) -> Cutting:
        """Return a sentence in pieces."""
        sentence = reading.sentence
        pieces = self._cutter.cut(sentence.text)[: self._most]
        words = [(word.token.start - sentence.start, word.token.end - sentence.start) for word in reading.words]
        numbers = (self._begin, *(piece.number for piece in pieces), self._end)
        return Cutting(numbers, _place_words(words, pieces))


def _place_words(words: Sequence[Span], pieces: Sequence[Piece]) -> list[Span]:
    """Return where each word stands among the pieces, which begin at 1; what was cut off stands nowhere."""
    places: list[Span] = []
    first = 0
    for start, end in words:
        while first < len(pieces) and pieces[first].end <= start:
            first += 1
        last = first
        while last < len(pieces) and pieces[last].start < end:
            last += 1
        places.append((first + 1, max(last, first + 1) + 1) if first < len(pieces) else NOWHERE)
    return places


def _parts(spelt: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches without blanks: a character may be written as several with a blank among them."""
    for run in _RUN.finditer(spelt):
        yield run.start(), run.end()
