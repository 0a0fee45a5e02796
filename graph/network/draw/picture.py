"""Network with places -> SVG: nodes by kind or community, edges by family of relation, a legend and a title.

Where two nodes have several edges, each is bent by another amount, so that none hides another.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ...model import Status
from ..appearance import Appearance, ColourBy, node_colours, node_sizes
from ..export.xml_text import attribute
from ..layout import font_size, label_width, short_label
from ..measures import Community
from ..network import Edge, Network
from ..palette import Palette
from . import svg
from .legend import Entry, write_legend
from .words import Words

MARGIN, HEAD = 36.0, 86.0
NARROWEST = 820.0
BEND = 18.0
THINNEST, THICKEST = 1.2, 6.0
ARROW = 5.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a picture: a title, and a line that says what it shows and leaves out."""

    title: str
    filter: str = ""


@dataclass(frozen=True, slots=True)
class _Disc:
    """A node on paper."""

    id: str
    x: float
    y: float
    radius: float
    colour: str
    label: str
    font: float

    @property
    def half_width(self) -> float:
        return max(self.radius, label_width(self.label, self.font) / 2)


def draw_network(
    network: Network,
    caption: Caption,
    appearance: Appearance | None = None,
    *,
    communities: tuple[Community, ...] = (),
) -> str:
    """Return the picture of a laid-out network as SVG; communities are named where they give the colour."""
    look = appearance or Appearance()
    return _Picture(network, look, communities).compose(caption)


