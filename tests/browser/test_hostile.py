"""An article that means no good is shown as the text it is: its scripts do not run, its marks turn nothing around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Quantity, Status

Visit = Callable[..., Any]
SCRIPT = "<script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"
TURNED = "\u202eنوجرم\u202c"
NAME = f"شركة {SCRIPT} \u202eالنور"
TEXT = f"🙂 زوّدت {NAME} أوكرانيا {SCRIPT} بأسلحة {TURNED}. {{{{7*7}}}} javascript:alert(1)"


@pytest.fixture(scope="module")
def hostile(
    make_store: Callable[..., Path],
    start_server: Callable[..., AbstractContextManager[Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Any]:
    company = Entity("c", EntityKind.ORGANIZATION, NAME, SCRIPT, None, (f'" onmouseover="alert(1) {TURNED}',))
    ukraine = Entity("ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212")
    start = TEXT.index("أوكرانيا")
    fact = Fact(
        "c",
        "supplies",
        "ua",
        Evidence(TEXT, 0, len(TEXT)),
        item=f"أسلحة {SCRIPT}",
        role=TURNED,
        quantity=Quantity(SCRIPT, 1, SCRIPT),
    )
    document = Document(
        "bad", TEXT, f"عنوان {SCRIPT} {TURNED}", "2024-01-30", SCRIPT, "javascript:alert(document.domain)"
    )
    mention = Mention(start, start + 8, "أوكرانيا", EntityKind.COUNTRY, 0, "ua")
    sound = "نفت الشركة تزويد أوكرانيا بأسلحة."
    denial = Fact("c", "supplies", "ua", Evidence(sound, 0, len(sound)), Status.DENIED, attributed_to="c")
    read = [
        Extraction(document, (company, ukraine), (fact,), (mention,)),
        Extraction(Document("sound", sound, None, "2024-01-31", "وكالة"), (company, ukraine), (denial,)),
    ]
    store = make_store(tmp_path_factory.mktemp("bad") / "store", read)
    with start_server(store) as running:
        yield running


def unharmed(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    assert page.title() != "broken"
    assert page.locator("main script, main img, dialog script, dialog img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    text: str = page.evaluate("document.body.innerText")
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("address", ["/", "/?q=أوكرانيا&all=1", "/?actor=Q212", "/?document=bad"])
def test_a_hostile_article_is_shown_harmlessly(visit: Visit, hostile: Any, picture: Any, address: str) -> None:
    page = visit(address, server=hostile)
    page.locator("main h1").first.wait_for()
    unharmed(page)
    if "document" in address:
        expect(page.locator(".article")).to_contain_text(SCRIPT)
        expect(page.locator(".article .control").first).to_have_text("U+202E")
        # The smiling face is one character that JavaScript counts as two: what is marked is the name all the same.
        expect(page.locator(".article .mention")).to_have_text("أوكرانيا")
        picture(page, "hostile-document-ar-desk")


def test_a_hostile_fact_is_shown_harmlessly(visit: Visit, hostile: Any, picture: Any) -> None:
    (fact,) = hostile.get("/facts", document="bad").json()["items"]
    page = visit(f"/?actor=Q212&fact={fact['id']}", server=hostile)
    expect(page.get_by_role("dialog").locator("mark.part-object")).to_have_text("أوكرانيا")
    unharmed(page)
    picture(page, "hostile-fact-ar-desk", whole=False)


def test_who_denies_a_fact_is_told_beside_it(visit: Visit, hostile: Any) -> None:
    (fact,) = hostile.get("/facts", document="bad").json()["items"]
    page = visit(f"/?actor=Q212&fact={fact['id']}", server=hostile)
    panel = page.get_by_role("dialog")
    expect(panel.locator(".others").first).to_contain_text("وكالة")
    expect(panel.locator(".others").first).to_contain_text("منفي")
    expect(panel.locator(".known")).to_contain_text("ينفيه شركة")


def test_names_that_would_break_a_file_are_saved_whole(visit: Visit, hostile: Any, tmp_path: Path) -> None:
    from xml.etree import ElementTree

    page = visit("/?actor=Q212", server=hostile)
    page.locator(".canvas[data-ready=true]:not([data-nodes='0'])").wait_for()
    page.locator(".ego .pick summary").click()
    for name in ("GEXF", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / name)
        assert "onerror" in (tmp_path / name).read_text(encoding="utf-8")
        ElementTree.parse(tmp_path / name)
