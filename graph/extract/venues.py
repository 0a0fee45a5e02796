"""Finds the place of a gathering: "a summit in Y", "the summit was held in Y", "in Y began the summit"."""

from __future__ import annotations

from ..lang.calendar import Calendar
from ..lang.morphemes import Morphemes
from ..lang.occasions import Occasions
from .chunks import Chunk
from .clauses import Tag
from .relations import LANDS
from .scene import Scene
from .words import Word

_BEHIND, _BEFORE = 12, 7
_SLASH = "/"


class VenueFinder:
    """Looks behind the name of a gathering, then between it and a verb of being held before it."""

    def __init__(self, occasions: Occasions, morphemes: Morphemes, calendar: Calendar) -> None:
        self._data = occasions
        self._morphemes = morphemes
        named = (calendar.months, calendar.weekdays, calendar.relative_days, calendar.units, calendar.ordinals)
        said = (calendar.past, calendar.next, calendar.this, calendar.year_words, calendar.month_words)
        words = frozenset(part for each in (*named, *said) for word in each for part in word.split("_"))
        self._when = words | frozenset(morphemes.article + word for word in calendar.ordinals)

    def find(self, scene: Scene, chunk: Chunk) -> Chunk | None:
        """Return the place of a gathering, or None where the text does not say it right there."""
        return self._behind(scene, chunk) or self.before(scene, chunk)

    def _behind(self, scene: Scene, chunk: Chunk) -> Chunk | None:
        """Return the place behind: only words of when it is, that it is held and whose it is lie between."""
        nodes, words, index = scene.nodes, scene.reading.words, chunk.end
        inside = False
        while index < min(chunk.end + _BEHIND, len(nodes)):
            node, word = nodes[index], words[index]
            found = node.chunk
            if found is not None and found.start == index and (found.entity or not self._tells_when(scene, index)):
                if found.kind in LANDS and found.entity:
                    within = inside or found.preposition == self._morphemes.by
                    return found if within and not found.conjunction and not self._goes_on(scene, found) else None
                if found.preposition != self._morphemes.for_ and found.end > chunk.name_end:
                    return None
                index = found.end
            elif word.norm == self._morphemes.in_:
                inside, index = True, index + 1
            elif self._tells_when(scene, index):
                # "in the third of May": what "in" leads to is no place.
                inside, index = False, index + 1
            else:
                return None
        return None

    def _goes_on(self, scene: Scene, place: Chunk) -> bool:
        """Tell whether with whom one met follows the place: "a meeting in X with Y"."""
        return place.end < len(scene.nodes) and scene.reading.words[place.end].norm == self._morphemes.with_

    def before(self, scene: Scene, chunk: Chunk) -> Chunk | None:
        """Return the place before, behind a verb of being held: "in X began today the sessions of the summit"."""
        nodes, words = scene.nodes, scene.reading.words
        if chunk.preposition or chunk.conjunction:
            return None
        place: Chunk | None = None
        index = chunk.start - 1
        while index >= max(0, chunk.start - _BEFORE):
            found, word = nodes[index].chunk, words[index]
            if found is not None:
                if place is not None or found.kind not in LANDS or not found.entity or found.conjunction:
                    return None
                led = found.start > 0 and words[found.start - 1].norm == self._morphemes.in_
                if not led and found.preposition != self._morphemes.by:
                    return None
                place, index = found, found.start - 1 - led
            elif self._is_held(word):
                return place
            elif self._tells_when(scene, index) or (place is None and word.base in self._data.parts):
                index -= 1
            else:
                return None
        return None

    def _is_held(self, word: Word) -> bool:
        return self._morphemes.is_among(word.norm, self._data.opened)

    def _tells_when(self, scene: Scene, index: int) -> bool:
        word, data = scene.reading.words[index], self._data
        if word.norm in data.ends or word.norm in data.holdings or word.base in data.times or word.norm in self._when:
            return True
        nodes = scene.nodes
        if word.norm == self._morphemes.from_:
            # "the third of May"
            return index + 1 < len(nodes) and nodes[index + 1].tag is Tag.ADVERB
        return word.is_number or word.norm == _SLASH or nodes[index].tag in (Tag.RELATIVE, Tag.ADVERB)
