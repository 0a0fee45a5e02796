"""Finds whose an attack is that is told of around a word: "killed in a raid by X", "X launched raids that hit Y"."""

from __future__ import annotations

from functools import lru_cache

from ..morphology.forms import NounAnalysis
from .arguments import BARE, Argument, Arguments
from .clauses import PHRASE_ENDS, Tag
from .deeds import as_subject
from .doers import doer_of
from .governors import Governor
from .nationalities import nationalities_after
from .noun_frames import relations_of_noun
from .relations import POWERS
from .scene import Scene
from .subjects import Subject
from .verb_frames import relations_of

_ASSAULT = "attacked"
_CACHED = 20_000
_ADJECTIVES = 3
_DEED_REACH = 14
_NEXT = 2
_TOLD, _FROM_BEFORE = 0.75, 0.6
_STRIKERS = ("nisba", "of", "agent")
_DESCRIBING = (Tag.OTHER, Tag.PARTICIPLE)


def is_assault(noun: NounAnalysis) -> bool:
    """Tell whether a noun names an attack."""
    return _ASSAULT in relations_of_noun(noun)


@lru_cache(maxsize=_CACHED)
def is_undergone(noun: NounAnalysis) -> bool:
    """Tell whether the genitive of a noun undergoes it: "the killing of X"."""
    frames = noun.entry.frames
    return any(f.relation == _ASSAULT and "of" in f.object and "agent" in f.subject for f in frames)


def is_ended(scene: Scene, index: int) -> bool:
    """Tell whether a war or attack goes on of which an end is wanted: "demanded an end to the shelling of X"."""
    noun = scene.nodes[index].noun
    fought = noun is not None and noun.entry.frames[0].relation in (_ASSAULT, "fights")
    return fought and index > 0 and scene.reading.words[index - 1].norm in scene.collector.morphemes.endings


def striker_of(scene: Scene, index: int, governor: Governor) -> Subject | None:
    """Return who made an attack that only goes on with one told before it.

    "A raid of X led to the killing of Y"; "X killed Y in a raid on Z".
    """
    noun, (clause, _) = scene.nodes[index].noun, governor
    if noun is None or not is_assault(noun) or noun.definite:
        return None
    led, undergone = scene.preposition_of(index), is_undergone(noun)
    if undergone:
        agent = clause.agent if clause is not None and led else None
        return agent if agent is not None and agent.place == "deed" and agent.arguments else None
    morphemes = scene.collector.morphemes
    attack = scene.triggers[-1] if scene.triggers and led in (morphemes.in_, morphemes.by) else None
    told = attack.fillings.get(_ASSAULT, ()) if attack is not None else ()
    if attack is None or not told or any(n.tag in PHRASE_ENDS for n in scene.nodes[attack.index + 1 : index]):
        return None
    return as_subject([told[0].subject], _FROM_BEFORE, "deed")


def agent_by_deed(scene: Scene, index: int) -> Subject | None:
    """Read "was killed in an American raid": the state of the deed is the agent of the word at `index`."""
    nodes = scene.nodes
    for position in range(index + 1, min(index + _DEED_REACH, len(nodes))):
        node = nodes[position]
        if node.tag in (Tag.STOP, Tag.VERB, Tag.SUBORDINATOR, Tag.COMMA):
            return None
        fire = scene.reading.words[position].norm in scene.collector.holders.fire
        if not fire and (node.noun is None or not is_assault(node.noun)):
            continue
        nationalities, end = nationalities_after(scene, position + 1)
        doer = _named_doer(scene, end)
        if doer is None and nationalities:
            doer = nationalities[0]
        if doer is not None:
            return as_subject([doer], _TOLD, "deed")
    return None


def striker_after(scene: Scene, index: int, arguments: Arguments) -> Subject | None:
    """Return whose an attack is that is the subject of the verb before it: "in which raids of X killed Y"."""
    slot, _, position = arguments.heads[0] if arguments.heads else ("", "", -1)
    noun = scene.nodes[position].noun if slot == BARE and index < position <= index + _NEXT else None
    if noun is None or not is_assault(noun) or is_undergone(noun) or scene.nodes[position].preposition:
        return None
    if any(node.tag is Tag.CHUNK for node in scene.nodes[index + 1 : position]):
        # Of "X condemned the raids" X is the subject.
        return None
    doer = doer_of(scene.nodes, position, scene.collector)
    return as_subject([doer], _TOLD, "deed") if doer is not None else None


def striker_before(scene: Scene, index: int) -> Subject | None:
    """Return whose an attack is that a verb right behind it goes on to tell of: "X launched raids [that] hit Y".

    Behind an attack with the article there must be "that". Of one that is nobody's, the verb tells what it struck, and
    no subject of the clause before did; "the strikes hit Y" may go back to the only striker that the text has told of.
    """
    before = index - 1
    relative = before > 0 and scene.nodes[before].tag is Tag.RELATIVE
    before -= relative
    while before > 0 and scene.nodes[before].tag in _DESCRIBING and not scene.nodes[before].preposition:
        before -= 1
    noun = scene.nodes[before].noun if before >= 0 and not scene.nodes[index].conjunction else None
    if noun is None or not is_assault(noun):
        return None
    trigger = next((t for t in reversed(scene.triggers) if t.index == before), None)
    doers = trigger.first_of(_STRIKERS) if trigger is not None else []
    if doers:
        return as_subject(doers, _TOLD, "deed") if relative or not noun.definite else None
    behind = scene.reading.norm_at(index + 1)
    if (
        is_undergone(noun)
        or behind in scene.collector.resumptives.words
        or _ASSAULT not in relations_of(scene.nodes[index].verbs)
    ):
        return None
    return _in_mind(scene) if noun.definite and not relative else Subject((), 0.0, "deed")


def _in_mind(scene: Scene) -> Subject:
    """Return the only one who is told to have struck a state or what is one's; nobody where there are more."""
    strikers = set(scene.discourse.strikers.values())
    return Subject(tuple(strikers), _FROM_BEFORE, "deed") if len(strikers) == 1 else Subject((), 0.0, "deed")


def _named_doer(scene: Scene, start: int) -> Argument | None:
    """Return whoever is named right behind an attack as its doer: "a raid of X", "a raid by X", "that X launched"."""
    nodes = scene.nodes
    index = start
    while index < len(nodes) and index - start < _ADJECTIVES and nodes[index].tag in (Tag.OTHER, Tag.PARTICIPLE):
        if nodes[index].preposition:
            return None
        index += 1
    launched = index < len(nodes) and (nodes[index].tag is Tag.VERB or nodes[index].agentive)
    if launched:
        verb = nodes[index].verbs
        if nodes[index].tag is Tag.VERB and not any(a.pronoun is not None and a.lights for a in verb):
            return None
        index += nodes[index].length
    chunk = nodes[index].chunk if index < len(nodes) else None
    if chunk is None or not chunk.entity or chunk.kind not in POWERS:
        return None
    if chunk.preposition not in ("", scene.collector.morphemes.for_) or (launched and chunk.preposition):
        return None
    return Argument("agent", chunk.entity, chunk.kind, index, chunk.end, 0)
