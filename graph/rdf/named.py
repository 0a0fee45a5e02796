"""Reads out of a document's triples who is named in it, for who is one with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .namespaces import RDF, RW, SCHEMA
from .terms import Triple, read_string

_ENTITY, _KIND, _NAME, _ENGLISH, _COUNTRY = (
    f"<{RW}{name}>" for name in ("entity", "kind", "name", "english", "country")
)
_OF_APPEARANCES = frozenset({_ENTITY, _KIND, _NAME, _ENGLISH, _COUNTRY})
_PUBLISHED = f"<{SCHEMA}datePublished>"
_SUBJECT, _PREDICATE = f"<{RDF}subject>", f"<{RDF}predicate>"
_ROLE, _STATUS, _DATE, _HOLDS = f"<{RW}role>", f"<{RW}status>", f"<{RW}date>", f"<{RW}holdsOffice>"
_OF_FACTS = frozenset({_SUBJECT, _PREDICATE, _ROLE, _STATUS, _DATE})


class Named(NamedTuple):
    """Somebody or something that a document names, as it was read; `kind` is the name of its class.

    `offices` are the names of those that a person holds by the document, one a line.
    """

    entity: str
    kind: str
    name: str
    english: str | None
    country: str | None
    offices: str | None = None


class NamesOf(NamedTuple):
    """Who is named in a document, and when that was published."""

    published: str | None
    named: tuple[Named, ...]


def read_names(triples: Iterable[Triple]) -> NamesOf:
    """Return who is named in a document, given as it was read."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    published = None
    for subject, predicate, object_ in triples:
        if predicate in _OF_APPEARANCES:
            said[subject][predicate] = read_string(object_)
        elif predicate in _OF_FACTS:
            facts[subject][predicate] = object_
        elif predicate == _PUBLISHED:
            published = read_string(object_)
    offices: dict[str, set[str]] = defaultdict(set)
    for fact in facts.values():
        if fact.get(_PREDICATE) == _HOLDS and _ROLE in fact and is_held(fact.get(_STATUS), fact.get(_DATE)):
            offices[fact.get(_SUBJECT, "")[1:-1]].add(read_string(fact[_ROLE]))
    whole = (each for each in said.values() if {_ENTITY, _KIND, _NAME} <= each.keys())
    return NamesOf(published, tuple(_read_named(each, offices.get(each[_ENTITY], set())) for each in whole))


def is_held(status: str | None, date: str | None) -> bool:
    """Say whether an office is held when its document is published: it is actual, and of no other date that is told."""
    return date is None and status is not None and read_string(status) == "actual"


def _read_named(said: dict[str, str], offices: Iterable[str]) -> Named:
    kind = said[_KIND].removeprefix(RW)
    held = "\n".join(sorted(offices)) or None
    return Named(said[_ENTITY], kind, said[_NAME], said.get(_ENGLISH), said.get(_COUNTRY), held)
