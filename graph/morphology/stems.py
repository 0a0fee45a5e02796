"""Builds the stems of an Arabic verb from its root and form, as sounds for spelling.py.

A stem has a shape before endings that begin with a vowel, and one before the others; a defective stem (third radical
weak) is kept without its last radical, because the endings melt into it. Where a root allows several stems (the
vowels of form I, assimilation in form VIII), all are given, the commonest first: the caller keeps the one that spells
the verb as the lexicon does. A quadriliteral is built like form II, its first two radicals in the head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_WEAK = frozenset("وي")
_PAST = {1: "1a", 2: "1a2", 3: "1A", 4: "ءa1", 5: "تa1a2", 6: "تa1A", 7: "ٱiن1a", 8: "ٱi8a", 10: "ٱiستa1"}
_PAST_PASSIVE = {1: "1u", 2: "1u2", 3: "1U", 4: "ءu1", 5: "تu1u2", 6: "تu1U", 7: "ٱuن1u", 8: "ٱu8u", 10: "ٱuستu1"}
_PRESENT = {1: "1", 2: "1a2", 3: "1A", 4: "1", 5: "تa1a2", 6: "تa1A", 7: "ن1a", 8: "8a", 10: "ستa1"}
_PRESENT_VOWEL = {2: "i", 3: "i", 4: "i", 5: "a", 6: "a", 7: "i", 8: "i", 10: "i"}
_HOLLOW_FORMS = frozenset({1, 4, 7, 8, 10})
_DOUBLED_FORMS = frozenset({1, 3, 4, 6, 7, 8, 10})
_LENGTHEN = {"a": "A", "i": "I", "u": "U"}
_HOLLOW = " hollow"
# What the first radical and the infixed t of form VIII become together.
_CLUSTERS = {
    "و": ("تت",),
    "ي": ("تت",),
    "ت": ("تت",),
    "ء": ("ءت", "تت"),
    "د": ("دد",),
    "ذ": ("دد", "ذد"),
    "ز": ("زد",),
    "ص": ("صط",),
    "ض": ("ضط",),
    "ط": ("طط",),
    "ظ": ("ظط", "ظظ"),
    "ث": ("ثت", "ثث", "تت"),
}


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem; `melts` names the long vowel that a defective stem ends in (A, Y, I or U), else it is empty.

    `glide` is the radical that comes back before some endings of a defective stem; `shape` is what active and passive
    stems of one verb share: how form VIII assimilates, and whether a weak middle radical is kept.
    """

    before_vowel: str
    before_consonant: str
    prefix: str = ""
    melts: str = ""
    glide: str = "ي"
    doubled: bool = False
    shape: str = ""


@dataclass(frozen=True, slots=True)
class _Root:
    """A root as the pattern of a form sees it: `lead` fills the head, `middle` and `last` are the radicals after it."""

    radicals: str
    form: int

    @property
    def middle(self) -> str:
        return self.radicals[-2]

    @property
    def last(self) -> str:
        return self.radicals[-1]

    @property
    def quadriliteral(self) -> bool:
        return len(self.radicals) == 4

    @property
    def pattern(self) -> int:
        """The triliteral form whose head this one shares: a quadriliteral I is built as II, its II as V."""
        return {1: 2, 2: 5}.get(self.form, self.form) if self.quadriliteral else self.form

    @property
    def defective(self) -> bool:
        return self.last in _WEAK

    @property
    def hollow(self) -> bool:
        return self.middle in _WEAK and not self.defective and self.pattern in _HOLLOW_FORMS

    @property
    def doubled(self) -> bool:
        return self.middle == self.last and self.pattern in _DOUBLED_FORMS and not self.quadriliteral

    @property
    def coloured(self) -> bool:
        return self.form == 9 or (self.quadriliteral and self.form == 4)

    @property
    def drops_hamza(self) -> bool:
        """True of the verb "to see", whose hamza is lost in the present and in form IV."""
        return tuple(self.radicals) == ("ر", "ء", "ي") and self.form in (1, 4)

    def heads(self, pattern: str) -> Iterator[tuple[str, str]]:
        """Fill the head's radicals in, once for each way in which form VIII may assimilate, named beside it."""
        first = self.radicals[0]
        for cluster in _CLUSTERS.get(first, (f"{first}ت",)) if "8" in pattern else ("",):
            yield pattern.replace("1", first).replace("2", self.radicals[1]).replace("8", cluster), cluster


def past_stems(radicals: str, form: int, *, passive: bool = False) -> Iterator[Stem]:
    """Yield the past stems that a root may have in a form."""
    root = _Root(radicals, form)
    if root.coloured:
        yield from _coloured_stems(root, present=False, passive=passive)
        return
    vowels = "i" if passive else "aiu" if form == 1 and not root.quadriliteral else "a"
    for (head, shape), vowel in product(root.heads((_PAST_PASSIVE if passive else _PAST)[root.pattern]), vowels):
        if root.drops_hamza and form == 4:
            yield Stem(head, head, melts="I" if passive else "Y")
        elif root.defective:
            yield from _defective_past(root, head, vowel, shape)
        else:
            yield from _strong_stems(root, head, vowel, long="I" if passive else "A", shape=shape)


