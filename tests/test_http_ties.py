"""Whom an actor is tied to, how two are connected and what happened when, over a real connection."""

from __future__ import annotations

from itertools import chain
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from pydantic import BaseModel
from pyoxigraph import RdfFormat, parse

from api import schemas, tie_schemas

MINISTER = "person/وزير_دفاع_اوكراني_100"
Server = Any  # conftest.RunningServer, which a test module cannot import


def read(server: Server, path: str, model: type[BaseModel], **parameters: object) -> Any:
    """GET a path, hold the answer to its schema, and return it as JSON."""
    answer = server.get(path, **parameters)
    assert answer.status_code == 200, answer.text
    model.model_validate_json(answer.text)
    return answer.json()


def refused(server: Server, path: str, **parameters: object) -> tuple[int, str]:
    answer = server.get(path, **parameters)
    return answer.status_code, answer.json()["type"].removeprefix("urn:rawabit:problem:")


def all_items(server: Server, path: str, model: type[BaseModel], **parameters: object) -> list[Any]:
    items: list[Any] = []
    cursor: dict[str, object] = {}
    while True:
        page = read(server, path, model, **parameters, **cursor)
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}


def test_relationships_are_grouped_by_counterpart_with_weights_and_dates(server: Server) -> None:
    found = read(server, "/actors/Q145/relationships", tie_schemas.CounterpartPage, group_by="counterpart")["items"]
    assert [(each["id"], each["weight"], each["facts"]) for each in found] == [("Q212", 26, 26), ("Q159", 1, 1)]
    assert (found[0]["first"], found[0]["last"]) == ("2023-03-01", "2024-01")
    (relation,) = found[0]["relations"]
    assert (relation["relation"]["name"], relation["direction"], relation["documents"]) == ("supplies", "out", 26)
    assert (found[1]["first"], found[1]["relations"][0]["status"]) == (None, "planned")


def test_relationships_are_counted_by_month_as_the_filters_have_it(server: Server) -> None:
    path, by_month = "/actors/Q145/relationships", {"group_by": "month"}
    found = read(server, path, tie_schemas.MonthPage, **by_month)["items"]
    # The planned visit has no date of its own: it falls into the month of its document.
    assert found == [
        {"month": "2023-03", "facts": 25, "statuses": {"actual": 25}},
        {"month": "2024-01", "facts": 2, "statuses": {"actual": 1, "planned": 1}},
    ]
    few = read(server, path, tie_schemas.MonthPage, since="2023-03-20", until="2023-12", **by_month)["items"]
    assert [(each["month"], each["facts"]) for each in few] == [("2023-03", 6)]
    planned = read(server, path, tie_schemas.MonthPage, status="planned", **by_month)["items"]
    assert [(each["month"], each["facts"]) for each in planned] == [("2024-01", 1)]
    assert read(server, path, tie_schemas.MonthPage, counterpart="Q99999999", **by_month)["items"] == []


@pytest.mark.parametrize("sort", ["weight", "-weight", "facts", "-facts", "first", "-first", "last", "-last"])
def test_counterparts_are_paged_in_every_order(server: Server, sort: str) -> None:
    path, asked = "/actors/Q212/relationships", {"group_by": "counterpart", "sort": sort}
    whole = read(server, path, tie_schemas.CounterpartPage, **asked)["items"]
    assert [each["id"] for each in all_items(server, path, tie_schemas.CounterpartPage, limit=1, **asked)] == [
        each["id"] for each in whole
    ]
    values = [each[sort.removeprefix("-")] or "" for each in whole]
    assert values == sorted(values, reverse=sort.startswith("-"))


