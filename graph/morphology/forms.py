"""The compact table of verb forms: a normalised word to the verbs and nouns of the lexicon it may be a form of.

Conjunctions, the future and purpose particles and object pronouns written onto a form are cut off here and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..lang.morphemes import Morphemes
from ..lang.predicates import LightVerb, ModalVerb, NounEntry, Predicates, Sense, SpeechVerb, VerbEntry
from ..text.fold import normalize
from .camel import Analyzer
from .conjugate import Aspect, Mood, VerbForm, conjugate
from .served import VerbServer

# "and urged": a conjunction and a doubled verb.
_SHORTEST = 3
# A present form that is shorter may be a noun behind "for" in any person but the third.
_LONG_PRESENT = 4
_ALIF, _ALIF_MAQSURA, _WAW, _HAMZA = "\u0627", "\u0649", "\u0648", "\u0621"
# How long the plurals are that never bear the alif of the accusative.
_DIPTOTES = (5, 6)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun written onto a word: person, gender ("m", "f" or None) and number ("s", "d", "p")."""

    person: int
    gender: str | None
    number: str


# Readings are remembered by the word, so that each is one object: what is asked of them again is kept by that.
@dataclass(frozen=True, slots=True, eq=False)
class VerbAnalysis:
    """One reading of a word as a verb of the lexicon.

    `entries` have frames of their own, `lights` lend their subject to an event noun, `modals` decide the status of
    their complement, `speeches` are of saying; `senses` are all of them.
    """

    form: VerbForm
    senses: tuple[Sense, ...]
    conjunction: str = ""
    future: bool = False
    purpose: bool = False
    pronoun: Pronoun | None = None
    definite: bool = False
    entries: tuple[VerbEntry, ...] = ()
    lights: tuple[LightVerb, ...] = ()
    modals: tuple[ModalVerb, ...] = ()
    speeches: tuple[SpeechVerb, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NounAnalysis:
    """One reading of a word as an event noun; `pronoun` is the possessor written onto it."""

    entry: NounEntry
    conjunction: str = ""
    preposition: str = ""
    definite: bool = False
    plural: bool = False
    pronoun: Pronoun | None = None
    accusative: bool = False


def pronouns_after_prepositions(morphemes: Morphemes) -> dict[str, tuple[str, Pronoun]]:
    """Return each word that is a preposition with a pronoun of the third person: the preposition and the pronoun."""
    pronouns = _third_persons(morphemes)
    return {
        stem + ending: (preposition, pronoun)
        for stem, preposition in morphemes.before_pronouns.items()
        for ending, pronoun in pronouns.items()
    }


def borne_pronouns(morphemes: Morphemes) -> dict[str, Pronoun]:
    """Return each word that is a pronoun of the third person standing alone as an object, and the pronoun."""
    return {morphemes.bearer + ending: pronoun for ending, pronoun in _third_persons(morphemes).items()}


def _third_persons(morphemes: Morphemes) -> dict[str, Pronoun]:
    """Return the pronouns of the third person by how they are written onto a word."""
    pronouns = {ending: Pronoun(*told) for ending, told in morphemes.attached_pronouns.items()}
    return {ending: pronoun for ending, pronoun in pronouns.items() if pronoun.person == 3}


class FormTable:
    """All forms of a predicate lexicon; of words that it has not, an analyser may say which verbs they are."""

    def __init__(self, predicates: Predicates, morphemes: Morphemes, analyzer: Analyzer | None = None) -> None:
        self._morphemes = morphemes
        self._pronouns = {ending: Pronoun(*told) for ending, told in morphemes.attached_pronouns.items()}
        self._verbs: dict[str, dict[VerbForm, list[Sense]]] = {}
        self._nouns: dict[str, list[tuple[NounEntry, bool]]] = {}
        by_citation: dict[tuple[str, str], list[Sense]] = {}
        groups: tuple[Iterable[Sense], ...] = (
            predicates.verbs,
            predicates.light_verbs,
            predicates.modal_verbs,
            predicates.speech_verbs,
        )
        for group in groups:
            for sense in group:
                by_citation.setdefault((sense.past, sense.present), []).append(sense)
        for senses in by_citation.values():
            self._add_verb(senses)
        for noun in predicates.nouns:
            for spelled, plural in ((noun.noun, False), *((plural, True) for plural in noun.plurals)):
                self._nouns.setdefault(normalize(spelled), []).append((noun, plural))
        verbs = (sense for senses in by_citation.values() for sense in senses)
        self._server = None if analyzer is None else VerbServer(analyzer, verbs)
        self._inflected = dict(self._inflect())
        self.verbs = lru_cache(maxsize=20_000)(self._analyse_verb)
        self.nouns = lru_cache(maxsize=20_000)(self._analyse_noun)
        self.standing_noun = lru_cache(maxsize=20_000)(self._find_standing_noun)

    def _inflect(self) -> Iterator[tuple[str, list[tuple[NounEntry, bool]]]]:
        """Yield the regular duals and plurals of event nouns that the lexicon does not list."""
        morphemes = self._morphemes
        for noun, entries in self._nouns.items():
            feminine = noun.endswith(morphemes.feminine)
            endings = morphemes.feminine_number_endings if feminine else morphemes.number_endings
            for ending in endings if " " not in noun else ():
                form = noun.removesuffix(morphemes.feminine) + ending
                singular = [(entry, True) for entry, plural in entries if not plural]
                if singular and form not in self._nouns:
                    yield form, singular

    def surface_forms(self) -> Iterable[str]:
        """Yield every verb form without clitics, participles left out."""
        for surface, forms in self._verbs.items():
            if any(form.aspect is not Aspect.PARTICIPLE for form in forms):
                yield surface

    def noun_forms(self) -> Iterable[str]:
        """Yield every event noun, one word each."""
        return (noun for noun in self._nouns if " " not in noun)

    def phrases(self) -> Mapping[str, list[tuple[NounEntry, bool]]]:
        """Return event nouns of several words."""
        return {noun: entries for noun, entries in self._nouns.items() if " " in noun}

    def _add_verb(self, senses: list[Sense]) -> None:
        for surface, forms in conjugate(senses[0]).items():
            table = self._verbs.setdefault(normalize(surface), {})
            for form in forms:
                table.setdefault(form, []).extend(senses)

    def _analyse_verb(self, norm: str) -> tuple[VerbAnalysis, ...]:
        morphemes = self._morphemes
        found: list[VerbAnalysis] = []
        for conjunction, rest in self._starts(norm):
            found += self._with_suffixes(rest, conjunction)
            if len(rest) > 3 and rest[0] == morphemes.will:
                found += self._with_suffixes(rest[1:], conjunction, future=True)
            if len(rest) > 3 and rest[0] == morphemes.for_:
                found += self._with_suffixes(rest[1:], conjunction, purpose=True)
            if len(rest) > 5 and rest.startswith(morphemes.article):
                found += self._with_suffixes(rest.removeprefix(morphemes.article), conjunction, definite=True)
        if not found and len(norm) == _SHORTEST and norm[0] in morphemes.joined_conjunctions:
            found += self._with_suffixes(norm[1:], norm[0])
        if not found and self._server is not None:
            found += self._served(self._server, norm)
        return tuple(_likely(found))

    def _served(self, server: VerbServer, norm: str) -> Iterator[VerbAnalysis]:
        for served in server.serve(norm):
            pronoun = Pronoun(*served.pronoun) if served.pronoun is not None else None
            conjunction = norm[0] if served.conjunction else ""
            yield _analysis(
                served.form,
                served.verbs,
                conjunction=conjunction,
                future=served.future,
                purpose=served.purpose,
                pronoun=pronoun,
            )

    def _with_suffixes(
        self, word: str, conjunction: str, *, future: bool = False, purpose: bool = False, definite: bool = False
    ) -> list[VerbAnalysis]:
        present_only, participle_only = future or purpose, definite
        found = []
        for stem, pronoun in self._without_pronoun(word):
            for form, senses in self._verbs.get(stem, {}).items():
                if present_only and form.aspect is not Aspect.PRESENT:
                    continue
                if purpose and len(word) < _LONG_PRESENT and form.person != 3:
                    # "transport" is spelled as "let us say".
                    continue
                if participle_only and form.aspect is not Aspect.PARTICIPLE:
                    continue
                if future and form.mood is Mood.JUSSIVE:
                    # "sa-abqa" loses no letter, so that "sabiq" is none.
                    continue
                found.append(
                    _analysis(
                        form,
                        senses,
                        conjunction=conjunction,
                        future=future,
                        purpose=purpose,
                        pronoun=pronoun,
                        definite=definite,
                    )
                )
        return found

    def _analyse_noun(self, norm: str) -> tuple[NounAnalysis, ...]:
        found: list[NounAnalysis] = []
        for conjunction, preposition, definite, stem in self._noun_cuts(norm):
            for bare, pronoun, accusative in self._noun_stems(stem, definite=definite):
                for entry, plural in self._nouns.get(bare) or self._inflected.get(bare, []):
                    if accusative and plural and _is_diptote(bare):
                        # "demanding" is no plural of "demand": that has no alif.
                        continue
                    found.append(NounAnalysis(entry, conjunction, preposition, definite, plural, pronoun, accusative))
            if found:
                break
        return tuple(found)

    def _find_standing_noun(self, norm: str) -> NounAnalysis | None:
        """Return the first reading of a word as a noun that has a frame marked `base`, or None."""
        return next((a for a in self.nouns(norm) if any(frame.base for frame in a.entry.frames)), None)

    def _starts(self, norm: str) -> tuple[tuple[str, str], ...]:
        """Return a word as it stands and without its conjunction, each with the conjunction cut off."""
        if len(norm) > 3 and norm[0] in self._morphemes.joined_conjunctions:
            return ("", norm), (norm[0], norm[1:])
        return (("", norm),)

    def _without_pronoun(self, word: str) -> Iterator[tuple[str, Pronoun | None]]:
        yield word, None
        for ending, pronoun in self._pronouns.items():
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                stem = word[: -len(ending)]
                yield stem, pronoun
                if stem.endswith(_ALIF):
                    yield stem[:-1] + _ALIF_MAQSURA, pronoun
                if stem.endswith(_WAW):
                    yield stem + _ALIF, pronoun

    def _noun_cuts(self, norm: str) -> Iterator[tuple[str, str, bool, str]]:
        """Yield conjunction, preposition, whether the article was cut, and what is left."""
        article, for_ = self._morphemes.article, self._morphemes.for_
        for conjunction, rest in self._starts(norm):
            yield conjunction, "", False, rest
            if rest.startswith(article) and len(rest) > 4:
                yield conjunction, "", True, rest.removeprefix(article)
            if len(rest) > 3 and rest[0] in self._morphemes.noun_prepositions:
                inner = rest[1:]
                if rest[0] == for_ and inner[0] == for_:
                    yield conjunction, for_, True, inner[1:]
                if inner.startswith(article) and len(inner) > 4:
                    yield conjunction, rest[0], True, inner.removeprefix(article)
                yield conjunction, rest[0], False, inner

    def _noun_stems(self, stem: str, *, definite: bool) -> Iterator[tuple[str, Pronoun | None, bool]]:
        """Yield a noun's stem with the possessor written onto it, and whether it bore the alif of the accusative."""
        morphemes = self._morphemes
        yield stem, None, False
        if definite:
            return
        if stem.endswith(morphemes.accusative) and len(stem) > 3:
            yield stem[:-1], None, True
        for ending, pronoun in self._pronouns.items():
            if stem.endswith(ending) and len(stem) - len(ending) >= 2:
                bare = stem[: -len(ending)]
                yield bare, pronoun, False
                if bare.endswith(morphemes.construct):
                    yield bare[:-1] + morphemes.feminine, pronoun, False
                # "liqa'ihi", "liqa'uhu": the hamza changes its seat before a pronoun.
                if bare[-1:] in "\u0626\u0624":
                    yield bare[:-1] + _HAMZA, pronoun, False


def _analysis(
    form: VerbForm,
    senses: Sequence[Sense],
    *,
    conjunction: str,
    future: bool,
    purpose: bool,
    pronoun: Pronoun | None,
    definite: bool = False,
) -> VerbAnalysis:
    """Return a reading as these verbs, sorted by what each is good for."""
    return VerbAnalysis(
        form, tuple(senses), conjunction, future, purpose, pronoun, definite,
        entries=tuple(sense for sense in senses if isinstance(sense, VerbEntry)),
        lights=tuple(sense for sense in senses if isinstance(sense, LightVerb)),
        modals=tuple(sense for sense in senses if isinstance(sense, ModalVerb)),
        speeches=tuple(sense for sense in senses if isinstance(sense, SpeechVerb)),
    )  # fmt: skip


def _is_diptote(plural: str) -> bool:
    """Tell whether a broken plural is of a pattern that never bears the alif of the accusative: "matalib"."""
    return len(plural) in _DIPTOTES and plural[2] == _ALIF


def _likely(found: list[VerbAnalysis]) -> list[VerbAnalysis]:
    """Return the readings without those that news prose seldom has, where a third person is there to prefer.

    One spelling may be the first person of one verb and the past of another: "he affirmed" is no "I nearly".
    """
    if not any(analysis.form.person == 3 for analysis in found):
        return found
    return [a for a in found if not (a.form.person == 2 or (a.form.person == 1 and a.form.aspect is Aspect.PRESENT))]
