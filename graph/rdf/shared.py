"""What documents share, derived from what is their own: plain triples of actual facts, and descriptions of entities.

Both depend on the set of documents alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .namespaces import RDF, RW, SKOS
from .terms import Triple, read_literal, write_string, write_text

Label = tuple[str, str]
"""A name and its language."""

_TYPE = f"<{RDF}type>"
_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
_STATEMENT, _STATUS = f"<{RW}statement>", f"<{RW}status>"
_ENTITY, _KIND, _NAME, _ALIAS = (f"<{RW}{name}>" for name in ("entity", "kind", "name", "alias"))
_ENGLISH, _WIKIDATA, _COUNTRY = (f"<{RW}{name}>" for name in ("english", "wikidata", "country"))
_PREFERRED, _ALTERNATIVE, _MATCH = (f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "exactMatch"))
_ACTUAL = '"actual"'
_OF_FACTS = frozenset({_SUBJECT, _PREDICATE, _OBJECT, _STATEMENT, _STATUS})
_OF_LABELS = frozenset({_NAME, _ENGLISH, _ALIAS})
_OF_APPEARANCES = frozenset({_ENTITY, _KIND, _NAME, _ALIAS, _ENGLISH, _WIKIDATA, _COUNTRY})


@dataclass(slots=True)
class Naming:
    """What documents say an entity is and is called. `names` may become preferred labels, `aliases` may not."""

    kinds: set[str] = field(default_factory=set)
    names: set[Label] = field(default_factory=set)
    aliases: set[Label] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: Naming) -> None:
        """Take in what another document says."""
        self.kinds |= other.kinds
        self.names |= other.names
        self.aliases |= other.aliases
        self.links |= other.links

    def without(self, other: Naming) -> Naming:
        """Return what this says and the other does not."""
        return Naming(
            self.kinds - other.kinds,
            self.names - other.names,
            self.aliases - other.aliases - other.names,
            self.links - other.links,
        )

    def describe(self, entity: str, known: Known | None = None) -> set[Triple]:
        """Return the triples of the shared graph about an entity; what the known graph says is left out."""
        if known is not None:
            return {
                *((entity, _ALTERNATIVE, _write(label)) for label in (self.names | self.aliases) - known.labels),
                *(
                    (entity, predicate, object_)
                    for predicate, object_ in self.links
                    if predicate not in known.predicates
                ),
            }
        preferred = choose_preferred(self.names)
        return {
            *((entity, _TYPE, kind) for kind in self.kinds),
            *((entity, _PREFERRED, _write(label)) for label in preferred),
            *((entity, _ALTERNATIVE, _write(label)) for label in (self.names | self.aliases) - preferred),
            *((entity, predicate, object_) for predicate, object_ in self.links),
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What the known graph says of an entity: its labels, and the predicates it answers by itself."""

    labels: frozenset[Label]
    predicates: frozenset[str]


@dataclass(slots=True)
class Contribution:
    """What documents add to the shared graph: plain triples by statement, and how they name entities."""

    statements: dict[str, tuple[Triple, ...]] = field(default_factory=dict)
    entities: dict[str, Naming] = field(default_factory=dict)

    def take(self, other: Contribution) -> None:
        """Take in what other documents add."""
        self.statements.update(other.statements)
        for entity, naming in other.entities.items():
            self._take_naming(entity, naming)

    def add(self, triples: Iterable[Triple], symmetric: frozenset[str]) -> None:
        """Take in a document's triples; `symmetric` are the relations that hold both ways, as N-Triples terms."""
        facts: dict[str, dict[str, str]] = defaultdict(dict)
        appearances: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, predicate, object_ in triples:
            if predicate in _OF_FACTS:
                facts[subject][predicate] = object_
            elif predicate in _OF_APPEARANCES:
                appearances[subject].append((predicate, object_))
        for subject, fact in facts.items():
            if fact.get(_STATUS) == _ACTUAL and _is_iri(subject) and _is_whole(fact):
                self.statements[fact[_STATEMENT]] = _plain_triples(fact, symmetric)
        for subject, said in appearances.items():
            entity, naming = _read_naming(said)
            if _is_iri(entity) and _is_iri(subject):
                self._take_naming(entity, naming)

    def _take_naming(self, entity: str, naming: Naming) -> None:
        found = self.entities.get(entity)
        if found is None:
            found = self.entities[entity] = Naming()
        found.add(naming)


