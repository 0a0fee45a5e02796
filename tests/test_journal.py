"""A change to the store is made wholly or not at all, whenever the process that makes it is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph.errors import StoreError, ValidationError
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Status
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.packed import Rules, Spool, pack_document, quads_of
from graph.rdf.validate import Shapes
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.checkpoint import Checkpoint
from graph.store.embedded import EmbeddedStore
from graph.store.journal import BULK_QUADS, Change, Journal

NAMES = Namespaces("https://graph.example/id/")
VOCABULARY = Vocabulary.load()
RULES = Rules.of(VOCABULARY)
LINE = "<http://x/a> <http://x/p> <http://x/{}> <http://x/{}> .\n"


def document(number: int, luck: random.Random) -> EncodedDocument:
    """Make a document of a few facts between a few people, other ones and other facts each time."""
    people = [Entity(f"p{n}", EntityKind.PERSON, f"شخص {n}", aliases=(f"كنية {luck.randint(0, 3)}",)) for n in range(4)]
    facts = tuple(
        Fact(f"p{luck.randint(0, 3)}", luck.choice(["met", "visited"]), f"p{luck.randint(0, 3)}", Evidence("نص", 0, 2))
        for _ in range(3)
    )
    extraction = Extraction(Document(f"d{number}", "نص"), tuple(people), facts)
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY)


def meeting(status: Status) -> EncodedDocument:
    people = (Entity("a", EntityKind.PERSON, "سيرغي"), Entity("b", EntityKind.PERSON, "كيث"))
    fact = Fact("a", "met", "b", Evidence("نص", 0, 2), status=status)
    extraction = Extraction(Document("d1", "نص"), people, (fact,))
    return encode_extraction(extraction, namespaces=NAMES, vocabulary=VOCABULARY)


def quads(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store._store}


def test_change_is_finished_when_the_store_is_opened_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(change: Change, store: Store, loading: Path) -> None:
        for quad in list(parse(change.removals, RdfFormat.N_QUADS))[:1]:
            store.remove(Quad(quad.subject, quad.predicate, quad.object, quad.graph_name))
        raise KeyboardInterrupt

    with EmbeddedStore.open(tmp_path / "store", create=True, base_iri=NAMES.base) as store:
        store.replace_ontology(read_ontology())
        store.put_documents([meeting(Status.DENIED)])
        store.checkpoint()
        wanted = quads(store)
        store.put_documents([meeting(Status.ACTUAL)])
        with monkeypatch.context() as patched:
            patched.setattr(Change, "apply", crash)
            with pytest.raises(KeyboardInterrupt):
                store.put_documents([meeting(Status.DENIED)])
        assert quads(store) != wanted
    with EmbeddedStore.open(tmp_path / "store") as store:
        assert quads(store) == wanted
        store.checkpoint()
    with Checkpoint.open(tmp_path / "store") as checkpoint:
        assert not checkpoint.ask("ASK { ?one <https://rawabit.example/ns#met> ?other }")


def test_change_made_twice_is_the_change_made_once() -> None:
    change = Change(drops=("http://x/old",), removals=LINE.format("b", "g"), additions=LINE.format("c", "g"))
    results = []
    for repeats in (1, 2):
        store = Store()
        store.load(LINE.format("b", "old") + LINE.format("b", "g"), RdfFormat.N_QUADS)
        for _ in range(repeats):
            change.apply(store)
        results.append({str(quad) for quad in store})
    assert results[0] == results[1]
    assert len(results[0]) == 1


@pytest.mark.parametrize("is_loaded", [False, True])
def test_change_with_new_graphs_is_finished_only_where_they_are_there(tmp_path: Path, is_loaded: bool) -> None:
    store, new = Store(), LINE.format("n", "new")
    store.load(LINE.format("b", "g"), RdfFormat.N_QUADS)
    change = Change(
        removals=LINE.format("b", "g"), additions=LINE.format("c", "g"), fresh=(new.encode(),), first="http://x/new"
    )
    before = {str(quad) for quad in store}
    Journal(tmp_path / "journal")._write(change)
    if is_loaded:
        store.load(new, RdfFormat.N_QUADS)
    assert Journal(tmp_path / "journal").recover(store)
    whole = Store()
    whole.load(LINE.format("b", "g"), RdfFormat.N_QUADS)
    Journal(tmp_path / "other").perform(change, whole)
    assert {str(quad) for quad in store} == ({str(quad) for quad in whole} if is_loaded else before)
    assert list(tmp_path.iterdir()) == []


def test_journal_that_was_not_finished_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "journal.unfinished").write_bytes(b"half")
    assert Journal(tmp_path / "journal").recover(Store()) is False


def test_damaged_journal_is_reported(tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(b"0000\n[]")
    with pytest.raises(StoreError, match="damaged"):
        Journal(tmp_path / "journal").recover(Store())


@pytest.mark.parametrize("removals", ["", LINE.format("b", "g")])
def test_quads_that_cannot_be_read_change_nothing(tmp_path: Path, removals: str) -> None:
    store = Store()
    store.load(LINE.format("b", "g"), RdfFormat.N_QUADS)
    with pytest.raises(ValidationError, match="cannot be read"):
        Journal(tmp_path / "journal").perform(Change(removals=removals, additions="<http://x/a> broken\n"), store)
    assert len(store) == 1
    assert list(tmp_path.iterdir()) == []


def test_many_quads_and_few_are_loaded_alike(tmp_path: Path) -> None:
    for count in (10, 20_000):
        store = Store(str(tmp_path / str(count)))
        Change(additions="".join(LINE.format(n, "g") for n in range(count))).apply(store)
        assert len(store) == count
        assert store.contains_named_graph(NamedNode("http://x/g"))


WRITER = """
import importlib.util, random, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("writer", sys.argv[2])
tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tests)
with tests.EmbeddedStore.open(Path(sys.argv[1]), create=True, base_iri=tests.NAMES.base) as store:
    store.replace_ontology(tests.read_ontology())
    for turn in range(10_000):
        luck = random.Random(turn)
        print(turn, flush=True)
        store.put_documents([tests.document(number, luck) for number in luck.sample(range(8), 3)])
        if turn % 5 == 0:
            store.checkpoint()
