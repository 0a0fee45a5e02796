"""Encodes what is known before any news is read, the entities and offices of seeds/, as the known graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from ..model import EntityKind
from .namespaces import ORG, RDF, RW, SCHEMA, SKOS, WIKIDATA, Namespaces
from .terms import Triple, write_date, write_string, write_text

_A = f"<{RDF}type>"
_PREFERRED, _ALTERNATIVE = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>"


class KnownEntity(Protocol):
    """A row of seeds/; `country`, `parent` and `made_by` are keys of other rows, written as `country:ua`."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> EntityKind: ...
    @property
    def name(self) -> str: ...
    @property
    def english(self) -> str: ...
    @property
    def wikidata(self) -> str | None: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def country(self) -> str | None: ...
    @property
    def type(self) -> str | None: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def made_by(self) -> tuple[str, ...]: ...
    @property
    def domains(self) -> tuple[str, ...]: ...


class KnownOffice(Protocol):
    """A dated office; `person` and `body` are keys of entities."""

    @property
    def person(self) -> str: ...
    @property
    def ar(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def since(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...


def encode_known(
    entities: Iterable[KnownEntity], offices: Iterable[KnownOffice], *, namespaces: Namespaces
) -> tuple[Triple, ...]:
    """Return the triples of the known graph, each once, sorted."""
    rows = list(entities)
    nodes = {row.key: f"<{mint_known(row, namespaces)}>" for row in rows}
    triples: set[Triple] = set()
    for row in rows:
        triples.update(_describe_entity(row, nodes))
    for office in offices:
        triples.update(_describe_office(office, nodes, namespaces))
    return tuple(sorted(triples))


def mint_known(row: KnownEntity, namespaces: Namespaces) -> str:
    """Return the IRI of a row, the same that a document's entity with its key or Wikidata id gets."""
    return namespaces.entity(row.kind, row.name, wikidata=row.wikidata, known=row.key)


def _describe_entity(row: KnownEntity, nodes: Mapping[str, str]) -> Iterator[Triple]:
    node = nodes[row.key]
    yield node, _A, f"<{RW}{row.kind}>"
    yield node, _PREFERRED, write_text(row.name, "ar")
    yield node, _PREFERRED, write_text(row.english, "en")
    for alias in row.aliases:
        # Acronyms stand among the spellings: what has no letter beyond Latin is no Arabic label.
        language = "en" if alias.isascii() else "ar"
        if alias not in (row.name, row.english):
            yield node, _ALTERNATIVE, write_text(alias, language)
    if row.wikidata:
        yield node, f"<{SKOS}exactMatch>", f"<{WIKIDATA}{row.wikidata}>"
    if row.type:
        yield node, f"<{RW}subtype>", write_string(row.type)
    country, parent = nodes.get(row.country or ""), nodes.get(row.parent or "")
    if country and country != node:
        yield node, f"<{RW}country>", country
    if parent:
        yield node, f"<{ORG}subOrganizationOf>", parent
    for maker in row.made_by:
        if maker in nodes:
            yield node, f"<{RW}madeBy>", nodes[maker]
    for domain in row.domains:
        yield node, f"<{SCHEMA}url>", f"<https://{domain}>"


def _describe_office(office: KnownOffice, nodes: Mapping[str, str], namespaces: Namespaces) -> Iterator[Triple]:
    if office.person not in nodes or office.body not in nodes:
        return  # a folder of seeds without the table that the row points into
    person, body = nodes[office.person], nodes[office.body]
    key = "\x1f".join((person, body, office.ar, office.since or ""))
    node = f"<{namespaces.base}office/{hashlib.sha256(key.encode()).hexdigest()[:16]}>"
    role = f"<{namespaces.role(f'{office.ar} {office.en}')}>"
    yield node, _A, f"<{ORG}Membership>"
    yield node, f"<{ORG}member>", person
    yield node, f"<{ORG}organization>", body
    yield node, f"<{ORG}role>", role
    if office.since:
        yield node, f"<{RW}since>", write_date(office.since)
    if office.until:
        yield node, f"<{RW}until>", write_date(office.until)
    yield role, _A, f"<{ORG}Role>"
    yield role, _PREFERRED, write_text(office.ar, "ar")
    yield role, _PREFERRED, write_text(office.en, "en")
