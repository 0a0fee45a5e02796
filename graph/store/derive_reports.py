"""Plans which documents are copies of one report, for the shared graph: document -> the first document of its report.

Only the reports that a change touches are looked at, and whatever has a band in common with a document that comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Store

from ..rdf.namespaces import RDF, RW, SCHEMA, Namespaces
from ..rdf.reports import MINIMA, REPORT, Outline, group_reports, sketch_of
from ..rdf.terms import Triple
from ..text.band_filter import BandFilter
from ..text.sketch import Sketch

_REPORT, _BAND = NamedNode(REPORT[1:-1]), NamedNode(RW + "band")
_MINIMA, _PUBLISHED = NamedNode(MINIMA[1:-1]), NamedNode(SCHEMA + "datePublished")
_TYPE, _ARTICLE = NamedNode(RDF + "type"), NamedNode(SCHEMA + "NewsArticle")


class ReportPlanner:
    """Plans on one store; reads it, writes nothing. `plans_all` says that no document comes by another planner."""

    def __init__(self, store: Store, namespaces: Namespaces, *, plans_all: bool = False) -> None:
        self._store = store
        self._namespaces = namespaces
        self._shared = NamedNode(namespaces.shared_graph)
        self._plans_all = plans_all
        self._filter: BandFilter | None = None
        self._is_settled = not plans_all  # whether it is known if there is a filter

    def forget(self) -> None:
        """Take it that any document may have come by another way."""
        self._filter, self._is_settled = None, not self._plans_all

    def plan(self, coming: Sequence[Outline], going: Iterable[str]) -> tuple[set[Triple], set[Triple]]:
        """Return the triples that go and those that come where documents come, and document graphs go."""
        arriving = {outline.document: outline for outline in coming}
        leaving = {f"<{graph.removesuffix('/graph')}>" for graph in going}
        touched = {*arriving, *leaving}
        near = {document for outline in arriving.values() for document in self._find_copies(outline, touched)}
        together = {member for document in touched | near for member in self._find_members(document)}
        staying = (touched | near | together) - arriving.keys() - leaving
        outlines = [*arriving.values(), *map(self._read_outline, sorted(staying))]
        wanted = {(document, REPORT, first) for document, first in group_reports(outlines).items()}
        current = {triple for document in touched | staying for triple in self._read_reports(document)}
        return current - wanted, wanted - current

    def plan_anew(self) -> set[Triple]:
        """Return what the shared graph has to say of reports, whatever it says now."""
        outlines = (
            self._read_outline(str(quad.subject))
            for quad in self._store.quads_for_pattern(None, _TYPE, _ARTICLE)
            if isinstance(quad.subject, NamedNode) and str(quad.graph_name) == _graph_of(str(quad.subject))
        )
        return {(document, REPORT, first) for document, first in group_reports(outlines).items()}

    def _find_copies(self, outline: Outline, touched: set[str]) -> Iterator[str]:
        """Yield the stored documents that are copies of one, but for those that come or go themselves."""
        seen = set(touched)
        for band in self._find_bands(outline.sketch) if outline.sketch else ():
            for quad in self._store.quads_for_pattern(None, _BAND, Literal(band)):
                document = f"{str(quad.subject).removesuffix('/sketch>')}>"
                if document in seen or str(quad.graph_name) != _graph_of(document):
                    continue
                seen.add(document)
                if outline.is_copy(self._read_outline(document)):
                    yield document

    def _find_bands(self, sketch: Sketch) -> Sequence[str]:
        """Return the bands of a coming document that stored ones may have, and note all of them.

        It is known which these have where all have come through this planner.
        """
        if not self._is_settled:
            self._is_settled = True
            if not any(True for _ in self._store.quads_for_pattern(None, _BAND, None)):
                self._filter = BandFilter()
        if self._filter is None:
            return sketch.bands()
        met = self._filter.find_met(sketch)
        self._filter.add(sketch)
        return met

    def _find_members(self, document: str) -> Iterator[str]:
        """Yield all documents of the report that a document is of, as the shared graph has it."""
        for _, _, first in self._read_reports(document):
            for quad in self._store.quads_for_pattern(None, _REPORT, _node(first), self._shared):
                yield str(quad.subject)

    def _read_reports(self, document: str) -> list[Triple]:
        quads = self._store.quads_for_pattern(_node(document), _REPORT, None, self._shared)
        return [(document, REPORT, str(quad.object)) for quad in quads]

    def _read_outline(self, document: str) -> Outline:
        graph = _node(_graph_of(document))
        drawn = self._store.quads_for_pattern(_node(sketch_of(document)), _MINIMA, None, graph)
        dated = self._store.quads_for_pattern(_node(document), _PUBLISHED, None, graph)
        triples = ((document, str(quad.predicate), str(quad.object)) for quads in (drawn, dated) for quad in quads)
        return Outline.read(document, triples)


def _graph_of(document: str) -> str:
    return f"{document[:-1]}/graph>"


def _node(term: str) -> NamedNode:
    return NamedNode(term[1:-1])
