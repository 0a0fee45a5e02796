"""Finds whom "the latter" means: the actor of its gender that was named last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..lang.language import Language
from ..resolve.actors import Actor
from ..text.fold import loosen
from .chunks import Chunk, Reading
from .clauses import Node, Tag, node_of
from .relations import ACTORS
from .subjects import Discourse, SubjectFinder
from .words import Cut, Word, surfaces_of

# Behind these "the latter" cannot describe what stands before it.
_OPEN = frozenset({Tag.COMMA, Tag.STOP, Tag.QUOTE, Tag.BRACKET, Tag.SUBORDINATOR, Tag.VERB, Tag.PRONOUN})


@dataclass(frozen=True, slots=True)
class LatterWords:
    """The gender ("m" or "f") of each spelling of "the latter", the nouns that it may stand behind, and "in"."""

    genders: Mapping[str, str]
    nouns: frozenset[str]
    in_: str

    @classmethod
    def load(cls, language: Language) -> LatterWords:
        """Take the words from the tables of a language."""
        morphemes = language.morphemes
        genders = {
            surface: gender
            for gender, words in (("m", morphemes.latter), ("f", morphemes.feminine_latter))
            for surface in surfaces_of(words, morphemes)
        }
        return cls(genders, frozenset(map(loosen, language.common - language.adjectives)), morphemes.in_)


class LatterFinder:
    """Lets "the latter" stand for an actor of a document."""

    def __init__(self, words: LatterWords, actors: Mapping[str, Actor], subjects: SubjectFinder) -> None:
        self._words = words
        self._actors = actors
        self._subjects = subjects

    def mark(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> None:
        """Turn each "the latter" that stands for an actor into a chunk that names it."""
        genders = self._words.genders
        if reading.norms.isdisjoint(genders):
            return
        for index, word in enumerate(reading.words):
            gender = genders.get(word.norm)
            if gender is None or nodes[index].tag is Tag.CHUNK or not self._stands_alone(reading.words, nodes, index):
                continue
            entity = next(self._fitting(gender, nodes[:index], discourse), None)
            if entity is not None:
                cut = _cut(word)
                chunk = Chunk(index, index + 1, self._actors[entity].kind, word.token.text, cut, entity=entity)
                chunk.country = self._actors[entity].country
                nodes[index] = node_of(chunk)

    def _stands_alone(self, words: tuple[Word, ...], nodes: list[Node], index: int) -> bool:
        """Tell whether it is a noun there: an adjective stands behind a definite noun, "its last visit"."""
        if not index or _cut(words[index]).offset or nodes[index - 1].tag in _OPEN:
            return True
        before, node = words[index - 1], nodes[index - 1]
        if node.tag is Tag.CHUNK:
            return False
        if node.tag is Tag.PREPOSITION:
            # "In the end" names nobody.
            return node.preposition != self._words.in_
        if node.noun is not None:
            return not node.noun.definite and node.noun.pronoun is None
        return any(cut.key in self._words.nouns for cut in before.cuts) and not any(cut.definite for cut in before.cuts)

    def _fitting(self, gender: str, before: list[Node], discourse: Discourse) -> Iterator[str]:
        """Yield the actors of a gender named before, the latest first."""
        here = [node.chunk.entity for node in before if node.chunk is not None and node.chunk.entity]
        for entity in (*reversed(here), *reversed(discourse.seen)):
            if self._actors[entity].kind not in ACTORS:
                continue
            own, plural = self._subjects.gender(entity)
            if not plural and own in (gender, None if gender == "m" else gender):
                yield entity


def _cut(word: Word) -> Cut:
    """Return the cut of a word that leaves "the latter"."""
    return next((cut for cut in word.cuts if cut.offset and cut.definite), word.cuts[0])
