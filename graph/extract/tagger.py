"""Tags the words of a reading for the clause grammar: verbs, event nouns, prepositions, boundaries.

What most words are their form alone decides: it is found out once and remembered. For the rest, what is around them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ..model import EntityKind
from ..morphology.conjugate import Aspect
from ..morphology.forms import NounAnalysis, VerbAnalysis
from . import tags
from .chunks import Chunk, Reading
from .clauses import Node, Tag
from .gazetteer import Gazetteer
from .grammar import Grammar
from .homographs import Homographs
from .vocabulary import Vocabulary
from .words import DASHES, Word

_SLASH = "/"
_COMMAS = frozenset("\u060c,\u061b;")
_STOPS = frozenset(":\u061f?!.\u2026")
_QUOTES = frozenset('"\u201c\u201d\u00ab\u00bb')
_BRACKETS = frozenset("()[]")
_CACHED = 20_000
_NAMED_DEEDS = ("Event", "Agreement")


class Tagger:
    """Gives every word of a reading its Node; what forms alone decide is one Node for all texts."""

    def __init__(self, grammar: Grammar, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self._grammar = grammar
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._homographs = Homographs(grammar)
        function = grammar.language.function
        self._morphemes = grammar.language.morphemes
        self._joined = self._morphemes.joined_conjunctions
        self._subordinators = function.subordinators
        self._relatives = frozenset(word for word in function.relatives if len(word) > 2)
        self._plain_prepositions = function.prepositions
        self._pronouns = function.pronouns
        self._negators = function.negators
        months = [month.split() for month in grammar.language.calendar.months]
        self._months = frozenset(word for month in months for word in month)
        self._month_starts = frozenset(month[0] for month in months if len(month) > 1)
        self._obliging = grammar.language.stances.modals
        self._closed = self._subordinators | self._relatives | self._pronouns | self._negators
        phrases = (*grammar.prepositions, *grammar.agent_markers)
        self._longer_starts = frozenset(phrase[0] for phrase in phrases if len(phrase) > 1)
        self._preposition_starts = self._plain_prepositions | {phrase[0] for phrase in phrases}
        self._adverbs = function.others | function.days
        self._closed_tag = lru_cache(maxsize=_CACHED)(self._tag_closed)
        self._starts = lru_cache(maxsize=_CACHED)(self._prepositions_in)
        self._longest = max(map(len, grammar.prepositions), default=1)
        # What a mark is, by its first letter.
        self._marks = {
            **dict.fromkeys(_BRACKETS, Node(tags.BRACKET)),
            **dict.fromkeys(_QUOTES, Node(tags.QUOTE)),
            **dict.fromkeys(_STOPS, Node(tags.STOP)),
            **dict.fromkeys(_COMMAS | DASHES, Node(tags.COMMA)),
        }
        # What a word is by its form alone, as written; None where that depends on what is around it.
        self._settled: dict[str, Node | None] = {}

    def tag(self, reading: Reading) -> list[Node]:
        """Return one node a word, in order."""
        nodes: list[Node] = []
        words, chunks, owner = reading.words, reading.chunks, reading.owner
        marks, settled = self._marks, self._settled
        passed, dated = 0, self._months_told_twice(words) if _SLASH in reading.norms else ()
        for index, word in enumerate(words):
            if index < passed:
                continue
            node = marks.get(word.norm[0])
            if dated and index in dated:
                node = Node(tags.ADVERB)
            if node is None:
                named = owner[index]
                if named >= 0:
                    node = self._as_adjective(nodes, words, index, chunks[named])
                    node = node or self._in_name(word, chunks[named], index)
                    if index > 1 and nodes[-1].tag is tags.QUOTE and words[index - 2].norm == self._morphemes.and_:
                        # "X and 'Y'": the conjunction stands before the quote.
                        node.conjunction = self._morphemes.and_
                else:
                    node = settled.get(word.token.text) or self._word(reading, nodes, index)
            nodes.append(node)
            if node.length > 1:
                passed = index + node.length
                further = Node(tags.PREPOSITION, preposition=node.preposition, agentive=node.agentive, length=0)
                nodes += [further] * (node.length - 1)
        return nodes

    def _months_told_twice(self, words: tuple[Word, ...]) -> set[int]:
        """Return where a month stands by both its names, which may else be verbs: "in March / Adhar"."""
        found: set[int] = set()
        for index, word in enumerate(words):
            if word.norm == _SLASH and 0 < index < len(words) - 1:
                later = index + 1 + (words[index + 1].norm in self._month_starts)
                if {words[index - 1].norm, words[index + 1].norm} <= self._months:
                    found.update(range(index - 1, min(later, len(words) - 1) + 1))
        return found

    def _as_adjective(self, nodes: list[Node], words: tuple[Word, ...], index: int, chunk: Chunk) -> Node | None:
        """Return the node of a state's name that is an adjective, too, right behind a deed: "relations [of X]"."""
        noun = nodes[-1].noun if nodes else None
        if noun is None or not noun.definite or chunk.kind is not EntityKind.COUNTRY or chunk.end != index + 1:
            return None
        state = self._gazetteer.state_of_body(words, index, agrees=True)
        return (
            Node(tags.NATIONALITY, country=state.country) if state is not None and words[index].bears_article else None
        )

    def _in_name(self, word: Word, chunk: Chunk, index: int) -> Node:
        """Return the node of a word of a chunk."""
        node = Node(tags.CHUNK, (), None, chunk)
        if index == chunk.start:
            cut = chunk.cut
            if cut is not None:
                node.preposition, node.conjunction = cut.preposition, cut.conjunction
            unknown = chunk.kind is EntityKind.PERSON and chunk.entity is None
            if chunk.kind in _NAMED_DEEDS or unknown:
                node.noun = self._noun(word)
                node.verbs = self._verbs_at(word) if node.noun is None else ()
        elif chunk.kind in _NAMED_DEEDS:
            self._name_state(node, word)
        return node

    def _name_state(self, node: Node, word: Word) -> None:
        """Give a word inside the name of an event the state that it tells: "the [American-Iranian] talks"."""
        for cut in word.cuts:
            nationality = self._gazetteer.nationality(cut.key)
            if nationality is not None and not cut.preposition:
                node.country, node.conjunction = nationality.country, cut.conjunction
                return

    def _word(self, reading: Reading, nodes: list[Node], index: int) -> Node:
        word = reading.words[index]
        text = word.token.text
        if text not in self._settled:
            if len(self._settled) >= _CACHED:
                self._settled.clear()
            self._settled[text] = self._settle(word)
        return self._settled[text] or self._in_context(reading, nodes, index)

    def _settle(self, word: Word) -> Node | None:
        """Return what a word is whatever is around it, or None."""
        norm = word.norm
        if norm == self._morphemes.and_:
            # Before a quote "and" is a word of its own.
            return Node(tags.ADVERB, conjunction=norm)
        if norm in (self._morphemes.from_, self._morphemes.about) or self._gazetteer.may_end_nationality(word.key):
            return None
        starts = self._starts(norm)
        if starts:
            return None if self._may_go_on(word, starts) else self._preposition((word,), 0)
        tagged = self._closed_word(norm) or self._national(word)
        if tagged is not None:
            return tagged
        noun, finite, participles = self._readings(word)
        if finite and (noun is not None or self._vocabulary.is_noun(word.key)):
            return None
        if noun is None and all(a.form.number == "d" for a in finite) and self._ends_as_accusative(word):
            return None
        node = self._lexical(word, noun, finite, participles, accusative=False)
        # An adjective of a body is told anew in each document.
        return None if node.tag is tags.OTHER and node.country is not None else node

    def _may_go_on(self, word: Word, starts: tuple[tuple[str, str], ...]) -> bool:
        """Tell whether a preposition may have more words, or be a verb instead."""
        if self._is_marked_verb(word) or any(start in self._longer_starts for start, _ in starts):
            return True
        return any(a.form.aspect is Aspect.PAST for a in self._grammar.forms.verbs(word.norm))

    def _in_context(self, reading: Reading, nodes: list[Node], index: int) -> Node:
        """Return what a word is where that depends on what is around it."""
        words = reading.words
        word = words[index]
        norm = word.norm
        and_ = self._morphemes.and_
        if index > 0 and norm == self._morphemes.from_ and words[index - 1].norm.lstrip(and_) in self._morphemes.each:
            return Node(tags.ADVERB)
        if norm == self._morphemes.about and index + 1 < len(words) and words[index + 1].norm[:1].isdecimal():
            # "about 900", which is no direction.
            return Node(tags.ADVERB)
        preposition = self._preposition(words, index) if self._starts(norm) else None
        if preposition is not None and not self._is_marked_verb(word) and not self._opens_clause(reading, nodes, index):
            return preposition
        closed = self._closed_word(norm)
        if closed is not None:
            return closed
        if nodes and nodes[-1].tag is tags.OTHER and self._gazetteer.nationality(word.key) is None:
            nationality = self._gazetteer.nationality_of_two(words[index - 1].key, word.key)
            if nationality is not None:
                return Node(tags.NATIONALITY, country=nationality.country)
        national = self._national(word)
        if national is not None:
            return national
        noun, finite, participles = self._readings(word)
        accusative = noun is None and all(a.form.number == "d" for a in finite) and self._is_accusative(word, nodes)
        if accusative:
            finite = ()
        homographs = self._homographs
        if noun is not None and finite and not homographs.reads_as_verb(reading, nodes, index, finite, noun):
            finite = ()
        if (
            finite
            and noun is None
            and self._vocabulary.is_noun(word.key)
            and not homographs.heads_clause(reading, nodes, index, finite)
        ):
            finite = ()
        return self._lexical(word, noun, finite, participles, accusative=accusative)

    def _closed_word(self, norm: str) -> Node | None:
        """Return the node of a word of a closed class, or None."""
        tag, conjunction = self._closed_tag(norm)
        return Node(tag, conjunction=conjunction) if tag is not None else None

    def _national(self, word: Word) -> Node | None:
        """Return the node of an adjective of nationality or of an adverb, or None."""
        nationality = self._gazetteer.nationality(word.key)
        if nationality is not None:
            return Node(tags.NATIONALITY, country=nationality.country)
        for cut in word.cuts[1:]:
            nationality = self._gazetteer.nationality(cut.key)
            if nationality is not None and not cut.preposition:
                return Node(tags.NATIONALITY, country=nationality.country, conjunction=cut.conjunction)
        # "here" and "congratulated" fold to one word, but the verb ends in a hamza.
        written_verb = self._is_marked_verb(word) or word.token.text[-1] in self._morphemes.hamza_seats
        return Node(tags.ADVERB) if not written_verb and word.norm in self._adverbs else None

    def _readings(self, word: Word) -> tuple[NounAnalysis | None, tuple[VerbAnalysis, ...], tuple[VerbAnalysis, ...]]:
        """Return what a word may be by its letters and marks: event noun, finite verb, participle."""
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
        return noun, finite, tuple(a for a in verbs if a.form.aspect is Aspect.PARTICIPLE)

    def _lexical(
        self,
        word: Word,
        noun: NounAnalysis | None,
        finite: tuple[VerbAnalysis, ...],
        participles: tuple[VerbAnalysis, ...],
        *,
        accusative: bool,
    ) -> Node:
        """Return the node of a word once it is known whether it is a finite verb."""
        if finite:
            return Node(tags.VERB, verbs=finite, conjunction=finite[0].conjunction)
        if noun is not None:
            return Node(tags.NOUN, noun=noun, preposition=noun.preposition, conjunction=noun.conjunction)
        if participles:
            return Node(tags.PARTICIPLE, verbs=participles, conjunction=participles[0].conjunction)
        plain = None if accusative else self._vocabulary.plain_verb(word)
        if plain is not None:
            # A verb that tells no relation still divides clauses.
            return Node(tags.VERB, conjunction=plain.conjunction)
        return self._other(word)

    def _tag_closed(self, norm: str) -> tuple[Tag | None, str]:
        """Return the tag of a word of a closed class and the conjunction written onto it; None for any other word."""
        conjunction, rest = ("", norm)
        if norm not in self._subordinators and len(norm) > 2 and norm[0] in self._joined and norm[1:] in self._closed:
            conjunction, rest = norm[0], norm[1:]
        if (rest,) in self._grammar.particles or rest in self._negators:
            return tags.PARTICLE, conjunction
        if rest in self._relatives:
            return tags.RELATIVE, conjunction
        if rest in self._subordinators:
            return tags.SUBORDINATOR, conjunction
        return (tags.PRONOUN if rest in self._pronouns else None), conjunction

    def _has_hamza_below(self, word: Word) -> bool | None:
        """Tell which hamza is written on a word's first alif; no verb begins with the one below. None: with none."""
        text = word.token.text
        first = text[1] if text[0] in self._joined and len(text) > 1 else text[0]
        if first not in self._morphemes.hamza_seats:
            return None
        return first == self._morphemes.hamza_below

    def _is_accusative(self, word: Word, nodes: list[Node]) -> bool:
        """Tell whether a word that may be a verb in the dual is a noun in the accusative: no two stand before it."""
        chunk = nodes[-1].chunk if nodes else None
        return self._ends_as_accusative(word) and (chunk is None or not (chunk.conjunction or chunk.plural))

    def _ends_as_accusative(self, word: Word) -> bool:
        ending = self._morphemes.accusative
        return word.key.endswith(ending) and self._vocabulary.is_noun(word.key[: -len(ending)])

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
                return Node(tags.OTHER, preposition=cut.preposition, conjunction=cut.conjunction)
        and_ = self._morphemes.and_
        joined = len(word.norm) > 3 and word.norm[0] == and_
        stem = word.key[1:] if joined and self._vocabulary.is_noun(word.key[1:]) else word.key
        body = self._gazetteer.body_of(stem)
        return Node(tags.OTHER, conjunction="" if stem is word.key else and_, country=body)

    def _preposition(self, words: tuple[Word, ...], index: int) -> Node | None:
        """Return the longest preposition or agent marker at a word; a conjunction may be written onto it."""
        for start_norm, conjunction in self._starts(words[index].norm):
            most = min(self._longest, len(words) - index) if start_norm in self._longer_starts else 1
            for length in range(most, 0, -1):
                phrase = (start_norm, *(word.norm for word in words[index + 1 : index + length]))
                if phrase in self._grammar.agent_markers:
                    return Node(
                        tags.PREPOSITION, preposition="agent", agentive=True, length=length, conjunction=conjunction
                    )
                slot = self._grammar.prepositions.get(phrase)
                if slot is not None and (length > 1 or len(start_norm) > 1):
                    return Node(tags.PREPOSITION, preposition=slot, length=length, conjunction=conjunction)
            if start_norm in self._plain_prepositions:
                # "led by X" leads to X as a preposition does, and is a deed of his.
                noun = self._noun(words[index])
                told = noun if noun is not None and any(frame.after for frame in noun.entry.frames) else None
                return Node(tags.PREPOSITION, preposition=start_norm, conjunction=conjunction, noun=told)
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
        if word.norm in self._grammar.item_words.numbers:
            # "nine" is spelt like "it holds".
            return ()
        if word.bears_article and len(word.norm) < 5 and word.token.text[0] not in self._morphemes.hamza_seats:
            return ()
        verbs = self._grammar.forms.verbs(word.norm)
        if self._morphemes.is_among(word.norm, self._obliging):
            # "it is for X to stop" is no jussive of "he answered".
            obliging = tuple(analysis for analysis in verbs if analysis.modals)
            return tuple([replace(a, senses=a.modals, entries=(), lights=(), speeches=()) for a in obliging])
        return verbs

    def _opens_clause(self, reading: Reading, nodes: list[Node], index: int) -> bool:
        """Tell whether a preposition is rather a verb at the head of a clause with a person after it: "khalafa X Y"."""
        if nodes and nodes[-1].tag not in (tags.STOP, tags.PARTICLE):
            return False
        chunk = reading.chunk_at(index + 1)
        if chunk is None or chunk.kind != "Person" or chunk.preposition:
            return False
        return any(a.form.aspect is Aspect.PAST for a in self._grammar.forms.verbs(reading.words[index].norm))
