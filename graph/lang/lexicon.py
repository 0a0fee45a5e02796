"""Reads the predicate lexicon of a language: verbs, event nouns, light verbs, modality and attribution.

The folder is that of one language, such as lang/ar. Every entry is checked; the first wrong one is named with its
file, line and lemma. Slots are the English names below plus the prepositions listed in the folder's slots.yaml.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ..errors import LanguageDataError
from .predicate_schema import (
    CitedModel,
    FrameModel,
    LightVerbModel,
    MarkerModel,
    ModalNounModel,
    ModalVerbModel,
    NounModel,
    ParticleModel,
    SpeechVerbModel,
    VerbModel,
)
from .predicates import (
    RELATIONS,
    Frame,
    LightRole,
    LightVerb,
    Marker,
    MarkerRole,
    Modality,
    ModalNoun,
    ModalVerb,
    NounEntry,
    Particle,
    Predicates,
    SpeechVerb,
    VerbEntry,
)
from .tables import Table

__all__ = [
    "Frame",
    "LightRole",
    "LightVerb",
    "Marker",
    "ModalNoun",
    "ModalVerb",
    "Modality",
    "NounEntry",
    "Particle",
    "Predicates",
    "SpeechVerb",
    "VerbEntry",
    "load_predicates",
]

VERB_SLOTS = frozenset(
    {"agent", "asker", "by", "direct", "direct2", "clause", "of", "nisba", "post", "sender", "striker"}
)
NOUN_SLOTS = frozenset(
    {"asker", "of", "of2", "nisba", "nisba2", "agent", "head", "parties", "clause", "victim", "post", "sender"}
)
LIGHT_SLOTS = frozenset({"direct", "subject"})
COMPLEMENTS = frozenset({"clause", "masdar", "direct", "quote"})

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Model = TypeVar("_Model", bound=BaseModel)


def load_predicates(folder: Path) -> Predicates:
    """Read the lexicon files of one language folder; raise LanguageDataError at the first entry that is wrong."""
    slots = folder / "slots.yaml"
    prepositions = _read_words(slots, "prepositions")
    modality, attribution = folder / "modality.yaml", folder / "attribution.yaml"
    classes = _word_classes(folder / "word_classes.yaml")
    verbs = _Checker(VERB_SLOTS.union(prepositions), classes)
    nouns = _Checker(NOUN_SLOTS.union(prepositions), classes)
    light = _Checker(LIGHT_SLOTS.union(prepositions))
    other = _Checker(COMPLEMENTS.union(prepositions))
    return Predicates(
        verbs=tuple(
            VerbEntry(**_citation(model), frames=verbs.frames(model.frames, entry))
            for path in _matching(folder, "verbs")
            for entry, model in verbs.entries(path, None, VerbModel)
        ),
        nouns=tuple(
            NounEntry(model.noun, tuple(model.plurals), nouns.frames(model.frames, entry))
            for path in _matching(folder, "nouns")
            for entry, model in nouns.entries(path, None, NounModel)
        ),
        light_verbs=tuple(
            LightVerb(
                **_citation(model),
                via=light.slots(model.via, entry),
                role=LightRole(model.role),
                nouns=tuple(model.nouns),
                not_with=tuple(model.not_with),
            )
            for entry, model in light.entries(folder / "light_verbs.yaml", None, LightVerbModel)
        ),
        modal_verbs=tuple(
            ModalVerb(
                **_citation(model), status=Modality(model.status), complement=other.slots(model.complement, entry)
            )
            for entry, model in other.entries(modality, "verbs", ModalVerbModel)
        ),
        modal_nouns=tuple(
            ModalNoun(model.noun, Modality(model.status), other.slots(model.complement, entry))
            for entry, model in other.entries(modality, "nouns", ModalNounModel)
        ),
        particles=tuple(
            Particle(model.particle, Modality(model.status), model.before)
            for _, model in other.entries(modality, "particles", ParticleModel)
        ),
        speech_verbs=tuple(
            SpeechVerb(**_citation(model), complement=other.slots(model.complement, entry), hedged=model.hedged)
            for entry, model in other.entries(attribution, "verbs", SpeechVerbModel)
        ),
        markers=tuple(
            Marker(model.marker, MarkerRole(model.before))
            for _, model in other.entries(attribution, "markers", MarkerModel)
        ),
        speech_nouns=_read_words(attribution, "nouns"),
        prepositions=prepositions,
        agent_markers=_read_words(slots, "agent_markers"),
    )


class _Citation(TypedDict):
    lemma: str
    past: str
    present: str
    root: str
    form: int


def _word_classes(path: Path) -> tuple[tuple[str, ...], ...]:
    if not path.exists():
        return ()
    table = Table(path)
    return tuple(table.word_list(name) for name in table.names())


def _citation(model: CitedModel) -> _Citation:
    return _Citation(lemma=model.lemma, past=model.past, present=model.present, root=model.root, form=model.form)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry stands, for messages; the line is looked up only when one is written."""

    path: Path
    section: str | None
    index: int
    name: str

    def error(self, message: str) -> LanguageDataError:
        line = _line_of(self.path, self.section, self.index)
        return LanguageDataError(f"{self.path}:{line}: entry {self.name!r}: {message}")


