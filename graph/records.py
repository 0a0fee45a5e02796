"""An Extraction as a plain record, ready to be a JSON line: the shape in which gold is written and output compared.

Offsets are those of the Evidence: into `text`, or into `title` where `in_title` is true.
"""

from __future__ import annotations

from .model import Entity, Extraction, Fact

JsonValue = str | float | int | bool | None | list[str]


def to_record(extraction: Extraction) -> dict[str, object]:
    """Return the record of an extraction: the document's own fields, its entities, its relations with evidence."""
    document = extraction.document
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "source": document.source,
        "url": document.url,
        "author": document.author,
        "text": document.text,
        "entities": [_entity_record(entity) for entity in extraction.entities],
        "relations": [_relation_record(fact) for fact in extraction.facts],
    }


def _entity_record(entity: Entity) -> dict[str, JsonValue]:
    return {
        "id": entity.id,
        "type": entity.kind.value,
        "name": entity.name,
        "en": entity.english,
        "wikidata": entity.wikidata,
        "aliases": list(entity.aliases),
    }


def _relation_record(fact: Fact) -> dict[str, JsonValue]:
    return {
        "subject": fact.subject,
        "predicate": fact.predicate,
        "object": fact.object,
        "status": fact.status.value,
        "date": fact.date,
        "item": fact.item,
        "quantity": fact.quantity.text if fact.quantity else None,
        "role": fact.role,
        "attributed_to": fact.attributed_to,
        "evidence": fact.evidence.text,
        "start": fact.evidence.start,
        "end": fact.evidence.end,
        "in_title": fact.evidence.in_title,
        "confidence": round(fact.confidence, 3),
        "readers": list(fact.readers),
        "optional": False,
    }
