"""The compact table of verb forms: a normalised word to the verbs and nouns of the lexicon it may be a form of.

Conjunctions, the future and purpose particles and object pronouns written onto a form are cut off here and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..lang.predicates import LightVerb, ModalVerb, NounEntry, Predicates, SpeechVerb, VerbEntry
from ..text.fold import normalize
from .conjugate import Aspect, VerbForm, conjugate

_WAW_FA = "\u0648\u0641"
_SIN, _LAM, _BA, _KAF = "\u0633", "\u0644", "\u0628", "\u0643"
_ARTICLE = "\u0627\u0644"
_ALIF, _ALIF_MAQSURA, _TA, _TA_MARBUTA = "\u0627", "\u0649", "\u062a", "\u0629"
_PRONOUNS = {
    "\u0647\u0645\u0627": (3, None, "d"),
    "\u0647\u0627": (3, "f", "s"),
    "\u0647\u0645": (3, "m", "p"),
    "\u0647\u0646": (3, "f", "p"),
    "\u0647": (3, "m", "s"),
    "\u0646\u0627": (1, None, "p"),
}

Sense = VerbEntry | LightVerb | ModalVerb | SpeechVerb


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun written onto a word: person, gender ("m", "f" or None) and number ("s", "d", "p")."""

    person: int
    gender: str | None
    number: str


@dataclass(frozen=True, slots=True)
class VerbAnalysis:
    """One reading of a word as a verb of the lexicon; `senses` are its entries in the several lists."""

    form: VerbForm
    senses: tuple[Sense, ...]
    conjunction: str = ""
    future: bool = False
    purpose: bool = False
    pronoun: Pronoun | None = None
    definite: bool = False


@dataclass(frozen=True, slots=True)
class NounAnalysis:
    """One reading of a word as an event noun; `pronoun` is the possessor written onto it."""

    entry: NounEntry
    conjunction: str = ""
    preposition: str = ""
    definite: bool = False
    plural: bool = False
    pronoun: Pronoun | None = None
    accusative: bool = False


class FormTable:
    """All forms of a predicate lexicon."""

    def __init__(self, predicates: Predicates) -> None:
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
        self.verbs = lru_cache(maxsize=100_000)(self._analyse_verb)
        self.nouns = lru_cache(maxsize=100_000)(self._analyse_noun)

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
        found: list[VerbAnalysis] = []
        starts = [("", norm)]
        if len(norm) > 3 and norm[0] in _WAW_FA:
            starts.append((norm[0], norm[1:]))
        for conjunction, rest in starts:
            found += self._with_suffixes(rest, conjunction)
            if len(rest) > 4 and rest[0] == _SIN:
                found += self._with_suffixes(rest[1:], conjunction, future=True)
            if len(rest) > 4 and rest[0] == _LAM:
                found += self._with_suffixes(rest[1:], conjunction, purpose=True)
            if len(rest) > 5 and rest.startswith(_ARTICLE):
                found += self._with_suffixes(rest[2:], conjunction, definite=True)
        return tuple(found)

    def _with_suffixes(
        self, word: str, conjunction: str, *, future: bool = False, purpose: bool = False, definite: bool = False
    ) -> list[VerbAnalysis]:
        present_only, participle_only = future or purpose, definite
        found = []
        for stem, pronoun in _without_pronoun(word):
            for form, senses in self._verbs.get(stem, {}).items():
                if present_only and form.aspect is not Aspect.PRESENT:
                    continue
                if participle_only != (form.aspect is Aspect.PARTICIPLE) and participle_only:
                    continue
                found.append(VerbAnalysis(form, tuple(senses), conjunction, future, purpose, pronoun, definite))
        return found

    def _analyse_noun(self, norm: str) -> tuple[NounAnalysis, ...]:
        found: list[NounAnalysis] = []
        for conjunction, preposition, definite, stem in _noun_cuts(norm):
            for bare, pronoun, accusative in _noun_stems(stem, definite=definite):
                for entry, plural in self._nouns.get(bare, ()):
                    found.append(NounAnalysis(entry, conjunction, preposition, definite, plural, pronoun, accusative))
            if found:
                break
        return tuple(found)


def _without_pronoun(word: str) -> Iterable[tuple[str, Pronoun | None]]:
    yield word, None
    for ending, (person, gender, number) in _PRONOUNS.items():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            pronoun = Pronoun(person, gender, number)
            yield stem, pronoun
            if stem.endswith(_ALIF):
                yield stem[:-1] + _ALIF_MAQSURA, pronoun
            if stem.endswith("\u0648"):
                yield stem + _ALIF, pronoun


def _noun_cuts(norm: str) -> Iterable[tuple[str, str, bool, str]]:
    starts = [("", norm)]
    if len(norm) > 3 and norm[0] in _WAW_FA:
        starts.append((norm[0], norm[1:]))
    for conjunction, rest in starts:
        yield conjunction, "", False, rest
        if rest.startswith(_ARTICLE) and len(rest) > 4:
            yield conjunction, "", True, rest[2:]
        if len(rest) > 3 and rest[0] in _LAM + _BA + _KAF:
            inner = rest[1:]
            if rest[0] == _LAM and inner[0] == _LAM:
                yield conjunction, _LAM, True, inner[1:]
            if inner.startswith(_ARTICLE) and len(inner) > 4:
                yield conjunction, rest[0], True, inner[2:]
            yield conjunction, rest[0], False, inner


def _noun_stems(stem: str, *, definite: bool) -> Iterable[tuple[str, Pronoun | None, bool]]:
    yield stem, None, False
    if definite:
        return
    if stem.endswith(_ALIF) and len(stem) > 3:
        yield stem[:-1], None, True
    for ending, (person, gender, number) in _PRONOUNS.items():
        if stem.endswith(ending) and len(stem) - len(ending) >= 2:
            bare, pronoun = stem[: -len(ending)], Pronoun(person, gender, number)
            yield bare, pronoun, False
            if bare.endswith(_TA):
                yield bare[:-1] + _TA_MARBUTA, pronoun, False
            # "liqa'ihi", "liqa'uhu": the hamza changes its seat before a pronoun.
            if bare[-1:] in "\u0626\u0624":
                yield bare[:-1] + "\u0621", pronoun, False