def present_stems(radicals: str, form: int, *, passive: bool = False) -> Iterator[Stem]:
    """Yield the present stems, without the person's letter but with the vowel after it as `prefix`."""
    root = _Root(radicals, form)
    if root.coloured:
        yield from _coloured_stems(root, present=True, passive=passive)
        return
    stems = list(_present_stems(root, passive=passive))
    # A weak middle radical that is kept (istaḥwaḏa) is the exception: it comes after all vowels of the regular stem.
    yield from sorted(stems, key=lambda stem: root.hollow and not stem.shape.endswith(_HOLLOW))


def active_participles(radicals: str, form: int, present: Stem) -> Iterator[Stem]:
    """Yield the active participle's stem; `present` is the active present stem of the verb."""
    root = _Root(radicals, form)
    first, middle, last = radicals[0], root.middle, root.last
    if form != 1 or root.quadriliteral:
        # Forms V and VI change the vowel of the present: yataʿallam, but mutaʿallim.
        if present.melts:
            yield Stem("مu" + present.before_vowel, "", melts="I")
        elif root.hollow or present.doubled:
            yield Stem("مu" + present.before_vowel, "")
        else:
            yield Stem("مu" + present.before_vowel[:-2] + "i" + last, "")
    elif root.defective:
        yield Stem(f"{first}A{middle}", "", melts="I")
    elif root.hollow and last == "ء":
        yield Stem(f"{first}Aء", "", melts="I")
    elif root.hollow:
        yield Stem(f"{first}Aءi{last}", "")
    elif root.doubled:
        yield Stem(f"{first}A{middle}{last}", "")
    else:
        yield Stem(f"{first}A{middle}i{last}", "")


def passive_participles(radicals: str, form: int, present: Stem) -> Iterator[Stem]:
    """Yield the passive participle's stem; `present` is the passive present stem of the verb."""
    root = _Root(radicals, form)
    first, middle, last = radicals[0], root.middle, root.last
    if form != 1 or root.quadriliteral:
        yield Stem("مu" + present.before_vowel, "", melts="Y" if present.melts else "")
    elif root.defective:
        yield Stem(f"مa{first}{middle}" + ("uوو" if last == "و" else "iيي"), "")
    elif root.hollow:
        yield Stem(f"مa{first}{'U' if middle == 'و' else 'I'}{last}", "")
    else:
        yield Stem(f"مa{first}{middle}U{last}", "")


def _present_stems(root: _Root, *, passive: bool) -> Iterator[Stem]:
    prefix = "u" if passive or root.pattern in (2, 3, 4) else "a"
    vowels = "a" if passive else _PRESENT_VOWEL.get(root.pattern, "uia")
    patterns = [_PRESENT[root.pattern]]
    if root.pattern == 1 and root.radicals[0] == "و" and not passive:
        patterns.insert(0, "")
    for pattern, vowel in product(patterns, vowels):
        for head, shape in root.heads(pattern):
            if root.drops_hamza:
                yield Stem(head, head, prefix, melts="Y" if passive or root.form == 1 else "I")
            elif root.defective:
                base = head + root.middle
                yield Stem(base, base, prefix, "Y" if vowel == "a" else _LENGTHEN[vowel], shape=shape)
            else:
                long = "A" if root.pattern in (7, 8) or passive else _LENGTHEN[vowel]
                yield from _strong_stems(root, head, vowel, long=long, prefix=prefix, shape=shape)


def _defective_past(root: _Root, head: str, vowel: str, shape: str) -> Iterator[Stem]:
    base = head + root.middle
    if vowel == "i":
        yield Stem(base, base, melts="I", shape=shape)
    elif vowel == "a":
        from_waw = root.last == "و" and root.pattern == 1
        melts, glide = ("A", "و") if from_waw else ("Y", "ي")
        yield Stem(base, base, melts=melts, glide=glide, shape=shape)


def _strong_stems(root: _Root, head: str, vowel: str, *, long: str, shape: str, prefix: str = "") -> Iterator[Stem]:
    middle, last = root.middle, root.last
    if root.doubled:
        joint = vowel if head[-1:] not in ("a", "i", "u", "A", "U") else ""
        yield Stem(head + joint + middle + last, head + middle + vowel + last, prefix, doubled=True, shape=shape)
        return
    if root.hollow:
        bare = head.rstrip("aiu")
        if root.form == 1 and not prefix:
            short = "i" if long == "I" or middle == "ي" else "u"
        else:
            short = vowel if root.form == 1 else long.lower()
        yield Stem(bare + long + last, bare + short + last, prefix, shape=shape + _HOLLOW)
    whole = head + middle + vowel + last
    yield Stem(whole, whole, prefix, shape=shape)


def _coloured_stems(root: _Root, *, present: bool, passive: bool) -> Iterator[Stem]:
    """Yield form IX and quadriliteral IV, which double their last radical: iswadda, iṭmaʾanna."""
    if passive:
        return
    lead, last = root.radicals[:-1], root.last
    head = lead[0] + lead[1] + ("a" + lead[2] if len(lead) == 3 else "")
    vowel = "i" if present and len(lead) == 3 else "a"
    start = "" if present else "ٱi"
    yield Stem(f"{start}{head}{vowel}{last}{last}", f"{start}{head}{vowel}{last}{vowel}{last}", "a", doubled=True)
