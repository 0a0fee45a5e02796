"""Serves a morphology database's readings as the table of forms gives its own: a word in, verbs of the lexicon out.

The trap: a database knows far more words than verbs of the lexicon, and most of its readings of a word are not meant.
So it is believed only of a word that is nothing but a verb to it, and nothing but verbs that the lexicon has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..lang.predicates import Sense
from ..text.fold import normalize
from . import camel, conjugate

_SHADDA, _WASLA = "\u0651", "\u0671"
_CONJUNCTIONS = ("wa_conj", "fa_conj")
_FUTURE, _PURPOSES, _OBJECT = "sa_fut", ("li_sub", "li_jus"), "_dobj"
# "would have": news prose has it seldom, and spells it as "in order to".
_EMPHASIS = "la_rc"
_ASPECTS = {camel.Aspect.PERFECT: conjugate.Aspect.PAST, camel.Aspect.IMPERFECT: conjugate.Aspect.PRESENT}
_VOICES = {camel.Voice.ACTIVE: conjugate.Voice.ACTIVE, camel.Voice.PASSIVE: conjugate.Voice.PASSIVE}


@dataclass(frozen=True, slots=True)
class ServedVerb:
    """A word as a form of verbs; `pronoun` is the object written onto it as person, gender and number."""

    form: conjugate.VerbForm
    verbs: tuple[Sense, ...]
    conjunction: bool = False
    future: bool = False
    purpose: bool = False
    pronoun: tuple[int, str | None, str] | None = None


class VerbServer:
    """Reads words as verbs of a lexicon by what an analyser says of them."""

    def __init__(self, analyzer: camel.Analyzer, verbs: Iterable[Sense]) -> None:
        self._analyzer = analyzer
        self._verbs: dict[str, list[Sense]] = {}
        for verb in verbs:
            self._verbs.setdefault(_headword(verb.lemma), []).append(verb)

    def serve(self, norm: str) -> tuple[ServedVerb, ...]:
        """Return the readings of a normalised word as verbs; none where it may be anything else."""
        analyses = [each for each in self._analyzer.analyze(norm) if normalize(each.vowelled) == norm]
        heads = {_headword(each.headword) for each in analyses}
        if not heads <= self._verbs.keys() or any(each.pos != "verb" for each in analyses):
            return ()
        return tuple(dict.fromkeys(served for each in analyses if (served := self._read(each)) is not None))

    def _read(self, analysis: camel.Analysis) -> ServedVerb | None:
        form, clitics = _form(analysis), analysis.clitics
        if form is None or _EMPHASIS in clitics:
            return None
        return ServedVerb(
            form,
            tuple(self._verbs[_headword(analysis.headword)]),
            conjunction=any(clitic in _CONJUNCTIONS for clitic in clitics),
            future=_FUTURE in clitics,
            purpose=any(clitic in _PURPOSES for clitic in clitics),
            pronoun=next((_pronoun(clitic) for clitic in clitics if clitic.endswith(_OBJECT)), None),
        )


def _form(analysis: camel.Analysis) -> conjugate.VerbForm | None:
    """Return the form of an analysis; None for the imperative, which the table has not, either."""
    aspect = _ASPECTS.get(analysis.aspect) if analysis.aspect is not None else None
    person, voice = analysis.person, _VOICES[analysis.voice or camel.Voice.ACTIVE]
    if aspect is None or person is None:
        return None
    gender = analysis.gender if person != "1" else None
    return conjugate.VerbForm(aspect, voice, int(person), gender, analysis.number or "s")


def _pronoun(clitic: str) -> tuple[int, str | None, str]:
    """Return what a tag such as "3ms_dobj" or "3d_dobj" says."""
    told = clitic.removesuffix(_OBJECT)
    return int(told[0]), told[1] if len(told) > 2 else None, told[-1]


def _headword(lemma: str) -> str:
    """Return a lemma as two dictionaries spell it alike: its letters and what doubles them, no vowels."""
    return "".join(
        letter if letter == _SHADDA else normalize(letter) if letter == _WASLA else letter
        for letter in lemma
        if letter == _SHADDA or letter.isalpha()
    )
