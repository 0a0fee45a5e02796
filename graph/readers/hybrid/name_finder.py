"""Finds names by the grammar and the learned head together: sentences in, their Readings out.

Names that the head is sure of and the grammar did not see are added; unlisted names of the grammar that the head is
sure are none are taken out. What the encoder made of a sentence stays with its Reading, for the judge to go on with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ...extract.chunks import Chunk, Reading, Reference, own
from ...extract.further_names import FurtherMentions, name_chunk, set_chunks
from ...extract.vocabulary import Vocabulary
from ...extract.words import Cut, Word
from ...model import EntityKind, Sentence
from .base_file import BaseFile
from .encoder import Encoder
from .name_marks import WordMarker
from .names import OUTSIDE, LearnedNames, NameSample, Spotted, spot
from .pieces import Cutting, SentenceCutter

HYBRID = "hybrid"
_TOGETHER = 32

_Key = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder has made of a sentence: its states after so many layers, and how it was cut into pieces."""

    states: Tensor
    layer: int
    cutting: Cutting

    @property
    def places(self) -> Tensor:
        """Where each word stands among the pieces."""
        return torch.tensor(self.cutting.places).view(-1, 2)


class SentenceEncoder:
    """Runs the lower layers of the encoder over sentences, a batch at a time.

    What it made of sentences is remembered, as long as those that came last have no more than `kept` pieces.
    """

    def __init__(self, encoder: Encoder, base: BaseFile, *, kept: int = 0) -> None:
        self._encoder = encoder
        self._cutter = SentenceCutter(base.vocabulary, base.shape.places)
        self._kept = kept
        self._known: dict[_Key, Tensor] = {}
        self._pieces = 0

    def encode(self, readings: Sequence[Reading], layer: int) -> list[Encoded]:
        """Return what the encoder makes of each sentence in so many layers."""
        cuttings = [self._cutter.cut(reading) for reading in readings]
        found: dict[_Key, Tensor] = {}
        for key in ((layer, each.numbers) for each in cuttings):
            if (states := self._known.pop(key, None)) is not None:
                found[key] = self._known[key] = states
        # Those of like length together: short ones are filled up to the longest.
        new = sorted({(layer, each.numbers) for each in cuttings} - found.keys(), key=lambda key: (len(key[1]), key[1]))
        for start in range(0, len(new), _TOGETHER):
            batch = new[start : start + _TOGETHER]
            states = self._encoder(*self._encoder.words([numbers for _, numbers in batch]), 0, layer)
            for key, row in zip(batch, states, strict=True):
                found[key] = row[: len(key[1])].clone()
                self._remember(key, found[key])
        return [Encoded(found[layer, each.numbers], layer, each) for each in cuttings]

    def _remember(self, key: _Key, states: Tensor) -> None:
        if not self._kept:
            return
        self._known[key] = states
        self._pieces += len(key[1])
        while self._pieces > self._kept:
            first = next(iter(self._known))
            del self._known[first]
            self._pieces -= len(first[1])


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document, and those that stand in names of people."""

    all: frozenset[str]
    of_people: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameFinder(FurtherMentions):
    """What a Reader takes for its mentions: those of the grammar's `finder`, mended by what the head says."""

    marker: WordMarker
    encoder: SentenceEncoder
    learned: LearnedNames

    def read_all(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return the words and chunks of the sentences of a document."""
        readings = self.finder.read_all(sentences)
        document = _words(readings)
        for reading, likely in zip(readings, self.judge(readings), strict=True):
            self._mend(reading, likely, document)
        return readings

    def judge(self, readings: Sequence[Reading]) -> list[list[list[float]]]:
        """Return for each word of each sentence how likely each tag is; the readings keep what the encoder made."""
        marks = self.marker.mark(readings)
        asked = [number for number, reading in enumerate(readings) if reading.words]
        likely: list[list[list[float]]] = [[] for _ in readings]
        layer = self.learned.head.design.layer
        with torch.inference_mode():
            encoded = self.encoder.encode([readings[number] for number in asked], layer)
            for start in range(0, len(asked), _TOGETHER):
                batch = range(start, min(start + _TOGETHER, len(asked)))
                states = [encoded[each].states for each in batch]
                samples = [NameSample(encoded[each].places, tuple(marks[asked[each]])) for each in batch]
                rows = self.learned.head.probabilities(*self.learned.head(states, samples)).tolist()
                for each, row in zip(batch, rows, strict=True):
                    reading = readings[asked[each]]
                    reading.kept = encoded[each]
                    likely[asked[each]] = row[: len(reading.words)]
        return likely

    def _mend(self, reading: Reading, likely: Sequence[Sequence[float]], document: _Words) -> None:
        kept = [chunk for chunk in reading.chunks if not self._is_none(chunk, likely)]
        owner = own(kept, len(reading.words))
        kinds = self.learned.head.design.kinds
        added = [
            self._chunk(reading, name, document.all)
            for name in spot(likely, kinds)
            if name.sure >= self.learned.bounds.add[kinds.index(name.kind)]
            and all(each < 0 for each in owner[name.start : name.end])
            and self._is_name(reading.words[name.start : name.end], name.kind, document)
        ]
        if added or len(kept) < len(reading.chunks):
            set_chunks(reading, [*kept, *added])

    def _is_none(self, chunk: Chunk, likely: Sequence[Sequence[float]]) -> bool:
        """Tell whether an unlisted name is sure to be none."""
        if chunk.known or chunk.country or chunk.reference is not Reference.NAME or chunk.offices:
            return False
        if chunk.kind not in self.learned.head.design.kinds:
            return False
        return all(row[OUTSIDE] >= self.learned.bounds.drop for row in likely[chunk.start : chunk.end])

    def _is_name(self, words: Sequence[Word], kind: str, document: _Words) -> bool:
        """Tell whether there is more to a name than marks, numbers and words of closed classes.

        Words of the language alone make no name of a person or place; a word of somebody's name elsewhere is linked.
        """
        if kind != EntityKind.ORGANIZATION and all(map(self.marker.is_plain, words)):
            return False
        if len(words) == 1 and kind == EntityKind.PERSON and words[0].key in document.of_people:
            return False
        return self.says_something(words)

    def _chunk(self, reading: Reading, name: Spotted, whole: frozenset[str]) -> Chunk:
        start, end = _bare(reading.words, name)
        cut, kind = self._cut(reading.words[start], whole), EntityKind(name.kind)
        return name_chunk(reading, start, end, kind, cut, confidence=round(name.sure, 2), reader=HYBRID)

    def _cut(self, word: Word, whole: frozenset[str]) -> Cut:
        """Return the reading of a name's first word: which of its letters are "and", "to" or "by"."""
        if len(word.cuts) == 1 or self.vocabulary.is_name(word.key):
            return word.cuts[0]
        cuts = word.cuts[1:]
        return next(_vouched(cuts, self.vocabulary, whole), word.cuts[0])


def _words(readings: Sequence[Reading]) -> _Words:
    every = frozenset(word.key for reading in readings for word in reading.words)
    of_people = frozenset(
        word.key
        for reading in readings
        for chunk in reading.chunks
        if chunk.kind is EntityKind.PERSON and chunk.name_start >= 0
        for word in reading.words[chunk.name_start : chunk.end]
    )
    return _Words(every, of_people)


def _vouched(cuts: Sequence[Cut], vocabulary: Vocabulary, whole: frozenset[str]) -> Iterator[Cut]:
    """Yield the cuts for which something speaks: an article, a list, the same word elsewhere in the document."""
    yield from (cut for cut in cuts if cut.definite)
    yield from (cut for cut in cuts if vocabulary.is_name(cut.key) or vocabulary.is_noun(cut.key) or cut.key in whole)


def _bare(words: Sequence[Word], name: Spotted) -> tuple[int, int]:
    """Return where a name starts and ends without marks at its ends."""
    start, end = name.start, name.end
    while start < end - 1 and words[start].is_mark:
        start += 1
    while end > start + 1 and words[end - 1].is_mark:
        end -= 1
    return start, end
