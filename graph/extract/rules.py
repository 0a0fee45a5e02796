"""What the readers of verbs, nouns and participles share while one document is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..resolve.actors import Actor
from .arguments import Collector
from .deeds import DeedTeller
from .grammar import Grammar
from .pronouns import PronounFinder
from .status import StatusReader
from .subjects import SubjectFinder


@dataclass(frozen=True, slots=True)
class Rules:
    """The grammar, and who knows the actors of the document."""

    grammar: Grammar
    actors: Mapping[str, Actor]
    collector: Collector
    subjects: SubjectFinder
    pronouns: PronounFinder
    status: StatusReader
    deeds: DeedTeller

    @classmethod
    def build(cls, grammar: Grammar, actors: Mapping[str, Actor], collector: Collector) -> Rules:
        """Put the rules together for the actors that the linker found."""
        subjects = SubjectFinder(actors, grammar, collector)
        return cls(
            grammar=grammar,
            actors=actors,
            collector=collector,
            subjects=subjects,
            pronouns=PronounFinder(actors, subjects, grammar.language.morphemes),
            status=StatusReader(grammar),
            deeds=DeedTeller(grammar, actors),
        )
