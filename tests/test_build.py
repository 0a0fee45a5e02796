"""A build reads what it can, names what it cannot, and reads nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

import graph.build
import graph.intake
from graph.build import BuildReport, build_store
from graph.config import Settings
from graph.errors import LanguageDataError, SettingsError, StoreLockedError
from graph.intake import hash_document, hash_reading
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact
from graph.progress import BuildProgress
from graph.resolve.known import Known
from graph.store.checkpoint import Checkpoint
from graph.store.embedded import EmbeddedStore

WORDS = "التقى سيرغي بويف كيث فيليبس"
HEADER = "key,wikidata,ar,en,spellings,country\n"


@dataclass
class FakeReader:
    """Reads one meeting out of every article; does as an article says that asks for trouble."""

    predicate: str = "met"
    read_ids: list[str] = field(default_factory=list)

    def read(self, document: Document) -> Extraction:
        self.read_ids.append(document.id)
        if "حادث" in document.text:
            raise ZeroDivisionError("division by zero")
        if "مرفوض" in document.text:
            raise LanguageDataError("predicates.yaml:7: no such verb.")
        people = (
            Entity("a", EntityKind.PERSON, f"سيرغي {document.id}"),
            Entity("b", EntityKind.PERSON, "كيث فيليبس", known="person:phillips"),
        )
        date = "2024-02-30" if "تاريخ" in document.text else "2024-02-29"
        end = 10_000 if "طويل" in document.text else 5
        fact = Fact("a", self.predicate, "b", Evidence(document.text[:5], 0, end), date=date)
        return Extraction(document, people, (fact,))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "people.csv").write_text(HEADER + "phillips,,كيث فيليبس,Keith Phillips,,\n", encoding="utf-8")
    return Settings(store=tmp_path / "store", seeds=seeds)


@pytest.fixture
def build(tmp_path: Path, settings: Settings) -> Callable[..., BuildReport]:
    def run(*articles: dict[str, object] | str, reader: FakeReader | None = None) -> BuildReport:
        path = tmp_path / "articles.jsonl"
        lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in articles]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return build_store([path], settings, reader=reader or FakeReader(), known=known(settings))

    return run


def known(settings: Settings) -> Known:
    """Read the test's own seeds alone: those that ship are many."""
    assert settings.seeds is not None
    return Known.load(settings.seeds)


def article(identifier: str, text: str = WORDS, **more: str) -> dict[str, object]:
    return {"id": identifier, "text": text, "published": "2024-03-01", **more}


def stored(settings: Settings) -> set[str]:
    query = "SELECT ?id WHERE { ?document <https://schema.org/identifier> ?id }"
    with Checkpoint.open(settings.store) as checkpoint:
        return {str(row[0]) for row in checkpoint.select(query).rows}


def test_build_stores_what_was_read_and_counts_it(build: Callable[..., BuildReport], settings: Settings) -> None:
    report = build(article("d1"), article("d2"))
    assert (report.read, report.unchanged, report.replaced, report.refused) == (2, 0, 0, ())
    assert (report.entities, report.facts) == (3, {"met": 2})
    assert report.seconds > 0
    assert stored(settings) == {"d1", "d2"}


def test_unchanged_documents_are_not_read_again(build: Callable[..., BuildReport]) -> None:
    first = build(article("d1"), article("d2"))
    reader = FakeReader()
    report = build(article("d1"), article("d2"), reader=reader)
    assert (report.read, report.unchanged, report.replaced) == (2, 2, 0)
    assert (report.entities, report.facts, reader.read_ids) == (0, {}, [])
    assert report.checkpoint == first.checkpoint


@pytest.mark.parametrize(
    "change", [{"text": WORDS + "."}, {"title": "x"}, {"published": "2024-03-02"}, {"source": "x"}, {"author": "x"}]
)
def test_changed_document_is_replaced(
    build: Callable[..., BuildReport], settings: Settings, change: dict[str, str]
) -> None:
    build(article("d1"), article("d2"))
    report = build({**article("d1"), **change}, article("d2"), reader=FakeReader("visited"))
    assert (report.read, report.unchanged, report.replaced, report.facts) == (2, 1, 1, {"visited": 1})
    with Checkpoint.open(settings.store) as checkpoint:
        assert checkpoint.ask("ASK { ?one <https://rawabit.example/ns#visited> ?other }")
        assert len(checkpoint.select("SELECT * { ?one <https://rawabit.example/ns#met> ?other }").rows) == 2