def choose_preferred(names: Iterable[Label]) -> set[Label]:
    """Choose one name in each language: the longest, then the first in code points.

    The names of an entity without Wikidata id fold to one key. The longest is then the one with its articles; among
    spellings of one length the careful one, with hamza seats and ta marbuta, has the smaller code points.
    """
    best: dict[str, str] = {}
    for text, language in names:
        other = best.get(language)
        if other is None or (-len(text), text) < (-len(other), other):
            best[language] = text
    return {(text, language) for language, text in best.items()}


def read_description(pairs: Iterable[tuple[str, str]]) -> Naming:
    """Return the naming behind a description in the shared graph, given as predicates and objects."""
    naming = Naming()
    for predicate, object_ in pairs:
        if predicate == _TYPE:
            naming.kinds.add(object_)
        elif predicate == _PREFERRED:
            naming.names.add(read_literal(object_))
        elif predicate == _ALTERNATIVE:
            naming.aliases.add(read_literal(object_))
        elif predicate in (_MATCH, _COUNTRY):
            naming.links.add((predicate, object_))
    return naming


def read_known(pairs: Iterable[tuple[str, str]]) -> Known | None:
    """Return what the known graph says of an entity, or None where it says nothing."""
    said = list(pairs)
    labels = frozenset(
        read_literal(object_)
        for predicate, object_ in said
        if predicate in (_PREFERRED, _ALTERNATIVE) and _is_label(object_)
    )
    return Known(labels, frozenset(predicate for predicate, _ in said)) if said else None


def read_naming(said: Iterable[tuple[str, str]]) -> Naming:
    """Return how one appearance names its entity."""
    return _read_naming(said)[1]


def _read_naming(said: Iterable[tuple[str, str]]) -> tuple[str, Naming]:
    entity, naming = "", Naming()
    for predicate, object_ in said:
        if predicate == _ENTITY:
            entity = object_
        elif predicate in _OF_LABELS:
            if _is_label(object_):
                (naming.aliases if predicate == _ALIAS else naming.names).add(read_literal(object_))
        elif not _is_iri(object_):
            continue
        elif predicate == _KIND:
            naming.kinds.add(object_)
        elif predicate == _WIKIDATA:
            naming.links.add((_MATCH, object_))
        elif predicate == _COUNTRY:
            naming.links.add((_COUNTRY, object_))
    return entity, naming


def _is_whole(fact: Mapping[str, str]) -> bool:
    """Say whether a fact can be put as a plain triple; updates may write what no reader would."""
    return all(_is_iri(fact.get(predicate, "")) for predicate in (_SUBJECT, _PREDICATE, _OBJECT, _STATEMENT))


def _is_label(term: str) -> bool:
    """Say whether a term is a text with a language or without; one with a direction besides is none of ours."""
    return term.startswith('"') and "--" not in term[term.rindex('"') :]


def _is_iri(term: str) -> bool:
    return term.startswith("<") and not term.startswith("<<")


def _plain_triples(fact: Mapping[str, str], symmetric: frozenset[str]) -> tuple[Triple, ...]:
    subject, predicate, object_ = fact[_SUBJECT], fact[_PREDICATE], fact[_OBJECT]
    one_way = (subject, predicate, object_)
    return (one_way, (object_, predicate, subject)) if predicate in symmetric and subject != object_ else (one_way,)


def _write(label: Label) -> str:
    text, language = label
    return write_text(text, language) if language else write_string(text)
