"""Forms: a word as it stands in a text, with its clitics, and the verbs and event nouns it may be a form of."""

from __future__ import annotations

import pytest

from graph.lang.language import Language
from graph.lang.predicates import Frame, Modality, ModalVerb, NounEntry, Predicates, VerbEntry
from graph.morphology.conjugate import Aspect
from graph.morphology.forms import FormTable, NounAnalysis, VerbAnalysis

FRAME = Frame("visited", ("agent",), ("direct",))
VISIT = VerbEntry("زَارَ", "زار", "يزور", "زور", 1, (FRAME,))
WANT = ModalVerb("أَرَادَ", "أراد", "يريد", "رود", 4, Modality.PLANNED, ("clause",))
CALL = VerbEntry("دَعَا", "دعا", "يدعو", "دعو", 1, (FRAME,))
NOUNS = (
    NounEntry("زيارة", ("زيارات",), (FRAME,)),
    NounEntry("لقاء", (), (FRAME,)),
    NounEntry("هجوم", (), (FRAME,)),
)


@pytest.fixture(scope="module")
def forms() -> FormTable:
    return FormTable(
        Predicates(
            verbs=(VISIT, CALL),
            nouns=NOUNS,
            light_verbs=(),
            modal_verbs=(WANT,),
            modal_nouns=(),
            particles=(),
            speech_verbs=(),
            markers=(),
            speech_nouns=(),
            prepositions=(),
            agent_markers=(),
        ),
        Language.load().morphemes,
    )


def verbs(forms: FormTable, norm: str) -> list[VerbAnalysis]:
    return list(forms.verbs(norm))


def nouns(forms: FormTable, norm: str) -> list[NounAnalysis]:
    return list(forms.nouns(norm))


@pytest.mark.parametrize(
    ("word", "person", "gender", "number", "aspect"),
    [
        ("زار", 3, "m", "s", Aspect.PAST),
        ("زارت", 3, "f", "s", Aspect.PAST),
        ("زاروا", 3, "m", "p", Aspect.PAST),
        ("يزور", 3, "m", "s", Aspect.PRESENT),
        ("يزوران", 3, "m", "d", Aspect.PRESENT),
        ("نزور", 1, None, "p", Aspect.PRESENT),
    ],
)
def test_inflected_form_is_a_form_of_its_verb(
    forms: FormTable, word: str, person: int, gender: str | None, number: str, aspect: Aspect
) -> None:
    found = {(each.form.person, each.form.gender, each.form.number, each.form.aspect) for each in verbs(forms, word)}
    assert (person, gender, number, aspect) in found


def test_form_carries_the_entries_of_its_verb(forms: FormTable) -> None:
    assert verbs(forms, "زار")[0].senses == (VISIT,)


def test_modal_verb_is_found_beside_the_others(forms: FormTable) -> None:
    assert verbs(forms, "يريد")[0].senses == (WANT,)


def test_normalized_spelling_finds_a_verb_with_hamza(forms: FormTable) -> None:
    assert verbs(forms, "اراد")[0].senses == (WANT,)


@pytest.mark.parametrize(("word", "conjunction"), [("وزار", "و"), ("فزارت", "ف"), ("زار", "")])
def test_conjunction_before_a_verb_is_cut(forms: FormTable, word: str, conjunction: str) -> None:
    assert {each.conjunction for each in verbs(forms, word)} == {conjunction}


@pytest.mark.parametrize(("word", "future"), [("سيزور", True), ("وسيزور", True), ("يزور", False)])
def test_future_particle_is_told(forms: FormTable, word: str, future: bool) -> None:
    assert {each.future for each in verbs(forms, word)} == {future}


def test_future_particle_stands_before_a_present_form_only(forms: FormTable) -> None:
    assert verbs(forms, "سزار") == []


def test_particle_of_purpose_is_told(forms: FormTable) -> None:
    assert {each.purpose for each in verbs(forms, "ليزور")} == {True}
    assert {each.purpose for each in verbs(forms, "لتزر")} == {True}


def test_particle_of_purpose_before_a_short_verb_makes_no_verb_of_a_noun(forms: FormTable) -> None:
    assert verbs(forms, "لنزر") == []


@pytest.mark.parametrize(
    ("word", "gender", "number"),
    [("زارها", "f", "s"), ("زاره", "m", "s"), ("زارهم", "m", "p"), ("زارهما", None, "d"), ("زاروه", "m", "s")],
)
def test_object_pronoun_is_cut_and_told(forms: FormTable, word: str, gender: str | None, number: str) -> None:
    found = {(each.pronoun.gender, each.pronoun.number) for each in verbs(forms, word) if each.pronoun}
    assert (gender, number) in found


@pytest.mark.parametrize(("word", "definite"), [("الزائر", True), ("زائر", False)])
def test_participle_may_bear_the_article(forms: FormTable, word: str, definite: bool) -> None:
    found = [each for each in verbs(forms, word) if each.form.aspect is Aspect.PARTICIPLE]
    assert {each.definite for each in found} == {definite}


def test_article_is_on_no_finite_form(forms: FormTable) -> None:
    assert [each for each in verbs(forms, "اليزور") if each.form.aspect is not Aspect.PARTICIPLE] == []


@pytest.mark.parametrize("word", ["كتب", "مزار", "ز", "", "زيارة"])
def test_other_word_is_no_verb(forms: FormTable, word: str) -> None:
    assert verbs(forms, word) == []


@pytest.mark.parametrize(
    ("word", "conjunction", "preposition", "definite"),
    [
        ("زيارة", "", "", False),
        ("الزيارة", "", "", True),
        ("والزيارة", "و", "", True),
        ("بزيارة", "", "ب", False),
        ("بالزيارة", "", "ب", True),
        ("للزيارة", "", "ل", True),
        ("ولزيارة", "و", "ل", False),
        ("كزيارة", "", "ك", False),
    ],
)
def test_clitics_before_an_event_noun_are_cut_and_told(
    forms: FormTable, word: str, conjunction: str, preposition: str, definite: bool
) -> None:
    (found,) = nouns(forms, word)
    assert (found.conjunction, found.preposition, found.definite) == (conjunction, preposition, definite)


@pytest.mark.parametrize(("word", "plural"), [("زيارات", True), ("الزيارات", True), ("زيارة", False)])
def test_plural_of_an_event_noun_is_told(forms: FormTable, word: str, plural: bool) -> None:
    assert nouns(forms, word)[0].plural is plural


@pytest.mark.parametrize(
    ("word", "noun"), [("زيارته", "زيارة"), ("زيارتها", "زيارة"), ("هجومهم", "هجوم"), ("هجومه", "هجوم")]
)
def test_possessor_on_an_event_noun_is_cut_and_told(forms: FormTable, word: str, noun: str) -> None:
    found = nouns(forms, word)[0]
    assert (found.entry.noun, found.pronoun is not None) == (noun, True)


@pytest.mark.parametrize("word", ["لقاءه", "لقائه", "لقاؤه", "بلقائه"])
def test_hamza_may_change_its_seat_before_a_possessor(forms: FormTable, word: str) -> None:
    assert nouns(forms, word)[0].entry.noun == "لقاء"


def test_alif_of_the_accusative_is_cut_and_told(forms: FormTable) -> None:
    (found,) = nouns(forms, "هجوما")
    assert found.accusative


@pytest.mark.parametrize("word", ["كتاب", "", "الزيار", "زار"])
def test_other_word_is_no_event_noun(forms: FormTable, word: str) -> None:
    assert nouns(forms, word) == []
