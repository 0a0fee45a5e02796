"""Words that mean two who were named before: "the two countries", "both sides", in every form with its clitics."""

from __future__ import annotations

from dataclasses import dataclass

from .morphemes import Morphemes
from .tables import Table

SORTS = ("sides", "states", "people")
EACH_OTHER = "each other"


@dataclass(frozen=True, slots=True)
class PairWords:
    """`forms` maps a spelling to what sort of two it means, the preposition and the conjunction written onto it.

    `others` must follow the first word of "each other". `many` maps likewise what means three and more, of which a word
    of `counts` that follows tells how many.
    """

    forms: dict[str, tuple[str, str, str]]
    others: frozenset[str]
    many: dict[str, tuple[str, str, str]]
    counts: dict[str, float]

    @classmethod
    def load(cls, table: Table, morphemes: Morphemes) -> PairWords:
        """Read the lists of pairs; raise LanguageDataError where one is missing."""
        forms = _spelt(table.sorts("pairs", SORTS), morphemes)
        for conjunction in ("", morphemes.and_):
            forms[conjunction + morphemes.between + morphemes.both] = "sides", morphemes.between, conjunction
        mutual = table.sorts("each_other", ("first", "second"))
        for word in mutual["first"]:
            for preposition in ("", *morphemes.joined_prepositions):
                forms[preposition + word] = EACH_OTHER, preposition, ""
        return cls(forms, mutual["second"], _spelt(table.sorts("many", SORTS), morphemes), table.numbers("counts"))


def _spelt(sorts: dict[str, frozenset[str]], morphemes: Morphemes) -> dict[str, tuple[str, str, str]]:
    """Return the sort of each spelling of some words with the article, with what is written onto it."""
    article, for_ = morphemes.article, morphemes.for_
    prefixes = {article: "", morphemes.by + article: morphemes.by, for_ + article[1:]: for_}
    return {
        conjunction + prefix + word: (sort, preposition, conjunction)
        for sort, words in sorts.items()
        for word in words
        for prefix, preposition in prefixes.items()
        for conjunction in ("", *morphemes.joined_conjunctions)
    }
