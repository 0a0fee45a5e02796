"""The named queries of queries/*.rq: headers with titles and typed parameters; values are checked, then bound.

A header is comment lines at the top of the file:
    # title@ar: ...
    # title@en: ...
    # description: ...
    # param: <name> <type> required|optional|default=<value> example=<value> <description>
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..rdf.namespaces import Namespaces
from ..rdf.terms import Term


class ParameterType(StrEnum):
    """What a parameter takes."""

    IRI = "iri"
    ACTOR = "actor"
    DATE = "date"
    INTEGER = "integer"
    STRING = "string"
    RELATION = "relation"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; `default` stands in where none is given, `example` works on the sample corpus."""

    name: str
    type: ParameterType
    description: str
    required: bool = False
    default: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the catalogue."""

    name: str
    title_ar: str
    title_en: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def bind(
        self,
        values: Mapping[str, str],
        *,
        namespaces: Namespaces,
        resolve: Callable[[str], str | None] | None = None,
    ) -> dict[str, Term]:
        """Check values and return the substitutions for `Queryable.select`; raise QueryError, naming each fault.

        An actor is an IRI, a local id (`Q212`, `person/...`), or a name where `resolve` finds the IRI of it.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All named queries, by name."""

    queries: Mapping[str, NamedQuery]

    @classmethod
    def load(cls, folder: Path | None = None) -> Catalogue:
        """Read queries/*.rq as shipped, or those of a folder; raise QueryError for a header that cannot be read."""
        raise NotImplementedError

    def get(self, name: str) -> NamedQuery:
        """Return a query; raise UnknownQueryError, naming what there is."""
        raise NotImplementedError
