"""Writes explanations as one page of HTML that needs nothing else: Explanations in, a right-to-left page out.

All markup and Arabic wording lie in page.html. The trap: text of articles is never markup, so every value is escaped
as it is filled in, but for blocks that were filled in before. Marks that turn the writing direction go, too: they
would reach beyond the text that they came with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import Template
from typing import TextIO

from ..errors import LanguageDataError
from ..extract.chunks import GRAMMAR
from ..model import EntityKind
from ..rdf.vocabulary import Vocabulary
from ..resources import package_folder
from .explanation import ExplainedFact, ExplainedMention, ExplainedSentence, ExplainedTrigger, Explanation, Verdict

_BLOCK = re.compile(r"^<!-- block ([\w-]+) -->\n", flags=re.MULTILINE)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_REASONS = 12


class Markup(str):
    """Text that is markup already and must not be escaped again."""

    __slots__ = ()


def write_page(explanations: Iterable[Explanation], stream: TextIO) -> None:
    """Write one page for all explanations."""
    page = _Page(Vocabulary.load())
    articles = Markup("\n").join(page.article(each, number) for number, each in enumerate(explanations, start=1))
    stream.write(page.fill("page", legend=page.legend(), articles=Markup(articles)))


class _Page:
    """The blocks of page.html and the words of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        path = package_folder("explain") / "page.html"
        parts = _BLOCK.split(path.read_text(encoding="utf-8"))[1:]
        blocks = dict(zip(parts[::2], parts[1::2], strict=True))
        if "labels" not in blocks or "page" not in blocks:
            raise LanguageDataError(f"{path}: the blocks page and labels are missing: reinstall Rawabit.")
        labels = (line.partition(" = ") for line in blocks.pop("labels").splitlines() if line)
        self._labels = {key: label for key, _, label in labels}
        self._blocks = {name: Template(text.rstrip("\n")) for name, text in blocks.items()}
        self._vocabulary = vocabulary

    def fill(self, block: str, **values: object) -> Markup:
        """Fill in a block; what is no Markup is escaped."""
        safe = {name: value if isinstance(value, Markup) else _escape(str(value)) for name, value in values.items()}
        return Markup(self._blocks[block].substitute(safe))

    def legend(self) -> Markup:
        """Return the colours of the kinds of entity."""
        return self._join(self.fill("legend", kind=kind, name=self._vocabulary.classes[kind].ar) for kind in EntityKind)

    def article(self, explanation: Explanation, number: int) -> Markup:
        """Return all sentences of a document."""
        extraction = explanation.extraction
        document = extraction.document
        about = " · ".join(filter(None, (document.id, document.published, document.source, document.url)))
        return self.fill(
            "article",
            title=document.title or self._labels["untitled"],
            about=about,
            sentences=len(extraction.sentences),
            entities=len(extraction.entities),
            facts=len(extraction.facts),
            body=self._join(self._sentence(each, number) for each in explanation.sentences),
        )

    def _sentence(self, explained: ExplainedSentence, article: int) -> Markup:
        sentence = explained.sentence
        place = [self._labels["title"] if sentence.in_title else f"{sentence.start}\u2013{sentence.end}"]
        if sentence.segment:
            place.append(f"{self._labels['segment']} {sentence.segment}")
        kept = [each for each in explained.facts if each.verdict is Verdict.KEPT]
        left = [each for each in explained.facts if each.verdict is not Verdict.KEPT]
        facts = self.fill("facts", items=self._facts(kept, explained)) if kept else self.fill("nothing")
        near = self.fill("near", count=len(left), items=self._facts(left, explained)) if left else Markup()
        return self.fill(
            "sentence",
            id=f"{article}-{sentence.index}",
            number=" · ".join((str(sentence.index), *place)),
            text=self._text(explained),
            facts=facts,
            near=near,
            details=self._details(explained),
        )

    def _text(self, explained: ExplainedSentence) -> Markup:
        """Return the sentence with its mentions and triggers marked."""
        sentence, position = explained.sentence, explained.sentence.start
        rules = {trigger.word: trigger.rule for trigger in explained.triggers}
        pieces: list[str] = []
        for mention in (*explained.mentions, None):
            end = mention.start if mention is not None else sentence.end
            pieces.append(self._marked(explained, position, end, rules))
            if mention is not None:
                inner = self._marked(explained, mention.start, mention.end, rules)
                title = self._mention_title(mention)
                pieces.append(self.fill("mention", kind=mention.kind, title=title, text=inner))
                position = mention.end
        return Markup("".join(pieces))

    def _marked(self, explained: ExplainedSentence, start: int, end: int, rules: dict[int, str]) -> Markup:
        """Return a stretch of the sentence, escaped, with the triggers in it marked."""
        text, origin = explained.sentence.text, explained.sentence.start
        pieces: list[str] = []
        for index, rule in sorted(rules.items()):
            word = explained.words[index]
            left, right = max(word.start, start), min(word.end, end)
            if left < right:
                pieces.append(_escape(text[start - origin : left - origin]))
                pieces.append(self.fill("mark", rule=rule, text=text[left - origin : right - origin]))
                start = right
        pieces.append(_escape(text[start - origin : max(start, end) - origin]))
        return Markup("".join(pieces))

    def _mention_title(self, mention: ExplainedMention) -> str:
        kind = self._vocabulary.classes[mention.kind].ar
        return " · ".join((kind, mention.name or self._labels["unlinked"], self._labels[mention.reference]))

    def _facts(self, facts: Sequence[ExplainedFact], explained: ExplainedSentence) -> Markup:
        return self._join(self._fact(each, explained) for each in facts)

    def _fact(self, each: ExplainedFact, explained: ExplainedSentence) -> Markup:
        relation = self._vocabulary.relations[each.relation]
        return self.fill(
            "fact",
            **{"class": "kept" if each.verdict is Verdict.KEPT else "left"},
            status=each.status,
            status_label=self._labels[each.status],
            subject=each.subject,
            object=each.object,
            relation=each.relation,
            way="both" if relation.symmetric else "one",
            label=relation.label.ar,
            probability=f"{each.probability:.2f}",
            how=self._how(each, explained),
            reasons=self._reasons(each),
        )

    def _how(self, each: ExplainedFact, explained: ExplainedSentence) -> Markup:
        trigger = proposed = Markup()
        if each.word is not None:
            trigger = self.fill("by-trigger", word=explained.words[each.word].text)
            proposed = self.fill("by-frame" if each.proposed else "by-pair")
        return self.fill(
            "how",
            verdict=self._labels[each.verdict.name.lower()],
            rule=each.rule,
            trigger=trigger,
            proposed=proposed,
            more=self._join(self.fill("more", name=self._labels[name], value=value) for name, value in _more(each)),
        )

    def _reasons(self, each: ExplainedFact) -> Markup:
        if not each.reasons:
            return Markup()
        items = (
            self.fill(
                "reason",
                sign="for" if reason.weight > 0 else "against",
                weight=f"{reason.weight:+.2f}",
                feature=reason.feature,
            )
            for reason in each.reasons[:_REASONS]
        )
        return self.fill("reasons", items=self._join(items))

    def _details(self, explained: ExplainedSentence) -> Markup:
        words = (
            self.fill("word", tag=word.tag, text=word.text, label=self._labels[word.tag], note=self._notes(word.note))
            for word in explained.words
        )
        triggers = Markup()
        if explained.triggers:
            rows = self._join(self._trigger(each) for each in explained.triggers)
            triggers = self.fill("triggers", count=len(explained.triggers), rows=rows)
        return self.fill("details", count=len(explained.words), words=self._join(words), triggers=triggers)

    def _notes(self, notes: Iterable[str]) -> Markup:
        return self._join(self.fill("note", text=note) for note in notes)

    def _trigger(self, trigger: ExplainedTrigger) -> Markup:
        frames = (
            self.fill(
                "frame",
                label=self._vocabulary.relations[frame.relation].label.ar,
                subject=" | ".join(frame.subject),
                object=" | ".join(frame.object),
                confidence=f"{frame.confidence:.2f}",
                filled=self.fill("filled", count=frame.filled) if frame.filled else Markup(),
            )
            for frame in trigger.frames
        )
        slots = [(slot, " | ".join("، ".join(group) for group in groups)) for slot, groups in trigger.slots]
        slots += [(self._labels["mind"], "، ".join(trigger.in_mind))] if trigger.in_mind else []
        slots += [(self._labels["speaker"], trigger.speaker)] if trigger.speaker else []
        return self.fill(
            "trigger",
            text=trigger.text,
            status_label=self._labels[trigger.status],
            rule=trigger.rule,
            frames=self._join(frames),
            slots=self._join(self.fill("slot", slot=slot, names=names) for slot, names in slots),
        )

    def _join(self, pieces: Iterable[Markup]) -> Markup:
        return Markup("\n".join(pieces))


def _escape(text: str) -> str:
    return escape(_TURNS.sub("", text))


def _more(each: ExplainedFact) -> Iterator[tuple[str, str]]:
    """Yield the circumstances of a fact that came out."""
    fact = each.fact
    if fact is not None:
        yield from ((name, value) for name in ("date", "item", "role") if (value := getattr(fact, name)))
        if fact.quantity is not None:
            yield "quantity", fact.quantity.text
        if fact.readers != (GRAMMAR,):
            yield "readers", f"{' + '.join(fact.readers)} {fact.confidence:.2f}"
    if each.speaker:
        yield "speaker", each.speaker
