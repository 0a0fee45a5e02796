"""What kinds of entity each relation takes on either side, and which relations run both ways."""

from __future__ import annotations

from ..model import EntityKind as K

ACTORS = frozenset({K.PERSON, K.COUNTRY, K.ORGANIZATION})
# Actors that are no people, and where something is.
POWERS = frozenset({K.COUNTRY, K.ORGANIZATION})
LANDS = frozenset({K.COUNTRY, K.PLACE})
_PLACES = frozenset({K.COUNTRY, K.PLACE, K.ORGANIZATION})
_TARGETS = ACTORS | {K.PLACE}

# What somebody thinks of what was done; and the same where it is shown in the street.
STANCES = frozenset({"criticized", "supports", "rejected"})
STANCES_SHOWN = STANCES | {"protestedAgainst"}

SYMMETRIC = frozenset({"met", "spokeWith", "negotiatesWith", "signedAgreementWith", "cooperatesWith", "fights"})

_SUBJECTS: dict[str, frozenset[K]] = {
    "hosted": ACTORS | {K.PLACE},
    "partOf": frozenset({K.ORGANIZATION, K.PLACE}),
    "attacked": ACTORS,
    "appointed": ACTORS,
    "succeeded": frozenset({K.PERSON}),
}
_OBJECTS: dict[str, frozenset[K]] = {
    "visited": _PLACES,
    "hosted": frozenset({K.EVENT, K.ORGANIZATION, K.PERSON, K.COUNTRY}),
    "tookPartIn": frozenset({K.EVENT, K.ORGANIZATION}),
    "investedIn": ACTORS | {K.PLACE},
    "attacked": _TARGETS,
    "deployedTo": LANDS,
    "withdrewFrom": _PLACES | {K.AGREEMENT, K.EVENT},
    "detained": frozenset({K.PERSON, K.ORGANIZATION}),
    "released": frozenset({K.PERSON, K.ORGANIZATION}),
    "appointed": frozenset({K.PERSON}),
    "succeeded": frozenset({K.PERSON}),
    "leads": frozenset({K.ORGANIZATION, K.EVENT}),
    "memberOf": frozenset({K.ORGANIZATION}),
    "founded": frozenset({K.ORGANIZATION}),
    "partOf": frozenset({K.ORGANIZATION, K.COUNTRY, K.PLACE}),
    "produces": frozenset({K.WEAPON, K.COUNTRY, K.ORGANIZATION}),
    "supports": _TARGETS,
    "criticized": ACTORS,
    "fights": ACTORS,
    "sanctioned": ACTORS,
    "supplies": _TARGETS,
    "aids": _TARGETS,
}


def subjects_of(relation: str) -> frozenset[K]:
    """Return the kinds that a relation may start at."""
    return _SUBJECTS.get(relation, ACTORS)


def objects_of(relation: str) -> frozenset[K]:
    """Return the kinds that a relation may end at."""
    return _OBJECTS.get(relation, ACTORS)


def takes_subject(relation: str, kind: K) -> bool:
    """Tell whether a relation may start at an entity of a kind."""
    return kind in _SUBJECTS.get(relation, ACTORS)


def takes_object(relation: str, kind: K) -> bool:
    """Tell whether a relation may end at an entity of a kind."""
    return kind in _OBJECTS.get(relation, ACTORS)