def test_relationships_with_one_counterpart_or_one_kind_are_given(server: Server) -> None:
    def count(**parameters: object) -> int:
        page = read(server, "/actors/Q212/relationships", schemas.FactPage, limit=200, **parameters)
        return len(page["items"])

    assert count() == 27
    assert count(counterpart="Q3874799") == 1
    assert count(kind="Person") == 1
    assert count(kind=["Person", "Country"]) == 27
    assert count(relation=["holdsOffice", "met"]) == 1
    assert count(status=["actual", "planned"]) == 27
    assert count(counterpart="Q99999999") == 0


@pytest.mark.parametrize("sort", ["date", "-date", "published", "-published", "confidence", "-confidence"])
@pytest.mark.parametrize("path", ["/facts", "/actors/Q145/relationships"])
def test_facts_are_paged_in_every_order(server: Server, path: str, sort: str) -> None:
    whole = read(server, path, schemas.FactPage, sort=sort, limit=200)["items"]
    pages = all_items(server, path, schemas.FactPage, sort=sort, limit=4)
    assert [each["id"] for each in pages] == [each["id"] for each in whole]
    key = sort.removeprefix("-")
    values = [
        {"date": fact["date"] or fact["document"]["published"], "published": fact["document"]["published"]}.get(
            key, fact["confidence"]
        )
        for fact in whole
    ]
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize("sort", ["published", "-published", "title", "-title"])
def test_documents_are_paged_in_every_order(server: Server, sort: str) -> None:
    whole = read(server, "/documents", schemas.DocumentPage, sort=sort, limit=200)["items"]
    pages = all_items(server, "/documents", schemas.DocumentPage, sort=sort, limit=5)
    assert [each["id"] for each in pages] == [each["id"] for each in whole]
    values = [each[sort.removeprefix("-")] or "" for each in whole]
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize("sort", ["facts", "-facts", "ar", "-ar", "en", "-en"])
@pytest.mark.parametrize("text", [None, "ا"])
def test_actors_are_paged_in_every_order(server: Server, sort: str, text: str | None) -> None:
    asked = {"sort": sort} if text is None else {"sort": sort, "q": text}
    whole = read(server, "/actors", schemas.ActorPage, **asked)["items"]
    pages = all_items(server, "/actors", schemas.ActorPage, limit=2, **asked)
    assert [each["id"] for each in pages] == [each["id"] for each in whole]
    key = sort.removeprefix("-")
    values = [each["facts"] if key == "facts" else each["label"][key] for each in whole]
    named = [value for value in values if value is not None]
    assert named == sorted(named, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/facts", {"sort": "relation"}),
        ("/documents", {"sort": "date"}),
        ("/actors", {"sort": "score"}),
        ("/actors/Q145/relationships", {"sort": "weight"}),
        ("/actors/Q145/relationships", {"sort": "date", "group_by": "counterpart"}),
        ("/actors/Q145/relationships", {"group_by": "relation"}),
        ("/actors/Q145/relationships", {"group_by": "month", "sort": "date"}),
        ("/actors/Q145/relationships", {"group_by": "month", "sort": "weight"}),
        ("/timeline", {"sort": "confidence"}),
        ("/paths", {"from": "Q145"}),
        ("/paths", {"from": "Q145", "to": "Q212", "longest": 7}),
        ("/paths", {"from": "Q145", "to": "Q212", "relation": "loves"}),
        ("/actors/Q212/neighbourhood", {"format": "pdf"}),
        ("/actors/Q212/neighbourhood", {"kind": "Dragon"}),
    ],
)
def test_what_a_list_does_not_take_is_refused(server: Server, path: str, parameters: dict[str, object]) -> None:
    assert refused(server, path, **parameters) == (400, "bad-parameter")


def test_a_cursor_is_of_no_use_in_another_order(server: Server) -> None:
    cursor = read(server, "/facts", schemas.FactPage, limit=2)["next"]
    assert refused(server, "/facts", sort="date", cursor=cursor) == (400, "bad-cursor")
    number = read(server, "/facts", schemas.FactPage, limit=2, sort="date")["next"]
    assert refused(server, "/actors/Q145/relationships", group_by="counterpart", cursor=number) == (400, "bad-cursor")


