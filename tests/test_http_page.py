"""What all answers have in common, the OpenAPI document, and the page, over a real connection."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from api.routes.pages import load_assets
from graph.config import Settings

Server = Any  # conftest.RunningServer, which a test module cannot import


def test_health_and_readiness_are_told(server: Server) -> None:
    assert server.get("/healthz").json() == {"status": "ok", "checkpoint": None}
    assert server.get("/readyz").json()["checkpoint"]


def test_answers_have_the_headers_that_browsers_need(server: Server) -> None:
    answer = server.get("/actors", q="Ukraine")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert len(answer.headers["x-request-id"]) == 16
    named = httpx.get(f"{server.url}/healthz", headers={"X-Request-ID": "my-id.1"})
    assert named.headers["x-request-id"] == "my-id.1"
    forged = httpx.get(f"{server.url}/healthz", headers={"X-Request-ID": "two words"})
    assert forged.headers["x-request-id"] != "two words"


def test_rest_answers_can_be_revalidated(server: Server) -> None:
    first = server.get("/actors/Q212")
    again = httpx.get(first.url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert server.get("/actors/Q145").headers["etag"] != first.headers["etag"]


def test_the_openapi_document_lists_every_route_with_examples(server: Server) -> None:
    document = server.get("/openapi.json").json()
    paths = document["paths"]
    assert {"/sparql", "/actors", "/actors/{actor_id}", "/facts/{fact_id}", "/export/{format}"} <= paths.keys()
    assert "422" not in json.dumps(paths)
    assert "examples" in json.dumps(document["components"]["schemas"]["Actor"])
    assert {"get", "post"} <= paths["/sparql"].keys()


needs_page = pytest.mark.skipif("index.html" not in load_assets(), reason="the page is not built: make setup")


@needs_page
def test_the_page_is_whole_and_asks_nobody_else(server: Server) -> None:
    page = server.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'; style-src 'self'" in page.headers["content-security-policy"]
    assert '<html lang="ar" dir="rtl">' in page.text
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) >= 4
    for address in named:
        assert address.startswith("/web/")
        assert server.get(address).status_code == 200
    assert "<style" not in page.text
    assert re.findall(r"<script(?![^>]*src=)", page.text) == []
    assert server.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


@needs_page
def test_the_page_is_compressed_and_can_be_revalidated(server: Server) -> None:
    page = httpx.get(server.url)
    assert page.headers["content-encoding"] == "gzip"
    assert httpx.get(server.url, headers={"If-None-Match": page.headers["etag"]}).status_code == 304
    assert "content-encoding" not in httpx.get(server.url, headers={"Accept-Encoding": "identity"}).headers


@needs_page
def test_what_is_named_by_its_contents_is_kept_and_the_rest_is_asked_for_anew(server: Server) -> None:
    caching = {name: server.get(f"/web/{name}").headers["cache-control"] for name in load_assets()}
    assert caching.pop("index.html") == caching.pop("boot.js") == caching.pop("icon.svg") == "no-cache"
    assert set(caching.values()) == {"public, max-age=31536000, immutable"}


def test_a_page_that_was_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    app = create_app(Settings(store=tmp_path))
    app.state.assets = load_assets(tmp_path / "nothing")
    answer = TestClient(app).get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text
