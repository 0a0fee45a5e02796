"""Decides whether an undiacritised word is verb or noun ("waqqa'a"/"waq'", "da'm"/"da'ama") by what is around it."""

from __future__ import annotations

from ..model import EntityKind
from ..morphology.conjugate import Aspect
from ..morphology.forms import NounAnalysis, VerbAnalysis, pronouns_after_prepositions
from .chunks import Reading
from .clauses import Node, Tag
from .grammar import Grammar

# What a verb may describe that carries a pronoun for it.
_DEEDS = frozenset({Tag.NOUN, Tag.OTHER, Tag.NATIONALITY, Tag.PARTICIPLE})
# How far back a clause may begin, and what may begin another.
_CLAUSE = 20
_AT_EVENTS = frozenset({"hosted", "tookPartIn", "leads"})
_BEFORE_VERB = (Tag.STOP, Tag.COMMA, Tag.PARTICLE, Tag.RELATIVE, Tag.PRONOUN, Tag.QUOTE, Tag.ADVERB)
_OPENERS = (Tag.STOP, Tag.COMMA, Tag.QUOTE, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.PARTICLE, Tag.PRONOUN)


class Homographs:
    """Decides what forms alone leave open."""

    def __init__(self, grammar: Grammar) -> None:
        self._morphemes = grammar.language.morphemes
        self._masculine_countries = grammar.masculine_countries
        morphemes = self._morphemes
        self._before_nouns = frozenset({morphemes.in_, morphemes.to, morphemes.on, morphemes.on_behalf})
        self._pronominals = frozenset(pronouns_after_prepositions(self._morphemes))

    def reads_as_verb(
        self, reading: Reading, nodes: list[Node], index: int, finite: tuple[VerbAnalysis, ...], noun: NounAnalysis
    ) -> bool:
        """Decide a homograph: a noun after a preposition or with the article, a verb at the head of a clause."""
        if noun.definite or noun.preposition or noun.accusative:
            return False
        if noun.pronoun is not None and all(a.pronoun is not None for a in finite):
            return bool(nodes) and _is_event(nodes[-1]) and any(_convenes(a) for a in finite)
        if nodes and nodes[-1].tag is Tag.PREPOSITION and reading.words[index - 1].norm in self._before_nouns:
            return False
        if any((a.form.aspect is Aspect.PRESENT and a.form.person == 3) or a.future for a in finite):
            return True
        if self._before_two_actors(reading, index) or self._before_pronoun(reading, nodes, index):
            return True
        if (not nodes or nodes[-1].tag in (Tag.STOP, Tag.QUOTE)) and self._disagrees(reading, index, finite):
            return False
        if not nodes:
            # A headline that opens with such a word opens with a noun, running text with a verb and its subject.
            chunk = reading.chunk_at(index + 1)
            actor = chunk is not None and chunk.kind in ("Person", "Country", "Organization")
            return actor and not reading.sentence.is_headline and not (chunk and chunk.cut and chunk.cut.offset)
        before = self._before_adverbs(nodes)
        if self._bears_pronoun(reading, nodes, index - 1):
            return True
        if before.tag in (Tag.PREPOSITION, Tag.NOUN, Tag.OTHER, Tag.NATIONALITY, Tag.VERB) and not noun.conjunction:
            return False
        if before.tag is Tag.ADVERB and not noun.conjunction and self._follows_subject(nodes):
            return False
        if before.tag is Tag.CHUNK:
            unheaded = bool(before.chunk and not before.chunk.preposition and self._unheaded(nodes, index - 1))
            return unheaded and not self._has_verb(nodes, index - 1) and not self._within_clause(nodes, index)
        if noun.conjunction:
            return not self._inside_phrase(nodes, index)
        return self._opens_clause(reading, before, index)

    def _before_adverbs(self, nodes: list[Node]) -> Node:
        """Return the word before, or a verb with its adverbs between: "strongly backs [the] request"."""
        before = nodes[_last_but_adverbs(nodes)]
        return before if before.tag is Tag.VERB else nodes[-1]

    def _follows_subject(self, nodes: list[Node]) -> bool:
        """Tell whether adverbs part a word from a verb and its subject: "X announced on Saturday [a] ban"."""
        index = _last_but_adverbs(nodes)
        return nodes[index].tag is Tag.CHUNK and self._has_verb(nodes, index)

    def _disagrees(self, reading: Reading, index: int, finite: tuple[VerbAnalysis, ...]) -> bool:
        """Tell whether a state follows that is feminine where each reading as a verb is masculine."""
        chunk = reading.chunk_at(index + 1)
        if chunk is None or chunk.kind != "Country" or chunk.preposition or any(a.form.gender != "m" for a in finite):
            return False
        return chunk.country not in self._masculine_countries

    def heads_clause(self, reading: Reading, nodes: list[Node], index: int, finite: tuple[VerbAnalysis, ...]) -> bool:
        """A form that is also a common noun or adjective is a verb only at the head of a clause."""
        if any((a.form.aspect is Aspect.PRESENT and a.form.person == 3) or a.future for a in finite):
            return True
        if not nodes:
            return True
        before = nodes[index - 1]
        if before.tag in _DEEDS and any(_launches(a) for a in finite) and all(a.pronoun is not None for a in finite):
            # "a raid [that] X launched"
            return True
        if self._bears_pronoun(reading, nodes, index - 1):
            return True
        if before.tag is Tag.CHUNK:
            return self._unheaded(nodes, index - 1)
        return self._opens_clause(reading, before, index)

    def _opens_clause(self, reading: Reading, before: Node, index: int) -> bool:
        """Tell whether a verb may follow the word before: it opens a clause, some words only that of an actor."""
        if before.tag is Tag.SUBORDINATOR and reading.words[index - 1].norm in self._morphemes.verb_openers:
            return reading.chunk_at(index + 1) is not None
        return before.tag in _BEFORE_VERB

    def _bears_pronoun(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """After "that he" a verb follows, after a bare "that" a noun."""
        norm = reading.words[index].norm
        return nodes[index].tag is Tag.SUBORDINATOR and len(norm) > 2 and norm.endswith(self._morphemes.clause_pronouns)

    def _before_pronoun(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """At the head of a clause what stands before "from him" is a verb: "and asked of him"."""
        if reading.norm_at(index + 1) not in self._pronominals:
            return False
        return not nodes or nodes[-1].tag in (Tag.SUBORDINATOR, Tag.STOP, Tag.COMMA)

    def _before_two_actors(self, reading: Reading, index: int) -> bool:
        """A word before two people, the second without conjunction or preposition, is the verb between them."""
        first = reading.chunk_at(index + 1)
        second = reading.chunk_at(first.end) if first is not None and first.start == index + 1 else None
        if first is None or second is None or second.start != first.end:
            return False
        people = first.kind == second.kind == "Person"
        return people and not (first.cut and first.cut.offset) and not (second.cut and second.cut.offset)

    def _has_verb(self, nodes: list[Node], index: int) -> bool:
        """Tell whether the chunk at `index` is already the subject of a verb right before it."""
        chunk = nodes[index].chunk
        start = index
        while start > 0 and (
            nodes[start - 1].chunk is chunk or (nodes[start].conjunction and nodes[start - 1].tag is Tag.CHUNK)
        ):
            start -= 1
        return start > 0 and nodes[start - 1].tag is Tag.VERB

    def _within_clause(self, nodes: list[Node], index: int) -> bool:
        """Tell whether a clause with a verb of its own goes on up to a word: another verb needs a link."""
        for node in reversed(nodes[max(0, index - _CLAUSE) : index]):
            if node.tag is Tag.VERB:
                return bool(node.verbs)
            if node.tag in _OPENERS or node.conjunction:
                return False
        return False

    def _unheaded(self, nodes: list[Node], index: int) -> bool:
        """Tell whether the chunk that ends at `index` follows no preposition: only then is it a subject."""
        chunk = nodes[index].chunk
        start = index
        while start > 0 and nodes[start - 1].chunk is chunk:
            start -= 1
        return start == 0 or nodes[start - 1].tag not in (Tag.PREPOSITION, Tag.NOUN)

    def _inside_phrase(self, nodes: list[Node], index: int) -> bool:
        """After a noun governed by a preposition, "and" joins another noun more often than a clause."""
        for node in reversed(nodes[max(0, index - 6) : index]):
            if node.tag is Tag.PREPOSITION:
                return True
            if node.tag in (Tag.COMMA, Tag.STOP, Tag.VERB):
                return False
        return False


def _last_but_adverbs(nodes: list[Node]) -> int:
    """Return the index of the last word that is no adverb."""
    index = len(nodes) - 1
    while index > 0 and nodes[index].tag is Tag.ADVERB:
        index -= 1
    return index


def _is_event(node: Node) -> bool:
    return node.chunk is not None and node.chunk.kind is EntityKind.EVENT


def _convenes(verb: VerbAnalysis) -> bool:
    """Tell whether a verb tells where an event is, or who is there: "a summit [that] X hosted"."""
    return any(frame.relation in _AT_EVENTS for entry in verb.entries for frame in entry.frames)


def _launches(verb: VerbAnalysis) -> bool:
    """Tell whether a verb tells whose attack one is: "launched", "carried out"."""
    return bool(verb.lights) and any(frame.relation == "attacked" for each in verb.entries for frame in each.frames)
