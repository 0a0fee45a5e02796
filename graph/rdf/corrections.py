"""Puts corrections into triples, and takes them out again: beside what stands in a document is kept what was read.

A value that is corrected keeps its older self under the predicate's name with `AsRead` behind it, so that corrections
can be withdrawn without reading the article again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .namespaces import RDF, RW, SKOS, Namespaces
from .terms import XSD, Triple, read_literal, write_string, write_text, write_typed

_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("type", "subject", "predicate", "object"))
_ENTITY, _KIND, _NAME, _ALIAS, _ENGLISH, _COUNTRY = (
    f"<{RW}{name}>" for name in ("entity", "kind", "name", "alias", "english", "country")
)
_STATEMENT, _STATUS, _CONFIDENCE, _ATTRIBUTED = (
    f"<{RW}{name}>" for name in ("statement", "status", "confidence", "attributedTo")
)
_MENTION_OF = f"<{RW}mentionOf>"  # in documents that no version has read since mentions are values of appearances
_PREFERRED, _ALTERNATIVE = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"
_NODES = frozenset({_ENTITY, _SUBJECT, _OBJECT, _ATTRIBUTED, _MENTION_OF, _COUNTRY})
_KEPT = {
    predicate: f"<{RW}{predicate[1:-1].rpartition('#')[2]}AsRead>"
    for predicate in (*sorted(_NODES), _KIND, _NAME, _ENGLISH, _STATUS, _CONFIDENCE)
}
_AS_READ = {kept: predicate for predicate, kept in _KEPT.items()}
_NOTHING, _REFUSED, _SURE = '""', '"refused"', write_typed("1", XSD + "decimal")
AS_READ_OF_ENTITY = _KEPT[_ENTITY][1:-1]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What stands in the place of what was read; all terms as N-Triples write them.

    `nodes` leads from an entity as it was read to the one that it is, which `names` (by language) and `kinds` are of;
    `labels` (by language) are of what was read, for entities that are called as another is.
    """

    nodes: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    wrong: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


def take_out(triples: Iterable[Triple], *, statement: Callable[[str, str, str], str]) -> list[Triple]:
    """Return a document's triples as they were read; `statement` names what a subject, predicate and object state."""
    triples = list(triples)
    kept = {(subject, _AS_READ[predicate]): value for subject, predicate, value in triples if predicate in _AS_READ}
    if not kept:
        return triples
    restored: list[Triple] = []
    for subject, predicate, object_ in triples:
        if predicate in _AS_READ:
            if object_ != _NOTHING:
                restored.append((subject, _AS_READ[predicate], object_))
        elif (subject, predicate) in kept or (predicate == _ALIAS and kept.get((subject, _NAME)) == object_):
            continue
        else:
            restored.append((subject, predicate, object_))
    return _restate(restored, {subject for subject, _ in kept}, statement)


def put_in(
    triples: Iterable[Triple], corrections: Corrections, *, statement: Callable[[str, str, str], str]
) -> list[Triple]:
    """Return a document's triples, given as they were read, as they stand with corrections."""
    triples = list(triples)
    read = {subject: object_ for subject, predicate, object_ in triples if predicate == _ENTITY}
    entities = {subject: corrections.nodes.get(entity, entity) for subject, entity in read.items()}
    corrected: list[Triple] = []
    changed: set[str] = set()
    for triple in triples:
        subject, predicate, object_ = triple
        wanted = _correct(triple, entities.get(subject), read.get(subject, ""), corrections)
        if wanted == object_ or predicate not in _KEPT:
            corrected.append(triple)
            continue
        changed.add(subject)
        corrected += [(subject, predicate, wanted), (subject, _KEPT[predicate], object_)]
        if predicate == _NAME:
            corrected.append((subject, _ALIAS, object_))
    corrected += _add_english(triples, entities, corrections)
    return _restate(corrected, changed, statement)


