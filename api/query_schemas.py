"""The JSON of the named queries: what they are called, what they take, how they ask."""

from __future__ import annotations

from pydantic import Field

from .schemas import Labels, Model


class QueryParameter(Model):
    """A parameter of a named query."""

    name: str
    type: str = Field(examples=["actor"])
    description: str
    required: bool
    default: str | None
    example: str | None


class NamedQuery(Model):
    """A query that can be asked by name at /queries/{name}."""

    name: str
    title: Labels
    description: str
    description_ar: str | None = Field(description="The description in Arabic, where there is one.")
    parameters: list[QueryParameter]
    sparql: str


class QueryList(Model):
    """A page of named queries."""

    items: list[NamedQuery]
    next: str | None = None
