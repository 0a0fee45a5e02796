"""Are two names one? Compares folded names of people and bodies written in one document."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lang.morphemes import Morphemes
from ..text.fold import fold_name

_SHORTEST_SKELETON = 3
_REPEATED = re.compile(r"(.)\1")


class NameComparer:
    """Compares names by what newsrooms agree on; remembers the words it has seen."""

    def __init__(self, morphemes: Morphemes) -> None:
        # Long vowels and doubled letters are where newsrooms differ: a skeleton without them joins their spellings.
        self._weak = str.maketrans("", "", morphemes.weak_letters)
        self._twins = str.maketrans(morphemes.spelling_twins)
        self._article, self._joiners = morphemes.article, morphemes.name_joiners
        self.skeleton = lru_cache(maxsize=8192)(self._skeleton)
        self.words_of = lru_cache(maxsize=8192)(self._words_of)

    def same_word(self, one: str, other: str) -> bool:
        """Tell whether two folded words are spellings of one."""
        return one == other or (abs(len(one) - len(other)) <= 2 and self.skeleton(one) == self.skeleton(other))

    def same_person(self, one: str, other: str) -> bool:
        """Tell whether two names (as written) may name one person: the shorter stands in the longer, in order."""
        short, long = sorted((self.words_of(one), self.words_of(other)), key=len)
        if not short:
            return False
        if len(short) == 1:
            return len(short[0]) > 2 and any(self.same_word(short[0], word) for word in (long[0], long[-1]))
        if len(short) == len(long):
            return all(self.same_word(a, b) for a, b in zip(short, long, strict=True))
        position = 0
        for word in long:
            if position < len(short) and self.same_word(short[position], word):
                position += 1
        ends_meet = self.same_word(short[-1], long[-1]) or self.same_word(short[0], long[0])
        return position == len(short) and ends_meet

    def same_body(self, one: str, other: str) -> bool:
        """Tell whether one name of a body is the other's beginning, both folded by words."""
        short, long = sorted((fold_name(one).split(), fold_name(other).split()), key=len)
        return len(short) >= 2 and long[: len(short)] == short

    def _words_of(self, name: str) -> tuple[str, ...]:
        """Return the folded words of a name; "Abu X" is one word as "AbuX" is, and so is "Abd al-X"."""
        words: list[str] = []
        joined = False
        for word in fold_name(name).split():
            if joined:
                words[-1] += word.removeprefix(self._article) if len(word) > len(self._article) + 1 else word
            else:
                words.append(self._without_article(word))
            joined = word in self._joiners
        return tuple(words)

    def _without_article(self, word: str) -> str:
        """Return a word that begins as a joiner and the article do without the article."""
        for joiner in self._joiners:
            if word.startswith(joiner + self._article) and len(word) > len(joiner + self._article) + 1:
                return joiner + word.removeprefix(joiner + self._article)
        return word

    def _skeleton(self, word: str) -> str:
        """Return a folded word's consonants, twins joined and repeats dropped; short words keep their vowels."""
        bare = word[1:].translate(self._weak).translate(self._twins)
        compact = _REPEATED.sub(r"\1", word[:1].translate(self._twins) + bare)
        return compact if len(compact) >= _SHORTEST_SKELETON else word