def test_a_neighbourhood_is_narrowed_by_kind(server: Server) -> None:
    found = read(server, "/actors/Q212/neighbourhood", schemas.Neighbourhood, kind="Person")
    assert {node["id"] for node in found["nodes"]} == {"Q212", "Q3874799"}
    found = read(server, "/actors/Q212/neighbourhood", schemas.Neighbourhood, relation=["supplies", "met"])
    assert {node["id"] for node in found["nodes"]} == {"Q212", "Q145"}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("gexf", "application/gexf+xml"), ("graphml", "application/graphml+xml"), ("turtle", "text/turtle")],
)
def test_a_neighbourhood_is_a_file_by_name_or_accept(server: Server, name: str, media_type: str) -> None:
    path = f"{server.url}/actors/Q212/neighbourhood"
    by_name = httpx.get(path, params={"format": name, "depth": 2})
    by_accept = httpx.get(path, params={"depth": 2}, headers={"Accept": media_type})
    assert by_name.status_code == by_accept.status_code == 200, by_name.text
    assert by_name.headers["content-type"].startswith(media_type)
    assert by_name.content == by_accept.content
    assert "neighbourhood-" in by_name.headers["content-disposition"]


def test_a_neighbourhood_file_has_the_nodes_and_edges_that_the_budget_keeps(server: Server) -> None:
    def count(**parameters: object) -> tuple[int, int, str]:
        answer = server.get("/actors/Q212/neighbourhood", format="gexf", **parameters)
        root, space = ElementTree.fromstring(answer.content), "{http://gexf.net/1.3}"
        sizes = (len(list(root.iter(f"{space}{each}"))) for each in ("node", "edge"))
        return (*sizes, answer.headers["rawabit-cut"])

    assert count(depth=2) == (4, 3, "nodes=0, edges=0")
    assert count(depth=2, nodes=2) == (2, 1, "nodes=1, edges=0")
    assert count(depth=2, edges=1) == (4, 1, "nodes=0, edges=2")


def test_a_neighbourhood_in_turtle_has_the_facts_behind_its_edges(server: Server) -> None:
    answer = server.get("/actors/Q3874799/neighbourhood", format="turtle")
    triples = list(parse(answer.content, RdfFormat.TURTLE))
    predicates = {triple.object.value for triple in triples if triple.predicate.value.endswith("#predicate")}
    assert predicates == {"https://rawabit.example/ns#met", "https://rawabit.example/ns#holdsOffice"}


def test_paths_lead_from_one_actor_to_another_with_the_facts_of_each_step(server: Server) -> None:
    found = read(server, "/paths", tie_schemas.PathList, **{"from": MINISTER, "to": "Q145"})
    (path,) = found["items"]
    assert [actor["id"] for actor in path["actors"]] == [MINISTER, "Q3874799", "Q212", "Q145"]
    assert (path["length"], found["complete"]) == (3, True)
    steps = path["steps"]
    assert [(step["from"], step["to"]) for step in steps] == [
        (MINISTER, "Q3874799"),
        ("Q3874799", "Q212"),
        ("Q212", "Q145"),
    ]
    assert [step["facts"][0]["relation"]["name"] for step in steps] == ["met", "holdsOffice", "supplies"]
    assert (steps[2]["weight"], steps[2]["total"], len(steps[2]["facts"])) == (26, 26, 3)
    assert (steps[2]["first"], steps[2]["last"]) == ("2023-03-01", "2024-01")


def test_paths_keep_to_status_dates_relations_and_kinds(server: Server) -> None:
    def count(source: str = MINISTER, **parameters: object) -> int:
        return len(
            read(server, "/paths", tie_schemas.PathList, **{"from": source, "to": "Q145"}, **parameters)["items"]
        )

    assert count("Q159") == 0
    assert count("Q159", any_status=True) == 1
    assert count("Q159", status="planned") == 1
    assert count(since="2024") == 1
    assert count(until="2023") == 0
    assert count(relation=["met", "supplies"]) == 0
    assert count(longest=2) == 0
    assert count(kind="Person") == 0
    assert count(kind=["Person", "Country"]) == 1


