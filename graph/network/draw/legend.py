"""The legend of a picture: rows of samples with their names, running the way the language does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..layout import label_width
from . import svg
from .words import Words

SIZE, ROW, MARGIN, SAMPLE, GAP = 14.0, 26.0, 36.0, 22.0, 26.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample and its name; `shape` is line, dashes, dot, box, or note for a name alone."""

    shape: str
    colour: str
    name: str


def write_legend(
    rows: Sequence[tuple[str, Sequence[Entry]]], width: float, top: float, words: Words
) -> tuple[str, float]:
    """Return the legend as SVG, and the height of the picture that ends with it."""
    pieces: list[str] = [svg.line(MARGIN, top, width - MARGIN, top, "#d8dde3")] if rows else []
    y = top + ROW
    for head, entries in rows:
        x = MARGIN
        if head:
            pieces.append(_write(x, y, f"{head}:", width, words, weight="bold"))
            x += label_width(head, SIZE) + GAP
        for entry in entries:
            room = label_width(entry.name, SIZE) + (0 if entry.shape == "note" else SAMPLE + 8)
            if x > MARGIN and x + room > width - MARGIN:
                x, y = MARGIN, y + ROW
            pieces.append(_entry(x, y, entry, width, words))
            x += room + GAP
        y += ROW
    return f'<g class="legend">\n{"".join(pieces)}</g>\n', y


def _entry(x: float, y: float, entry: Entry, width: float, words: Words) -> str:
    if entry.shape == "note":
        return _write(x, y, entry.name, width, words, colour=entry.colour)
    left = width - x - SAMPLE if words.right_to_left else x
    middle = y - SIZE * 0.35
    if entry.shape == "dot":
        sample = svg.circle(left + SAMPLE / 2, middle, 8, entry.colour)
    elif entry.shape == "box":
        sample = svg.box(left + 3, middle - 7, 14, 14, entry.colour)
    else:
        dashed = entry.shape == "dashes"
        sample = svg.line(left, middle, left + SAMPLE, middle, entry.colour, width=4 - 2 * dashed, dashed=dashed)
    return sample + _write(x + SAMPLE + 8, y, entry.name, width, words)


def _write(
    x: float, y: float, text: str, width: float, words: Words, *, weight: str = "normal", colour: str = svg.INK
) -> str:
    """Write at x, which counts from the side where lines begin."""
    if words.right_to_left:
        return svg.text(
            width - x, y, words.isolate(text), size=SIZE, anchor="end", weight=weight, colour=colour, arabic=True
        )
    return svg.text(x, y, text, size=SIZE, weight=weight, colour=colour, arabic=False)
