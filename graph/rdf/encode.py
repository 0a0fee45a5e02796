"""Encodes an Extraction as RDF: the triples of the document's own graph, in a fixed order and without blank nodes.

Building time and host are left out, so that the same article read twice gives the same graph.
What documents share is derived from these triples by shared.py.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ..errors import ValidationError
from ..model import Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity
from ..text.sketch import sketch_text
from .namespaces import (
    PREFIXES,
    PROV,
    RDF,
    RW,
    SCHEMA,
    WIKIDATA,
    Namespaces,
    encode_segment,
    is_safe_iri,
    is_wikidata_id,
    mend_iri,
)
from .reports import BAND, MINIMA, sketch_of
from .shared import Contribution
from .terms import XSD, Triple, write_date, write_string, write_text, write_typed
from .vocabulary import Vocabulary

_A = f"<{RDF}type>"
_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
_QUOTED = f"<{PROV}wasQuotedFrom>"
_ARTICLE = f"<{SCHEMA}NewsArticle>"
_FACT, _EVIDENCE, _APPEARANCE, _HAPPENING = (
    f"<{RW}{name}>" for name in ("Fact", "Evidence", "Appearance", "Happening")
)
_MENTIONED_AT, _IN_TITLE_AT = f"<{RW}mentionedAt>", f"<{RW}mentionedInTitleAt>"
_IN_DOCUMENT, _ENTITY, _START, _END, _TEXT, _IN_TITLE = (
    f"<{RW}{name}>" for name in ("inDocument", "entity", "start", "end", "text", "inTitle")
)
_KIND, _NAME, _ALIAS, _ENGLISH, _WIKIDATA, _COUNTRY = (
    f"<{RW}{name}>" for name in ("kind", "name", "alias", "english", "wikidata", "country")
)
_STATEMENT, _STATUS, _CONFIDENCE, _EXTRACTOR, _RULE, _IN_HAPPENING = (
    f"<{RW}{name}>" for name in ("statement", "status", "confidence", "extractor", "rule", "happening")
)
_DATE, _TRIGGER, _DATE_TEXT, _ITEM, _ROLE, _ATTRIBUTED, _QUANTITY = (
    f"<{RW}{name}>" for name in ("date", "trigger", "dateText", "item", "role", "attributedTo", "quantity")
)
_PLAIN_NAME = re.compile(r"[A-Za-z][\w-]*\Z", re.ASCII)
_TRUE = write_typed("true", XSD + "boolean")
_INTEGER = f"^^<{XSD}integer>"
_KINDS = {kind: f"<{RW}{kind}>" for kind in EntityKind}


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document as RDF: the triples of its own graph, each term as written in N-Triples."""

    id: str
    iri: str
    graph: str
    triples: tuple[Triple, ...]

    @property
    def size(self) -> int:
        """How many quads it is."""
        return len(self.triples)

    def to_nquads(self) -> str:
        """Return the document's graph as N-Quads, a line a quad."""
        tail = f" <{self.graph}> .\n"
        return "".join([f"{s} {p} {o}{tail}" for s, p, o in self.triples])

    def to_bytes(self) -> bytes:
        """Return the same in UTF-8."""
        return self.to_nquads().encode()


def encode_extraction(
    extraction: Extraction,
    *,
    namespaces: Namespaces,
    vocabulary: Vocabulary,
    content_hash: str | None = None,
    beside_known: bool = False,
) -> EncodedDocument:
    """Encode what was read from one document; raise ValidationError where it contradicts itself.

    Equal extractions give equal triples in equal order. `content_hash` is kept beside the document's description. What
    seeds/ say of their entities is left out where it stands `beside` the document, in the known graph.
    """
    encoder = _Encoder(extraction, namespaces, vocabulary.symmetric, beside_known)
    triples = dict.fromkeys(encoder.encode(content_hash))
    document = extraction.document
    return EncodedDocument(document.id, encoder.iri, namespaces.document_graph(document.id), tuple(triples))


