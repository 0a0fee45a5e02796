"""Timeline -> SVG: bars of facts by month on top, below them a row for each relation with a dot for each month."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from ..layout import label_width
from ..palette import Palette
from ..timeline import Timeline
from . import svg
from .legend import Entry, write_legend
from .picture import MARGIN, Caption
from .words import Words

MOST_MONTHS = 60
MOST_RELATIONS = 14
WIDTH, BARS, ROW, HEAD = 1100.0, 190.0, 30.0, 96.0
LARGEST_DOT = 12.0
WIDEST_BAR = 48.0
GRID = "#e3e7ec"


def draw_timeline(timeline: Timeline, caption: Caption, *, language: str = "ar") -> str:
    """Return the chart as SVG; a span of more than 60 months is counted by year."""
    return _Chart(timeline, Words.load(language)).compose(caption)


class _Chart:
    """A timeline on its way to SVG. Time runs from left to right in either language."""

    def __init__(self, timeline: Timeline, words: Words) -> None:
        self.timeline, self.words = timeline, words
        self.palette = Palette.load()
        self.bins, self.counts = _bin(timeline)
        totals: Counter[str] = Counter()
        for (_, relation), number in self.counts.items():
            totals[relation] += number
        self.rows = sorted(totals, key=lambda relation: (-totals[relation], relation))[:MOST_RELATIONS]
        names = [f"{self._name(relation)} ({totals[relation]})" for relation in self.rows]
        self.labels = dict(zip(self.rows, names, strict=True))
        room = max((label_width(name, 14) for name in names), default=0.0) + 20
        self.left = MARGIN + (40.0 if words.right_to_left else room)
        self.right = WIDTH - MARGIN - (room if words.right_to_left else 20.0)
        self.step = (self.right - self.left) / max(len(self.bins), 1)

    def compose(self, caption: Caption) -> str:
        axis = HEAD + BARS
        bottom = axis + 34 + ROW * len(self.rows)
        entries = self._legend() if self.bins else []
        legend, height = write_legend(entries, WIDTH, bottom + 12, self.words)
        body = self._head(caption)
        if self.bins:
            body += "".join(
                (*self._scale(axis), *self._bars(axis), *self._months(axis), *self._dots(axis + 34), legend)
            )
        else:
            missing = self.timeline.without_month
            line = self.words.get("without_month", count=missing) if missing else self.words.get("nothing")
            line = self.words.isolate(line)
            body += self._write(WIDTH / 2, HEAD + 60, line, size=18, anchor="middle", colour=svg.FAINT)
            height = HEAD + 120
        return svg.document(WIDTH, height, body, language=self.words.language, title=caption.title)

    def _head(self, caption: Caption) -> str:
        x, anchor = (WIDTH - MARGIN, "end") if self.words.right_to_left else (MARGIN, "start")
        parts = [caption.filter] if caption.filter else []
        missing = self.timeline.without_month if len(next(iter(self.bins), "2024")) > 4 else self.timeline.undated
        if missing and self.bins:
            parts.append(self.words.get("without_month", count=missing))
        line = self.words.isolate(" · ".join(parts))
        return self._write(
            x, 42, self.words.isolate(caption.title), size=24, anchor=anchor, weight="bold"
        ) + self._write(x, 68, line, size=14, anchor=anchor, colour=svg.FAINT)

    def _scale(self, axis: float) -> Iterator[str]:
        for value in _ticks(self._highest()):
            y = axis - self._rise(value)
            yield svg.line(self.left, y, self.right, y, GRID)
            yield svg.text(self.left - 8, y + 4, str(value), size=12, anchor="end", colour=svg.FAINT, arabic=False)

    def _bars(self, axis: float) -> Iterator[str]:
        families, wide = self._families(), min(WIDEST_BAR, self.step * 0.72)
        for place, name in enumerate(self.bins):
            x = self.left + self.step * (place + 0.5) - wide / 2
            y = axis
            for family in families:
                number = self._of_family(name, family)
                if number:
                    rise = self._rise(number)
                    y -= rise
                    note = f"{name}: {self._family_name(family)} {number}"
                    colour = self.palette.families.get(family, svg.FAINT)
                    yield svg.box(x, y, wide, rise, colour, note=note)
        yield svg.line(self.left, axis, self.right, axis, svg.FAINT)

    def _months(self, axis: float) -> Iterator[str]:
        """Write as many names of months as there is room for, and always the first of a year."""
        every = max(1, math.ceil(62 / self.step)) if len(self.bins[0]) > 4 else max(1, math.ceil(40 / self.step))
        for place, name in enumerate(self.bins):
            if place % every == 0:
                x = self.left + self.step * (place + 0.5)
                yield svg.text(x, axis + 18, name, size=12, anchor="middle", colour=svg.FAINT, arabic=False)

    def _dots(self, top: float) -> Iterator[str]:
        most = max(self.counts.values(), default=1)
        reach = min(LARGEST_DOT, self.step * 0.48)
        for row, relation in enumerate(self.rows):
            y = top + ROW * (row + 0.5)
            yield svg.line(self.left, y, self.right, y, GRID)
            colour = self.palette.family(self.timeline.relations[relation])
            for place, name in enumerate(self.bins):
                number = self.counts.get((name, relation), 0)
                if number:
                    x = self.left + self.step * (place + 0.5)
                    yield svg.circle(x, y, max(3.0, reach * math.sqrt(number / most)), colour)
            if self.words.right_to_left:
                yield self._write(
                    WIDTH - MARGIN, y + 5, self.words.isolate(self.labels[relation]), size=14, anchor="end"
                )
            else:
                yield self._write(self.left - 14, y + 5, self.labels[relation], size=14, anchor="end")

    def _legend(self) -> list[tuple[str, list[Entry]]]:
        entries = [
            Entry("box", self.palette.families.get(family, svg.FAINT), self._family_name(family))
            for family in self._families()
        ]
        return [(self.words.get("facts"), entries)]

    def _families(self) -> list[str]:
        counts: Counter[str] = Counter()
        for (_, relation), number in self.counts.items():
            counts[self.timeline.relations[relation].family] += number
        return [family for family, _ in counts.most_common()]

    def _of_family(self, name: str, family: str) -> int:
        return sum(
            number
            for (bin_name, relation), number in self.counts.items()
            if bin_name == name and self.timeline.relations[relation].family == family
        )

    def _highest(self) -> int:
        totals: Counter[str] = Counter()
        for (name, _), number in self.counts.items():
            totals[name] += number
        return max(totals.values(), default=1)

    def _rise(self, value: float) -> float:
        return value / _ticks(self._highest())[-1] * (BARS - 20)

    def _name(self, relation: str) -> str:
        about = self.timeline.relations[relation]
        return (about.arabic if self.words.right_to_left else about.english) or relation

    def _family_name(self, family: str) -> str:
        arabic, english = self.timeline.families.get(family, (family, family))
        return arabic if self.words.right_to_left else english

    def _write(
        self, x: float, y: float, line: str, *, size: float, anchor: str, weight: str = "normal", colour: str = svg.INK
    ) -> str:
        arabic = self.words.right_to_left
        return svg.text(x, y, line, size=size, anchor=anchor, weight=weight, colour=colour, arabic=arabic)


def _bin(timeline: Timeline) -> tuple[list[str], Mapping[tuple[str, str], int]]:
    """Return the names of all months from first to last, or years where there are too many, with the counts."""
    months = sorted({month for month, _ in timeline.months})
    if not months and not timeline.years:
        return [], {}
    if months:
        first, last = months[0], months[-1]
        span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
        if span <= MOST_MONTHS:
            start = int(first[:4]) * 12 + int(first[5:7]) - 1
            return [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, start + span)], timeline.months
    counts: Counter[tuple[str, str]] = Counter(timeline.years)
    for (month, relation), number in timeline.months.items():
        counts[month[:4], relation] += number
    years = sorted(year for year, _ in counts)
    return [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)], counts


def _ticks(highest: int) -> list[int]:
    """Return three to six round numbers from 0 up to the highest value or just above it."""
    step = 10 ** int(math.log10(max(highest, 1)))
    for size in (step // 5, step // 2, step, step * 2, step * 5):
        if size and highest / size <= 5:
            return list(range(0, (math.ceil(highest / size) + 1) * size, size))
    return [0, highest]
