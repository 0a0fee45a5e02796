"""Readers see whole checkpoints, the newest one, and never the store that is being written."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.checkpoint import Checkpoint
from graph.store.embedded import EmbeddedStore
from graph.store.fact_index import FactIndex
from graph.store.index import NameIndex
from graph.store.layout import current_checkpoint, find_checkpoints

NAMES = Namespaces("https://graph.example/id/")
VOCABULARY = Vocabulary.load()
FACTS = "SELECT ?fact WHERE { ?fact <https://rawabit.example/ns#statement> ?statement }"


def document(identifier: str) -> EncodedDocument:
    people = (Entity("a", EntityKind.PERSON, f"سيرغي {identifier}"), Entity("b", EntityKind.PERSON, "كيث"))
    facts = (Fact("a", "met", "b", Evidence("نص", 0, 2)),)
    extraction = Extraction(Document(identifier, "نص"), people, facts)
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY)


def make_store(path: Path) -> EmbeddedStore:
    store = EmbeddedStore.open(path, create=True, base_iri=NAMES.base)
    store.replace_ontology(read_ontology())
    return store


def test_checkpoint_shows_what_was_stored_when_it_was_made(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        store.put_documents([document("d1")])
        store.checkpoint()
        store.put_documents([document("d2")])
        with Checkpoint.open(tmp_path) as checkpoint:
            assert len(checkpoint.select(FACTS).rows) == 1
            store.checkpoint()
            assert len(checkpoint.select(FACTS).rows) == 1
        with Checkpoint.open(tmp_path) as checkpoint:
            assert len(checkpoint.select(FACTS).rows) == 2
            assert checkpoint.number == 2


def test_checkpoint_knows_names_and_base_iri(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        store.put_documents([document("d1")])
        store.checkpoint()
    with Checkpoint.open(tmp_path) as checkpoint:
        assert checkpoint.namespaces == NAMES
        (match,) = checkpoint.names.search("كيث")
        assert (match.iri, match.degree) == (NAMES.entity(EntityKind.PERSON, "كيث"), 1)


def test_nothing_new_makes_no_new_checkpoint(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        first = store.checkpoint()
        store.put_documents([])
        assert store.checkpoint() == first
    with make_store(tmp_path) as store:
        assert store.checkpoint() == first
        store.put_documents([document("d1")])
    with make_store(tmp_path) as store:
        assert store.checkpoint() != first


@pytest.mark.parametrize(("file", "index"), [("names.sqlite", NameIndex), ("facts.sqlite", FactIndex)])
def test_an_index_of_another_version_is_made_anew(
    tmp_path: Path, file: str, index: type[NameIndex] | type[FactIndex]
) -> None:
    with make_store(tmp_path) as store:
        first = store.checkpoint()
    with closing(sqlite3.connect(first / file)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="build the store once more"):
        index.open(first / file)
    with make_store(tmp_path) as store:
        second = store.checkpoint()
    assert second != first
    index.open(second / file).close()


def test_old_checkpoints_are_pruned_and_the_current_one_kept(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        for number in range(4):
            store.put_documents([document(f"d{number}")])
            newest = store.checkpoint(keep=2)
        assert [number for number, _ in find_checkpoints(tmp_path)] == [3, 4]
        assert current_checkpoint(tmp_path) == newest
        store.put_documents([document("d9")])
        store.checkpoint(keep=0)
        assert [number for number, _ in find_checkpoints(tmp_path)] == [5]


def test_half_made_checkpoint_of_a_killed_process_is_no_checkpoint(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        first = store.checkpoint()
        half = tmp_path / "checkpoints" / ".000002.unfinished"
        (half / "data").mkdir(parents=True)
        assert current_checkpoint(tmp_path) == first
        store.put_documents([document("d1")])
        assert store.checkpoint().name == "000002"
        assert not half.exists()


def test_many_readers_share_a_checkpoint_beside_the_writer(tmp_path: Path) -> None:
    with make_store(tmp_path) as store:
        store.put_documents([document(f"d{number}") for number in range(20)])
        store.checkpoint()
        found: list[int] = []
        with Checkpoint.open(tmp_path) as one, Checkpoint.open(tmp_path) as other:

            def read(checkpoint: Checkpoint) -> None:
                found.extend(
                    len(checkpoint.select(FACTS).rows) + len(checkpoint.names.search("كيث")) for _ in range(10)
                )

            threads = [threading.Thread(target=read, args=(each,)) for each in (one, one, other, other)]
            for thread in threads:
                thread.start()
            store.put_documents([document("d99")])
            for thread in threads:
                thread.join()
    assert found == [21] * 40


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: (path / "checkpoints" / "current").unlink(), "rawabit build"),
        (lambda path: (path / "checkpoints" / "current").write_text("000009"), "checkpoint is gone"),
        (lambda path: (path / "checkpoints" / "current").write_text("../../etc"), "checkpoint is gone"),
        (lambda path: (path / "checkpoints" / "000001" / "data" / "CURRENT").unlink(), "cannot be opened"),
        (lambda path: (path / "checkpoints" / "000001" / "names.sqlite").write_text("no index"), "name index"),
        (lambda path: (path / "rawabit.json").unlink(), "there is no store here"),
    ],
)
def test_checkpoint_that_cannot_be_read_says_what_to_do(tmp_path: Path, spoil: object, reason: str) -> None:
    with make_store(tmp_path) as store:
        store.checkpoint()
    spoil(tmp_path)  # type: ignore[operator]
    with pytest.raises(StoreError, match=reason):
        Checkpoint.open(tmp_path)


def test_store_without_a_checkpoint_says_what_to_do(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    with pytest.raises(StoreError, match="finish `rawabit build"):
        Checkpoint.open(tmp_path)
