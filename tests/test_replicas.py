"""Several servers read one checkpoint, and all of them a new one, on the store itself and on a copy of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx

from graph.model import Document, Extraction
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary
from graph.store.embedded import EmbeddedStore

BASE = "https://rawabit.example/id/"


def put(store: Path, identifier: str) -> Path:
    """Store a document and return the checkpoint that has it."""
    extraction = Extraction(Document(identifier, "نص"), (), ())
    with EmbeddedStore.open(store) as opened:
        opened.put_documents([encode_extraction(extraction, namespaces=Namespaces(BASE), vocabulary=Vocabulary.load())])
        return opened.checkpoint()


def replicate(store: Path, checkpoint: Path, replica: Path) -> None:
    """Copy a checkpoint as docs/scaling.md says: what names it comes last."""
    (replica / "checkpoints").mkdir(parents=True, exist_ok=True)
    shutil.copy(store / "rawabit.json", replica)
    shutil.copytree(checkpoint, replica / "checkpoints" / checkpoint.name)
    shutil.copy(store / "checkpoints" / "current", replica / "checkpoints")


def has_document(url: str, identifier: str) -> bool:
    return httpx.get(f"{url}/documents/{identifier}", timeout=30).status_code == 200


def test_servers_on_one_store_and_on_a_copy_pick_up_a_new_checkpoint(
    make_store: Callable[..., Path],
    start_program: Callable[..., AbstractContextManager[Any]],
    tmp_path: Path,
) -> None:
    for name in ("one", "two", "copy"):
        (tmp_path / name).mkdir()  # each server logs beside its store
    store = make_store(tmp_path / "one" / "store", [])
    (tmp_path / "two" / "store").symlink_to(store)
    replica = tmp_path / "copy" / "store"
    replicate(store, put(store, "first"), replica)
    places = (store, tmp_path / "two" / "store", replica)
    with (
        start_program(places[0]) as one,
        start_program(places[1]) as two,
        start_program(places[2]) as copy,
    ):
        servers = [each.url for each in (one, two, copy)]
        assert all(has_document(url, "first") for url in servers)
        assert not any(has_document(url, "second") for url in servers)
        replicate(store, put(store, "second"), replica)
        deadline = time.monotonic() + 60
        while not all(has_document(url, "second") for url in servers):
            assert time.monotonic() < deadline
            time.sleep(0.05)
