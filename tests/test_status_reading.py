"""Status: whether a deed happened, is planned, may be, or did not happen, by what governs its word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Extraction, Fact, Status

Read = Callable[..., Extraction]
Tell = Callable[..., dict[tuple[str, str, str], Fact]]
VISIT = ("كرواتيا", "visited", "ألبانيا")
SUPPLY = ("كرواتيا", "supplies", "ألبانيا")
SIGNED = ("كرواتيا", "signedAgreementWith", "ألبانيا")
AID = ("كرواتيا", "aids", "ألبانيا")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("زارت كرواتيا ألبانيا.", Status.ACTUAL),
        ("تزور كرواتيا ألبانيا.", Status.ACTUAL),
        ("قد زارت كرواتيا ألبانيا.", Status.ACTUAL),
        ("لقد زارت كرواتيا ألبانيا.", Status.ACTUAL),
        ("ستزور كرواتيا ألبانيا.", Status.PLANNED),
        ("سوف تزور كرواتيا ألبانيا.", Status.PLANNED),
        ("تزور كرواتيا ألبانيا غدا.", Status.PLANNED),
        ("تزور كرواتيا ألبانيا الأسبوع المقبل.", Status.PLANNED),
        ("قد تزور كرواتيا ألبانيا.", Status.POSSIBLE),
        ("ربما زارت كرواتيا ألبانيا.", Status.POSSIBLE),
        ("إذا زارت كرواتيا ألبانيا فسيكون ذلك مهما.", Status.POSSIBLE),
        ("لم تزر كرواتيا ألبانيا.", Status.DENIED),
        ("لن تزور كرواتيا ألبانيا.", Status.DENIED),
        ("لا تزور كرواتيا ألبانيا.", Status.DENIED),
    ],
)
def test_particle_before_a_verb_decides_its_status(tell: Tell, text: str, status: Status) -> None:
    assert tell(text)[VISIT].status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قرر الوزير أن تزود كرواتيا ألبانيا بالغاز.", Status.PLANNED),
        ("يحتمل أن تزود كرواتيا ألبانيا بالغاز.", Status.POSSIBLE),
        ("من المتوقع أن تزود كرواتيا ألبانيا بالغاز.", Status.PLANNED),
        ("من المقرر أن تزود كرواتيا ألبانيا بالغاز.", Status.PLANNED),
        ("من المستبعد أن تزود كرواتيا ألبانيا بالغاز.", Status.DENIED),
        ("نفى الوزير أن تكون كرواتيا زودت ألبانيا بالغاز.", Status.DENIED),
    ],
)
def test_word_that_governs_a_clause_decides_its_status(tell: Tell, text: str, status: Status) -> None:
    assert {fact.status for key, fact in tell(text).items() if key in (VISIT, SUPPLY)} == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("وقعت كرواتيا اتفاقا مع ألبانيا.", Status.ACTUAL),
        ("نفت كرواتيا توقيع اتفاق مع ألبانيا.", Status.DENIED),
        ("تعتزم كرواتيا توقيع اتفاق مع ألبانيا.", Status.PLANNED),
        ("بدأت كرواتيا توقيع اتفاق مع ألبانيا.", Status.ACTUAL),
        ("أجلت كرواتيا توقيع اتفاق مع ألبانيا.", Status.PLANNED),
        ("أعلنت كرواتيا عدم توقيع اتفاق مع ألبانيا.", Status.DENIED),
    ],
)
def test_word_that_governs_a_noun_of_action_decides_its_status(tell: Tell, text: str, status: Status) -> None:
    assert tell(text)[SIGNED].status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قال الوزير خلال الزيارة المرتقبة لكرواتيا إلى ألبانيا ذلك.", Status.PLANNED),
        ("ناقش الوزير هجوما محتملا لكرواتيا على ألبانيا.", Status.POSSIBLE),
    ],
)
def test_adjective_behind_a_noun_of_action_decides_its_status(tell: Tell, text: str, status: Status) -> None:
    assert {fact.status for fact in tell(text).values()} <= {status}


@pytest.mark.parametrize(
    "text",
    [
        "طالبت مالطا كرواتيا بأن تزود ألبانيا بالغاز.",
        "دعت مالطا كرواتيا إلى تزويد ألبانيا بالغاز.",
        "ناشدت مالطا كرواتيا تزويد ألبانيا بالغاز.",
    ],
)
def test_deed_that_is_merely_asked_for_is_no_fact(tell: Tell, text: str) -> None:
    told = tell(text)
    assert SUPPLY not in told
    assert ("مالطا", "requested", "كرواتيا") in told


def test_negation_does_not_reach_over_a_full_stop(tell: Tell) -> None:
    assert tell("لم يصل الوفد. زارت كرواتيا ألبانيا.")[VISIT].status is Status.ACTUAL


def test_noun_that_ends_something_does_not_reach_over_the_verb_of_the_next_clause(tell: Tell) -> None:
    text = "أعلن الوزير وقف المعارك، وقررت كرواتيا تقديم مساعدات لألبانيا."
    assert tell(text)[AID].status is Status.PLANNED


def test_negation_does_not_reach_into_the_next_clause(tell: Tell) -> None:
    assert tell("لم يصل الوفد، وزارت كرواتيا ألبانيا.")[VISIT].status is Status.ACTUAL


def test_future_does_not_reach_back_over_a_full_stop(tell: Tell) -> None:
    text = "زارت كرواتيا ألبانيا أمس. ستزود مالطا كوسوفو بالغاز."
    told = tell(text)
    assert (told[VISIT].status, told["مالطا", "supplies", "كوسوفو"].status) == (Status.ACTUAL, Status.PLANNED)


@pytest.mark.parametrize("verb", ["أعلنت", "قالت", "أكدت", "أضافت", "ذكرت"])
def test_verb_of_saying_leaves_the_status_as_it_is(tell: Tell, verb: str) -> None:
    assert tell(f"{verb} الوزيرة أن كرواتيا زودت ألبانيا بالغاز.")[SUPPLY].status is Status.ACTUAL


@pytest.mark.parametrize("text", ["أكد الوزير أن كرواتيا زودت ألبانيا بالغاز.", "وأكد أن كرواتيا زودت ألبانيا بالغاز."])
def test_what_is_affirmed_is_not_denied(tell: Tell, text: str) -> None:
    assert tell(text)[SUPPLY].status is Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ستقدم كرواتيا مساعدات لألبانيا.", Status.PLANNED),
        ("لن تقدم كرواتيا مساعدات لألبانيا.", Status.DENIED),
        ("لم تقدم كرواتيا مساعدات لألبانيا.", Status.DENIED),
        ("قد تقدم كرواتيا مساعدات لألبانيا.", Status.POSSIBLE),
    ],
)
def test_noun_of_action_has_the_status_of_the_verb_that_carries_it(tell: Tell, text: str, status: Status) -> None:
    assert tell(text)[AID].status is status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قالت مالطا إن كرواتيا زودت ألبانيا بالغاز.", "مالطا"),
        ("قال الرئيس المالطي سامر الحلبوني إن كرواتيا زودت ألبانيا بالغاز.", "سامر الحلبوني"),
    ],
)
def test_what_somebody_says_is_attributed_to_him(read: Read, tell: Tell, text: str, speaker: str) -> None:
    names = {entity.id: entity.name for entity in read(text).entities}
    assert names[tell(text)[SUPPLY].attributed_to or ""] == speaker


def test_what_the_article_says_itself_is_attributed_to_nobody(tell: Tell) -> None:
    assert tell("زودت كرواتيا ألبانيا بالغاز.")[SUPPLY].attributed_to is None


def test_what_somebody_says_of_himself_is_attributed_to_nobody(tell: Tell) -> None:
    assert tell("قال العراق إنه زود ألبانيا بالغاز.")["العراق", "supplies", "ألبانيا"].attributed_to is None


@pytest.mark.parametrize(
    "text", ["وكانت كرواتيا قد زودت ألبانيا بالغاز.", "وأضاف المتحدث أن الغاز نفد وأن كرواتيا زودت ألبانيا بالغاز."]
)
def test_words_that_fold_to_as_if_and_even_if_leave_a_deed_actual(tell: Tell, text: str) -> None:
    assert tell(text)["كرواتيا", "supplies", "ألبانيا"].status is Status.ACTUAL


@pytest.mark.parametrize("verb", ["لم تستبعد", "لا تستبعد", "لم تنف"])
def test_what_is_not_ruled_out_may_be(tell: Tell, verb: str) -> None:
    assert tell(f"{verb} كرواتيا تزويد ألبانيا بالغاز.")[SUPPLY].status is Status.POSSIBLE


@pytest.mark.parametrize("none", ["لا", "لا يوجد", "ليس هناك أي", "لا يوجد أي"])
def test_no_before_a_noun_denies_it(tell: Tell, none: str) -> None:
    assert tell(f"{none} اتفاق بين كرواتيا وألبانيا.")[SIGNED].status is Status.DENIED


def test_what_is_denied_but_for_an_exception_did_happen(tell: Tell) -> None:
    assert tell("لم تزر كرواتيا ألبانيا إلا بعد ضغوط.")[VISIT].status is Status.ACTUAL
    assert tell("لم تزر كرواتيا ألبانيا إلا أنها تريد ذلك.")[VISIT].status is Status.DENIED
    assert tell("لم تزر كرواتيا ألبانيا بعد.")[VISIT].status is Status.DENIED


ATTACKED = ("كرواتيا", "attacked", "ألبانيا")


@pytest.mark.parametrize(
    "text",
    [
        "نفت مالطا بعد هجوم كرواتيا على ألبانيا الخبر.",
        "تعهدت مالطا بالرد بعد هجوم كرواتيا على ألبانيا.",
        "توقفت مالطا عن الدعم إثر هجوم كرواتيا على ألبانيا.",
    ],
)
def test_noun_of_action_that_tells_when_or_why_is_not_governed(tell: Tell, text: str) -> None:
    assert tell(text)[ATTACKED].status is Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("شن هجوم من كرواتيا على ألبانيا.", Status.ACTUAL),
        ("أي هجوم من كرواتيا على ألبانيا خطأ.", Status.POSSIBLE),
        ("أفاد بفشل هجوم كرواتيا على ألبانيا.", Status.ACTUAL),
        ("قررت كرواتيا ردا على مالطا الهجوم على ألبانيا.", Status.PLANNED),
    ],
)
def test_what_failed_was_done_and_what_any_is_said_of_may_be(tell: Tell, text: str, status: Status) -> None:
    assert tell(text)[ATTACKED].status is status


def test_occasion_of_a_refusal_took_place(tell: Tell) -> None:
    assert tell("رفضت كرواتيا في اتصال مع ألبانيا القرار.")["كرواتيا", "spokeWith", "ألبانيا"].status is Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("وقد تقدم رئيس كرواتيا بطلب إلى ألبانيا.", Status.ACTUAL),
        ("قد تتقدم كرواتيا بطلب إلى ألبانيا.", Status.POSSIBLE),
    ],
)
def test_form_that_may_be_past_is_past_behind_and_has(tell: Tell, text: str, status: Status) -> None:
    asked = [fact.status for (_, predicate, _), fact in tell(text).items() if predicate == "requested"]
    assert asked == [status]


@pytest.mark.parametrize(
    ("main", "status"),
    [("يتوقع أن يصل الوزير إلى زغرب", Status.PLANNED), ("وصل الوزير إلى زغرب", Status.ACTUAL)],
)
def test_present_verb_behind_where_goes_on_with_what_is_planned(tell: Tell, main: str, status: Status) -> None:
    assert tell(f"{main} حيث تزور كرواتيا ألبانيا.")[VISIT].status is status


def test_day_of_the_next_clause_makes_no_plan_of_a_relative_clause(tell: Tell) -> None:
    text = "أجرت كرواتيا، التي تدعم ألبانيا، اتصالا بمالطا يوم السبت."
    assert tell(text)["كرواتيا", "supports", "ألبانيا"].status is Status.ACTUAL


def test_past_verb_of_the_body_outweighs_a_plan(tell: Tell) -> None:
    text = "تعتزم كرواتيا زيارة ألبانيا. وقد زارت كرواتيا ألبانيا."
    assert tell(text)[VISIT].status is Status.ACTUAL


@pytest.mark.parametrize(
    ("ahead", "status"), [("قبيل", Status.PLANNED), ("عشية", Status.PLANNED), ("بعيد", Status.ACTUAL)]
)
def test_what_is_told_ahead_of_something_leaves_it_planned(tell: Tell, ahead: str, status: Status) -> None:
    assert tell(f"تحدث الوزير {ahead} توقيع اتفاق بين كرواتيا وألبانيا.")[SIGNED].status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("وضعت كرواتيا اللمسات الأخيرة على اتفاق مع ألبانيا.", Status.PLANNED),
        ("تتجه كرواتيا إلى توقيع اتفاق مع ألبانيا.", Status.PLANNED),
        ("تفكر كرواتيا في توقيع اتفاق مع ألبانيا.", Status.POSSIBLE),
        ("أوضح الوزير قرب توقيع اتفاق بين كرواتيا وألبانيا.", Status.PLANNED),
    ],
)
def test_what_is_near_is_planned_and_what_is_thought_of_may_be(tell: Tell, text: str, status: Status) -> None:
    assert tell(text)[SIGNED].status is status


def test_accusative_of_a_noun_of_proposal_governs_as_the_nominative_does(tell: Tell) -> None:
    text = "قدم الوزير مقترحا لتوقيع اتفاق بين كرواتيا وألبانيا."
    assert tell(text)[SIGNED].status is Status.POSSIBLE


def test_force_that_is_only_proposed_is_not_where_it_may_go(tell: Tell) -> None:
    told = tell("قدم الوزير مقترحا لنشر قوة أوروبية مسلحة في ألبانيا.")
    assert told["قوة أوروبية مسلحة", "deployedTo", "ألبانيا"].status is Status.POSSIBLE


@pytest.mark.parametrize(("amount", "told"), [("", False), (" بقيمة 40 مليون دولار", True)])
def test_aid_that_is_promised_is_told_as_aid_where_its_amount_is(tell: Tell, amount: str, told: bool) -> None:
    facts = tell(f"وعدت كرواتيا بتقديم مساعدات لألبانيا{amount}.")
    assert ("كرواتيا", "promised", "ألبانيا") in facts
    assert (AID in facts) is told


def test_organisers_that_a_passive_names_host_an_event(tell: Tell) -> None:
    facts = tell("تم تنظيم مؤتمر المياه من قبل وزارة الري المصرية ووزارة البيئة الأردنية.")
    hosts = {subject for subject, predicate, _ in facts if predicate == "hosted"}
    assert hosts == {"وزارة الري المصرية", "وزارة البيئة الأردنية"}