class _Checker:
    """Checks entries against a model and a set of slots, and that no entry is written twice."""

    def __init__(self, slots: frozenset[str], classes: tuple[tuple[str, ...], ...] = ()) -> None:
        self._classes = classes
        self._slots = slots
        self._seen: dict[tuple[str, ...], _Entry] = {}

    def entries(self, path: Path, section: str | None, model: type[_Model]) -> Iterator[tuple[_Entry, _Model]]:
        for index, raw in enumerate(_read_list(path, section)):
            entry = _Entry(path, section, index, _name_of(raw))
            try:
                checked = model.model_validate(raw)
            except ValidationError as error:
                raise entry.error(_first_problem(error)) from None
            self._refuse_duplicate(entry, raw, path.stem if section else model.__name__)
            yield entry, checked

    def frames(self, models: Iterable[FrameModel], entry: _Entry) -> tuple[Frame, ...]:
        return tuple(self._frame(model, entry) for model in models)

    def slots(self, names: Iterable[str], entry: _Entry) -> tuple[str, ...]:
        unknown = [name for name in names if name not in self._slots]
        if unknown:
            raise entry.error(f"slot {unknown[0]!r} is unknown: use one of {', '.join(sorted(self._slots))}.")
        return tuple(names)

    def _frame(self, model: FrameModel, entry: _Entry) -> Frame:
        if model.relation not in RELATIONS:
            raise entry.error(f"relation {model.relation!r} is unknown: mend the spelling or add it to the ontology.")
        return Frame(
            relation=model.relation,
            subject=self.slots(model.subject, entry),
            object=self.slots(model.object, entry),
            item=self.slots(model.item, entry),
            status=model.status,
            reciprocal=model.reciprocal,
            subject_kinds=tuple(model.subject_kinds),
            object_kinds=tuple(model.object_kinds),
            requires=self._whole(model.requires),
            not_with=tuple(model.not_with),
            after=tuple(model.after),
            not_after=tuple(model.not_after),
            past=model.past,
            base=model.base,
            armed=model.armed,
            confidence=model.confidence,
        )

    def _whole(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the words with the whole of each class whose first word is among them."""
        listed = tuple(words)
        added = [word for members in self._classes if members[0] in listed for word in members if word not in listed]
        return (*listed, *added)

    def _refuse_duplicate(self, entry: _Entry, raw: Mapping[str, object], group: str) -> None:
        key = (group, entry.section or "", entry.name, str(raw.get("present", "")), str(raw.get("before", "")))
        first = self._seen.setdefault(key, entry)
        if first is not entry:
            line = _line_of(first.path, first.section, first.index)
            raise entry.error(f"is already at {first.path}:{line}: merge the two.")


def _matching(folder: Path, stem: str) -> list[Path]:
    """Return verbs.yaml and verbs_*.yaml, whichever are there."""
    paths = sorted([*folder.glob(f"{stem}.yaml"), *folder.glob(f"{stem}_*.yaml")])
    if not paths:
        raise LanguageDataError(f"{folder}: no {stem}.yaml and no {stem}_*.yaml: restore one of them.")
    return paths


def _read_yaml(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LanguageDataError(f"{path}: cannot be read ({error.strerror}): restore the file.") from error
    if not unicodedata.is_normalized("NFC", text):
        raise LanguageDataError(f"{path}: is not in Unicode normal form C: save it as NFC.")
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise LanguageDataError(f"{path}: is not YAML: {error}") from error


def _read_list(path: Path, section: str | None) -> list[Mapping[str, object]]:
    content = _read_yaml(path)
    if section is not None:
        content = content.get(section) if isinstance(content, Mapping) else None
    if not isinstance(content, list) or not all(isinstance(item, Mapping) for item in content):
        raise LanguageDataError(f"{path}: {section or 'the file'} must be a list of entries.")
    return content


def _read_words(path: Path, section: str) -> tuple[str, ...]:
    content = _read_yaml(path)
    words = content.get(section) if isinstance(content, Mapping) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise LanguageDataError(f"{path}: {section} must be a list of words.")
    return tuple(words)


def _name_of(raw: Mapping[str, object]) -> str:
    return str(next((raw[key] for key in ("lemma", "noun", "particle", "marker") if key in raw), "without a name"))


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "entry"
    return f"{field}: {problem['msg']}."


def _line_of(path: Path, section: str | None, index: int) -> int:
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    if section is not None and isinstance(node, yaml.MappingNode):
        node = next(value for key, value in node.value if key.value == section)
    if not isinstance(node, yaml.SequenceNode):
        return 1
    return int(node.value[index].start_mark.line) + 1
