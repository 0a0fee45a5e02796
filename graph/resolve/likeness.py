"""How likely two names, met in different documents, are of one actor: from 0 to 1, by kind, whatever their script.

People are compared by first and last name, bodies by what is left without an optional head and with nationalities read
as states, places by the words that name them. What is compared is prepared once, since one name meets many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..lang.identity_words import IdentityWords
from ..model import EntityKind
from ..text.fold import fold_name, loosen, normalize
from ..text.likeness import is_latin, word_likeness
from .known import Known

SURE, WORTH_A_LOOK = 0.86, 0.7
_DOUBT, _CONTRARY = 0.8, 0.3
_SHORTEST_ACRONYM = 4
# How much better another name has to fit a transliteration before it is held to be that name's.
_RIVAL = 0.04
_LATIN_ARTICLES = frozenset({"al", "el", "as", "ar", "an", "ad", "ash", "at", "az", "the", "of"})
_LATIN_SONS = frozenset({"bin", "ben", "ibn", "bint"})
_LATIN_SERVANTS = ("abdel", "abdul", "abdal", "abdol")
_STATE = "@"
_WORD = re.compile(r"\w+")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_NO_ARTICLE = ("أل", "إل")
_PLURALS = ("ون", "ين")
_SHORTEST_PLURAL = _SHORTEST_SOUND = 6


@dataclass(frozen=True, slots=True)
class PreparedName:
    """A name ready to be compared: its words folded, without titles and articles, states as @ and their key.

    `joined` are all words in one, articles included, for names whose words are divided otherwise; `adjectival` says
    that no state is named but by an adjective.
    """

    words: tuple[str, ...]
    head: str = ""
    latin: bool = False
    joined: str = ""
    adjectival: bool = True

    @property
    def bare(self) -> tuple[str, ...]:
        """The words without states."""
        return tuple(word for word in self.words if not word.startswith(_STATE))

    @property
    def states(self) -> tuple[str, ...]:
        """The states that the words name."""
        return tuple(word for word in self.words if word.startswith(_STATE))


class WeakNames:
    """Tells names that say nothing of who is meant."""

    def __init__(self, words: IdentityWords) -> None:
        self.common = _fold_all(words.common) - _fold_all(words.distinctive)
        self._offices = _fold_all(words.offices)

    def is_common(self, name: str) -> bool:
        """Tell whether all words of a body's name are common ones: each state has one that is called so."""
        words = fold_name(name).split()
        return all(word in self.common or _singular(word) in self.common for word in words)

    def is_office(self, name: str) -> bool:
        """Tell whether somebody is named by an office alone: two of that name are one where all else is alike."""
        first = fold_name(name).partition(" ")[0]
        return first in self._offices or first.removesuffix("ه") in self._offices

    def is_weak(self, kind: EntityKind, name: str, country: str | None) -> bool:
        """Tell whether a name may be anybody's: a person's single word, a body that each state has, "the summit"."""
        if kind in (EntityKind.EVENT, EntityKind.AGREEMENT):
            return " " not in name.strip()
        if country or kind not in (EntityKind.PERSON, EntityKind.ORGANIZATION):
            return False
        return " " not in name.strip() if kind is EntityKind.PERSON else self.is_common(name)


