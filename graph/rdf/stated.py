"""Reads out of a document's triples what it states: one row a fact, for the index of facts and for events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .events import Telling, read_date, read_telling
from .namespaces import RDF, RW, SCHEMA
from .terms import Triple, read_string

_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
_STATUS, _STATEMENT, _CONFIDENCE, _DATE, _QUANTITY, _VALUE, _UNIT, _BOUND = (
    f"<{RW}{name}>" for name in ("status", "statement", "confidence", "date", "quantity", "value", "unit", "bound")
)
_PUBLISHED = f"<{SCHEMA}datePublished>"
_WHOLE = frozenset({_SUBJECT, _PREDICATE, _OBJECT, _STATUS})
_SAID = frozenset(
    {_SUBJECT, _PREDICATE, _OBJECT, _STATUS, _STATEMENT, _CONFIDENCE, _DATE, _QUANTITY, _VALUE, _UNIT, _BOUND}
)


class Stated(NamedTuple):
    """A fact: IRIs without brackets, values as texts. `statement` and `day` are of facts that tell of a deed alone."""

    fact: str
    subject: str
    relation: str
    object: str
    status: str
    confidence: str | None
    date: str | None
    value: str | None
    unit: str | None
    bound: str | None
    statement: str | None
    day: str | None


class Statements(NamedTuple):
    """What a document states, and the day of its publication as events take it."""

    published: str | None
    facts: tuple[Stated, ...]

    def tellings(self, document: str) -> list[Telling]:
        """Return the facts that tell of deeds; `document` is the term that names their document."""
        return [
            Telling(f"<{each.fact}>", f"<{each.statement}>", document, each.status, each.day, self.published)
            for each in self.facts
            if each.statement is not None
        ]


def read_statements(document: str, triples: Iterable[Triple], standing: frozenset[str]) -> Statements:
    """Read them; `document` is the term that names the document, `standing` the relations that are no deeds."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    days = list[str]()
    for subject, predicate, object_ in triples:
        if predicate in _SAID:
            values = said[subject]
            if values.setdefault(predicate, object_) > object_:
                values[predicate] = object_
        elif predicate == _PUBLISHED and subject == document and (day := read_date(object_, whole=True)):
            days.append(day)
    facts = tuple(
        _read(subject, values, said.get(values.get(_QUANTITY, ""), {}), standing)
        for subject, values in said.items()
        if values.keys() >= _WHOLE and subject.startswith("<") and not subject.startswith("<<")
    )
    return Statements(min(days, default=None), facts)


def _read(fact: str, said: Mapping[str, str], amount: Mapping[str, str], standing: frozenset[str]) -> Stated:
    telling = read_telling(fact, "", said, None, standing)
    value = _text(amount.get(_VALUE))
    return Stated(
        fact=fact[1:-1],
        subject=read_string(said[_SUBJECT]),
        relation=read_string(said[_PREDICATE]),
        object=read_string(said[_OBJECT]),
        status=read_string(said[_STATUS]),
        confidence=_text(said.get(_CONFIDENCE)),
        date=_text(said.get(_DATE)),
        value=value,
        unit=_text(amount.get(_UNIT)) if value else None,
        bound=_text(amount.get(_BOUND)) if value else None,
        statement=None if telling is None else telling.statement[1:-1],
        day=None if telling is None else telling.date,
    )


def _text(term: str | None) -> str | None:
    return None if term is None else read_string(term)
