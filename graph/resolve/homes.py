"""Tells which state a text is about, and names after it the bodies that the text leaves without one.

"The government" of an article on X is the X government, and no other document's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..extract.chunks import Chunk
from ..lang.language import Language
from ..text.fold import loosen
from .actors import Actor
from .known import Known

_SHARE = 0.6


class Homes:
    """Names lone bodies; made once, it serves all documents."""

    def __init__(self, known: Known, language: Language) -> None:
        morphemes = language.morphemes
        self._feminine = (morphemes.feminine, morphemes.feminine_plural)
        self._bodies = frozenset(map(loosen, language.groups.bodies))
        self._adjectives = {
            (form.country, form.gender): form.text
            for form in reversed(known.demonyms)
            if form.definite and form.number == "s"
        }

    def state_of(self, actors: Iterable[Actor]) -> str | None:
        """Return the state that most of what a document names is of; None where none stands out."""
        seen: Counter[str] = Counter()
        for actor in actors:
            if actor.country:
                seen[actor.country] += len(actor.sightings)
        if not seen:
            return None
        state, count = seen.most_common(1)[0]
        return state if count >= _SHARE * seen.total() else None

    def full_name(self, chunk: Chunk, state: str) -> str | None:
        """Return the name of a lone body with its state; None for others."""
        if chunk.head not in self._bodies:
            return None
        adjective = self._adjectives.get((state, "f" if chunk.name.endswith(self._feminine) else "m"))
        return f"{chunk.name} {adjective}" if adjective else None
