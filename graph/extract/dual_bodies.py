"""Reads the states of bodies that share a head: "the two armies, Jordanian and Qatari", "the ministries of X and Y"."""

from __future__ import annotations

from ..model import EntityKind
from ..text.fold import loosen
from .gazetteer import Gazetteer, pick
from .heads import Heads
from .words import Cut, Word


class DualBodies:
    """Finds the states behind a head of bodies in the dual or plural."""

    def __init__(self, heads: Heads, gazetteer: Gazetteer) -> None:
        self._heads = heads
        self._morphemes = heads.morphemes
        self._gazetteer = gazetteer

    def holders(self, words: tuple[Word, ...], start: int, cut: Cut) -> list[tuple[str, int, int, str]]:
        """Return (singular head, rest start, rest end, country key) for each state of a dual or plural head.

        "The two armies, Jordanian and Qatari", "the ministries of defence in Ukraine and Belgium".
        """
        single = self._heads.body_plurals.get(cut.key)
        if single is None:
            return []
        position = start + 1
        while position < len(words) and words[position].base in self._heads.complements:
            position += 1
        rest = (start + 1, position)
        and_, each_of = self._morphemes.and_, self._morphemes.each_of
        if position < len(words) and (words[position].norm == self._morphemes.in_ or words[position].norm in each_of):
            position += 1
            while position < len(words) and words[position].norm in each_of:
                position += 1
        found: list[tuple[str, int, int, str]] = []
        while position < len(words):
            option = words[position].cuts[0]
            if found:
                joined = (c for c in words[position].cuts if c.conjunction == and_ and not c.preposition)
                option = next(joined, option)
                if not option.conjunction:
                    break
            nationality = self._gazetteer.nationality(option.key)
            match = self._gazetteer.match(words, position, option.key)
            if nationality is not None:
                found.append((single, *rest, nationality.country))
                position += 1
            elif match is not None and pick(match, as_actor=True).kind is EntityKind.COUNTRY:
                found.append((single, *rest, pick(match, as_actor=True).key))
                position = match.end
            else:
                break
        return found if len(found) > 1 else []

    def bare(self, noun: str) -> str:
        """Return a noun as heads are looked up: loosened, without its article."""
        return self._morphemes.bare(loosen(noun))
