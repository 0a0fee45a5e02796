"""Tags the words of a reading for the clause grammar: verbs, event nouns, prepositions, boundaries.

Whether an undiacritised word is verb or noun ("waqqa'a"/"waq'", "da'm"/"da'ama") is decided here, by what is before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..model import EntityKind
from ..morphology.conjugate import Aspect
from ..morphology.forms import NounAnalysis, VerbAnalysis, pronouns_after_prepositions
from .chunks import Chunk, Reading
from .gazetteer import Gazetteer
from .grammar import Grammar
from .vocabulary import Vocabulary
from .words import Word

_COMMAS = frozenset("\u060c,\u061b;")
_STOPS = frozenset(":\u061f?!.\u2026")
_DASHES = frozenset("-\u2013\u2014")
_QUOTES = frozenset('"\u201c\u201d\u00ab\u00bb')
_BRACKETS = frozenset("()[]")
_CACHED = 100_000


class Tag(StrEnum):
    """What a word is to the clause grammar."""

    CHUNK = "chunk"
    VERB = "verb"
    PARTICIPLE = "participle"
    NOUN = "noun"
    PREPOSITION = "preposition"
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative"
    PARTICLE = "particle"
    COMMA = "comma"
    STOP = "stop"
    QUOTE = "quote"
    BRACKET = "bracket"
    NATIONALITY = "nationality"
    PRONOUN = "pronoun"
    ADVERB = "adverb"
    OTHER = "other"


# What a mark is, by its first letter.
_MARKS = {
    **dict.fromkeys(_BRACKETS, Tag.BRACKET),
    **dict.fromkeys(_QUOTES, Tag.QUOTE),
    **dict.fromkeys(_STOPS, Tag.STOP),
    **dict.fromkeys(_COMMAS | _DASHES, Tag.COMMA),
}


@dataclass(slots=True)
class Node:
    """A word with its tag; `length` counts a preposition's words, `pair` are whom a word or pronoun for `two` means."""

    tag: Tag
    verbs: tuple[VerbAnalysis, ...] = ()
    noun: NounAnalysis | None = None
    chunk: Chunk | None = None
    preposition: str = ""
    conjunction: str = ""
    country: str | None = None
    agentive: bool = False
    length: int = 1
    pair: tuple[tuple[str, EntityKind], ...] = ()
    two: bool = False