"""


@pytest.mark.parametrize("count", [10, BULK_QUADS])
def test_quads_that_lie_in_a_file_are_loaded_as_those_in_memory(tmp_path: Path, count: int) -> None:
    packed = [pack_document(document(number, random.Random(number)), RULES) for number in range(3)]
    spool = Spool(tmp_path)
    spool.lay(packed[2])
    spool.clear()
    laid = [spool.lay(each) for each in packed]
    assert [each.to_bytes() for each in reversed(laid)] == [each.to_bytes() for each in reversed(packed)]
    assert [each.triples for each in laid] == [each.triples for each in packed]
    more = "".join(LINE.format(n, "g") for n in range(count))
    stores = Store(), Store()
    for documents, store in zip((packed, laid), stores, strict=True):
        change = Change(additions=more, fresh=tuple(map(quads_of, documents)))
        assert change.added().count("\n") == count + sum(each.size for each in packed)
        Journal(tmp_path / "journal").perform(change, store)
    spool.close()
    assert set(stores[0]) == set(stores[1]) != set()
    assert not [*tmp_path.iterdir()]


def test_what_a_killed_writer_was_loading_goes(tmp_path: Path) -> None:
    (tmp_path / "loading").write_text("half a quad")
    assert not Journal(tmp_path / "journal").recover(Store())
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("changes", [1, 7, 16])
def test_killed_writer_leaves_a_store_that_opens_and_agrees_with_itself(tmp_path: Path, changes: int) -> None:
    path = tmp_path / "store"
    command = [sys.executable, "-c", WRITER, str(path), __file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as writer:
        assert writer.stdout is not None
        for turn in range(changes):
            assert writer.stdout.readline() == b"%d\n" % turn
        writer.send_signal(signal.SIGKILL)
    with EmbeddedStore.open(path) as store:
        stored = list(store._store)
        triples = Counter((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in stored)
        assert max(triples.values()) == 1
        assert Shapes.load().check_triples(triples) == ()
        assert store.plan_anew() == Change()
        # What is derived agrees with the documents: when they go, nothing stays behind.
        store.put_documents([document(number, random.Random(number)) for number in range(8)])
        store.drop_documents([f"d{number}" for number in range(8)])
        store.checkpoint()
        assert store.read_graph(NAMES.shared_graph) == ()
    with Checkpoint.open(path) as checkpoint:
        assert not checkpoint.ask("ASK { ?fact <https://rawabit.example/ns#statement> ?statement }")


def test_folder_that_takes_no_quads_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere: quads cannot be put aside"):
        Spool(tmp_path / "nowhere")


def test_quads_that_are_gone_from_their_file_are_missed(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    laid = spool.lay(pack_document(document(1, random.Random(1)), RULES))
    spool.clear()
    with pytest.raises(OSError, match="can be read"):
        laid.to_bytes()
    spool.close()
