"""What all answers have in common, the OpenAPI document, and the page, over a real connection."""

from __future__ import annotations

import json
from typing import Any

import httpx

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


def test_the_page_is_whole_and_asks_nobody_else(server: Server) -> None:
    page = server.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert '<html lang="ar" dir="rtl">' in page.text
    for name in ("style.css", "page.js", "build.js", "views.js", "words.js", "icon.svg"):
        asset = server.get(f"/web/{name}")
        assert asset.status_code == 200
        assert "http" not in asset.text.replace("http://www.w3.org/", "").replace(
            "https://rawabit.example/ns#", ""
        ).replace("/^https?:/", "")
    assert server.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_the_page_is_compressed_and_can_be_revalidated(server: Server) -> None:
    page = httpx.get(server.url)
    assert page.headers["content-encoding"] == "gzip"
    assert httpx.get(server.url, headers={"If-None-Match": page.headers["etag"]}).status_code == 304
    assert "content-encoding" not in httpx.get(server.url, headers={"Accept-Encoding": "identity"}).headers
