"""How the names of events and agreements are built, as data.

The reader is extract/occasions.py; the words stand in lang/ar/events.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .tables import Table


@dataclass(frozen=True, slots=True)
class Occasions:
    """Nouns that head names of events and agreements, and what stands behind them.

    `gatherings` are the events to which people come, `members` those who may hold one, `rounds` what `talks` are held
    in, `days` begin the name of a day, `anything` stands for an event that was named before. `ends`, `times` and
    `holdings` end a name: they say when it is or that it is held; of `heights` it is no event. `topics` lead to what
    it is about. `assemblies` are the gatherings where people speak and that a place hosts, none where a word of `press`
    stands with them; those of `grand` whatever their name. `attending` leads to where somebody speaks, over `parts` of
    it or "on" its `margins`, and `speeches` may stand between, which verbs of `delivering` give. What is `opened` or
    held may tell first where it is. `attend` are verbs of being at an event, with `inside` of being in it,
    `presence` leads to who is there, `beside` to with whom; `delegates` are those whom somebody sends there, `crowds`
    words for those who are only counted, and `among` leads to whom the text names of them. `convening` leads to who
    calls others to an event, and `sessions` are what a lasting event is held in.
    """

    events: frozenset[str]
    agreements: frozenset[str]
    gatherings: frozenset[str]
    members: frozenset[str]
    rounds: frozenset[str]
    talks: frozenset[str]
    days: frozenset[str]
    anything: frozenset[str]
    ends: frozenset[str]
    times: frozenset[str]
    holdings: frozenset[str]
    topics: frozenset[str]
    assemblies: frozenset[str]
    grand: frozenset[str]
    heights: frozenset[str]
    press: frozenset[str]
    attending: frozenset[str]
    parts: frozenset[str]
    speeches: frozenset[str]
    delivering: frozenset[str]
    margins: frozenset[str]
    opened: frozenset[str]
    attend: frozenset[str]
    inside: frozenset[str]
    presence: frozenset[str]
    beside: frozenset[str]
    delegates: frozenset[str]
    crowds: frozenset[str]
    convening: frozenset[str]
    sessions: frozenset[str]
    among: frozenset[str]

    @classmethod
    def load(cls, table: Table) -> Occasions:
        """Read the table; raise LanguageDataError where it lacks an entry."""
        return cls(
            events=table.words("event_heads"),
            agreements=table.words("agreement_heads"),
            gatherings=table.words("gatherings"),
            members=table.words("members"),
            rounds=table.words("rounds"),
            talks=table.words("talks"),
            days=table.words("days"),
            anything=table.words("anything"),
            ends=table.words("ends"),
            times=table.words("times"),
            holdings=table.words("holdings"),
            topics=table.words("topics"),
            assemblies=table.words("assemblies"),
            grand=table.words("grand"),
            heights=table.words("heights"),
            press=table.words("press"),
            attending=table.words("attending"),
            parts=table.words("parts"),
            speeches=table.words("speeches"),
            delivering=table.words("delivering"),
            margins=table.words("margins"),
            opened=table.words("opened"),
            attend=table.words("attend"),
            inside=table.words("inside"),
            presence=table.words("presence"),
            beside=table.words("beside"),
            delegates=table.words("delegates"),
            crowds=table.words("crowds"),
            convening=table.words("convening"),
            sessions=table.words("sessions"),
            among=table.words("among"),
        )

    def spelled(self, spell: Callable[[str], str]) -> Occasions:
        """Return the same with the nouns in another spelling: that under which names are looked up."""
        keys = (
            "events", "agreements", "gatherings", "members", "rounds", "talks", "anything", "times", "assemblies",
            "grand", "heights", "press", "parts", "speeches", "crowds", "sessions", "delegates",
        )  # fmt: skip
        return replace(self, **{key: frozenset(map(spell, getattr(self, key))) for key in keys})
