"""Articles are read, stored and withdrawn over HTTP, by whoever has the token."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api import schemas
from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings
from graph.store.embedded import EmbeddedStore

Server = Any  # conftest.RunningServer, which a test module cannot import
Start = Callable[..., AbstractContextManager[Server]]
TOKEN = "a-token-of-tests"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
TEXT = "التقى الرئيس الأوكراني فولوديمير زيلينسكي رئيس الوزراء البريطاني كير ستارمر في كييف يوم الاثنين."
ARTICLE = {"id": "wire/1 خبر", "text": TEXT, "title": "لقاء في كييف", "published": "2025-01-16", "source": "وكالة"}
LIMITS = ServiceLimits(worker_memory=512 * 1024 * 1024)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, make_store: Callable[..., Path], start_server: Start
) -> Iterator[Server]:
    store = make_store(tmp_path_factory.mktemp("documents") / "store")
    with start_server(store, Settings(store=store, workers=2), LIMITS, Access(TOKEN)) as running:
        yield running


def post(server: Server, article: object = ARTICLE, **parameters: object) -> httpx.Response:
    return httpx.post(f"{server.url}/documents", json=article, params=parameters, headers=AUTHORIZED, timeout=90)  # type: ignore[arg-type]


def delete(server: Server, identifier: str) -> httpx.Response:
    return httpx.delete(f"{server.url}/documents/{quote(identifier, safe='')}", headers=AUTHORIZED, timeout=90)


def refused(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].removeprefix("urn:rawabit:problem:")


def told(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(fact["subject"]["id"], fact["relation"]["name"], fact["object"]["id"]) for fact in document["facts"]}


def test_a_dry_run_reads_and_stores_nothing(server: Server) -> None:
    before = server.get("/stats").json()
    answer = post(server, dry_run=True)
    assert answer.status_code == 200, answer.text
    schemas.ReadDocument.model_validate_json(answer.text)
    found = answer.json()
    assert (found["id"], found["outcome"], found["text"]) == (ARTICLE["id"], "read", TEXT)
    assert any(subject == "Q3874799" and relation == "met" for subject, relation, _ in told(found))
    names = {fact["subject"]["label"]["ar"] for fact in found["facts"]}
    assert "فولوديمير زيلينسكي" in names
    assert server.get(f"/documents/{quote(str(ARTICLE['id']), safe='')}").status_code == 404
    assert server.get("/stats").json() == before


def test_an_article_is_stored_replaced_and_withdrawn(server: Server) -> None:
    before = server.get("/stats").json()["facts"]
    dry = post(server, dry_run=True).json()
    answer = post(server)
    assert answer.status_code == 201, answer.text
    schemas.ReadDocument.model_validate_json(answer.text)
    stored = answer.json()
    assert {**stored, "outcome": "read"}.items() >= {
        **dry,
        "facts": stored["facts"],
        "mentions": stored["mentions"],
    }.items()
    assert told(stored) == told(dry)
    address = answer.headers["location"]
    # Every following request sees it.
    assert server.get(address).json()["facts"] == stored["facts"]
    assert server.get("/facts", document=ARTICLE["id"]).json()["items"]
    assert server.get("/stats").json()["facts"] == before + len(stored["facts"])

    again = post(server)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    longer = post(server, {**ARTICLE, "text": f"{TEXT} وزار زيلينسكي لندن."})
    assert (longer.status_code, longer.json()["outcome"]) == (200, "replaced")
    assert server.get(address).json()["text"].endswith("لندن.")

    assert delete(server, str(ARTICLE["id"])).status_code == 204
    assert server.get(address).status_code == 404
    assert server.get("/stats").json()["facts"] == before
    assert refused(delete(server, str(ARTICLE["id"]))) == (404, "not-found")


def test_plain_text_is_read_and_named_by_what_it_says(server: Server) -> None:
    def send(text: str, **address: str) -> httpx.Response:
        headers = {**AUTHORIZED, "Content-Type": "text/plain; charset=utf-8"}
        parameters = {"dry_run": "true", **address}
        return httpx.post(
            f"{server.url}/documents", content=text.encode(), params=parameters, headers=headers, timeout=90
        )

    one, same, other = send(TEXT), send(TEXT), send(f"{TEXT} ثم غادر.")
    assert one.json()["id"] == same.json()["id"] != other.json()["id"]
    named = send(TEXT, id="wire-2", published="2025-01-16", title="لقاء").json()
    assert (named["id"], named["published"], named["title"]) == ("wire-2", "2025-01-16", "لقاء")
    assert told(one.json())
    assert refused(send(" ")) == (400, "bad-parameter")


@pytest.mark.parametrize(
    ("article", "field"),
    [
        ([], "body"),
        ({}, "text"),
        ({"text": "  "}, "text"),
        ({"text": 7}, "text"),
        ({"text": TEXT, "published": "yesterday"}, "published"),
        ({"text": TEXT, "id": "a\nb"}, "id"),
        ({"text": TEXT, "id": "x" * 501}, "id"),
        ({"text": TEXT, "author": "x"}, "author"),
    ],
)
def test_what_is_no_article_is_refused_by_its_fields(server: Server, article: object, field: str) -> None:
    answer = post(server, article)
    assert refused(answer) == (400, "bad-parameter")
    assert field in {fault["parameter"] for fault in answer.json()["errors"]}


def test_only_json_and_plain_text_in_utf8_are_read(server: Server) -> None:
    def send(content: bytes, media_type: str) -> tuple[int, str]:
        headers = {**AUTHORIZED, "Content-Type": media_type}
        return refused(httpx.post(f"{server.url}/documents", content=content, headers=headers))

    assert send(b"<p>x</p>", "text/html") == (415, "unsupported-media-type")
    assert send(b"x", "text/plain; charset=windows-1256") == (415, "unsupported-media-type")
    assert send(b"\xff\xfe", "text/plain") == (400, "not-utf-8")
    assert send(b"{", "application/json") == (400, "bad-parameter")
    assert send(b"[" * 100_000, "application/json") == (400, "bad-parameter")
    assert send(b"x" * 5_100_000, "text/plain") == (413, "request-too-large")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
def test_without_the_token_nothing_is_read_or_withdrawn(server: Server, headers: dict[str, str]) -> None:
    for answer in (
        httpx.post(f"{server.url}/documents", json=ARTICLE, headers=headers),
        httpx.post(f"{server.url}/documents?dry_run=true", json=ARTICLE, headers=headers),
        httpx.delete(f"{server.url}/documents/daily-01", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert server.get("/documents/daily-01").status_code == 200


def test_where_no_token_is_set_writing_is_off(sample_store: Path, start_server: Start) -> None:
    with start_server(sample_store, None, LIMITS, Access()) as running:
        assert refused(post(running)) == (403, "writing-off")
        assert refused(delete(running, "daily-01")) == (403, "writing-off")


def test_a_store_that_is_being_built_is_not_written_to(server: Server) -> None:
    with EmbeddedStore.open(server.store):
        for answer in (post(server), delete(server, "daily-01")):
            assert refused(answer) == (503, "store-locked")
            assert int(answer.headers["retry-after"]) > 0
        assert post(server, dry_run=True).status_code == 200


def test_a_reader_that_was_killed_is_started_again(server: Server) -> None:
    assert post(server, dry_run=True).status_code == 200
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "api.reader_process"], capture_output=True, text=True, check=True
    )
    for pid in found.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    assert found.stdout.split()
    assert post(server, dry_run=True).status_code == 200


def test_an_article_that_takes_too_long_is_given_up(
    tmp_path: Path, make_store: Callable[..., Path], start_server: Start
) -> None:
    store = make_store(tmp_path / "store")
    limits = ServiceLimits(worker_memory=512 * 1024 * 1024, read_seconds=0.3)
    with start_server(store, Settings(store=store, workers=1), limits, Access(TOKEN)) as running:
        long = post(running, {"text": f"{TEXT} " * 3000})
        assert refused(long) == (504, "time-limit")
        assert running.get("/healthz").status_code == 200
        assert refused(post(running, {"text": f"{TEXT} " * 3000})) == (504, "time-limit")
