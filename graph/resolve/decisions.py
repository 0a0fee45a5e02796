"""People's corrections: which decision takes the place of which, and what follows from all of them together.

A decision is about something: a pair of actors, a fact, an actor's name in a language, an actor's kind. About one thing
the newest counts, and the older one goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import ValidationError
from ..model import Decision, EntityKind, Verdict

LONGEST_NAME, LONGEST_WHY, LONGEST_BY = 300, 2000, 200
_PAIRS = frozenset({Verdict.SAME, Verdict.DIFFERENT})
_FACTS = frozenset({Verdict.WRONG, Verdict.RIGHT})
Subject = tuple[str, ...]


@dataclass(slots=True)
class Ruling:
    """What decisions come to. Actors are named by the IRIs that the decisions give."""

    same: set[tuple[str, str]] = field(default_factory=set)
    different: set[tuple[str, str]] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[str, EntityKind] = field(default_factory=dict)

    def actors(self) -> frozenset[str]:
        """Return all actors that a decision is about."""
        pairs = {actor for pair in self.same | self.different for actor in pair}
        return frozenset(pairs | {actor for actor, _ in self.names} | set(self.kinds))


def subject_of(decision: Decision) -> Subject:
    """Return what a decision is about: two of the same subject cannot both stand."""
    if decision.verdict in _PAIRS:
        return ("pair", *sorted((decision.one or "", decision.other or "")))
    if decision.verdict in _FACTS:
        return ("fact", decision.fact or "")
    if decision.verdict is Verdict.RENAME:
        return ("name", decision.one or "", decision.language or "")
    return ("kind", decision.one or "")


def decision_id(decision: Decision) -> str:
    """Return the id of a decision, the same whoever makes it and whenever: 16 hexadecimal digits."""
    parts = (*subject_of(decision), decision.verdict, decision.name or "", decision.kind or "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def check_decision(decision: Decision) -> None:
    """Raise ValidationError, saying what is missing or too much, for a decision that cannot be made."""
    verdict = decision.verdict
    wanted = {"one", "other"} if verdict in _PAIRS else {"fact"} if verdict in _FACTS else {"one"}
    wanted |= {"name", "language"} if verdict is Verdict.RENAME else {"kind"} if verdict is Verdict.RETYPE else set()
    for name in ("one", "other", "fact", "name", "language", "kind"):
        given = getattr(decision, name)
        if name in wanted and not given:
            raise ValidationError(f"{verdict} needs {name}: give it.")
        if name not in wanted and given:
            raise ValidationError(f"{verdict} takes no {name}: leave it out.")
    if verdict in _PAIRS and decision.one == decision.other:
        raise ValidationError(f"{verdict} needs two actors, and {decision.one} is one: name another.")
    if decision.language not in (None, "ar", "en"):
        raise ValidationError(f"language {decision.language!r}: give ar or en.")
    for name, longest in (("name", LONGEST_NAME), ("by", LONGEST_BY), ("why", LONGEST_WHY)):
        if len(getattr(decision, name) or "") > longest:
            raise ValidationError(f"{name} is longer than {longest} characters: shorten it.")


def add_decision(standing: Mapping[str, Decision], decision: Decision) -> dict[str, Decision]:
    """Return the decisions that stand, by id, after one more; of one subject the new one alone.

    One that stands already stays as it is, with who made it and when.
    """
    key, subject = decision_id(decision), subject_of(decision)
    if key in standing:
        return dict(standing)
    return {**{other: old for other, old in standing.items() if subject_of(old) != subject}, key: decision}


def rule(decisions: Iterable[Decision]) -> Ruling:
    """Return what decisions come to, whatever their order: of one subject the newest counts."""
    newest: dict[Subject, Decision] = {}
    for decision in sorted(decisions, key=lambda each: (each.at, decision_id(each))):
        newest[subject_of(decision)] = decision
    ruling = Ruling()
    for decision in newest.values():
        _apply(decision, ruling)
    return ruling


def _apply(decision: Decision, ruling: Ruling) -> None:
    one, other, fact = decision.one or "", decision.other or "", decision.fact or ""
    pair = (min(one, other), max(one, other))
    match decision.verdict:
        case Verdict.SAME:
            ruling.same.add(pair)
        case Verdict.DIFFERENT:
            ruling.different.add(pair)
        case Verdict.WRONG:
            ruling.wrong.add(fact)
        case Verdict.RIGHT:
            ruling.right.add(fact)
        case Verdict.RENAME:
            ruling.names[one, decision.language or ""] = decision.name or ""
        case Verdict.RETYPE if decision.kind is not None:
            ruling.kinds[one] = decision.kind
