"""What stands around a verb or event noun: actors in slots, coordinated, and the common nouns that head phrases."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from ..model import EntityKind
from ..text.fold import normalize

# Slot names are few and asked for often; they depend on no language data.
slot_key = lru_cache(maxsize=1024)(normalize)

BARE = "bare"
# Whoever asked or offered something last.
ASKER = "asker"
# The position of an argument that is a pronoun written onto a word: it has no words of its own.
PRONOUN = -9
# That of one written onto a noun for whose it is.
OWNER = -3


@dataclass(slots=True)
class Argument:
    """An entity in a slot. `head` is the common noun between preposition and entity, `group` its coordination.

    Never changed, and not frozen only because many are made of each sentence and freezing takes three times as long.
    """

    slot: str
    entity: str
    kind: EntityKind
    position: int
    end: int
    group: int
    head: str = ""
    through: bool = False
    nested: bool = False
    commas: int = 0
    country_only: bool = False
    plural: bool = False


# Coordinated groups of arguments by the name of the slot they stand in.
Slots = dict[str, list[list[Argument]]]


@dataclass(slots=True)
class Arguments:
    """What was found to the right of a trigger; `heads` are the common nouns that head each phrase, by slot."""

    found: list[Argument] = field(default_factory=list)
    heads: list[tuple[str, str, int]] = field(default_factory=list)

    def groups(self, slot: str) -> list[list[Argument]]:
        """Return the coordinated groups in a slot, in reading order."""
        if not self.found:
            return []
        groups: dict[int, list[Argument]] = {}
        for argument in self.found:
            if argument.slot == slot:
                groups.setdefault(argument.group, []).append(argument)
        return list(groups.values())
