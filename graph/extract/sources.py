"""Takes out of a clause who is only its source: "according to X", "as X reported", "in an interview with the paper Y".

A source says what others did, and an outlet hears it; neither does it. Their words become adverbs, and the source is
kept for the facts beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..lang.predicates import Marker, MarkerRole
from ..resolve.actors import Actor
from ..text.fold import loosen, normalize
from .chunks import Chunk, Reading
from .clauses import Node, Tag
from .grammar import Grammar

_CACHED = 20_000
_REACH = 7
_LONGEST = 4
_ENDS = frozenset({Tag.COMMA, Tag.STOP, Tag.QUOTE, Tag.BRACKET})
_PASSED = frozenset({Tag.OTHER, Tag.PREPOSITION, Tag.PARTICIPLE, Tag.ADVERB})

# A marker's words, without the preposition that is written onto the next word, that preposition, and its role.
_Entry = tuple[tuple[str, ...], str, MarkerRole]


@dataclass(frozen=True, slots=True)
class Source:
    """Words of a sentence that say who says so, and that actor; None where the text does not name him."""

    start: int
    end: int
    entity: str | None


class SourceFinder:
    """Finds sources by the markers before them."""

    def __init__(self, grammar: Grammar) -> None:
        language = grammar.language
        self._joined = language.morphemes.joined_conjunctions
        self._and = language.morphemes.and_
        organisations = language.organisations
        self._outlets = frozenset(map(loosen, organisations.outlets | organisations.likely_outlets))
        self._nouns = frozenset(loosen(normalize(noun)) for noun in grammar.speech_nouns)
        self._entries: dict[str, list[_Entry]] = {}
        for marker in grammar.markers:
            entry = _entry_of(marker, language.morphemes.joined_prepositions)
            self._entries.setdefault(entry[0][0], []).append(entry)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        # What a marker may begin with, a conjunction written onto it or not.
        self._firsts = frozenset(joiner + first for first in self._entries for joiner in ("", *self._joined))
        self._opening = lru_cache(maxsize=_CACHED)(self._opening_of)
        self._going_on = lru_cache(maxsize=_CACHED)(self._opening_of_two)

    def find(self, reading: Reading, nodes: list[Node], actors: Mapping[str, Actor]) -> tuple[Source, ...]:
        """Return the sources of a sentence; their words are adverbs in `nodes` from now on."""
        found: list[Source] = []
        end = 0
        words, firsts, last = reading.words, self._firsts, len(reading.words) - 1
        for index, word in enumerate(words):
            if word.norm not in firsts or index < end or nodes[index].tag is Tag.CHUNK:
                continue
            entries = self._going_on(word.norm, words[index + 1].norm if index < last else "")
            if not entries:
                continue
            source = self._at(reading, nodes, index, entries, actors)
            if source is None:
                continue
            conjunction = nodes[index].conjunction
            for position in range(source.start, source.end):
                nodes[position] = Node(Tag.ADVERB, conjunction=conjunction if position == index else "")
            end = source.end
            if source.entity is not None:
                found.append(source)
        return tuple(found)

    def _opening_of(self, norm: str) -> tuple[_Entry, ...]:
        """Return the markers that begin with a word; a conjunction may be written onto it."""
        entries = self._entries.get(norm)
        if entries is None and len(norm) > 2 and norm[0] in self._joined:
            entries = self._entries.get(norm[1:])
        return tuple(entries or ())

    def _opening_of_two(self, first: str, second: str) -> tuple[_Entry, ...]:
        """Return the markers that begin with two words, or with the first alone; the sentence may end behind it."""
        return tuple(each for each in self._opening(first) if not second or each[0][1:2] in ((), (second,)))

    def _at(
        self,
        reading: Reading,
        nodes: list[Node],
        index: int,
        entries: tuple[_Entry, ...],
        actors: Mapping[str, Actor],
    ) -> Source | None:
        words = reading.words
        for phrase, attached, role in entries:
            start = index + len(phrase)
            # The first word has brought us here.
            if len(phrase) > 1 and any(
                words[i].norm != said for i, said in enumerate(phrase[1:], index + 1) if i < len(words)
            ):
                continue
            if role is MarkerRole.ASIDE and start <= len(words):
                return Source(index, start, None)
            if start >= len(words) or (attached and not _bears(reading, nodes, start, attached)):
                continue
            if role is MarkerRole.REPORT:
                return self._reported(nodes, index, start)
            if role is MarkerRole.OUTLET:
                return self._heard(reading, nodes, index, start, actors)
            return self._named(reading, nodes, index, start)
        return None

    def _named(self, reading: Reading, nodes: list[Node], index: int, start: int) -> Source | None:
        """Read "according to [a statement of] X", or of nobody named: "according to Israeli sources"."""
        national = -1
        for position in range(start, min(start + _REACH, len(nodes))):
            node = nodes[position]
            if node.chunk is not None and node.tag is Tag.CHUNK:
                return self._through(nodes, index, node.chunk) if node.chunk.entity else None
            if node.tag is Tag.NATIONALITY and position > start:
                national = position
                continue
            if national >= 0 or node.tag in _ENDS:
                break
            said = any(cut.base in self._nouns for cut in reading.words[position].cuts)
            if not said and (position == start or node.tag not in _PASSED):
                break
        return Source(index, national + 1, None) if national >= 0 else None

    def _reported(self, nodes: list[Node], index: int, start: int) -> Source | None:
        """Read "as X announced"; what goes on with "that" is a report of its own."""
        if nodes[start].tag is not Tag.VERB:
            return None
        for position in range(start + 1, min(start + _LONGEST, len(nodes))):
            node = nodes[position]
            if node.tag is Tag.CHUNK and node.chunk is not None:
                if not node.chunk.entity or node.preposition:
                    return None
                source = self._through(nodes, index, node.chunk)
                return source if source.end == len(nodes) or nodes[source.end].tag is Tag.STOP else None
            if node.tag not in _PASSED:
                return None
        return None

    def _heard(
        self, reading: Reading, nodes: list[Node], index: int, start: int, actors: Mapping[str, Actor]
    ) -> Source | None:
        """Read "in an interview with the paper X"."""
        for position in range(start, min(start + 2, len(nodes))):
            chunk = nodes[position].chunk
            if chunk is not None and self._is_outlet(reading, chunk, actors):
                return Source(index, chunk.end, None)
            if chunk is None and reading.words[position].base not in self._outlets:
                return None
        return None

    def _is_outlet(self, reading: Reading, chunk: Chunk, actors: Mapping[str, Actor]) -> bool:
        known = actors[chunk.entity].known if chunk.entity else None
        if known is not None and known.domains:
            return True
        first = chunk.cut.base if chunk.cut is not None else reading.words[chunk.start].base
        return first in self._outlets

    def _through(self, nodes: list[Node], index: int, chunk: Chunk) -> Source:
        """Return a source with those coordinated with it: "according to X and Y"."""
        end = chunk.end
        while end < len(nodes) and nodes[end].chunk is not None and nodes[end].conjunction == self._and:
            following = nodes[end].chunk
            after = nodes[following.end] if following is not None and following.end < len(nodes) else None
            if following is None or (after is not None and after.tag is Tag.VERB):
                break
            end = following.end
        return Source(index, end, chunk.entity)


def _entry_of(marker: Marker, prepositions: str) -> _Entry:
    words = normalize(marker.marker).split()
    attached = words.pop() if words[-1] in prepositions else ""
    return tuple(words), attached, marker.before


def _bears(reading: Reading, nodes: list[Node], index: int, preposition: str) -> bool:
    """Tell whether a preposition is written onto a word."""
    if nodes[index].preposition == preposition:
        return True
    return any(cut.preposition == preposition for cut in reading.words[index].cuts)
