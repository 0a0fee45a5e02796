"""The main flow, read from top to bottom: Document -> sentences -> mentions -> entities -> facts -> Extraction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .collecting import uncollected
from .config import Settings
from .extract.armies import between_armies
from .extract.assemble import Assembler
from .extract.candidates import Trigger
from .extract.chunks import Reading
from .extract.clauses import Node
from .extract.collector import Collector
from .extract.conflicts import (
    tried_by_courts,
    without_calls,
    without_displaced,
    without_interviews,
    without_own,
    without_struck_waters,
    without_visits_home,
    without_weak,
)
from .extract.events import EventReader
from .extract.found import Found
from .extract.gazetteer import Gazetteer
from .extract.grammar import Grammar, motion_test, speech_test
from .extract.honours import HonourFinder
from .extract.mentions import MentionFinder, Mentions
from .extract.rules import LastingRules
from .extract.scoring import Scored
from .extract.standing import read_founders, read_memberships, read_offices, read_parts
from .extract.subjects import Discourse
from .extract.surnames import add_surnames
from .extract.tagger import Tagger
from .extract.vocabulary import Vocabulary
from .extract.weigh import PLAIN_FLOOR, Weigher
from .lang.language import Language
from .lang.lexicon import load_predicates
from .model import Document, Extraction
from .morphology.camel import Analyzer
from .morphology.forms import FormTable
from .resolve.actors import HeldOffices
from .resolve.homes import Homes
from .resolve.known import Known
from .resolve.linker import Lasting, Linker
from .resolve.names import NameComparer
from .resolve.owners import Owners
from .resolve.regions import Regions
from .resources import data_folder, package_folder
from .text.dates import DateReader
from .text.fold import loosen
from .text.sentences import split_sentences

RELATED_LIST = 1000

# Is shown each sentence as it was read: its tagged words, its triggers and the facts that they gave.
Watch = Callable[[Linker, Reading, list[Node], list[Trigger], list[Found]], None]


@dataclass(frozen=True, slots=True)
class Walked:
    """A sentence that was walked through: its words, their tags, its triggers, and what the frames found."""

    reading: Reading
    nodes: list[Node]
    triggers: list[Trigger]
    proposed: list[Found]

    def unweighed(self) -> list[Found]:
        """Return the facts that no trigger tells: there is nothing to weigh about them."""
        weighed = {trigger.index for trigger in self.triggers}
        return [fact for fact in self.proposed if fact.trigger not in weighed]


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything that reading needs, loaded once; `read` is pure, so one Reader serves many documents."""

    language: Language
    known: Known
    grammar: Grammar
    mentions: Mentions
    tagger: Tagger
    rules: LastingRules
    vocabulary: Vocabulary
    honours: HonourFinder
    gazetteer: Gazetteer
    dates: DateReader
    assembler: Assembler
    held: HeldOffices
    weigher: Weigher
    names: NameComparer
    lasting: Lasting
    outlets: frozenset[str]
    ministers: frozenset[str]

    @classmethod
    @uncollected()
    def load(cls, settings: Settings, analyzer: Analyzer | None = None) -> Reader:
        """Load language data and seeds; raise LanguageDataError naming the file and line that is wrong.

        An `analyzer` is asked of words that are no form in the table of the lexicon's verbs.
        """
        language = Language.load(settings.language)
        predicates = load_predicates(package_folder("lang") / settings.language)
        forms = FormTable(predicates, language.morphemes, analyzer)
        known = Known.load(data_folder("seeds"), extra=settings.seeds, language=settings.language)
        vocabulary = Vocabulary(language, forms.surface_forms(), forms.noun_forms())
        function = language.function
        gazetteer = Gazetteer(known, language.ambiguous_names, language.idioms, function.prepositions, function.days)
        grammar = Grammar.build(language, predicates, forms)
        dates = DateReader(language)
        return cls(
            language=language,
            known=known,
            grammar=grammar,
            mentions=MentionFinder(language, vocabulary, gazetteer, motion_test(forms), speech_test(forms)),
            tagger=Tagger(grammar, vocabulary, gazetteer),
            rules=LastingRules.build(grammar),
            vocabulary=vocabulary,
            honours=HonourFinder(language),
            gazetteer=gazetteer,
            dates=dates,
            assembler=Assembler(language, dates, known),
            held=HeldOffices.load(known, language.morphemes, settings.language),
            weigher=Weigher.load(package_folder("lang") / settings.language / "weights.json"),
            names=NameComparer(language.morphemes),
            lasting=Lasting(
                language.morphemes,
                Homes(known, language),
                Owners(language, vocabulary.is_verb),
                Regions(language.places),
            ),
            outlets=frozenset(map(loosen, language.organisations.outlets)),
            ministers=frozenset(map(loosen, language.titles.ministers)),
        )

    def read(self, document: Document, watch: Watch | None = None) -> Extraction:
        """Read one document into its entities and facts; `watch` is shown every sentence on the way."""
        started = time.perf_counter()
        readings, linker = self._link(document)
        found: list[Found] = []
        for walked in self._sentences(readings, linker):
            told = walked.unweighed() + self.weigh(linker, walked)
            if watch is not None:
                watch(linker, walked.reading, walked.nodes, walked.triggers, told)
            found += told
        return self.conclude(document, linker, readings, found, started)

    def sentences_with_triggers(self, document: Document) -> tuple[Linker, list[tuple[list[Node], list[Trigger]]]]:
        """Return the linked document and each sentence's tagged words and triggers, for training."""
        readings, linker = self._link(document)
        return linker, [(walked.nodes, walked.triggers) for walked in self._sentences(readings, linker)]

    def walk(self, document: Document) -> tuple[Linker, list[Walked]]:
        """Return the linked document and each of its sentences, before anything is weighed."""
        readings, linker = self._link(document)
        return linker, list(self._sentences(readings, linker))

    def pairs(self, linker: Linker, walked: Walked) -> list[Scored]:
        """Return every pair of actors around the triggers of a sentence with its probability."""
        return list(self.weigher.pairs(walked.nodes, walked.triggers, linker.actors, linker.country))

    def weigh(self, linker: Linker, walked: Walked) -> list[Found]:
        """Return the facts of a sentence that are likely by the weights."""
        sentence = (walked.reading, walked.nodes, walked.triggers)
        return list(self.weigher.weigh(*sentence, linker.actors, linker.country))

    def conclude(
        self, document: Document, linker: Linker, readings: list[Reading], found: list[Found], started: float
    ) -> Extraction:
        """Return the extraction of a document from what its sentences tell, and from what stands."""
        keys = self.grammar.keys
        tried = tried_by_courts(found, linker.actors, keys.courts, self.language.stances.convicting)
        sites, article = self.language.sites, self.language.morphemes.article
        ashore = without_struck_waters(tried, linker.actors, sites.waters, sites.vessels, article)
        fought = between_armies(ashore, linker.actors, keys.armies)
        home = self.gazetteer.capital_keys, self.language.morphemes.returns, self.language.morphemes.departures
        away = without_calls(without_visits_home(fought, linker.actors, *home))
        deeds = without_interviews(without_own(without_displaced(away), linker.actors), linker.actors, self.outlets)
        standing = self._standing(readings, linker)
        extraction = self.assembler.assemble(
            document, readings, linker.actors, standing, without_weak(deeds, PLAIN_FLOOR)
        )
        return self.assembler.timed(extraction, time.perf_counter() - started)

    def _link(self, document: Document) -> tuple[list[Reading], Linker]:
        sentences = split_sentences(document, self.language)
        readings = self.mentions.read_all([each for each in sentences if each.segment < RELATED_LIST])
        add_surnames(readings, self.vocabulary)
        for reading in readings:
            self.mentions.join(reading)
        self.honours.add(readings)
        linker = Linker(self.known, self.held, self.names, self.lasting)
        linker.link(readings)
        return readings, linker

    def _standing(self, readings: list[Reading], linker: Linker) -> list[tuple[Found, str | None]]:
        chambers = self.language.titles.chambers
        offices: list[tuple[Found, str | None]] = list(
            read_offices(linker.offices, linker.actors, linker.country, chambers, self.ministers)
        )
        parts = list(read_parts(readings, linker.actors, linker.country))
        parts += read_memberships(readings, linker.actors, self.mentions.membership)
        parts += read_founders(linker.offices, linker.actors, self.grammar.forms.nouns)
        return offices + [(part, None) for part in parts]

    def _sentences(self, readings: list[Reading], linker: Linker) -> Iterator[Walked]:
        collector = Collector(self.grammar, linker.country)
        reader = EventReader(self.rules, self.tagger, linker.actors, collector)
        discourse, segment = Discourse(), 0
        for reading in readings:
            if reading.sentence.segment != segment:
                discourse, segment = Discourse(), reading.sentence.segment
            proposed = list(reader.read(reading, discourse))
            yield Walked(reading, reader.nodes, reader.triggers, proposed)
