"""The REST routes over a real connection: what they answer, in the shape that the schemas promise."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
from pydantic import BaseModel

from api import query_schemas, schemas
from graph.config import Settings
from graph.network.export.registry import FORMATS

MINISTER = "person/وزير_دفاع_اوكراني_100"
FIRST = "d/1 أول"
Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]


def read(server: Server, path: str, model: type[BaseModel], **parameters: object) -> Any:
    """GET a path, hold the answer to its schema, and return it as JSON."""
    answer = server.get(path, **parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    model.model_validate_json(answer.text)
    return answer.json()


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    return answer.status_code, document["type"].removeprefix("urn:rawabit:problem:")


def ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["items"]]


def all_pages(server: Server, path: str, model: type[BaseModel], **parameters: object) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        page = read(server, path, model, **parameters, **more)
        pages.append(ids(page))
        cursor = page["next"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("name", ["أوكرانيا", "اوكرانيا", "Ukraine", "ukrain", "كييف"])
def test_actors_are_found_by_what_they_are_called(server: Server, name: str) -> None:
    page = read(server, "/actors", schemas.ActorPage, q=name)
    assert ids(page)[0] == "Q212"
    assert page["items"][0]["label"] == {"ar": "أوكرانيا", "en": "Ukraine"}


def test_actors_can_be_narrowed_to_a_kind(server: Server) -> None:
    assert ids(read(server, "/actors", schemas.ActorPage, q="زيلينسكي", kind="Person")) == ["Q3874799"]
    assert read(server, "/actors", schemas.ActorPage, q="زيلينسكي", kind="Country")["items"] == []
    kinds = {item["kind"] for item in read(server, "/actors", schemas.ActorPage, kind="Person")["items"]}
    assert kinds == {"Person"}


def test_actors_without_a_name_are_those_named_most_and_can_be_paged(server: Server) -> None:
    pages = all_pages(server, "/actors", schemas.ActorPage, limit=2)
    assert [len(page) for page in pages] == [2, 2, 2]
    assert set(pages[0]) == {"Q145", "Q212"}
    assert len(set(chain.from_iterable(pages))) == 6


def test_nobody_is_an_empty_page(server: Server) -> None:
    assert read(server, "/actors", schemas.ActorPage, q="xyzzyxyzzy") == {"items": [], "next": None}


def test_an_actor_is_described(server: Server) -> None:
    found = read(server, "/actors/Q212", schemas.ActorDetail)
    assert found["same_as"] == ["http://www.wikidata.org/entity/Q212"]
    assert {"text": "كييف", "language": "ar"} in found["aliases"]
    assert (found["kind"], found["facts"], found["first"], found["last"]) == ("Country", 27, "2023-03-01", "2024-01")
    supplied = next(row for row in found["relations"] if row["relation"]["name"] == "supplies")
    assert (supplied["direction"], supplied["facts"], supplied["documents"]) == ("in", 26, 26)


@pytest.mark.parametrize("actor", [MINISTER, quote(MINISTER), quote(MINISTER, safe="")])
def test_an_actor_without_wikidata_is_found_however_its_id_is_escaped(server: Server, actor: str) -> None:
    found = read(server, f"/actors/{actor}", schemas.ActorDetail)
    assert found["id"] == MINISTER
    assert found["label"]["ar"] == "وزير الدفاع / الأوكراني 100%"
    assert len(read(server, f"/actors/{actor}/relationships", schemas.FactPage)["items"]) == 1
    assert read(server, f"/actors/{actor}/neighbourhood", schemas.Neighbourhood)["centre"] == MINISTER


def test_relationships_are_filtered(server: Server) -> None:
    def count(actor: str = "Q145", **parameters: object) -> int:
        page = read(server, f"/actors/{actor}/relationships", schemas.FactPage, limit=200, **parameters)
        return len(page["items"])

    assert count() == 27
    assert count(direction="out") == 26
    assert count(direction="in") == 1
    assert count(status="planned") == 1
    assert count(status="denied") == 0
    assert count(relation="visited") == 1
    assert count(relation="visited", direction="out") == 0
    assert count(since="2023-03-24", until="2023-03") == 2
    assert count(since="2023-03-24") == 4
    assert count(since="2024-01-20", relation="supplies") == 1
    assert count(until="2024-01-20", since="2024", relation="supplies") == 1
    assert count(until="2022") == 0
    assert count(min_confidence=0.61) == 1
    assert count(min_confidence=0.6) == 26


def test_relationships_are_paged_newest_first_without_gap_or_double(server: Server) -> None:
    pages = all_pages(server, "/actors/Q145/relationships", schemas.FactPage, limit=10)
    assert [len(page) for page in pages] == [10, 10, 7]
    assert len(set(chain.from_iterable(pages))) == 27
    first = read(server, "/actors/Q145/relationships", schemas.FactPage, limit=3)
    assert [item["date"] for item in first["items"]] == [None, "2024-01", "2023-03-25"]


def test_a_neighbourhood_grows_with_its_depth(server: Server) -> None:
    near = read(server, "/actors/Q159/neighbourhood", schemas.Neighbourhood, any_status=True)
    far = read(server, "/actors/Q159/neighbourhood", schemas.Neighbourhood, any_status=True, depth=3)
    assert {node["id"]: node["steps"] for node in near["nodes"]} == {"Q159": 0, "Q145": 1}
    assert {node["id"]: node["steps"] for node in far["nodes"]} == {"Q159": 0, "Q145": 1, "Q212": 2, "Q3874799": 3}
    heaviest = far["edges"][0]
    assert (heaviest["source"], heaviest["target"], heaviest["weight"]) == ("Q145", "Q212", 26)
    assert (heaviest["first"], heaviest["last"]) == ("2023-03-01", "2024-01")


def test_a_neighbourhood_has_what_happened_unless_told_else(server: Server) -> None:
    alone = read(server, "/actors/Q159/neighbourhood", schemas.Neighbourhood)
    assert (len(alone["nodes"]), alone["edges"]) == (1, [])
    planned = read(server, "/actors/Q159/neighbourhood", schemas.Neighbourhood, status="planned")
    assert [edge["status"] for edge in planned["edges"]] == ["planned"]


def test_a_neighbourhood_keeps_to_its_budget_and_says_what_was_cut(server: Server) -> None:
    found = read(server, "/actors/Q212/neighbourhood", schemas.Neighbourhood, nodes=2)
    assert [node["id"] for node in found["nodes"]] == ["Q212", "Q145"]
    assert found["cut"] == {"nodes": 1, "edges": 0}
    found = read(server, "/actors/Q212/neighbourhood", schemas.Neighbourhood, depth=2, edges=1)
    assert len(found["edges"]) == 1
    assert found["cut"]["edges"] == 2


def test_the_ties_among_neighbours_are_there_too(
    tmp_path: Path, make_store: Callable[..., Path], start_server: Start, sample_extractions: list[Any]
) -> None:
    store = make_store(tmp_path / "store", sample_extractions[:1])
    with start_server(store, Settings(store=store, workers=1)) as running:
        found = read(running, "/actors/Q3874799/neighbourhood", schemas.Neighbourhood, depth=1, any_status=True)
    assert {(edge["source"], edge["relation"]["name"], edge["target"]) for edge in found["edges"]} == {
        ("Q3874799", "holdsOffice", "Q212"),
        ("Q3874799", "met", MINISTER),
    }


def test_a_fact_has_its_sentence_its_place_and_its_surroundings(server: Server) -> None:
    (fact,) = read(server, "/facts", schemas.FactPage, relation="met")["items"]
    found = read(server, f"/facts/{quote(fact['id'])}", schemas.FactDetail)
    document = read(server, f"/documents/{quote(FIRST, safe='')}", schemas.DocumentDetail)
    evidence = found["evidence"]
    assert document["text"][evidence["start"] : evidence["end"]] == evidence["text"]
    assert evidence["before"] + evidence["text"] + evidence["after"] == document["text"]
    assert "🙂" in evidence["text"]
    assert found["attributed_to"]["id"] == "Q212"
    assert (found["object"]["id"], found["date"], found["confidence"]) == (MINISTER, "2024-01-29", 0.8)
    assert found["document"]["id"] == FIRST
    assert read(server, f"/facts/{quote(fact['id'], safe='')}", schemas.FactDetail) == found


def test_a_fact_has_its_circumstances(server: Server) -> None:
    page = read(server, "/facts", schemas.FactPage, document=FIRST, relation="supplies")
    (fact,) = page["items"]
    assert fact["quantity"] == {"text": "14 دبابة", "value": 14.0, "unit": "دبابة", "bound": None}
    assert (fact["item"], fact["date"], fact["status"]) == ("دبابات", "2024-01", "actual")
    assert fact["readers"] == ["grammar", "llm"]
    (office,) = read(server, "/facts", schemas.FactPage, relation="holdsOffice")["items"]
    assert office["role"] == "الرئيس"


def test_facts_are_filtered(server: Server) -> None:
    def count(**parameters: object) -> int:
        return len(read(server, "/facts", schemas.FactPage, limit=200, **parameters)["items"])

    assert count() == 29
    assert count(subject="Q145") == 26
    assert count(object="Q145") == 1
    assert count(subject="Q145", object="Q212") == 26
    assert count(subject="Q145", object="Q159") == 0
    assert count(subject="Q145", document="daily-07") == 1
    assert count(document=FIRST) == 4
    assert count(document="none") == 0
    assert count(relation="supplies") == 26
    assert count(relation="supplies", subject=MINISTER) == 0
    assert count(status="planned") == 1
    assert count(since="2024") == 4
    assert count(since="2023-03-10", until="2023-03-12") == 3
    assert count(min_confidence=0.85) == 1


@pytest.mark.parametrize("filters", [{}, {"relation": "supplies"}, {"subject": "Q145"}, {"since": "2023"}])
def test_facts_are_paged_newest_report_first_without_gap_or_double(server: Server, filters: dict[str, str]) -> None:
    whole = read(server, "/facts", schemas.FactPage, limit=200, **filters)
    pages = all_pages(server, "/facts", schemas.FactPage, limit=7, **filters)
    assert [*chain.from_iterable(pages)] == ids(whole)
    published = [item["document"]["published"] for item in whole["items"]]
    assert published == sorted(published, reverse=True)


def test_a_document_has_its_text_and_the_places_of_what_was_read(server: Server) -> None:
    found = read(server, f"/documents/{quote(FIRST)}", schemas.DocumentDetail)
    assert (found["title"], found["published"], found["source"]) == ("دبابات لأوكرانيا", "2024-01-30", "صحيفة")
    assert found["url"] == "https://news.example/1?a=b"
    named = {found["text"][each["start"] : each["end"]] for each in found["mentions"] if not each["in_title"]}
    assert named == {"أوكرانيا", "زيلينسكي"}
    assert [found["title"][each["start"] : each["end"]] for each in found["mentions"] if each["in_title"]] == ["دبابات"]
    assert len(found["facts"]) == 4
    starts = [fact["evidence"]["start"] for fact in found["facts"]]
    assert starts == sorted(starts)


def test_documents_are_listed_newest_first(server: Server) -> None:
    pages = all_pages(server, "/documents", schemas.DocumentPage, limit=10)
    assert [len(page) for page in pages] == [10, 10, 6]
    assert pages[0][:2] == [FIRST, "daily-25"]
    assert ids(read(server, "/documents", schemas.DocumentPage, source="صحيفة")) == [FIRST]
    assert len(ids(read(server, "/documents", schemas.DocumentPage, since="2023-03-24", until="2023"))) == 2


def test_named_queries_are_listed_with_their_parameters(server: Server) -> None:
    found = read(server, "/queries", query_schemas.QueryList)["items"]
    assert len(found) >= 12
    assert all(query["title"]["ar"] and query["title"]["en"] and query["sparql"] for query in found)


def test_every_named_query_answers_with_its_examples(server: Server) -> None:
    for query in server.get("/queries").json()["items"]:
        values = {
            each["name"]: each["example"] or each["default"]
            for each in query["parameters"]
            if each["required"] or each["example"]
        }
        answer = server.get(f"/queries/{query['name']}", **values)
        assert answer.status_code == 200, (query["name"], answer.text)
        assert answer.json()["head"]["vars"]


def test_a_named_query_is_answered_in_the_format_asked_for(server: Server) -> None:
    url = f"{server.url}/queries/strongest-partners"
    by_header = httpx.get(url, params={"actor": "Q212"}, headers={"Accept": "text/csv"})
    by_name = httpx.get(url, params={"actor": "Q212", "format": "csv"})
    assert by_header.text == by_name.text
    rows = list(csv.DictReader(io.StringIO(by_name.text)))
    assert "https://rawabit.example/id/entity/Q145" in rows[0].values()
    assert problem(httpx.get(url, params={"actor": "Q212", "format": "pdf"})) == (400, "bad-parameter")
    assert problem(httpx.get(url, params={"actor": "Q212"}, headers={"Accept": "text/html"})) == (406, "not-acceptable")


@pytest.mark.parametrize("value", ["Q212", "https://rawabit.example/id/entity/Q212", "أوكرانيا"])
def test_an_actor_is_given_to_a_query_by_id_iri_or_name(server: Server, value: str) -> None:
    rows = server.get("/queries/strongest-partners", actor=value).json()["results"]["bindings"]
    assert any("Q145" in term["value"] for row in rows for term in row.values())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/queries/nothing", (404, "unknown-query")),
        ("/queries/strongest-partners", (400, "bad-parameter")),
        ("/queries/strongest-partners?actor=Q212&colour=red", (400, "bad-parameter")),
        ("/queries/strongest-partners?actor=Q212&actor=Q145", (400, "bad-parameter")),
        ("/queries/strongest-partners?actor=Q212&since=yesterday", (400, "bad-parameter")),
        ("/queries/strongest-partners?actor=Q212%3E%20%7D%20DROP", (400, "bad-parameter")),
        ("/actors/Q99999999", (404, "not-found")),
        ("/actors/Q99999999/relationships", (404, "not-found")),
        ("/actors/Q99999999/neighbourhood", (404, "not-found")),
        ("/actors?kind=Dragon", (400, "bad-parameter")),
        ("/actors?limit=0", (400, "bad-parameter")),
        ("/actors?limit=201", (400, "bad-parameter")),
        ("/actors?limit=many", (400, "bad-parameter")),
        ("/actors?cursor=x", (400, "bad-cursor")),
        ("/actors/Q212/neighbourhood?depth=4", (400, "bad-parameter")),
        ("/actors/Q212/relationships?direction=up", (400, "bad-parameter")),
        ("/actors/Q212/relationships?relation=loves", (400, "bad-parameter")),
        ("/actors/Q212/relationships?since=2024-13", (400, "bad-parameter")),
        ("/actors/Q212/relationships?status=maybe", (400, "bad-parameter")),
        ("/actors/Q212/relationships?min_confidence=nan", (400, "bad-parameter")),
        ("/actors/Q212/relationships?cursor=WzNd", (400, "bad-cursor")),
        ("/facts/none/fact/none", (404, "not-found")),
        ("/facts/none", (404, "not-found")),
        ("/documents/none", (404, "not-found")),
        ("/export/pdf", (404, "unknown-format")),
        ("/export/gexf?actor=Q99999999", (404, "not-found")),
        ("/export/gexf?relation=loves", (400, "bad-parameter")),
        ("/export/gexf?depth=9", (400, "bad-parameter")),
        ("/nothing", (404, "no-such-route")),
        ("/web/../main.py", (404, "no-such-route")),
        ("/web/none.js", (404, "no-such-route")),
    ],
)
def test_what_cannot_be_answered_is_a_problem(server: Server, path: str, expected: tuple[int, str]) -> None:
    assert problem(httpx.get(server.url + path)) == expected


def test_a_bad_parameter_is_named_with_its_limit(server: Server) -> None:
    document = server.get("/actors", limit=1000, kind="Dragon").json()
    assert {fault["parameter"] for fault in document["errors"]} == {"limit", "kind"}
    assert "200" in document["detail"]


def test_posting_where_nothing_is_taken_names_what_is_allowed(server: Server) -> None:
    answer = httpx.post(f"{server.url}/actors", json={})
    assert problem(answer) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_export_format_is_served_as_a_file(server: Server, name: str) -> None:
    answer = server.get(f"/export/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FORMATS[name].media_type
    assert answer.headers["content-disposition"].endswith(f'{FORMATS[name].suffix}"')
    assert len(answer.content) > 200


def test_an_exported_network_has_the_nodes_and_edges_that_were_asked_for(server: Server) -> None:
    def count(**parameters: object) -> tuple[int, int]:
        root = ElementTree.fromstring(server.get("/export/gexf", **parameters).content)
        space = "{http://gexf.net/1.3}"
        return len(list(root.iter(f"{space}node"))), len(list(root.iter(f"{space}edge")))

    assert count() == (4, 3)
    assert count(status=["actual", "planned"]) == (5, 4)
    assert count(actor="Q145") == (2, 1)
    assert count(relation=["met", "supplies"]) == (4, 2)
    assert count(since="2025") == (0, 0)


def test_a_zipped_export_opens(server: Server) -> None:
    with zipfile.ZipFile(io.BytesIO(server.get("/export/csv").content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2


def test_stats_count_what_is_there(server: Server) -> None:
    found = read(server, "/stats", schemas.Stats)
    assert (found["documents"]["number"], found["documents"]["sources"], found["facts"]) == (26, 2, 29)
    assert found["statuses"] == {"actual": 28, "planned": 1}
    assert found["kinds"] == {"Country": 3, "Person": 2, "Weapon": 1}
    assert found["months"] == {"2023-03": 25, "2024-01": 2}
    assert found["relations"][0]["name"] == "supplies"
    assert {actor["id"] for actor in found["top_actors"][:2]} == {"Q145", "Q212"}
    assert read(server, "/stats", schemas.Stats) == found


def test_what_has_no_date_is_listed_last_and_counted(
    tmp_path: Path, make_store: Callable[..., Path], start_server: Start, sample_extractions: list[Any]
) -> None:
    undated = replace(sample_extractions[1], document=replace(sample_extractions[1].document, id="u", published=None))
    undated = replace(undated, facts=tuple(replace(fact, date=None) for fact in undated.facts))
    store = make_store(tmp_path / "store", [undated, sample_extractions[2]])
    with start_server(store, Settings(store=store, workers=1)) as running:
        stats = read(running, "/stats", schemas.Stats)
        assert stats["documents"] == {
            "number": 2,
            "reports": 2,
            "sources": 1,
            "first": "2023-03-02",
            "last": "2023-03-02",
        }
        assert ids(read(running, "/documents", schemas.DocumentPage)) == ["daily-02", "u"]
        assert [page[0] for page in all_pages(running, "/facts", schemas.FactPage, limit=1)][1].startswith("u/")
        pages = all_pages(running, "/actors/Q145/relationships", schemas.FactPage, limit=1)
        assert [page[0][0] for page in pages] == ["d", "u"]
        assert len(read(running, "/facts", schemas.FactPage, since="1900", until="2100")["items"]) == 1
        assert ids(read(running, "/documents", schemas.DocumentPage, since="1900")) == ["daily-02"]


def test_the_vocabulary_is_served_in_both_languages(server: Server) -> None:
    found = read(server, "/vocabulary", schemas.Vocabulary)
    assert len(found["relations"]) >= 30
    assert all(each["label"]["ar"] and each["label"]["en"] for each in found["relations"])
    assert found["classes"]["Person"]["en"]
