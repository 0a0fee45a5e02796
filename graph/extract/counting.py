"""Tells words that count or name some of a crowd, so that whom they name fills its slot: "including", "to any"."""

from __future__ import annotations

from collections.abc import Sequence

from ..lang.morphemes import Morphemes
from .arguments import BARE
from .chunks import Reading
from .words import DASHES, Word


def length_of_including(words: Sequence[Word], index: int, morphemes: Morphemes) -> int:
    """Return how many words "including" has at a position, 0 where it does not stand there."""
    if words[index].norm != morphemes.inclusion[0]:
        return 0
    said = tuple([word.norm for word in words[index : index + len(morphemes.inclusion)]])
    return len(said) if said == morphemes.inclusion else 0


def led_by_any(word: Word, morphemes: Morphemes) -> str:
    """Return the preposition written onto "any": what is counted stands behind it."""
    norm = word.norm
    return norm[0] if norm in morphemes.any_of and norm[0] in morphemes.joined_prepositions else ""


def joins_crowd(reading: Reading, index: int, morphemes: Morphemes) -> bool:
    """Tell whether "and a number of" somebody named begins at a position: whoever follows stands with those before."""
    words, norm = reading.words, reading.words[index].norm
    counts = norm[:1] == morphemes.and_ and norm[1:] in morphemes.quantifiers
    of = counts and index + 2 < len(words) and words[index + 1].norm == morphemes.from_
    return of and reading.chunk_at(index + 2) is not None


def is_counted(words: Sequence[Word], index: int, morphemes: Morphemes, slot: str, year_words: frozenset[str]) -> bool:
    """Tell whether "of" at a position leads to what is counted: "a number of X", "three of X".

    In the slot of a preposition it may be a share, too: "took over 10 per cent of X".
    """
    before = words[index - 1].norm if index else ""
    if before.isdecimal():
        # "in 2018 from" tells no number of what is behind it, nor does a model: "the F-16 from".
        return index < 2 or (words[index - 2].norm not in year_words and words[index - 2].norm not in DASHES)
    return before.removeprefix(morphemes.and_) in morphemes.quantifiers or (slot != BARE and before in morphemes.shares)


def names_examples(words: Sequence[Word], index: int, morphemes: Morphemes) -> bool:
    """Tell whether a word leads to some of those named before: "among them"."""
    return index < len(words) and words[index].norm in morphemes.exemplifiers
