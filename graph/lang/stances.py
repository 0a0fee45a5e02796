"""What speakers say of somebody that blames, threatens or praises him, or asks something of him, as data.

The reader is extract/stances.py; the words stand in lang/ar/stances.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table

BLAMES, THREATENS, PRAISES, ASKS = "criticized", "threatened", "supports", "requested"
PROMISES = "promised"
# Sorts of deeds that a stance may be to without saying whose they are.
TOLD = ("assaults", "curbs", "offers", "decisions")


@dataclass(frozen=True, slots=True)
class StanceVerb:
    """A verb said of somebody; with `words` one of them must come soon after it."""

    past: str
    present: str
    root: str
    form: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """Words of paying back: verbs that threaten in the future, nouns, what one is ready, what is to come.

    By a verb of `meeting` a deed is said to meet an answer. What is answered with `words` alone, as a letter is,
    threatens nobody; one of `cases` begins a condition with "in".
    """

    verbs: tuple[StanceVerb, ...]
    nouns: frozenset[str]
    readiness: frozenset[str]
    coming: frozenset[str]
    words: frozenset[str]
    cases: frozenset[str]
    meeting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stances:
    """Words that take a stance to what they are said of.

    `openers` begin what is said, unless one of `circumstances` stands before them; `words` are by relation; behind
    a verb of `committing` a noun is said of the verb's subject; by a verb of `helping` a speaker promises; `modals`
    and `needs` say what somebody must do, `deeds` and `acts` are what is asked of him. Blamed is also of whom a
    verb of `lacking` is denied, and who tries one of the `harms` by a verb of `striving`; a noun of `burdens` lays
    a deed to somebody; a stance to somebody is often taken to his `conduct`.
    Who made one of the `statements` stands behind it, what he said behind a word of `quoting`; what somebody has proved
    by a verb of `proving` is still said of him, who does something behind a noun of `performing`; behind `contrasts`
    may refuse whom somebody asked. Whoever speaks of the `loaded` deeds of somebody blames him;
    for `courts` a word of `convicting` means to find guilty. Deeds that were `told` before stand with the article
    alone. What is said is said in one of the `sayings`, which ends the phrase; a verb of `portraying` calls somebody
    something, with the preposition of its `words`, or with a bare one; by a verb of `curbing` sanctions hit somebody.
    Who bears one of the names of `watchdogs` blames whom he tells `violations` of.
    """

    openers: frozenset[str]
    circumstances: frozenset[str]
    words: dict[str, frozenset[str]]
    blaming: tuple[StanceVerb, ...]
    threatening: tuple[StanceVerb, ...]
    committing: tuple[StanceVerb, ...]
    helping: tuple[StanceVerb, ...]
    modals: frozenset[str]
    needs: frozenset[str]
    answers: Answers
    deeds: frozenset[str]
    acts: frozenset[str]
    lacking: tuple[StanceVerb, ...]
    striving: tuple[StanceVerb, ...]
    harms: frozenset[str]
    burdens: frozenset[str]
    conduct: frozenset[str]
    statements: frozenset[str]
    quoting: frozenset[str]
    contrasts: frozenset[str]
    proving: tuple[StanceVerb, ...]
    performing: frozenset[str]
    courts: frozenset[str]
    convicting: frozenset[str]
    loaded: frozenset[str]
    told: dict[str, frozenset[str]]
    sayings: frozenset[str]
    portraying: tuple[StanceVerb, ...]
    curbing: tuple[StanceVerb, ...]
    watchdogs: frozenset[str]
    violations: tuple[StanceVerb, ...]

    @classmethod
    def load(cls, table: Table) -> Stances:
        """Read stances.yaml."""
        return cls(
            openers=table.words("openers"),
            circumstances=table.words("circumstances"),
            words={BLAMES: table.words("criticized_words"), PRAISES: table.words("supports_words")},
            blaming=_verbs(table, "criticized_verbs"),
            threatening=_verbs(table, "threatened_verbs"),
            committing=_verbs(table, "committing"),
            helping=_verbs(table, "helping"),
            modals=table.words("requested_modals"),
            needs=table.words("requested_needs"),
            answers=Answers(
                _verbs(table, "answering"),
                table.words("answers"),
                table.words("answer_readiness"),
                table.words("answer_coming"),
                table.words("answered_words"),
                table.words("cases"),
                table.words("meeting"),
            ),
            deeds=table.words("requested_deeds"),
            acts=table.words("requested_acts"),
            lacking=_verbs(table, "lacking"),
            striving=_verbs(table, "striving"),
            harms=table.words("harms"),
            burdens=table.words("burdens"),
            conduct=table.words("conduct"),
            statements=table.words("statements"),
            quoting=table.words("quoting"),
            contrasts=table.words("contrasts"),
            proving=_verbs(table, "proving"),
            performing=table.words("performing"),
            courts=table.words("courts"),
            convicting=table.words("convicting"),
            loaded=table.words("loaded"),
            told=table.sorts("told_before", TOLD),
            sayings=table.words("sayings"),
            portraying=_verbs(table, "portraying"),
            curbing=_verbs(table, "curbing"),
            watchdogs=table.words("watchdogs"),
            violations=_verbs(table, "violations"),
        )


def _verbs(table: Table, name: str) -> tuple[StanceVerb, ...]:
    return tuple(
        StanceVerb(
            record["past"], record["present"], record["root"], int(record["form"]),
            frozenset(record.get("with", "").split()),
        )
        for record in table.records(name)
    )  # fmt: skip
