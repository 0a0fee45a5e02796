"""The JSON of /network: measures, communities, balance and changes, for OpenAPI and for clients."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from .schemas import Actor, RelationName


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Method(_Model):
    """How figures were worked out. `sampled` is how many nodes' shortest paths were followed, null where all were."""

    engine: str = Field(examples=["rustworkx"])
    communities: str = Field(examples=["Leiden"])
    modularity: float = Field(examples=[0.41])
    sampled: int | None = Field(examples=[None])
    nodes: int
    edges: int


class MeasuredActor(Actor):
    """An actor with its figures: `bridging` is 0 where all its ties lie in one community, towards 1 among many."""

    degree: int
    weighted_degree: int
    pagerank: float
    betweenness: float
    core: int
    community: int
    bridging: float


class MeasurePage(_Model):
    """Actors by a measure, highest first."""

    method: Method
    items: list[MeasuredActor]
    next: str | None


class Community(_Model):
    """Actors who have more to do with each other than with the rest, by their best-known members."""

    number: int
    size: int
    best_known: list[Actor]


class Bridge(_Model):
    """Two actors of two communities, with the weight of all ties between them."""

    source: Actor
    target: Actor
    communities: list[int]
    weight: float


class Communities(_Model):
    """The communities of more than one actor, the largest first, and the ties that bridge them."""

    method: Method
    items: list[Community]
    bridges: list[Bridge]


class Triad(_Model):
    """Three actors under strain: the signs of their pairs, and the weight of the weakest."""

    actors: list[Actor]
    signs: str = Field(examples=["++-"])
    weight: float


class Balance(_Model):
    """How support and conflict balance: pairs and triads by their signs, and the triads under strain."""

    positive_pairs: int
    negative_pairs: int
    balanced: float | None = Field(description="The share of balanced triads; null where there are no triads.")
    triads: dict[str, int] = Field(examples=[{"+++": 3, "+--": 2, "++-": 1, "---": 0}])
    strained: list[Triad]


class Standing(_Model):
    """An actor who gained or lost ties, with its reports in both periods."""

    actor: Actor
    gained: int
    lost: int
    before: int
    after: int


class Shift(_Model):
    """A tie with its reports in both periods."""

    source: Actor
    relation: RelationName
    target: Actor
    before: int
    after: int


class Counts(_Model):
    """How many ties came, went, and changed in weight."""

    gained: int
    lost: int
    shifted: int


class Changes(_Model):
    """What changed between two periods, the largest changes first."""

    counts: Counts
    standings: list[Standing]
    gained: list[Shift]
    lost: list[Shift]
    shifted: list[Shift]
