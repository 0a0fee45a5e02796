"""Reads ontology/*.ttl: relations and classes with their labels, families and PLOVER codes.

Nothing is read at import. Whoever needs the vocabulary loads it once and passes it down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import to_canonical_graph
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from ..errors import LanguageDataError
from ..resources import package_folder
from . import terms
from .namespaces import RW

_FILES = ("classes.ttl", "relations.ttl")


@dataclass(frozen=True, slots=True)
class Labels:
    """A name in both languages."""

    ar: str
    en: str

    def get(self, language: str) -> str:
        """Return the Arabic label for "ar", otherwise the English one."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of ontology/relations.ttl.

    `inverse` reads it from its object and is None for a symmetric one; `family` is one of diplomacy, cooperation, aid,
    demand, support, conflict, coercion, standing; `domain` and `range` are names of classes of entities, where "actor"
    is spelt out as Person, Country and Organization; `plover` is a PLOVER code or None.
    """

    name: str
    iri: str
    label: Labels
    inverse: Labels | None
    comment: str
    family: str
    symmetric: bool
    plover: str | None
    domain: tuple[str, ...]
    range: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Relations, families of relations and classes by name, sorted by name."""

    relations: Mapping[str, Relation]
    families: Mapping[str, Labels]
    classes: Mapping[str, Labels]

    @classmethod
    def load(cls, folder: Path | None = None) -> Vocabulary:
        """Read the ontology that ships with Rawabit, or a folder's; raise LanguageDataError for what is missing."""
        source = _Source(folder or package_folder("ontology"))
        found = sorted(_local(node) for node in source.triples.subjects(RDF.type, URIRef(RW + "Relation")))
        families = sorted(_local(node) for node in source.triples.subjects(RDF.type, URIRef(RW + "Family")))
        classes = sorted(_local(node) for node in source.triples.subjects(RDF.type, OWL.Class) if _is_ours(node))
        return cls(
            {name: source.read_relation(name) for name in found},
            {name.removeprefix("family-"): source.read_labels(URIRef(RW + name), RDFS.label) for name in families},
            {name: source.read_labels(URIRef(RW + name), RDFS.label) for name in classes},
        )

    @property
    def symmetric(self) -> frozenset[str]:
        """The names of the relations that hold both ways."""
        return frozenset(name for name, relation in self.relations.items() if relation.symmetric)


def read_ontology(folder: Path | None = None) -> tuple[terms.Triple, ...]:
    """Return classes and relations as N-Triples terms for the store, sorted, with IRIs in place of blank nodes.

    A blank node would get another label at each load, and two stores would never compare equal.
    """
    source = _Source(folder or package_folder("ontology"))
    canonical = to_canonical_graph(source.triples)
    return tuple(sorted((_write(s), _write(p), _write(o)) for s, p, o in canonical))


class _Source:
    """The ontology's files as rdflib reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.triples = Graph()
        for name in _FILES:
            try:
                self.triples.parse(folder / name, format="turtle")
            except (OSError, SyntaxError, IndexError) as error:  # rdflib raises IndexError where a file ends too early
                raise LanguageDataError(f"{folder / name}: {error}. Mend the file.") from error

    def read_relation(self, name: str) -> Relation:
        node = URIRef(RW + name)
        symmetric = str(self._value(node, RW + "symmetric")) == "true"
        plover = self.triples.value(node, URIRef(RW + "ploverCode"))
        return Relation(
            name=name,
            iri=str(node),
            label=self.read_labels(node, RDFS.label),
            inverse=None if symmetric else self.read_labels(node, URIRef(RW + "inverseLabel")),
            comment=str(self._value(node, str(RDFS.comment))),
            family=_local(self._value(node, RW + "family")).removeprefix("family-"),
            symmetric=symmetric,
            plover=str(plover) if plover else None,
            domain=tuple(self._leaves(self._value(node, str(RDFS.domain)))),
            range=tuple(self._leaves(self._value(node, str(RDFS.range)))),
        )

    def read_labels(self, node: URIRef, property_: Node) -> Labels:
        texts = {o.language: str(o) for o in self.triples.objects(node, property_) if isinstance(o, Literal)}
        if "ar" not in texts or "en" not in texts:
            raise LanguageDataError(f"{self.folder}: {node} lacks {property_} @ar or @en: add it.")
        return Labels(texts["ar"], texts["en"])

    def _value(self, node: URIRef, property_: str) -> Node:
        value = self.triples.value(node, URIRef(property_))
        if value is None:
            raise LanguageDataError(f"{self.folder / 'relations.ttl'}: {node} lacks {property_}: add it.")
        return value

    def _leaves(self, node: Node) -> Iterator[str]:
        """Spell out unions, down to classes that are none."""
        union = self.triples.value(node, OWL.unionOf)
        if union is None:
            yield _local(node)
        else:
            for member in Collection(self.triples, union):
                yield from self._leaves(member)


def _is_ours(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(RW)


def _local(node: Node) -> str:
    return str(node).removeprefix(RW)


def _write(node: Node) -> str:
    if isinstance(node, Literal):
        return str(terms.Literal(str(node), node.language, str(node.datatype) if node.datatype else None))
    return f"<{RW}node-{str(node)[:16]}>" if isinstance(node, BNode) else f"<{node}>"
