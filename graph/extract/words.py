"""Gives each token its possible cuts: conjunction, preposition and article split off, and where the rest starts."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..lang.morphemes import Morphemes
from ..model import Sentence, Token
from ..text.fold import loosen

DASHES = frozenset("-\u2013\u2014")

_CACHED = 20_000
_TATWEEL = "\u0640"
# The marks at which names and titles may pause or go on.
COMMAS = ("\u060c", ",")
PAUSES = (*COMMAS, "-", "\u2013")
QUOTES = "\"\u201c\u201d\u00ab\u00bb'"
# The double ones, which are no apostrophes.
DOUBLE_OPENING, DOUBLE_CLOSING = '"\u201c\u00ab', '"\u201d\u00bb'
# How many words at most a name in them has.
_QUOTED_WORDS = 5
# Those that open and close a name; the one that closes opens, too, in some papers.
OPENING, CLOSING = "\"\u201c\u00ab'\u2018\u201d", "\"\u201d\u00bb'\u2019\u201c"


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


@dataclass(slots=True, eq=False)
class Word:
    """A token with its cuts. Not frozen, since one is made of every word and freezing takes three times as long.

    `key` is the loosened form under which names are looked up, `base` the same without its article; `bears_article` is
    true of whatever begins as the article does; a mark is punctuation, a number is in digits.
    """

    token: Token
    norm: str
    key: str
    base: str
    cuts: tuple[Cut, ...]
    bears_article: bool
    is_mark: bool
    is_number: bool
    is_latin: bool


class WordReader:
    """Cuts words by the clitics of a language; remembers each form it has seen."""

    def __init__(self, morphemes: Morphemes) -> None:
        self._article = morphemes.article
        self._for = morphemes.for_
        self._conjunctions = morphemes.joined_conjunctions
        self._prepositions = morphemes.joined_prepositions
        self.cuts_of = lru_cache(maxsize=_CACHED)(self._cuts_of)
        self._form = lru_cache(maxsize=_CACHED)(self._form_of)

    def read(self, tokens: tuple[Token, ...]) -> tuple[Word, ...]:
        """Return the words of a sentence, in order."""
        form = self._form
        return tuple([Word(token, *form(token.norm)) for token in tokens])

    def _form_of(self, norm: str) -> tuple[str, str, str, tuple[Cut, ...], bool, bool, bool, bool]:
        """Return all of a Word but its token."""
        cuts = self.cuts_of(norm)
        first = norm[0]
        latin = first.isascii() and first.isalpha()
        bears_article = norm.startswith(self._article)
        return norm, cuts[0].key, cuts[0].base, cuts, bears_article, not first.isalnum(), first.isdigit(), latin

    def _cuts_of(self, norm: str) -> tuple[Cut, ...]:
        """Return the readings of a normalised word, the uncut one first."""
        cuts = [self._cut("", "", norm, 0), *self._preposition_cuts("", norm, 0)]
        if len(norm) > 2 and norm[0] in self._conjunctions:
            rest = norm[1:]
            cuts += [self._cut(norm[0], "", rest, 1), *self._preposition_cuts(norm[0], rest, 1)]
        return tuple(cuts)

    def _preposition_cuts(self, conjunction: str, rest: str, offset: int) -> list[Cut]:
        if len(rest) < 3 or rest[0] not in self._prepositions:
            return []
        cuts = []
        if rest[0] == self._for and rest[1] == self._for and len(rest) > 3:
            # The article loses its alif after the preposition: it is put back, so that the stem can be looked up.
            cuts.append(self._cut(conjunction, self._for, self._article + rest[2:], offset + 1))
            # Of the three that "for the brigadier" would have, one letter is not written.
            cuts.append(self._cut(conjunction, self._for, self._article + rest[1:], offset + 1))
        cuts.append(self._cut(conjunction, rest[0], rest[1:], offset + 1))
        return cuts

    def _cut(self, conjunction: str, preposition: str, stem: str, offset: int) -> Cut:
        key = loosen(stem).lower()
        definite = stem.startswith(self._article) and len(stem) > 3
        base = key[len(self._article) :] if definite else key
        return Cut(conjunction, preposition, stem, offset, key, base, definite)


def quoted_end(words: Sequence[Word], opening: int) -> int:
    """Return the index after a name in quotes that open at a word; that word's own where they close at no near one."""
    for end in range(opening + 2, min(opening + _QUOTED_WORDS + 2, len(words))):
        if words[end].norm[0] in DOUBLE_CLOSING:
            return end + 1
    return opening


def surfaces_of(stems: Iterable[str], morphemes: Morphemes) -> Iterator[str]:
    """Yield all words that may be one of some stems behind a conjunction and a preposition."""
    article, doubled = morphemes.article, morphemes.for_ * 2
    for stem in stems:
        for conjunction in ("", *morphemes.joined_conjunctions):
            for preposition in ("", *morphemes.joined_prepositions):
                yield conjunction + preposition + stem
            if stem.startswith(article):
                yield conjunction + doubled + stem.removeprefix(article).removeprefix(morphemes.for_)


def surface(sentence: Sentence, words: tuple[Word, ...], start: int, end: int, cut: Cut | None) -> str:
    """Return the text of words start..end as written, without the clitics that `cut` takes off the first.

    A character reference of HTML is the mark that it stands for.
    """
    first = words[start].token
    text = sentence.text[first.start - sentence.start : words[end - 1].token.end - sentence.start]
    return _without_clitics(html.unescape(text) if "&" in text else text, cut)


def stem_text(word: Word, cut: Cut) -> str:
    """Return a word as written, without the clitics that `cut` takes off."""
    return _without_clitics(word.token.text, cut)


def _without_clitics(text: str, cut: Cut | None) -> str:
    if cut is None or not cut.offset:
        return text
    skipped = _skip_letters(text, cut.offset)
    if cut.definite:
        article = cut.stem[: len(cut.stem) - len(cut.base)]
        if not _starts_with(article, text[skipped:]):
            return article + text[skipped + (cut.base[:1] != loosen(text[skipped:])[:1]) :]
    return text[skipped:]


def stem_start(word: Word, cut: Cut | None) -> int:
    """Return the offset in the document at which a word's stem starts."""
    if cut is None or not cut.offset:
        return word.token.start
    return word.token.start + _skip_letters(word.token.text, cut.offset)


def _skip_letters(text: str, letters: int) -> int:
    """Return the place behind so many letters and the marks on and before them; tatweel is no letter."""
    position = _skip_marks(text, 0)
    while letters and position < len(text):
        position = _skip_marks(text, position + 1)
        letters -= 1
    return position


def _skip_marks(text: str, position: int) -> int:
    while position < len(text) and (
        text[position] == _TATWEEL or not (text[position].isalnum() or text[position].isspace())
    ):
        position += 1
    return position


def _starts_with(article: str, text: str) -> bool:
    return text[: len(article)] == article or (text[:1] in "\u0622\u0623\u0625" and len(text) > 2)