def write_turtle(
    documents: Iterable[EncodedDocument], *, namespaces: Namespaces, vocabulary: Vocabulary | None = None
) -> str:
    """Return documents, the plain triples of their actual facts and their entities as Turtle, grouped by subject."""
    vocabulary = vocabulary or Vocabulary.load()
    symmetric = frozenset(f"<{vocabulary.relations[name].iri}>" for name in vocabulary.symmetric)
    own, shared = list[Triple](), Contribution()
    for document in documents:
        drawn = sketch_of(f"<{document.iri}>")  # of use in a store alone
        own += (triple for triple in document.triples if triple[0] != drawn)
        shared.add(document.triples, symmetric)
    plain = {triple for triples in shared.statements.values() for triple in triples}
    described = {triple for entity, naming in shared.entities.items() for triple in naming.describe(entity)}
    prefixes = {**PREFIXES, "entity": f"{namespaces.base}entity/"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    subjects: dict[str, list[str]] = {}
    for subject, predicate, object_ in (*sorted(described), *sorted(plain), *own):
        verb = "a" if predicate == _A else _shorten(predicate, prefixes)
        subjects.setdefault(subject, []).append(f"{verb} {_shorten(object_, prefixes)}")
    blocks = (
        f"\n{_shorten(subject, prefixes)} " + " ;\n    ".join(said) + " .\n" for subject, said in subjects.items()
    )
    return head + "".join(blocks)


def _shorten(term: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI, or the datatype of a literal, with a prefix where what is left is a plain name."""
    before, mark, iri = ("", "<", term[1:]) if term.startswith("<") else term.rpartition("^^<")
    if not mark or not term.endswith(">"):
        return term
    for name, prefix in prefixes.items():
        local = iri[len(prefix) : -1]
        if iri.startswith(prefix) and _PLAIN_NAME.match(local):
            return f"{before}{mark[:-1]}{name}:{local}"
    return term


class _Encoder:
    """One extraction on its way to triples; IRIs and terms that recur are made once."""

    def __init__(
        self, extraction: Extraction, namespaces: Namespaces, symmetric: frozenset[str], beside_known: bool
    ) -> None:
        self.extraction = extraction
        self.beside_known = beside_known
        self.namespaces = namespaces
        self.symmetric = symmetric
        self.document = extraction.document
        self.language = extraction.document.language
        self.iri = namespaces.document(extraction.document.id)
        self.node = f"<{self.iri}>"
        self.stated = set[str]()
        self.quoted = set[str]()
        self.entities = {
            entity.id: f"<{namespaces.entity(entity.kind, entity.name, wikidata=entity.wikidata, known=entity.known)}>"
            for entity in extraction.entities
        }
        self.appearances = {
            entity.id: f"<{self.iri}/entity/{encode_segment(entity.id)}>" for entity in extraction.entities
        }

    def encode(self, content_hash: str | None) -> list[Triple]:
        triples = list(self.describe_document(content_hash))
        for entity in self.extraction.entities:
            triples += self.describe_appearance(entity)
        for fact in self.extraction.facts:
            triples += self.describe_fact(fact)
        triples += [
            self.describe_mention(mention, mention.entity)
            for mention in self.extraction.mentions
            if mention.entity is not None
        ]
        return triples

    def describe_document(self, content_hash: str | None) -> Iterator[Triple]:
        document, node = self.document, self.node
        yield node, _A, _ARTICLE
        yield node, f"<{SCHEMA}identifier>", write_string(document.id)
        yield node, f"<{SCHEMA}articleBody>", write_text(document.text, self.language)
        yield node, f"<{SCHEMA}inLanguage>", write_string(self.language)
        if document.title:
            yield node, f"<{SCHEMA}headline>", write_text(document.title, self.language)
        if document.published:
            yield node, f"<{SCHEMA}datePublished>", write_typed(document.published, XSD + "date")
        if document.source:
            yield node, f"<{SCHEMA}publisher>", write_string(document.source)
        if document.author:
            yield node, f"<{SCHEMA}author>", write_string(document.author)
        if document.url:
            yield node, f"<{SCHEMA}url>", _write_address(document.url)
        if content_hash:
            yield node, f"<{RW}contentHash>", write_string(content_hash)
        sketch = sketch_text(document.text)
        if sketch is not None:
            drawn = sketch_of(node)
            yield drawn, _IN_DOCUMENT, node
            yield drawn, MINIMA, write_string(sketch.write())
            yield from [(drawn, BAND, f'"{band}"') for band in sketch.bands()]

    def describe_appearance(self, entity: Entity) -> Iterator[Triple]:
        node = self.appearances[entity.id]
        yield node, _A, _APPEARANCE
        yield node, _IN_DOCUMENT, self.node
        yield node, _ENTITY, self.entities[entity.id]
        yield node, _KIND, _KINDS[entity.kind]
        yield node, _NAME, write_text(entity.name, self.language)
        for alias in entity.aliases:
            if alias != entity.name:
                yield node, _ALIAS, write_text(alias, self.language)
        if entity.known and self.beside_known:
            return
        if entity.english:
            yield node, _ENGLISH, write_text(entity.english, "en")
        if entity.wikidata and is_wikidata_id(entity.wikidata):
            yield node, _WIKIDATA, f"<{WIKIDATA}{entity.wikidata}>"
        if entity.country:
            yield node, _COUNTRY, f"<{self.namespaces.country(entity.country)}>"

    def describe_fact(self, fact: Fact) -> Iterator[Triple]:
        subject, object_ = self.find_entity(fact.subject, fact), self.find_entity(fact.object, fact)
        predicate = f"<{RW}{encode_segment(fact.predicate)}>"
        iri = f"{self.iri}/fact/{_fact_key(fact, subject, predicate, object_)}"
        if iri in self.stated:  # a sentence that stands twice in an article says what it says once
            return
        self.stated.add(iri)
        node = f"<{iri}>"
        evidence = self.quote(fact.evidence)
        yield node, _A, _FACT
        yield node, _IN_DOCUMENT, self.node
        yield node, _SUBJECT, subject
        yield node, _PREDICATE, predicate
        yield node, _OBJECT, object_
        yield node, _STATEMENT, self.mint_statement(fact.predicate, subject, predicate, object_)
        yield node, _STATUS, write_string(str(fact.status))
        yield node, _CONFIDENCE, _write_decimal(fact.confidence)
        for reader in fact.readers:
            yield node, _EXTRACTOR, write_string(reader)
        yield node, _QUOTED, evidence
        yield from self.describe_circumstances(fact, iri, node)
        if evidence not in self.quoted:  # of one sentence, several facts
            self.quoted.add(evidence)
            yield from self.describe_evidence(fact.evidence, evidence)

    def mint_statement(self, name: str, subject: str, predicate: str, object_: str) -> str:
        """Name what is stated, the same for each document that states it, and both ways for a symmetric relation."""
        if name in self.symmetric and object_ < subject:
            subject, object_ = object_, subject
        return f"<{self.namespaces.statement(subject, predicate, object_)}>"

    def describe_circumstances(self, fact: Fact, iri: str, node: str) -> Iterator[Triple]:
        if fact.date:
            yield node, _DATE, write_date(fact.date)
        if fact.trigger:
            yield node, _TRIGGER, write_text(fact.trigger, self.language)
        if fact.date_text:
            yield node, _DATE_TEXT, write_text(fact.date_text, self.language)
        if fact.item:
            yield node, _ITEM, write_text(fact.item, self.language)
        if fact.role:
            yield node, _ROLE, write_text(fact.role, self.language)
        if fact.attributed_to:
            yield node, _ATTRIBUTED, self.find_entity(fact.attributed_to, fact)
        if fact.rule:
            yield node, _RULE, write_string(fact.rule)
        if fact.event:
            happening = f"<{self.iri}/happening/{encode_segment(fact.event)}>"
            yield node, _IN_HAPPENING, happening
            yield happening, _A, _HAPPENING
            yield happening, _IN_DOCUMENT, self.node
        if fact.quantity:
            amount = f"<{iri}/quantity>"
            yield node, _QUANTITY, amount
            yield from self.describe_quantity(fact.quantity, amount)

    def describe_quantity(self, quantity: Quantity, node: str) -> Iterator[Triple]:
        yield node, _TEXT, write_text(quantity.text, self.language)
        if quantity.value is not None:
            yield node, f"<{RW}value>", _write_decimal(quantity.value)
        if quantity.unit:
            yield node, f"<{RW}unit>", write_string(quantity.unit)
        if quantity.bound:
            yield node, f"<{RW}bound>", write_string(quantity.bound)

    def describe_evidence(self, evidence: Evidence, node: str) -> Iterator[Triple]:
        yield node, _A, _EVIDENCE
        yield node, _TEXT, write_text(evidence.text, self.language)
        yield from self.place(node, evidence.start, evidence.end, evidence.in_title)

    def describe_mention(self, mention: Mention, entity: str) -> Triple:
        """Say where an entity is named, as one value: there are more mentions than anything else."""
        self.find_entity(entity, mention)
        start, end = mention.start, mention.end
        self.check_span("mention", start, end, mention.in_title)
        if not 0 <= start < end:
            raise ValidationError(f"document {self.document.id}: mention {start}-{end} ends before it starts.")
        return self.appearances[entity], _IN_TITLE_AT if mention.in_title else _MENTIONED_AT, f'"{start}-{end}"'

    def place(self, node: str, start: int, end: int, in_title: bool) -> Iterator[Triple]:
        """Say where in the document a node stands."""
        yield node, _IN_DOCUMENT, self.node
        yield node, _START, f'"{start}"{_INTEGER}'
        yield node, _END, f'"{end}"{_INTEGER}'
        if in_title:
            yield node, _IN_TITLE, _TRUE

    def quote(self, evidence: Evidence) -> str:
        """Mint the node of a stretch of the text or the title, which has to lie within it."""
        start, end, in_title = evidence.start, evidence.end, evidence.in_title
        self.check_span("text", start, end, in_title)
        return f"<{self.iri}/{'title-' if in_title else ''}text/{start}-{end}>"

    def check_span(self, room: str, start: int, end: int, in_title: bool) -> None:
        """Raise ValidationError where a stretch does not lie within the text or the title."""
        length = len((self.document.title or "") if in_title else self.document.text)
        if end > length:
            where = "title" if in_title else "text"
            raise ValidationError(
                f"document {self.document.id}: {room} {start}-{end} ends after its {where} ({length})."
            )

    def find_entity(self, entity_id: str, needed_by: Fact | Mention) -> str:
        try:
            return self.entities[entity_id]
        except KeyError:
            what = "a fact" if isinstance(needed_by, Fact) else "a mention"
            raise ValidationError(
                f"document {self.document.id}: {what} names the unknown entity {entity_id!r}."
            ) from None


def _fact_key(fact: Fact, subject: str, predicate: str, object_: str) -> str:
    """Tell facts of a document apart by what they say, so that a fact keeps its IRI when others come or go."""
    amount = fact.quantity.text if fact.quantity else None
    parts = (subject, predicate, object_, fact.evidence.text, fact.status, fact.date, fact.item, amount, fact.role)
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "replace")).hexdigest()[:16]


def _write_address(url: str) -> str:
    address = mend_iri(url)
    if is_safe_iri(address) and address.lower().startswith(("http://", "https://")):
        return f"<{address}>"
    return write_string(url)  # no address of the web: the shapes will say so


def _write_decimal(number: float) -> str:
    if not math.isfinite(number):
        return write_string(str(number))  # no number: the shapes will say so
    return _write_digits(repr(number))


@lru_cache(maxsize=4096)
def _write_digits(number: str) -> str:
    text = format(Decimal(number), "f")
    return write_typed(text.rstrip("0").rstrip(".") if "." in text else text, XSD + "decimal")
