"""Reads what people are asked and what they have decided: candidates with the sentences they stand in, decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Decision
from ..rdf.decisions import read_decisions
from ..rdf.namespaces import Namespaces
from ..rdf.terms import Iri, read_offset, read_share
from ..resources import package_folder
from .results import Queryable

_LONGEST = 240
_SENTENCE_END = re.compile(r"[.!?\u061f\n]")


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    """Two entities that may be one: their IRIs, how likely that is, and what speaks for it."""

    iri: str
    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence in which an entity is named, and the IRI of its document."""

    text: str
    document: str


def list_decisions(store: Queryable, namespaces: Namespaces) -> dict[str, Decision]:
    """Return the decisions that stand, by id."""
    lines = store.serialize(_query("decisions"), "application/n-triples", {"graph": Iri(namespaces.decisions_graph)})
    triples = (line.removesuffix(" .").split(" ", 2) for line in lines.decode("utf-8").splitlines() if line)
    return read_decisions(((subject, predicate, rest) for subject, predicate, rest in triples), namespaces)


def list_candidates(store: Queryable, namespaces: Namespaces) -> list[StoredCandidate]:
    """Return the candidates that nobody has decided about, the likeliest first."""
    found = [
        StoredCandidate(iri, one, other, read_share(score, missing=0.0), tuple((reasons or "").split()))
        for _, iri, one, other, score, reasons in store.iterate(
            _query("candidates"), {"graph": Iri(namespaces.candidates_graph)}
        )
        if iri and one and other
    ]
    return sorted(found, key=lambda each: (-each.score, each.iri))


def find_context(store: Queryable, entity: str) -> Context | None:
    """Return a sentence in which an entity is named, or None where no document names it."""
    for document, start, end, _, text in store.iterate(_query("context"), {"actor": Iri(entity)}):
        if document and text:
            return Context(cut_sentence(text, read_offset(start), read_offset(end)), document)
    return None


def find_labels(store: Queryable, entity: str) -> tuple[str, ...]:
    """Return the preferred names of an entity, the Arabic one first."""
    return tuple(label for _, label in store.iterate(_query("labels"), {"actor": Iri(entity)}) if label)


def cut_sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a stretch of text, at most 240 characters on either side of it."""
    before = text[max(0, start - _LONGEST) : start]
    after = text[end : end + _LONGEST]
    opened = [found.end() for found in _SENTENCE_END.finditer(before)]
    closed = _SENTENCE_END.search(after)
    return (before[opened[-1] if opened else 0 :] + text[start:end] + after[: closed.end() if closed else None]).strip()


def _query(name: str) -> str:
    return (package_folder("store") / "sparql" / f"{name}.rq").read_text(encoding="utf-8")
