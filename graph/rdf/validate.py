"""Checks documents against the SHACL shapes of ontology/shapes.ttl before they are stored.

pySHACL took 35 to 80 ms for a document of 590 triples, more than reading the article. `Shapes.check` reads the same
file and decides the same constraints in about 1 ms; a test holds the two to the same verdicts, and a build asks
pySHACL, too, for a share of its documents (see graph/intake.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import rdflib
from rdflib import SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ..errors import LanguageDataError
from ..resources import package_folder
from .encode import EncodedDocument
from .namespaces import RDF
from .terms import XSD, Triple, read_literal, read_string
from .vocabulary import read_ontology

_TYPE = f"<{RDF}type>"
_NUMBER = re.compile(r'"([+-]?(?:\d+(?:\.\d*)?|\.\d+))"')
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_DIRECT = frozenset({SH.path, SH.message, SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan})

Values = Sequence[str]
Nodes = Mapping[str, Mapping[str, Sequence[str]]]
Test = Callable[[str], bool]
_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _PropertyShape:
    """What holds for the values of one property; `tests` are asked of each value."""

    path: str
    message: str
    least: int
    most: int | None
    tests: tuple[Test, ...]
    classes: tuple[str, ...]
    below: str | None
    one_a_language: bool


@dataclass(frozen=True, slots=True)
class _NodeShape:
    """Whom a shape is about, and what must hold for them."""

    classes: tuple[str, ...]
    objects_of: tuple[str, ...]
    tests: tuple[Test, ...]
    properties: tuple[_PropertyShape, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of ontology/shapes.ttl, made ready to be checked fast, and the types that the ontology gives."""

    shapes: tuple[_NodeShape, ...]
    types: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, folder: Path | None = None) -> Shapes:
        """Read the shapes that ship with Rawabit, or a folder's; raise LanguageDataError for unknown SHACL."""
        source = _parse_shapes(folder)
        nodes = sorted(set(source.subjects(rdflib.RDF.type, SH.NodeShape)), key=str)
        types: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, object_ in read_ontology(folder):
            if predicate == _TYPE:
                types[subject].add(object_)
        return cls(
            tuple(_compile_node(source, node) for node in nodes),
            {subject: frozenset(found) for subject, found in types.items()},
        )

    def check(self, document: EncodedDocument) -> tuple[str, ...]:
        """Return what does not conform in a document, a sentence each; empty where all is well."""
        return self.check_triples(document.triples)

    def check_triples(self, triples: Iterable[Triple]) -> tuple[str, ...]:
        """Return what does not conform in triples, a sentence each; empty where all is well."""
        nodes: dict[str, dict[str, list[str]]] = {}
        by_class: dict[str, list[str]] = defaultdict(list)
        by_property: dict[str, dict[str, None]] = defaultdict(dict)
        targets = frozenset(path for shape in self.shapes for path in shape.objects_of)
        for subject, predicate, object_ in triples:
            said = nodes.get(subject)
            if said is None:
                said = nodes[subject] = {}
            values = said.get(predicate)
            if values is None:
                said[predicate] = [object_]
            else:
                values.append(object_)
            if predicate == _TYPE:
                by_class[object_].append(subject)
            elif predicate in targets:
                by_property[predicate][object_] = None
        faults: list[str] = []
        for shape in self.shapes:
            found = [node for name in shape.classes for node in by_class.get(name, ())]
            found += [node for path in shape.objects_of for node in by_property.get(path, ())]
            for node in dict.fromkeys(found):
                faults += self._check_node(node, shape, nodes)
        return tuple(faults)

    def _check_node(self, node: str, shape: _NodeShape, nodes: Nodes) -> list[str]:
        # Plain loops, here and below: a thousand properties are looked at in an article, and most have no values.
        faults: list[str] = []
        if not all(test(node) for test in shape.tests):
            faults.append(f"{_show(node)}: is no IRI")
        said = nodes.get(node, _NOTHING)
        for rule in shape.properties:
            values = said.get(rule.path)
            if values is None:
                if rule.least:
                    faults.append(f"{_show(node)}: {rule.message}")
            elif not self._conforms(rule, values, said, nodes):
                faults.append(f"{_show(node)}: {rule.message} ({', '.join(_show(value) for value in values[:3])})")
        return faults

    def _conforms(self, rule: _PropertyShape, values: Values, said: Mapping[str, Values], nodes: Nodes) -> bool:
        if len(values) < rule.least or (rule.most is not None and len(values) > rule.most):
            return False
        for value in values:
            for test in rule.tests:
                if not test(value):
                    return False
            for name in rule.classes:
                if name not in nodes.get(value, _NOTHING).get(_TYPE, ()) and name not in self.types.get(value, ()):
                    return False
        if rule.below:
            return all(_is_less(value, other) for value in values for other in said.get(rule.below, ()))
        if rule.one_a_language:
            languages = [read_literal(value)[1] for value in values if value.startswith('"')]
            return len(set(languages)) == len(languages)
        return True


