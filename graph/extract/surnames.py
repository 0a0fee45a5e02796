"""Adds the mentions that only the rest of a document explains: the surname of somebody named in full elsewhere."""

from __future__ import annotations

from ..model import EntityKind
from .chunks import Chunk, Reading, Reference, own
from .vocabulary import Vocabulary
from .words import surface

_SHORTEST = 3


def add_surnames(readings: list[Reading], vocabulary: Vocabulary) -> None:
    """Add a chunk for each lone surname, over the whole document; readings are changed in place."""
    surnames = _surnames(readings, vocabulary)
    if not surnames:
        return
    for reading in readings:
        added = False
        for index, word in enumerate(reading.words):
            if reading.owner[index] >= 0 or word.is_mark or word.norm in vocabulary.function:
                continue
            for cut in word.cuts:
                if cut.key in surnames:
                    name = surface(reading.sentence, reading.words, index, index + 1, cut)
                    reading.chunks.append(Chunk(index, index + 1, EntityKind.PERSON, name, cut, name_start=index))
                    added = True
                    break
        if added:
            reading.chunks.sort(key=lambda chunk: chunk.start)
            reading.owner = own(reading.chunks, len(reading.words))


def _surnames(readings: list[Reading], vocabulary: Vocabulary) -> frozenset[str]:
    found: set[str] = set()
    for reading in readings:
        for chunk in reading.chunks:
            if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.NAME or chunk.name_start < 0:
                continue
            words = reading.words[chunk.name_start : chunk.end]
            if len(words) < 2:
                continue
            last = words[-1]
            listed = vocabulary.is_name(last.key)
            if (
                len(last.key) >= _SHORTEST
                and last.norm not in vocabulary.function
                and (listed or not vocabulary.is_common(last))
            ):
                found.add(last.key)
    return frozenset(found)