def test_paths_from_and_to_nobody_are_not_found(server: Server) -> None:
    assert refused(server, "/paths", **{"from": "Q145", "to": "Q99999999"}) == (404, "not-found")
    same = read(server, "/paths", tie_schemas.PathList, **{"from": "Q145", "to": "Q145"})
    assert [(path["length"], path["steps"]) for path in same["items"]] == [(0, [])]


def test_a_timeline_has_what_is_dated_in_order(server: Server) -> None:
    moments = all_items(server, "/actors/Q212/timeline", tie_schemas.Timeline, limit=10)
    dates = [each["date"] for each in moments]
    assert (len(dates), dates[0], dates[-1]) == (26, "2023-03-01", "2024-01")
    assert dates == sorted(dates)
    latest = all_items(server, "/timeline", tie_schemas.Timeline, limit=10, sort="-date")
    assert [each["date"] for each in latest] == ["2024-01-29", *reversed(dates)]
    facts = {fact["id"] for fact in all_items(server, "/facts", schemas.FactPage, limit=200)}
    assert {each["fact"] for each in chain(moments, latest)} <= facts


def test_a_timeline_is_filtered(server: Server) -> None:
    def count(**parameters: object) -> int:
        return len(read(server, "/timeline", tie_schemas.Timeline, limit=200, **parameters)["items"])

    assert count() == 27
    assert count(actor="Q3874799") == 1
    assert count(actor="Q145", counterpart="Q212") == 26
    assert count(counterpart="Q3874799") == 1
    assert count(since="2024") == 2
    assert count(relation="met") == 1
    assert refused(server, "/timeline", actor="Q99999999") == (404, "not-found")


def test_an_actor_says_when_it_was_first_and_last_told_of(server: Server) -> None:
    found = read(server, "/actors/Q145", schemas.ActorDetail)
    assert (found["first_seen"], found["last_seen"], found["documents"]) == ("2023-03-01", "2024-01-30", 26)


def test_the_rows_of_a_named_query_are_sorted_and_paged(server: Server) -> None:
    def rows(answer: httpx.Response) -> list[str]:
        assert answer.status_code == 200, answer.text
        return answer.text.splitlines()[1:]

    path = "/queries/actor-timeline"
    whole = rows(server.get(path, actor="Q145", format="csv"))
    pages, answer = [], server.get(path, actor="Q145", format="csv", limit=10)
    while True:
        pages.append(rows(answer))
        if "link" not in answer.headers:
            break
        address, _, relation = answer.headers["link"].partition(">; ")
        assert relation == 'rel="next"'
        answer = httpx.get(server.url + address.removeprefix("<"))
    assert [len(page) for page in pages[:-1]] == [10] * (len(pages) - 1)
    assert [*chain.from_iterable(pages)] == whole
    column = server.get(path, actor="Q145").json()["head"]["vars"][0]
    up, down = (rows(server.get(path, actor="Q145", format="csv", sort=sign + column)) for sign in ("", "-"))
    assert sorted(up) == sorted(down) == sorted(whole)
    first = [row.partition(",")[0] for row in up]
    assert first == sorted(first)


def test_a_column_that_there_is_not_is_named(server: Server) -> None:
    assert refused(server, "/queries/actor-timeline", actor="Q145", sort="shoe") == (400, "bad-parameter")
    assert refused(server, "/queries/actor-timeline", actor="Q145", limit=0) == (400, "bad-parameter")
    assert refused(server, "/queries/actor-timeline", actor="Q145", limit=5, cursor="x") == (400, "bad-cursor")
