"""Makes lessons for the head for names: annotated articles in, sentences out with the tags that each word may have.

Annotations say what an article names and how, not where: every stretch of words that is a name or alias of an entity is
taken for one, the longest first. What gold calls optional may have any tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .evaluate import RecordEntity
from .extract.chunks import Reading
from .extract.gazetteer import name_keys
from .extract.words import Word
from .model import Document, EntityKind
from .pipeline import RELATED_LIST, Reader
from .readers.hybrid.name_finder import SentenceEncoder
from .readers.hybrid.name_marks import WordMarker
from .readers.hybrid.names import OUTSIDE, NameSample
from .text.sentences import split_sentences
from .training import Article

_OPTIONAL = ""
# Countries are places here: which of the two a name means is told by the lists, not by how it stands.
_TAUGHT_AS = {EntityKind.COUNTRY.value: EntityKind.PLACE.value}

# By the first word of a name: how the rest of it goes, and of what kind it is.
_Names = dict[str, dict[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True)
class NameLesson:
    """A sentence with what the encoder makes of it, and a row for each word of which tags it may have."""

    states: Tensor
    sample: NameSample
    may_be: Tensor


class NameLessonMaker:
    """Makes lessons of articles; `kinds` are what is told apart, after `layer` layers of the encoder."""

    def __init__(self, reader: Reader, encoder: SentenceEncoder, kinds: Sequence[str], layer: int) -> None:
        self._reader = reader
        self._encoder = encoder
        self._marker = WordMarker.of(reader)
        self._kinds = tuple(kinds)
        self._layer = layer
        self._gazetteer = reader.gazetteer
        self._article = reader.language.morphemes.article

    def make(self, article: Article) -> list[NameLesson]:
        """Return the lessons of an article."""
        document, record = article
        readings = self._read(document)
        names = self._names(record.entities)
        labels = [self._may_be(reading.words, names) for reading in readings]
        return self.teach(readings, labels)

    def teach(self, readings: Sequence[Reading], labels: Sequence[Tensor]) -> list[NameLesson]:
        """Return lessons of the sentences of a document whose tags are known."""
        with torch.no_grad():
            encoded = self._encoder.encode(readings, self._layer)
        return [
            NameLesson(each.states.clone(), NameSample(each.places, tuple(marks)), may_be)
            for each, marks, may_be in zip(encoded, self._marker.mark(readings), labels, strict=True)
        ]

    def tags(self, spans: Iterable[tuple[int, int, str]], words: int) -> Tensor:
        """Return which tags each word may have where names are known; a kind of _OPTIONAL may be any."""
        may_be = torch.zeros(words, 2 * len(self._kinds) + 1, dtype=torch.bool)
        may_be[:, OUTSIDE] = True
        for start, end, kind in spans:
            if kind == _OPTIONAL:
                may_be[start:end] = True
            elif kind in self._kinds:
                tag = 2 * self._kinds.index(kind) + 1
                may_be[start:end] = False
                may_be[start, tag] = True
                may_be[start + 1 : end, tag + 1] = True
        return may_be

    def _read(self, document: Document) -> list[Reading]:
        sentences = [s for s in split_sentences(document, self._reader.language) if s.segment < RELATED_LIST]
        return [reading for reading in self._reader.mentions.read_all(sentences) if reading.words]

    def _names(self, entities: Iterable[RecordEntity]) -> _Names:
        """Return what the entities that are told apart are called, by first words."""
        names: _Names = {}
        for entity in entities:
            kind = _TAUGHT_AS.get(entity.kind, entity.kind)
            if kind not in self._kinds:
                continue
            main = frozenset(name_keys(entity.written[0])) if entity.written else frozenset()
            for number, written in enumerate(entity.written):
                keys = name_keys(written)
                is_short = len(keys) == 1 or kind == EntityKind.PLACE
                # "The kingdom", "the American side": the rest of the article says whom these mean, not how they stand.
                if not keys or (number and is_short and all(map(self._is_plain, keys))):
                    continue
                stranger = number > 0 and len(keys) == 1 and keys[0] not in main
                doubtful = entity.optional or (stranger and keys[0].startswith(self._article))
                names.setdefault(keys[0], {})[keys[1:]] = _OPTIONAL if doubtful else kind
        return names

    def _is_plain(self, key: str) -> bool:
        """Tell whether a word is of the language: a noun, or an adjective of nationality."""
        return self._reader.vocabulary.is_noun(key) or self._gazetteer.nationality(key) is not None

    def _may_be(self, words: tuple[Word, ...], names: _Names) -> Tensor:
        return self.tags(_spans(words, names), len(words))


def _spans(words: tuple[Word, ...], names: _Names) -> Iterator[tuple[int, int, str]]:
    """Yield the names in a sentence, of several at one word the longest."""
    position = 0
    while position < len(words):
        found = [
            (end, kind)
            for cut in words[position].cuts
            for rest, kind in names.get(cut.key, {}).items()
            if (end := _end(words, position + 1, rest))
        ]
        if found and not words[position].is_mark:
            end, kind = max(found)
            yield position, end, kind
            position = end
        else:
            position += 1


def _end(words: tuple[Word, ...], position: int, rest: Sequence[str]) -> int:
    """Return where a name ends whose further words are given, marks between them left out; 0 if it is none."""
    for key in rest:
        while position < len(words) and words[position].is_mark:
            position += 1
        if position >= len(words) or words[position].key != key:
            return 0
        position += 1
    return position
