"""Tells which words are words of the language, so that no name swallows them: built once from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..lang.language import Language
from ..text.fold import loosen, normalize
from .words import Cut, Word

# Short forms are too often another word.
_SHORT = 3


class Vocabulary:
    """Word classes by loosened form; a word is asked about as it stands, with its clitics."""

    def __init__(self, language: Language, verb_forms: Iterable[str], event_nouns: Iterable[str]) -> None:
        titles, organisations, places = language.titles, language.organisations, language.places
        self.morphemes = language.morphemes
        self.feminine = loosen(language.morphemes.feminine)
        self.relative = loosen(language.groups.relative)
        self._article = language.morphemes.article
        self._bare = language.morphemes.bare
        self._noun_endings = loosen(language.morphemes.feminine) + language.morphemes.accusative
        self.function = language.function.all
        self.prepositions = language.function.prepositions
        joined = language.function.subordinators | language.function.relatives | language.copulas
        self.clausal = joined | {language.morphemes.and_ + word for word in language.function.pronouns}
        self._surname_endings = tuple(loosen(ending) for ending in language.names.surname_endings)
        self.function_forms = frozenset(map(loosen, language.function.all))
        heads = titles.state | titles.body | organisations.heads | places.heads | language.occasions.events
        nouns = heads | language.occasions.agreements | language.common | titles.fields | frozenset(event_nouns)
        nouns |= titles.honorifics | titles.ranks | titles.crowd | frozenset(titles.plurals) | frozenset(titles.kin)
        nouns |= frozenset(map(self._bare, organisations.complements | titles.qualifiers | organisations.bare_definite))
        self.nouns = frozenset(loosen(word) for word in nouns if " " not in word)
        self.pairs = frozenset(language.pair_words.forms)
        self.given = _name_keys(language.names.given)
        self.adjectives = frozenset(map(loosen, language.adjectives))
        self.plain_verbs = frozenset(loosen(form) for form in language.plain_verbs if len(form) > _SHORT) - self.nouns
        self.verbs = frozenset(map(loosen, verb_forms)) | self.plain_verbs
        self.titles = frozenset(map(loosen, titles.state | titles.body | titles.honorifics | titles.ranks))
        self.title_pairs = frozenset(tuple(self._bare(loosen(word)) for word in words[:2]) for words in titles.phrases)
        self.kin = frozenset(map(loosen, titles.kin))
        self.ambiguous = _name_keys(language.names.ambiguous)
        self.family = _name_keys(language.names.family)
        self.particles = _name_keys(language.names.particles)
        self.kunya = _name_keys(language.names.kunya)
        self.tails = _name_keys(language.names.tails)
        calendar = language.calendar
        self.calendar = frozenset(loosen(word) for words in calendar.months for word in words.split()) - {
            loosen(w) for w in calendar.ambiguous_months
        }
        self.numbers = frozenset(
            map(loosen, [*language.numbers.values, *language.numbers.multipliers, *language.numbers.money])
        )

    def is_function(self, norm: str) -> bool:
        """Tell whether a normalised word is of a closed class."""
        return norm in self.function

    def is_noun(self, key: str) -> bool:
        """Tell whether a loosened word is a common noun or adjective, with or without article and feminine ending."""
        base = self._bare(key)
        if base in self.nouns or key in self.nouns:
            return True
        # The feminine ending and the alif of an indefinite accusative are not part of the noun.
        return len(base) > 3 and base[-1] in self._noun_endings and base[:-1] in self.nouns

    def is_governed(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether a noun without article stands right before a word: "the industry of [defence]"."""
        before = words[index - 1] if index else None
        return before is not None and any(self.is_noun(cut.key) and not cut.definite for cut in before.cuts)

    def is_adjective(self, key: str) -> bool:
        """Tell whether a loosened word without article is an adjective of the language, in either gender."""
        return key in self.adjectives or key.removesuffix(self.feminine) in self.adjectives

    def is_verb(self, key: str) -> bool:
        """Tell whether a loosened word is a form of a verb of the lexicon."""
        return key in self.verbs

    def plain_verb(self, word: Word) -> Cut | None:
        """Return the cut under which a word is a verb that tells no relation, or None."""
        return next((cut for cut in word.cuts if not cut.preposition and cut.key in self.plain_verbs), None)

    def is_common(self, word: Word) -> bool:
        """Tell whether a word, read with any of its clitics, is of the language and no name."""
        key = word.key
        if (
            word.norm in self.function
            or key in self.kin
            or key in self.calendar
            or key in self.numbers
            or self.is_noun(key)
            or key in self.verbs
        ):
            return True
        for cut in word.cuts[1:]:
            stem = cut.key
            if cut.stem in self.function or self.is_noun(stem) or (not cut.preposition and stem in self.verbs):
                return True
        return False

    def is_name(self, key: str) -> bool:
        """Tell whether a loosened word is listed as a given or family name."""
        if key in self.given or key in self.family:
            return True
        return key.startswith(self._article) and key.removeprefix(self._article) in self.family

    def is_title(self, key: str) -> bool:
        """Tell whether a loosened word is a title, rank or honorific."""
        return key in self.titles or self._bare(key) in self.titles

    def looks_like_verb(self, word: Word) -> bool:
        """Tell whether an unlisted word has the shape of a present verb, which names seldom have."""
        key = word.key
        if len(key) <= 3 or not key.startswith(self.morphemes.present_starts) or self.is_name(key):
            return False
        return not (len(key) > _SHORT + 2 and key.endswith(self._surname_endings))


def _name_keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(loosen(normalize(name)) for name in names)
