"""Leaves out what is too unsure, and ties that a sentence names only to say that they are cut."""

from __future__ import annotations

from collections.abc import Mapping

from .found import Found

_TIES = frozenset({"cooperatesWith", "supports", "signedAgreementWith", "negotiatesWith"})
_BREAKS = ("sanctioned", "withdrewFrom", "rejected", "attacked")


def without_weak(found: list[Found], floor: float) -> list[Found]:
    """Return the facts above a confidence; ties that are only named to be cut are left out."""
    best: dict[tuple[str, str, str], Found] = {}
    kept = [fact for fact in found if fact.confidence >= floor and fact.subject != fact.object]
    for fact in kept:
        key = (fact.subject, fact.relation, fact.object)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    return [fact for fact in kept if not _contradicted(fact, best)]


def _contradicted(fact: Found, best: Mapping[tuple[str, str, str], Found]) -> bool:
    """A tie named only to be cut is none: "cut its relations with X"."""
    if fact.relation not in _TIES or not fact.rule.startswith("noun"):
        return False
    breaks_here = (*_BREAKS, "negotiatesWith") if fact.relation == "signedAgreementWith" else _BREAKS
    sides = ((fact.subject, fact.object), (fact.object, fact.subject))
    breaks = (best.get((one, relation, other)) for one, other in sides for relation in breaks_here)
    return any(o is not None and o.reading is fact.reading and o.rule.startswith("verb") for o in breaks)
