"""Every IRI that Rawabit writes: fixed vocabularies as constants, and IRIs minted under the base IRI of the settings.

A local id (`Q212`, `person/سيرغي_بويف`, a document's id) is the readable form that HTTP and the command line use;
`actor`, `document` and `fact` turn it into the IRI, `actor_id` and its like turn the IRI back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, unquote

from ..config import Settings
from ..model import EntityKind
from ..text.fold import fold_name
from .terms import XSD

RW = "https://rawabit.example/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
ORG = "http://www.w3.org/ns/org#"
WIKIDATA = "http://www.wikidata.org/entity/"
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "rw": RW,
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "skos": SKOS,
        "prov": PROV,
        "schema": SCHEMA,
        "org": ORG,
        "xsd": XSD,
        "wd": WIKIDATA,
    }
)
LONGEST_SEGMENT = 120
_WIKIDATA_ID = re.compile(r"Q[1-9]\d{0,11}\Z")


_IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+"
    r"(?:#(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?\Z"
)
_ILLEGAL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\w\-.~!$&'()*+,;=:@/?%]")


def is_wikidata_id(text: str) -> bool:
    """Say whether text is the id of a Wikidata item, such as Q212."""
    return _WIKIDATA_ID.match(text) is not None


def mend_iri(text: str) -> str:
    """Return an address with all that an IRI cannot hold percent-encoded, as browsers send it."""
    address, mark, fragment = text.strip().partition("#")
    return f"{_encode_illegal(address)}{mark}{_encode_illegal(fragment)}"


def is_safe_iri(text: str) -> bool:
    """Say whether text is an absolute IRI that can be written between angle brackets."""
    return _IRI.match(text) is not None


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The IRIs under one base IRI; the base ends in '/', '#' or ':'."""

    base: str

    @classmethod
    def from_settings(cls, settings: Settings) -> Namespaces:
        """Return the IRIs under the base IRI of the settings."""
        return cls(settings.base_iri)

    @property
    def shared_graph(self) -> str:
        """The graph of what documents share: plain triples of actual facts, and descriptions of entities."""
        return f"{self.base}graph/shared"

    @property
    def known_graph(self) -> str:
        """The graph of what is known before any news is read: the entities and offices of seeds/."""
        return f"{self.base}graph/known"

    @property
    def ontology_graph(self) -> str:
        """The graph of the classes and relations themselves."""
        return f"{self.base}graph/ontology"

    @property
    def decisions_graph(self) -> str:
        """The graph of people's corrections."""
        return f"{self.base}graph/decisions"

    @property
    def candidates_graph(self) -> str:
        """The graph of pairs of entities that may be one, which nobody has decided about."""
        return f"{self.base}graph/candidates"

    @property
    def store_graph(self) -> str:
        """The graph in which a store at an endpoint notes its own state; a store on disk has files for that."""
        return f"{self.base}graph/store"

    def entity(self, kind: EntityKind, name: str, *, wikidata: str | None = None, known: str | None = None) -> str:
        """Mint an entity's IRI from its Wikidata id, else its key in seeds/, else its kind and folded name.

        A key in seeds/ is written with its table, as `person:zelensky`.
        """
        if wikidata and is_wikidata_id(wikidata):
            return f"{self.base}entity/{wikidata}"
        if known:
            table, _, key = known.rpartition(":")
            return f"{self.base}entity/{encode_segment(table or kind.lower())}/{encode_segment(key)}"
        return f"{self.base}entity/{kind.lower()}/{encode_segment(fold_name(name).replace(' ', '_') or name)}"

    def country(self, country: str) -> str:
        """Mint the IRI of a state from its Wikidata id or its name."""
        return self.entity(EntityKind.COUNTRY, country, wikidata=country)

    def actor(self, actor_id: str) -> str:
        """Return the IRI of an entity from its local id, `Q212` or `person/<folded name>`."""
        kind, slash, name = actor_id.partition("/")
        return f"{self.base}entity/{encode_segment(kind)}{slash}{encode_segment(name) if slash else ''}"

    def actor_id(self, iri: str) -> str | None:
        """Return the local id of an entity's IRI, or None where the IRI is no entity's."""
        return self._local_id(iri, "entity/")

    def document(self, document_id: str) -> str:
        """Mint a document's IRI from its id."""
        return f"{self.base}document/{encode_segment(document_id)}"

    def document_id(self, iri: str) -> str | None:
        """Return the id of a document from its IRI, its graph's or that of anything minted below it."""
        head, _, _ = iri.removeprefix(f"{self.base}document/").partition("/")
        return unquote(head) if iri.startswith(f"{self.base}document/") and head else None

    def document_graph(self, document_id: str) -> str:
        """Return the IRI of the graph that holds what is a document's own."""
        return f"{self.document(document_id)}/graph"

    def is_document_graph(self, iri: str) -> bool:
        """Say whether a graph is that of a document."""
        local = iri.removeprefix(f"{self.base}document/")
        return local != iri and local.endswith("/graph") and local.count("/") == 1

    def is_own_graph(self, iri: str) -> bool:
        """Say whether a graph is one that Rawabit writes: that of a document, or one of those beside them."""
        return iri.startswith((f"{self.base}document/", f"{self.base}graph/"))

    def fact(self, fact_id: str) -> str:
        """Return a fact's IRI from its local id, `<document id>/fact/<key>`."""
        document_id, _, key = fact_id.rpartition("/fact/")
        return f"{self.document(document_id)}/fact/{encode_segment(key)}"

    def fact_id(self, iri: str) -> str | None:
        """Return the local id of a fact's IRI, or None where the IRI is no fact's."""
        local = self._local_id(iri, "document/")
        return local if local and "/fact/" in local else None

    def decision(self, decision_id: str) -> str:
        """Return the IRI of a decision from its id."""
        return f"{self.base}decision/{encode_segment(decision_id)}"

    def decision_id(self, iri: str) -> str | None:
        """Return the id of a decision from its IRI, or None where the IRI is no decision's."""
        return self._local_id(iri, "decision/")

    def candidate(self, one: str, other: str) -> str:
        """Name a pair of entities, whichever of them is named first."""
        pair = " ".join(sorted((one, other)))
        return f"{self.base}candidate/{hashlib.sha256(pair.encode()).hexdigest()[:16]}"

    def candidate_id(self, iri: str) -> str | None:
        """Return the id of a candidate from its IRI, or None where the IRI is no candidate's."""
        return self._local_id(iri, "candidate/")

    def statement(self, subject: str, predicate: str, object_: str) -> str:
        """Name a statement by its subject, predicate and object, so that who else states it is found at once."""
        return f"{self.base}statement/{hashlib.sha256(f'{subject} {predicate} {object_}'.encode()).hexdigest()[:20]}"

    def event(self, statement: str, key: str) -> str:
        """Name an event of a statement; the key tells it from the others."""
        return f"{self.base}event/{hashlib.sha256(statement.encode()).hexdigest()[:16]}/{encode_segment(key)}"

    def event_of(self, event_id: str) -> str:
        """Return an event's IRI from its local id, `<key of its statement>/<date>`."""
        statement, slash, key = event_id.partition("/")
        return f"{self.base}event/{encode_segment(statement)}{slash}{encode_segment(key) if slash else ''}"

    def event_id(self, iri: str) -> str | None:
        """Return the local id of an event's IRI, or None where the IRI is no event's."""
        return self._local_id(iri, "event/")

    def role(self, name: str) -> str:
        """Mint the IRI of an office from its name."""
        return f"{self.base}role/{encode_segment(fold_name(name).replace(' ', '_') or name)}"

    def _local_id(self, iri: str, room: str) -> str | None:
        prefix = self.base + room
        return unquote(iri[len(prefix) :]) if iri.startswith(prefix) and len(iri) > len(prefix) else None


def _encode_illegal(text: str) -> str:
    return _ILLEGAL.sub(lambda found: quote(found.group().encode("utf-8", "replace"), safe=""), text)


@lru_cache(maxsize=20_000)
def encode_segment(text: str) -> str:
    """Percent-encode all but unreserved characters; what is very long keeps its beginning and gets a hash.

    A dot segment would be resolved away by clients, and an empty one would be another resource.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) > LONGEST_SEGMENT:
        text = f"{text[: LONGEST_SEGMENT - 20]}~{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if text in {"", ".", ".."}:
        return "%2E" * len(text) or "~"
    return quote(text, safe="")
