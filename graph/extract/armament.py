"""Finds arms by the name of their model in quotes: "the tanks 'X'", "a ballistic missile of the type 'X'"."""

from __future__ import annotations

from ..model import EntityKind
from ..text.fold import loosen
from .chunks import Chunk
from .gazetteer import Gazetteer
from .heads import Heads
from .vocabulary import Vocabulary
from .words import DOUBLE_CLOSING, DOUBLE_OPENING, Cut, Word

_NAME_WORDS = 5
_DESCRIBING = 3


class ArmamentGrammar:
    """Reads arms by their noun and the name of their model, whether the Gazetteer knows it or not."""

    def __init__(self, heads: Heads, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        morphemes = heads.morphemes
        self._heads = heads
        self._arms = frozenset(map(loosen, morphemes.armament))
        self._models = frozenset(map(loosen, morphemes.models))
        self._accusative, self._from = morphemes.accusative, morphemes.from_
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer

    def may_start(self, cut: Cut) -> bool:
        """Tell whether a word may be the noun of arms before the name of their model."""
        return cut.base in self._arms or cut.base.removesuffix(self._accusative) in self._arms

    def read(self, words: tuple[Word, ...], start: int, cut: Cut) -> Chunk | None:
        """Return the arms whose noun is words[start], up to the quote that closes the name of their model."""
        opening = self._opening(words, start + 1)
        closing = self._closing(words, opening) if opening else 0
        match = self._gazetteer.match(words, opening + 1, words[opening + 1].key) if closing else None
        known = tuple(match.entities) if match is not None else ()
        if not closing or any(entity.kind is not EntityKind.WEAPON for entity in known):
            return None
        if not known and self._says_how(words[opening + 1]):
            return None
        return Chunk(start, closing + 1, EntityKind.WEAPON, "", cut, known=known, name_start=opening + 1)

    def _opening(self, words: tuple[Word, ...], start: int) -> int:
        """Return where the quote opens behind adjectives and "of the type"; 0 where none does."""
        typed = False
        for index in range(start, min(start + _DESCRIBING + 2, len(words))):
            word = words[index]
            if word.norm[0] in DOUBLE_OPENING:
                return index
            if word.base in self._models:
                typed = True
                continue
            if typed or (word.norm != self._from and not self._describes(word)):
                return 0
        return 0

    def _describes(self, word: Word) -> bool:
        if word.is_mark or word.is_number or self._vocabulary.is_function(word.norm):
            return False
        if word.key in self._vocabulary.adjectives or self._gazetteer.nationality(word.key) is not None:
            return True
        # "the transport plane 'X'", but no plane of an army in whose words something stands in quotes.
        return word.bears_article and not self._heads.is_body(word.base) and not self._gazetteer.may_start(word.key)

    def _says_how(self, word: Word) -> bool:
        """Tell whether what is quoted rather describes the arms, or is struck by them: "missiles 'of accuracy'"."""
        accusative = word.key.endswith(self._accusative) and self._vocabulary.is_noun(word.key)
        return word.key in self._vocabulary.adjectives or accusative or self._vocabulary.is_verb(word.key)

    def _closing(self, words: tuple[Word, ...], opening: int) -> int:
        """Return where a quote closes that holds a few words, none of them a particle; 0 where it does not."""
        for index in range(opening + 1, min(opening + _NAME_WORDS + 2, len(words))):
            word = words[index]
            if word.norm[0] in DOUBLE_CLOSING:
                return index if index > opening + 1 else 0
            if self._vocabulary.is_function(word.norm) and not word.is_mark:
                return 0
        return 0
