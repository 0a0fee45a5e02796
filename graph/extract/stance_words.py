"""Looks up the words by which a speaker takes a stance, in every form; the lists stand in lang/ar/stances.yaml."""

from __future__ import annotations

from ..lang.morphemes import Morphemes
from ..lang.stances import BLAMES, THREATENS, Stances, StanceVerb
from ..morphology.conjugate import Aspect, Voice, conjugate
from ..text.fold import normalize
from .words import surfaces_of

# A shorter word ends in an alif of its own.
_SHORT = 4


class StanceWords:
    """The words of stances in every form, to be looked up by their normalised spelling."""

    def __init__(self, stances: Stances, morphemes: Morphemes) -> None:
        self._words = {word: relation for relation, words in stances.words.items() for word in words}
        self._pairs = frozenset(word.split()[0] for word in self._words if " " in word)
        self._will = morphemes.will
        self.blaming = _forms(stances.blaming)
        self.threatening = _forms(stances.threatening)
        self._lacking = _forms(stances.lacking)
        harms = frozenset(surfaces_of(stances.harms, morphemes))
        self._striving = dict.fromkeys(_forms(stances.striving), harms)
        self._helping = _forms(stances.helping)
        self.answering = frozenset(morphemes.will + form for form in _forms(stances.answers.verbs, every=True))
        self.proving = frozenset(_forms(stances.proving))
        self.committing = frozenset(_forms(stances.committing))
        self.portraying = _forms(stances.portraying)
        self._violations = frozenset(_forms(stances.violations))
        self.curbing = frozenset(_forms(stances.curbing))
        self.article, self._accusative = morphemes.article, morphemes.accusative

    def word(self, first: str, second: str, third: str = "") -> str | None:
        """Return the relation that a word, or two or three together, tell of what they are said of."""
        if first in self._pairs:
            found = self._words.get(f"{first} {second} {third}") or self._words.get(f"{first} {second}")
            if found is not None:
                return found
        if first in self._words or len(first) <= _SHORT:
            return self._words.get(first)
        return self._words.get(first.removesuffix(self._accusative))

    def help(self, norm: str) -> frozenset[str] | None:
        """Return the words that a verb of helping in the future needs, None where a word is none."""
        return self._helping.get(norm[1:]) if norm.startswith(self._will) else None

    def answers(self, norm: str) -> bool:
        """Tell whether a word says that somebody will pay back what was done."""
        return norm in self.answering

    def threat(self, norm: str) -> frozenset[str] | None:
        """Return the words that a verb of harm in the future needs, None where a word is none."""
        return self.threatening.get(norm[1:]) if norm.startswith(self._will) else None

    def verb(self, norm: str) -> tuple[str, frozenset[str]] | None:
        """Return the relation that a verb tells of its subject, and the words one of which it needs."""
        if norm in self.blaming:
            return BLAMES, self.blaming[norm]
        if norm in self._striving:
            return BLAMES, self._striving[norm]
        harm = self.threat(norm)
        return (THREATENS, harm) if harm is not None else None

    def violation(self, norm: str) -> tuple[str, frozenset[str]] | None:
        """Return what a verb of violence or repression tells of its subject where who watches over rights says it."""
        return (BLAMES, frozenset()) if norm in self._violations else None

    def denied(self, norm: str) -> frozenset[str] | None:
        """Return the words that a verb needs to blame whom it is denied of, None where it never does."""
        return self._lacking.get(norm)


def _forms(verbs: tuple[StanceVerb, ...], *, every: bool = False) -> dict[str, frozenset[str]]:
    """Return the spellings of verbs in the third person, or in `every` person, with the words that they need."""
    found: dict[str, frozenset[str]] = {}
    for verb in verbs:
        for spelling, forms in conjugate(verb).items():
            if any(
                (every or f.person == 3) and f.aspect is not Aspect.PARTICIPLE and f.voice is Voice.ACTIVE
                for f in forms
            ):
                found[normalize(spelling)] = verb.words
    return found
