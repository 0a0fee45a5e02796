"""Words of a language as the readers of a document look them up, spelt once for all documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..lang.language import Language
from ..lang.morphemes import Morphemes
from ..lang.occasions import Occasions
from ..morphology.forms import Pronoun, borne_pronouns, pronouns_after_prepositions
from ..text.fold import loosen
from .asides import Resumptives
from .stance_words import StanceWords
from .words import surfaces_of


@dataclass(frozen=True, slots=True)
class WordKeys:
    """Sets of words by what they say.

    `officers` are titles of two and more people, `people` are persons without a name, `bodies` head the names of
    bodies, and `announcers` those that tell what their state does, `armies` those of its forces, `sites` those that
    are struck and strike nobody, `missions` embassies and their like; `expected` is what is to come or may; `kin` are
    those before or after somebody in office, by sort, `hers` those of a woman; `moments` say when; `lasting` nouns
    tell what stands; `members` may hold a gathering; a threat may begin with `threats`, the list of who is present
    with `presence`, that of a group's members with `listing`; `pronominals` are prepositions with a pronoun, `borne`
    pronouns that stand alone as objects, `resumptives` take up what a clause describes; `conduct` is what others take
    a stance to, `goods` are bought and sold, `owned_conduct` is conduct with the pronoun of its owner; `loaded` deeds
    blame theirs; behind a verb of `proving` more is said of its subject, behind a noun of `performing` who does what
    follows; behind `statements` stands who made them, behind `quoting` what somebody is quoted with. Those of
    `naming_some` lead to some of a crowd, `counting` are these and others that count; `told_before` gives the sort of
    a deed that is named with the article alone; `sayings` are what something is said in.
    """

    officers: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    announcers: frozenset[str]
    armies: frozenset[str]
    sites: frozenset[str]
    missions: frozenset[str]
    expected: frozenset[str]
    kin: Mapping[str, str]
    hers: frozenset[str]
    moments: frozenset[str]
    lasting: frozenset[str]
    members: frozenset[str]
    threats: frozenset[str]
    presence: frozenset[str]
    listing: frozenset[str]
    occasions: Occasions
    pronominals: Mapping[str, tuple[str, Pronoun]]
    borne: Mapping[str, Pronoun]
    resumptives: Resumptives
    conduct: frozenset[str]
    goods: frozenset[str]
    owned_conduct: Mapping[str, Pronoun]
    loaded: frozenset[str]
    proving: frozenset[str]
    performing: frozenset[str]
    courts: frozenset[str]
    statements: frozenset[str]
    quoting: frozenset[str]
    naming_some: frozenset[str]
    counting: frozenset[str]
    told_before: Mapping[str, str]
    sayings: frozenset[str]

    @classmethod
    def build(cls, language: Language, stances: StanceWords) -> WordKeys:
        """Spell the words of a language."""
        morphemes, titles = language.morphemes, language.titles
        naming_some = morphemes.exemplifiers | {morphemes.inclusion[0]}
        further = {morphemes.and_ + each for each in morphemes.each}
        duals = (title + ending for title in titles.state | titles.body for ending in morphemes.dual_endings)
        return cls(
            officers=frozenset(map(loosen, (*titles.plurals, *duals))),
            people=frozenset(map(loosen, titles.crowd | titles.anonymous)),
            bodies=frozenset(map(loosen, language.organisations.heads)),
            announcers=frozenset(map(loosen, language.organisations.announcers)),
            armies=frozenset(map(loosen, language.sites.armies)),
            sites=frozenset(map(loosen, language.sites.targets)),
            missions=frozenset(map(loosen, language.sites.missions)),
            expected=language.possible_adjectives | language.planned_adjectives,
            kin={loosen(word): sort for word, sort in titles.kin.items()},
            hers=_owned_by_women(titles.kin, morphemes),
            moments=language.function.days | morphemes.moments | _month_words(language),
            lasting=frozenset(map(loosen, language.groups.lasting)),
            members=frozenset(map(loosen, language.occasions.members)),
            threats=_threats(language, morphemes, stances),
            presence=_joined(language.occasions.presence, morphemes),
            listing=_joined(language.groups.made_of | language.groups.including, morphemes),
            occasions=language.occasions.spelled(loosen),
            pronominals=pronouns_after_prepositions(morphemes),
            borne=borne_pronouns(morphemes),
            resumptives=Resumptives.build(morphemes),
            conduct=frozenset(map(loosen, language.stances.conduct)),
            goods=frozenset(map(loosen, morphemes.goods)),
            owned_conduct=_owned(language.stances.conduct, morphemes),
            loaded=frozenset(surfaces_of(language.stances.loaded, morphemes)),
            proving=stances.proving,
            courts=frozenset(map(loosen, language.stances.courts)),
            performing=frozenset(surfaces_of(language.stances.performing, morphemes)),
            statements=frozenset(map(loosen, language.stances.statements)),
            quoting=language.stances.quoting,
            naming_some=naming_some,
            counting=naming_some | morphemes.any_of | morphemes.shares | further,
            sayings=frozenset(surfaces_of(language.stances.sayings, morphemes))
            | _owned(language.stances.sayings, morphemes).keys(),
            told_before={
                surface: sort
                for sort, nouns in language.stances.told.items()
                for surface in surfaces_of([morphemes.article + noun for noun in nouns], morphemes)
            },
        )


def _month_words(language: Language) -> frozenset[str]:
    """Return the words of months, and the slash between the two names of one."""
    return frozenset(word for month in language.calendar.months for word in month.split()) | {"/"}


def _threats(language: Language, morphemes: Morphemes, stances: StanceWords) -> frozenset[str]:
    """Return the words with which a threat may begin: "if", and "answer" in every form."""
    answers = language.stances.answers
    joiners = ("", *morphemes.joined_conjunctions, *morphemes.joined_prepositions)
    nouns = (joiner + noun for noun in answers.nouns for joiner in joiners)
    return frozenset([*morphemes.conditionals, *answers.cases, *answers.meeting, *stances.answering, *nouns])


def _owned(nouns: Iterable[str], morphemes: Morphemes) -> dict[str, Pronoun]:
    """Return nouns with a pronoun of the third person, bare or behind a preposition, and the pronoun."""
    feminine, construct = morphemes.feminine, morphemes.construct
    found: dict[str, Pronoun] = {}
    for noun in nouns:
        stem = noun.removesuffix(feminine) + construct if noun.endswith(feminine) else noun
        for ending, (person, gender, number) in morphemes.attached_pronouns.items():
            if person == 3:
                for preposition in ("", *morphemes.joined_prepositions):
                    found[preposition + stem + ending] = Pronoun(person, gender, number)
    return found


def _owned_by_women(words: Iterable[str], morphemes: Morphemes) -> frozenset[str]:
    """Return those of some words onto which a feminine pronoun is written."""
    pronouns = tuple(end for end, (_, gender, _) in morphemes.attached_pronouns.items() if gender == "f")
    return frozenset(loosen(word) for word in words if word.endswith(pronouns))


def _joined(words: frozenset[str], morphemes: Morphemes) -> frozenset[str]:
    """Return words as they stand and with a conjunction, or two, written onto them."""
    joiners = ("", *morphemes.joined_conjunctions)
    return frozenset(first + second + word for word in words for first in joiners for second in joiners)
