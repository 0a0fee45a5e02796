"""Gives each token its possible cuts: conjunction, preposition and article split off, and where the rest starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..model import Sentence, Token
from ..text.fold import loosen

ARTICLE = "\u0627\u0644"
_CONJUNCTIONS = "\u0648\u0641"
_PREPOSITIONS = "\u0628\u0644\u0643"
_LAM = "\u0644"
_FEMININE = "\u0647"


@dataclass(frozen=True, slots=True)
class Cut:
    """One reading of a word's clitics.

    `stem` keeps its article, `key` is the stem loosened, `base` the key without article, `offset` counts the letters
    before the stem, `definite` tells whether it bears the article.
    """

    conjunction: str
    preposition: str
    stem: str
    offset: int
    key: str
    base: str
    definite: bool


@lru_cache(maxsize=200_000)
def cuts_of(norm: str) -> tuple[Cut, ...]:
    """Return the readings of a normalised word, the uncut one first."""
    cuts = [_cut("", "", norm, 0)]
    cuts += _preposition_cuts("", norm, 0)
    if len(norm) > 2 and norm[0] in _CONJUNCTIONS:
        rest = norm[1:]
        cuts.append(_cut(norm[0], "", rest, 1))
        cuts += _preposition_cuts(norm[0], rest, 1)
    return tuple(cuts)


def _preposition_cuts(conjunction: str, rest: str, offset: int) -> list[Cut]:
    if len(rest) < 3 or rest[0] not in _PREPOSITIONS:
        return []
    cuts = []
    if rest[0] == _LAM and rest[1] == _LAM and len(rest) > 3:
        # The article loses its alif after the preposition: it is put back, so that the stem can be looked up.
        cuts.append(_cut(conjunction, _LAM, ARTICLE + rest[2:], offset + 1))
    cuts.append(_cut(conjunction, rest[0], rest[1:], offset + 1))
    return cuts


def _cut(conjunction: str, preposition: str, stem: str, offset: int) -> Cut:
    key = loosen(stem).lower()
    definite = stem.startswith(ARTICLE) and len(stem) > 3
    return Cut(conjunction, preposition, stem, offset, key, key[2:] if definite else key, definite)


def base_of(stem: str) -> str:
    """Return a stem without its article."""
    return stem[2:] if stem.startswith(ARTICLE) and len(stem) > 3 else stem


def masculine(base: str) -> str:
    """Return a loosened noun or adjective without the feminine ending."""
    return base[:-1] if base.endswith(_FEMININE) and len(base) > 3 else base


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its cuts; `key` is the loosened form under which names are looked up."""

    token: Token
    norm: str
    key: str
    cuts: tuple[Cut, ...]

    @property
    def is_mark(self) -> bool:
        """Tell whether the token is punctuation."""
        return not self.norm[0].isalnum()

    @property
    def is_number(self) -> bool:
        """Tell whether the token is written in digits."""
        return self.norm[0].isdigit()

    @property
    def is_latin(self) -> bool:
        """Tell whether the token is in Latin script."""
        return self.norm[0].isascii() and self.norm[0].isalpha()


def read_words(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    """Return the words of a sentence, in order."""
    return tuple(Word(token, token.norm, loosen(token.norm).lower(), cuts_of(token.norm)) for token in tokens)


def surface(sentence: Sentence, words: tuple[Word, ...], start: int, end: int, cut: Cut | None) -> str:
    """Return the text of words start..end as written, without the clitics that `cut` takes off the first."""
    first = words[start].token
    text = sentence.text[first.start - sentence.start : words[end - 1].token.end - sentence.start]
    if cut is None or not cut.offset:
        return text
    skipped = _skip_letters(text, cut.offset)
    if cut.definite and not _starts_with_article(text[skipped:]):
        return ARTICLE + text[skipped + 1 :]
    return text[skipped:]


def stem_start(word: Word, cut: Cut | None) -> int:
    """Return the offset in the document at which a word's stem starts."""
    if cut is None or not cut.offset:
        return word.token.start
    return word.token.start + _skip_letters(word.token.text, cut.offset)


def _skip_letters(text: str, letters: int) -> int:
    position = 0
    while letters and position < len(text):
        position += 1
        letters -= 1
        while position < len(text) and not text[position].isalnum() and not text[position].isspace():
            position += 1
    return position


def _starts_with_article(text: str) -> bool:
    return text[:2] == ARTICLE or (text[:1] in "\u0622\u0623\u0625" and len(text) > 2)
