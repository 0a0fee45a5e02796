"""The predicate lexicon: what the loader accepts, what it refuses and how, and that the shipped data holds together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import LanguageDataError
from graph.lang.lexicon import LightRole, Modality, Predicates, VerbEntry, load_predicates
from graph.lang.predicates import RELATIONS
from graph.model import EntityKind, Status
from graph.resources import package_folder

VERB = """\
- lemma: اِلْتَقَى
  past: التقى
  present: يلتقي
  root: لقي
  form: 8
  frames:
    - {relation: met, subject: [agent], object: [direct, ب, مع], reciprocal: true, confidence: 0.9}
"""
FILES = {
    "slots.yaml": "prepositions: [ب, مع, إلى, ل, على]\nagent_markers: [من قبل]\n",
    "verbs.yaml": VERB,
    "nouns.yaml": "- noun: زيارة\n  plurals: [زيارات]\n"
    "  frames:\n    - {relation: visited, subject: [of, nisba], object: [إلى, of2]}\n",
    "light_verbs.yaml": "- {lemma: عَقَدَ, past: عقد, present: يعقد, root: عقد, form: 1, via: [direct], role: agent}\n",
    "modality.yaml": "verbs:\n"
    "  - {lemma: نَفَى, past: نفى, present: ينفي, root: نفي, form: 1, status: denied, complement: [clause]}\n"
    "nouns: [{noun: عدم, status: denied, complement: [masdar]}]\n"
    "particles: [{particle: قد, status: possible, before: present}, {particle: قد, status: actual, before: past}]\n",
    "attribution.yaml": "verbs:\n"
    "  - {lemma: زَعَمَ, past: زعم, present: يزعم, root: زعم, form: 1, complement: [clause], hedged: true}\n"
    "markers: [{marker: بحسب, before: source}]\nnouns: [بيان]\n",
}


def write_lexicon(folder: Path, **changed: str) -> Path:
    for name, text in (FILES | {f"{stem}.yaml": text for stem, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> Predicates:
    return load_predicates(package_folder("lang") / "ar")


def verb(predicates: Predicates, past: str, relation: str) -> VerbEntry:
    return next(
        entry
        for entry in predicates.verbs
        if entry.past == past and any(frame.relation == relation for frame in entry.frames)
    )


def test_loader_turns_a_verb_block_into_an_entry_with_its_frame(tmp_path: Path) -> None:
    (entry,) = load_predicates(write_lexicon(tmp_path)).verbs
    (frame,) = entry.frames
    assert (entry.past, entry.present, entry.root, entry.form) == ("التقى", "يلتقي", "لقي", 8)
    assert (frame.relation, frame.subject, frame.object) == ("met", ("agent",), ("direct", "ب", "مع"))
    assert (frame.reciprocal, frame.confidence, frame.status) == (True, 0.9, None)


def test_loader_reads_every_section_of_a_small_lexicon(tmp_path: Path) -> None:
    predicates = load_predicates(write_lexicon(tmp_path))
    assert predicates.nouns[0].plurals == ("زيارات",)
    assert predicates.light_verbs[0].role is LightRole.AGENT
    assert predicates.modal_verbs[0].status is Modality.DENIED
    assert [particle.status for particle in predicates.particles] == [Modality.POSSIBLE, Modality.ACTUAL]
    assert predicates.speech_verbs[0].hedged
    assert (predicates.markers[0].marker, predicates.markers[0].before, predicates.speech_nouns) == (
        "بحسب",
        "source",
        ("بيان",),
    )
    assert predicates.agent_markers == ("من قبل",)


def test_loader_reads_kinds_and_status_as_enums(tmp_path: Path) -> None:
    text = VERB.replace("reciprocal: true", "object_kinds: [Person], status: planned")
    (entry,) = load_predicates(write_lexicon(tmp_path, verbs=text)).verbs
    assert entry.frames[0].object_kinds == (EntityKind.PERSON,)
    assert entry.frames[0].status is Status.PLANNED


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("relation: met", "relation: mett", "relation 'mett'"),
        ("subject: [agent]", "subject: [doer]", "slot 'doer'"),
        ("object: [direct, ب, مع]", "object: [of2]", "slot 'of2'"),
        ("  present: يلتقي\n", "", "present"),
        ("form: 8", "form: 11", "form"),
        ("confidence: 0.9", "confidence: 1.5", "confidence"),
        ("reciprocal: true", "reciprocl: true", "reciprocl"),
        (", object: [direct, ب, مع], reciprocal: true", "", "needs an object"),
    ],
)
def test_loader_names_file_line_and_lemma_when_an_entry_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    second = VERB.replace("اِلْتَقَى", "قَابَلَ").replace(old, new)
    with pytest.raises(LanguageDataError) as caught:
        load_predicates(write_lexicon(tmp_path, verbs=VERB + second))
    message = str(caught.value)
    assert said in message
    assert "verbs.yaml:8: entry 'قَابَلَ'" in message


def test_loader_refuses_the_same_verb_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "verbs_more.yaml").write_text(VERB, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"verbs_more\.yaml:1.*already at .*verbs\.yaml:1"):
        load_predicates(write_lexicon(tmp_path))


@pytest.mark.parametrize(
    ("stem", "text", "said"),
    [
        ("verbs", "lemma: x", "must be a list"),
        ("verbs", "- [", "is not YAML"),
        ("slots", "prepositions: ب", "prepositions must be a list"),
        ("modality", "verbs: []", "nouns must be a list"),
        ("nouns", "- noun: \u0627\u0653\u0644\u064a\u0629", "normal form C"),
    ],
)
def test_loader_names_the_file_when_it_has_the_wrong_shape(tmp_path: Path, stem: str, text: str, said: str) -> None:
    with pytest.raises(LanguageDataError, match=rf"{stem}\.yaml.*{said}"):
        load_predicates(write_lexicon(tmp_path, **{stem: text}))


def test_loader_says_which_file_is_missing(tmp_path: Path) -> None:
    (write_lexicon(tmp_path) / "verbs.yaml").unlink()
    with pytest.raises(LanguageDataError, match=r"no verbs\.yaml"):
        load_predicates(tmp_path)


def test_shipped_lexicon_covers_every_relation_but_those_that_titles_give(shipped: Predicates) -> None:
    of_verbs = {frame.relation for entry in shipped.verbs for frame in entry.frames}
    of_nouns = {frame.relation for entry in shipped.nouns for frame in entry.frames}
    assert of_verbs >= RELATIONS - {"holdsOffice"}
    assert of_nouns >= RELATIONS - {"holdsOffice"}


def test_relations_of_the_lexicon_are_those_of_the_ontology() -> None:
    turtle = (package_folder("ontology") / "relations.ttl").read_text(encoding="utf-8")
    assert set(re.findall(r"^rw:([a-z]\w*)\s", turtle, re.MULTILINE)) == RELATIONS


def test_shipped_lexicon_keeps_the_giver_and_the_taker_apart(shipped: Predicates) -> None:
    received = next(frame for frame in verb(shipped, "تسلم", "supplies").frames if frame.relation == "supplies")
    handed = next(frame for frame in verb(shipped, "سلم", "supplies").frames if frame.relation == "supplies")
    assert (received.subject[0], received.object[0]) == ("من", "agent")
    assert (handed.subject[0], handed.object[0]) == ("agent", "إلى")


def test_shipped_homographs_fire_only_with_their_nouns(shipped: Predicates) -> None:
    signs = next(frame for frame in verb(shipped, "وقع", "signedAgreementWith").frames)
    lies = next(frame for frame in verb(shipped, "وقع", "partOf").frames)
    assert "مذكرة" in signs.requires
    assert "هجوم" in lies.not_with


def test_shipped_modality_tells_perhaps_from_done(shipped: Predicates) -> None:
    may = {particle.before: particle.status for particle in shipped.particles if particle.particle == "قد"}
    assert may == {"present": Modality.POSSIBLE, "past": Modality.ACTUAL}
