"""Walks through the sentences of a document and reads what happens: verbs, event nouns, participles, obligations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..resolve.actors import Actor
from . import tags
from .attendance import AttendanceReader
from .candidates import Trigger
from .chunks import Reading
from .claims import ClaimReader
from .clauses import Node, Tag
from .collector import Collector
from .curbs import CurbReader
from .forces import ForceReader
from .found import Found
from .go_betweens import GoBetweenReader
from .guests import GuestReader
from .homelands import HomelandFinder
from .latter import LatterFinder
from .leaders import LeaderReader
from .memberships import MembershipReader
from .nouns import NounReader
from .obligations import ObligationReader
from .pairs import PairFinder
from .participles import ParticipleReader
from .portrayals import PortrayalReader
from .repulses import RepulseReader
from .rules import LastingRules, Rules
from .scene import Clause, Scene, tells_a_call
from .signatories import SignatoryReader
from .stances import StanceReader
from .subjects import Discourse
from .successions import SuccessionReader
from .tagger import Tagger
from .threats import ThreatReader
from .verbs import VerbReader
from .victims import tell_fallen

# What begins no deed, stance or obligation.
_IDLE = frozenset({
    Tag.OTHER, Tag.COMMA, Tag.QUOTE, Tag.BRACKET, Tag.ADVERB, Tag.PARTICLE, Tag.PRONOUN, Tag.RELATIVE, Tag.NATIONALITY,
})  # fmt: skip

# What may be an event noun; as a preposition it is one that also tells a deed: "led by".
_DEEDS = frozenset({Tag.NOUN, Tag.CHUNK, Tag.PREPOSITION})


class EventReader:
    """Reads the sentences of one document in order; `actors` are those that the linker found."""

    def __init__(
        self, lasting: LastingRules, tagger: Tagger, actors: Mapping[str, Actor], collector: Collector
    ) -> None:
        grammar = lasting.grammar
        self._on = grammar.language.morphemes.on
        self._tagger = tagger
        self._sources = lasting.sources
        self._actors = actors
        self._collector = collector
        self._named = frozenset(actor.known.key for actor in actors.values() if actor.known is not None)
        rules = Rules.build(lasting, actors, collector)
        self._verbs = VerbReader(rules)
        self._nouns = NounReader(rules)
        self._participles = ParticipleReader(rules)
        self._forces = ForceReader(rules)
        self._obligations = ObligationReader(rules)
        self._stances = StanceReader(rules)
        self._portrayals = PortrayalReader(rules)
        self._curbs = CurbReader(rules)
        self._loaded = grammar.keys.loaded
        self._repulses = RepulseReader(rules)
        self._attendance = AttendanceReader(rules)
        self._threats = ThreatReader(rules)
        self._guests = GuestReader(rules)
        self._claims = ClaimReader(rules)
        self._go_betweens = GoBetweenReader(rules)
        self._memberships = MembershipReader(rules)
        self._leaders = LeaderReader(rules)
        self._successions = SuccessionReader(rules)
        self._signatories = SignatoryReader(rules)
        language = grammar.language
        self._homelands = HomelandFinder(rules, lasting.homeland_forms)
        self._latter = LatterFinder(lasting.latter, actors, rules.subjects)
        self._pairs = PairFinder(language.pair_words, language.morphemes, actors, collector.entity_of)
        self.nodes: list[Node] = []
        self.triggers: list[Trigger] = []

    def read(self, reading: Reading, discourse: Discourse) -> Iterator[Found]:
        """Yield the facts of a sentence; `discourse` is carried on to the next.

        `nodes` and `triggers` are those of the sentence read last.
        """
        nodes = self._tagger.tag(reading)
        self._homelands.mark(reading, nodes, discourse)
        self._latter.mark(reading, nodes, discourse)
        self._seat_representatives(nodes)
        self._forget_unnamed_bodies(nodes)
        self._pairs.mark(reading, nodes)
        sources = self._sources.find(reading, nodes, self._actors)
        scene = Scene(reading, nodes, discourse, self._collector, tells_a_call(nodes), sources)
        self.nodes, self.triggers = nodes, scene.triggers
        _note_headline_speaker(scene)
        threatens, loaded = (not said.isdisjoint(reading.norms) for said in (self._threats.words, self._loaded))
        for index, node in enumerate(nodes):
            if threatens and index and reading.words[index - 1].norm in self._threats.words:
                # Whose it is, is known once the word itself has been read.
                yield from self._threats.read(scene, index - 1)
            if loaded and reading.words[index].norm in self._loaded:
                yield from self._stances.read_loaded(scene, index)
            if node.tag is tags.QUOTE and scene.speech is not None:
                yield from self._stances.read(scene, index)
            if node.tag in _IDLE:
                continue
            if node.tag is tags.NOUN or (
                node.tag is tags.CHUNK and node.chunk is not None and node.chunk.start == index
            ):
                yield from self._forces.read(scene, index)
            if node.tag is tags.VERB and self._curbs.reaches(scene, index):
                scene.clauses.append(Clause(index, node.verbs, None))
            elif node.tag is tags.VERB and node.verbs:
                yield from self._verbs.read(scene, index)
            elif node.noun is not None and node.tag in _DEEDS:
                yield from self._nouns.read(scene, index)
                yield from self._repulses.read(scene, index)
            elif node.tag is tags.PREPOSITION and node.preposition == self._on:
                yield from self._obligations.read(scene, index)
            elif node.tag is tags.PARTICIPLE:
                yield from self._participles.read(scene, index)
            elif node.tag in (tags.SUBORDINATOR, tags.STOP):
                yield from self._stances.read(scene, index)
                yield from self._obligations.read_clause(scene, index)
            elif node.tag is tags.CHUNK and node.chunk is not None and node.chunk.entity and index == node.chunk.start:
                if scene.tag_before(index) is tags.SUBORDINATOR and not node.preposition:
                    # "said that X": X is spoken of, whatever verb follows.
                    discourse.note([node.chunk.entity])
                discourse.see(node.chunk.entity)
                yield from self._obligations.read_deed(scene, index)
        discourse.told = scene.speech is not None
        yield from self._attendance.read(scene)
        yield from self._guests.read(scene)
        yield from tell_fallen(scene)
        yield from self._claims.read(scene)
        yield from self._go_betweens.read(scene)
        yield from self._memberships.read(scene)
        yield from self._leaders.read(scene)
        yield from self._successions.read(scene)
        yield from self._signatories.read(scene)
        yield from self._portrayals.read(scene)
        yield from self._curbs.read(scene)
        self._pairs.learn(self.triggers, nodes)

    def _seat_representatives(self, nodes: list[Node]) -> None:
        """Let a crowd that only represents somebody stand for him: "representatives of the army signed"."""
        for index, node in enumerate(nodes):
            chunk = node.chunk
            if chunk is None or chunk.start != index or chunk.entity or not chunk.crowd or not chunk.offices:
                continue
            office = chunk.offices[0]
            whom = office.target.entity if office.target is not None else None
            if whom is None and office.country:
                whom = self._collector.entity_of(office.country)
            if whom is None or not self._collector.is_transparent(office.head):
                continue
            seat = replace(chunk, entity=whom, kind=self._actors[whom].kind, plural=False)
            for position in range(chunk.start, chunk.end):
                nodes[position] = replace(nodes[position], chunk=seat)

    def _forget_unnamed_bodies(self, nodes: list[Node]) -> None:
        """An adjective such as "European" means a body only in a document that names the body."""
        for node in nodes:
            if node.country is not None and node.tag is tags.OTHER and node.country not in self._named:
                node.country = None


def _note_headline_speaker(scene: Scene) -> None:
    """Read "X: I discussed ..." as X speaking."""
    chunk = scene.nodes[0].chunk if scene.nodes and scene.nodes[0].tag is tags.CHUNK else None
    if chunk is None or not chunk.entity or chunk.end >= len(scene.nodes):
        return
    if scene.reading.words[chunk.end].norm == ":":
        scene.discourse.speaker = chunk.entity
        scene.speech = chunk.end - 1
        scene.discourse.note([chunk.entity])
