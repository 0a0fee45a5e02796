"""Every view as it looks, at three widths, in both languages and both colours; nothing sticks out, nobody is shut out.

The pictures are kept in out/screenshots, to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Visit = Callable[..., Any]
Picture = Callable[..., Path]
AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": 390, "tablet": 820, "desk": 1360}
VIEWS = {
    "overview": "/",
    "found": "/?q=وزارة",
    "actor": "/?actor=Q212",
    "document": "/?document=s15",
    "paths": "/?view=paths&from=Q212&to=Q30",
    "compare": "/?view=compare&one=Q212&other=Q159",
    "queries": "/?view=queries",
    "query": "/?view=queries&query=strongest-partners&p.actor=Q212",
    "sparql": "/?view=sparql",
    "add": "/?view=add",
    "documents": "/?view=documents",
    "nothing": "/?q=xyzzyx&all=1",
    "missing": "/?document=none",
    "fact": "/?actor=Q212&fact={fact}",
}


def address_of(view: str, server: Any) -> str:
    fact = server.get("/actors/Q212/relationships", relation="supplies", limit=1).json()["items"][0]["id"]
    return VIEWS[view].replace("{fact}", fact)


def rest(page: Any) -> None:
    page.locator("main h1, main [role=alert]").first.wait_for()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_every_width_and_has_no_serious_fault_of_access(
    visit: Visit, picture: Picture, news_server: Any, view: str
) -> None:
    page = visit(address_of(view, news_server), expected="404" if view == "missing" else "")
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        rest(page)
        picture(page, f"{view}-ar-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_faults(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_in_english_and_in_the_dark(visit: Visit, picture: Picture, news_server: Any, view: str) -> None:
    address = address_of(view, news_server)
    page = visit(address, language="en", theme="dark", expected="404" if view == "missing" else "")
    rest(page)
    picture(page, f"{view}-en-dark-desk")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["desk"]
    assert find_faults(page) == []


def find_faults(page: Any) -> list[str]:
    """Ask axe what is wrong, and return what is serious or worse, with the first element it is wrong with."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there: make setup")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [
        f"{each['id']}: {each['help']}: {each['nodes'][0]['html']} {each['nodes'][0]['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
