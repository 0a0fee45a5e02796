"""Stances: what a speaker says of somebody blames, threatens or praises him, or asks something of him."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Fact, Status

Tell = Callable[..., dict[tuple[str, str, str], Fact]]
STANCES = ("criticized", "threatened", "supports", "requested")


def stances(tell: Tell, text: str) -> set[tuple[str, str, str]]:
    return {key for key in tell(text) if key[1] in STANCES}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("قالت كرواتيا إن ألبانيا تنتهك القانون.", "criticized"),
        ("قالت كرواتيا إن ألبانيا فشلت في ذلك.", "criticized"),
        ("قالت كرواتيا إن ألبانيا مسؤولة عن ذلك.", "criticized"),
        ("قالت كرواتيا إن قرار ألبانيا غير قانوني.", "criticized"),
        ("قالت كرواتيا إن ما تفعله ألبانيا خطأ.", "criticized"),
        ("أضافت كرواتيا أن ألبانيا ارتكبت جرائم.", "criticized"),
        ("وصفت كرواتيا قرار ألبانيا بأنه استفزاز.", "criticized"),
        ("كرواتيا: ألبانيا تلعب بالنار.", "criticized"),
        ("قالت كرواتيا إن ألبانيا لا تلتزم بالقانون.", "criticized"),
        ("قالت كرواتيا إن ألبانيا لم تنفذ وعودها.", "criticized"),
        ("قالت كرواتيا إن ألبانيا تحاول تدمير الاقتصاد.", "criticized"),
        ("قالت كرواتيا إن ألبانيا تسعى لزعزعة الاستقرار.", "criticized"),
        ("قالت كرواتيا إن ألبانيا عاجزة عن ذلك.", "criticized"),
        ("قالت كرواتيا إن قرار ألبانيا يعتبر استفزازا.", "criticized"),
        ("قالت كرواتيا إن التحرك من جانب ألبانيا غير قانوني.", "criticized"),
        ("قالت كرواتيا إن المسؤولية تقع على ألبانيا.", "criticized"),
        ("قالت كرواتيا إن ألبانيا ستدفع الثمن.", "threatened"),
        ("قالت كرواتيا إن ألبانيا ستندم على ذلك.", "threatened"),
        ("قالت كرواتيا إن ألبانيا شجاعة.", "supports"),
        ("قالت كرواتيا إن ألبانيا يجب أن تلتزم بالقانون.", "requested"),
    ],
)
def test_content_of_a_verb_of_saying_takes_a_stance_to_its_subject(tell: Tell, text: str, relation: str) -> None:
    assert stances(tell, text) == {("كرواتيا", relation, "ألبانيا")}


@pytest.mark.parametrize(
    "text",
    [
        "قالت كرواتيا إن ألبانيا لا تنتهك القانون.",
        "قالت كرواتيا إن ألبانيا تلتزم بالقانون.",
        "قالت كرواتيا إن ألبانيا تحاول تحسين الاقتصاد.",
        "قالت كرواتيا إن ألبانيا نفذت وعودها.",
        "قالت كرواتيا إن المسؤولية لا تقع على ألبانيا.",
        "قالت كرواتيا إن ألبانيا تعرضت لجرائم.",
        "قالت كرواتيا إن كرواتيا فشلت في ذلك.",
        "قال مسؤول إن ألبانيا تنتهك القانون.",
        "قالت كرواتيا إن ألبانيا دفعت الثمن.",
        "وافقت كرواتيا رغم أن ألبانيا تنتهك القانون.",
        "أعلنت كرواتيا التعبئة فور أن ألبانيا فشلت في ذلك.",
        "ألبانيا تنتهك القانون.",
    ],
)
def test_denials_victims_and_nobody_s_words_are_no_stance(tell: Tell, text: str) -> None:
    assert stances(tell, text) == set()


def test_speaker_may_blame_and_threaten_at_once(tell: Tell) -> None:
    told = stances(tell, "قالت كرواتيا إن ألبانيا تنتهك القانون وستدفع الثمن.")
    assert told == {("كرواتيا", "criticized", "ألبانيا"), ("كرواتيا", "threatened", "ألبانيا")}


def test_all_who_are_spoken_of_together_are_meant(tell: Tell) -> None:
    told = stances(tell, "قالت كرواتيا إن ألبانيا ومالطا تنتهكان القانون.")
    assert told == {("كرواتيا", "criticized", "ألبانيا"), ("كرواتيا", "criticized", "مالطا")}


@pytest.mark.parametrize(
    "text",
    ["أشاد الرئيس الكيني بجهود كينيا.", "هاجمت وزارة الدفاع الكينية كينيا.", "انتقدت الحكومة الكينية كينيا."],
)
def test_nobody_takes_a_stance_to_his_own_state(tell: Tell, text: str) -> None:
    assert {key[1] for key in tell(text)} <= {"holdsOffice", "partOf"}


def test_actor_before_a_verb_of_its_own_is_no_object_of_the_clause_before(tell: Tell) -> None:
    told = stances(tell, "كرواتيا تدين هجوم ألبانيا ومالطا تطالب بوقف القتال.")
    assert ("كرواتيا", "criticized", "ألبانيا") in told
    assert ("كرواتيا", "criticized", "مالطا") not in told


def test_only_what_is_said_is_laid_to_a_speaker(tell: Tell) -> None:
    told = tell("قالت مالطا إن كرواتيا هاجمت ألبانيا. وزودت كرواتيا ألبانيا بدبابات.")
    assert told["كرواتيا", "attacked", "ألبانيا"].attributed_to is not None
    assert told["كرواتيا", "supplies", "ألبانيا"].attributed_to is None


def test_easing_sanctions_imposes_none(tell: Tell) -> None:
    told = tell("ناقشت كرواتيا تخفيف العقوبات على ألبانيا.")
    assert all(fact.status is not Status.ACTUAL for key, fact in told.items() if key[1] == "sanctioned")


@pytest.mark.parametrize(
    "text",
    [
        "شددت كرواتيا على ضرورة التزام ألبانيا بالاتفاق.",
        "أكدت كرواتيا على ضرورة وقف ألبانيا هجماتها.",
        "دعت كرواتيا إلى انسحاب ألبانيا من المدينة.",
        "طالبت كرواتيا باحترام ألبانيا للقانون.",
    ],
)
def test_deed_that_a_speaker_calls_for_is_asked_of_its_doer(tell: Tell, text: str) -> None:
    assert stances(tell, text) == {("كرواتيا", "requested", "ألبانيا")}


@pytest.mark.parametrize(
    "text",
    [
        "شددت كرواتيا على ضرورة احترام ألبانيا.",
        "قالت كرواتيا إن انسحاب ألبانيا من المدينة تم.",
        "ناقشت كرواتيا تدخل ألبانيا في الأزمة.",
    ],
)
def test_deed_that_nobody_calls_for_is_asked_of_nobody(tell: Tell, text: str) -> None:
    assert not {key for key in stances(tell, text) if key[1] == "requested"}


def test_support_is_whose_it_is_and_for_whoever_acts_with_it(tell: Tell) -> None:
    lauded = stances(tell, "أشادت كرواتيا بدعم ألبانيا لكوسوفو.")
    assert lauded == {("كرواتيا", "supports", "ألبانيا"), ("ألبانيا", "supports", "كوسوفو")}
    assert ("ألبانيا", "supports", "كرواتيا") in stances(tell, "سيطرت كرواتيا على المدينة بدعم من ألبانيا.")


def test_list_behind_the_object_condemns(tell: Tell) -> None:
    told = stances(tell, "زارت مالطا تونس، ودان هجوم كوسوفو كل من كرواتيا وألبانيا.")
    assert told == {("كرواتيا", "criticized", "كوسوفو"), ("ألبانيا", "criticized", "كوسوفو")}


@pytest.mark.parametrize("text", ["نشب خلاف بين كرواتيا وألبانيا.", "سألت كرواتيا ألبانيا عن الهدنة."])
def test_quarrels_and_questions_take_no_stance(tell: Tell, text: str) -> None:
    assert stances(tell, text) == set()


ANSWERS = (*STANCES, "rejected", "mediated")


def answers(tell: Tell, text: str) -> set[tuple[str, str, str]]:
    return {key for key in tell(text) if key[1] in ANSWERS}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("رفضت كرواتيا طلبا تقدمت به ألبانيا لفتح المعبر.", "rejected"),
        ("رفضت كرواتيا اقتراحا قدمته ألبانيا لفتح المعبر.", "rejected"),
        ("عرقلت كرواتيا طلبا تقدمت به ألبانيا لفتح المعبر.", "rejected"),
        ("رفضت كرواتيا الاعتراف بألبانيا.", "rejected"),
        ("أدانت كرواتيا غارة شنتها ألبانيا على المدينة.", "criticized"),
        ("رحبت كرواتيا بمبادرة طرحتها ألبانيا.", "supports"),
    ],
)
def test_stance_to_a_deed_is_one_to_whoever_did_it(tell: Tell, text: str, relation: str) -> None:
    assert ("كرواتيا", relation, "ألبانيا") in answers(tell, text)


def test_who_refuses_a_request_was_asked_and_did_not_ask(tell: Tell) -> None:
    told = tell("رفضت كرواتيا طلبا من ألبانيا بفتح المعبر.")
    assert ("كرواتيا", "rejected", "ألبانيا") in told
    assert told["ألبانيا", "requested", "كرواتيا"].status is Status.ACTUAL
    assert ("كرواتيا", "requested", "ألبانيا") not in told


def test_who_frees_somebody_by_mediation_was_mediated_for(tell: Tell) -> None:
    assert ("كرواتيا", "mediated", "ألبانيا") in answers(tell, "أفرجت ألبانيا عن السجناء بعد وساطة كرواتية.")


def test_who_only_tells_of_a_mediation_was_not_mediated_for(tell: Tell) -> None:
    assert not answers(tell, "قالت ألبانيا إن الإفراج تم بوساطة كرواتية.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت ألبانيا بلدة صربية. ودانت كرواتيا القصف.", {("كرواتيا", "criticized", "ألبانيا")}),
        ("قصفت ألبانيا بلدة صربية. ودانت كرواتيا القصف المقدوني.", {("كرواتيا", "criticized", "مقدونيا الشمالية")}),
        ("قصفت ألبانيا بلدة صربية. وأشادت ألبانيا بالقصف.", set()),
    ],
)
def test_deed_named_alone_is_that_of_whoever_was_told_to_do_it(
    tell: Tell, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert stances(tell, text) == expected


@pytest.mark.parametrize("aside", ["في بيان", "، في بيان،", "في بيان مشترك"])
def test_what_is_said_in_ends_before_the_deed_spoken_of(tell: Tell, aside: str) -> None:
    assert stances(tell, f"دانت كرواتيا {aside} القصف الألباني.") == {("كرواتيا", "criticized", "ألبانيا")}


@pytest.mark.parametrize(
    "text",
    ["تعتبر كرواتيا قرار ألبانيا استفزازا.", "رأت كرواتيا في قرار ألبانيا استفزازا.", "تعد كرواتيا ألبانيا عدوا."],
)
def test_what_somebody_is_called_is_a_stance_to_him(tell: Tell, text: str) -> None:
    assert stances(tell, text) == {("كرواتيا", "criticized", "ألبانيا")}


@pytest.mark.parametrize(
    "text",
    [
        "فرضت كرواتيا عقوبات تستهدف ألبانيا.",
        "فرضت كرواتيا عقوبات طالت ألبانيا.",
        "شملت العقوبات الكرواتية ألبانيا.",
    ],
)
def test_whom_sanctions_hit_is_sanctioned_and_not_attacked(tell: Tell, text: str) -> None:
    assert set(tell(text)) == {("كرواتيا", "sanctioned", "ألبانيا")}
