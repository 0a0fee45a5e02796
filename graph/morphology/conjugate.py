"""Conjugates an Arabic verb: from its entry in the lexicon to every unvowelled spelling and what it may stand for.

Third, second and first persons of past and present, active and passive, and both participles; no imperative. The
entry's own past and present decide between the stems that the root allows, so an entry that no stem can spell is
refused: that is how a wrong root, form or spelling in the lexicon shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..errors import LanguageDataError
from .spelling import spell
from .stems import Stem, active_participles, passive_participles, past_stems, present_stems


class Aspect(StrEnum):
    """Past, present, or participle (which has no person and no mood)."""

    PAST = "past"
    PRESENT = "present"
    PARTICIPLE = "participle"


class Voice(StrEnum):
    """Active or passive."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Mood(StrEnum):
    """The mood of a present form."""

    INDICATIVE = "indicative"
    SUBJUNCTIVE = "subjunctive"
    JUSSIVE = "jussive"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a spelling may stand for; `gender` is "m", "f" or None where both, `number` "s", "d" or "p"."""

    aspect: Aspect
    voice: Voice
    person: int | None
    gender: str | None
    number: str
    mood: Mood | None = None


class Conjugable(Protocol):
    """What must be known of a verb; every verb entry of the lexicon has it."""

    @property
    def past(self) -> str: ...
    @property
    def present(self) -> str: ...
    @property
    def root(self) -> str: ...
    @property
    def form(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _Person:
    """A row of the paradigm: the past ending, the letter before the present, and the shape of its ending."""

    person: int
    gender: str | None
    number: str
    past: str
    letter: str
    ending: str = ""


_PERSONS = (
    _Person(3, "m", "s", "a", "ي"),
    _Person(3, "f", "s", "aت", "ت"),
    _Person(3, "m", "d", "A", "ي", "A"),
    _Person(3, "f", "d", "aتA", "ت", "A"),
    _Person(3, "m", "p", "UX", "ي", "U"),
    _Person(3, "f", "p", "نa", "ي", "ن"),
    _Person(2, "m", "s", "تa", "ت"),
    _Person(2, "f", "s", "تi", "ت", "I"),
    _Person(2, None, "d", "تuمA", "ت", "A"),
    _Person(2, "m", "p", "تuم", "ت", "U"),
    _Person(2, "f", "p", "تuننa", "ت", "ن"),
    _Person(1, None, "s", "تu", "ء"),
    _Person(1, None, "p", "نA", "ن"),
)
_PARTICIPLE_ENDINGS = (
    ("m", "s", ("", "F")),
    ("f", "s", ("aT",)),
    ("m", "d", ("Aنi", "aين", "A", "aي")),
    ("f", "d", ("aتAنi", "aتaين", "aتA", "aتaي")),
    ("m", "p", ("Uنa", "Iنa", "U", "I")),
    ("f", "p", ("Aت",)),
)
_MOODS = tuple(Mood)


def conjugate(verb: Conjugable, *, joined: bool = False) -> dict[str, tuple[VerbForm, ...]]:
    """Return every spelling with its analyses; `joined` gives the spellings before an attached pronoun.

    Raise LanguageDataError when root and form cannot give the past or the present that the entry has.
    """
    found: dict[str, dict[VerbForm, None]] = {}
    spelt: dict[str, tuple[str, ...]] = {}
    for sounds, form in _all_forms(verb):
        written = _written(sounds, joined=joined)
        if written not in spelt:
            spelt[written] = spell(written, joined=joined)
        for spelling in spelt[written]:
            found.setdefault(spelling, {})[form] = None
    return {spelling: tuple(forms) for spelling, forms in found.items()}


def _written(sounds: str, *, joined: bool) -> str:
    """Return the sounds of a form that its spelling shows; many forms of a verb differ in the last vowel alone."""
    if not joined:
        return sounds.rstrip("aiu")
    return sounds + "U" if sounds.endswith("تuم") else sounds


def _all_forms(verb: Conjugable) -> Iterator[tuple[str, VerbForm]]:
    past = _choose(past_stems(verb.root, verb.form), _PERSONS[0], verb.past, _past_sounds, verb)
    present = _choose(present_stems(verb.root, verb.form), _PERSONS[0], verb.present, _present_sounds, verb)
    yield from _past(past, Voice.ACTIVE)
    yield from _present(present, Voice.ACTIVE)
    for stem in active_participles(verb.root, verb.form, present):
        yield from _participle(stem, Voice.ACTIVE)
    if verb.form in (7, 9):
        return
    past_passive = _like(past, past_stems(verb.root, verb.form, passive=True))
    present_passive = _like(present, present_stems(verb.root, verb.form, passive=True))
    if past_passive and present_passive:
        yield from _past(past_passive, Voice.PASSIVE)
        yield from _present(present_passive, Voice.PASSIVE)
        for stem in passive_participles(verb.root, verb.form, present_passive):
            yield from _participle(stem, Voice.PASSIVE)


def _choose(
    stems: Iterable[Stem],
    person: _Person,
    wanted: str,
    sound: Callable[[Stem, _Person, Mood], Iterator[str]],
    verb: Conjugable,
) -> Stem:
    tried: dict[str, None] = {}
    for stem in stems:
        for sounds in sound(stem, person, Mood.INDICATIVE):
            spellings = spell(sounds)
            if wanted in spellings:
                return stem
            tried.update(dict.fromkeys(spellings))
    raise LanguageDataError(
        f"verb {verb.past!r} ({verb.present!r}): root {verb.root!r} in form {verb.form} gives "
        f"{' or '.join(tried) or 'nothing'}, never {wanted!r}: mend the root, the form or the spelling."
    )


def _like(active: Stem, stems: Iterable[Stem]) -> Stem | None:
    return next((stem for stem in stems if stem.shape == active.shape), None)


def _past(stem: Stem, voice: Voice) -> Iterator[tuple[str, VerbForm]]:
    for row in _PERSONS:
        form = VerbForm(Aspect.PAST, voice, row.person, row.gender, row.number)
        for sounds in _past_sounds(stem, row, Mood.INDICATIVE):
            yield sounds, form


def _present(stem: Stem, voice: Voice) -> Iterator[tuple[str, VerbForm]]:
    for row in _PERSONS:
        for mood in _MOODS:
            form = VerbForm(Aspect.PRESENT, voice, row.person, row.gender, row.number, mood)
            for sounds in _present_sounds(stem, row, mood):
                yield sounds, form


def _past_sounds(stem: Stem, row: _Person, _mood: Mood) -> Iterator[str]:
    ending = row.past
    vocalic = ending[0] in "aAU"
    if not stem.melts:
        yield (stem.before_vowel if vocalic else stem.before_consonant) + ending
        return
    base = stem.before_vowel
    if stem.melts == "I":
        yield base + ("UX" if ending == "UX" else "iي" + ending if vocalic else "I" + ending)
    elif ending == "a":
        yield base + stem.melts
    elif ending == "UX":
        yield base + "aوX"
    elif ending == "A" or not vocalic:
        yield base + "a" + stem.glide + ending
    else:
        yield base + ending


def _present_sounds(stem: Stem, row: _Person, mood: Mood) -> Iterator[str]:
    start = row.letter + stem.prefix
    if row.ending == "ن":
        melted = {"Y": "aي", "I": "I", "U": "U", "": ""}[stem.melts]
        yield start + stem.before_consonant + melted + "نa"
    elif row.ending:
        yield start + _before_ending(stem, row.ending) + _ending(row.ending, mood)
    elif stem.melts:
        yield start + stem.before_vowel + _melted_singular(stem.melts, mood)
    elif mood is Mood.JUSSIVE:
        yield start + stem.before_consonant
        if stem.doubled:
            yield start + stem.before_vowel
    else:
        yield start + stem.before_vowel + ("u" if mood is Mood.INDICATIVE else "a")


def _before_ending(stem: Stem, ending: str) -> str:
    """Return the stem as it stands before the long vowel of a dual, plural or feminine ending, that vowel included."""
    if not stem.melts:
        return stem.before_vowel + ending
    if ending == "A":
        return stem.before_vowel + {"Y": "aيA", "I": "iيA", "U": "uوA"}[stem.melts]
    if stem.melts == "Y":
        return stem.before_vowel + ("aو" if ending == "U" else "aي")
    return stem.before_vowel + ending


def _ending(ending: str, mood: Mood) -> str:
    if mood is Mood.INDICATIVE:
        return "نi" if ending == "A" else "نa"
    return "X" if ending == "U" else ""


def _melted_singular(melts: str, mood: Mood) -> str:
    if mood is Mood.JUSSIVE:
        return {"Y": "a", "I": "i", "U": "u"}[melts]
    if mood is Mood.SUBJUNCTIVE and melts != "Y":
        return {"I": "iيa", "U": "uوa"}[melts]
    return melts


def _participle(stem: Stem, voice: Voice) -> Iterator[tuple[str, VerbForm]]:
    for gender, number, endings in _PARTICIPLE_ENDINGS:
        form = VerbForm(Aspect.PARTICIPLE, voice, None, gender, number)
        for ending in endings:
            for sounds in _participle_sounds(stem, ending):
                yield sounds, form


def _participle_sounds(stem: Stem, ending: str) -> Iterator[str]:
    base = stem.before_vowel
    if not stem.melts:
        yield base + ending
    elif stem.melts == "I":
        if ending == "":
            # Indefinite and definite: داع, الداعي.
            yield base + "i"
            yield base + "I"
        else:
            yield base + (ending if ending[0] in "UI" else "iي" + ending)
    elif ending in ("", "F"):
        yield base + "Y"
    elif ending[0] in "UI":
        yield base + ("aو" if ending[0] == "U" else "aي") + ending[1:]
    elif ending[0] == "a" and ending[1] in "Tت":
        yield base + "A" + ending[1:]
    else:
        yield base + "aي" + ending
