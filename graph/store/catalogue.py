"""The named queries of queries/*.rq: headers with titles and typed parameters; values are checked, then bound.

A header is comment lines at the top of the file:
    # title@ar: ...
    # title@en: ...
    # description: ...
    # param: <name> <type> required|optional|default=<value> [example=<value>] <description>
A value with blanks stands in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import QueryError, UnknownQueryError
from ..model import EntityKind, Status
from ..rdf.namespaces import RW, Namespaces, is_safe_iri, is_wikidata_id
from ..rdf.terms import XSD, Iri, Literal, Term
from ..resources import data_folder

_HEADER = re.compile(r"#\s*(title@ar|title@en|description@ar|description|param)\s*:\s*(.*)")
_PARAM = re.compile(
    r'(?P<name>[a-z]\w*)\s+(?P<type>\w+)\s+(?P<need>required|optional|default=(?:"[^"]*"|\S+))'
    r'(?:\s+example=(?P<example>"[^"]*"|\S+))?\s+(?P<description>\S.*)'
)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_INTEGER = re.compile(r"[+-]?\d{1,18}\Z")
_RELATION = re.compile(r"(?:rw:)?([a-z][A-Za-z]*)\Z")
_ROOMS = frozenset(
    {*(kind.lower() for kind in EntityKind), "organisation", "outlet"}
)  # the first segments of local ids: kinds of entities, and tables of seeds/


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
    description_ar: str = ""

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
        names = [parameter.name for parameter in self.parameters]
        faults = [f"{name!r} is no parameter" for name in values if name not in names]
        terms: dict[str, Term] = {}
        for parameter in self.parameters:
            value = (values.get(parameter.name) or "").strip() or parameter.default
            if value is None:
                if parameter.required:
                    faults.append(f"{parameter.name} ({parameter.type}) is missing")
                continue
            try:
                terms[parameter.name] = _read_value(value, parameter.type, namespaces, resolve)
            except ValueError as error:
                faults.append(f"{parameter.name}={value!r}: {error}")
        if faults:
            takes = f"it takes {', '.join(names)}" if names else "it takes no parameters"
            raise QueryError(f"query {self.name}: {'; '.join(faults)}: {takes}.")
        return terms


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All named queries, by name."""

    queries: Mapping[str, NamedQuery]

    @classmethod
    def load(cls, folder: Path | None = None) -> Catalogue:
        """Read queries/*.rq as shipped, or those of a folder; raise QueryError for a header that cannot be read."""
        home = folder or data_folder("queries")
        queries = {path.stem: read_query(path) for path in sorted(home.glob("*.rq"))}
        for name, query in queries.items():
            if not (query.title_ar and query.title_en and query.description):
                raise QueryError(f"{home / name}.rq: lacks a title @ar, a title @en or a description: add it.")
        return cls(queries)

    def get(self, name: str) -> NamedQuery:
        """Return a query; raise UnknownQueryError, naming what there is."""
        try:
            return self.queries[name]
        except KeyError:
            raise UnknownQueryError(f"there is no query {name!r}; there are {', '.join(self.queries)}.") from None


def read_query(path: Path) -> NamedQuery:
    """Read a query file; one of a user's own may do without titles. Raise QueryError for a header that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise QueryError(f"{path}: is not UTF-8: save it as UTF-8.") from None
    said = {"title@ar": "", "title@en": "", "description": "", "description@ar": ""}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        header = _HEADER.match(line)
        if header is None:
            continue
        field, value = header.groups()
        if field == "param":
            parameters.append(_read_parameter(value.strip(), f"{path}:{number}"))
        else:
            said[field] = f"{said[field]} {value.strip()}".strip()
    names = [parameter.name for parameter in parameters]
    if len(set(names)) < len(names):
        raise QueryError(f"{path}: a parameter is named twice: rename one.")
    return NamedQuery(
        path.stem,
        said["title@ar"],
        said["title@en"],
        said["description"],
        tuple(parameters),
        text,
        description_ar=said["description@ar"],
    )


def _read_parameter(text: str, where: str) -> Parameter:
    found = _PARAM.fullmatch(text)
    if found is None:
        form = "<name> <type> required|optional|default=<value> [example=<value>] <description>"
        raise QueryError(f"{where}: the parameter {text!r} cannot be read: write {form}.")
    try:
        kind = ParameterType(found["type"])
    except ValueError:
        raise QueryError(f"{where}: {found['type']!r} is no type: use one of {', '.join(ParameterType)}.") from None
    need = found["need"]
    return Parameter(
        name=found["name"],
        type=kind,
        description=found["description"],
        required=need == "required",
        default=need.removeprefix("default=").strip('"') if need.startswith("default=") else None,
        example=found["example"].strip('"') if found["example"] else None,
    )


def _read_value(
    value: str, kind: ParameterType, namespaces: Namespaces, resolve: Callable[[str], str | None] | None
) -> Term:
    """Return the term of a value; raise ValueError with what would have been right."""
    if kind is ParameterType.ACTOR:
        return Iri(_find_actor(value, namespaces, resolve))
    if kind is ParameterType.IRI:
        if not is_safe_iri(value):
            raise ValueError("give an absolute IRI")
        return Iri(value)
    if kind is ParameterType.RELATION:
        relation = _RELATION.match(value.removeprefix(RW))
        if relation is None:
            raise ValueError("give the name of a relation, such as met")
        return Iri(RW + relation[1])
    if kind is ParameterType.DATE and not _DATE.match(value):
        raise ValueError("give YYYY, YYYY-MM or YYYY-MM-DD")
    if kind is ParameterType.STATUS and value not in set(Status):
        raise ValueError(f"give one of {', '.join(Status)}")
    if kind is ParameterType.INTEGER:
        if not _INTEGER.match(value):
            raise ValueError("give a whole number")
        return Literal(value, datatype=XSD + "integer")
    return Literal(value)


def _find_actor(value: str, namespaces: Namespaces, resolve: Callable[[str], str | None] | None) -> str:
    if value.startswith(namespaces.base) and is_safe_iri(value):
        return value
    if is_wikidata_id(value) or (value.partition("/")[0] in _ROOMS and value.partition("/")[2]):
        return namespaces.actor(value)
    found = resolve(value) if resolve else None
    if found is None:
        raise ValueError("no such actor: give an id such as Q212, an IRI, or another spelling of the name")
    return found
