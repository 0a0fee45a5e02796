"""Adjectives of nationality that are also words of the language, as common_words.yaml lists them."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import LanguageDataError
from .tables import Table


@dataclass(frozen=True, slots=True)
class DoubtfulState:
    """A state by its key and name, the forms of its adjective, and what tells that these are meant.

    Behind one of the nouns `sure` an adjective is that of the state; behind one of `likely` in a document that names
    the state or one of `places`. `people` are the forms for several.
    """

    country: str
    name: str
    masculine: frozenset[str]
    feminine: frozenset[str]
    people: frozenset[str]
    sure: frozenset[str]
    likely: frozenset[str]
    places: frozenset[str]

    @classmethod
    def load(cls, table: Table) -> tuple[DoubtfulState, ...]:
        """Read the states of a table."""
        try:
            return tuple(
                cls(record.pop("country"), record.pop("name"), **{k: frozenset(v.split()) for k, v in record.items()})
                for record in map(dict, table.records("doubtful_states"))
            )
        except (KeyError, TypeError) as error:
            raise LanguageDataError(f"{table.path}: an entry of doubtful_states is wrong: {error}.") from None
