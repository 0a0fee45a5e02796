"""Reads a document with a Reader and keeps what it saw on the way: Reader and Document in, Explanation out.

Another reader that has the grammar as one of its voices may decide: what the grammar saw is shown, and what came of it.
Nothing is decided here. Candidates come from the reader's own weigher, and what became of each is told by the facts
that came out, so an explanation cannot differ from the reading that it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..extract.base import Extractor
from ..extract.candidates import Between, Standing, Trigger, actors_of, options, states_of
from ..extract.chunks import Chunk, Reading
from ..extract.clauses import Node
from ..extract.features import pair_features, spell_sides, trigger_features, view_pair, view_trigger
from ..extract.found import Found
from ..extract.relations import SYMMETRIC
from ..extract.scoring import Scored
from ..extract.words import stem_start
from ..model import Document, Extraction, Fact, Sentence
from ..pipeline import Reader
from ..resolve.linker import Linker
from .explanation import (
    ExplainedFact,
    ExplainedFrame,
    ExplainedMention,
    ExplainedSentence,
    ExplainedTrigger,
    Explanation,
    Reason,
    Verdict,
    Word,
)

# Less likely candidates are not worth a look.
SHOWN = 0.1


def explain(reader: Reader, document: Document, *, least: float = 0.0, decider: Extractor | None = None) -> Explanation:
    """Read a document and tell how; facts whose confidence is under `least` are told to be left out.

    Where a `decider` is given, the facts are those that it reads, and `reader` is the grammar that it listens to.
    """
    seen: list[_Seen] = []

    def watch(linker: Linker, reading: Reading, nodes: list[Node], triggers: list[Trigger], told: list[Found]) -> None:
        scored = list(reader.weigher.pairs(nodes, triggers, linker.actors, linker.country))
        seen.append(_Seen(linker, reading, nodes, triggers, told, scored))

    extraction = reader.read(document, watch)
    if decider is not None:
        extraction = decider.read(document)
    outcome = _Outcome(extraction, seen[0].linker if seen else None, overruled=decider is not None)
    explained = tuple(_explain_sentence(each, outcome, reader.weigher.scorer.weight, least) for each in seen)
    confident = tuple(fact for fact in extraction.facts if fact.confidence >= least)
    return Explanation(replace(extraction, facts=confident), explained)


@dataclass(frozen=True, slots=True)
class _Seen:
    linker: Linker
    reading: Reading
    nodes: list[Node]
    triggers: list[Trigger]
    told: list[Found]
    scored: list[Scored]


class _Outcome:
    """What came out of a document, to be asked for names and for the facts of a sentence."""

    def __init__(self, extraction: Extraction, linker: Linker | None, *, overruled: bool) -> None:
        self.overruled = overruled
        self._names = {actor.id: actor.name for actor in linker.actors.values()} if linker is not None else {}
        self._names |= {entity.id: entity.name for entity in extraction.entities}
        actors = linker.actors.values() if linker is not None else ()
        self._states = {actor.known.key: actor.id for actor in actors if actor.known is not None}
        self._facts = list(extraction.facts)
        self._ties = {frozenset((fact.subject, fact.object)) | {fact.predicate} for fact in extraction.facts}

    def name(self, entity: str) -> str:
        """Return the name of an entity, also of one that was left out in the end."""
        return self._names.get(entity, entity)

    def state(self, key: str) -> str:
        """Return the name of a state by its key in seeds/."""
        return self.name(self._states.get(key, key))

    def take(self, sentence: Sentence, subject: str, relation: str, target: str, rule: str, sure: float) -> Fact | None:
        """Return the fact that a candidate became, once."""
        for fact in self._facts:
            sides = fact.subject, fact.object
            same = fact.predicate == relation and (
                sides == (subject, target) or (self.overruled and relation in SYMMETRIC and sides == (target, subject))
            )
            # Who decides has a rule, a confidence and an order of its own.
            own = fact.rule == rule and abs(fact.confidence - min(sure, 0.99)) < 0.001
            if same and (own or self.overruled) and _is_of(fact, sentence):
                self._facts.remove(fact)
                return fact
        return None

    def take_rest(self, sentence: Sentence) -> list[Fact]:
        """Return the facts of a sentence that no candidate became: offices and belonging."""
        rest = [fact for fact in self._facts if _is_of(fact, sentence)]
        self._facts = [fact for fact in self._facts if fact not in rest]
        return rest

    def tells(self, subject: str, relation: str, target: str) -> bool:
        """Tell whether the same was said elsewhere; either way round, which only symmetric relations make use of."""
        return frozenset((subject, target)) | {relation} in self._ties


def _is_of(fact: Fact, sentence: Sentence) -> bool:
    evidence = fact.evidence
    return evidence.in_title == sentence.in_title and sentence.start <= evidence.start < sentence.end


def _explain_sentence(
    seen: _Seen, outcome: _Outcome, weight: Callable[[str], float], least: float
) -> ExplainedSentence:
    reading = seen.reading
    facts = [*_weighed(seen, outcome, weight), *_unweighed(seen, outcome)]
    facts += [_standing(fact, outcome) for fact in outcome.take_rest(reading.sentence)]
    facts = [replace(each, verdict=Verdict.BELOW) if _is_below(each, least) else each for each in facts]
    return ExplainedSentence(
        sentence=reading.sentence,
        words=tuple(
            Word(word.token.start, word.token.end, word.token.text, node.tag, _note(node, index, outcome))
            for index, (word, node) in enumerate(zip(reading.words, seen.nodes, strict=True))
        ),
        mentions=tuple(_mention(reading, chunk, outcome) for chunk in reading.chunks),
        triggers=tuple(_trigger(reading, trigger, outcome) for trigger in seen.triggers),
        facts=tuple(sorted(facts, key=lambda each: (each.verdict is not Verdict.KEPT, -each.probability))),
    )


def _is_below(explained: ExplainedFact, least: float) -> bool:
    return explained.fact is not None and explained.fact.confidence < least


def _note(node: Node, index: int, outcome: _Outcome) -> tuple[str, ...]:
    """Return what the grammar knows of a word beside its tag, in few words."""
    if node.verbs:
        lemmas = dict.fromkeys(sense.past for analysis in node.verbs for sense in analysis.senses)
        forms = dict.fromkeys(f"{analysis.form.aspect} {analysis.form.voice}" for analysis in node.verbs)
        return (*lemmas, *forms)
    if node.noun is not None:
        return (node.noun.entry.noun,)
    if node.chunk is not None and node.chunk.start == index:
        return (outcome.name(node.chunk.entity) if node.chunk.entity else node.chunk.kind,)
    if node.country:
        return (outcome.state(node.country),)
    return (node.preposition,) if node.preposition else ()


def _mention(reading: Reading, chunk: Chunk, outcome: _Outcome) -> ExplainedMention:
    start, end = stem_start(reading.words[chunk.start], chunk.cut), reading.words[chunk.end - 1].token.end
    sentence = reading.sentence
    return ExplainedMention(
        start,
        end,
        sentence.text[start - sentence.start : end - sentence.start],
        chunk.start,
        chunk.end,
        chunk.kind,
        str(chunk.reference),
        chunk.entity,
        outcome.name(chunk.entity) if chunk.entity else None,
    )


def _trigger(reading: Reading, trigger: Trigger, outcome: _Outcome) -> ExplainedTrigger:
    slots = (
        (slot, tuple(tuple(outcome.name(argument.entity) for argument in group) for group in groups if group))
        for slot, groups in trigger.slots.items()
    )
    return ExplainedTrigger(
        trigger.index,
        reading.words[trigger.index].token.text,
        trigger.rule,
        trigger.status,
        tuple(
            ExplainedFrame(
                frame.relation,
                frame.subject,
                frame.object,
                frame.confidence,
                sum(filling.frame == frame for filling in trigger.fillings.get(frame.relation, ())),
            )
            for frame in trigger.frames
        ),
        tuple((slot, groups) for slot, groups in slots if groups),
        tuple(outcome.name(entity) for entity in dict.fromkeys((*trigger.agents, *trigger.subjects))),
        outcome.name(trigger.speaker) if trigger.speaker else None,
    )


# Trigger, rule, subject, relation, object.
_Key = tuple[int, str, str, str, str]


def _weighed(seen: _Seen, outcome: _Outcome, weight: Callable[[str], float]) -> Iterator[ExplainedFact]:
    """Yield the pairs around the triggers that became facts or came near it, each once, with reasons."""
    told: dict[_Key, Found] = {}
    for found in sorted(seen.told, key=lambda each: each.confidence):
        told[found.trigger, found.rule, found.subject, found.relation, found.object] = found
    best: dict[_Key, Scored] = {}
    for scored in seen.scored:
        trigger = scored.trigger
        key = (trigger.index, trigger.rule, scored.subject.entity, scored.relation, scored.object.entity)
        if key not in best or scored.probability > best[key].probability:
            best[key] = scored
    reasons = _Reasons(seen, weight)
    for key, scored in sorted(best.items(), key=lambda each: -each[1].probability):
        if scored.probability < SHOWN and key not in told:
            continue
        index, rule, subject, relation, target = key
        sure = round(told[key].confidence if key in told else scored.probability, 3)
        asked = key in told or outcome.overruled
        fact = outcome.take(seen.reading.sentence, subject, relation, target, rule, sure) if asked else None
        decided = scored.filling.status if scored.filling is not None else None
        speaker = scored.trigger.speaker
        yield ExplainedFact(
            outcome.name(subject),
            relation,
            outcome.name(target),
            decided or scored.trigger.status,
            sure,
            rule,
            index,
            scored.filling is not None,
            _verdict(fact, key in told, outcome, (subject, relation, target)),
            reasons.of(scored),
            fact,
            outcome.name(speaker) if speaker and speaker not in (subject, target) else None,
        )


def _unweighed(seen: _Seen, outcome: _Outcome) -> Iterator[ExplainedFact]:
    """Yield the facts of rules that the weights do not judge."""
    judged = {trigger.index for trigger in seen.triggers}
    for found in seen.told:
        if found.trigger in judged:
            continue
        sides = found.subject, found.relation, found.object
        fact = outcome.take(seen.reading.sentence, *sides, found.rule, round(found.confidence, 3))
        yield ExplainedFact(
            outcome.name(found.subject),
            found.relation,
            outcome.name(found.object),
            found.status,
            round(found.confidence, 3),
            found.rule,
            found.trigger,
            True,
            _verdict(fact, True, outcome, sides),
            fact=fact,
        )


def _standing(fact: Fact, outcome: _Outcome) -> ExplainedFact:
    names = outcome.name(fact.subject), fact.predicate, outcome.name(fact.object)
    return ExplainedFact(
        *names, fact.status, fact.confidence, fact.rule or "", None, True, Verdict.KEPT, fact=fact
    )  # fmt: skip


def _verdict(fact: Fact | None, told: bool, outcome: _Outcome, sides: tuple[str, str, str]) -> Verdict:
    if fact is not None:
        return Verdict.KEPT
    if not told:
        return Verdict.UNLIKELY
    if outcome.tells(*sides):
        return Verdict.ELSEWHERE
    return Verdict.OVERRULED if outcome.overruled else Verdict.CUT


Sides = tuple[Mapping[Standing, Sequence[str]], Mapping[Standing, Sequence[str]]]


class _Reasons:
    """The weights behind a probability, heaviest first; features without weight are left out."""

    def __init__(self, seen: _Seen, weight: Callable[[str], float]) -> None:
        self._seen = seen
        self._weight = weight
        self._between = Between(seen.nodes)
        self._sides: dict[tuple[int, str], Sides] = {}

    def of(self, scored: Scored) -> tuple[Reason, ...]:
        """Return what speaks for and against a pair."""
        trigger, frame = scored.trigger, scored.frame
        subjects, objects = self._features(trigger)[id(trigger), frame.relation]
        features = [
            *trigger_features(view_trigger(trigger, frame)),
            *subjects[scored.subject],
            *objects[scored.object],
            *pair_features(view_pair(trigger, frame, scored.subject, scored.object, scored.filling)),
        ]
        weighed = (Reason(feature, self._weight(feature)) for feature in features)
        return tuple(sorted((each for each in weighed if each.weight), key=lambda each: -abs(each.weight)))

    def _features(self, trigger: Trigger) -> dict[tuple[int, str], Sides]:
        if not any(key[0] == id(trigger) for key in self._sides):
            nodes, linker = self._seen.nodes, self._seen.linker
            kinds = {key: actor.kind for key, actor in linker.actors.items()}
            actors = actors_of(nodes, states_of(nodes, linker.country), kinds)
            for option in options([trigger], actors, kinds):
                sides = spell_sides(self._between, option, "s"), spell_sides(self._between, option, "o")
                self._sides[id(trigger), option.frame.relation] = sides
        return self._sides
