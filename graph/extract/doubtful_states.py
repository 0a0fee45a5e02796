"""Tells adjectives of nationality that are words of the language from these: "the Malian army", "financial aid".

Such an adjective is the nationality's behind some nouns, and behind more in a document that names the state. There its
word gets a mark, invisible and of no width, under which the Gazetteer knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..lang.doubtful import DoubtfulState
from ..lang.language import Language
from ..text.fold import loosen, normalize
from .gazetteer import Gazetteer, Nationality
from .words import Word

_MARK = "\u200d"


class DoubtfulStates:
    """Looks for doubtful adjectives in the words of a document."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        self._prepositions = language.function.prepositions | language.places.directions
        self._states: dict[str, DoubtfulState] = {}
        for state in map(_spelled, language.doubtful_states):
            for form in state.masculine | state.feminine | state.people:
                self._states[form] = state
                nationality = Nationality(state.country, form in state.feminine, form in state.people)
                gazetteer.nationalities[form + _MARK] = nationality

    def mark(self, sentences: Sequence[tuple[Word, ...]]) -> None:
        """Mark the words of a document's sentences that are such adjectives."""
        found = [
            (words, index)
            for words in sentences
            for index, word in enumerate(words)
            if word.key in self._states and index and self._agrees(words[index - 1], word)
        ]
        named: dict[str, bool] = {}
        for words, index in found:
            state = self._states[words[index].key]
            heads = {cut.base for cut in words[index - 1].cuts}
            if heads.isdisjoint(state.sure) and heads.isdisjoint(state.likely):
                continue
            if heads.isdisjoint(state.sure) and state.country not in named:
                named[state.country] = any(self._is_named(state, sentence) for sentence in sentences)
            if not heads.isdisjoint(state.sure) or named[state.country]:
                _mark(words[index])

    def _agrees(self, head: Word, word: Word) -> bool:
        """Tell whether a noun bears the article as the adjective behind it does: no "minister [of] finance" does."""
        return any(cut.definite == word.bears_article for cut in head.cuts)

    def _is_named(self, state: DoubtfulState, words: tuple[Word, ...]) -> bool:
        """Tell whether a sentence names the state or a place in it."""
        for index, word in enumerate(words):
            if word.cuts[-1].key in state.places or word.key in state.places:
                return True
            if word.key == state.name and index and words[index - 1].norm in self._prepositions:
                return True
        return False


def _mark(word: Word) -> None:
    word.token = word.token._replace(text=word.token.text + _MARK)
    word.key += _MARK
    word.base += _MARK
    word.cuts = tuple(replace(cut, key=cut.key + _MARK, base=cut.base + _MARK) for cut in word.cuts)


def _spelled(state: DoubtfulState) -> DoubtfulState:
    return DoubtfulState(
        state.country,
        loosen(normalize(state.name)),
        *(
            frozenset(loosen(normalize(word)) for word in words)
            for words in (state.masculine, state.feminine, state.people, state.sure, state.likely, state.places)
        ),
    )