class Tagger:
    """Gives every word of a reading its Node."""

    def __init__(self, grammar: Grammar, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._grammar = grammar
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        function = grammar.language.function
        self._morphemes = grammar.language.morphemes
        self._joined = self._morphemes.joined_conjunctions
        self._subordinators = function.subordinators
        self._relatives = frozenset(word for word in function.relatives if len(word) > 2)
        self._plain_prepositions = function.prepositions
        self._pronouns = function.pronouns
        self._negators = function.negators
        self._closed = self._subordinators | self._relatives | self._pronouns | self._negators
        phrases = (*grammar.prepositions, *grammar.agent_markers)
        self._preposition_starts = self._plain_prepositions | {phrase[0] for phrase in phrases}
        self._pronominals = frozenset(pronouns_after_prepositions(self._morphemes))
        self._adverbs = function.others | function.days
        # What a word's form alone decides is remembered.
        self._closed_tag = lru_cache(maxsize=_CACHED)(self._tag_closed)
        self._starts = lru_cache(maxsize=_CACHED)(self._prepositions_in)
        self._longest = max(map(len, grammar.prepositions), default=1)

    def tag(self, reading: Reading) -> list[Node]:
        """Return one node a word, in order."""
        nodes: list[Node] = []
        words = reading.words
        index = 0
        while index < len(words):
            node = self._node(reading, nodes, index)
            nodes.append(node)
            for _ in range(node.length - 1):
                index += 1
                nodes.append(Node(Tag.PREPOSITION, preposition=node.preposition, agentive=node.agentive, length=0))
            index += 1
        return nodes

    def _node(self, reading: Reading, nodes: list[Node], index: int) -> Node:
        word = reading.words[index]
        mark = _MARKS.get(word.norm[0])
        if mark is not None:
            return Node(mark)
        chunk = reading.chunk_at(index)
        if chunk is not None:
            node = Node(Tag.CHUNK, chunk=chunk)
            if index == chunk.start:
                node.preposition, node.conjunction = chunk.preposition, chunk.conjunction
                if chunk.kind in ("Event", "Agreement"):
                    node.noun = self._noun(word)
                    node.verbs = self._verbs_at(word) if node.noun is None else ()
            elif chunk.kind in ("Event", "Agreement"):
                self._name_state(node, word)
            return node
        return self._word(reading, nodes, index)

    def _name_state(self, node: Node, word: Word) -> None:
        """Give a word inside the name of an event the state that it tells: "the [American-Iranian] talks"."""
        for cut in word.cuts:
            nationality = self._gazetteer.nationality(cut.key)
            if nationality is not None and not cut.preposition:
                node.country, node.conjunction = nationality.country, cut.conjunction
                return

    def _word(self, reading: Reading, nodes: list[Node], index: int) -> Node:
        words = reading.words
        word = words[index]
        norm = word.norm
        and_ = self._morphemes.and_
        if index > 0 and norm == self._morphemes.from_ and words[index - 1].norm.lstrip(and_) in self._morphemes.each:
            return Node(Tag.ADVERB)
        preposition = self._preposition(words, index) if self._starts(norm) else None
        written_verb = self._is_marked_verb(word)
        if preposition is not None and not written_verb and not self._opens_clause(reading, nodes, index):
            return preposition
        tag, conjunction = self._closed_tag(norm)
        if tag is not None:
            return Node(tag, conjunction=conjunction)
        nationality = self._gazetteer.nationality(word.key)
        if nationality is None and nodes and nodes[-1].tag is Tag.OTHER:
            nationality = self._gazetteer.nationality_of_two(words[index - 1].key, word.key)
        if nationality is not None:
            return Node(Tag.NATIONALITY, country=nationality.country)
        for cut in word.cuts[1:]:
            nationality = self._gazetteer.nationality(cut.key)
            if nationality is not None and not cut.preposition:
                return Node(Tag.NATIONALITY, country=nationality.country, conjunction=cut.conjunction)
        # "here" and "congratulated" fold to one word, but the verb ends in a hamza.
        written_verb = written_verb or word.token.text[-1] in self._morphemes.hamza_seats
        if not written_verb and norm in self._adverbs:
            return Node(Tag.ADVERB)
        noun = self._noun(word)
        verbs = self._verbs_at(word)
        if noun is not None and not noun.preposition and not noun.definite and self._is_marked_verb(word):
            noun = None
        finite = tuple(a for a in verbs if a.form.aspect is not Aspect.PARTICIPLE)
        if finite:
            below = self._has_hamza_below(word)
            if below is True:
                finite = ()
            elif below is False and noun is not None and noun.entry.noun[0] == self._morphemes.hamza_below:
                noun = None
        accusative = noun is None and all(a.form.number == "d" for a in finite) and self._is_accusative(word, nodes)
        if accusative:
            finite = ()
        if noun is not None and finite and not self._reads_as_verb(reading, nodes, index, finite, noun):
            finite = ()
        if (
            finite
            and noun is None
            and self._vocabulary.is_noun(word.key)
            and not self._heads_clause(reading, nodes, index, finite)
        ):
            finite = ()
        if finite:
            return Node(Tag.VERB, verbs=finite, conjunction=finite[0].conjunction)
        if noun is not None:
            return Node(Tag.NOUN, noun=noun, preposition=noun.preposition, conjunction=noun.conjunction)
        participles = tuple(a for a in verbs if a.form.aspect is Aspect.PARTICIPLE)
        if participles:
            return Node(Tag.PARTICIPLE, verbs=participles, conjunction=participles[0].conjunction)
        plain = None if accusative else self._vocabulary.plain_verb(word)
        if plain is not None:
            # A verb that tells no relation still divides clauses.
            return Node(Tag.VERB, conjunction=plain.conjunction)
        return self._other(word)

    def _tag_closed(self, norm: str) -> tuple[Tag | None, str]:
        """Return the tag of a word of a closed class and the conjunction written onto it; None for any other word."""
        conjunction, rest = ("", norm)
        if norm not in self._subordinators and len(norm) > 2 and norm[0] in self._joined and norm[1:] in self._closed:
            conjunction, rest = norm[0], norm[1:]
        if (rest,) in self._grammar.particles or rest in self._negators:
            return Tag.PARTICLE, conjunction
        if rest in self._relatives:
            return Tag.RELATIVE, conjunction
        if rest in self._subordinators:
            return Tag.SUBORDINATOR, conjunction
        return (Tag.PRONOUN if rest in self._pronouns else None), conjunction

    def _has_hamza_below(self, word: Word) -> bool | None:
        """Tell which hamza is written on a word's first alif; no verb begins with the one below. None: with none."""
        text = word.token.text
        first = text[1] if text[0] in self._joined and len(text) > 1 else text[0]
        if first not in self._morphemes.hamza_seats:
            return None
        return first == self._morphemes.hamza_below

    def _is_accusative(self, word: Word, nodes: list[Node]) -> bool:
        """Tell whether a word that may be a verb in the dual is a noun in the accusative: no two stand before it."""
        ending = self._morphemes.accusative
        if not word.key.endswith(ending) or not self._vocabulary.is_noun(word.key[: -len(ending)]):
            return False
        chunk = nodes[-1].chunk if nodes else None
        return chunk is None or not (chunk.conjunction or chunk.plural)

    def _is_marked_verb(self, word: Word) -> bool:
        """A damma on the first letter marks a passive, a shadda on the second a verb of the second form."""
        text = word.token.text
        return len(text) > 3 and (text[1] == "\u064f" or (text[2] == "\u0651" and text[1] not in "\u064e\u0650"))

    def _other(self, word: Word) -> Node:
        whole = self._vocabulary.is_noun(word.key)
        for cut in word.cuts[1:]:
            # "great" is no "like" before another noun.
            if (
                cut.preposition
                and not (whole and not cut.definite)
                and (cut.definite or cut.stem in self._morphemes.quantifiers or self._vocabulary.is_noun(cut.key))
            ):
                return Node(Tag.OTHER, preposition=cut.preposition, conjunction=cut.conjunction)
        and_ = self._morphemes.and_
        joined = len(word.norm) > 3 and word.norm[0] == and_
        stem = word.key[1:] if joined and self._vocabulary.is_noun(word.key[1:]) else word.key
        body = self._gazetteer.body_of(stem)
        return Node(Tag.OTHER, conjunction="" if stem is word.key else and_, country=body)

    def _preposition(self, words: tuple[Word, ...], index: int) -> Node | None:
        """Return the longest preposition or agent marker at a word; a conjunction may be written onto it."""
        for start_norm, conjunction in self._starts(words[index].norm):
            for length in range(min(self._longest, len(words) - index), 0, -1):
                phrase = (start_norm, *(word.norm for word in words[index + 1 : index + length]))
                if phrase in self._grammar.agent_markers:
                    return Node(
                        Tag.PREPOSITION, preposition="agent", agentive=True, length=length, conjunction=conjunction
                    )
                slot = self._grammar.prepositions.get(phrase)
                if slot is not None and (length > 1 or len(start_norm) > 1):
                    return Node(Tag.PREPOSITION, preposition=slot, length=length, conjunction=conjunction)
            if start_norm in self._plain_prepositions:
                return Node(Tag.PREPOSITION, preposition=start_norm, conjunction=conjunction)
        return None

    def _prepositions_in(self, norm: str) -> tuple[tuple[str, str], ...]:
        """Return a word with and without its conjunction, where a preposition begins so: for most there is none."""
        joined = len(norm) > 2 and norm[0] in self._joined
        starts = ((norm, ""), (norm[1:], norm[0])) if joined else ((norm, ""),)
        return tuple(start for start in starts if start[0] in self._preposition_starts)

    def _noun(self, word: Word) -> NounAnalysis | None:
        analyses = self._grammar.forms.nouns(word.norm)
        return analyses[0] if analyses else None

    def _verbs_at(self, word: Word) -> tuple[VerbAnalysis, ...]:
        if word.bears_article and len(word.norm) < 5 and word.token.text[0] not in self._morphemes.hamza_seats:
            return ()
        return self._grammar.forms.verbs(word.norm)

    def _reads_as_verb(
        self, reading: Reading, nodes: list[Node], index: int, finite: tuple[VerbAnalysis, ...], noun: NounAnalysis
    ) -> bool:
        """Decide a homograph: a noun after a preposition or with the article, a verb at the head of a clause."""
        if noun.definite or noun.preposition or noun.accusative:
            return False
        if noun.pronoun is not None and all(a.pronoun is not None for a in finite):
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
        if before.tag is Tag.CHUNK:
            unheaded = bool(before.chunk and not before.chunk.preposition and self._unheaded(nodes, index - 1))
            return unheaded and not self._has_verb(nodes, index - 1)
        if noun.conjunction:
            return not self._inside_phrase(nodes, index)
        return before.tag in (Tag.STOP, Tag.COMMA, Tag.PARTICLE, Tag.RELATIVE, Tag.PRONOUN, Tag.QUOTE, Tag.ADVERB)

    def _before_adverbs(self, nodes: list[Node]) -> Node:
        """Return the word before, or a verb with its adverbs between: "strongly backs [the] request"."""
        index = len(nodes) - 1
        while index > 0 and nodes[index].tag is Tag.ADVERB:
            index -= 1
        return nodes[index] if nodes[index].tag is Tag.VERB else nodes[-1]

    def _disagrees(self, reading: Reading, index: int, finite: tuple[VerbAnalysis, ...]) -> bool:
        """Tell whether a state follows that is feminine where each reading as a verb is masculine."""
        chunk = reading.chunk_at(index + 1)
        if chunk is None or chunk.kind != "Country" or chunk.preposition or any(a.form.gender != "m" for a in finite):
            return False
        return chunk.country not in self._grammar.masculine_countries

    def _opens_clause(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """Tell whether a preposition is rather a verb at the head of a clause with a person after it: "khalafa X Y"."""
        if nodes and nodes[-1].tag not in (Tag.STOP, Tag.PARTICLE):
            return False
        chunk = reading.chunk_at(index + 1)
        if chunk is None or chunk.kind != "Person" or chunk.preposition:
            return False
        return any(a.form.aspect is Aspect.PAST for a in self._grammar.forms.verbs(reading.words[index].norm))

    def _heads_clause(self, reading: Reading, nodes: list[Node], index: int, finite: tuple[VerbAnalysis, ...]) -> bool:
        """A form that is also a common noun or adjective is a verb only at the head of a clause."""
        if any((a.form.aspect is Aspect.PRESENT and a.form.person == 3) or a.future for a in finite):
            return True
        if not nodes:
            return True
        before = nodes[index - 1]
        if self._bears_pronoun(reading, nodes, index - 1):
            return True
        if before.tag is Tag.CHUNK:
            return self._unheaded(nodes, index - 1)
        return before.tag in (Tag.STOP, Tag.COMMA, Tag.PARTICLE, Tag.RELATIVE, Tag.PRONOUN, Tag.QUOTE, Tag.ADVERB)

    def _bears_pronoun(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """After "that he" a verb follows, after a bare "that" a noun."""
        norm = reading.words[index].norm
        return nodes[index].tag is Tag.SUBORDINATOR and len(norm) > 2 and norm.endswith(self._morphemes.clause_pronouns)

    def _before_pronoun(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """At the head of a clause what stands before "from him" is a verb: "and asked of him"."""
        following = reading.words[index + 1].norm if index + 1 < len(reading.words) else ""
        if following not in self._pronominals:
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