def check_with_pyshacl(documents: Sequence[EncodedDocument], *, folder: Path | None = None) -> tuple[str, ...]:
    """Return what pySHACL finds wrong in documents: the reference that Shapes.check is held to."""
    return check_triples_with_pyshacl([triple for each in documents for triple in each.triples], folder=folder)


def check_triples_with_pyshacl(triples: Iterable[Triple], *, folder: Path | None = None) -> tuple[str, ...]:
    """Return what pySHACL finds wrong in triples, a sentence each."""
    from pyshacl import validate  # half a second to import, and not everybody who checks needs it

    data = Graph()
    terms: dict[str, Node] = {}
    for triple in (*triples, *_read_types(folder)):
        subject, predicate, object_ = (terms.get(term) or terms.setdefault(term, _to_rdflib(term)) for term in triple)
        data.add((subject, predicate, object_))
    conforms, report, _ = validate(data, shacl_graph=_parse_shapes(folder), inference="none", inplace=True)
    if conforms:
        return ()
    results = report.subjects(rdflib.RDF.type, SH.ValidationResult)
    faults = ((report.value(each, SH.focusNode), report.value(each, SH.resultMessage)) for each in results)
    return tuple(sorted({f"{node}: {message or 'does not conform'}" for node, message in faults}))


@lru_cache(maxsize=4)
def _read_types(folder: Path | None) -> tuple[Triple, ...]:
    """Read what the ontology gives a type; parsing it took four fifths of the time of checking a small document."""
    return tuple(triple for triple in read_ontology(folder) if triple[1] == _TYPE)


def _parse_shapes(folder: Path | None) -> Graph:
    path = (folder or package_folder("ontology")) / "shapes.ttl"
    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError, IndexError) as error:  # rdflib raises IndexError where a file ends too early
        raise LanguageDataError(f"{path}: {error}. Mend the file.") from error


def _compile_node(source: Graph, node: Node) -> _NodeShape:
    known = {SH.targetClass, SH.targetObjectsOf, SH.property, SH.nodeKind, rdflib.RDF.type}
    _refuse_others(source, node, known)
    return _NodeShape(
        classes=tuple(sorted(_term(each) for each in source.objects(node, SH.targetClass))),
        objects_of=tuple(sorted(_term(each) for each in source.objects(node, SH.targetObjectsOf))),
        tests=tuple(_compile_test(source, SH.nodeKind, each) for each in source.objects(node, SH.nodeKind)),
        properties=tuple(
            sorted(
                (_compile_property(source, each) for each in source.objects(node, SH.property)),
                key=lambda rule: (rule.path, rule.message),
            )
        ),
    )


def _compile_property(source: Graph, node: Node) -> _PropertyShape:
    tests, classes = [], []
    for predicate, object_ in source.predicate_objects(node):
        if predicate == SH["class"]:
            classes.append(_term(object_))
        elif predicate not in _DIRECT:
            tests.append(_compile_test(source, predicate, object_))
    most, below = source.value(node, SH.maxCount), source.value(node, SH.lessThan)
    return _PropertyShape(
        path=_term(source.value(node, SH.path)),
        message=str(source.value(node, SH.message) or "does not conform"),
        least=int(str(source.value(node, SH.minCount) or 0)),
        most=None if most is None else int(str(most)),
        tests=tuple(tests),
        classes=tuple(sorted(classes)),
        below=None if below is None else _term(below),
        one_a_language=str(source.value(node, SH.uniqueLang)) == "true",
    )


