"""An actor's page: filters and the brush choose what it is about, the network is touched, the screen is saved."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

Visit = Callable[..., Any]
GEXF = {"g": "http://gexf.net/1.3"}


def drawn(page: Any) -> tuple[int, int]:
    """Wait for the drawing, and return how many nodes and ties are on it."""
    page.locator(".canvas[data-ready=true]:not([data-nodes='0'])").wait_for()
    page.wait_for_load_state("networkidle")
    canvas = page.locator(".canvas")
    return int(canvas.get_attribute("data-nodes")), int(canvas.get_attribute("data-ties"))


def place_of(page: Any, actor: str) -> dict[str, float]:
    page.locator(".canvas").scroll_into_view_if_needed()
    found: dict[str, float] = page.evaluate(
        "id => document.querySelector('.canvas')._cyreg.cy.getElementById(id).renderedPosition()", actor
    )
    return found


def saved(page: Any, name: str, folder: Path) -> Path:
    if not page.get_by_role("button", name=name, exact=True).is_visible():
        page.locator(".ego .pick summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_filters_stand_in_the_address_and_choose_partners_network_and_table(visit: Visit) -> None:
    page = visit("/?actor=Q212")
    nodes, _ = drawn(page)
    rows = page.locator("table.ties tbody tr")
    everything = rows.count()
    page.locator(".filters summary").first.click()
    page.locator(".choice", has_text="زوّد").first.locator("input").check()
    expect(page.locator(".chip.on")).to_have_count(1)
    assert "relation=supplies" in page.url
    expect(rows).not_to_have_count(everything)
    expect(rows.filter(has_text="ألمانيا").first).to_be_visible()
    fewer = rows.count()
    assert 0 < fewer < everything
    page.reload()
    expect(rows).to_have_count(fewer)
    assert drawn(page)[0] < nodes
    page.get_by_role("button", name="أزل كل التصفية").click()
    expect(rows).to_have_count(everything)
    assert page.url.endswith("/?actor=Q212")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_brush_chooses_a_period_in_the_direction_of_reading(visit: Visit, language: str) -> None:
    page = visit("/?actor=Q212", language=language)
    plot = page.locator(".plot")
    box = plot.bounding_box()
    rows = page.locator("table.ties tbody tr")
    expect(rows.nth(5)).to_be_visible()
    everything = rows.count()
    # The last quarter of the time: to the left in Arabic, to the right in English.
    ends = (0.25, 0.001) if language == "ar" else (0.75, 0.999)
    page.mouse.move(box["x"] + box["width"] * ends[0], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * ends[1], box["y"] + 40, steps=4)
    page.mouse.up()
    expect(page.locator(".brush")).to_be_visible()
    assert "since=2024-" in page.url
    assert "until=2025-08" in page.url
    expect(rows.filter(has_text="2022" if language == "en" else "٢٠٢٢")).to_have_count(0)
    assert 0 < rows.count() < everything


def test_an_actor_of_the_network_is_unfolded_pinned_and_hidden(visit: Visit) -> None:
    page = visit("/?actor=Q212", language="en")
    nodes, ties = drawn(page)
    assert (nodes, ties) > (5, 5)
    canvas = page.locator(".canvas")
    place = place_of(page, "Q159")
    canvas.click(position=place)
    expect(page.locator(".touched .actor")).to_have_text("Russia")
    page.get_by_role("button", name="Pin").click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    canvas.dblclick(position=place_of(page, "Q159"))
    expect(canvas).not_to_have_attribute("data-nodes", str(nodes))
    assert drawn(page)[0] > nodes
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Show all again")).to_be_visible()
    expect(page.locator(".touched")).to_have_count(0)


def test_a_tie_of_the_network_shows_the_facts_behind_it(visit: Visit) -> None:
    page = visit("/?actor=Q212")
    drawn(page)
    one, other = place_of(page, "Q212"), place_of(page, "Q159")
    page.locator(".canvas").click(position={"x": (one["x"] + other["x"]) / 2, "y": (one["y"] + other["y"]) / 2})
    expect(page.locator(".touched .fact blockquote").first).to_contain_text("الغزو الروسي")


def test_just_what_is_on_the_screen_is_saved(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?actor=Q212&relation=supplies&relation=aids")
    nodes, ties = drawn(page)
    gexf = ElementTree.parse(saved(page, "GEXF", tmp_path)).getroot()
    assert (len(gexf.findall(".//g:node", GEXF)), len(gexf.findall(".//g:edge", GEXF))) == (nodes, ties)
    svg = ElementTree.parse(saved(page, "SVG", tmp_path)).getroot()
    assert len(svg.findall(".//{http://www.w3.org/2000/svg}circle")) == nodes
    assert "أوكرانيا" in "".join(svg.itertext())
    assert saved(page, "PNG", tmp_path).read_bytes().startswith(b"\x89PNG")
    with saved(page, "CSV", tmp_path).open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == ties
    with page.expect_download() as download:
        page.get_by_role("button", name="نزّل الجدول CSV").click()
    download.value.save_as(tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert len(table) == page.locator("table.ties tbody tr").count()
    assert all("أوكرانيا" in (row["الفاعل"], row["المفعول"]) for row in table)