def put_into_known(triples: Iterable[Triple], corrections: Corrections) -> tuple[Triple, ...]:
    """Return the known graph with corrections: of entities that are one, only that which stands keeps its labels."""
    corrected: set[Triple] = set()
    nodes = corrections.nodes
    for subject, predicate, object_ in triples:
        node, value = nodes.get(subject, subject), nodes.get(object_, object_)
        if predicate == _PREFERRED:
            wanted = corrections.names.get((node, read_literal(object_)[1]))
            if node != subject or (wanted is not None and wanted != object_):
                predicate = _ALTERNATIVE
        elif predicate == _TYPE:
            value = corrections.kinds.get(node, value)
            if node != subject:
                continue
        elif node == value:
            continue  # a part of itself, once the two are one
        corrected.add((node, predicate, value))
    described = {subject for subject, predicate, _ in corrected if predicate == _PREFERRED}
    renamed = {(node, _PREFERRED, name) for (node, _), name in corrections.names.items() if node in described}
    return tuple(sorted((corrected | renamed) - {(node, _ALTERNATIVE, name) for node, _, name in renamed}))


def statement_namer(namespaces: Namespaces, symmetric: frozenset[str]) -> Callable[[str, str, str], str]:
    """Return what names a statement, both ways alike for a symmetric relation; terms as N-Triples write them."""

    def name(subject: str, predicate: str, object_: str) -> str:
        if predicate in symmetric and object_ < subject:
            subject, object_ = object_, subject
        return f"<{namespaces.statement(subject, predicate, object_)}>"

    return name


def _correct(triple: Triple, entity: str | None, read: str, corrections: Corrections) -> str:
    """Return what stands in the place of an object; `entity` is whom an appearance is of, and `read` as whom it was
    read."""
    subject, predicate, object_ = triple
    if predicate in _NODES:
        return corrections.nodes.get(object_, object_)
    if predicate == _STATUS and subject in corrections.wrong:
        return _REFUSED
    if predicate == _CONFIDENCE and subject in corrections.right:
        return _SURE
    if entity is None:
        return object_
    if predicate == _KIND:
        return corrections.kinds.get(entity, object_)
    if predicate in (_NAME, _ENGLISH):
        language = read_literal(object_)[1]
        label = corrections.labels.get((read, language), object_) if predicate == _NAME else object_
        return corrections.names.get((entity, language), label)
    return object_


def _add_english(triples: list[Triple], entities: Mapping[str, str], corrections: Corrections) -> Iterator[Triple]:
    """Yield an English name for appearances that have none, of entities that somebody has given one."""
    named = {subject for subject, predicate, _ in triples if predicate == _ENGLISH}
    for appearance, entity in entities.items():
        name = corrections.names.get((entity, "en"))
        if name is not None and appearance not in named:
            yield appearance, _ENGLISH, name
            yield appearance, _KEPT[_ENGLISH], _NOTHING


def _restate(triples: list[Triple], changed: set[str], statement: Callable[[str, str, str], str]) -> list[Triple]:
    """Name anew what facts state whose ends or status are others; a fact that is refused states nothing."""
    facts: dict[str, dict[str, str]] = {}
    for subject, predicate, object_ in triples:
        if subject in changed and predicate in (_SUBJECT, _PREDICATE, _OBJECT, _STATUS):
            facts.setdefault(subject, {})[predicate] = object_
    whole = {fact: said for fact, said in facts.items() if {_SUBJECT, _PREDICATE, _OBJECT} <= said.keys()}
    restated: list[Triple] = []
    for triple in triples:
        if triple[0] not in whole or triple[1] != _STATEMENT:
            restated.append(triple)
        if triple[0] in whole and triple[1] == _OBJECT and whole[triple[0]].get(_STATUS) != _REFUSED:
            said = whole[triple[0]]
            restated.append((triple[0], _STATEMENT, statement(said[_SUBJECT], said[_PREDICATE], said[_OBJECT])))
    return restated


def write_name(text: str, language: str) -> str:
    """Return a name as a term; a plain literal where it has no language."""
    return write_text(text, language) if language else write_string(text)
