"""The JSON of candidates and decisions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from graph.model import EntityKind, Verdict

from .schemas import Actor, Model

_NEEDED = {
    Verdict.SAME: {"one", "other"},
    Verdict.DIFFERENT: {"one", "other"},
    Verdict.WRONG: {"fact"},
    Verdict.RIGHT: {"fact"},
    Verdict.RENAME: {"one", "name"},
    Verdict.RETYPE: {"one", "kind"},
}
_TARGETS = ("one", "other", "fact", "name", "kind")


class ContextSentence(Model):
    """A sentence in which an actor is named, and the id of its document."""

    text: str
    document: str | None = Field(examples=["d1"])


class CandidateSide(Actor):
    """One of two actors that may be one."""

    country: Actor | None
    facts: int
    context: ContextSentence | None


class Candidate(Model):
    """Two actors that may be one: how likely that is, and what speaks for it."""

    id: str = Field(examples=["9f86d081884c7d65"])
    score: float = Field(examples=[0.87])
    reasons: list[str] = Field(examples=[["name", "country"]])
    one: CandidateSide
    other: CandidateSide


class CandidatePage(Model):
    """A page of candidates, the likeliest first."""

    items: list[Candidate]
    next: str | None


class GivenName(Model):
    """A name that somebody gave an actor."""

    text: str
    language: str | None = Field(examples=["ar"])


class Decision(Model):
    """What somebody decided. Actors are shown as they stand; after `same` the two are one."""

    id: str = Field(examples=["9f86d081884c7d65"])
    verdict: Verdict
    by: str | None
    at: str = Field(examples=["2026-11-26T15:01:02Z"])
    why: str | None
    one: Actor | None
    other: Actor | None
    fact: str | None = Field(examples=["d1/fact/3f2a9c0d1e4b5a67"])
    name: GivenName | None
    kind: EntityKind | None


class DecisionPage(Model):
    """A page of decisions, the newest first."""

    items: list[Decision]
    next: str | None


class NewDecision(Model):
    """A decision to be made: `same` and `different` take `one` and `other`, `wrong` and `right` a `fact`, `rename`
    takes `one`, `name` and `language`, `retype` takes `one` and `kind`."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    verdict: Verdict
    one: str | None = Field(None, min_length=1, max_length=600, examples=["person/سيرغي_بويف"])
    other: str | None = Field(None, min_length=1, max_length=600, examples=["Q212"])
    fact: str | None = Field(None, min_length=1, max_length=800, examples=["d1/fact/3f2a9c0d1e4b5a67"])
    name: str | None = Field(None, min_length=1, max_length=300)
    language: Literal["ar", "en"] | None = None
    kind: EntityKind | None = None
    by: str | None = Field(None, max_length=200, examples=["Rana"])
    why: str | None = Field(None, max_length=2000)

    @model_validator(mode="after")
    def _fits(self) -> NewDecision:
        needed = _NEEDED[self.verdict]
        missing = sorted(name for name in needed if getattr(self, name) is None)
        idle = sorted(name for name in _TARGETS if name not in needed and getattr(self, name) is not None)
        if missing:
            raise ValueError(f"{self.verdict} needs {', '.join(missing)}")
        if idle or (self.language is not None and self.verdict is not Verdict.RENAME):
            raise ValueError(f"{self.verdict} takes no {', '.join(idle) or 'language'}")
        return self

    def fields(self) -> dict[str, Any]:  # Any: what json takes
        """Return the fields as they go to the writer."""
        fields = self.model_dump(mode="json")
        fields["by"], fields["why"] = fields["by"] or None, fields["why"] or None
        if self.verdict is Verdict.RENAME:
            fields["language"] = fields["language"] or "ar"
        return fields
