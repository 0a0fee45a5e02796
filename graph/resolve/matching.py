"""Finds traces that may be one actor: those that meet under a key of sounds are compared, by name, state and office.

Keys keep the number of comparisons near to that of the traces: a name meets only names that sound like it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product

from ..model import EntityKind
from ..text.likeness import is_latin
from ..text.sound import skeletons
from .identity import Key, Trace
from .likeness import SURE, WORTH_A_LOOK, NameLikeness
from .offices import contradict, share_seat

COMPARED = frozenset((EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE))
# Of a key under which more meet, nothing is sure: such names are too common.
MOST_MET = 400
_CONTRARY, _UNSUPPORTED = 0.8, 0.84
# What a name without its beginning counts where nothing else speaks for it.
_PART = 0.75
# Bodies and places bear words that many share: what sounds alike in another script is seldom theirs.
_SURE_SOUND, _WORTH_ELSEWHERE = 0.93, 0.8
Block = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two traces that may be one: how likely, and what speaks for it or against it."""

    one: Key
    other: Key
    score: float
    reasons: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether this is enough to make two one."""
        return self.score >= SURE


class Matcher:
    """Compares traces."""

    def __init__(self, likeness: NameLikeness) -> None:
        self._likeness = likeness

    def find(self, traces: Iterable[Trace]) -> list[Match]:
        """Return all pairs worth a look, the surest first; what seeds/ know is never compared with its like."""
        compared = [trace for trace in traces if trace.kind in COMPARED and not trace.is_weak]
        if not any(name.isascii() for trace in compared if not trace.known for name in trace.names):
            compared = [_in_arabic(trace) if trace.known else trace for trace in compared]
        blocks: dict[Block, list[Trace]] = {}
        if not all(trace.known for trace in compared):
            for trace in compared:
                for block in self._blocks(trace):
                    blocks.setdefault(block, []).append(trace)
        seen: set[tuple[Key, Key]] = set()
        found: list[Match] = []
        for met in blocks.values():
            if len(met) > MOST_MET or all(trace.known for trace in met):
                continue
            for one, other in combinations(met, 2):
                if one.known and other.known:
                    continue
                pair = (min(one.key, other.key), max(one.key, other.key))
                if one.key == other.key or pair in seen:
                    continue
                seen.add(pair)
                match = self._compare(one, other)
                if match is not None:
                    found.append(match)
        return sorted(found, key=lambda each: (-each.score, each.one, each.other))

    def prepare(self, known: Iterable[Trace]) -> None:
        """Look at the names of what seeds/ know, which are remembered when they are looked for."""
        for trace in known:
            if trace.kind in COMPARED:
                self._blocks(_in_arabic(trace))

    def _blocks(self, trace: Trace) -> set[Block]:
        """Return the keys under which a trace meets others."""
        keys: set[Block] = set()
        for name in trace.names:
            prepared = self._likeness.prepare(trace.kind, name)
            if trace.kind is EntityKind.PERSON:
                if len(prepared.words) > 1:
                    ends = (prepared.words[0], prepared.words[-1])
                    keys |= {(trace.kind, *sounds) for sounds in product(*map(_sounds, ends))}
                    keys |= {(trace.kind, *sounds) for sounds in product(*map(_sounds, prepared.words[:2]))}
                    keys |= {(trace.kind, *sounds) for sounds in product(*map(_sounds, prepared.words[-2:]))}
                continue
            joined = "".join(prepared.bare)
            keys |= {(trace.kind, sound) for sound in _sounds(joined) if sound}
            if is_latin(prepared.joined) or prepared.head:
                keys |= {(trace.kind, sound) for sound in _sounds(prepared.joined) if sound}
            if not prepared.bare:
                keys.add((trace.kind, *prepared.words))
        return keys

    def _compare(self, one: Trace, other: Trace) -> Match | None:
        if one.kind is not other.kind:
            return None
        if one.kind is EntityKind.PERSON and any(map(self._likeness.weak.is_office, (*one.names, *other.names))):
            return None
        scores = (
            (self._likeness.compare(one.kind, a, b), a, b) for a in sorted(one.names) for b in sorted(other.names)
        )
        score, first, second = max(scores, default=(0.0, "", ""))
        is_part = score < WORTH_A_LOOK and one.kind is EntityKind.PERSON and self._ends_alike(one, other)
        score = _PART if is_part else score
        is_mixed = score < 1.0 and first.isascii() != second.isascii()
        if is_mixed and one.kind is not EntityKind.PERSON:
            score = score if score >= _SURE_SOUND else 0.0
        if score < (WORTH_A_LOOK if one.kind is EntityKind.PERSON else _WORTH_ELSEWHERE):
            return None
        reasons = ["part" if is_part else "name" if score == 1.0 else "script" if is_mixed else "spelling"]
        if share_seat(one, other):
            reasons.append("office")
            score = max(score, SURE)
        elif contradict(one, other):
            reasons.append("other-office")
            score *= _CONTRARY
        elif one.country and other.country:
            if one.country == other.country:
                reasons.append("country")
            else:
                reasons.append("other-country")
                score *= _CONTRARY
        elif one.kind is EntityKind.ORGANIZATION and self._likeness.weak.is_common(first):
            score = min(score, _UNSUPPORTED)
        return Match(one.key, other.key, round(score, 3), tuple(reasons)) if score >= WORTH_A_LOOK else None

    def _ends_alike(self, one: Trace, other: Trace) -> bool:
        """Tell whether a name of one is one of the other without its beginning, of two words or more."""
        return any(self._likeness.ends_alike(a, b) for a in one.names for b in other.names)


def _in_arabic(trace: Trace) -> Trace:
    """Leave names in Latin letters out, which nobody in the news has, where there are others."""
    names = frozenset(name for name in trace.names if not name.isascii())
    return replace(trace, names=names) if names else trace


@lru_cache(maxsize=100_000)
def _sounds(word: str) -> tuple[str, ...]:
    """Return the classes of a word's consonants in each way that it may be read; a short word is its own."""
    return skeletons(word) or (word,)
