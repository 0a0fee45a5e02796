"""Verb forms that a morphology database serves; and such a database made of tables in Buckwalter's format, our own."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from graph.config import Settings
from graph.lang.language import Language
from graph.lang.predicates import Frame, Predicates, VerbEntry
from graph.morphology.camel import Analysis, Aspect, Voice, open_analyzer
from graph.morphology.conjugate import Aspect as TableAspect
from graph.morphology.forms import FormTable, VerbAnalysis

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
FRAME = Frame("visited", ("agent",), ("direct",))
VISIT = VerbEntry("زَارَ", "زار", "يزور", "زور", 1, (FRAME,))
RECEIVE = VerbEntry("اِسْتَقْبَلَ", "استقبل", "يستقبل", "قبل", 10, (FRAME,))
TABLES = {
    "dictPrefixes": "; ours\n\t\tPref-0\t\nw\twa\tPref-Wa\tand <pos>wa/CONJ+</pos>\n"
    "sy\tsaya\tIVPref-hw-ya\twill + he <pos>sa/FUT+ya/IV3MS+</pos>\n"
    "l\tli\tNPref-Li\tto <pos>li/PREP+</pos>\n",
    "dictSuffixes": "; ours\n\t\tSuff-0\t\n\ta\tPVSuff-a\the <pos>+a/PVSUFF_SUBJ:3MS</pos>\n"
    "thmA\tatohumA\tPVSuff-at\tshe them <pos>+at/PVSUFF_SUBJ:3FS+humA/PVSUFF_DO:3D</pos>\n"
    "p\tap\tNSuff-ap\t[fem.sg.] <pos>+ap/NSUFF_FEM_SG</pos>\n",
    "dictStems": ";--- zwr\n;; zAr-u_1\nzAr\tzAr\tPV_V\tvisit\nzwr\tzuwr\tIV_V\tvisit\n"
    ";; ziyAr_1\nzyAr\tziyAr\tN\tvisit\n;; lubonAn_1\nlbnAn\tlubonAn\tNprop\tLebanon\n"
    ";; Eirfan_1\nErf\tEurif\tPV_Pass\tbe known\n;; HAl~_1\nHAl\tHAl~\tNall\tcurrent <pos>HAl~/ADJ</pos>\n",
    "tableAB": "Pref-0 N\nPref-0 Nprop\nPref-0 PV_V\nPref-0 PV_Pass\nPref-Wa PV_V\nIVPref-hw-ya IV_V\nNPref-Li N\n"
    "Pref-0 Nall\n",
    "tableBC": "N Suff-0\nN NSuff-ap\nNprop Suff-0\nPV_V PVSuff-a\nPV_V PVSuff-at\nPV_Pass PVSuff-a\nIV_V Suff-0\n"
    "Nall Suff-0\n",
    "tableAC": "Pref-0 Suff-0\nPref-0 PVSuff-a\nPref-0 PVSuff-at\nPref-Wa PVSuff-a\nPref-Wa PVSuff-at\n"
    "IVPref-hw-ya Suff-0\nNPref-Li NSuff-ap\nNPref-Li Suff-0\nPref-0 NSuff-ap\n",
}


def load_benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Told:
    """An analyser that knows what a test tells it."""

    def __init__(self, analyses: Mapping[str, tuple[Analysis, ...]]) -> None:
        self._analyses = analyses

    def analyze(self, surface: str) -> tuple[Analysis, ...]:
        return self._analyses.get(surface, ())


def verb(word: str, headword: str, *clitics: str, aspect: Aspect = Aspect.PERFECT) -> Analysis:
    return Analysis("", word, "verb", aspect, Voice.ACTIVE, "3", "m", "s", clitics, headword)


def read(word: str, *analyses: Analysis) -> tuple[VerbAnalysis, ...]:
    nothing = {each.name: () for each in fields(Predicates) if each.name != "verbs"}
    predicates = Predicates(verbs=(VISIT, RECEIVE), **nothing)
    return FormTable(predicates, Language.load().morphemes, Told({word: analyses})).verbs(word)


def test_word_that_the_table_lacks_is_read_as_the_database_has_it() -> None:
    (found,) = read("افزاركموه", verb("افزاركموه", "زار", "wa_conj", "sa_fut", "3ms_dobj", aspect=Aspect.IMPERFECT))
    assert (found.senses, found.form.aspect, found.future) == ((VISIT,), TableAspect.PRESENT, True)
    assert found.conjunction == "ا"
    assert found.pronoun is not None
    assert (found.pronoun.person, found.pronoun.gender, found.pronoun.number) == (3, "m", "s")


def test_lemmas_are_compared_by_letters_and_doubling() -> None:
    assert read("استقبلكم", verb("استقبلكم", "ٱِسْتَقْبَل"))[0].senses == (RECEIVE,)
    assert read("زاركموها", verb("زاركموها", "زارّ")) == ()


@pytest.mark.parametrize(
    "other",
    [
        Analysis("زاركموها", "زاركموها", "noun", headword="زار"),
        Analysis("زاركموها", "زاركموها", "noun_prop", headword="زاركموها"),
        verb("زاركموها", "كَتَب"),
    ],
)
def test_word_that_may_be_a_noun_a_name_or_another_verb_is_not_served(other: Analysis) -> None:
    assert len(read("زاركموها", verb("زاركموها", "زار"))) == 1
    assert read("زاركموها", verb("زاركموها", "زار"), other) == ()


def test_imperative_and_other_spelling_are_not_served() -> None:
    assert read("زوروهما", verb("زوروهما", "زار", aspect=Aspect.COMMAND)) == ()
    assert read("زاركموة", verb("زاركموه", "زار")) == ()


def test_table_is_asked_first() -> None:
    assert {each.senses for each in read("زار", verb("زار", "اِستقبل"))} == {(VISIT,)}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aramorph") / "morphology.db"
    path.write_text(load_benchmark("aramorph").to_database(TABLES), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("زار", Analysis("زار", "زارَ", "verb", Aspect.PERFECT, Voice.ACTIVE, "3", "m", "s", (), "زار")),
        (
            "وزارتهما",
            Analysis(
                "زار", "وَزارَتْهُما", "verb", Aspect.PERFECT, Voice.ACTIVE, "3", "f", "s", ("wa_conj", "3d_dobj"), "زار"
            ),
        ),
        (
            "سيزور",
            Analysis("زار", "سَيَزُور", "verb", Aspect.IMPERFECT, Voice.ACTIVE, "3", "m", "s", ("sa_fut",), "زار"),
        ),
        ("عرف", Analysis("عرفن", "عُرِفَ", "verb", Aspect.PERFECT, Voice.PASSIVE, "3", "m", "s", (), "عِرفَن")),
        (
            "لزيارة",
            Analysis("زيار", "لِزِيارَة", "noun", gender="f", number="s", clitics=("li_prep",), headword="زِيار"),
        ),
        ("لبنان", Analysis("لبنان", "لُبْنان", "noun_prop", gender="m", number="s", headword="لُبْنان")),
        ("حال", Analysis("حال", "حالّ", "adj", gender="m", number="s", headword="حالّ")),
    ],
)
def test_tables_of_buckwalter_become_a_database(database: Path, tmp_path: Path, word: str, expected: Analysis) -> None:
    assert open_analyzer(database, Settings(cache=tmp_path)).analyze(word) == (expected,)


def test_tables_are_read_from_a_folder_and_missing_ones_are_named(tmp_path: Path) -> None:
    aramorph = load_benchmark("aramorph")
    (tmp_path / "inner").mkdir()
    for name, table in TABLES.items():
        (tmp_path / "inner" / name).write_text(table, encoding="latin-1")
    assert aramorph.read_tables(tmp_path) == TABLES
    (tmp_path / "inner" / "tableAC").unlink()
    with pytest.raises(SystemExit, match="tableAC"):
        aramorph.read_tables(tmp_path)
