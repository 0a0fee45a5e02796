"""Spells a word that is given by its sounds: where hamza sits, what is dropped, how an ending is written.

Sounds are a string of consonant letters and the vowels a i u (short) and A I U (long); Y is a long a that is written
as alif maqsura at the end of a word, T the feminine ending, F the alif of the accusative, X the silent alif after the
plural's waw, ٱ the alif of liaison. Nothing is vowelled in what comes out; the usual spelling is first.
"""

from __future__ import annotations

import re

_SHORT = frozenset("aiu")
_LONG = frozenset("AIUY")
_VOWELS = _SHORT | _LONG
_LETTERS = {"A": "ا", "I": "ي", "U": "و", "F": "ا", "ٱ": "ا"}
_SEATS = {"a": "أ", "i": "ئ", "u": "ؤ"}
_DOUBLED = re.compile(r"([^aiuAIUY])\1+")
# Where neither is found, nothing contracts: conjugating spells a hundred thousand words before anything is read.
_MAY_CONTRACT = re.compile(r"[iu][وي]|^ء[aiu]ء")
_LETTERS_ALONE = str.maketrans({**_LETTERS, **dict.fromkeys(_SHORT, ""), "Y": "ا", "T": "ة", "X": "ا"})
_LETTERS_JOINED = str.maketrans({**_LETTERS, **dict.fromkeys(_SHORT, ""), "Y": "ا", "T": "ت", "X": ""})


def spell(sounds: str, *, joined: bool = False) -> tuple[str, ...]:
    """Return the spellings of a word; `joined` spells it as it stands before an attached pronoun."""
    if not joined:
        sounds = sounds.rstrip("aiu")
    if _DOUBLED.search(sounds):
        sounds = _DOUBLED.sub(r"\1", sounds)
    if _MAY_CONTRACT.search(sounds):
        sounds = _contract(sounds)
    if "ء" not in sounds:
        return (_spell_plainly(sounds, joined=joined),)
    results = [""]
    index = 0
    while index < len(sounds):
        written, used = _spell_at(sounds, index, joined=joined)
        results = [result + option for result in results for option in written]
        index += used
    return tuple(results)


def _spell_plainly(sounds: str, *, joined: bool) -> str:
    """Spell sounds without hamza, of which each is written in one way."""
    if joined:
        return sounds.translate(_LETTERS_JOINED)
    written = sounds.translate(_LETTERS_ALONE)
    return f"{written[:-1]}ى" if sounds.endswith("Y") and not sounds.endswith("يY") else written


def _contract(sounds: str) -> str:
    """Lengthen a vowel before a glide or a second hamza that has no vowel of its own."""
    out: list[str] = []
    for index, letter in enumerate(sounds):
        following = sounds[index + 1 : index + 2]
        silent = not following or following not in _VOWELS
        previous = out[-1] if out else ""
        if silent and letter in "وي" and previous in ("u", "i") and following not in ("T", "F", "X"):
            out[-1] = "U" if previous == "u" else "I"
        elif silent and letter == "ء" and following and len(out) == 2 and out[0] == "ء" and previous in _SHORT:
            out[-1] = previous.upper()
        else:
            out.append(letter)
    return "".join(out)


def _spell_at(sounds: str, index: int, *, joined: bool) -> tuple[tuple[str, ...], int]:
    """Spell the sound at an index; the number tells how many sounds were used up."""
    letter = sounds[index]
    last = index == len(sounds) - 1
    if letter == "ء":
        return _spell_hamza(sounds, index, joined=joined)
    if letter in _SHORT:
        return ("",), 1
    if letter == "Y":
        final = last and not joined and sounds[index - 1] != "ي"
        return ("ى" if final else "ا",), 1
    if letter == "T":
        return ("ت" if joined else "ة",), 1
    if letter == "X":
        return ("" if joined else "ا",), 1
    return (_LETTERS.get(letter, letter),), 1


def _spell_hamza(sounds: str, index: int, *, joined: bool) -> tuple[tuple[str, ...], int]:
    before = sounds[index - 1] if index else ""
    after = sounds[index + 1] if index + 1 < len(sounds) else ""
    if not before:
        return _spell_first_hamza(after)
    if not after and not joined:
        return (_SEATS.get(before, "ء"),), 1
    if after in ("A", "Y"):
        return _spell_hamza_before_long_a(sounds, index, before, joined=joined)
    if after == "F":
        return ("أ",) if before == "a" else ("ء",) if before == "A" else (_seat(before, "a") + "ا",), 2
    if after == "U" and before not in ("i", "I", "ي"):
        variant = {"a": "أو", "A": "ءو", "U": "ءو"}.get(before, "ئو" if before != "u" else "ؤو")
        return tuple(dict.fromkeys(("ؤو", variant))), 2
    return (_seat(before, after),), 1


def _spell_first_hamza(after: str) -> tuple[tuple[str, ...], int]:
    if after == "A":
        return ("آ",), 2
    return ("إ" if after in ("i", "I") else "أ",), 1


def _spell_hamza_before_long_a(sounds: str, index: int, before: str, *, joined: bool) -> tuple[tuple[str, ...], int]:
    last = index + 2 == len(sounds)
    if sounds[index + 1] == "Y" and last and not joined:
        return (_seat(before, "a"),), 1
    if before == "a":
        # Dual endings are also met with both alifs written: بدأا beside بدآ.
        dual = sounds[index + 1] == "A" and (last or sounds[index + 2 :] in ("ن", "نi"))
        return (("آ", "أا") if dual else ("آ",)), 2
    if before in _VOWELS or before == "ي":
        return (_seat(before, "a") + "ا",), 2
    return ("آ",), 2


def _seat(before: str, after: str) -> str:
    """Return the seat between two sounds: the stronger of the vowels i, u, a decides."""
    if before in ("i", "I", "ي") or after in ("i", "I"):
        return "ئ"
    if after in ("u", "U"):
        return "ء" if before == "U" else "ؤ"
    if before == "u":
        return "ؤ"
    return "ء" if before in ("A", "U") else "أ"
