"""The words of pictures in one language, and the filter of a network put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..network import Network
from ..options import NetworkOptions, RollUp, StaticTies
from ..select import find_node

_FILE = Path(__file__).with_name("words.yaml")
# Right-to-left isolates: they give a line of mixed scripts its order wherever it is drawn.
_RTL_OPEN, _CLOSE = "\u2067", "\u2069"


@dataclass(frozen=True, slots=True)
class Words:
    """Words by key; `language` is "ar" or "en"."""

    language: str
    texts: Mapping[str, str]

    @classmethod
    def load(cls, language: str = "ar") -> Words:
        """Read the words of a language: Arabic, or English for any other."""
        entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        language = "ar" if language == "ar" else "en"
        return cls(language, {key: texts[language] for key, texts in entries.items()})

    @property
    def right_to_left(self) -> bool:
        """Whether lines run from right to left."""
        return self.language == "ar"

    def get(self, key: str, **values: object) -> str:
        """Return a text with its braces filled in."""
        return self.texts[key].format(**values)

    def isolate(self, text: str) -> str:
        """Return a line that keeps its order of words next to others."""
        return f"{_RTL_OPEN}{text}{_CLOSE}" if self.right_to_left else text


def title_of(options: NetworkOptions, network: Network, words: Words) -> str:
    """Return the heading of a picture: whom it is about."""
    if options.actor is None:
        return words.get("network")
    return words.get("around", actor=find_node(network, options.actor).label(words.language))


def describe_filter(options: NetworkOptions, network: Network, words: Words) -> str:
    """Return what the picture shows and leaves out, in one line."""
    parts = [words.get(status) for status in sorted(options.statuses)]
    for name in sorted(options.relations):
        relation = network.relation(name)
        parts.append((relation.arabic if words.right_to_left else relation.english) or name)
    parts += [words.get(key, date=date) for key, date in (("since", options.since), ("until", options.until)) if date]
    for kind in sorted(options.kinds):
        arabic, english = network.kinds.get(kind, (kind, kind))
        parts.append(arabic if words.right_to_left else english)
    if options.actor:
        parts.append(words.get("depth", number=options.depth))
    if options.roll_up is not RollUp.NONE:
        parts.append(words.get(f"roll_{options.roll_up}"))
    if options.static_ties is not StaticTies.EDGES:
        parts.append(words.get(f"static_{options.static_ties}"))
    if options.min_confidence:
        parts.append(words.get("confidence", number=f"{options.min_confidence:g}"))
    if options.min_weight > 1:
        parts.append(words.get("reports", number=options.min_weight))
    if options.top:
        parts.append(words.get("top", number=options.top))
    if options.largest_component:
        parts.append(words.get("component"))
    return " · ".join(parts)
