"""Checks one YAML entry of the predicate lexicon: what fields it has and what values they may take.

Only the loader in lexicon.py uses these models; what leaves the room is the frozen dataclasses defined there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..model import EntityKind, Status

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Words = list[Word]
SomeWords = Annotated[list[Word], Field(min_length=1)]
Confidence = Annotated[float, Field(ge=0.3, le=0.95)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrameModel(_Strict):
    """One reading of a verb or noun: which slots fill which side of which relation."""

    relation: Word
    subject: SomeWords
    object: Words = []
    item: Words = []
    status: Status | None = None
    reciprocal: bool = False
    subject_kinds: list[EntityKind] = []
    object_kinds: list[EntityKind] = []
    requires: Words = []
    not_with: Words = []
    after: Words = []
    not_after: Words = []
    past: bool = False
    base: bool = False
    armed: bool = False
    confidence: Confidence = 0.7

    @model_validator(mode="after")
    def _has_an_object(self) -> FrameModel:
        if not self.object and not self.reciprocal:
            raise ValueError("a frame needs an object unless it is reciprocal")
        return self


class CitedModel(_Strict):
    """The fields of every verb: vowelled lemma, unvowelled past and present, root and form I to X as a number."""

    lemma: Word
    past: Word
    present: Word
    root: Annotated[str, StringConstraints(min_length=3, max_length=4)]
    form: Annotated[int, Field(ge=1, le=10)]


class VerbModel(CitedModel):
    """A verb of verbs*.yaml."""

    frames: Annotated[list[FrameModel], Field(min_length=1)]


class NounModel(_Strict):
    """An event noun of nouns*.yaml."""

    noun: Word
    plurals: Words = []
    frames: Annotated[list[FrameModel], Field(min_length=1)]


class LightVerbModel(CitedModel):
    """A verb of light_verbs.yaml, which lends its subject to an event noun."""

    via: SomeWords
    role: Literal["agent", "patient", "none"]
    nouns: Words = []
    not_with: Words = []


class ModalVerbModel(CitedModel):
    """A verb of modality.yaml, which says whether its complement happened."""

    status: Literal["actual", "planned", "possible", "denied", "requested"]
    complement: SomeWords


class ModalNounModel(_Strict):
    """A noun or adjective phrase of modality.yaml."""

    noun: Word
    status: Literal["actual", "planned", "possible", "denied", "requested"]
    complement: SomeWords


class ParticleModel(_Strict):
    """A particle of modality.yaml; `before` is the aspect of the verb that must follow, where it matters."""

    particle: Word
    status: Literal["actual", "planned", "possible", "denied", "requested"]
    before: Literal["past", "present", "noun", "any"] = "any"


class SpeechVerbModel(CitedModel):
    """A verb of attribution.yaml: its subject says what follows."""

    complement: SomeWords
    hedged: bool = False


class MarkerModel(_Strict):
    """A word or phrase of attribution.yaml before the name of the one who says so, or of what he said it to."""

    marker: Word
    before: Literal["source", "report", "outlet", "aside"]
