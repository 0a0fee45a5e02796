"""/network over a real connection: measures, communities, balance, changes and the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from pydantic import BaseModel

from api import network_schemas as schemas

Server = Any  # conftest.RunningServer, which a test module cannot import
Read = Callable[..., dict[str, Any]]


@pytest.fixture(name="read")
def give_reader(server: Server) -> Read:
    """The means to GET a path under /network and hold the answer to its schema."""

    def read(path: str, model: type[BaseModel], **parameters: object) -> dict[str, Any]:
        answer = server.get(f"/network/{path}", **parameters)
        assert answer.status_code == 200, answer.text
        model.model_validate_json(answer.text)
        found = answer.json()
        assert isinstance(found, dict)
        return found

    return read


def test_measures_are_paged_highest_first(read: Read) -> None:
    whole = read("measures", schemas.MeasurePage, by="weighted_degree")
    ranked = [item["id"] for item in whole["items"]]
    figures = [item["weighted_degree"] for item in whole["items"]]
    assert figures == sorted(figures, reverse=True)
    assert whole["method"]["engine"] == "rustworkx"
    assert sum(item["pagerank"] for item in whole["items"]) == pytest.approx(1, abs=1e-4)
    paged, cursor = [], None
    for _ in ranked:
        page = read(
            "measures", schemas.MeasurePage, by="weighted_degree", limit=1, **({"cursor": cursor} if cursor else {})
        )
        paged += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert paged == ranked
    assert cursor is None


def test_figures_are_those_of_the_exported_network(server: Server, read: Read) -> None:
    exported = nx.parse_graphml(server.get("/export/graphml").text, force_multigraph=True)
    for item in read("measures", schemas.MeasurePage)["items"]:
        assert item["degree"] == exported.degree(item["id"])
        assert item["pagerank"] == pytest.approx(float(exported.nodes[item["id"]]["pagerank"]), abs=1e-6)


def test_filters_are_those_of_exports(read: Read) -> None:
    around = read("measures", schemas.MeasurePage, relation="supplies")
    assert {item["id"] for item in around["items"]} == {"Q145", "Q212"}


def test_communities_have_members_and_a_method(read: Read) -> None:
    found = read("communities", schemas.Communities)
    assert found["items"][0]["size"] >= 2
    assert found["items"][0]["best_known"][0]["label"]["en"]
    assert found["method"]["communities"] == "Leiden"


def test_balance_counts_pairs_and_triads(read: Read) -> None:
    found = read("balance", schemas.Balance)
    assert found["positive_pairs"] == 1
    assert set(found["triads"]) == {"+++", "+--", "++-", "---"}


def test_changes_compare_two_periods(read: Read) -> None:
    found = read("changes", schemas.Changes, first="2023", second="2024-01:2024-02")
    assert found["counts"]["gained"] == len(found["gained"]) > 0
    assert all(not shift["before"] and shift["after"] for shift in found["gained"])


@pytest.mark.parametrize("period", ["yesterday", "2024-13", "2024:", "2024-01:2024-02:2024-03"])
def test_a_period_that_is_none_is_refused(server: Server, period: str) -> None:
    answer = server.get("/network/changes", first=period, second="2024")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:rawabit:problem:bad-parameter")


def test_the_picture_is_svg_with_names(server: Server) -> None:
    answer = server.get("/network/picture", language="en", colour_by="community", size_by="pagerank")
    assert answer.headers["content-type"] == "image/svg+xml"
    texts = " ".join("".join(each.itertext()) for each in ElementTree.fromstring(answer.text).iter())
    assert "Ukraine" in texts


def test_a_picture_of_too_many_is_refused(server: Server) -> None:
    assert server.get("/network/picture", top=100_000).status_code == 400


def test_exports_take_looks(server: Server) -> None:
    plain = server.get("/export/gexf", measures="false", layout="false").text
    assert "pagerank" not in plain
    assert "position" not in plain
    ready = server.get("/export/gexf", colour_by="community", language="en").text
    assert "position" in ready
    assert 'label="Ukraine"' in ready
