"""Finds the verb that governs an event noun and lends it its subject: "carried out a raid", "intends to send"."""

from __future__ import annotations

from functools import lru_cache

from ..lang.predicates import LightRole, LightVerb, Modality, ModalVerb, NounEntry
from ..morphology.forms import NounAnalysis
from ..text.fold import loosen, normalize
from .arguments import slot_key
from .clauses import Tag
from .grammar import Grammar
from .scene import Clause, Scene

# The clause whose subject serves a noun, and how its verb governs the noun; None where it does not.
Governor = tuple[Clause | None, LightRole | None]

_REACH = 9
_SUBJECT = ("subject",)
_ASIDE = 20
_OCCASIONS = frozenset({"met", "spokeWith", "visited", "negotiatesWith", "tookPartIn", "hosted", "signedAgreementWith"})


class GovernorFinder:
    """Asks the last clause whether its verb governs a noun."""

    def __init__(self, grammar: Grammar) -> None:
        self._occasions = grammar.language.occasion_prepositions
        self._accusative = grammar.language.morphemes.accusative
        self._names = lru_cache(maxsize=4096)(self._compare_names)

    def find(self, scene: Scene, index: int, noun: NounAnalysis) -> Governor:
        """Return the clause whose subject serves a noun, and how the verb governs it where it does."""
        if not scene.clauses:
            return None, None
        clause = scene.clauses[-1]
        around = self._around_aside(scene, index)
        if around is not None:
            role = self._role(around, scene.preposition_of(index), noun)
            if role is not None:
                return around, role
        if index - clause.index > _REACH * 3:
            return None, None
        within = [node.tag for node in scene.nodes[clause.index : index]]
        if Tag.STOP in within:
            return None, None
        further = bool(index and scene.nodes[index - 1].preposition and scene.nodes[index - 1].conjunction)
        if (index - clause.index > _REACH and not further) or Tag.SUBORDINATOR in within:
            # "announced aid to X, and [of] sanctions on Y": what is said again leads back to the verb.
            return clause, None
        return clause, self._role(clause, scene.preposition_of(index), noun)

    def _role(self, clause: Clause, preposition: str, noun: NounAnalysis) -> LightRole | None:
        """Return how a clause's verb governs a noun behind a preposition, or None where it does not."""
        named = clause.agent is not None and clause.agent.place == "after" and bool(clause.agent.arguments)
        for analysis in clause.analyses:
            for light in analysis.lights:
                if named and light.role is LightRole.NONE and light.via == _SUBJECT:
                    # "X signed [waqqa'a]": what has a subject of its own is no "took place [waqa'a]".
                    continue
                if _leads(light, preposition) and self._fits(light, noun.entry):
                    return light.role
            for modal in analysis.modals:
                if modal.status is not Modality.REQUESTED and _controls(modal, preposition):
                    return LightRole.AGENT
        return None

    def _around_aside(self, scene: Scene, index: int) -> Clause | None:
        """Return the clause that goes on right behind an aside: "will hold, during his visit to X, talks"."""
        if scene.tag_before(index) is not Tag.COMMA:
            return None
        opening = next(
            (
                i
                for i in range(index - 2, max(-1, index - 2 - _ASIDE), -1)
                if scene.nodes[i].tag in (Tag.COMMA, Tag.STOP)
            ),
            -1,
        )
        if opening < 0 or scene.nodes[opening].tag is Tag.STOP:
            return None
        before = (clause for clause in reversed(scene.clauses) if clause.index < opening)
        clause = next(before, None)
        if clause is None or opening - clause.index > _REACH:
            return None
        return None if any(n.tag is Tag.STOP for n in scene.nodes[clause.index : opening]) else clause

    def is_occasion(self, scene: Scene, index: int, noun: NounAnalysis) -> bool:
        """Tell whether a noun is an occasion of the clause's subject: "said after talks with", "during a visit to"."""
        if scene.preposition_of(index) not in self._occasions:
            return False
        return all(frame.relation in _OCCASIONS for frame in noun.entry.frames)

    def _fits(self, light: LightVerb, entry: NounEntry) -> bool:
        if light.nouns:
            return self._names((entry.noun, *entry.plurals), light.nouns)
        return not self._names((entry.noun, *entry.plurals), light.not_with, exactly=True)

    def _compare_names(self, names: tuple[str, ...], listed: tuple[str, ...], *, exactly: bool = False) -> bool:
        """Tell whether a list holds one of a noun's forms, unless `exactly` also as an accusative."""
        forms = {loosen(normalize(word)) for word in names}
        words = {loosen(normalize(word)) for word in listed}
        if not forms.isdisjoint(words):
            return True
        return not exactly and any(word.rstrip(self._accusative) in forms for word in words)


def _controls(modal: ModalVerb, preposition: str) -> bool:
    """Tell whether a modal verb lends its subject to a verbal noun: "intends to send", "denied supplying"."""
    slots = {slot_key(slot) for slot in modal.complement}
    return preposition in slots if preposition else bool(slots & {"masdar", "direct"})


def _leads(light: LightVerb, preposition: str) -> bool:
    """Tell whether a light verb takes its noun with a preposition, or without one."""
    if not preposition:
        return "direct" in light.via or "subject" in light.via
    return preposition in {slot_key(via) for via in light.via}
