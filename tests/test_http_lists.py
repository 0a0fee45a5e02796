"""Lists that come whole unless a page is asked for: the named queries, and the relations of the vocabulary."""

from __future__ import annotations

from typing import Any

import pytest

Server = Any  # conftest.RunningServer, which a test module cannot import
LISTS = [("/queries", "items"), ("/vocabulary", "relations")]


def names(answer: Any, key: str) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()[key]]


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_a_list_comes_whole_or_by_pages_that_make_up_the_whole(server: Server, path: str, key: str) -> None:
    whole = server.get(path)
    assert whole.json()["next"] is None
    found, cursor = list[str](), ""
    while cursor is not None:
        page = server.get(path, limit=5, **({"cursor": cursor} if cursor else {}))
        assert len(names(page, key)) <= 5
        found, cursor = found + names(page, key), page.json()["next"]
    assert found == names(whole, key)


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_a_list_is_sorted_both_ways(server: Server, path: str, key: str) -> None:
    whole = sorted(names(server.get(path), key))
    assert names(server.get(path, sort="name"), key) == whole
    assert names(server.get(path, sort="-name", limit=2), key) == whole[:-3:-1]


def test_lists_are_filtered_by_what_they_say(server: Server) -> None:
    assert names(server.get("/queries", q="STRONGEST-p"), "items") == ["strongest-partners"]
    assert names(server.get("/vocabulary", q="supplies"), "relations") == ["supplies"]
    family = server.get("/vocabulary", q="supplies").json()["relations"][0]["family"]
    found = server.get("/vocabulary", family=family).json()
    assert {each["family"] for each in found["relations"]} == {family}
    assert len(found["families"]) > 1
    assert names(server.get("/queries", q="none of these"), "items") == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [("/queries", {"cursor": "x"}), ("/vocabulary", {"cursor": "WyJub25lIl0"}), ("/vocabulary", {"family": "none"})],
)
def test_what_leads_nowhere_is_refused(server: Server, path: str, asked: dict[str, str]) -> None:
    assert server.get(path, **asked).status_code == 400


def test_every_parameter_but_cursors_is_documented_with_an_example(server: Server) -> None:
    document = server.get("/openapi.json").json()
    bare = {
        (path, each["name"])
        for path, operations in document["paths"].items()
        for operation in operations.values()
        for each in operation.get("parameters", ())
        if "examples" not in each["schema"] and "example" not in each and "examples" not in each
    }
    assert {name for _, name in bare} == {"cursor"}