def test_better_reader_reads_the_same_article_anew(
    build: Callable[..., BuildReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(article("d1"))
    monkeypatch.setattr(graph.build, "hash_reading", lambda settings: "other rules")
    assert build(article("d1"), reader=FakeReader("visited")).replaced == 1


def test_documents_that_are_not_named_again_stay(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(article("d1"))
    build(article("d2"))
    assert stored(settings) == {"d1", "d2"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (article("bad", "وقع حادث"), "ZeroDivisionError: division by zero"),
        (article("bad", "مرفوض"), "no such verb"),
        (article("bad", "تاريخ"), "calendar"),
        (article("bad", "طويل"), "ends after its text"),
        ("{broken", ""),
        ({"id": "bad"}, "text"),
        (article("d1", "آخر"), "'d1'"),
    ],
)
def test_bad_document_is_named_and_the_rest_goes_on(
    build: Callable[..., BuildReport], settings: Settings, bad: dict[str, object] | str, reason: str
) -> None:
    report = build(article("d1"), bad, article("d3"))
    (refusal,) = report.refused
    assert Path(refusal.path).name == "articles.jsonl"
    assert refusal.line == 2
    assert reason in refusal.reason
    assert report.read == 2
    assert stored(settings) == {"d1", "d3"}


def test_refused_document_keeps_its_older_self(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(article("d1"))
    report = build(article("d1", "وقع حادث"))
    assert len(report.refused) == 1
    assert stored(settings) == {"d1"}


def test_path_that_is_not_there_is_refused_and_the_rest_read(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    report = build_store(
        [tmp_path / "nowhere", tmp_path / "a.txt"], settings, reader=FakeReader(), known=known(settings)
    )
    assert report.read == 1
    assert [Path(refusal.path).name for refusal in report.refused] == ["nowhere"]


def test_build_of_nothing_makes_a_store_that_can_be_asked(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build_store([tmp_path / "empty"], settings, reader=FakeReader(), known=known(settings))
    assert stored(settings) == set()


def test_known_entities_keep_their_names_and_are_found(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(article("d1"))
    with Checkpoint.open(settings.store) as checkpoint:
        match = checkpoint.names.search("Keith Phillips")[0]
        assert match.iri.endswith("entity/person/phillips")
        assert match.degree == 1


def test_seeds_that_change_are_taken_over(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(article("d1"))
    assert settings.seeds is not None
    (settings.seeds / "people.csv").write_text(HEADER + "phillips,,كيث فيليبس,Keith P.,,\n", encoding="utf-8")
    assert build(article("d1")).replaced == 1
    with Checkpoint.open(settings.store) as checkpoint:
        assert checkpoint.names.search("Keith P.")[0].label_en == "Keith P."


def test_no_triple_stands_in_two_graphs(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(*(article(f"d{number}") for number in range(5)))
    with Checkpoint.open(settings.store) as checkpoint:
        triples = checkpoint.select("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        assert len(triples) == len(set(triples))


def test_batches_are_stored_as_they_fill(
    build: Callable[..., BuildReport], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.build, "BATCH_TRIPLES", 50)
    assert build(*(article(f"d{number}") for number in range(9))).read == 9
    assert len(stored(settings)) == 9


def test_quads_that_the_store_cannot_read_cost_one_document(
    build: Callable[..., BuildReport], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = graph.intake.encode_extraction

    def encode_badly(extraction: Extraction, **options: object) -> object:
        encoded = encode(extraction, **options)  # type: ignore[arg-type]
        return replace(encoded, graph="http://x/ broken") if encoded.id == "d2" else encoded

    monkeypatch.setattr(graph.intake, "encode_extraction", encode_badly)
    report = build(article("d1"), article("d2"), article("d3"))
    assert [refusal.line for refusal in report.refused] == [2]
    assert stored(settings) == {"d1", "d3"}


def test_pyshacl_has_a_say(
    build: Callable[..., BuildReport], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    check = graph.intake.check_with_pyshacl

    def check_strictly(documents: list[object]) -> tuple[str, ...]:
        names = [document.id for document in documents]  # type: ignore[attr-defined]
        asked.extend(names)
        return (*check(documents), *(f"{name}: is not liked" for name in names if name == "d1"))  # type: ignore[arg-type]

    monkeypatch.setattr(graph.intake, "check_with_pyshacl", check_strictly)
    report = build(article("d0"), article("d1"), article("d2"))
    assert asked == ["d0", "d1", "d2"]
    assert [refusal.reason for refusal in report.refused] == [
        "does not conform to ontology/shapes.ttl: d1: is not liked."
    ]
    assert stored(settings) == {"d0", "d2"}


def test_progress_is_told_after_each_document(settings: Settings, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(WORDS, encoding="utf-8")
    told: list[BuildProgress] = []
    build_store(
        sorted(tmp_path.glob("*.txt")), settings, reader=FakeReader(), known=known(settings), on_progress=told.append
    )
    assert [(each.read, each.facts, each.refused) for each in told] == [(1, 1, 0), (2, 2, 0), (3, 3, 0)]


def test_store_of_another_base_iri_is_left_alone(build: Callable[..., BuildReport], settings: Settings) -> None:
    build(article("d1"))
    with pytest.raises(SettingsError, match="RAWABIT_BASE_IRI"):
        build_store([], replace(settings, base_iri="http://other.example/"), reader=FakeReader())


def test_store_that_somebody_writes_to_is_not_waited_for(settings: Settings) -> None:
    with EmbeddedStore.open(settings.store, create=True), pytest.raises(StoreLockedError):
        build_store([], settings, reader=FakeReader(), known=known(settings))


def test_content_hash_tells_fields_apart() -> None:
    documents = [
        Document("d", "a"),
        Document("d", "a", title=""),
        Document("d", "a", title="b"),
        Document("d", "a", published="b"),
        Document("d", "a", source="b"),
        Document("d", "\ud800"),
    ]
    assert len({hash_document(document, "rules") for document in documents}) == len(documents)
    assert hash_document(documents[0], "rules") != hash_document(documents[0], "other rules")
    assert hash_document(documents[0], "rules") == hash_document(replace(documents[0], path="x", line=3), "rules")


def test_reading_hash_changes_with_the_users_seeds(settings: Settings) -> None:
    before = hash_reading(settings)
    assert before == hash_reading(settings)
    assert before != hash_reading(replace(settings, seeds=None))
