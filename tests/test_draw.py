"""Pictures: nothing overlaps, every family and kind is in the legend, Arabic keeps its order, pages stand alone."""

from __future__ import annotations

import math
import random
import re
import shutil
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from statistics import mean
from xml.etree import ElementTree

import pytest

from graph.errors import ExportError
from graph.model import EntityKind, Status
from graph.network.appearance import Appearance, ColourBy
from graph.network.boxes import spread
from graph.network.draw.chart import draw_timeline
from graph.network.draw.page import write_page
from graph.network.draw.picture import Caption, draw_network
from graph.network.draw.raster import BROWSERS, render_png
from graph.network.draw.words import Words, describe_filter, title_of
from graph.network.layout import label_boxes, lay_out, short_label
from graph.network.network import Edge, Network, Node, Relation
from graph.network.options import NetworkOptions, RollUp, StaticTies
from graph.network.prepare import prepare
from graph.network.timeline import Timeline

SVG = "{http://www.w3.org/2000/svg}"
RELATIONS = {
    "met": Relation("met", "التقى", "met", "diplomacy", "CONSULT", symmetric=True),
    "attacked": Relation("attacked", "هاجم", "attacked", "conflict", "ASSAULT"),
}
FAMILIES = {"diplomacy": ("دبلوماسية", "diplomacy"), "conflict": ("نزاع", "conflict")}
KINDS = {"Country": ("دولة", "country"), "Person": ("شخص", "person")}
ENGINES = [
    "networkx",
    "rustworkx",
    pytest.param("igraph", marks=pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")),
]


def sample(size: int = 30) -> Network:
    """A hub that all have met, a ring around it that fights, and a pair apart from both."""
    ids = [f"n{number:02}" for number in range(size)] + ["pair1", "pair2"]
    nodes = tuple(
        Node(id, "Person" if id > "n05" else "Country", f"اسم طويل إلى حد ما {id}", f"Name {id}") for id in ids
    )
    ties = [("n00", "met", id, False) for id in ids[1:size]]
    ties += [(ids[n], "attacked", ids[n % (size - 1) + 1], True) for n in range(1, size)]
    ties += [("n01", "attacked", "n00", True), ("pair1", "met", "pair2", False), ("pair1", "attacked", "pair1", True)]
    edges = tuple(Edge(str(n), a, b, relation, directed) for n, (a, relation, b, directed) in enumerate(ties))
    return Network(nodes, edges, RELATIONS, families=FAMILIES, kinds=KINDS)


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts_of(svg: str) -> str:
    return "\n".join("".join(element.itertext()) for element in parse(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("engine", ENGINES)
def test_no_two_labels_overlap(engine: str) -> None:
    network, look = sample(), Appearance()
    positions = lay_out(network, look, engine=engine).positions
    boxes = label_boxes(network, look)
    for one, other in combinations(positions, 2):
        across = abs(positions[one][0] - positions[other][0]) - (boxes[one][0] + boxes[other][0]) / 2
        down = abs(positions[one][1] - positions[other][1]) - (boxes[one][1] + boxes[other][1]) / 2
        assert across > -1 or down > -1


def test_a_large_network_lies_by_its_communities() -> None:
    """Three camps of 700 with a few ties between them: each is nearer to its own than to the others."""
    chance = random.Random(5)
    camps = [[f"{name}{number}" for number in range(700)] for name in "abc"]
    pairs = [(chance.choice(camp), chance.choice(camp)) for camp in camps for _ in range(2800)]
    pairs += [(chance.choice(camps[0]), chance.choice(camps[1])), (chance.choice(camps[1]), chance.choice(camps[2]))]
    edges = tuple(Edge(str(number), a, b, "met") for number, (a, b) in enumerate(pairs) if a != b)
    network = Network(tuple(Node(id, "Person") for camp in camps for id in camp), edges)
    places = lay_out(network, engine="rustworkx").positions
    centres = [[mean(places[id][axis] for id in camp) for axis in (0, 1)] for camp in camps]
    for own, camp in zip(centres, camps, strict=True):
        spread = mean(math.dist(places[id], own) for id in camp[:200])
        assert all(math.dist(own, other) > spread for other in centres if other is not own)


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_seeds_give_equal_places(engine: str) -> None:
    first = lay_out(sample(), engine=engine, seed=3)
    assert first.positions == lay_out(sample(), engine=engine, seed=3).positions
    assert len(first.positions) == 32


def test_nothing_and_one_node_can_be_laid_out() -> None:
    assert lay_out(Network()).positions == {}
    assert set(lay_out(Network((Node("a", "Person"),))).positions) == {"a"}
    assert spread([], []) == []


def test_boxes_on_one_spot_are_parted() -> None:
    places = spread([(0.0, 0.0)] * 5, [(40.0, 20.0)] * 5)
    for (x1, y1), (x2, y2) in combinations(places, 2):
        assert abs(x1 - x2) >= 39 or abs(y1 - y2) >= 19


def test_long_labels_are_cut_between_words() -> None:
    label = short_label(Node("a", "Person", "كلمة " * 20), "ar")
    assert len(label) <= 33
    assert label.endswith("كلمة…")
    assert short_label(Node("a", "Person", "قصير"), "ar") == "قصير"


def test_a_picture_has_every_node_edge_and_label() -> None:
    network = lay_out(sample())
    root = parse(draw_network(network, Caption("عنوان", "ما حدث")))
    assert sum(element.get("class") == "node" for element in root.iter(f"{SVG}g")) == len(network.nodes)
    assert sum(element.get("class") == "edge" for element in root.iter(f"{SVG}path")) == len(network.edges)
    shown = texts_of(draw_network(network, Caption("عنوان", "ما حدث")))
    assert all(node.label() in shown for node in network.nodes)
    assert "عنوان" in shown


def test_the_legend_names_families_and_kinds_with_their_numbers() -> None:
    network = lay_out(sample())
    shown = texts_of(draw_network(network, Caption("x"), Appearance(language="en")))
    for entry in ("diplomacy (30)", "conflict (31)", "country (6)", "person (26)"):
        assert entry in shown


def test_everything_lies_within_the_paper() -> None:
    root = parse(draw_network(lay_out(sample()), Caption("x")))
    width, height = map(float, root.get("viewBox", "").split()[2:])
    for circle in root.iter(f"{SVG}circle"):
        x, y, radius = (float(circle.get(name, "0")) for name in ("cx", "cy", "r"))
        assert radius <= x <= width - radius
        assert radius <= y <= height - radius


def test_parallel_edges_take_different_ways() -> None:
    root = parse(draw_network(lay_out(sample()), Caption("x")))
    between = [
        path.get("d")
        for path in root.iter(f"{SVG}path")
        if {path.get("data-source"), path.get("data-target")} == {"n00", "n01"}
    ]
    assert len(between) == len(set(between)) == 2


def test_what_has_not_happened_is_dashed_and_said_so() -> None:
    nodes = (Node("a", "Country"), Node("b", "Country"))
    network = Network(nodes, (Edge("1", "a", "b", "attacked", status=Status.PLANNED),), RELATIONS)
    svg = draw_network(lay_out(network), Caption("x"), Appearance(language="en"))
    assert svg.count('stroke-dasharray="6 4"') == 1
    assert "dashed" in texts_of(svg)
    assert "dashed" not in texts_of(draw_network(lay_out(sample()), Caption("x"), Appearance(language="en")))


def test_arabic_lines_are_isolated_and_english_ones_are_not() -> None:
    network = lay_out(sample())
    assert "\u2067عنوان (2024)\u2069" in texts_of(draw_network(network, Caption("عنوان (2024)")))
    assert "\u2067" not in draw_network(network, Caption("title"), Appearance(language="en"))


def test_communities_give_the_colour_and_are_named() -> None:
    look = Appearance(language="en", colour_by=ColourBy.COMMUNITY, size_by="pagerank")
    network, measures = prepare(sample(), look, laid_out=True)
    assert measures is not None
    svg = draw_network(network, Caption("x"), look, communities=measures.communities)
    assert f"{measures.communities[0].label} ({measures.communities[0].size})" in texts_of(svg)
    colours = {
        node.find(f"{SVG}circle").get("fill") for node in parse(svg).iter(f"{SVG}g") if node.get("class") == "node"
    }  # type: ignore[union-attr]
    assert len(colours) == len(measures.communities)


def test_preparing_does_only_what_is_asked_for() -> None:
    network, measures = prepare(sample())
    assert (network, measures) == (sample(), None)


def test_an_empty_network_says_that_nothing_matches() -> None:
    assert Words.load("en").get("nothing") in texts_of(draw_network(Network(), Caption("x"), Appearance(language="en")))


def test_markup_in_names_is_harmless() -> None:
    network = Network((Node("a", "Person", "<script>&\"'"),), title="x")
    svg = draw_network(lay_out(network), Caption("<b>"))
    assert "<script>" not in svg
    assert "<script>&" in texts_of(svg)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_option_is_put_into_words(language: str) -> None:
    words = Words.load(language)
    options = NetworkOptions(
        relations=frozenset({"met"}),
        since="2023",
        until="2024-05",
        statuses=frozenset(Status),
        min_confidence=0.5,
        kinds=frozenset({EntityKind.PERSON}),
        depth=2,
        roll_up=RollUp.STATE,
        static_ties=StaticTies.NONE,
        largest_component=True,
        top=10,
        min_weight=3,
    )
    line = describe_filter(options, sample(), words)
    assert all(part in line for part in ("2023", "2024-05", "0.5", "10", "3"))
    assert line.count("·") == 14
    assert ("التقى" in line) is (language == "ar")


def test_the_title_names_the_actor() -> None:
    network = sample()
    assert "Name n00" in title_of(NetworkOptions(actor="n00"), network, Words.load("en"))
    assert title_of(NetworkOptions(), network, Words.load("ar")) == Words.load("ar").get("network")


def test_both_languages_have_every_word() -> None:
    assert Words.load("ar").texts.keys() == Words.load("en").texts.keys()
    assert all(Words.load("ar").texts.values())


def test_a_page_stands_alone_and_runs_from_the_right() -> None:
    page = write_page(draw_network(lay_out(sample()), Caption("عنوان")), "عنوان & <x>")
    assert '<html lang="ar" dir="rtl">' in page
    assert "عنوان &amp; &lt;x&gt;</title>" in page
    assert not re.findall(r'(?:src|href)="?https?:', page)
    assert page.count("<svg") == 1


def timeline(months: dict[tuple[str, str], int], years: dict[tuple[str, str], int] | None = None) -> Timeline:
    return Timeline(Node("a", "Country", "بلد", "Land"), months, years or {}, 4, RELATIONS, FAMILIES)


def test_a_chart_has_a_bar_for_each_family_and_month_and_a_dot_for_each_relation() -> None:
    months = {("2024-01", "met"): 2, ("2024-01", "attacked"): 1, ("2024-03", "met"): 5}
    svg = draw_timeline(timeline(months, {("2023", "met"): 1}), Caption("x"), language="en")
    notes = [element.text for element in parse(svg).iter(f"{SVG}title")][1:]
    assert notes == ["2024-01: diplomacy 2", "2024-01: conflict 1", "2024-03: diplomacy 5"]
    assert len(list(parse(svg).iter(f"{SVG}circle"))) == 3
    assert "2024-02" in texts_of(svg)
    assert "5 without a known month" in texts_of(svg)


def test_a_long_span_is_counted_by_year_and_takes_in_what_has_no_month() -> None:
    svg = draw_timeline(
        timeline({("2001-05", "met"): 1, ("2024-01", "met"): 1}, {("2024", "met"): 2}), Caption("x"), language="en"
    )
    notes = [element.text for element in parse(svg).iter(f"{SVG}title")][1:]
    assert notes == ["2001: diplomacy 1", "2024: diplomacy 3"]
    assert "4 without a known month" in texts_of(svg)


def test_a_chart_without_facts_says_so() -> None:
    empty = Timeline(Node("a", "Country"), {}, {}, 0, RELATIONS, FAMILIES)
    assert Words.load("ar").get("nothing") in texts_of(draw_timeline(empty, Caption("x")))
    assert "4 without a known month" in texts_of(draw_timeline(timeline({}), Caption("x"), language="en"))


@pytest.mark.skipif(
    not any(map(shutil.which, BROWSERS)) and find_spec("resvg_py") is None,
    reason="neither Chromium nor resvg_py is there",
)
def test_a_picture_becomes_png() -> None:
    data = render_png(draw_network(lay_out(sample(5)), Caption("عنوان")), scale=1)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") >= 800


def test_png_without_the_means_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if find_spec("resvg_py"):
        pytest.skip("resvg_py is installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportError, match="Chromium"):
        render_png("<svg/>")


def test_a_single_month_is_a_bar_and_not_a_wall() -> None:
    svg = draw_timeline(timeline({("2024-01", "met"): 1}), Caption("x"))
    widths = [
        float(box.get("width", 0)) for box in parse(svg).iter(f"{SVG}rect") if box.find(f"{SVG}title") is not None
    ]
    assert widths
    assert max(widths) <= 48
