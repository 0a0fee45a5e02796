"""Adds the names that camel-tools finds to those that the grammar finds: sentences in, their Readings out.

What the grammar found stands; a name is added only where the grammar saw none of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...extract.chunks import Chunk, Reading
from ...extract.further_names import FurtherMentions, name_chunk, set_chunks
from ...extract.words import Cut, Word
from ...model import EntityKind, Sentence
from ...morphology.camel import Analysis
from ...morphology.disambiguation import Disambiguator
from .names import OUTSIDE, NameTagger

NAME = "camel"
_KINDS = {"PERS": EntityKind.PERSON, "LOC": EntityKind.PLACE, "ORG": EntityKind.ORGANIZATION}
_CONFIDENCE = 0.7

Span = tuple[int, int, EntityKind]


@dataclass(frozen=True, slots=True)
class CamelMentions(FurtherMentions):
    """What a Reader takes for its mentions: the grammar's `finder`, and the names of `tagger`.

    `morphology`, where it is installed, tells which letters before a name are clitics.
    """

    tagger: NameTagger
    morphology: Disambiguator | None

    def read_all(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return the words and chunks of the sentences of a document, which explain each other's clitics."""
        readings = self.finder.read_all(sentences)
        tags = self.tagger.tag([[word.token.text for word in reading.words] for reading in readings])
        whole = {word.key for reading in readings for word in reading.words}
        for reading, of_words in zip(readings, tags, strict=True):
            self._add(reading, of_words, whole)
        return readings

    def _add(self, reading: Reading, tags: Sequence[str], whole: set[str]) -> None:
        words = reading.words
        added = [
            self._chunk(reading, span, whole)
            for span in _spans(words, tags)
            if all(owner < 0 for owner in reading.owner[span[0] : span[1]])
            and self.says_something(words[span[0] : span[1]])
        ]
        if added:
            set_chunks(reading, [*reading.chunks, *added])

    def _chunk(self, reading: Reading, span: Span, whole: set[str]) -> Chunk:
        start, end, kind = span
        cut = self._cut(reading.words[start], whole)
        return name_chunk(reading, start, end, kind, cut, confidence=_CONFIDENCE, reader=NAME)

    def _cut(self, word: Word, whole: set[str]) -> Cut:
        """Return the reading of a name's first word: which of its letters are "and", "to" or "by"."""
        if len(word.cuts) == 1:
            return word.cuts[0]
        (analysis,) = self.morphology.choose([word.token.text]) if self.morphology is not None else (None,)
        if analysis is not None:
            return next((cut for cut in word.cuts if _fits(cut, analysis)), word.cuts[0])
        if self.vocabulary.is_name(word.key):
            return word.cuts[0]
        return next(
            (cut for cut in word.cuts[1:] if self.vocabulary.is_name(cut.key) or cut.key in whole), word.cuts[0]
        )


def _fits(cut: Cut, analysis: Analysis) -> bool:
    conjoined = any(tag.endswith("_conj") for tag in analysis.clitics)
    governed = any(tag.endswith("_prep") for tag in analysis.clitics)
    return bool(cut.conjunction) == conjoined and bool(cut.preposition) == governed


def _spans(words: Sequence[Word], tags: Sequence[str]) -> Iterator[Span]:
    """Yield the first word, the word after the last, and the kind of each name, without marks at its ends."""
    start, kind = -1, ""
    for index, tag in enumerate([*tags, OUTSIDE]):
        if start >= 0 and tag != f"I-{kind}":
            if kind in _KINDS:
                yield from _bare(words, start, index, _KINDS[kind])
            start = -1
        if start < 0 and tag != OUTSIDE:
            start, kind = index, tag.partition("-")[2]


def _bare(words: Sequence[Word], start: int, end: int, kind: EntityKind) -> Iterator[Span]:
    while start < end and words[start].is_mark:
        start += 1
    while end > start and words[end - 1].is_mark:
        end -= 1
    if end > start:
        yield start, end, kind
