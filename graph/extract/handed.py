"""Finds who gives what is handed over or bought, where only the adjective of the goods tells it: "American arms"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..lang.predicates import Frame
from ..model import EntityKind
from .arguments import Argument, Slots
from .clauses import Node, Tag
from .relations import takes_object, takes_subject

# The slot of the nationality that a phrase bears has the phrase's own, and this behind it.
NATIONAL = "/national"
# What is handed over often bears the adjective of the state that gives it: "received American arms".
HANDED = frozenset({"supplies", "aids"})
# A name may stand in quotes: "the system 'X', of Russia".
_BEHIND = (0, 1)


def follows_arms(nodes: list[Node], last: Argument, index: int) -> bool:
    """Tell whether a nationality stands right behind arms, whose name may be in quotes: "the system 'X', of Russia"."""
    if last.kind is not EntityKind.WEAPON:
        return False
    return last.end == index or (last.end == index - 1 and nodes[last.end].tag is Tag.QUOTE)


def takers(frame: Frame, arguments: Iterable[Argument]) -> list[Argument]:
    """Return those that may be the object of a frame."""
    kinds = frame.object_kinds
    return [a for a in arguments if takes_object(frame.relation, a.kind) and (not kinds or a.kind in kinds)]


def handed_over(
    frame: Frame, goods: frozenset[str], slots: Slots, receivers: Iterable[Argument], *, article: str
) -> tuple[list[Argument], list[Argument]] | None:
    """Return givers and receivers where the state of what is handed over gives it, or None where no goods tell one.

    "The delivery [to] X of American missiles"; `goods` are the nouns that a frame asks for, loosened.
    """
    fitting = takers(frame, receivers)
    givers = list(_makers(frame, goods, slots, article)) if fitting else []
    return (givers, fitting) if givers else None


def _makers(frame: Frame, goods: frozenset[str], slots: Slots, article: str) -> Iterator[Argument]:
    for name, groups in slots.items():
        if not goods or not name.endswith(NATIONAL):
            continue
        arms = [
            argument.end
            for group in slots.get(name.removesuffix(NATIONAL), ())
            for argument in group
            if argument.kind is EntityKind.WEAPON
        ]
        for argument in groups[0]:
            on_arms = any(argument.position - end in _BEHIND for end in arms)
            told = on_arms or argument.head.removeprefix(article) in goods
            if told and takes_subject(frame.relation, argument.kind):
                yield replace(argument, through=False)
