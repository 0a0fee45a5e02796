"""Says as numbers what the grammar knows of each word of a sentence: what the head for names sees beside vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from ...extract.chunks import Chunk, Reading, Reference
from ...extract.gazetteer import Gazetteer
from ...extract.vocabulary import Vocabulary
from ...extract.words import Word
from ...pipeline import Reader

MARKS = 4096
_CACHED = 100_000
_LONGEST = 8

Marks = tuple[int, ...]


class WordMarker:
    """Marks words: in which mention they stand, in which lists, how they are spelt, what they are elsewhere."""

    def __init__(self, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._spellings: dict[str, Marks] = {}

    @classmethod
    def of(cls, reader: Reader) -> WordMarker:
        """Return the marker that knows what a reader knows."""
        return cls(reader.vocabulary, reader.gazetteer)

    def is_plain(self, word: Word) -> bool:
        """Tell whether a word is a mark, a number, or of the language, adjectives of nationality among them."""
        if word.is_mark or word.is_number or self._vocabulary.is_common(word):
            return True
        return any(self._gazetteer.nationality(cut.key) is not None for cut in word.cuts)

    def mark(self, readings: Sequence[Reading]) -> list[list[Marks]]:
        """Return for the sentences of a document, word by word, the numbers of what is true of each."""
        elsewhere = _elsewhere(readings)
        return [self._sentence(reading, elsewhere) for reading in readings]

    def _sentence(self, reading: Reading, elsewhere: dict[str, str]) -> list[Marks]:
        words = reading.words
        names: list[list[str]] = [[] for _ in words]
        for chunk in reading.chunks:
            _mark_chunk(names, chunk, "in")
        for position, kinds, end in self._known(words):
            for index in range(position, end):
                names[index].append(f"list {'b' if index == position else 'i'} {kinds}")
        return [
            (*self._spelling(word), *_numbers((*marks, f"else {elsewhere.get(word.key, '')}")))
            for word, marks in zip(words, names, strict=True)
        ]

    def _known(self, words: tuple[Word, ...]) -> Iterator[tuple[int, str, int]]:
        for position, word in enumerate(words):
            for cut in word.cuts:
                if not self._gazetteer.may_start(cut.key):
                    continue
                match = self._gazetteer.match(words, position, cut.key)
                if match is not None:
                    yield position, " ".join(sorted({entity.kind for entity in match.entities})), match.end
                    break

    def _spelling(self, word: Word) -> Marks:
        """Return what a word is by itself; words come again, so it is remembered."""
        known = self._spellings.get(word.norm)
        if known is None:
            if len(self._spellings) >= _CACHED:
                self._spellings.clear()
            known = self._spellings[word.norm] = self._spell(word)
        return known

    def _spell(self, word: Word) -> Marks:
        vocabulary, norm, key = self._vocabulary, word.norm, word.key
        names = [f"norm {norm}" if word.is_mark else f"length {min(len(key), _LONGEST)}"]
        tests = {
            "mark": word.is_mark,
            "number": word.is_number,
            "latin": word.is_latin,
            "article": word.bears_article,
            "function": norm in vocabulary.function,
            "common": vocabulary.is_common(word),
            "title": vocabulary.is_title(key),
            "verb": vocabulary.is_verb(key),
            "like a verb": vocabulary.looks_like_verb(word),
            "calendar": key in vocabulary.calendar,
            "nation": self._gazetteer.nationality(key) is not None,
            "ambiguous": key in vocabulary.ambiguous,
            "kin": key in vocabulary.kin,
        }
        names += [name for name, holds in tests.items() if holds]
        for cut in word.cuts:
            for name, listed in (("given", vocabulary.given), ("family", vocabulary.family)):
                if cut.key in listed:
                    names.append(f"{name} {cut.conjunction != ''} {cut.preposition != ''}")
        names += [f"begins {key[:size]}" for size in (2, 3)] + [f"ends {key[-size:]}" for size in (2, 3)]
        return _numbers(names)


def _mark_chunk(names: list[list[str]], chunk: Chunk, role: str) -> None:
    """Mark the words of a mention and of the mentions within it."""
    clitic = bool(chunk.cut and chunk.cut.offset)
    sort = f"{role} {chunk.kind} {chunk.reference}"
    for index in range(chunk.start, min(chunk.end, len(names))):
        place = "b" if index == chunk.start else "i"
        names[index] += [f"{sort} {place}", f"{role} {place} known {bool(chunk.known)} {chunk.confidence}"]
        if index == chunk.end - 1:
            names[index].append(f"{sort} last")
        if chunk.name_start >= 0:
            named = "before" if index < chunk.name_start else "b" if index == chunk.name_start else "i"
            names[index].append(f"{role} person {named}")
    if role == "in":
        names[chunk.start].append(f"clitic {clitic} {chunk.reader}")
        if chunk.start:
            names[chunk.start - 1].append(f"before {chunk.kind} {chunk.reference}")
        if chunk.end < len(names):
            names[chunk.end].append(f"after {chunk.kind} {chunk.reference}")
        for office in chunk.offices:
            for part in (office.target, office.party):
                if part is not None:
                    _mark_chunk(names, part, "within")
        for parent in chunk.parents:
            if isinstance(parent, Chunk):
                _mark_chunk(names, parent, "of")


def _elsewhere(readings: Sequence[Reading]) -> dict[str, str]:
    """Return for the words that stand in names somewhere in a document the kind that they mostly stand in."""
    kinds: dict[str, Counter[str]] = {}
    for reading in readings:
        for chunk in reading.chunks:
            if chunk.reference is Reference.NAME:
                for word in reading.words[max(chunk.start, chunk.name_start) : chunk.end]:
                    kinds.setdefault(word.key, Counter())[chunk.kind] += 1
    return {key: count.most_common(1)[0][0] for key, count in kinds.items()}


def _numbers(names: Sequence[str]) -> Marks:
    """Return a number for each name, the same on every machine; two names may share one."""
    return tuple([_number(name) for name in names])


@lru_cache(maxsize=_CACHED)
def _number(name: str) -> int:
    return crc32(name.encode()) % MARKS
