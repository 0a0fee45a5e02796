"""Finds whom "the latter" means, the actor of its gender that was named last, and who of two are "the former"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..lang.language import Language
from ..model import EntityKind
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
    """The gender ("m" or "f") of each spelling of "the latter", "the former" and "the second", and what tells it.

    Each may stand behind one of `nouns`; behind `in_` it names nobody.
    """

    latters: Mapping[str, str]
    formers: Mapping[str, str]
    seconds: Mapping[str, str]
    nouns: frozenset[str]
    in_: str

    @classmethod
    def load(cls, language: Language) -> LatterWords:
        """Take the words from the tables of a language."""
        morphemes = language.morphemes
        latters, formers, seconds = (
            dict.fromkeys(surfaces_of(masculine, morphemes), "m") | dict.fromkeys(surfaces_of(feminine, morphemes), "f")
            for masculine, feminine in (
                (morphemes.latter, morphemes.feminine_latter),
                (morphemes.former, morphemes.feminine_former),
                (morphemes.second, morphemes.feminine_second),
            )
        )
        nouns = frozenset(map(loosen, language.common - language.adjectives))
        return cls(latters, formers, seconds, nouns, morphemes.in_)


class LatterFinder:
    """Lets "the latter" stand for an actor of a document."""

    def __init__(self, words: LatterWords, actors: Mapping[str, Actor], subjects: SubjectFinder) -> None:
        self._words = words
        self._actors = actors
        self._subjects = subjects

    def mark(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> None:
        """Turn each "the latter" that stands for an actor into a chunk that names it; so with those of a pair."""
        words = self._words
        pair = self._pair(reading, nodes, discourse)
        if pair is None and reading.norms.isdisjoint(words.latters):
            return
        genders = words.latters if pair is None else {**words.latters, **words.seconds, **words.formers}
        marked = -1
        for index, word in enumerate(reading.words):
            gender = genders.get(word.norm)
            if gender is None or nodes[index].tag is Tag.CHUNK:
                continue
            # "the former the latter": the second of them stands right behind the first.
            beside = 0 <= marked == index - 1
            if not beside and not self._stands_alone(reading.words, nodes, index):
                continue
            if pair is None:
                entity = next(self._fitting(gender, nodes[:index], discourse), None)
            else:
                entity, marked = pair[word.norm not in words.formers], index
            if entity is not None:
                cut = _cut(word)
                chunk = Chunk(index, index + 1, self._actors[entity].kind, word.token.text, cut, entity=entity)
                chunk.country = self._actors[entity].country
                nodes[index] = node_of(chunk)

    def _pair(self, reading: Reading, nodes: list[Node], discourse: Discourse) -> tuple[str, str] | None:
        """Return the last two actors of a gender and kind, where "the former" stands before "the second"."""
        words, norms = self._words, reading.norms
        if norms.isdisjoint(words.formers) or (norms.isdisjoint(words.seconds) and norms.isdisjoint(words.latters)):
            return None
        first = next((i for i, word in enumerate(reading.words) if word.norm in words.formers), 0)
        if nodes[first].tag is Tag.CHUNK or not self._stands_alone(reading.words, nodes, first):
            return None
        gender = words.formers[reading.words[first].norm]
        behind = [word.norm for word in reading.words[first + 1 :]]
        if not any(gender in (words.seconds.get(norm), words.latters.get(norm)) for norm in behind):
            return None
        fitting = self._fitting(gender, nodes[:first], discourse)
        last = next(fitting, None)
        if last is None:
            return None
        kind = self._actors[last].kind
        other = next((each for each in fitting if each != last and self._actors[each].kind is kind), None)
        if other is None:
            return None
        # "X met Y, and the former invited the latter": that clause is read as going on with X or Y.
        here = {node.chunk.entity for node in nodes[:first] if node.chunk is not None}
        return None if kind is EntityKind.PERSON and not here.isdisjoint((last, other)) else (other, last)

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
