"""Finds people whose names stand in no list by what stands around them: a verb of saying, an office, "called"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model import EntityKind, Sentence
from .chunks import Chunk, Reference, own
from .gazetteer import Gazetteer
from .names import NameGrammar
from .vocabulary import Vocabulary
from .words import PAUSES, Word, surface

_FEWEST, _MOST = 2, 4
_CACHED = 20_000
_BREAKS = (*PAUSES, "(", ":")


class UnlistedNames:
    """Reads "said X Y, ...", "X Y, director of Z" and "who is called X Y" where X and Y are no words of the language.

    `says` tells verbs of saying; behind a word of `naming` stands a name, and before `ages` and words for `aged`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        names: NameGrammar,
        says: Callable[[str], bool],
        naming: frozenset[str],
        ages: frozenset[str],
        aged: frozenset[str],
    ) -> None:
        self._ages = ages
        self._aged = aged
        self._says = says
        self._naming = naming
        self._vocabulary = vocabulary
        self._that = vocabulary.morphemes.that
        self._gazetteer = gazetteer
        self._closing = frozenset({*_BREAKS, *aged})
        # Whether a name may stand behind a word, by its letters.
        self._leading: dict[str, bool] = {}
        self._names = names

    def add(self, sentence: Sentence, words: tuple[Word, ...], chunks: list[Chunk]) -> list[Chunk]:
        """Return the chunks of a sentence with the people added that no grammar of names could find."""
        owner = own(chunks, len(words))
        spans = {*self._before_offices(words, chunks, owner), *self._before_that(words, owner)}
        spans |= set(self._before_ages(words, owner))
        taken = {index for start, end in spans for index in range(start, end)}
        spans |= {span for span in self._behind_words(words, owner) if taken.isdisjoint(range(*span))}
        added = []
        for start, end in spans:
            name = surface(sentence, words, start, end, None)
            added.append(Chunk(start, end, EntityKind.PERSON, name, name_start=start, confidence=0.7))
        return sorted([*chunks, *added], key=lambda chunk: chunk.start) if added else chunks

    def _before_offices(
        self, words: tuple[Word, ...], chunks: list[Chunk], owner: list[int]
    ) -> Iterator[tuple[int, int]]:
        for chunk in chunks:
            if chunk.kind is not EntityKind.PERSON or chunk.reference is not Reference.OFFICE or chunk.plural:
                continue
            paused = chunk.start > 0 and words[chunk.start - 1].norm in PAUSES
            placed = any(office.target is not None or office.country for office in chunk.offices)
            if (chunk.cut is not None and chunk.cut.offset) or not (paused or placed):
                continue
            end = chunk.start - paused
            start = self._start(words, owner, end)
            if start < end:
                yield start, end

    def _before_that(self, words: tuple[Word, ...], owner: list[int]) -> Iterator[tuple[int, int]]:
        """A listed name must vouch for the others here: unlisted witnesses speak, too."""
        for end, word in enumerate(words):
            if word.norm != self._that:
                continue
            start = self._start(words, owner, end)
            if start < end and any(self._vocabulary.is_name(word.key) for word in words[start:end]):
                yield start, end

    def _before_ages(self, words: tuple[Word, ...], owner: list[int]) -> Iterator[tuple[int, int]]:
        """Yield the names before "(65 years)" and before "aged"."""
        for end, word in enumerate(words):
            if word.norm not in self._closing:
                continue
            told = word.norm in _BREAKS and end + 2 < len(words) and words[end + 1].is_number
            if word.norm not in self._aged and not (told and words[end + 2].norm in self._ages):
                continue
            start = self._start(words, owner, end, introduced=False)
            if start < end:
                yield start, end

    def _behind_words(self, words: tuple[Word, ...], owner: list[int]) -> Iterator[tuple[int, int]]:
        """Yield the names behind verbs of saying and words of naming that a pause, "that" or a title ends."""
        says, naming, leading = self._says, self._naming, self._leading
        if len(leading) >= _CACHED:
            leading.clear()
        for index, word in enumerate(words[:-_FEWEST]):
            norm = word.norm
            leads = leading.get(norm)
            if leads is None:
                leads = leading[norm] = says(norm) or word.base in naming
            if not leads or owner[index] >= 0:
                continue
            start = end = index + 1
            while end < min(len(words), start + _MOST) and owner[end] < 0 and self._goes_on(words, start, end):
                end += 1
            listed = any(self._vocabulary.is_name(word.key) for word in words[start:end])
            if end - start >= _FEWEST and self._may_begin(words[start]) and self._is_ended(words, end, listed):
                yield start, end

    def _goes_on(self, words: tuple[Word, ...], start: int, index: int) -> bool:
        word, vocabulary = words[index], self._vocabulary
        if index > start and word.key in vocabulary.titles and vocabulary.is_noun(word.key):
            return False
        return self._may_name(words, index, len(words))

    def _is_ended(self, words: tuple[Word, ...], end: int, listed: bool) -> bool:
        """Tell whether a name may end before a word; an unlisted one ends before a pause."""
        if end >= len(words):
            return False
        if words[end].norm in _BREAKS:
            return True
        return listed and (words[end].norm in self._vocabulary.clausal or self._vocabulary.is_title(words[end].key))

    def _start(self, words: tuple[Word, ...], owner: list[int], end: int, *, introduced: bool = True) -> int:
        """Return where the name that ends at a word starts; `end` where none does."""
        start = end
        while start > 0 and end - start <= _MOST and owner[start - 1] < 0 and self._may_name(words, start - 1, end):
            start -= 1
        while start < end and not self._may_begin(words[start]):
            start += 1
        if not _FEWEST <= end - start <= _MOST or (introduced and not self._is_introduced(words, start)):
            return end
        return start

    def _may_name(self, words: tuple[Word, ...], index: int, end: int) -> bool:
        word, vocabulary = words[index], self._vocabulary
        if word.is_mark or word.is_number or word.is_latin or word.norm in vocabulary.function or len(word.key) < 2:
            return False
        if vocabulary.is_name(word.key) or word.key in vocabulary.particles:
            return word.key not in vocabulary.calendar
        if vocabulary.is_common(word) or vocabulary.looks_like_verb(word) or self._names.is_inflected(word):
            return False
        if self._gazetteer.nationality(word.key):
            return index == end - 1
        return self._gazetteer.match(words, index, word.key) is None and not self._names.is_joined(word)

    def _may_begin(self, word: Word) -> bool:
        return not (word.bears_article or self._gazetteer.nationality(word.key)) or word.key in self._vocabulary.given

    def _is_introduced(self, words: tuple[Word, ...], start: int) -> bool:
        """Tell whether a verb or "that" stands before a name."""
        if start == 0:
            return False
        before = words[start - 1]
        if before.norm == self._that:
            return True
        return any(not cut.preposition and self._vocabulary.is_verb(cut.key) for cut in before.cuts)
