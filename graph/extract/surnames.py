"""Adds the mentions that only the rest of a document explains: the surname of somebody named in full elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import EntityKind
from .chunks import Chunk, Reading, Reference, own
from .vocabulary import Vocabulary
from .words import Word, surface

_SHORTEST = 3


def add_surnames(readings: list[Reading], vocabulary: Vocabulary) -> None:
    """Add a chunk for each lone surname, over the whole document; readings are changed in place."""
    surnames = _surnames(readings, vocabulary)
    if not surnames:
        return
    _trim_first_words(readings, vocabulary)
    for reading in readings:
        added = False
        for index, word in enumerate(reading.words):
            if reading.owner[index] >= 0 or word.is_mark or word.norm in vocabulary.function:
                continue
            for cut in word.cuts:
                if cut.key in surnames:
                    name = surface(reading.sentence, reading.words, index, index + 1, cut)
                    of = surnames[cut.key]
                    chunk = Chunk(index, index + 1, EntityKind.PERSON, name, cut, name_start=index, reader=of)
                    reading.chunks.append(chunk)
                    added = True
                    break
        if added:
            reading.chunks.sort(key=lambda chunk: chunk.start)
            reading.owner = own(reading.chunks, len(reading.words))


def _surnames(readings: list[Reading], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the surnames of a document, each with the first reader that found somebody of the name."""
    found: dict[str, str] = {}
    for chunk, words in _full_names(readings):
        last = words[-1]
        listed = vocabulary.is_name(last.key)
        if (
            len(last.key) >= _SHORTEST
            and last.norm not in vocabulary.function
            and (listed or not vocabulary.is_common(last))
        ):
            found.setdefault(last.key, chunk.reader)
    return found


def _trim_first_words(readings: list[Reading], vocabulary: Vocabulary) -> None:
    """Take a word of the language off before the surname of somebody else: "blamed X" is no given name and X."""
    sure: set[str] = set()
    doubtful: list[tuple[Reading, Chunk]] = []
    for reading in readings:
        for chunk, words in _full_names([reading]):
            untitled = chunk.name_start == chunk.start and len(words) == 2 and not chunk.offices
            if untitled and not chunk.known and vocabulary.is_common(words[0]):
                doubtful.append((reading, chunk))
            else:
                sure.add(words[-1].key)
    for reading, chunk in doubtful:
        last = reading.words[chunk.end - 1]
        if last.key in sure:
            reading.owner[chunk.start] = -1
            chunk.start = chunk.name_start = chunk.end - 1
            chunk.name = surface(reading.sentence, reading.words, chunk.start, chunk.end, last.cuts[0])
            chunk.cut, chunk.aliases = last.cuts[0], []


def _full_names(readings: list[Reading]) -> Iterator[tuple[Chunk, tuple[Word, ...]]]:
    """Yield each chunk that gives two words or more of a person's name, and these words."""
    for reading in readings:
        for chunk in reading.chunks:
            if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.NAME or chunk.name_start < 0:
                continue
            words = reading.words[chunk.name_start : chunk.end]
            if len(words) >= 2:
                yield chunk, words
