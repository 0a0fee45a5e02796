"""Events over a real connection: who agrees, who contradicts, who was first, and who only copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from api import event_schemas, schemas
from graph.config import Settings
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Quantity, Status

C = EntityKind.COUNTRY
ACTORS = tuple(Entity(key, C, f"دولة {key}", key.upper(), f"Q{number}") for number, key in enumerate("abc", 1))
SENTENCE = Evidence("قيل", 0, 3)
Server = Any  # conftest.RunningServer, which a test module cannot import


def tell(name: str, text: str, published: str, *facts: Fact) -> Extraction:
    return Extraction(Document(name, f"قيل {text}", None, published, f"صحيفة {name}"), ACTORS, facts)


def aid(tons: float, bound: str | None = None) -> Fact:
    return Fact("a", "aids", "b", SENTENCE, date="2024-05-02", quantity=Quantity(f"{tons} طن", tons, "طن", bound))


def attack(**more: Any) -> Fact:  # Any: the fields of a fact
    return Fact("a", "attacked", "c", SENTENCE, **more)


DENIAL = attack(status=Status.DENIED, attributed_to="a")
STANDING = tuple(Fact("b", name, "c", SENTENCE) for name in ("met", "leads"))
CORPUS = [
    tell("agency", "خبر وكالة عن مساعدات وصلت أمس", "2024-05-03", aid(100), attack(date="2024-05-02")),
    tell("copy", "خبر وكالة عن مساعدات وصلت أمس", "2024-05-03", aid(100), attack(date="2024-05-02")),
    tell("own", "ما رآه مراسل في الميناء بنفسه", "2024-05-03", aid(300), attack(date="2024-05-02")),
    tell(
        "late",
        "تعليق بعد حين على كل ذلك",
        "2024-05-06",
        aid(90, "at least"),
        attack(status=Status.DENIED, attributed_to="a"),
    ),
    tell(
        "else",
        "شيء مختلف جدا في مكان بعيد",
        "2023-01-01",
        Fact("b", "met", "c", SENTENCE),
        Fact("b", "leads", "c", SENTENCE),
    ),
]


@pytest.fixture(scope="module")
def events(
    tmp_path_factory: pytest.TempPathFactory,
    make_store: Callable[..., Path],
    start_server: Callable[..., AbstractContextManager[Server]],
) -> Iterator[Server]:
    store = make_store(tmp_path_factory.mktemp("events") / "store", CORPUS)
    with start_server(store, Settings(store=store, workers=1)) as running:
        yield running


def read(server: Server, path: str, model: type[BaseModel], **parameters: object) -> Any:
    """GET a path, hold the answer to its schema, and return it as JSON."""
    answer = server.get(path, **parameters)
    assert answer.status_code == 200, answer.text
    model.model_validate_json(answer.text)
    return answer.json()


def names(page: Any) -> list[str]:
    return [event["relation"]["name"] for event in page["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["aids", "attacked", "met"]),
        ({"sort": "date"}, ["met", "attacked", "aids"]),
        ({"sort": "-reports"}, ["aids", "attacked", "met"]),
        ({"actor": "Q2"}, ["aids", "met"]),
        ({"actor": "Q2", "counterpart": "Q3"}, ["met"]),
        ({"actor": "Q99"}, []),
        ({"relation": ["met", "aids"]}, ["aids", "met"]),
        ({"since": "2024-05-02", "until": "2024-05"}, ["aids", "attacked"]),
        ({"until": "2023"}, ["met"]),
        ({"min_reports": 2}, ["aids", "attacked"]),
        ({"disputed": "amount"}, ["aids"]),
        ({"disputed": "status"}, ["attacked"]),
        ({"disputed": ["status", "amount"]}, ["aids", "attacked"]),
    ],
)
def test_events_are_listed_by_what_is_asked(events: Server, asked: dict[str, object], found: list[str]) -> None:
    page = read(events, "/events", event_schemas.EventPage, **asked)
    assert (sorted(names(page)), page["next"]) == (sorted(found), None)
    if asked.get("sort") == "date":
        assert names(page)[0] == "met"


@pytest.mark.parametrize("sort", ["date", "-date", "reports", "-reports"])
def test_events_are_paged_in_every_order(events: Server, sort: str) -> None:
    whole = read(events, "/events", event_schemas.EventPage, sort=sort)["items"]
    items: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = read(events, "/events", event_schemas.EventPage, sort=sort, limit=1, **cursor)
        items += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert items == whole
    assert len(items) == 3


def test_event_tells_who_agrees_and_who_contradicts(events: Server) -> None:
    (listed,) = read(events, "/events", event_schemas.EventPage, relation="aids")["items"]
    assert (listed["facts"], listed["documents"], listed["reports"], listed["sources"]) == (4, 4, 3, 4)
    assert (listed["date"], listed["published"], listed["disputes"]) == ("2024-05-02", "2024-05-03", ["amount"])
    found = read(events, f"/events/{listed['id']}", event_schemas.EventDetail)
    assert {key: found[key] for key in listed} == listed
    assert found["first"]["document"]["id"] == "agency"
    assert [fact["document"]["id"] for fact in found["tellings"]] == ["agency", "own", "copy", "late"]
    assert [(each["name"], each["documents"], each["copies"]) for each in found["told_by"]] == [
        ("صحيفة agency", ["agency"], []),
        ("صحيفة own", ["own"], []),
        ("صحيفة copy", [], ["copy"]),
        ("صحيفة late", ["late"], []),
    ]
    assert [(each["value"], each["bound"], each["documents"]) for each in found["amounts"]] == [
        (100, None, ["agency", "copy"]),
        (90, "at least", ["late"]),
        (300, None, ["own"]),
    ]
    assert found["denials"] == []


def test_denial_names_who_denies(events: Server) -> None:
    (listed,) = read(events, "/events", event_schemas.EventPage, relation="attacked")["items"]
    assert listed["statuses"] == {"actual": 2, "denied": 1}
    (denial,) = read(events, f"/events/{listed['id']}", event_schemas.EventDetail)["denials"]
    assert (denial["by"]["id"], denial["document"]["id"]) == ("Q1", "late")


def test_event_without_a_told_date_has_that_of_its_document_alone(events: Server) -> None:
    (listed,) = read(events, "/events", event_schemas.EventPage, relation="met")["items"]
    assert (listed["date"], listed["published"]) == (None, "2023-01-01")


def test_fact_names_its_event_and_who_else_tells_of_it(events: Server) -> None:
    (fact,) = read(events, "/facts", schemas.FactPage, document="own", relation="aids")["items"]
    found = read(events, f"/facts/{fact['id']}", schemas.FactDetail)
    assert (
        found["event"]
        == fact["event"]
        == read(events, "/events", event_schemas.EventPage, relation="aids")["items"][0]["id"]
    )
    assert [(each["document"]["id"], each["copy_of"]) for each in found["told_by"]] == [
        ("agency", None),
        ("copy", "agency"),
        ("late", None),
    ]
    (standing,) = read(events, "/facts", schemas.FactPage, relation="leads")["items"]
    assert read(events, f"/facts/{standing['id']}", schemas.FactDetail)["told_by"] == []
    assert standing["event"] is None


def test_iri_of_an_event_leads_to_its_facts(events: Server) -> None:
    (listed,) = read(events, "/events", event_schemas.EventPage, relation="met")["items"]
    path = "/id/" + listed["iri"].partition("/id/")[2]
    answer = events.get(path)
    assert answer.status_code == 200, answer.text
    assert "occurrence" in answer.text


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/events/nothing", {}, 404),
        ("/events/..%2F..", {}, 404),
        ("/events", {"relation": "nonsense"}, 400),
        ("/events", {"min_reports": 0}, 400),
        ("/events", {"disputed": "colour"}, 400),
        ("/events", {"cursor": "x"}, 400),
    ],
)
def test_what_is_no_event_is_refused(events: Server, path: str, asked: dict[str, object], status: int) -> None:
    answer = events.get(path, **asked)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
