"""The grammar's tables, put together once from a language and its predicates, in the form that look-ups need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from ..lang.language import Language
from ..lang.predicates import Marker, Modality, Predicates
from ..morphology.conjugate import Aspect
from ..morphology.forms import FormTable
from ..text.fold import loosen, normalize
from .asides import Holders
from .stance_words import StanceWords
from .word_keys import WordKeys

Entry = TypeVar("Entry")
# The words of a phrase behind its first.
Tail = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemWords:
    """Words that bound an item.

    `ends` are the prepositions of other circumstances, which end it; `numbers` belong to it where they stand before it;
    what ends in `adverbial` says how something is done and is none.
    """

    ends: frozenset[str]
    numbers: frozenset[str]
    adverbial: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words by class, in normalised spelling; `prepositions` maps a spelling of several words to its slot name."""

    language: Language
    forms: FormTable
    prepositions: dict[tuple[str, ...], str]
    agent_markers: frozenset[tuple[str, ...]]
    particles: dict[tuple[str, ...], tuple[tuple[Modality, str], ...]]
    modal_nouns: dict[tuple[str, ...], tuple[Modality, tuple[str, ...]]]
    masculine_countries: frozenset[str]
    transparent: frozenset[str]
    holders: Holders
    stances: StanceWords
    keys: WordKeys
    official: frozenset[str]
    item_words: ItemWords
    markers: tuple[Marker, ...]
    speech_nouns: tuple[str, ...]

    @classmethod
    def build(cls, language: Language, predicates: Predicates, forms: FormTable) -> Grammar:
        """Index the tables of a language."""
        stances = StanceWords(language.stances, language.morphemes)
        return cls(
            language=language,
            forms=forms,
            prepositions={_words(slot): normalize(slot) for slot in predicates.prepositions},
            agent_markers=frozenset(_words(marker) for marker in predicates.agent_markers),
            particles=_particles(language, predicates),
            modal_nouns={_words(noun.noun): (noun.status, noun.complement) for noun in predicates.modal_nouns},
            masculine_countries=language.masculine_countries,
            transparent=frozenset(loosen(word) for word in language.transparent),
            holders=Holders(language),
            stances=stances,
            keys=WordKeys.build(language, stances),
            item_words=ItemWords(
                language.morphemes.item_ends,
                frozenset([*language.numbers.values, *language.numbers.multipliers]),
                language.morphemes.adverbial,
            ),
            markers=predicates.markers,
            speech_nouns=predicates.speech_nouns,
            official=frozenset(loosen(head) for head in language.organisations.state),
        )


def _particles(language: Language, predicates: Predicates) -> dict[tuple[str, ...], tuple[tuple[Modality, str], ...]]:
    found: dict[tuple[str, ...], tuple[tuple[Modality, str], ...]] = {}
    for particle in predicates.particles:
        words = _words(particle.particle)
        # Without its hamza "as if" is spelt like "was", which is far commoner.
        if words[0] in language.function.others and normalize(particle.particle) != particle.particle:
            continue
        found[words] = (*found.get(words, ()), (particle.status, particle.before))
    return found


# Where a place stands that is reached without a preposition.
_REACHED = frozenset({"direct", "of", "of2"})


def motion_test(forms: FormTable) -> Callable[[str, bool], bool]:
    """Return a test for words that are forms of going somewhere, as verbs or nouns; it remembers its answers.

    Asked for one that `reaches` a place without a preposition, it leaves out verbs and nouns of sending: right behind
    these stands who sends.
    """

    @lru_cache(maxsize=20_000)
    def moves(norm: str, reaches: bool) -> bool:
        entries = [entry for a in forms.verbs(norm) for entry in a.entries] + [n.entry for n in forms.nouns(norm)]
        going = [entry for entry in entries if entry.frames[0].relation in ("visited", "deployedTo")]
        return any(not reaches or not _REACHED.isdisjoint(f.object) for entry in going for f in entry.frames)

    return moves


def speech_test(forms: FormTable) -> Callable[[str], bool]:
    """Return a test for words that are forms of verbs of saying; it remembers its answers."""

    @lru_cache(maxsize=20_000)
    def says(norm: str) -> bool:
        return any(a.speeches and a.form.aspect is not Aspect.PARTICIPLE for a in forms.verbs(norm))

    return says


def map_by_first(phrases: Mapping[tuple[str, ...], Entry]) -> dict[str, list[tuple[Tail, Entry]]]:
    """Return the rest and the entry of each phrase by its first word."""
    found: dict[str, list[tuple[Tail, Entry]]] = {}
    for (first, *rest), entry in phrases.items():
        found.setdefault(first, []).append((tuple(rest), entry))
    return found


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(normalize(word) for word in phrase.split())
