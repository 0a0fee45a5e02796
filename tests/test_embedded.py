"""The store on disk lets one writer in, keeps what it was made with, and says what is wrong with a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError, StoreLockedError, StoreVersionError
from graph.model import Document, Extraction
from graph.rdf.encode import encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary
from graph.store.embedded import EmbeddedStore

BASE = "https://graph.example/id/"
NAMES = Namespaces(BASE)
DOCUMENT = encode_extraction(Extraction(Document("d1", "نص"), (), ()), namespaces=NAMES, vocabulary=Vocabulary.load())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=BASE) as opened:
        yield opened


def test_store_keeps_the_base_iri_it_was_made_with(tmp_path: Path) -> None:
    EmbeddedStore.open(tmp_path / "store", create=True, base_iri=BASE).close()
    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri="https://other.example/") as store:
        assert store.namespaces == NAMES


def test_second_writer_is_told_who_writes(tmp_path: Path, store: EmbeddedStore) -> None:
    with pytest.raises(StoreLockedError, match=rf"process {os.getpid()} on .* wait until it ends"):
        EmbeddedStore.open(store.path)


def test_lock_of_a_dead_process_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "store"
    EmbeddedStore.open(path, create=True).close()
    (path / "lock").write_text("process 999999 on elsewhere", encoding="utf-8")
    EmbeddedStore.open(path).close()


def test_closed_store_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(3):
        with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=BASE) as store:
            store.put_documents([DOCUMENT])
            assert store.counts().documents == 1


def test_store_that_is_not_there_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="rawabit build"):
        EmbeddedStore.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_store_of_another_format_says_what_to_do(tmp_path: Path) -> None:
    EmbeddedStore.open(tmp_path, create=True).close()
    version = json.loads((tmp_path / "rawabit.json").read_text(encoding="utf-8"))
    (tmp_path / "rawabit.json").write_text(json.dumps({**version, "format": 99}), encoding="utf-8")
    with pytest.raises(StoreVersionError, match=r"format 99.*build it anew"):
        EmbeddedStore.open(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "x", "base_iri": 1}', "\x00"])
def test_version_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "rawabit.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreVersionError, match="cannot be understood"):
        EmbeddedStore.open(tmp_path)


def test_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match=r"letter\.txt"):
        EmbeddedStore.open(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x", encoding="utf-8")
    for create in (True, False):
        with pytest.raises(StoreError, match="is a file"):
            EmbeddedStore.open(tmp_path / "store", create=create)


def test_base_iri_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="RAWABIT_BASE_IRI"):
        EmbeddedStore.open(tmp_path / "store", create=True, base_iri="no iri/")


def test_damaged_data_are_reported_and_the_lock_let_go(tmp_path: Path) -> None:
    EmbeddedStore.open(tmp_path, create=True).close()
    (tmp_path / "data" / "CURRENT").write_text("nonsense", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot be opened"):
            EmbeddedStore.open(tmp_path)
