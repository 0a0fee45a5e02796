"""Prints an explanation at the terminal: Explanation in, lines on a stream out.

The trap: a terminal that turns Arabic round takes its neighbours along. So every piece of Arabic is isolated (FSI, PDI)
and followed by a left-to-right mark for terminals that know no isolates, Latin letters stand between any two pieces on
a line, nothing is aligned behind Arabic, and sentences have lines to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ..extract.chunks import GRAMMAR
from ..model import Status
from .explanation import ExplainedFact, ExplainedMention, ExplainedSentence, ExplainedTrigger, Explanation, Verdict

_WIDEST = 1_000
_REASONS = 5
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Marks that turn the writing direction, in articles, would undo the isolates.
_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_STATUS_STYLE = {
    Status.ACTUAL: "green",
    Status.PLANNED: "yellow",
    Status.POSSIBLE: "bright_black",
    Status.DENIED: "red",
    Status.REFUSED: "red",
}


def isolate(text: str) -> str:
    """Return text that leaves its surroundings in order, whatever letters it holds."""
    plain = _TURNS.sub("", text)
    return f"\u2068{plain}\u2069\u200e" if _RIGHT_TO_LEFT.search(plain) else plain


def print_explanations(explanations: Iterable[Explanation], stream: TextIO) -> None:
    """Print each explanation as it comes: sentence by sentence, words, triggers, facts."""
    width = None if stream.isatty() else _WIDEST
    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    for explanation in explanations:
        _print_head(explanation, console)
        for sentence in explanation.sentences:
            _print_sentence(sentence, console)


def _print_head(explanation: Explanation, console: Console) -> None:
    extraction = explanation.extraction
    document = extraction.document
    counts = f"{len(extraction.entities)} entities, {len(extraction.facts)} facts"
    _line(console, Text(f"document {isolate(document.id)}  {document.published or 'undated'}  {counts}", "bold"))


def _print_sentence(explained: ExplainedSentence, console: Console) -> None:
    sentence = explained.sentence
    place = "title" if sentence.in_title else f"{sentence.start}-{sentence.end}"
    segment = f", segment {sentence.segment}" if sentence.segment else ""
    console.print()
    _line(console, Text(f"sentence {sentence.index} ({place}{segment})", "bold cyan"))
    _line(console, Text(isolate(" ".join(sentence.text.split()))))
    for line in _lines(explained):
        _line(console, line)


def _lines(explained: ExplainedSentence) -> Iterator[Text]:
    yield from _words(explained)
    for mention in explained.mentions:
        yield _mention(mention)
    for trigger in explained.triggers:
        yield from _trigger(trigger)
    for fact in explained.facts:
        yield from _fact(fact)


def _line(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True)


def _words(explained: ExplainedSentence) -> Iterator[Text]:
    triggers = {trigger.word for trigger in explained.triggers}
    for index, word in enumerate(explained.words):
        line = Text(f"  {index:>3} {word.tag:<13}{isolate(word.text)}", "yellow" if index in triggers else "")
        if word.note:
            line.append(f" is {', '.join(map(isolate, word.note))}", "dim")
        yield line


def _mention(mention: ExplainedMention) -> Text:
    line = Text(f"  mention {mention.first}-{mention.last - 1} ", "cyan")
    line.append(f"{mention.kind} by {mention.reference}: {isolate(mention.text)} is ")
    return line.append(f"{mention.entity} {isolate(mention.name)}" if mention.entity and mention.name else "not linked")


def _trigger(trigger: ExplainedTrigger) -> Iterator[Text]:
    yield Text(f"  trigger {trigger.word} {isolate(trigger.rule)} {trigger.status}", "yellow")
    for slot, groups in trigger.slots:
        names = "; ".join(" and ".join(map(isolate, group)) for group in groups)
        yield Text(f"    slot {isolate(slot)} holds {names}")
    if trigger.in_mind:
        yield Text(f"    in mind {' and '.join(map(isolate, trigger.in_mind))}")
    if trigger.speaker:
        yield Text(f"    speaker {isolate(trigger.speaker)}")
    for frame in trigger.frames:
        sides = " to ".join(" or ".join(map(isolate, slots)) or "nothing" for slots in (frame.subject, frame.object))
        filled = f", filled {frame.filled}" if frame.filled else ""
        yield Text(f"    frame {frame.relation} {frame.confidence:.2f}: {sides}{filled}")


def _fact(fact: ExplainedFact) -> Iterator[Text]:
    kept = fact.verdict is Verdict.KEPT
    line = Text("  fact " if kept else "  no fact ", "bold" if kept else "dim")
    line.append(f"{fact.probability:.2f} ")
    line.append(f"{fact.status} ", _STATUS_STYLE[fact.status])
    line.append(f"{isolate(fact.subject)} {fact.relation} {isolate(fact.object)} by {isolate(fact.rule)}")
    if fact.word is not None:
        line.append(f" at {fact.word}, {'frame filled' if fact.proposed else 'side by side'}")
    if not kept:
        line.append(f": {fact.verdict}")
    yield line
    if circumstances := list(_circumstances(fact)):
        yield Text(f"    {', '.join(circumstances)}")
    if fact.reasons:
        shown = "  ".join(f"{reason.weight:+.2f} {isolate(reason.feature)}" for reason in fact.reasons[:_REASONS])
        yield Text(f"    because {shown}", "dim")


def _circumstances(explained: ExplainedFact) -> Iterator[str]:
    fact = explained.fact
    if fact is not None:
        for name in ("date", "item", "role"):
            if value := getattr(fact, name):
                yield f"{name} {isolate(value)}"
        if fact.readers != (GRAMMAR,):
            yield f"read by {' and '.join(fact.readers)}, {fact.confidence:.2f}"
        if fact.quantity is not None:
            yield f"quantity {isolate(fact.quantity.text)}"
    if explained.speaker:
        yield f"says {isolate(explained.speaker)}"
