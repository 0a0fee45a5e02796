"""Documents -> reports: copies of one text, as agencies' articles stand in many outlets, are one report.

Whether two documents are copies is a matter of the two alone, and a report is all that copies lead to from one to the
next; so reports depend on the set of documents, never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from ..text.sketch import BANDS, LEAST_LIKENESS, ROWS, Sketch, read_sketch
from .namespaces import RW, SCHEMA
from .terms import Triple, read_string

REPORT, MINIMA, BAND = f"<{RW}report>", f"<{RW}minima>", f"<{RW}band>"
_PUBLISHED = f"<{SCHEMA}datePublished>"
_OF_OUTLINE = frozenset({_PUBLISHED, MINIMA})
# Agencies' texts are printed at once or within days; what stands alike years apart has been reported again.
MOST_DAYS = 3
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Outline:
    """What tells a document from others: its IRI as a term, its day and the sketch of its text."""

    document: str
    published: str | None
    sketch: Sketch | None

    @classmethod
    def read(cls, document: str, triples: Iterable[Triple]) -> Outline:
        """Read the outline of a document from its triples; what an update has made unreadable is left out."""
        described = document, sketch_of(document)
        said = sorted([triple[1:] for triple in triples if triple[0] in described and triple[1] in _OF_OUTLINE])
        days = (_read_day(object_) for predicate, object_ in said if predicate == _PUBLISHED)
        drawn = (object_ for predicate, object_ in said if predicate == MINIMA and object_.startswith('"'))
        published = next(filter(None, days), None)
        sketch = next(filter(None, map(read_sketch, map(read_string, drawn))), None)
        return cls(document, published, sketch)

    def is_copy(self, other: Outline) -> bool:
        """Say whether two documents that have a band in common are copies of one text."""
        one, two = self.sketch, other.sketch
        if one is None or two is None or one.likeness(two) < LEAST_LIKENESS:
            return False
        if self.published is not None and self.published == other.published:
            return True
        return _days_between(self, other) <= MOST_DAYS and not one.tells_other_figures(two)


def sketch_of(document: str) -> str:
    """Return the term that names the sketch of a document."""
    return f"{document[:-1]}/sketch>"


def group_reports(outlines: Iterable[Outline]) -> dict[str, str]:
    """Return the first document of the report of each document: the one that was published first."""
    known = {outline.document: outline for outline in outlines}
    leads = {document: document for document in known}
    for one, other in _find_candidates([*known.values()], leads):
        if one.is_copy(other):
            leads[_lead(leads, one.document)] = _lead(leads, other.document)
    firsts: dict[str, tuple[str, str]] = {}
    for document, outline in known.items():
        lead, rank = _lead(leads, document), (outline.published or _LAST, document)
        firsts[lead] = min(firsts.get(lead, rank), rank)
    return {document: firsts[_lead(leads, document)][1] for document in known}


def _find_candidates(outlines: list[Outline], leads: dict[str, str]) -> Iterator[tuple[Outline, Outline]]:
    """Yield the pairs that have a band in common and are not one report already, those of each band after another."""
    compared: set[tuple[str, str]] = set()
    for number in range(BANDS):
        buckets: dict[bytes, list[Outline]] = {}
        for outline in outlines:
            if outline.sketch is not None:
                row = outline.sketch.minima[number * ROWS : (number + 1) * ROWS]
                buckets.setdefault(row, []).append(outline)
        for bucket in buckets.values():
            for one, other in _pair_near(bucket):
                pair = one.document, other.document
                if pair not in compared and _lead(leads, pair[0]) != _lead(leads, pair[1]):
                    compared.add(pair)
                    yield one, other


def _pair_near(bucket: list[Outline]) -> Iterator[tuple[Outline, Outline]]:
    """Yield the pairs that are near in time, or of which one has no day: what is printed daily fills a bucket."""
    undated = [outline for outline in bucket if outline.published is None]
    dated = sorted(
        (outline for outline in bucket if outline.published), key=lambda each: (each.published, each.document)
    )
    yield from combinations(undated, 2)
    yield from ((one, other) for one in undated for other in dated)
    for place, one in enumerate(dated):
        for other in dated[place + 1 :]:
            if _days_between(one, other) > MOST_DAYS:
                break
            yield one, other


def _days_between(one: Outline, other: Outline) -> int:
    """Return how many days lie between two documents; none where either has no day."""
    if one.published is None or other.published is None:
        return 0
    return abs((date.fromisoformat(one.published) - date.fromisoformat(other.published)).days)


def _lead(leads: dict[str, str], document: str) -> str:
    while leads[document] != document:
        leads[document] = leads[leads[document]]
        document = leads[document]
    return document


def _read_day(term: str) -> str | None:
    try:
        return date.fromisoformat(read_string(term)).isoformat()
    except ValueError:
        return None
