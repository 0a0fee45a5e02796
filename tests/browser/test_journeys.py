"""What people do with the page, from the first screen to the sentence, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

Visit = Callable[..., Any]


@pytest.mark.parametrize(
    ("language", "typed", "name", "direction"),
    [("ar", "زيلينسكي", "فولوديمير زيلينسكي", "rtl"), ("en", "Zelensky", "Volodymyr Zelensky", "ltr")],
)
def test_a_name_that_is_typed_leads_to_the_actor_and_to_the_sentence(
    visit: Visit, language: str, typed: str, name: str, direction: str
) -> None:
    page = visit("/", language=language)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    page.get_by_role("combobox").fill(typed)
    page.get_by_role("option", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.url.endswith("/?actor=Q3874799")
    page.locator(".ties .open a").first.click()
    sentence = page.get_by_role("dialog").locator("mark.sentence")
    expect(sentence).to_be_visible()
    expect(page.get_by_role("dialog").locator(".legend")).to_be_visible()
    assert "زيلينسكي" in page.get_by_role("dialog").locator("blockquote").inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/?actor=Q3874799")


def test_a_shared_search_opens_the_actor_where_only_one_fits_and_lists_them_where_more_do(visit: Visit) -> None:
    page = visit("/?q=Volodymyr Zelensky", language="en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Volodymyr Zelensky")
    assert page.url.endswith("/?actor=Q3874799")
    page = visit("/?q=وزارة")
    expect(page.locator(".found-list li").nth(2)).to_be_visible()
    assert "q=" in page.url


def test_the_page_is_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tab_to(page, "input[role=combobox]")
    page.keyboard.type("أوكرانيا")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("أوكرانيا")
    expect(page).to_have_title("أوكرانيا – روابط")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, ".filters summary")
    page.keyboard.press("Enter")
    tab_to(page, ".choice input")
    page.keyboard.press("Space")
    expect(page.locator(".chip.on")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".filters .choices").first).to_be_hidden()
    tab_to(page, ".ties .open a")
    page.keyboard.press("Enter")
    expect(page.locator("dialog mark.sentence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ties .open a").first).to_be_focused()
    for _ in range(3):
        page.go_back()
    expect(page.locator(".hero h1")).to_be_visible()


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until what is wanted has the focus."""
    page.locator(selector).first.wait_for()
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by Tab to {selector}")


def test_the_language_changes_in_place_and_is_remembered(visit: Visit) -> None:
    page = visit("/?actor=Q212")
    expect(page.get_by_role("heading", level=1)).to_have_text("أوكرانيا")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ukraine")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_the_service_says_of_a_failure_is_shown(visit: Visit) -> None:
    page = visit("/?actor=nobody", expected="404")
    # The actor and his ties are asked for at once, and each says that it was not found.
    expect(page.get_by_role("alert").first).to_contain_text("404")
    expect(page.locator(".search input")).to_be_visible()


def test_a_server_that_is_gone_is_said_to_be_gone_and_asked_again(visit: Visit) -> None:
    page = visit("/?document=s15", expected="ERR_FAILED", before=lambda page: page.route("**/documents/s15", refuse))
    expect(page.get_by_role("alert")).to_contain_text("لا يجيب الخادم")
    page.unroute("**/documents/s15")
    page.get_by_role("button", name="أعد المحاولة").click()
    expect(page.locator(".article")).to_be_visible()


def test_a_slow_answer_is_said_to_be_slow(visit: Visit) -> None:
    waiting: list[Any] = []
    page = visit("/?document=s15", before=lambda page: page.route("**/documents/s15", lambda it: waiting.append(it)))
    expect(page.get_by_role("status")).to_contain_text("يتأخر")
    waiting[0].continue_()
    expect(page.locator(".article")).to_be_visible()


def refuse(route: Any) -> None:
    route.abort()
