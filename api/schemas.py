"""The JSON of the HTTP interface, for OpenAPI and for clients; workers write it, tests hold their answers to it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.model import EntityKind, Status

Direction = Literal["out", "in"]
ActorSort = Literal["-facts", "facts", "ar", "-ar", "en", "-en"]
FactSort = Literal["-date", "date", "-published", "published", "-confidence", "confidence"]
DocumentSort = Literal["-published", "published", "title", "-title"]


class Model(BaseModel):
    """What is known of an answer is all that there is."""

    model_config = ConfigDict(extra="forbid")


class Labels(Model):
    """A name in Arabic and in English, either of which may be unknown."""

    ar: str | None = Field(examples=["أوكرانيا"])
    en: str | None = Field(examples=["Ukraine"])


class Actor(Model):
    """An actor or thing as it stands in lists; `id` is what /actors/{id} takes."""

    id: str = Field(examples=["Q212"])
    iri: str = Field(examples=["https://rawabit.example/id/entity/Q212"])
    kind: EntityKind | None = Field(examples=["Country"])
    label: Labels


class CountedActor(Actor):
    """An actor with the number of facts that name it."""

    facts: int = Field(examples=[42])


class FoundActor(CountedActor):
    """An actor that was looked for: the name that fits, and how well (1 is the very name)."""

    matched: str | None = Field(examples=["أوكرانيا"])
    score: float | None = Field(examples=[1.0])


class ActorPage(Model):
    """A page of actors; `next` is the cursor of the page that follows, null on the last one."""

    items: list[FoundActor]
    next: str | None = Field(examples=[None])


class Alias(Model):
    """Another name of an actor."""

    text: str = Field(examples=["الجمهورية الأوكرانية"])
    language: str | None = Field(examples=["ar"])


class Office(Model):
    """An office that a person has held, as known apart from any news."""

    body: Actor
    title: Labels
    since: str | None = Field(examples=["2019-05-20"])
    until: str | None = Field(examples=[None])


class RelationName(Model):
    """A relation with its labels."""

    name: str = Field(examples=["supplies"])
    label: Labels
    symmetric: bool = Field(examples=[False])


class RelationCount(Model):
    """How many facts of one relation, direction and status name an actor, in how many documents, which are how many
    reports: copies of one text are one."""

    relation: RelationName
    direction: Direction
    status: Status
    facts: int
    documents: int
    reports: int
    first: str | None
    last: str | None


class Link(Model):
    """What an actor belongs to (`out`), or what belongs to it (`in`), as known apart from any news."""

    link: Literal["country", "part_of", "made_by"]
    direction: Direction
    actor: Actor


class ActorDetail(Actor):
    """All that is known of an actor; `first` and `last` are the dates of its earliest and latest dated fact, and
    `first_seen` and `last_seen` when the first and last document that tells of it was published."""

    aliases: list[Alias]
    same_as: list[str] = Field(examples=[["http://www.wikidata.org/entity/Q212"]])
    offices: list[Office]
    links: list[Link]
    first: str | None = Field(examples=["2024-01-29"])
    last: str | None = Field(examples=["2024-02-14"])
    first_seen: str | None = Field(examples=["2024-01-30"])
    last_seen: str | None = Field(examples=["2024-02-15"])
    facts: int
    documents: int
    reports: int
    relations: list[RelationCount]


class Quantity(Model):
    """An amount as written, and as read."""

    text: str | None = Field(examples=["100 مليون دولار"])
    value: float | None = Field(examples=[100000000])
    unit: str | None = Field(examples=["USD"])
    bound: str | None = Field(examples=[None])


class Evidence(Model):
    """The sentence that says so; offsets count characters of the document's text, or of its title where `in_title`.

    `before` and `after` are what surrounds it, given for a single fact only.
    """

    text: str | None
    start: int | None = Field(examples=[120])
    end: int | None = Field(examples=[188])
    in_title: bool = Field(examples=[False])
    before: str | None = None
    after: str | None = None


class DocumentName(Model):
    """A document as it stands in lists."""

    id: str | None = Field(examples=["d1"])
    iri: str | None
    title: str | None
    published: str | None = Field(examples=["2024-01-30"])
    source: str | None
    url: str | None


class _FactBody(Model):
    id: str = Field(examples=["d1/fact/3f2a9c0d1e4b5a67"])
    iri: str
    subject: Actor
    relation: RelationName
    object: Actor
    status: Status
    stated: Status = Field(examples=["actual"])
    date: str | None = Field(examples=["2024-01"])
    item: str | None = Field(examples=["دبابات"])
    role: str | None = None
    trigger: str | None = Field(None, examples=["تسلمت"], description="The word of the sentence that tells the fact.")
    date_text: str | None = Field(None, examples=["الثلاثاء"], description="The words of the sentence that date it.")
    quantity: Quantity | None = None
    attributed_to: Actor | None = None
    confidence: float = Field(examples=[0.9])
    readers: list[str] = Field(examples=[["grammar"]], description="Who read the fact: each reader that found it.")
    event: str | None = Field(None, examples=["5f1c0a77d2b94e13/2024-01-29"])
    happening: str | None = None
    evidence: Evidence | None


class Fact(_FactBody):
    """Who did what to whom, whether it happened, when, who says so, and the sentence it was read from.

    `stated` is the status that the text gives, which `status` differs from where somebody has refused the fact.
    """

    document: DocumentName


class ToldBy(Model):
    """A fact of an event with its document; `copy_of` is the document whose text that one repeats, if it does."""

    fact: str = Field(examples=["d2/fact/1b7c9c0d1e4b5a67"])
    status: Status
    document: DocumentName
    copy_of: str | None = Field(examples=[None])


class FactDetail(Fact):
    """A fact, and the other facts of its event, those of the first documents first, at most 50."""

    told_by: list[ToldBy]


class FactPage(Model):
    """A page of facts, newest first; a fact without a date stands at the date of its document."""

    items: list[Fact]
    next: str | None = Field(examples=["WyIyMDI0LTAxLTMwIiwi4oCmIl0"])


class Mention(Model):
    """A place in a document where an actor is named."""

    start: int
    end: int
    in_title: bool
    actor: Actor


class DocumentDetail(DocumentName):
    """A document with its text, and the places of all that was read from it."""

    language: str | None = Field(examples=["ar"])
    text: str
    mentions: list[Mention]
    facts: list[_FactBody]


class ReadDocument(DocumentDetail):
    """A posted article with what was read from it, and whether it was stored."""

    outcome: Literal["stored", "replaced", "unchanged", "read"] = Field(
        description="`read` alone where it was a dry run; `unchanged` where it is stored as it is already."
    )


class Article(Model):
    """An article to be read; an id is made from its fields where it has none."""

    id: str | None = Field(None, examples=["wire-1"], max_length=500)
    text: str = Field(examples=["التقى الرئيس الأوكراني فولوديمير زيلينسكي رئيس الوزراء البريطاني في كييف."])
    title: str | None = Field(None, examples=["لقاء في كييف"])
    published: str | None = Field(None, examples=["2024-01-30"])
    source: str | None = Field(None, examples=["وكالة"])
    url: str | None = Field(None, examples=["https://news.example/1"])


class DocumentPage(Model):
    """A page of documents, newest first."""

    items: list[DocumentName]
    next: str | None


class Node(Actor):
    """An actor of a neighbourhood: its distance from the centre, and the weight of all its ties that were seen."""

    steps: int
    strength: int


class Edge(Model):
    """All facts of one relation and status between two actors; `weight` is the number of reports that tell it, those
    of which there are copies counted once, and `documents` that of all documents."""

    source: str
    target: str
    relation: RelationName
    status: Status
    weight: int
    documents: int
    facts: int
    first: str | None
    last: str | None
    confidence: float


class Cut(Model):
    """How many nodes and edges were left out, the weakest ones."""

    nodes: int
    edges: int


class Neighbourhood(Model):
    """The actors around one, and the ties between all of them."""

    centre: str
    depth: int
    nodes: list[Node]
    edges: list[Edge]
    cut: Cut


class RelationFacts(RelationName):
    """How many facts there are of a relation."""

    facts: int
    statuses: dict[str, int]


class DocumentCount(Model):
    """How many documents there are, which are how many reports, of how many outlets, from when to when."""

    number: int
    reports: int
    sources: int
    first: str | None
    last: str | None


class Outlet(Model):
    """An outlet with its documents, in all and by month of their publication."""

    source: str
    documents: int
    months: dict[str, int] = Field(examples=[{"2024-01": 3}])


class Stats(Model):
    """What a graph holds, counted."""

    checkpoint: int
    documents: DocumentCount
    facts: int
    statuses: dict[str, int]
    relations: list[RelationFacts]
    kinds: dict[str, int]
    months: dict[str, int]
    outlets: list[Outlet] = Field(description="Those with the most documents, 20 at most.")
    top_actors: list[CountedActor]


class VocabularyRelation(Model):
    """A relation of the vocabulary."""

    name: str = Field(examples=["supplies"])
    iri: str
    label: Labels
    inverse: Labels | None
    comment: str
    family: str = Field(examples=["aid"])
    symmetric: bool
    plover: str | None = Field(examples=["AID"])
    domain: list[str]
    range: list[str]


class Vocabulary(Model):
    """Relations, their families, and the classes of entities."""

    relations: list[VocabularyRelation]
    next: str | None = None
    families: dict[str, Labels]
    classes: dict[str, Labels]


class Health(Model):
    """Whether the service is up, and for /readyz from which checkpoint it answers."""

    status: Literal["ok"]
    checkpoint: str | None = None


class Problem(BaseModel):
    """An RFC 9457 problem document; `type` is a stable word for programs, `detail` says what to do."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:rawabit:problem:bad-parameter"])
    title: str = Field(examples=["Bad request"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["limit: Input should be less than or equal to 200"])
