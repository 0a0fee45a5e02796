"""The reader llm: an article, or its parts, to a language model; what the article bears out comes back as facts."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...config import Settings
from ...errors import ReaderError, SettingsError
from ...model import Document, Extraction
from ...model_settings import MISSING, ModelSettings
from ...pipeline import Reader
from ...rdf.vocabulary import Vocabulary
from .answer import AnswerChecker, parse_answer
from .budget import Budget
from .cache import AnswerCache
from .client import ChatClient, Completion
from .joining import Joiner, KnownNames
from .prompt import Prompt, answer_room, estimate_tokens

_ASKED = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """What reading an article would send and cost: `requests` messages of which so many are not in the cache."""

    requests: int
    cached: int
    tokens_in: int
    tokens_out: int
    messages: tuple[list[dict[str, str]], ...]


@dataclass(frozen=True, slots=True)
class LanguageModelReader:
    """Reads by asking a model; our own linker says who is who. One reader serves several threads."""

    grammar: Reader
    known: KnownNames
    vocabulary: Vocabulary
    prompt: Prompt
    settings: ModelSettings
    client: ChatClient
    cache: AnswerCache
    budget: Budget

    @classmethod
    def load(cls, settings: Settings) -> LanguageModelReader:
        """Load all that is needed; raise SettingsError where no model is set. Nothing is sent yet."""
        model = settings.language_model
        if model is None:
            raise SettingsError(MISSING)
        grammar, vocabulary = Reader.load(settings), Vocabulary.load()
        return cls(
            grammar,
            KnownNames.build(grammar.known),
            vocabulary,
            Prompt.load(vocabulary, settings.language),
            model,
            ChatClient(model),
            AnswerCache(Path(settings.cache) / "llm"),
            Budget(model),
        )

    def read(self, document: Document) -> Extraction:
        """Read one document; raise BudgetError where the budget is spent, ReaderError where the model gives no answer
        that can be used, SettingsError where its endpoint refuses all that is sent.
        """
        started = time.perf_counter()
        read = self.grammar.read(document)
        joiner = Joiner(read, self.known, self.grammar.names)
        checker = AnswerChecker(document, self.vocabulary)
        dropped: Counter[str] = Counter()
        for part in cut_parts(read, self.settings.part_characters):
            for said in self._ask(document, part):
                answer = checker.check(said)
                dropped += answer.dropped
                joiner.add(answer)
        warnings = tuple(f"dropped {count} {reason}" for reason, count in sorted(dropped.items()))
        return replace(joiner.result(warnings), seconds=time.perf_counter() - started)

    def estimate(self, document: Document) -> Estimate:
        """Return what reading a document would send and how many tokens that is, about; nothing is sent."""
        parts = cut_parts(self.grammar.read(document), self.settings.part_characters)
        asked = [self._messages(document, part) for part in parts]
        new = [messages for messages in asked if self.cache.get(self._key(messages)) is None]
        room = sum(answer_room(messages[-1]["content"]) // 2 for messages in new)
        return Estimate(len(asked), len(asked) - len(new), sum(map(estimate_tokens, new)), room, tuple(new))

    def _messages(self, document: Document, part: tuple[str, ...]) -> list[dict[str, str]]:
        return self.prompt.messages("\n".join(part), document.title, document.published)

    def _key(self, messages: list[dict[str, str]]) -> str:
        return self.cache.key(self.settings.model, [messages, self.prompt.schema])

    def _ask(self, document: Document, part: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
        """Yield the answers about a part of a document: one, or more where the answer did not fit into its room."""
        messages = self._messages(document, part)
        key = self._key(messages)
        kept = self.cache.get(key)
        if kept is not None:
            yield parse_answer(kept)
            return
        for last in (number == _ASKED for number in range(1, _ASKED + 1)):
            completion = self._complete(messages, answer_room(messages[-1]["content"]))
            if completion.is_cut and len(part) > 1:
                middle = len(part) // 2
                yield from self._ask(document, part[:middle])
                yield from self._ask(document, part[middle:])
                return
            try:
                said = parse_answer(completion.text)
            except ReaderError:
                if last:
                    raise
                continue
            self.cache.put(key, completion.text)
            yield said
            return

    def _complete(self, messages: list[dict[str, str]], room: int) -> Completion:
        guess = estimate_tokens(messages)
        reserved = self.budget.reserve(guess, room)
        used = (0, 0)
        try:
            schema: dict[str, Any] = dict(self.prompt.schema)
            completion = self.client.complete(messages, schema, room)
            used = (
                completion.tokens_in or guess,
                completion.tokens_out or estimate_tokens([{"content": completion.text}]),
            )
        finally:
            self.budget.settle(reserved, *used)
        return completion


def lacking(settings: Settings) -> str | None:
    """Return what is missing for this reader, and what to do about it; None where a model is set."""
    return MISSING if settings.language_model is None else None


def cut_parts(read: Extraction, most_characters: int) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of a document in parts of so many characters; a longer sentence is a part of its own."""
    parts: list[tuple[str, ...]] = []
    part: list[str] = []
    length = 0
    for sentence in read.sentences:
        if sentence.in_title:
            continue
        if part and length + len(sentence.text) > most_characters:
            parts.append(tuple(part))
            part, length = [], 0
        part.append(sentence.text)
        length += len(sentence.text)
    if part or not parts:
        parts.append(tuple(part))
    return tuple(parts)
