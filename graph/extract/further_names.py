"""What finders of names beside the grammar have in common: they add chunks to Readings that the grammar has made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import EntityKind, Sentence
from .chunks import Chunk, Reading, own
from .mentions import Mentions
from .vocabulary import Vocabulary
from .words import Cut, Word, surface


@dataclass(frozen=True, slots=True)
class FurtherMentions(ABC):
    """What a Reader takes for its mentions: those of the grammar's `finder`, and what a subclass finds beside them."""

    finder: Mentions
    vocabulary: Vocabulary

    @property
    def membership(self) -> frozenset[str]:
        """The nouns of the language that say who is a member of what."""
        return self.finder.membership

    @abstractmethod
    def read_all(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """Return the words and chunks of the sentences of a document."""

    def join(self, reading: Reading) -> None:
        """Join what belongs together, as the grammar does."""
        self.finder.join(reading)

    def says_something(self, words: Sequence[Word]) -> bool:
        """Tell whether there is more to a name than marks, numbers and words of closed classes."""
        return any(
            not (word.is_mark or word.is_number or self.vocabulary.is_function(word.norm)) and len(word.key) > 1
            for word in words
        )


def name_chunk(
    reading: Reading, start: int, end: int, kind: EntityKind, cut: Cut, *, confidence: float, reader: str
) -> Chunk:
    """Return the chunk of a name at words start..end that some `reader` has found."""
    text = surface(reading.sentence, reading.words, start, end, cut)
    first = start if kind is EntityKind.PERSON else -1
    return Chunk(start, end, kind, text, cut, name_start=first, confidence=confidence, reader=reader)


def set_chunks(reading: Reading, chunks: Iterable[Chunk]) -> None:
    """Give a sentence other chunks, of which none overlap."""
    reading.chunks = sorted(chunks, key=lambda chunk: chunk.start)
    reading.owner = own(reading.chunks, len(reading.words))
