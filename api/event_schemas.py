"""The JSON of events: what several documents tell of one deed, how far they agree, and who contradicts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.model import Status

from .schemas import Actor, DocumentName, Fact, Model, RelationName, ToldBy

EventSort = Literal["-date", "date", "-reports", "reports"]
Dispute = Literal["status", "amount"]


class Event(Model):
    """A deed as it stands in lists.

    `date` is as precise as any document tells it; where none does, `published` is all that bounds it: the day of the
    first document. `reports` counts independent reports, copies of one text being one, `statuses` those that say so of
    each status. `disputes` names what reports contradict one another in.
    """

    id: str = Field(examples=["5f1c0a77d2b94e13/2024-01-29"])
    iri: str
    subject: Actor
    relation: RelationName
    object: Actor
    date: str | None = Field(examples=["2024-01-29"])
    published: str | None = Field(examples=["2024-01-30"])
    statuses: dict[Status, int] = Field(examples=[{"actual": 3, "denied": 1}])
    facts: int = Field(examples=[5])
    documents: int = Field(examples=[5])
    reports: int = Field(examples=[3])
    sources: int = Field(examples=[4])
    confidence: float = Field(examples=[0.9])
    disputes: list[Dispute] = Field(examples=[["amount"]])


class EventPage(Model):
    """A page of events."""

    items: list[Event]
    next: str | None


class Source(Model):
    """An outlet that tells of an event, with its documents; `copies` are those that repeat a text of another."""

    name: str | None = Field(examples=["وكالة"])
    documents: list[str] = Field(examples=[["d1"]])
    copies: list[str] = Field(examples=[[]])


class Denial(Model):
    """Who denies an event: the actor whose words they are, where the document names one, and the document."""

    by: Actor | None
    fact: str
    document: DocumentName


class ToldAmount(Model):
    """An amount with the documents that tell it."""

    value: float = Field(examples=[14])
    unit: str | None = Field(examples=["دبابة"])
    bound: str | None = Field(examples=[None])
    documents: list[str] = Field(examples=[["d1"]])


class EventDetail(Event):
    """An event with its facts, those of the first documents first, at most 200; who tells of it, and what is disputed:
    `denials` where others say that it happened, `amounts` where reports tell some that cannot all be true."""

    first: ToldBy | None
    tellings: list[Fact]
    told_by: list[Source]
    denials: list[Denial]
    amounts: list[ToldAmount]
