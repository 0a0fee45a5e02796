"""Decides the status of a trigger from what governs it: negation, future, modals, conditions, refusals, requests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..lang.predicates import Modality
from ..model import Status
from ..morphology.conjugate import Aspect
from . import tags
from .arguments import slot_key
from .chunks import Reading
from .clauses import Node
from .complements import complements, is_known_deed, is_one_deed, sets_apart, stands_aside
from .grammar import Entry, Grammar, Tail, map_by_first
from .verb_frames import is_planned, is_present
from .words import Word

_REACH = 12
_NEAR = 3
_CONDITION = 16
_PLAN = 25
_SHORTEST = 3
_CACHED = 20_000
# What particles and modal nouns make of what they govern.
Particle = tuple[tuple[Modality, str], ...]
ModalNoun = tuple[Modality, tuple[str, ...]]
# What a word may be before a trigger: see `_look_at`.
Look = tuple[Modality | None, bool, bool, bool]
_NOTHING: Look = (None, False, False, False)
# What ends or turns the words that govern a trigger, whatever they are.
_TURNS = frozenset({tags.STOP, tags.RELATIVE, tags.COMMA, tags.VERB})
_PLAIN = {Modality.PLANNED: Status.PLANNED, Modality.POSSIBLE: Status.POSSIBLE, Modality.DENIED: Status.DENIED}


class StatusReader:
    """Reads the status of a verb or noun; None means that the deed is merely asked for and is no fact."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        language = grammar.language
        self._particles, self._modal_nouns = map_by_first(grammar.particles), map_by_first(grammar.modal_nouns)
        self._particles_from = lru_cache(maxsize=_CACHED)(self._particles_of)
        self._modals_from = lru_cache(maxsize=_CACHED)(self._modals_of)
        self._hopes = lru_cache(maxsize=_CACHED)(self._is_hope)
        # What a word before a trigger may be, of which most are nothing.
        self._look = lru_cache(maxsize=_CACHED)(self._look_at)
        self._owners = language.morphemes.owner_pronouns
        self._feminine, self._construct = language.morphemes.feminine, language.morphemes.construct
        self._accusative = language.morphemes.accusative
        self._except = language.morphemes.except_
        self._openers = language.stances.openers
        self._morphemes = language.morphemes
        self._joined = language.morphemes.joined_conjunctions
        self._will = language.morphemes.will
        self._ahead = language.morphemes.ahead
        self._any = language.morphemes.any_of
        self._where, self._by = language.morphemes.where, language.morphemes.by
        self._circumstances = language.morphemes.circumstances
        self._conditionals = language.morphemes.conditionals
        self._being = language.morphemes.being
        self._planned = language.planned_adjectives
        self._possible = language.possible_adjectives
        self._decrees, self._issued = language.decrees, language.issued
        self._described = self._planned | self._possible
        calendar = language.calendar
        self._weekdays = frozenset(calendar.weekdays)
        # Before a weekday these say that it is over.
        self._past = calendar.since | {word for word, days in calendar.relative_days.items() if days <= 0}
        self._next = calendar.next | {word for word, days in calendar.relative_days.items() if days > 0}
        self._coming = self._next | self._weekdays

    def read(self, reading: Reading, nodes: list[Node], trigger: int) -> Status | None:
        """Return the status of what the word at `trigger` says, or None where it is only requested."""
        node = nodes[trigger]
        verbs = node.verbs if node.tag is tags.VERB else ()
        modality = Modality.ACTUAL
        if verbs and (
            is_planned(verbs)
            or self._in_time_to_come(reading, nodes, trigger)
            or self._follows_plan(reading, nodes, trigger)
        ):
            modality = Modality.PLANNED
        described = self._adjective(reading, nodes, trigger, modality)
        modality, asked = self._governed(reading, nodes, trigger, described)
        if modality is Modality.POSSIBLE and described is Modality.PLANNED and not verbs:
            # What is discussed of "the planned visit" leaves it planned.
            modality = described
        if modality is Modality.PLANNED and verbs and self._on_condition(reading, nodes, trigger):
            modality = Modality.POSSIBLE
        if modality is Modality.REQUESTED:
            # Only the first noun behind the verb is requested: "urged an end to the war of X on Y".
            within = asked is not None and any(n.tag is tags.NOUN for n in nodes[asked + 1 : trigger])
            within = within and not is_one_deed(nodes, trigger)
            return Status.ACTUAL if within and nodes[trigger].tag is not tags.VERB else None
        return _PLAIN.get(modality, Status.ACTUAL)

    def read_governed(self, reading: Reading, nodes: list[Node], noun: int, verb: int) -> Status | None:
        """Return the status of a noun that the verb at `verb` governs: what is said of the verb holds of the noun."""
        own, governing = self.read(reading, nodes, noun), self.read(reading, nodes, verb)
        if own is None or governing is None:
            return None
        return own if own is not Status.ACTUAL else governing

    def _blames(self, nodes: list[Node], index: int, trigger: int) -> bool:
        """Tell whether a noun accuses somebody of the deed: "vowed revenge after its accusation of X of a raid"."""
        noun = nodes[index].noun
        frames = noun.entry.frames if noun is not None else ()
        if not any(frame.relation == "criticized" and self._by in frame.item for frame in frames):
            return False
        return any(node.preposition == self._by for node in nodes[index + 1 : trigger + 1])

    def _on_condition(self, reading: Reading, nodes: list[Node], trigger: int) -> bool:
        """Tell whether a condition opens the clause of a verb: "if the congress agrees, X will sell"."""
        if self._conditionals.isdisjoint(reading.norms):
            return False
        commas = 0
        for index in range(trigger - 1, max(-1, trigger - _CONDITION), -1):
            tag = nodes[index].tag
            if tag is tags.STOP:
                return False
            commas += tag is tags.COMMA
            opens = index == 0 or nodes[index - 1].tag in (tags.STOP, tags.SUBORDINATOR, tags.QUOTE)
            if commas == 1 and opens and reading.words[index].norm in self._conditionals:
                return True
        return False

    def _in_time_to_come(self, reading: Reading, nodes: list[Node], trigger: int) -> bool:
        """A present verb with "tomorrow", "next" or a bare weekday in its clause speaks of what is planned."""
        if self._coming.isdisjoint(reading.norms) or not is_present(nodes[trigger].verbs):
            return False
        for index in range(trigger + 1, min(trigger + 16, len(nodes))):
            if nodes[index].tag in (tags.STOP, tags.VERB, tags.SUBORDINATOR, tags.RELATIVE):
                return False
            # "X, who opposes Y, called Z on Monday": another clause has the day.
            if nodes[index].tag is tags.COMMA and nodes[trigger - 1].tag is tags.RELATIVE:
                return False
            norm = reading.words[index].norm
            if norm in self._next:
                return True
            if norm in self._weekdays and self._past.isdisjoint(
                [w.norm for w in reading.words[max(0, index - 2) : index]]
            ):
                return True
        return False

    def _follows_plan(self, reading: Reading, nodes: list[Node], trigger: int) -> bool:
        """A present verb behind "where" goes on with what is planned: "is to arrive in X, where he meets Y"."""
        if not trigger or reading.words[trigger - 1].norm not in self._where:
            return False
        if not is_present(nodes[trigger].verbs):
            return False
        for index in range(trigger - 2, max(-1, trigger - _PLAN), -1):
            if nodes[index].tag is tags.STOP:
                return False
            if nodes[index].tag is tags.VERB:
                return self.read(reading, nodes, index) is Status.PLANNED
        return False

    def _adjective(self, reading: Reading, nodes: list[Node], trigger: int, modality: Modality) -> Modality:
        """A noun may carry its status beside it: "the planned visit", "a possible attack", "any attack"."""
        if nodes[trigger].tag is tags.VERB:
            return modality
        if trigger and reading.words[trigger - 1].norm in self._any:
            return Modality.POSSIBLE
        if self._described.isdisjoint(reading.norms):
            return modality
        for index in range(trigger + 1, min(trigger + 7, len(nodes))):
            if nodes[index].tag in (tags.COMMA, tags.STOP, tags.VERB, tags.RELATIVE):
                break
            norm = reading.words[index].norm
            if norm in self._planned:
                return Modality.PLANNED
            if norm in self._possible:
                return Modality.POSSIBLE
        return modality

    def _governed(
        self, reading: Reading, nodes: list[Node], trigger: int, modality: Modality
    ) -> tuple[Modality, int | None]:
        """Return what the words before a trigger make of it, and the nearest verb that requests it."""
        asked: int | None = None
        # What is said before an accusation is said of that, unless it is denied.
        blamed: tuple[Modality, int | None] | None = None
        finite = nodes[trigger].tag is tags.VERB
        governed = trigger
        words, look = reading.words, self._look
        for index in range(trigger - 1, max(-1, trigger - _REACH), -1):
            node = nodes[index]
            tag = node.tag
            looked = look(words[index].norm)
            if looked is None and tag not in _TURNS:
                if blamed is None and tag is tags.NOUN and not finite and self._blames(nodes, index, trigger):
                    blamed = modality, asked
                continue
            being, may_govern, apart, ahead = looked or _NOTHING
            if being is not None and not finite and trigger - index <= _NEAR:
                # "there must be a base", "there will be talks": what is said of being is said of the noun.
                governed, modality = index, _stronger(modality, being)
                continue
            if tag is tags.STOP or (tag is tags.RELATIVE and nodes[governed].tag is tags.VERB):
                # What is said of "the truce which X signed" is not said of the signing.
                break
            if tag is tags.COMMA and nodes[governed].tag in (tags.VERB, tags.PARTICIPLE):
                break
            if finite and tag is tags.RELATIVE and governed == trigger:
                break
            if apart and not finite and governed == trigger and sets_apart(reading, nodes, index, trigger):
                to_come = ahead and not is_known_deed(nodes, trigger)
                modality = _stronger(modality, Modality.PLANNED) if to_come else modality
                break
            if not may_govern and tag is not tags.VERB:
                continue
            found = self._particle(reading, nodes, index, governed)
            if found is not None:
                if found is Modality.DENIED and modality is Modality.DENIED and governed != trigger:
                    # "did not rule out", "does not deny": what is not excluded may be.
                    return Modality.POSSIBLE, asked
                if found is Modality.DENIED and finite and self._excepted(reading, nodes, trigger):
                    return modality, asked
                modality = _stronger(modality, found)
                if found is Modality.DENIED:
                    break
                continue
            noun = self._modal_noun(reading, nodes, index, trigger)
            if noun is not None:
                modality = _stronger(modality, noun)
                continue
            if node.tag is tags.VERB and index and self._particles_at(reading, index - 1)[1] > 1:
                # "there is no", "no longer": a particle of two words, the second of which is a verb.
                continue
            if node.tag is tags.VERB:
                found = self._modal_verb(nodes, index, governed, finite=finite or governed != trigger)
                if found is None:
                    break
                modality = _stronger(modality, found)
                if found is Modality.REQUESTED and asked is None:
                    asked = index
                governed = index
                if any(analysis.future for analysis in node.verbs) and modality is Modality.ACTUAL:
                    modality = Modality.PLANNED
        return (modality, asked) if blamed is None or modality is Modality.DENIED else blamed

    def _unjoined(self, norm: str) -> str:
        """Return a word without the conjunction that may be written onto it."""
        return norm[1:] if norm[0] in self._joined else norm

    def _look_at(self, norm: str) -> Look | None:
        """Return what a word says of being, whether it may govern, and whether it is a circumstance, one to come."""
        governs, bare = bool(self._particles_from(norm) or self._modals_from(norm)), self._unjoined(norm)
        look = self._being_of(norm), governs, bare in self._circumstances, bare in self._ahead
        return None if look == _NOTHING else look

    def _being_of(self, norm: str) -> Modality | None:
        """Return whether something is or will be there where a word says only that; None for any other word."""
        bare = self._unjoined(norm)
        if bare in self._being:
            return Modality.ACTUAL
        return Modality.PLANNED if bare[:1] == self._will and bare[1:] in self._being else None

    def _excepted(self, reading: Reading, nodes: list[Node], trigger: int) -> bool:
        """Tell whether "except" follows in the clause of a denied verb: "did not sign but under pressure" did sign."""
        for index in range(trigger + 1, min(trigger + _REACH, len(nodes))):
            if nodes[index].tag in (tags.STOP, tags.VERB, tags.RELATIVE):
                return False
            if reading.words[index].norm == self._except:
                # "except that" is a "but".
                return reading.words[index + 1].norm not in self._openers if index + 1 < len(nodes) else True
        return False

    def _particle(self, reading: Reading, nodes: list[Node], index: int, governed: int) -> Modality | None:
        """Return what a particle makes of the word it governs: the trigger, or the modal verb nearest to it."""
        entries, length = self._particles_at(reading, index)
        if not entries:
            return None
        both = {"past", "present"} <= {before for _, before in entries}
        norm = reading.words[index].norm
        joined = norm[0] in self._joined and self._grammar.particles.get((norm,)) is None
        for status, before in entries:
            target = nodes[governed]
            near = governed - index - length <= 1
            if target.tag is not tags.VERB:
                fits = near if before == "noun" else before == "any" and status is not Modality.DENIED
            elif before == "any":
                fits = near or status is not Modality.DENIED
            else:
                aspects = {analysis.form.aspect for analysis in target.verbs}
                wanted = {"past": Aspect.PAST, "present": Aspect.PRESENT}.get(before)
                fits = near and wanted in aspects
                if fits and len(aspects) > 1 and both:
                    # "And [it] has": one form of two readings is past behind a conjunction, present without one.
                    fits = (before == "past") is joined
            if fits:
                return status
        return None

    def _particles_at(self, reading: Reading, index: int) -> tuple[tuple[tuple[Modality, str], ...], int]:
        """Return the longest particle that starts at a word and its words; a conjunction may be written onto it."""
        words = reading.words
        for tail, entry in self._particles_from(words[index].norm):
            if not tail or _said(words, index + 1, tail):
                return entry, len(tail) + 1
        return (), 0

    def _modal_noun(self, reading: Reading, nodes: list[Node], index: int, trigger: int) -> Modality | None:
        words = reading.words
        for tail, (modality, complement) in self._modals_from(words[index].norm):
            after = nodes[index + len(tail) + 1 : trigger + 1]
            if modality is Modality.PLANNED and self._is_issued(reading, index):
                continue
            if _said(words, index + 1, tail) and complements(complement, after) and not is_known_deed(nodes, trigger):
                return modality
        return None

    def _is_issued(self, reading: Reading, index: int) -> bool:
        """Tell whether a decree is told of as given: "issued a decree appointing X" has X appointed."""
        if reading.words[index].base not in self._decrees or self._issued.isdisjoint(reading.norms):
            return False
        before = reading.words[max(0, index - _REACH) : index]
        return any(self._morphemes.is_among(word.norm, self._issued) for word in before)

    def is_resolve(self, reading: Reading, index: int) -> bool:
        """Tell whether a word is a noun of resolve, wish or readiness: what follows is his whose it is."""
        return self._hopes(reading.words[index].norm)

    def _is_hope(self, norm: str) -> bool:
        hoped = (Modality.PLANNED, Modality.POSSIBLE)
        return any(not tail and modality in hoped for tail, (modality, _) in self._modals_from(norm))

    def _particles_of(self, norm: str) -> tuple[tuple[Tail, Particle], ...]:
        """Return the particles that begin with a word, as it stands or without a conjunction, the longest first."""
        starts = (norm, norm[1:]) if norm[0] in self._joined and len(norm) > 2 else (norm,)
        return _by_first(self._particles, starts)

    def _modals_of(self, norm: str) -> tuple[tuple[Tail, ModalNoun], ...]:
        """Return the modal nouns that begin with a word, without conjunction or else owner, the longest first."""
        plain: Tail = (norm, norm[1:]) if norm[0] in self._joined and len(norm) > 3 else (norm,)
        if norm.endswith(self._accusative) and len(norm) > _SHORTEST + 1:
            plain += tuple(form[:-1] for form in plain)
        return _by_first(self._modal_nouns, plain) or _by_first(self._modal_nouns, self._without_owner(norm))

    def _without_owner(self, norm: str) -> tuple[str, ...]:
        """Return a noun without the pronoun of whoever wishes or refuses: "its refusal to"."""
        ending = next((ending for ending in self._owners if norm.endswith(ending)), "")
        stem = norm[: len(norm) - len(ending)]
        if not ending or len(stem) < _SHORTEST:
            return ()
        stems = (stem, stem[1:]) if stem[0] in self._joined else (stem,)
        feminine = tuple(s[:-1] + self._feminine for s in stems if s.endswith(self._construct))
        return (*stems, *feminine)

    def _modal_verb(self, nodes: list[Node], index: int, trigger: int, *, finite: bool) -> Modality | None:
        """Return what a verb to the left makes of the trigger, or None where it governs something else."""
        senses = [sense for analysis in nodes[index].verbs for sense in analysis.modals]
        if not senses:
            return None
        between = nodes[index + 1 : trigger]
        has_clause = any(node.tag is tags.SUBORDINATOR for node in between)
        prepositions = {node.preposition for node in between if node.preposition} | {nodes[trigger].preposition}
        unmarked = {"direct"} if is_known_deed(nodes, trigger) else {"masdar", "direct"}
        if stands_aside(nodes, index, trigger):
            unmarked = set()
        for sense in senses:
            slots = {slot_key(slot) for slot in sense.complement}
            if finite and "clause" in slots and has_clause:
                return sense.status
            if not finite and (unmarked & slots or slots & prepositions) and not has_clause:
                return sense.status
            if finite and has_clause and slots & prepositions:
                return sense.status
        return None


def _by_first(
    phrases: Mapping[str, list[tuple[Tail, Entry]]], starts: tuple[str, ...]
) -> tuple[tuple[Tail, Entry], ...]:
    """Return the rest and the entry of each phrase that begins with one of some words, the longest first."""
    found = [each for start in dict.fromkeys(starts) for each in phrases.get(start, ())]
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def _said(words: tuple[Word, ...], index: int, tail: Tail) -> bool:
    """Tell whether words stand at an index."""
    for norm in tail:
        if index >= len(words) or words[index].norm != norm:
            return False
        index += 1
    return True


_ORDER = (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE, Modality.DENIED, Modality.REQUESTED)


def _stronger(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=_ORDER.index)
