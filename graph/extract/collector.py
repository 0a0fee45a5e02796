"""Collects what stands around a verb or event noun as arguments: bare phrases and prepositional phrases, coordinated.

There is no tree: an argument is a chunk (or a nationality under a transparent noun) with the preposition before it and
the common noun that heads its phrase. The scan ends where another clause begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..model import EntityKind
from . import tags
from .arguments import BARE, PRONOUN, Argument, Arguments
from .asides import ITEMS, after_bracket, after_naming, after_relative, doer_behind, event_before, is_definite, is_made
from .chunks import Chunk, Reading
from .clauses import CLAUSE_ENDS, Node, Tag, is_pointed_at
from .counting import is_counted, joins_crowd, led_by_any, length_of_including, names_examples
from .further_sides import accompanies, begins_anew, begins_clause, begins_further, is_led, repeats
from .grammar import Grammar
from .handed import NATIONAL, follows_arms
from .manners import Manners, ends_manner

CountryOf = Callable[[str], str]

_REACH = 45
_COMMAS = 4
_NOMINAL = frozenset({Tag.NOUN, Tag.OTHER, Tag.PARTICIPLE})


class Collector:
    """Scans to the right of a trigger."""

    def __init__(self, grammar: Grammar, country_of: CountryOf) -> None:
        self._transparent, self._continuing = grammar.transparent, grammar.language.continuing
        self.holders, self.morphemes = grammar.holders, grammar.language.morphemes
        self.resumptives = grammar.keys.resumptives
        self.demonstratives = grammar.language.function.demonstratives
        self.moments, self.officers = grammar.keys.moments, grammar.keys.officers
        self.people, self.manners = grammar.keys.people, Manners.build(grammar)
        self.apart = grammar.keys.conduct | grammar.keys.goods
        self.year_words = grammar.language.calendar.year_words
        self.naming_some, self.counting = grammar.keys.naming_some, grammar.keys.counting
        self._country_of = country_of

    def collect(self, reading: Reading, nodes: list[Node], start: int) -> Arguments:
        """Return the arguments that stand from `start` on, up to the end of the clause."""
        return _Scan(self, reading, nodes).run(start)

    def entity_of(self, country: str) -> str:
        """Return the entity id of a country."""
        return self._country_of(country)

    def is_continuing(self, stem: str) -> bool:
        """Tell whether a noun only says that the deed behind it goes on or grows: "continuing to arm X"."""
        return stem in self._continuing

    def is_transparent(self, key: str) -> bool:
        """Tell whether a noun lets its complement stand for it: "delegation of X", "positions of X"."""
        bare = key[1:] if key[:1] in self.morphemes.genitive_joiners else key
        if key in self._transparent or bare in self._transparent:
            return True
        article = self.morphemes.article
        return bare.startswith(article) and bare.removeprefix(article) in self._transparent


class _Scan:
    def __init__(self, collector: Collector, reading: Reading, nodes: list[Node]) -> None:
        self._collector, self._morphemes = collector, collector.morphemes
        self._reading, self._nodes = reading, nodes
        self._result = Arguments()
        self._slot = BARE
        self._head = ""
        self._group = 0
        self._consumed = False
        self._nested = False
        self._last: Argument | None = None
        self._commas = 0
        self._naming = -1
        self._crowd: tuple[str, int] | None = None

    def run(self, start: int) -> Arguments:
        index = start
        while index < len(self._nodes) and index - start < _REACH:
            step = self._step(index)
            if step <= index:
                break
            index = step
        return self._result

    def _step(self, index: int) -> int:
        node = self._nodes[index]
        tag = node.tag
        if node.two:
            return self._two(index, node)
        if tag is tags.CHUNK:
            return self._chunk(index, node)
        norm = self._reading.words[index].norm
        counts = norm in self._collector.counting  # As few words do.
        if counts and tag in _NOMINAL and (any_of := led_by_any(self._reading.words[index], self._morphemes)):
            self._open(any_of)
            return index + 1
        names_some = counts and norm in self._collector.naming_some
        held = 0 if self._consumed else self._collector.holders.begin(self._head, self._reading, self._nodes, index)
        if held:
            return held
        if tag is tags.PRONOUN and self._says_who(index, node):
            return self._exemplify(index)
        if counts and begins_further(self._reading, index, self._morphemes) and self._lacks_other(self._last):
            # "between X and each of Y and Z": with every one of them.
            self._open(self._slot)
            return index + 1
        if tag in _NOMINAL and not names_some:
            # "10 per cent of X": the word has its preposition within.
            if not (counts and node.preposition and norm in self._morphemes.shares):
                self._noun(index, node)
            return index + 1
        if names_some and (included := length_of_including(self._reading.words, index, self._morphemes)):
            self._exemplify(index)
            return index + included
        of = tag is tags.PREPOSITION and node.preposition == self._morphemes.from_
        if of and not self._consumed and self._is_counted(index):
            self._head = ""
            return index + 1
        if of and self._slot == BARE and self._is_part():
            return index + 1
        if names_some and names_examples(self._reading.words, index, self._morphemes):
            return self._exemplify(index)
        if tag is tags.PREPOSITION and names_examples(self._reading.words, index + 1, self._morphemes):
            return index + 1
        if tag is tags.PREPOSITION:
            return self._preposition(index, node)
        if tag is tags.RELATIVE:
            self._doer(index - 1, index + 1)
        elif (
            tag is tags.VERB
            and not node.conjunction
            and not is_definite(self._reading.words[index - 1], self._nodes[index - 1])
        ):
            self._doer(index - 1, index)
        if tag in CLAUSE_ENDS:
            return self._named(index) if tag is tags.VERB else 0
        if tag is tags.COMMA:
            return self._comma(index)
        if tag is tags.BRACKET:
            return after_bracket(self._nodes, index)
        if tag is tags.NATIONALITY:
            self._nationality(index, node)
            return index + 1
        if tag is tags.ADVERB and norm in self._morphemes.each:
            self._open(BARE if self._slot == BARE or self._consumed else self._slot)
        if tag is tags.ADVERB and norm in self._morphemes.quantifiers:
            self._noun(index, node)
        elif tag is tags.ADVERB:
            self._moment(index)
        return index + 1

    def _preposition(self, index: int, node: Node) -> int:
        """Open the slot of a preposition; "after that" and "in answer to" tell but a circumstance."""
        self._enter(index, BARE if self._reading.words[index - 1].norm in self._morphemes.replies else node.preposition)
        index += max(node.length, 1)
        words = self._reading.words
        if index >= len(words) or words[index].norm not in self._collector.demonstratives:
            return index
        following = self._nodes[index + 1] if index + 1 < len(words) else None
        if following is not None and is_pointed_at(following) and words[index + 1].bears_article:
            return index
        self._open(BARE)
        return index + 1

    def _moment(self, index: int) -> None:
        """End a phrase that only says when or whose: "in the past month", "in a statement of his"."""
        norm = self._reading.words[index].norm
        if norm in self._collector.resumptives.words and self._slot != BARE and not self._consumed:
            self._open(BARE)
            return
        if self._consumed or norm not in self._collector.moments:
            return
        heads = self._result.heads
        if self._head and heads and heads[-1][2] == index - 1:
            heads.pop()
            self._open(BARE)
        elif not self._head and self._slot != BARE:
            self._open(BARE)

    def _named(self, verb: int) -> int:
        """Go on with what somebody calls so, in the slot of its "what": "condemned what he called [an attack]"."""
        step = after_naming(self._reading, self._nodes, verb, self._morphemes)
        what = self._reading.words[verb - 1].norm.removesuffix(self._morphemes.what) if step else ""
        if what in self._morphemes.before_what:
            self._open(self._morphemes.before_what[what])
        elif self._slot not in (BARE, self._morphemes.on, self._morphemes.to, self._morphemes.from_):
            return 0
        self._naming = step
        return step

    def _says_who(self, index: int, node: Node) -> bool:
        """Tell whether names follow a crowd: "three deputies, and they are X and Y"."""
        following = self._nodes[index + 1] if node.conjunction and index + 1 < len(self._nodes) else None
        named = following is not None and following.chunk is not None and following.chunk.entity
        return bool(named) and not self._consumed and bool(self._head)

    def _exemplify(self, index: int) -> int:
        """Let those whom "among them" names stand for the crowd before it, and in its slot."""
        group, crowd, found = self._group, self._crowd, self._result.found
        self._result.found = found = [a for a in found if a.group != group or not a.country_only]
        if crowd is not None and self._slot != crowd[0]:
            # "banned twenty Belgian officials from its soil, among them X": X is of those banned.
            self._result.found = [a for a in found if a.position != crowd[1]]
            self._open(crowd[0])
        self._head, self._consumed = "", False
        return index + 1

    def _doer(self, noun: int, verb: int) -> None:
        """Add who did the deed that heads a phrase: "condemned the raid that X carried out", "refused what X asked"."""
        head = self._head if not self._consumed else event_before(self._reading, self._nodes, noun)
        if not head:
            return
        doer = doer_behind(self._reading, self._nodes, noun, verb, self._collector.resumptives)
        chunk = self._nodes[doer].chunk if doer else None
        if chunk is None or not chunk.entity or chunk.preposition:
            return
        self._result.found.append(Argument(
            self._slot + NATIONAL, chunk.entity, chunk.kind, doer, chunk.end, self._group, head, True, False,
            self._commas,
        ))  # fmt: skip

    def _comma(self, index: int) -> int:
        self._commas += 1
        aside = after_relative(self._nodes, index)
        if aside and self._commas <= _COMMAS:
            self._open(BARE)
            return aside
        following = self._nodes[index + 1].tag if index + 1 < len(self._nodes) else tags.STOP
        if following in (tags.VERB, tags.SUBORDINATOR, tags.STOP) or self._commas > _COMMAS:
            return 0
        if (
            following is tags.PARTICIPLE
            and self._nodes[index + 1].verbs
            and not self._nodes[index + 1].verbs[0].definite
        ):
            return 0
        return index + 1

    def _open(self, preposition: str) -> None:
        self._slot, self._head, self._consumed = preposition, "", False
        self._group += 1
        self._nested = False

    def _enter(self, index: int, preposition: str) -> None:
        """Open the slot of a preposition, or go on in it: "with X and with Y"."""
        again = repeats(self._nodes, index, self._last, self._slot, self._morphemes)
        self._open(preposition)
        self._group -= again

    def _noun(self, index: int, node: Node) -> None:
        word, apart = self._reading.words[index], self._collector.apart
        if node.preposition and index != self._naming:
            self._open(node.preposition)
        elif self._consumed and (node.tag is tags.NOUN or not word.bears_article or word.base in apart):
            # A bare noun after a complete phrase opens a new one; a definite one is its adjective, if no deed or goods.
            crowd = joins_crowd(self._reading, index, self._morphemes)
            self._slot = self._slot if node.conjunction or crowd else BARE
            self._group += not crowd
            self._head, self._consumed, self._nested = "", False, False
        elif ends_manner(self._reading, self._nodes, index, self._slot, self._result.heads, self._collector.manners):
            self._open(BARE)
        if word.base.removesuffix(self._morphemes.accusative) in self._collector.people:
            self._crowd = self._slot, index
        if not self._head:
            self._head = word.key
            self._result.heads.append((self._slot, word.norm, index))
        if node.pair and node.noun is not None:
            # "opposes the accession of them both": the two have no words of their own.
            self._consumed = True
            self._result.found.extend(
                Argument(self._slot, entity, kind, PRONOUN, PRONOUN, self._group, self._head, True, self._nested, 2)
                for entity, kind in node.pair
            )
        if node.tag is tags.NOUN:
            self._nested = self._nested or bool(self._result.heads)

    def _nationality(self, index: int, node: Node) -> None:
        last = self._last
        if last is not None and last.country_only and last.end == index and node.conjunction and node.country:
            # "the Egyptian and the Sudanese side": the second has a part in the first's noun.
            entity = self._collector.entity_of(node.country)
            self._add(replace(last, entity=entity, position=index, end=index + 1))
            return
        if last is not None and node.country and follows_arms(self._nodes, last, index):
            # "American missiles": whose they are.
            self._result.found.append(replace(
                last, slot=last.slot + NATIONAL, entity=self._collector.entity_of(node.country), position=index,
                kind=EntityKind.COUNTRY, end=index + 1, head=self._reading.words[last.position].key,
                through=True, country_only=True,
            ))  # fmt: skip
            return
        if self._consumed or not self._head or node.country is None or is_made(self._reading, index, self._morphemes):
            return
        entity = self._collector.entity_of(node.country)
        if not self._collector.is_transparent(self._head):
            opaque = Argument(
                self._slot + NATIONAL, entity, EntityKind.COUNTRY, index, index + 1, self._group, self._head, True,
                False, self._commas, country_only=True,
            )  # fmt: skip
            self._result.found.append(opaque)
            return
        self._add(Argument(
            self._slot, entity, EntityKind.COUNTRY, index, index + 1, self._group, self._head, True, self._nested,
            self._commas, country_only=True,
        ))  # fmt: skip

    def _chunk(self, index: int, node: Node) -> int:
        chunk = node.chunk
        if chunk is None:
            return index + 1
        last = self._last
        conjoined = node.conjunction == self._morphemes.and_
        if conjoined and not self._lacks_other(last) and begins_clause(self._nodes, chunk):
            return 0
        beside = last is not None and last.end >= index - (3 if conjoined and not chunk.conjunction else 1)
        if last is not None and beside and conjoined and is_led(self._nodes, last, chunk):
            last = next((a for a in reversed(self._result.found) if a.kind is chunk.kind), None)
            beside = last is not None
        joined = beside and ((conjoined and self._consumed) or self._listed(index, chunk))
        joined = joined or accompanies(self._reading, self._nodes, index, last, self._morphemes)
        owned = self._is_owned(index, node)
        genitive = node.preposition == self._morphemes.for_ and (owned or self._is_part())
        if node.preposition and not genitive:
            self._enter(index, node.preposition)
        elif (joined or (owned and self._consumed)) and last is not None:
            self._slot, self._head, self._group = last.slot, last.head, last.group
        elif self._consumed or (
            self._slot != BARE and self._head and begins_anew(self._reading, index, chunk, self._head, self._morphemes)
        ):
            self._slot, self._head, self._nested = BARE, "", False
            self._group += 1
        if chunk.crowd:
            self._crowd = self._slot, index
        if chunk.entity and chunk.kind in ITEMS and not self._head:
            self._result.heads.append((self._slot, self._reading.words[index].norm, index))
        if chunk.entity:
            through = bool(self._head)
            self._add(Argument(
                self._slot, chunk.entity, chunk.kind, index, chunk.end, self._group, self._head, through, self._nested,
                self._commas, plural=chunk.plural,
            ))  # fmt: skip
        elif node.noun is not None or chunk.kind in (EntityKind.EVENT, EntityKind.AGREEMENT):
            word = self._reading.words[index]
            self._result.heads.append((self._slot, word.norm, index))
        self._consumed = True
        return chunk.end

    def _two(self, index: int, node: Node) -> int:
        """Add the two whom a word means: "invited both sides", "relations between them"."""
        if node.preposition and not (node.preposition == self._morphemes.for_ and self._is_part()):
            self._open(node.preposition)
        elif self._consumed:
            self._open(BARE)
        through, head = bool(self._head), self._head
        if head in self._collector.officers or head[1:] in self._collector.officers:
            # "the ministers of both countries" are not the countries.
            self._consumed = True
            return index + 1
        for entity, kind in node.pair:
            self._add(Argument(
                self._slot, entity, kind, index, index + 1, self._group, head, through, self._nested, self._commas,
            ))  # fmt: skip
        return index + 1

    def _lacks_other(self, last: Argument | None) -> bool:
        """Tell whether only one of those stands behind "between" yet, so that the next is the other."""
        if self._slot != self._morphemes.between or last is None:
            return False
        return sum(argument.group == last.group for argument in self._result.found) == 1

    def _is_owned(self, index: int, node: Node) -> bool:
        """Tell whether a chunk behind "of" or "belonging to" has a part in the phrase before it: "arms of X"."""
        last = self._last
        if not index or self._reading.words[index - 1].norm not in self._morphemes.belonging:
            arms, by_of = last if self._consumed else None, node.preposition == self._morphemes.for_
            return by_of and self._collector.holders.owns(self._head, arms, self._nodes, index)
        return not self._consumed or (last is not None and last.kind is EntityKind.WEAPON)

    def _is_part(self) -> bool:
        """After a transparent noun "from" and "for" are genitives: "a delegation from the congress"."""
        return not self._consumed and bool(self._head) and self._collector.is_transparent(self._head)

    def _is_counted(self, index: int) -> bool:
        return is_counted(self._reading.words, index, self._morphemes, self._slot, self._collector.year_words)

    def _listed(self, index: int, chunk: Chunk) -> bool:
        """A chunk of the same kind right after a comma goes on with a list."""
        last = self._last
        return last is not None and index > 0 and self._nodes[index - 1].tag is tags.COMMA and last.kind is chunk.kind

    def _add(self, argument: Argument) -> None:
        self._result.found.append(argument)
        self._last = argument
        self._consumed = True
