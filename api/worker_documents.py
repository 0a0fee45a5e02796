"""Changes of documents: what was read from an article is stored in place of its older self, or withdrawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.carrying import carry_over
from graph.rdf.encode import EncodedDocument
from graph.store.places import WritableStore

from .frames import Header
from .worker_decisions import read_settings

Arguments = Mapping[str, Any]  # Any: what json gives; each change reads its own keys


def put_document(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Store the document whose triples are the body; say whether it is new, replaced or unchanged."""
    if store.document_hash(arguments["id"]) == arguments["hash"]:
        return {"outcome": "unchanged"}
    existed = store.has_document(arguments["id"])
    store.put_documents([read_encoded(arguments, body.decode("utf-8", "surrogatepass"))])
    carry_over(store, arguments["id"], read_settings(arguments))
    return {"outcome": "replaced" if existed else "stored"}


def delete_document(store: WritableStore, arguments: Arguments, body: bytes, memory: int) -> Header:
    """Withdraw a document with all that only it supported; raise NotFoundError where it is not there."""
    store.drop_documents([arguments["id"]])
    return {}


def read_encoded(arguments: Arguments, triples: str) -> EncodedDocument:
    """Return a document as the process that reads articles has encoded it."""
    rows = tuple((subject, predicate, object_) for subject, predicate, object_ in json.loads(triples))
    return EncodedDocument(arguments["id"], arguments["iri"], arguments["graph"], rows)
