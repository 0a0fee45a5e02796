"""Each named query answers its question on a small corpus, and takes every parameter it names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity, Status
from graph.rdf.encode import encode_extraction
from graph.rdf.known import encode_known
from graph.rdf.namespaces import RW, Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.resolve.known import KnownEntity, Office
from graph.store.catalogue import Catalogue
from graph.store.checkpoint import Checkpoint
from graph.store.embedded import EmbeddedStore

NAMES = Namespaces("https://graph.example/id/")
CATALOGUE = Catalogue.load()
C, P = EntityKind.COUNTRY, EntityKind.PERSON
ACTORS = (
    Entity("uk", C, "بريطانيا", "United Kingdom", "Q145"),
    Entity("ua", C, "أوكرانيا", "Ukraine", "Q212", known="country:ua"),
    Entity("ru", C, "روسيا", "Russia", "Q159"),
    Entity("us", C, "الولايات المتحدة", "United States", "Q30"),
    Entity("qa", C, "قطر", "Qatar", "Q846"),
    Entity("ze", P, "فولوديمير زيلينسكي", "Volodymyr Zelensky", "Q3874799", known="person:zelensky", country="Q212"),
    Entity("su", P, "ريشي سوناك", "Rishi Sunak", "Q1369346", country="Q145"),
    Entity("fr", C, "فرنسا", "France", "Q142"),
    Entity("de", C, "ألمانيا", "Germany", "Q183"),
)
IDS = {actor.id: actor.wikidata for actor in ACTORS}
KNOWN = (
    KnownEntity("country:ua", C, "أوكرانيا", "Ukraine", "Q212"),
    KnownEntity("person:zelensky", P, "فولوديمير زيلينسكي", "Volodymyr Zelensky", "Q3874799", country="country:ua"),
    KnownEntity("person:poroshenko", P, "بيترو بوروشينكو", "Petro Poroshenko", "Q58217"),
)
OFFICES = (
    Office("person:zelensky", "رئيس أوكرانيا", "President of Ukraine", "country:ua", "2019-05-20"),
    Office("person:poroshenko", "رئيس أوكرانيا", "President of Ukraine", "country:ua", "2014-06-07", "2019-05-20"),
)


def fact(subject: str, predicate: str, object_: str, sentence: str = "قيل", **more: object) -> Fact:
    return Fact(subject, predicate, object_, Evidence(sentence, 0, len(sentence)), **more)  # type: ignore[arg-type]


def corpus() -> Iterator[Extraction]:
    pounds = Quantity("2.5 مليار جنيه", 2.5e9, "جنيه")
    planned = Status.PLANNED
    yield extraction(
        "d1",
        "الأولى",
        "2024-01-10",
        fact("uk", "supplies", "ua", date="2024-01", item="دبابات", quantity=Quantity("14 دبابة", 14, "دبابة")),
        fact("ze", "met", "su", date="2024-01-09"),
        fact("uk", "signedAgreementWith", "ua", status=planned, item="اتفاق أمني"),
        fact("su", "holdsOffice", "uk", role="رئيس الوزراء"),
        fact("uk", "promised", "ua", item="مساعدات", quantity=pounds),
        fact("ru", "attacked", "ua", date="2024-01-08", sentence="قصفت روسيا", attributed_to="ua"),
    )
    yield extraction(
        "d2",
        "الثانية",
        "2024-02-20",
        fact("ua", "signedAgreementWith", "uk", date="2024-02-12", item="اتفاق أمني"),
        fact("us", "sanctioned", "ru", date="2024-02"),
        fact("us", "sanctioned", "ru", status=planned, item="بنوك"),
        fact("uk", "aids", "ua", quantity=pounds, date="2024-02-12"),
        fact("qa", "mediated", "ua"),
        fact("qa", "mediated", "ru"),
        fact("us", "spokeWith", "ze", date="2024-02-15"),
        fact("ze", "visited", "us", status=planned, date="2024-03"),
    )
    yield extraction(
        "d3",
        "الأولى",
        "2024-03-01",
        fact("uk", "aids", "ua", quantity=pounds),
        fact("ru", "attacked", "ua", status=Status.DENIED, sentence="نفت روسيا", attributed_to="ru"),
        fact("ru", "attacked", "ua", date="2024-02-28", sentence="هاجمت روسيا"),
        fact("ru", "supplies", "qa", item="قمح"),
        title="عنوان الثالثة",
    )
    # The same in three outlets, of which one copies another, and the amount otherwise in the last.
    for name, source, text, soldiers in (
        ("d4", "الرابعة", "كلام وكالة عن دعم جديد", 100),
        ("d5", "الخامسة", "كلام وكالة عن دعم جديد", 100),
        ("d6", "السادسة", "ما كتبته صحيفة أخرى بنفسها", 250),
    ):
        told = fact("fr", "supports", "de", date="2024-04-09", quantity=Quantity(f"{soldiers} جندي", soldiers, "جندي"))
        denial = fact("fr", "supports", "de", date="2024-04-09", status=Status.DENIED, sentence="نُفي ذلك")
        yield extraction(name, source, "2024-04-10", told, *([denial] if name == "d6" else []), text=text)


def extraction(
    name: str,
    source: str,
    published: str,
    *facts: Fact,
    title: str | None = None,
    text: str = "نص طويل بما يكفي لكل جملة",
) -> Extraction:
    document = Document(name, text, title, published, source)
    used = {name for each in facts for name in (each.subject, each.object, each.attributed_to)}
    mentions = tuple(Mention(n, n + 1, "x", C, 0, name) for n, name in enumerate(sorted(used - {None})))
    return Extraction(document, tuple(actor for actor in ACTORS if actor.id in used), facts, mentions)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkpoint]:
    path = tmp_path_factory.mktemp("store")
    vocabulary = Vocabulary.load()
    with EmbeddedStore.open(path, create=True, base_iri=NAMES.base) as store:
        store.replace_ontology(read_ontology())
        store.replace_known(encode_known(KNOWN, OFFICES, namespaces=NAMES))
        store.put_documents(encode_extraction(each, namespaces=NAMES, vocabulary=vocabulary) for each in corpus())
        store.checkpoint()
    with Checkpoint.open(path) as opened:
        yield opened


def ask(checkpoint: Checkpoint, name: str, columns: str, **values: str) -> list[tuple[str | None, ...]]:
    """Answer a query; actors are given and answered by their short ids, and IRIs of relations by their names."""
    asked = CATALOGUE.get(name)
    bound = {key: IDS.get(value) or value for key, value in values.items()}
    table = checkpoint.select(asked.text, asked.bind(bound, namespaces=NAMES))
    places = [table.columns.index(column) for column in columns.split()]
    short = {NAMES.actor(wikidata): name for name, wikidata in IDS.items() if wikidata}
    return [
        tuple(short.get(value or "", value and value.removeprefix(RW)) for value in (row[place] for place in places))
        for row in table.rows
    ]


@pytest.mark.parametrize("name", sorted(CATALOGUE.queries))
def test_query_takes_each_of_its_parameters(checkpoint: Checkpoint, name: str) -> None:
    asked = CATALOGUE.get(name)
    needed = {each.name: each.example for each in asked.parameters if each.required}
    assert None not in needed.values()
    plain = checkpoint.select(asked.text, asked.bind(needed, namespaces=NAMES))
    for parameter in asked.parameters:
        if parameter.example is not None:
            values = {**needed, parameter.name: parameter.example}
            table = checkpoint.select(asked.text, asked.bind(values, namespaces=NAMES))
            assert table.columns == plain.columns


@pytest.mark.parametrize("name", sorted(CATALOGUE.queries))
def test_query_with_its_examples_alone_finds_something(checkpoint: Checkpoint, name: str) -> None:
    asked = CATALOGUE.get(name)
    needed = {each.name: each.example or "" for each in asked.parameters if each.required}
    assert checkpoint.select(asked.text, asked.bind(needed, namespaces=NAMES)).rows


NAMING = [query.name for query in CATALOGUE.queries.values() if "language" in {each.name for each in query.parameters}]


@pytest.mark.parametrize("name", NAMING)
def test_query_names_people_in_the_language_asked_for(checkpoint: Checkpoint, name: str) -> None:
    asked = CATALOGUE.get(name)
    needed = {each.name: each.example or "" for each in asked.parameters if each.required}
    for language in ("ar", "en"):
        table = checkpoint.select(asked.text, asked.bind({**needed, "language": language}, namespaces=NAMES))
        column = next(place for place, title in enumerate(table.columns) if title.endswith("_name"))
        assert {(row[column] or "").isascii() for row in table.rows} == {language == "en"}


def test_deliveries_tell_item_and_amount(checkpoint: Checkpoint) -> None:
    columns = "giver receiver item amount value unit when"
    assert ask(checkpoint, "who-supplies-whom", columns, giver="uk") == [
        ("uk", "ua", "دبابات", "14 دبابة", "14", "دبابة", "2024-01")
    ]
    assert ask(checkpoint, "who-supplies-whom", "giver", receiver="qa") == [("ru",)]
    assert ask(checkpoint, "who-supplies-whom", "giver", status="denied") == []


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ({"since": "2024-02"}, [("ru", "qa")]),
        ({"until": "2024-01"}, [("uk", "ua")]),
        ({"since": "2024-01-31"}, [("ru", "qa"), ("uk", "ua")]),
        ({"since": "2024-02-01"}, [("ru", "qa")]),
        ({"until": "2024-01-15"}, [("uk", "ua")]),
        ({"until": "2023"}, []),
        ({"since": "2024", "until": "2024"}, [("ru", "qa"), ("uk", "ua")]),
    ],
)
def test_month_counts_from_its_first_day_to_its_last(
    checkpoint: Checkpoint, period: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert ask(checkpoint, "who-supplies-whom", "giver receiver", **period) == found


def test_meetings_are_found_from_either_side(checkpoint: Checkpoint) -> None:
    columns = "other relation reports first last"
    assert ask(checkpoint, "met-since", columns, actor="ze") == [
        ("us", "spokeWith", "1", "2024-02-15", "2024-02-15"),
        ("su", "met", "1", "2024-01-09", "2024-01-09"),
    ]
    assert ask(checkpoint, "met-since", "other", actor="ze", since="2024-02") == [("us",)]
    assert ask(checkpoint, "met-since", "other", actor="su") == [("ze",)]


def test_agreements_are_found_whichever_side_is_asked_first(checkpoint: Checkpoint) -> None:
    assert ask(checkpoint, "agreements-between", "party partner item when", one="uk", other="ua") == [
        ("uk", "ua", "اتفاق أمني", "2024-02-12")
    ]
    assert ask(checkpoint, "agreements-between", "party partner", one="ua", other="uk") == [("ua", "uk")]
    assert ask(checkpoint, "agreements-between", "when", one="ua", other="uk", status="planned") == [("2024-01-10",)]
    assert ask(checkpoint, "agreements-between", "party", one="ua", other="ru") == []


def test_partners_are_ranked_by_reports(checkpoint: Checkpoint) -> None:
    columns = "other reports facts friendly hostile aid first last"
    assert ask(checkpoint, "strongest-partners", columns, actor="ua") == [
        ("uk", "3", "5", "2", "0", "3", "2024-01", "2024-03-01"),
        ("ru", "2", "2", "0", "2", "0", "2024-01-08", "2024-02-28"),
        ("qa", "1", "1", "1", "0", "0", "2024-02-20", "2024-02-20"),
    ]


def test_plan_that_came_true_is_no_longer_open(checkpoint: Checkpoint) -> None:
    columns = "subject relation object when"
    assert ask(checkpoint, "planned-never-happened", columns) == [
        ("ze", "visited", "us", "2024-03"),
        ("us", "sanctioned", "ru", "2024-02-20"),
    ]
    assert ask(checkpoint, "planned-never-happened", "subject", actor="us", relation="visited") == [("ze",)]
    assert ask(checkpoint, "planned-never-happened", "subject", before="2024-03-01") == [("us",)]


def test_plan_that_came_true_is_told_with_both_days(checkpoint: Checkpoint) -> None:
    columns = "subject relation object announced happened"
    assert ask(checkpoint, "plans-come-true", columns) == [
        ("ua", "signedAgreementWith", "uk", "2024-01-10", "2024-02-12")
    ]


def test_what_two_publishers_tell_is_no_single_claim(checkpoint: Checkpoint) -> None:
    claims = ask(checkpoint, "single-source-claims", "claimant documents subject relation object")
    assert ("الأولى", "2", "ru", "attacked", "ua") in claims
    assert ("الثانية", "1", "us", "sanctioned", "ru") in claims
    assert all(relation not in ("aids", "holdsOffice") for *_, relation, _ in claims)
    assert {row[0] for row in ask(checkpoint, "single-source-claims", "claimant", source="الثانية")} == {"الثانية"}


@pytest.mark.parametrize(
    ("day", "holder", "role"),
    [
        ("2024-06-01", "فولوديمير زيلينسكي", "رئيس أوكرانيا"),
        ("2015", "بيترو بوروشينكو", "رئيس أوكرانيا"),
        ("2019-05-20", "بيترو بوروشينكو", "رئيس أوكرانيا"),
        ("2019-05", "فولوديمير زيلينسكي", "رئيس أوكرانيا"),
    ],
)
def test_office_is_held_from_its_first_day_to_its_last(
    checkpoint: Checkpoint, day: str, holder: str, role: str
) -> None:
    assert (holder, role, "known") in ask(checkpoint, "offices-held", "person_name role origin", date=day, body="ua")


def test_office_is_not_held_before_it_began(checkpoint: Checkpoint) -> None:
    assert ask(checkpoint, "offices-held", "person", date="2014-06-06") == []
    assert ask(checkpoint, "offices-held", "person", date="2019-05-19", person="ze") == []


def test_office_that_news_tell_of_is_dated_by_them(checkpoint: Checkpoint) -> None:
    columns = "person role since origin"
    assert ask(checkpoint, "offices-held", columns, date="2024-01-10", person="su") == [
        ("su", "رئيس الوزراء", "2024-01-10", "news")
    ]
    assert ask(checkpoint, "offices-held", columns, date="2024-01-09", person="su") == []


def test_timeline_runs_forward_through_both_directions(checkpoint: Checkpoint) -> None:
    found = ask(checkpoint, "actor-timeline", "when direction relation other status", actor="ru")
    assert [row[0] for row in found] == sorted(row[0] or "" for row in found)
    assert set(found) == {
        ("2024-01-08", "out", "attacked", "ua", "actual"),
        ("2024-02", "in", "sanctioned", "us", "actual"),
        ("2024-02-20", "in", "mediated", "qa", "actual"),
        ("2024-02-20", "in", "sanctioned", "us", "planned"),
        ("2024-02-28", "out", "attacked", "ua", "actual"),
        ("2024-03-01", "out", "attacked", "ua", "denied"),
        ("2024-03-01", "out", "supplies", "qa", "actual"),
    }
    denials = ask(checkpoint, "actor-timeline", "when", actor="ru", relation="attacked", status="denied")
    assert denials == [("2024-03-01",)]


def test_attacks_by_and_on_an_actor_are_told_apart(checkpoint: Checkpoint) -> None:
    assert ask(checkpoint, "attacks", "direction other sentence", actor="ru") == [
        ("by", "ua", "هاجمت روسيا"),
        ("by", "ua", "قصفت روسيا"),
    ]
    assert ask(checkpoint, "attacks", "direction other", actor="ua", until="2024-01") == [("on", "ru")]


def test_denial_stands_beside_the_claims(checkpoint: Checkpoint) -> None:
    ((subject, denied_by, denial, claims, claim),) = ask(
        checkpoint, "denied-claims", "subject denied_by denial claims claim", actor="ru"
    )
    assert (subject, denied_by, denial, claims) == ("ru", "ru", "نفت روسيا", "2")
    assert claim in ("قصفت روسيا", "هاجمت روسيا")


def test_amount_told_twice_counts_once(checkpoint: Checkpoint) -> None:
    assert set(ask(checkpoint, "aid-totals", "giver receiver unit total gifts")) == {
        ("uk", "ua", "جنيه", "2500000000", "1"),
        ("uk", "ua", "دبابة", "14", "1"),
    }


def test_documents_are_counted_by_mentions_and_facts(checkpoint: Checkpoint) -> None:
    columns = "title published publisher mentions facts"
    assert ask(checkpoint, "documents-mentioning", columns, actor="ru") == [
        ("عنوان الثالثة", "2024-03-01", "الأولى", "1", "3"),
        (None, "2024-02-20", "الثانية", "1", "3"),
        (None, "2024-01-10", "الأولى", "1", "1"),
    ]
    assert ask(checkpoint, "documents-mentioning", "published", actor="ru", until="2024-01") == [("2024-01-10",)]


def test_sanctions_tell_their_status(checkpoint: Checkpoint) -> None:
    assert set(ask(checkpoint, "sanctions", "by on when status", on="ru")) == {
        ("us", "ru", "2024-02", "actual"),
        ("us", "ru", "2024-02-20", "planned"),
    }
    assert ask(checkpoint, "sanctions", "by", by="uk") == []


def test_mediator_stands_between_each_pair_once(checkpoint: Checkpoint) -> None:
    columns = "mediator party opposite reports at_war negotiating"
    ((mediator, *parties, reports, at_war, negotiating),) = ask(checkpoint, "mediation-triangles", columns)
    assert (mediator, set(parties)) == ("qa", {"ua", "ru"})
    assert (reports, at_war, negotiating) == ("1", "true", "false")
    assert len(ask(checkpoint, "mediation-triangles", columns, **{"with": "ua"})) == 1
    assert ask(checkpoint, "mediation-triangles", columns, **{"with": "uk"}) == []


def test_activity_counts_deeds_and_what_was_suffered(checkpoint: Checkpoint) -> None:
    found = ask(checkpoint, "most-active-actors", "actor facts deeds targeted kind")
    assert found[0] == ("ua", "8", "1", "7", "Country")
    assert [int(row[1] or 0) for row in found] == sorted((int(row[1] or 0) for row in found), reverse=True)


def test_promise_is_followed_to_its_deeds(checkpoint: Checkpoint) -> None:
    assert ask(checkpoint, "promises-kept", "giver receiver item amount deeds") == [
        ("uk", "ua", "مساعدات", "2.5 مليار جنيه", "3")
    ]


def test_common_partner_is_tied_to_both(checkpoint: Checkpoint) -> None:
    found = dict(ask(checkpoint, "common-partners", "between with_other", one="ua", other="ru"))
    assert found == {"qa": found["qa"]}
    assert set((found["qa"] or "").split()) == {"mediated", "supplies"}


def test_claims_of_an_actor_are_those_attributed_to_it(checkpoint: Checkpoint) -> None:
    assert ask(checkpoint, "claims-by", "subject relation object status", actor="ua") == [
        ("ru", "attacked", "ua", "actual")
    ]
    assert ask(checkpoint, "claims-by", "status", actor="ru") == [("denied",)]


def test_event_is_agreed_on_by_outlets_that_do_not_copy(checkpoint: Checkpoint) -> None:
    columns = "subject relation object when reports outlets documents"
    assert ask(checkpoint, "events-agreed", columns) == [("fr", "supports", "de", "2024-04-09", "2", "2", "3")]
    assert ask(checkpoint, "events-agreed", columns, relation="met") == []
    assert ask(checkpoint, "events-agreed", columns, actor="de", since="2024-04-09", until="2024-04")
    assert ask(checkpoint, "events-agreed", columns, since="2024-04-10") == []


def test_amounts_that_cannot_both_be_true_stand_side_by_side(checkpoint: Checkpoint) -> None:
    columns = "subject object when unit amount source other_amount other_source"
    assert ask(checkpoint, "contradicted-amounts", columns) == [
        ("fr", "de", "2024-04-09", "جندي", "100 جندي", "الرابعة", "250 جندي", "السادسة")
    ]
    assert ask(checkpoint, "contradicted-amounts", columns, actor="uk") == []


def test_event_stands_beside_its_denial(checkpoint: Checkpoint) -> None:
    columns = "subject relation object when claims claimed_by denied_by published_by denial denied_on"
    told_by = {row[0] for row in ask(checkpoint, "denied-elsewhere", "claimed_by", actor="fr")}
    assert {frozenset((each or "").split(", ")) for each in told_by} == {frozenset(("الرابعة", "الخامسة", "السادسة"))}
    columns = columns.replace("claimed_by ", "")
    assert ask(checkpoint, "denied-elsewhere", columns) == [
        ("fr", "supports", "de", "2024-04-09", "2", None, "السادسة", "نُفي ذلك", "2024-04-10"),
        ("ru", "attacked", "ua", "2024-02-28", "1", "ru", "الأولى", "نفت روسيا", "2024-03-01"),
    ]
    assert ask(checkpoint, "denied-elsewhere", columns, until="2024-02-27") == []


def test_first_report_of_an_event_is_the_one_that_others_copy(checkpoint: Checkpoint) -> None:
    columns = "subject relation published publisher reports documents"
    found = ask(checkpoint, "first-reports", columns)
    assert found[0] == ("fr", "supports", "2024-04-10", "الرابعة", "2", "3")
    assert ("uk", "aids", "2024-02-20", "الثانية", "1", "1") in found
    assert ask(checkpoint, "first-reports", columns, source="الخامسة") == []
    assert all(relation != "holdsOffice" for _, relation, *_ in found)
