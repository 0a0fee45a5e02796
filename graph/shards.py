"""Shards: what becomes of some documents, as a file of N-Quads and one that describes it, in any place fsspec knows.

<place>/<key>.nq.gz   the documents' graphs, one after another, a line a quad
<place>/<key>.json    the checksum of that file, and of each document its id, graph, number of quads, facts and source

The key is made of all that decides what is in a shard, so one that is there with its checksum is not made again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from fsspec.core import url_to_fs

from .crew import Task
from .errors import RawabitError, SettingsError
from .intake import ReadDocument, hash_document
from .model import Refusal
from .rdf.encode import EncodedDocument
from .rdf.named import read_names
from .rdf.terms import Triple

SHARD_FORMAT = 1
Outcome = ReadDocument | Refusal


class ShardError(RawabitError):
    """A shard that is said to be there is not, or is not what was written."""


class ShardPlace:
    """A folder for shards, which the builder and all workers reach by the same address."""

    def __init__(self, url: str) -> None:
        """Take a path or an address such as s3://bucket/folder; raise SettingsError where its library is missing."""
        self.url = url
        try:
            self._files, self._root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise SettingsError(f"--shards {url}: cannot be used: {error}") from error

    def has(self, key: str) -> bool:
        """Say whether a shard is there and has its checksum."""
        try:
            self._read_checked(key)
        except ShardError:
            return False
        return True

    def write(self, key: str, outcomes: Sequence[Outcome]) -> None:
        """Write a shard; what describes it comes last, so half of one is none."""
        quads = "".join(each.encoded.to_nquads() for each in outcomes if isinstance(each, ReadDocument))
        body = gzip.compress(quads.encode("utf-8"), 6, mtime=0)
        about = {
            "format": SHARD_FORMAT,
            "sha256": hashlib.sha256(body).hexdigest(),
            "documents": [_describe(each) for each in outcomes],
        }
        try:
            self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(self._path(key, "nq.gz"), body)
            self._files.pipe_file(self._path(key, "json"), json.dumps(about, ensure_ascii=False).encode("utf-8"))
        except OSError as error:
            raise ShardError(
                f"{self.url}: a shard cannot be written ({error}): see to space and permissions."
            ) from error

    def read(self, key: str) -> Iterator[Outcome]:
        """Yield what became of each document of a shard, in order; raise ShardError where it is damaged or missing."""
        about, body = self._read_checked(key)
        lines = iter(gzip.decompress(body).decode("utf-8").splitlines())
        for each in about["documents"]:
            if "reason" in each:
                yield Refusal(each["path"], each["reason"], each["line"])
                continue
            tail = f" <{each['graph']}> ."
            triples = tuple(_split(line.removesuffix(tail)) for line in islice(lines, each["quads"]))
            encoded = EncodedDocument(each["id"], each["iri"], each["graph"], triples)
            yield ReadDocument(encoded, each["facts"], read_names(triples), each["path"], each["line"])

    def _read_checked(self, key: str) -> tuple[dict[str, Any], bytes]:  # Any: what json gives
        try:
            about = json.loads(self._files.cat_file(self._path(key, "json")))
            body: bytes = self._files.cat_file(self._path(key, "nq.gz"))
        except (OSError, ValueError) as error:
            raise ShardError(f"{self.url}: shard {key} cannot be read ({error}): build once more.") from error
        if about.get("format") != SHARD_FORMAT or hashlib.sha256(body).hexdigest() != about.get("sha256"):
            raise ShardError(f"{self.url}: shard {key} is not what was written: build once more.")
        return about, body

    def _path(self, key: str, suffix: str) -> str:
        return f"{self._root}/{key}.{suffix}"


def name_shard(tasks: Iterable[Task], reading: str, base_iri: str) -> str:
    """Return the key of the shard of some tasks: their documents, how they are read, and under which names."""
    digest = hashlib.sha256(f"{SHARD_FORMAT}\0{reading}\0{base_iri}".encode())
    for task in tasks:
        document = task.document
        place = f"{document.id}\0{document.path}\0{document.line}\0{task.thoroughly}"
        digest.update(f"\0{hash_document(document, reading)}\0{place}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _describe(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Refusal):
        return {"path": outcome.path, "reason": outcome.reason, "line": outcome.line}
    encoded = outcome.encoded
    return {
        "id": encoded.id,
        "iri": encoded.iri,
        "graph": encoded.graph,
        "quads": len(encoded.triples),
        "facts": dict(outcome.facts),
        "path": outcome.path,
        "line": outcome.line,
    }


def _split(line: str) -> Triple:
    subject, predicate, object_ = line.split(" ", 2)
    return subject, predicate, object_
