"""What offices say of two who bear one name: that they are two, that they are one, or nothing.

Whoever sings is no minister, and nobody is minister of two things in one state at one time. Who was one thing first and
another later is one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple, Protocol

from ..lang.identity_words import IdentityWords
from ..text.fold import fold_name

# What is told within so many days is told of one time; a known office may begin before or end after what is said of it.
_ONE_TIME, _AROUND = timedelta(days=30), timedelta(days=400)
_WHOLE_DAY = len("2024-01-01")
_FEMININE, _GOVERN = "ه", "govern"
_STEM, _SHORTEST = 4, 3


class Post(NamedTuple):
    """An office as far as it tells people apart: what its holder does, and which seat it is, where there are several.

    `is_past` says that it is told of as over. An office of seeds/ runs from `since` to `until`, as far as they say.
    """

    calling: str
    seat: str = ""
    of: tuple[str, ...] = ()
    is_past: bool = False
    since: str = ""
    until: str = ""

    @property
    def name(self) -> tuple[str, str, tuple[str, ...]]:
        """What tells this office from others, whenever it was held."""
        return self.calling, self.seat, self.of


class Holder(Protocol):
    """Somebody of whom offices are told, in documents of `first` to `last`."""

    @property
    def offices(self) -> frozenset[Post]: ...
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...


class OfficeReader:
    """Makes posts of the names of offices; `states` are the folded names and adjectives of states."""

    def __init__(self, words: IdentityWords, states: Iterable[str] = ()) -> None:
        self._callings = {
            tuple(fold_name(word).split()): name for name, line in words.callings.items() for word in line
        }
        self._seats, self._former = _fold_all(words.seats), _fold_all(words.former)
        self._same = {_stem(fold_name(word)): _stem(fold_name(line[0])) for line in words.same_seats for word in line}
        self._rulers = _fold_all(words.rulers)
        self._joiners = words.seat_joiners
        self._unsaying = _fold_all(words.seat_fillers) | self._former | frozenset(states)
        self.read = lru_cache(maxsize=20_000)(self._read)

    def _read(self, role: str) -> Post | None:
        """Return the post that the name of an office means; None where it tells nobody apart."""
        words = [word for word in fold_name(role).split() if len(word) > 1]
        if not words:
            return None
        words[0] = words[0] if words[0] in self._seats else words[0].removesuffix(_FEMININE)
        calling = next(
            (self._callings[head] for size in (3, 2, 1) if (head := tuple(words[:size])) in self._callings), ""
        )
        if words[0] in self._rulers and all(word in self._unsaying for word in words[1:]):
            calling = _GOVERN
        seat = words[0] if words[0] in self._seats else ""
        behind = (self._bare(word) for word in (words[1:] if seat else ()) if word not in self._unsaying)
        said = (_stem(word) for word in behind if len(word) >= _SHORTEST and word not in self._unsaying)
        of = {self._same.get(stem, stem) for stem in said}
        if not calling and not of:
            return None
        return Post(calling, seat if of else "", tuple(sorted(of)), not self._former.isdisjoint(words))

    def _bare(self, word: str) -> str:
        """Return a word without what is joined to it."""
        joined = next((each for each in self._joiners if word.startswith(each)), "")
        return word[len(joined) :] if len(word) - len(joined) >= _SHORTEST else word

    def read_all(self, roles: Iterable[str]) -> frozenset[Post]:
        """Return the posts of some names of offices."""
        return frozenset(post for role in roles if (post := self.read(role)) is not None)


def code_of(posts: Iterable[Post]) -> str:
    """Return a short name for some posts, the same wherever they are told; none for none."""
    said = sorted({(*post.name, post.is_past) for post in posts})
    return sha256(repr(said).encode()).hexdigest()[:8] if said else ""


@dataclass(frozen=True, slots=True)
class Times:
    """When some people's posts were told of as theirs, and which posts were told of one person in one document."""

    spans: Mapping[Post, tuple[date, date]]
    together: frozenset[frozenset[Post]]

    @classmethod
    def of(cls, holders: Iterable[Holder]) -> Times:
        """Gather them."""
        spans: dict[Post, tuple[date, date]] = {}
        together: set[frozenset[Post]] = set()
        for holder in holders:
            together.update(map(frozenset, combinations(holder.offices, 2)))
            if holder.first is None or holder.last is None or len(holder.first) < _WHOLE_DAY:
                continue
            first, last = _read_day(holder.first), _read_day(holder.last)
            if first is None or last is None:
                continue
            for post in holder.offices:
                before = spans.get(post, (first, last))
                spans[post] = min(before[0], first), max(before[1], last)
        return cls(spans, frozenset(together))

    def contradict(self, one: Iterable[Post], other: Iterable[Post]) -> bool:
        """Tell whether no one person can be told of under both."""
        one, other = tuple(one), tuple(other)
        if {post.name for post in one} & {post.name for post in other}:
            return False
        return any(self._exclude(mine, theirs) for mine in one for theirs in other)

    def _exclude(self, one: Post, other: Post) -> bool:
        if one.is_past or other.is_past or frozenset((one, other)) in self.together:
            return False
        if one.calling and other.calling and one.calling != other.calling:
            return True
        if not one.seat or one.seat != other.seat or not set(one.of).isdisjoint(other.of):
            return False
        mine, theirs = self.spans.get(one), self.spans.get(other)
        if mine is None or theirs is None:
            return False
        overlap = mine[0] <= theirs[1] and theirs[0] <= mine[1]
        return overlap or max(mine[1], theirs[1]) - min(mine[0], theirs[0]) <= _ONE_TIME


def contradict(one: Holder, other: Holder) -> bool:
    """Tell whether the offices of two say that they are two."""
    if not one.offices or not other.offices:
        return False
    return Times.of((one, other)).contradict(one.offices, other.offices)


def share_seat(one: Holder, other: Holder) -> bool:
    """Tell whether two hold one seat of one state, at times that agree: there is one such person at a time."""
    if one.country is None or one.country != other.country:
        return False
    shared = {post.name for post in one.offices if post.seat} & {post.name for post in other.offices if post.seat}
    return any(_agree(mine, one, theirs, other) for mine, theirs in _pairs(shared, one, other))


def _pairs(shared: set[tuple[str, str, tuple[str, ...]]], one: Holder, other: Holder) -> Sequence[tuple[Post, Post]]:
    mine = [post for post in one.offices if post.name in shared]
    return [(post, each) for post in mine for each in other.offices if each.name == post.name]


def _agree(one: Post, holder: Holder, other: Post, with_whom: Holder) -> bool:
    """Tell whether one was told of while another held the office; what has no dates agrees with all."""
    since, until = _span(one, holder)
    start, end = _span(other, with_whom)
    return (since is None or end is None or since - _AROUND <= end) and (
        until is None or start is None or start <= until + _AROUND
    )


def _span(post: Post, holder: Holder) -> tuple[date | None, date | None]:
    """Return when an office is held, as seeds/ or documents say."""
    if post.since or post.until:
        return _read_day(post.since), _read_day(post.until)
    return (None, _read_day(holder.last)) if post.is_past else (_read_day(holder.first), _read_day(holder.last))


def _read_day(text: str | None) -> date | None:
    """Return the day that a date of publication, or of an office, begins with; a year or month is its first day."""
    if not text:
        return None
    try:
        return date.fromisoformat(
            (text + "-01-01" if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)[:10]
        )
    except ValueError:
        return None


def _stem(word: str) -> str:
    """Return a word without its ending: "foreign", "its foreign"."""
    return word[:_STEM]


def _fold_all(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_name(word) for word in words)
