"""Who signs in with the token says that a fact was misread, takes that back, and makes two actors one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from api.access import Access
from api.limits import ServiceLimits
from graph.config import Settings

Visit = Callable[..., Any]
TOKEN = "a-token-of-tests"


@pytest.fixture(scope="module")
def open_server(
    make_store: Callable[..., Path],
    start_server: Callable[..., AbstractContextManager[Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Any]:
    store = make_store(tmp_path_factory.mktemp("decided") / "store")
    limits = ServiceLimits(worker_memory=512 * 1024 * 1024)
    with start_server(store, Settings(store=store, workers=1), limits, Access(TOKEN)) as running:
        yield running


def sign_in(page: Any, token: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.locator("dialog input[type=password]").fill(token)
    page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_misread_fact_is_refused_and_the_refusal_taken_back(visit: Visit, open_server: Any) -> None:
    fact = open_server.get("/facts", relation="met").json()["items"][0]["id"]
    page = visit("/?actor=Q3874799", server=open_server, language="en")
    expect(page.locator("table.ties")).to_be_visible()
    page.goto(page.url + f"&fact={fact}")
    panel = page.get_by_role("dialog", name="A fact and its sentence")
    expect(panel.locator(".say")).to_be_visible()
    expect(panel.get_by_role("button", name="Misread")).to_have_count(0)
    page.keyboard.press("Escape")
    sign_in(page, TOKEN)
    page.goto(page.url + f"&fact={fact}")
    panel.get_by_role("textbox", name="Why (optional)").fill("هذا لم يحدث")
    panel.get_by_role("button", name="Misread").click()
    expect(panel.locator(".known .status")).to_have_text("misread")
    expect(panel.locator(".decide")).to_contain_text("هذا لم يحدث")
    assert open_server.get(f"/facts/{fact}").json()["status"] == "refused"
    panel.get_by_role("button", name="Take back the refusal").click()
    expect(panel.locator(".known .status")).to_have_text("happened")
    assert open_server.get("/decisions").json()["items"] == []


def test_a_wrong_token_is_told_and_two_actors_become_one_with_the_right_one(visit: Visit, open_server: Any) -> None:
    minister = open_server.get("/actors", q="وزير الدفاع الأوكراني").json()["items"][0]["id"]
    page = visit(f"/?actor={minister}", server=open_server, language="en", expected="401")
    sign_in(page, "another-token")
    page.get_by_role("button", name="Is the same as").click()
    page.get_by_role("combobox", name="Who else is it?").fill("Zelensky")
    page.get_by_role("option", name="Volodymyr Zelensky").click()
    page.get_by_role("button", name="Yes, they are one").click()
    expect(page.get_by_role("alert")).to_contain_text("The token is not right")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, TOKEN)
    page.get_by_role("button", name="Yes, they are one").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Volodymyr Zelensky")
    assert open_server.get(f"/actors/{minister}").json()["id"] == "Q3874799"
