"""The JSON of what is tied to whom and when: counterparts, paths, timelines."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from graph.model import Status

from .schemas import Actor, Fact, Model, RelationCount, RelationName

CounterpartSort = Literal["-weight", "weight", "-facts", "facts", "-first", "first", "-last", "last"]
DateSort = Literal["date", "-date"]
NetworkFormat = Literal["json", "gexf", "graphml", "turtle"]


class Counterpart(Actor):
    """Whom facts tie to an actor; `weight` is the number of reports that do."""

    weight: int = Field(examples=[26])
    facts: int = Field(examples=[31])
    first: str | None = Field(examples=["2023-03-01"])
    last: str | None = Field(examples=["2024-01"])
    relations: list[RelationCount]


class CounterpartPage(Model):
    """A page of counterparts, those with the most reports first."""

    items: list[Counterpart]
    next: str | None


class Month(Model):
    """How many facts fall into a month (`YYYY-MM`, or `YYYY` where no more is known), in all and by status."""

    month: str = Field(examples=["2024-01"])
    facts: int = Field(examples=[12])
    statuses: dict[str, int] = Field(examples=[{"actual": 10, "planned": 2}])


class MonthPage(Model):
    """The months that have facts, in order, all of them."""

    items: list[Month]
    next: None


class Moment(Model):
    """What is said to have been so on a date, told by `facts` facts of `documents` documents, which are `reports`
    reports; `fact` is one of them."""

    date: str = Field(examples=["2024-01-29"])
    subject: Actor
    relation: RelationName
    object: Actor
    status: Status
    facts: int
    documents: int
    reports: int
    confidence: float
    fact: str = Field(examples=["d1/fact/3f2a9c0d1e4b5a67"])


class Timeline(Model):
    """A page of what happened, by date."""

    items: list[Moment]
    next: str | None


class Step(Model):
    """A step of a path: from whom to whom, by how many facts (`total`) of how many reports (`weight`), from when to
    when, and some of the facts, the newest."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    source: str = Field(alias="from", examples=["Q3874799"])
    target: str = Field(alias="to", examples=["Q145"])
    weight: int
    total: int
    first: str | None
    last: str | None
    facts: list[Fact]


class ActorPath(Model):
    """A way from one actor to another; nobody is met twice."""

    length: int = Field(examples=[2])
    actors: list[Actor]
    steps: list[Step]


class PathList(Model):
    """Paths, the shortest first; `complete` says that none was overlooked, `seen` how many actors were looked at."""

    items: list[ActorPath]
    complete: bool
    seen: int
