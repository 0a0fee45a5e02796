"""One node an actor across documents, and namesakes two: what is joined, what is left apart, whatever the order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.carrying import carry_over
from graph.config import Settings
from graph.deciding import decide, now
from graph.identity import Acquaintance, resolve_identities
from graph.identity_traces import Roster
from graph.model import Decision, Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Verdict
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.known import encode_known
from graph.rdf.named import read_names
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.resolve.known import Known, load_known
from graph.resolve.likeness import SURE, NameLikeness
from graph.store.embedded import EmbeddedStore
from graph.store.review import find_context, list_candidates

pytestmark = pytest.mark.slow

BASE = "https://rawabit.example/id/"
NAMES = Namespaces(BASE)
VOCABULARY = Vocabulary.load()
Person = tuple[str, str | None]


@pytest.fixture(scope="module")
def known() -> Known:
    return load_known(Settings())


@pytest.fixture(scope="module")
def some(known: Known) -> Known:
    """A part of it that holds Russia and Putin: a tenth of all, since to join all takes seconds."""
    held = tuple(
        each for number, each in enumerate(known.entities) if number % 10 == 0 or each.wikidata in ("Q159", "Q7747")
    )
    keys = {each.key for each in held}
    return replace(known, entities=held, offices=tuple(each for each in known.offices if each.person in keys))


@pytest.fixture(scope="module")
def likeness(known: Known) -> NameLikeness:
    return NameLikeness.load(known)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (EntityKind.PERSON, "فلاديمير بوتين", "فلادمير بوتن"),
        (EntityKind.PERSON, "عبدالفتاح السيسي", "عبد الفتاح السيسي"),
        (EntityKind.PERSON, "معمر القذافي", "Muammar Gaddafi"),
        (EntityKind.PERSON, "عمر البشير", "عمر حسن أحمد البشير"),
        (EntityKind.PERSON, "محمد بن سلمان", "محمد بن سلمان آل سعود"),
        (EntityKind.ORGANIZATION, "وزارة الدفاع الأوكرانية", "وزارة الدفاع الاكرانية"),
        (EntityKind.ORGANIZATION, "حكومة بريطانيا", "الحكومة البريطانية"),
        (EntityKind.ORGANIZATION, "شركة جازبروم", "غازبروم"),
        (EntityKind.PLACE, "مدينة خاركوف", "خاركيف"),
    ],
)
def test_spellings_of_one_name_are_one(likeness: NameLikeness, kind: EntityKind, one: str, other: str) -> None:
    assert likeness.compare(kind, one, other) >= SURE
    assert likeness.compare(kind, other, one) >= SURE


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (EntityKind.PERSON, "محمد مرسي", "محمود مرسي"),
        (EntityKind.PERSON, "حسن نصر الله", "حسين نصر الله"),
        (EntityKind.PERSON, "Hassan Nasrallah", "حسين نصر الله"),
        (EntityKind.PERSON, "علي عبد الله صالح", "عبد الله صالح"),
        (EntityKind.PERSON, "إلهام علييف", "حيدر علييف"),
        (EntityKind.ORGANIZATION, "وزارة الدفاع الروسية", "وزارة الدفاع الأوكرانية"),
        (EntityKind.ORGANIZATION, "وزارة الخارجية الليبية", "وزارة الخارجية اللبنانية"),
        (EntityKind.ORGANIZATION, "الحزب الشيوعي", "الحزب الشيوعي الصيني"),
        (EntityKind.PLACE, "معبر رفح", "معبر نصيب"),
        (EntityKind.PLACE, "حمص", "حماة"),
    ],
)
def test_names_of_two_are_two(likeness: NameLikeness, kind: EntityKind, one: str, other: str) -> None:
    assert likeness.compare(kind, one, other) < SURE


def article(number: int, kind: EntityKind, name: str, country: str | None = None) -> EncodedDocument:
    """An article in which somebody visited Qatar."""
    text = f"زار {name} قطر."
    who = Entity("e1", kind, name, country=country)
    qatar = Entity("e2", EntityKind.COUNTRY, "قطر", "Qatar", "Q846")
    fact = Fact("e1", "visited", "e2", Evidence(text, 0, len(text)))
    mention = Mention(4, 4 + len(name), name, kind, 0, "e1")
    read = Extraction(Document(f"d{number}", text), (who, qatar), (fact,), (mention,))
    return encode_extraction(read, namespaces=NAMES, vocabulary=VOCABULARY)


def read_into(path: Path, articles: Iterable[EncodedDocument], known: Known) -> EmbeddedStore:
    store = EmbeddedStore.open(path, create=True, base_iri=BASE)
    store.replace_ontology(read_ontology())
    for each in articles:
        store.put_documents([each])
    resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False))
    return store


def visitors(store: EmbeddedStore) -> set[str]:
    rows = store.iterate("SELECT ?who { ?who <https://rawabit.example/ns#visited> ?where }")
    return {NAMES.actor_id(who or "") or "" for (who,) in rows}


def test_spellings_in_several_documents_are_one_node(tmp_path: Path, known: Known) -> None:
    spelt = ["رستم عميروف", "رستم عمييروف", "رستم أحمد عميروف"]
    with read_into(
        tmp_path / "s", (article(n, EntityKind.PERSON, each) for n, each in enumerate(spelt)), known
    ) as store:
        assert visitors(store) == {"person/رستم_احمد_عميروف"}
        (facts,) = store.select("SELECT (COUNT(*) AS ?n) { ?f <https://rawabit.example/ns#statement> ?s }").rows[0]
        assert facts == "3"
        labels = store.select("SELECT ?l { ?a <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }").rows
        assert ("رستم أحمد عميروف",) in labels


def test_namesakes_of_two_states_stay_two_and_wait_for_a_decision(tmp_path: Path, known: Known) -> None:
    people = [article(1, EntityKind.PERSON, "نادر حجازي", "Q79"), article(2, EntityKind.PERSON, "نادر حجازي", "Q822")]
    with read_into(tmp_path / "s", people, known) as store:
        two = visitors(store)
        assert two == {"person/نادر_حجازي~Q79", "person/نادر_حجازي~Q822"}
        (candidate,) = list_candidates(store, NAMES)
        assert candidate.reasons == ("name", "other-country")
        contexts = [find_context(store, iri) for iri in (candidate.one, candidate.other)]
        assert [each.text if each else None for each in contexts] == ["زار نادر حجازي قطر."] * 2
        decide(store, Decision(Verdict.SAME, now(), one=candidate.one, other=candidate.other), Settings())
        assert visitors(store) == {"person/نادر_حجازي"}
        assert list_candidates(store, NAMES) == []


def test_body_that_each_state_has_is_its_documents_own(tmp_path: Path, known: Known) -> None:
    bodies = [article(1, EntityKind.ORGANIZATION, "وزارة الدفاع"), article(2, EntityKind.ORGANIZATION, "وزارة الدفاع")]
    with read_into(tmp_path / "s", bodies, known) as store:
        assert len(visitors(store)) == 2
    named = [article(n, EntityKind.ORGANIZATION, "وزارة الدفاع", "Q159") for n in (1, 2)]
    with read_into(tmp_path / "t", named, known) as store:
        assert visitors(store) == {"organization/وزاره_دفاع"}


def test_what_seeds_know_is_found_in_another_spelling(tmp_path: Path, some: Known) -> None:
    store = EmbeddedStore.open(tmp_path / "s", create=True, base_iri=BASE)
    with store:
        store.replace_ontology(read_ontology())
        store.put_documents([article(1, EntityKind.PERSON, "فلادمير بوتن", "Q159")])
        resolve_identities(store, Acquaintance.make(some, store.namespaces))
        assert visitors(store) == {"Q7747"}
        decision = Decision(
            Verdict.DIFFERENT, now(), one=NAMES.actor("person/فلادمير_بوتن"), other=NAMES.actor("Q7747")
        )
        decide(store, decision, Settings())
        assert visitors(store) == {"person/فلادمير_بوتن"}


def test_document_that_comes_alone_stands_as_others_do(tmp_path: Path, known: Known) -> None:
    spelt = ["رستم عميروف", "رستم أحمد عميروف"]
    with read_into(
        tmp_path / "s", (article(n, EntityKind.PERSON, each) for n, each in enumerate(spelt)), known
    ) as store:
        store.put_documents([article(7, EntityKind.PERSON, "رستم عميروف")])
        assert len(visitors(store)) == 2
        carry_over(store, "d7", Settings())
        assert visitors(store) == {"person/رستم_احمد_عميروف"}
        before = sorted(map(str, store.iterate("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")))
        assert resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False)).documents == 0
        assert sorted(map(str, store.iterate("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"))) == before


def test_new_spelling_that_comes_alone_is_found_to_be_another_at_once(tmp_path: Path, known: Known) -> None:
    with read_into(tmp_path / "s", [article(1, EntityKind.PERSON, "رستم أحمد عميروف")], known) as store:
        store.checkpoint()
        store.put_documents([article(7, EntityKind.PERSON, "رستم عمييروف")])
        carry_over(store, "d7", Settings())
        assert visitors(store) == {"person/رستم_احمد_عميروف"}
        assert resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False)).documents == 0


def test_known_actor_is_found_for_a_document_that_comes_alone(tmp_path: Path, some: Known) -> None:
    with EmbeddedStore.open(tmp_path / "s", create=True, base_iri=BASE) as store:
        store.replace_ontology(read_ontology())
        store.replace_known(encode_known(some.entities, some.offices, namespaces=NAMES))
        store.checkpoint()
        store.put_documents([article(1, EntityKind.PERSON, "فلادمير بوتن", "Q159")])
        carry_over(store, "d1", Settings())
        assert visitors(store) == {"Q7747"}
        assert resolve_identities(store, Acquaintance.make(some, store.namespaces)).documents == 0


def test_doubt_about_a_document_that_comes_alone_waits_in_the_queue(tmp_path: Path, known: Known) -> None:
    with read_into(tmp_path / "s", [article(1, EntityKind.PERSON, "نادر حجازي", "Q79")], known) as store:
        store.checkpoint()
        store.put_documents([article(2, EntityKind.PERSON, "نادر حجازي", "Q822")])
        carry_over(store, "d2", Settings())
        assert visitors(store) == {"person/نادر_حجازي", "person/نادر_حجازي~Q822"}
        (candidate,) = list_candidates(store, NAMES)
        assert {NAMES.actor_id(candidate.one), NAMES.actor_id(candidate.other)} == visitors(store)


def test_outcome_depends_neither_on_order_nor_on_batches(tmp_path: Path, known: Known) -> None:
    names = ["سيرغي بويف", "سيرجي بويف", "سيرغي بوييف", "نادر حجازي", "نادر حجازى", "الشرطة", "سامي نصر", "سامر نصر"]
    states = ["Q212", None, "Q212", "Q79", "Q822", None, None, None]
    read = [article(n, EntityKind.PERSON, *each) for n, each in enumerate(zip(names, states, strict=True))]
    outcomes = set()
    for trial in range(3):
        dice = random.Random(trial)
        dice.shuffle(read)
        with EmbeddedStore.open(tmp_path / f"s{trial}", create=True, base_iri=BASE) as store:
            store.replace_ontology(read_ontology())
            for each in read:
                store.put_documents([each])
                if dice.random() < 0.4:
                    resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False))
            resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False))
            assert resolve_identities(store, Acquaintance.make(known, store.namespaces, seeded=False)).documents == 0
            rows = store.iterate("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
            outcomes.add(tuple(sorted(map(str, rows))))
    assert len(outcomes) == 1


def test_names_gathered_while_a_store_is_built_lead_to_what_it_says(tmp_path: Path, some: Known) -> None:
    names = ["سيرغي بويف", "سيرجي بويف", "نادر حجازي", "نادر حجازي", "نادر حجازى", "الشرطة", "الشرطة", "فلادمير بوتن"]
    states = ["Q212", None, "Q79", "Q822", None, None, None, "Q159"]
    people = [article(n, EntityKind.PERSON, *each) for n, each in enumerate(zip(names, states, strict=True))]
    bodies = [article(n, EntityKind.ORGANIZATION, "وزارة الدفاع") for n in (10, 11)]
    roster, outcomes = Roster(), []
    for each in (*people, *bodies):
        roster.add(each.iri, read_names(each.triples))
    for gathered in (None, roster):
        with EmbeddedStore.open(tmp_path / str(gathered is None), create=True, base_iri=BASE) as store:
            store.replace_ontology(read_ontology())
            store.put_documents([*people, *bodies])
            resolve_identities(store, Acquaintance.make(some, store.namespaces), roster=gathered)
            outcomes.append(set(store.iterate("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")))
    assert outcomes[0] == outcomes[1]
    assert roster.count_entities() == 7