class NameLikeness:
    """Compares names; remembers what it has prepared."""

    def __init__(self, words: IdentityWords, states: Mapping[str, str], adjectives: frozenset[str]) -> None:
        self._titles = _fold_all(words.titles)
        self._sons = _fold_all(words.son)
        self._servant, self._house = fold_name(words.servant), fold_name(words.house)
        self._heads = {fold_name(head): line[0] for line in words.optional_heads for head in line}
        self._fillers = _fold_all(words.fillers)
        self._ministry, self._shorthand = fold_name(words.ministry), _fold_all(words.shorthand)
        self._place_heads, self._peninsula = _fold_all(words.place_heads), _fold_all(words.peninsula)
        self._all_place_heads = _fold_all(words.all_place_heads)
        self._qualifiers = _fold_all(words.place_qualifiers)
        self.weak = WeakNames(words)
        self._common = self.weak.common
        self._namesakes: dict[str, frozenset[str]] = {}
        for line in words.namesakes:
            group = _fold_all(line)
            for name in group:
                self._namesakes[name] = self._namesakes.get(name, frozenset()) | group
        self.words, self.states, self._adjectives = words, dict(states), adjectives
        self.prepare = lru_cache(maxsize=100_000)(self._prepare)

    @classmethod
    def load(cls, known: Known, language: str = "ar") -> NameLikeness:
        """Read the words of a language, and take adjectives and names of states from what is known."""
        states = {fold_name(form.text): form.country for form in known.demonyms if " " not in form.text}
        adjectives = frozenset(states)
        for entity in known.entities:
            if entity.kind is EntityKind.COUNTRY:
                names = (entity.name, *entity.aliases)
                states |= {fold_name(name): entity.key for name in names if " " not in name}
        return cls(IdentityWords.load(language), states, adjectives)

    def compare(self, kind: EntityKind, one: str, other: str) -> float:
        """Return how likely two names, as written, are of one actor of a kind."""
        first, second = self.prepare(kind, one), self.prepare(kind, other)
        if not first.words or not second.words:
            return 0.0
        if first.words == second.words and first.head == second.head:
            return 1.0
        if kind is EntityKind.PERSON:
            likeness = self._compare_people(first.words, second.words)
            is_open = self._word(first.words[0], second.words[0]) > 0
            return max(likeness, self._compare_joined(first, second)) if is_open else likeness
        if kind is EntityKind.ORGANIZATION:
            return self._compare_bodies(first, second)
        if first.head and second.head and first.head != second.head:
            return _CONTRARY
        return max(self._compare_words(first.words, second.words), self._compare_joined(first, second))

    def ends_alike(self, one: str, other: str) -> bool:
        """Tell whether one of two people's names is the other without its beginning; "son of X" is no such name."""
        short, long = sorted((self.prepare(EntityKind.PERSON, name).words for name in (one, other)), key=len)
        return 1 < len(short) < len(long) and long[-len(short) :] == short and short[0] not in self._sons

    def _prepare(self, kind: EntityKind, name: str) -> PreparedName:
        words = _fold_words(_strip_marks(name))
        if any(is_latin(word) for word in words):
            latin = self._latin_words(words)
            return PreparedName(tuple(latin), latin=True, joined="".join(latin))
        joined = "".join(_WORD.findall(loosen(normalize(name))))
        if kind is EntityKind.PERSON:
            return PreparedName(tuple(self._person_words(words)), joined=joined)
        if kind is EntityKind.ORGANIZATION:
            return self._prepare_body(words, joined)
        return self._prepare_place(words, joined)

    def _latin_words(self, words: list[str]) -> list[str]:
        kept = [word for word in words if word not in _LATIN_ARTICLES and len(word) > 1] or words
        joined: list[str] = []
        for word in kept:
            if word.startswith(_LATIN_SERVANTS) and len(word) > 3:
                word = "abd" + word[5:]
            if joined and joined[-1] == "abd":
                joined[-1] += word
            else:
                joined.append("bn" if word in _LATIN_SONS else word)
        return joined

    def _person_words(self, words: list[str]) -> list[str]:
        is_title = len(words) > 2 and words[0] in self._titles and words[1] not in self._sons
        kept = words[1:] if is_title else words
        joined: list[str] = []
        for word in kept:
            if joined and joined[-1] == self._servant:
                joined[-1] += word.removeprefix("ال")
            elif word.startswith(self._servant + "ال") and len(word) > len(self._servant) + 3:
                joined.append(self._servant + word[len(self._servant) + 2 :])
            elif word != self._house or not joined:
                joined.append(word)
        return joined

    def _prepare_body(self, words: list[str], joined: str) -> PreparedName:
        head = ""
        if len(words) > 1 and words[0] in self._heads and words[1] not in self._adjectives:
            head, words = self._heads[words[0]], words[1:]
        elif len(words) > 2 and words[0] == self._ministry and words[1] in self._shorthand:
            words = words[1:]
        kept = [self._as_state(word, place) for place, word in enumerate(words) if word not in self._fillers]
        adjectival = all(word in self._adjectives for word in words[1:] if word in self.states)
        return PreparedName(tuple(kept or words), head, joined=joined, adjectival=adjectival)

    def _prepare_place(self, words: list[str], joined: str) -> PreparedName:
        while len(words) > 1 and (words[0] in self._place_heads or words[0] in self._peninsula):
            words = words[1:]
        while len(words) > 1 and (words[-1] in self._qualifiers or words[-1] in self.states):
            words = words[:-1]
        is_headed = len(words) > 2 and words[0] in self._all_place_heads
        return PreparedName(tuple(words[is_headed:]), words[0] if is_headed else "", joined=joined)

    def _as_state(self, word: str, place: int) -> str:
        state = self.states.get(word) if place else None
        return f"{_STATE}{state}" if state else word

    def _compare_people(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        short, long = sorted((one, other), key=len)
        if len(short) == 1:
            joined = "".join(long)
            if len(long) > 1 and self._word(short[0], joined) >= SURE:
                return self._word(short[0], joined)  # written as one word, or as two
            ends = max(self._word(short[0], long[0]), self._word(short[0], long[-1]))
            return ends if len(long) == 1 else min(ends, 0.6)
        return max(self._align_people(short, long), self._as_chain(short, long))

    def _align_people(self, short: tuple[str, ...], long: tuple[str, ...]) -> float:
        """Compare first with first and last with last; what stands between may be left out, in order."""
        first = self._word(short[0], long[0])
        last = self._word(short[-1], long[-1])
        worst, place = min(first, last), 1
        for word in short[1:-1]:
            found = [(self._word(word, each), -index) for index, each in enumerate(long[place:-1], place)]
            if not found:
                return min(worst, self._split_alike(short, long))
            likeness, index = max(found)
            worst, place = min(worst, likeness), -index + 1
        if worst < WORTH_A_LOOK:
            return max(worst, self._split_alike(short, long))
        left_out = len(long) - len(short)
        return worst * (1.0 - 0.02 * left_out)

    def _split_alike(self, short: tuple[str, ...], long: tuple[str, ...]) -> float:
        """Compare names whose words are divided otherwise."""
        if len(long) - len(short) > 2:
            return 0.0
        return word_likeness("".join(short), "".join(long)) * 0.98 if self._word(short[0], long[0]) > 0 else 0.0

    def _as_chain(self, short: tuple[str, ...], long: tuple[str, ...]) -> float:
        """A name with its father's may go on with the family's, and need not."""
        if len(short) < 3 or not (short[1] in self._sons or short[1] == "bn"):
            return 0.0
        return min(self._word(a, b) for a, b in zip(short, long, strict=False)) * 0.97

    def _word(self, one: str, other: str) -> float:
        """Compare two words of names; two that are names of different people are none of one another's spellings."""
        if one == other or one == f"ال{other}" or other == f"ال{one}":
            return 1.0
        likeness = word_likeness(one, other)
        if likeness < WORTH_A_LOOK:
            return likeness
        for arabic, facing in ((one, other), (other, one)):
            rivals = self._namesakes.get(arabic)
            if rivals is None:
                continue
            if facing in rivals:
                return 0.0
            others = (word_likeness(rival, facing) for rival in rivals if rival != arabic)
            if is_latin(facing) and max(others, default=0.0) > likeness + _RIVAL:
                return 0.0
        return likeness

    def _compare_bodies(self, one: PreparedName, other: PreparedName) -> float:
        if one.latin != other.latin and min(len(one.joined), len(other.joined)) < _SHORTEST_ACRONYM:
            return 0.0  # an acronym sounds like much
        if one.latin or other.latin:
            return max(self._compare_words(one.bare, other.bare), self._compare_joined(one, other))
        if one.head and other.head and one.head != other.head:
            return _CONTRARY
        mine, theirs = frozenset(one.states), frozenset(other.states)
        likeness = self._compare_words(one.bare, other.bare) if one.bare or other.bare else 1.0
        if mine and theirs and mine != theirs:
            return min(likeness, _CONTRARY)
        if mine != theirs:
            # "The party of God" is the Lebanese one; "the communist party" may be anybody's.
            is_own = one.adjectival and other.adjectival and not self._is_common(one) and not self._is_common(other)
            return likeness if is_own else min(likeness, _DOUBT)
        if one.head != other.head and len(one.words) == 1 and one.words[0] in self._common:
            return min(likeness, _DOUBT)
        return likeness

    def _is_common(self, name: PreparedName) -> bool:
        return all(word in self._common for word in name.bare)

    def _compare_joined(self, one: PreparedName, other: PreparedName) -> float:
        """Compare names whose words are divided otherwise, as one word each."""
        if len(one.words) == len(other.words) or (one.latin != other.latin and len(one.joined) < _SHORTEST_SOUND):
            return 0.0
        return min(0.95, word_likeness(one.joined, other.joined))

    def _compare_words(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """Compare word by word, in order; words that are divided otherwise count as one."""
        if not one or not other:
            return 0.0
        together = word_likeness("".join(one), "".join(other)) if len(one) != len(other) else 0.0
        if len(one) != len(other):
            return together if abs(len(one) - len(other)) <= 2 else 0.0
        return min(_strict(a, b) for a, b in zip(one, other, strict=True))


def _strict(one: str, other: str) -> float:
    """Compare two words of a body's or a place's name: a short one leaves no room for doubt."""
    likeness = word_likeness(one, other)
    if one.isdecimal() or other.isdecimal():
        return 1.0 if one == other else 0.0
    return max(likeness, 0.95) if _singular(one) == _singular(other) else likeness


def _singular(word: str) -> str:
    return word[:-2] if word.endswith(_PLURALS) and len(word) >= _SHORTEST_PLURAL else word


def _fold_words(name: str) -> list[str]:
    """Fold a name's words; an alif that bears a hamza begins no article."""
    words = []
    for word in name.split():
        folded = loosen(normalize(word)) if word.startswith(_NO_ARTICLE) else fold_name(word)
        words += _WORD.findall(folded)
    return words


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_name(word) for word in words)


def _strip_marks(text: str) -> str:
    """Return Latin letters without their marks; Arabic ones stay as they are."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", bare) if _LATIN_MARKS.search(bare) else text)
