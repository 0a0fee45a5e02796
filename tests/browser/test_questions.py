"""Questions of several actors, ready-made and free ones, an article that is pasted: what is asked beside names."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from api.access import Access

Visit = Callable[..., Any]
TOKEN = "sesame-open-the-door"
ARTICLE = "التقت وزيرة الخارجية السويدية ماريا مالمر ستينرغارد نظيرها النرويجي إسبن بارث إيدي في أوسلو، الأحد."


def choose(page: Any, hint: str, typed: str, name: str) -> None:
    page.get_by_role("combobox", name=hint, exact=True).fill(typed)
    page.get_by_role("option", name=name).first.click()


def test_two_actors_are_chosen_and_each_step_between_them_has_its_sentence(visit: Visit) -> None:
    page = visit("/?view=paths", language="en")
    choose(page, "From", "Zelensky", "Zelensky")
    choose(page, "To", "Russia", "Russia")
    expect(page.locator(".way").first).to_be_visible()
    assert "from=Q3874799&to=Q159" in page.url
    steps = page.locator(".way").first.locator(".way-steps > li")
    assert steps.count() >= 1
    page.locator(".way .open").first.click()
    expect(page.get_by_role("dialog").locator("mark.sentence")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Swap").click()
    assert "from=Q159&to=Q3874799" in page.url


def test_the_word_that_tells_a_fact_is_marked_in_its_sentence(visit: Visit, news_server: Any) -> None:
    facts = news_server.get("/facts", relation="met", limit=20).json()["items"]
    fact = next(each for each in facts if each["trigger"] and each["date_text"])
    page = visit(f"/?fact={fact['id']}")
    marked = page.get_by_role("dialog").locator("mark.sentence")
    expect(marked.locator("mark.part-trigger")).to_have_text(fact["trigger"])
    expect(marked.locator("mark.part-day")).to_have_text(fact["date_text"])


def test_partners_of_two_actors_are_set_side_by_side(visit: Visit) -> None:
    page = visit("/?view=compare&one=Q212&other=Q159")
    expect(page.locator(".table tbody tr").first).to_be_visible()
    heads = page.locator(".table thead th").all_inner_texts()
    assert heads[1:] == ["أوكرانيا", "روسيا"]
    alone = [set(page.locator(".halves .card").nth(side).locator("a.actor").all_inner_texts()) for side in (0, 1)]
    assert alone[0]
    assert alone[1]
    assert not alone[0] & alone[1]


def test_a_named_query_is_a_form_whose_answer_leads_to_actors(visit: Visit) -> None:
    page = visit("/?view=queries")
    page.get_by_role("link", name="أقوى شركاء فاعل").click()
    expect(page.locator(".empty")).to_be_visible()
    choose(page, "الفاعل", "أوكرانيا", "أوكرانيا")
    page.locator("form.question button[type=submit]").click()
    expect(page.locator(".table tbody tr").first).to_be_visible()
    assert "p.actor=Q212" in page.url
    page.locator(".table tbody a").first.click()
    expect(page.locator(".actor-head")).to_be_visible()


def test_a_wrong_value_of_a_query_is_answered_in_words(visit: Visit) -> None:
    page = visit("/?view=queries&query=strongest-partners&p.actor=Q212&p.since=soon", expected="400")
    expect(page.get_by_role("alert")).to_contain_text("since")


def test_sparql_is_answered_as_a_table_and_as_a_drawing_and_errors_are_told(visit: Visit) -> None:
    page = visit("/?view=sparql", expected="400")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".answer-table tbody tr").first).to_be_visible()
    page.get_by_role("tab", name="Graph").or_(page.locator("button.select_graph")).first.click()
    expect(page.locator(".answer-graph canvas").first).to_be_visible()
    page.goto(page.url.split("?")[0] + "?view=sparql&sparql=SELECT * WHERE { ?s ?p }")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_results")).to_contain_text("400")


def test_an_example_is_taken_over_into_the_editor(visit: Visit) -> None:
    page = visit("/?view=sparql")
    page.locator(".yasqe .CodeMirror").first.wait_for()
    page.locator("#example").select_option("strongest-partners")
    expect(page.locator(".yasqe .CodeMirror-code").first).to_contain_text("rw:family-diplomacy")


def test_an_article_is_read_before_it_is_stored(
    visit: Visit,
    news_store: Path,
    tmp_path: Path,
    start_server: Callable[..., AbstractContextManager[Any]],
) -> None:
    store = tmp_path / "store"
    shutil.copytree(news_store, store)
    with start_server(store, access=Access(TOKEN)) as server:
        page = visit("/?view=add", server=server, expected="401")
        page.set_default_timeout(60_000)
        page.locator("textarea").fill(ARTICLE)
        assert page.locator("form.article-form button[type=submit]").is_disabled()
        page.evaluate("sessionStorage.setItem('token', 'wrong-token-of-mine')")
        page.reload()
        page.locator("textarea").fill(ARTICLE)
        page.locator("form.article-form button[type=submit]").click()
        expect(page.get_by_role("alert")).to_contain_text("401")
        page.evaluate(f"sessionStorage.setItem('token', '{TOKEN}')")
        page.reload()
        page.locator("textarea").fill(ARTICLE)
        page.locator("form.article-form button[type=submit]").click()
        expect(page.locator(".article .mention").first).to_be_visible(timeout=60_000)
        assert "إسبن بارث إيدي" in page.locator(".facts .fact").first.inner_text()
        before = len(server.get("/documents", limit=200).json()["items"])
        page.locator("form.article-form button[type=button]").click()
        page.locator(".outcome a").click(timeout=60_000)
        expect(page.locator(".article")).to_contain_text("ستينرغارد")
        assert len(server.get("/documents", limit=200).json()["items"]) == before + 1