class _Picture:
    """A network on its way to SVG."""

    def __init__(self, network: Network, look: Appearance, communities: tuple[Community, ...]) -> None:
        self.network, self.look, self.communities = network, look, communities
        self.words = Words.load(look.language)
        self.palette = Palette.load()
        self.discs = self._place()
        self.heaviest = max((edge.weight for edge in network.edges), default=1)

    def compose(self, caption: Caption) -> str:
        discs = self.discs.values()
        width = max([NARROWEST, *(disc.x + disc.half_width + MARGIN for disc in discs)])
        bottom = max([HEAD + 90, *(disc.y + disc.radius + disc.font * 1.7 for disc in discs)])
        legend, height = write_legend(self._legend_rows(), width, bottom + 14, self.words)
        body = (
            f"<defs>{self._arrow_heads()}</defs>\n"
            f'<g class="edges" fill="none" stroke-linecap="round">\n{"".join(self._edges())}</g>\n'
            f'<g class="nodes">\n{"".join(map(self._node, discs))}</g>\n'
            f"{self._head(caption, width)}{legend}"
        )
        return svg.document(width, height, body, language=self.words.language, title=caption.title)

    def _place(self) -> dict[str, _Disc]:
        """Return the discs; the place of a node is the middle of its disc and label together."""
        colours = node_colours(self.network, self.look, self.palette)
        sizes = node_sizes(self.network, self.look)
        discs = []
        for node in self.network.nodes:
            x, y = self.network.positions.get(node.id, (0.0, 0.0))
            size, font = sizes[node.id], font_size(sizes[node.id])
            label = short_label(node, self.look.language)
            discs.append(_Disc(node.id, x, y - font * 0.7, size / 2, colours[node.id], label, font))
        left = MARGIN - min((disc.x - disc.half_width for disc in discs), default=0.0)
        right = max((disc.x + disc.half_width for disc in discs), default=0.0) + left + MARGIN
        left += max(0.0, (NARROWEST - right) / 2)
        top = HEAD - min((disc.y - disc.radius for disc in discs), default=0.0)
        return {
            disc.id: _Disc(disc.id, disc.x + left, disc.y + top, disc.radius, disc.colour, disc.label, disc.font)
            for disc in discs
        }

    def _head(self, caption: Caption, width: float) -> str:
        x, anchor = (width - MARGIN, "end") if self.words.right_to_left else (MARGIN, "start")
        arabic = self.words.right_to_left
        lines = svg.text(x, 42, self.words.isolate(caption.title), size=24, anchor=anchor, weight="bold", arabic=arabic)
        if caption.filter:
            line = self.words.isolate(caption.filter)
            lines += svg.text(x, 68, line, size=14, anchor=anchor, colour=svg.FAINT, arabic=arabic)
        if not self.discs:
            line = self.words.isolate(self.words.get("nothing"))
            lines += svg.text(width / 2, HEAD + 50, line, size=18, anchor="middle", colour=svg.FAINT, arabic=arabic)
        return f'<g class="head">\n{lines}</g>\n'

    def _node(self, disc: _Disc) -> str:
        label = svg.text(
            disc.x,
            disc.y + disc.radius + disc.font * 1.05,
            self.words.isolate(disc.label) if self.words.right_to_left else disc.label,
            size=disc.font,
            anchor="middle",
            halo=True,
            arabic=self.words.right_to_left,
        )
        shape = svg.circle(disc.x, disc.y, disc.radius, disc.colour)
        return f'<g class="node" data-id="{attribute(disc.id)}">{shape}{label}</g>\n'

    def _edges(self) -> Iterator[str]:
        beside: dict[frozenset[str], list[Edge]] = defaultdict(list)
        for edge in self.network.edges:
            beside[frozenset((edge.source, edge.target))].append(edge)
        for edges in beside.values():
            for place, edge in enumerate(edges):
                yield self._edge(edge, (place - (len(edges) - 1) / 2) * BEND)

    def _edge(self, edge: Edge, bend: float) -> str:
        colour = self.palette.family(self.network.relation(edge.relation))
        thickness = THINNEST + (THICKEST - THINNEST) * math.sqrt((edge.weight - 1) / max(self.heaviest - 1, 1))
        dashes = ' stroke-dasharray="6 4"' if edge.status is not Status.ACTUAL else ""
        head = f' marker-end="url(#arrow-{colour[1:]})"' if edge.directed and edge.source != edge.target else ""
        path = self._loop(edge, bend) if edge.source == edge.target else self._curve(edge, bend, thickness)
        return (
            f'<path class="edge" data-source="{attribute(edge.source)}" data-target="{attribute(edge.target)}"'
            f' d="{path}" stroke="{colour}" stroke-width="{thickness:.1f}" stroke-opacity="0.6"{dashes}{head}>'
            f"<title>{attribute(self._describe(edge))}</title></path>\n"
        )

    def _curve(self, edge: Edge, bend: float, thickness: float) -> str:
        """Return a curve from rim to rim. The bend is always to one side of the pair, whichever way the edge runs."""
        start, end = self.discs[edge.source], self.discs[edge.target]
        across, down = end.x - start.x, end.y - start.y
        length = math.hypot(across, down) or 1.0
        side = 1 if edge.source < edge.target else -1
        middle_x = (start.x + end.x) / 2 - down / length * bend * side * 2
        middle_y = (start.y + end.y) / 2 + across / length * bend * side * 2
        tip = ARROW + thickness if edge.directed else 0.0
        x1, y1 = _towards(start.x, start.y, middle_x, middle_y, start.radius)
        x2, y2 = _towards(end.x, end.y, middle_x, middle_y, end.radius + tip)
        return f"M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}"

    def _loop(self, edge: Edge, bend: float) -> str:
        disc = self.discs[edge.source]
        reach = disc.radius + 18 + abs(bend)
        return (
            f"M{disc.x - disc.radius * 0.6:.1f} {disc.y - disc.radius * 0.8:.1f}"
            f"C{disc.x - reach:.1f} {disc.y - reach * 1.6:.1f} {disc.x + reach:.1f} {disc.y - reach * 1.6:.1f}"
            f" {disc.x + disc.radius * 0.6:.1f} {disc.y - disc.radius * 0.8:.1f}"
        )

    def _describe(self, edge: Edge) -> str:
        relation = self.network.relation(edge.relation)
        name = (relation.arabic if self.words.right_to_left else relation.english) or edge.relation
        ends = f"{self.discs[edge.source].label} – {name} – {self.discs[edge.target].label}"
        dates = f" ({edge.first} – {edge.last})" if edge.first and edge.first != edge.last else ""
        dates = f" ({edge.first})" if edge.first and edge.first == edge.last else dates
        return "\n".join((f"{ends}{dates} × {edge.weight}", *edge.sentences[:1]))

    def _arrow_heads(self) -> str:
        colours = {self.palette.family(self.network.relation(edge.relation)) for edge in self.network.edges}
        return "".join(
            f'<marker id="arrow-{colour[1:]}" viewBox="0 0 10 10" refX="0" refY="5" markerUnits="userSpaceOnUse"'
            f' markerWidth="{ARROW + 5}" markerHeight="{ARROW + 5}" orient="auto">'
            f'<path d="M0 1L9 5L0 9z" fill="{colour}"/></marker>'
            for colour in sorted(colours)
        )

    def _legend_rows(self) -> list[tuple[str, list[Entry]]]:
        rows = [(self.words.get("relations"), self._family_entries()), self._node_entries()]
        notes = [Entry("note", svg.FAINT, self.words.get("width"))]
        if any(edge.status is not Status.ACTUAL for edge in self.network.edges):
            notes.append(Entry("dashes", svg.FAINT, self.words.get("dashed")))
        return [row for row in rows if row[1]] + ([("", notes)] if self.network.edges else [])

    def _family_entries(self) -> list[Entry]:
        counts = Counter(self.network.relation(edge.relation).family for edge in self.network.edges)
        entries = []
        for family, number in counts.most_common():
            arabic, english = self.network.families.get(family, (family, family))
            name = arabic if self.words.right_to_left else english
            entries.append(Entry("line", self.palette.families.get(family, svg.FAINT), f"{name} ({number})"))
        return entries

    def _node_entries(self) -> tuple[str, list[Entry]]:
        if self.look.colour_by is ColourBy.COMMUNITY:
            known = [one for one in self.communities if one.size > 1][: len(self.palette.communities) - 1]
            return self.words.get("communities"), [
                Entry("dot", self.palette.community(one.number), f"{one.label} ({one.size})") for one in known
            ]
        counts = Counter(node.kind for node in self.network.nodes)
        entries = []
        for kind, number in counts.most_common():
            arabic, english = self.network.kinds.get(kind, (kind, kind))
            name = arabic if self.words.right_to_left else english
            entries.append(Entry("dot", self.palette.kind(kind), f"{name} ({number})"))
        return self.words.get("actors"), entries


def _towards(x: float, y: float, to_x: float, to_y: float, step: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1.0
    step = min(step, length)
    return x + (to_x - x) / length * step, y + (to_y - y) / length * step
