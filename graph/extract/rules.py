"""What the readers of verbs, nouns and participles share: for good, and while one document is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..resolve.actors import Actor
from .collector import Collector
from .deeds import DeedTeller
from .frames import FrameFiller
from .governors import GovernorFinder
from .grammar import Grammar
from .latter import LatterWords
from .openings import OpeningFinder
from .pronouns import PronounFinder
from .sources import SourceFinder
from .status import StatusReader
from .subjects import SubjectFinder
from .words import surfaces_of


@dataclass(frozen=True, slots=True)
class LastingRules:
    """The rules that know no document: built once, so that what they remember of words serves every document."""

    grammar: Grammar
    status: StatusReader
    filler: FrameFiller
    sources: SourceFinder
    governors: GovernorFinder
    homeland_forms: frozenset[str]
    latter: LatterWords

    @classmethod
    def build(cls, grammar: Grammar) -> LastingRules:
        """Put together what a grammar's words alone decide."""
        morphemes = grammar.language.morphemes
        return cls(
            grammar,
            StatusReader(grammar),
            FrameFiller(morphemes, grammar.holders),
            SourceFinder(grammar),
            GovernorFinder(grammar),
            frozenset(surfaces_of(grammar.language.homeland, morphemes)),
            LatterWords.load(grammar.language),
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The grammar, and who knows the actors of the document."""

    grammar: Grammar
    actors: Mapping[str, Actor]
    collector: Collector
    subjects: SubjectFinder
    pronouns: PronounFinder
    openings: OpeningFinder
    status: StatusReader
    governors: GovernorFinder
    deeds: DeedTeller

    @classmethod
    def build(cls, lasting: LastingRules, actors: Mapping[str, Actor], collector: Collector) -> Rules:
        """Put the rules together for the actors that the linker found."""
        grammar = lasting.grammar
        subjects = SubjectFinder(actors, grammar, collector, grammar.keys.resumptives.words)
        openings = OpeningFinder(subjects, collector, grammar.language.morphemes)
        pronouns = PronounFinder(actors, subjects, openings, grammar.keys, grammar.language.morphemes.whom_verbs)
        return cls(
            grammar=grammar,
            actors=actors,
            collector=collector,
            subjects=subjects,
            pronouns=pronouns,
            openings=openings,
            status=lasting.status,
            governors=lasting.governors,
            deeds=DeedTeller(grammar, lasting.filler, actors),
        )