def _compile_test(source: Graph, predicate: Node, value: Node) -> Test:
    """Return the test of one constraint; raise LanguageDataError for one that is not known here."""
    if predicate == SH.datatype:
        return _DATATYPES.get(_term(value)) or _typed(_term(value))
    if predicate == SH.nodeKind and value == SH.IRI:
        return lambda term: term.startswith("<")
    if predicate == SH.minLength:
        least = int(str(value))
        return lambda term: len(read_string(term)) >= least
    if predicate == SH.pattern:
        pattern = re.compile(str(value))
        return lambda term: pattern.search(read_string(term)) is not None
    if predicate == SH["in"]:
        allowed = frozenset(_term(each) for each in Collection(source, value))
        return lambda term: term in allowed
    if predicate == SH.minInclusive:
        low = Decimal(str(value))
        return lambda term: (number := _number(term)) is not None and number >= low
    if predicate == SH.maxInclusive:
        high = Decimal(str(value))
        return lambda term: (number := _number(term)) is not None and number <= high
    if predicate == SH["or"]:
        options = tuple(_compile_option(source, each) for each in Collection(source, value))
        return lambda term: any(option(term) for option in options)
    raise LanguageDataError(f"ontology/shapes.ttl: {predicate} {value} is not known to graph/rdf/validate.py: add it.")


def _compile_option(source: Graph, node: Node) -> Test:
    tests = tuple(_compile_test(source, predicate, value) for predicate, value in source.predicate_objects(node))
    return lambda term: all(test(term) for test in tests)


def _refuse_others(source: Graph, node: Node, known: set[URIRef]) -> None:
    for predicate in source.predicates(node):
        if predicate not in known:
            raise LanguageDataError(f"ontology/shapes.ttl: {predicate} is not known to graph/rdf/validate.py: add it.")


def _typed(datatype: str, pattern: str = r".*", check: Callable[[str], bool] | None = None) -> Test:
    tail = f'"^^{datatype}'
    lexical = re.compile(pattern, re.DOTALL)

    def conforms(term: str) -> bool:
        if not term.endswith(tail):
            return False
        text = term[1 : -len(tail)]
        return lexical.fullmatch(text) is not None and (check is None or check(text))

    return conforms


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_DATATYPES: Mapping[str, Test] = {
    f"<{XSD}string>": lambda term: term.startswith('"') and term.endswith('"'),
    f"<{RDF}langString>": lambda term: term.startswith('"') and bool(read_literal(term)[1]),
    f"<{XSD}date>": _typed(f"<{XSD}date>", r"\d{4}-\d\d-\d\d", _is_day),
    f"<{XSD}gYearMonth>": _typed(f"<{XSD}gYearMonth>", _YEAR + r"-(?:0[1-9]|1[0-2])"),
    f"<{XSD}gYear>": _typed(f"<{XSD}gYear>", _YEAR),
    f"<{XSD}integer>": _typed(f"<{XSD}integer>", r"[+-]?\d+"),
    f"<{XSD}decimal>": _typed(f"<{XSD}decimal>", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    f"<{XSD}boolean>": _typed(f"<{XSD}boolean>", r"true|false|0|1"),
}


def _number(term: str) -> Decimal | None:
    found = _NUMBER.match(term)
    return Decimal(found[1]) if found else None


def _is_less(one: str, other: str) -> bool:
    low, high = _number(one), _number(other)
    return low is not None and high is not None and low < high


def _term(node: Node | None) -> str:
    if isinstance(node, rdflib.Literal):
        return f'"{node}"' if node.datatype is None else f'"{node}"^^<{node.datatype}>'
    return f"<{node}>"


def _to_rdflib(term: str) -> Node:
    if term.startswith("<"):
        return URIRef(term[1:-1])
    text, language = read_literal(term)
    if language:
        return rdflib.Literal(text, lang=language)
    _, _, datatype = term.rpartition('"^^')
    return rdflib.Literal(text, datatype=URIRef(datatype[1:-1])) if datatype.startswith("<") else rdflib.Literal(text)


def _show(term: str) -> str:
    """Return a term as it reads well in a message: the end of a long one is what tells it apart."""
    text = read_string(term)
    return text if len(text) <= 80 else f"…{text[-80:]}" if term.startswith("<") else f"{text[:80]}…"
