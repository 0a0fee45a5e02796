"""Finds the actors of one document by the ends of their names, by office and by head noun, without asking all of them.

What comes back are ids of candidates in the order in which they were added; whoever asks decides. Without this the
time that a document takes would grow with the square of its actors.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ..model import EntityKind
from ..text.fold import fold_name
from .names import NameComparer


class Roll:
    """Ids by what they may be asked for; the order is that of `enter`."""

    def __init__(self, names: NameComparer) -> None:
        self._names = names
        self._order: dict[str, int] = {}
        self._found: dict[Hashable, set[str]] = {}

    def enter(self, actor: str) -> None:
        """Take up an actor, behind all others."""
        self._order[actor] = len(self._order)

    def add_name(self, actor: str, kind: EntityKind, name: str) -> None:
        """Let an actor be found by a name."""
        words = fold_name(name).split()
        if not words:
            return
        self._add(actor, (kind, " ".join(words)))
        if kind is EntityKind.PERSON:
            for end in self._ends(self._names.words_of(name)):
                self._add(actor, end)

    def add_office(self, actor: str, head: str) -> None:
        """Let a person be found by the first word of an office."""
        self._add(actor, ("office", head.split(" ")[0]))

    def add_head(self, actor: str, kind: EntityKind, head: str | None) -> None:
        """Let an actor be found by the noun that heads its name."""
        self._add(actor, (kind, "head", head))

    def namesakes(self, name: str) -> list[str]:
        """Return the people whose name begins or ends as a name does, in any spelling."""
        return self._all(self._ends(self._names.words_of(name)))

    def called(self, kind: EntityKind, names: Iterable[str]) -> list[str]:
        """Return the actors of a kind that bear one of some names exactly."""
        return self._all((kind, " ".join(fold_name(name).split())) for name in names)

    def holders(self, head: str) -> list[str]:
        """Return the people who hold an office that begins with the first word of `head`."""
        return self._all([("office", head.split(" ")[0])])

    def headed(self, kind: EntityKind, head: str | None) -> list[str]:
        """Return the actors of a kind that had this head noun at some time."""
        return self._all([(kind, "head", head)])

    def _ends(self, words: tuple[str, ...]) -> set[Hashable]:
        return {("end", self._names.skeleton(word)) for word in (words[:1] + words[-1:])}

    def _add(self, actor: str, key: Hashable) -> None:
        self._found.setdefault(key, set()).add(actor)

    def _all(self, keys: Iterable[Hashable]) -> list[str]:
        found: set[str] = set()
        for key in keys:
            found |= self._found.get(key, set())
        return sorted(found, key=self._order.__getitem__)
