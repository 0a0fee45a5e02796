"""Finds what interrupts a phrase or describes it: a relative clause between commas, "what he called", "that X did".

Each takes the position where such words begin and returns where the phrase goes on, 0 where none begin.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..lang.language import Language
from ..lang.morphemes import Morphemes
from ..model import EntityKind
from ..morphology.forms import pronouns_after_prepositions
from ..text.fold import loosen
from .arguments import Argument
from .chunks import Reading
from .clauses import Node, Tag
from .relations import STANCES
from .verb_frames import bears_pronoun, relations_of
from .words import Word

_LONGEST = 24
_BRACKETED = 12
# What stands for itself: a deed done to it is done to no owner.
ITEMS = frozenset({EntityKind.WEAPON, EntityKind.AGREEMENT, EntityKind.EVENT})
_NOMINAL = frozenset({Tag.NOUN, Tag.OTHER, Tag.PARTICIPLE})
_GOES_ON = frozenset({Tag.CHUNK, Tag.NOUN, Tag.PREPOSITION, Tag.OTHER, Tag.QUOTE})


def after_relative(nodes: list[Node], comma: int) -> int:
    """Return where the clause goes on behind a relative clause between commas: "invited X, who heads Y, Z to"."""
    opener = nodes[comma + 1] if comma + 1 < len(nodes) else None
    if opener is None or opener.tag is not Tag.RELATIVE or opener.conjunction:
        return 0
    for index in range(comma + 2, min(comma + _LONGEST, len(nodes) - 1)):
        tag = nodes[index].tag
        if tag is Tag.STOP:
            return 0
        if tag is Tag.COMMA:
            following = nodes[index + 1]
            return index + 1 if following.tag in _GOES_ON and not following.conjunction else 0
    return 0


def after_naming(reading: Reading, nodes: list[Node], index: int, morphemes: Morphemes) -> int:
    """Return where what somebody calls so begins: "condemned what he called [a crime]"."""
    words = reading.words
    if index == 0 or words[index].norm not in morphemes.namings or not words[index - 1].norm.endswith(morphemes.what):
        return 0
    index += 1
    while index < len(nodes) and (nodes[index].tag is Tag.QUOTE or words[index].norm in morphemes.as_what):
        index += 1
    return index


def after_bracket(nodes: list[Node], index: int) -> int:
    """Return where the phrase goes on behind what stands in brackets; behind the bracket where it is never closed."""
    for end in range(index + 1, min(index + _BRACKETED, len(nodes))):
        if nodes[end].tag is Tag.BRACKET:
            return end + 1
    return index + 1


class Holders:
    """Finds who holds a site or a stretch of land: "sites that X controls", "the areas under the control of X"."""

    def __init__(self, language: Language) -> None:
        joiners = ("", *language.morphemes.genitive_joiners)
        articles = ("", language.morphemes.article)
        sites = {loosen(word) for word in language.sites.targets}
        sites |= {site + language.morphemes.accusative for site in sites}
        self._targets = frozenset(j + a + site for site in sites for j in joiners for a in articles)
        self._holding = language.sites.holding
        # What shots are, which have the one who fires behind them.
        self.fire = language.sites.fire
        # What strikes for its owner.
        self.armed = frozenset(map(loosen, language.sites.armed))
        self._opponents = frozenset(j + loosen(word) for word in language.sites.opponents for j in joiners)
        self._words = language.sites.holding | language.sites.held_back

    def is_target(self, key: str) -> bool:
        """Tell whether a noun, with what is written onto it, names a site or a stretch of land."""
        return key in self._targets

    def owns(self, head: str, arms: Argument | None, nodes: list[Node], index: int) -> bool:
        """Tell whether a chunk behind "of" is whose a site is that heads its phrase: "raids on [an] arms depot of X".

        `arms` is what the phrase has named already.
        """
        if head not in self._targets:
            return False
        if arms is not None:
            return arms.kind is EntityKind.WEAPON and arms.end == index
        return nodes[index - 1].tag in _NOMINAL

    def is_opponent(self, argument: Argument) -> bool:
        """Tell whether somebody is only told of by those against him: "accused the opponents of X" accuses not X."""
        return argument.head in self._opponents

    def begin(self, head: str, reading: Reading, nodes: list[Node], index: int) -> int:
        """Return where the name of the holder begins behind a phrase that a site or stretch of land heads."""
        if head not in self._targets:
            return 0
        words = reading.words
        position = index + (nodes[index].tag is Tag.RELATIVE)
        if position >= len(words) or words[position].norm not in self._holding:
            return 0
        while position < len(words) and words[position].norm in self._words:
            position += 1
        chunk = nodes[position].chunk if position < len(words) else None
        return position if chunk is not None and chunk.entity and not chunk.preposition else 0


@dataclass(frozen=True, slots=True)
class Resumptives:
    """How a clause takes up what it describes: words that are a preposition with a pronoun, and pronouns on verbs."""

    words: frozenset[str]
    endings: tuple[str, ...]

    @classmethod
    def build(cls, morphemes: Morphemes) -> Resumptives:
        """Spell them."""
        return cls(frozenset(pronouns_after_prepositions(morphemes)), morphemes.owner_pronouns)


def doer_behind(reading: Reading, nodes: list[Node], noun: int, verb: int, resumptives: Resumptives) -> int:
    """Return where the doer may stand of a deed that a clause describes: "a raid X launched"; 0 where it does none."""
    if noun < 0 or verb + 1 >= len(nodes) or nodes[verb].tag is not Tag.VERB:
        return 0
    if nodes[noun].tag not in (Tag.NOUN, Tag.OTHER, Tag.CHUNK):
        return 0
    behind = verb + 1
    if _takes_a_stance(nodes[verb]):
        # "a request that X welcomed" is none of X's.
        return 0
    if reading.words[behind].norm in resumptives.words:
        return behind + 1 if behind + 1 < len(nodes) else 0
    analyses = nodes[verb].verbs
    done = bears_pronoun(analyses) or (not analyses and reading.words[verb].norm.endswith(resumptives.endings))
    return behind if done else 0


def event_before(reading: Reading, nodes: list[Node], index: int) -> str:
    """Return the first word of the event, deal or weapon that ends at a word: "the campaign that X launched"."""
    chunk = nodes[index].chunk
    return reading.words[chunk.start].key if chunk is not None and chunk.kind in ITEMS else ""


def _takes_a_stance(node: Node) -> bool:
    """Tell whether a verb only tells what somebody thinks of what was done."""
    relations = relations_of(node.verbs)
    return bool(relations) and relations <= STANCES


def is_made(reading: Reading, index: int, morphemes: Morphemes) -> bool:
    """Tell whether a nationality only says who made something: planes "of American make" need not be America's."""
    return index + 1 < len(reading.words) and reading.words[index + 1].norm in morphemes.origins


def is_definite(word: Word, node: Node) -> bool:
    """Tell whether a word bears the article; one that only begins alike is known for what it is as a deed."""
    return word.bears_article and (node.noun is None or node.noun.definite)
