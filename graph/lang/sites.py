"""What may be struck and strikes nobody, and how a text says who holds it, as data; see lang/ar/common_words.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table


@dataclass(frozen=True, slots=True)
class Sites:
    """Nouns of sites, gear, land; words of holding one and what goes back to it; what is fired, what fires, armies.

    `opponents` are those against somebody, who are not he. Of an attack one says whose `responsibility` it is: verbs of
    `claiming` have that word behind them, those of `adopting` the attack itself or what else is `claimed`; it struck
    what it was `beside`. Who strikes `vessels` does not strike the `waters`.
    """

    targets: frozenset[str]
    holding: frozenset[str]
    held_back: frozenset[str]
    fire: frozenset[str]
    armed: frozenset[str]
    armies: frozenset[str]
    missions: frozenset[str]
    opponents: frozenset[str]
    responsibility: frozenset[str]
    claiming: frozenset[str]
    adopting: frozenset[str]
    disclaiming: frozenset[str]
    claimed: frozenset[str]
    beside: tuple[str, ...]
    waters: frozenset[str]
    vessels: frozenset[str]

    @classmethod
    def load(cls, table: Table) -> Sites:
        """Read the table; raise LanguageDataError where it lacks an entry."""
        return cls(
            table.words("targets"),
            table.words("holding"),
            table.words("held_back"),
            table.words("fire"),
            table.words("armed"),
            table.words("armies"),
            table.words("missions"),
            table.words("opponents"),
            table.words("responsibility"),
            table.words("claiming"),
            table.words("adopting"),
            table.words("disclaiming"),
            table.words("claimed"),
            table.word_list("beside"),
            table.words("waters"),
            table.words("vessels"),
        )
