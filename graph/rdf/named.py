"""Reads out of a document's triples who is named in it, for who is one with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .namespaces import RW, SCHEMA
from .terms import Triple, read_string

_ENTITY, _KIND, _NAME, _ENGLISH, _COUNTRY = (
    f"<{RW}{name}>" for name in ("entity", "kind", "name", "english", "country")
)
_OF_APPEARANCES = frozenset({_ENTITY, _KIND, _NAME, _ENGLISH, _COUNTRY})
_PUBLISHED = f"<{SCHEMA}datePublished>"


class Named(NamedTuple):
    """Somebody or something that a document names, as it was read; `kind` is the name of its class."""

    entity: str
    kind: str
    name: str
    english: str | None
    country: str | None


class NamesOf(NamedTuple):
    """Who is named in a document, and when that was published."""

    published: str | None
    named: tuple[Named, ...]


def read_names(triples: Iterable[Triple]) -> NamesOf:
    """Return who is named in a document, given as it was read."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    published = None
    for subject, predicate, object_ in triples:
        if predicate in _OF_APPEARANCES:
            said[subject][predicate] = read_string(object_)
        elif predicate == _PUBLISHED:
            published = read_string(object_)
    return NamesOf(
        published, tuple(_read_named(each) for each in said.values() if {_ENTITY, _KIND, _NAME} <= each.keys())
    )


def _read_named(said: dict[str, str]) -> Named:
    kind = said[_KIND].removeprefix(RW)
    return Named(said[_ENTITY], kind, said[_NAME], said.get(_ENGLISH), said.get(_COUNTRY))
