"""Offices: who holds which at what, as the title, an apposition or a list of holders words it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import EntityKind, Extraction, Fact

Read = Callable[..., Extraction]
Tell = Callable[..., dict[tuple[str, str, str], Fact]]


def offices(tell: Tell, text: str) -> dict[tuple[str, str], str | None]:
    """The roles of a text by holder and place."""
    told = tell(text)
    return {
        (holder, place): fact.role for (holder, predicate, place), fact in told.items() if predicate == "holdsOffice"
    }


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("الرئيس الزامبي", "زامبيا"),
        ("رئيس زامبيا", "زامبيا"),
        ("رئيسة الوزراء التايلاندية", "تايلاند"),
        ("رئيس وزراء تايلاند", "تايلاند"),
        ("وزير الخارجية الأرميني", "أرمينيا"),
        ("وزير خارجية أرمينيا", "أرمينيا"),
        ("وزير الدفاع في أرمينيا", "أرمينيا"),
        ("نائب وزير الدفاع الأرميني", "أرمينيا"),
        ("وزير الطاقة والمياه اللبناني", "لبنان"),
        ("وزير الدولة للشؤون الخارجية القطري", "قطر"),
        ("السفير الفنلندي لدى مصر", "فنلندا"),
        ("مستشار الأمن القومي الأميركي", "الولايات المتحدة"),
        ("المبعوث الصيني الخاص", "الصين"),
        ("ملك تونغا", "تونغا"),
        ("ولي عهد النرويج", "النرويج"),
    ],
)
def test_state_office_is_held_at_the_state_and_its_role_is_as_written(tell: Tell, title: str, place: str) -> None:
    assert offices(tell, f"قال {title} سامر الحلبوني ذلك.") == {("سامر الحلبوني", place): title}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("المتحدث باسم حركة النهضة", "حركة النهضة"),
        ("رئيس مجلس النواب المصري", "مجلس النواب المصري"),
        ("الأمين العام للأمم المتحدة", "الأمم المتحدة"),
        ("قائد الجيش اللبناني", "الجيش اللبناني"),
        ("رئيس الحزب الديمقراطي الأميركي", "الحزب الديمقراطي الأميركي"),
        ("مدير منظمة الصحة العالمية", "منظمة الصحة العالمية"),
        ("عضو البرلمان الأوروبي", "البرلمان الأوروبي"),
    ],
)
def test_office_of_a_body_is_held_at_the_body(tell: Tell, title: str, place: str) -> None:
    assert offices(tell, f"قال {title} سامر الحلبوني ذلك.") == {("سامر الحلبوني", place): title}


def test_former_office_keeps_its_word(tell: Tell) -> None:
    assert offices(tell, "قال الرئيس الزامبي السابق سامر الحلبوني ذلك.") == {
        ("سامر الحلبوني", "زامبيا"): "الرئيس الزامبي السابق"
    }


@pytest.mark.parametrize(
    "text",
    [
        "قال سامر الحلبوني، وزير الخارجية الزامبي، إن الوفد وصل.",
        "قال سامر الحلبوني وزير الخارجية الزامبي إن الوفد وصل.",
        "قال وزير الخارجية الزامبي، سامر الحلبوني، إن الوفد وصل.",
        "قال وزير الخارجية الزامبي الدكتور سامر الحلبوني إن الوفد وصل.",
    ],
)
def test_office_in_apposition_goes_with_the_name(tell: Tell, text: str) -> None:
    assert offices(tell, text) == {("سامر الحلبوني", "زامبيا"): "وزير الخارجية الزامبي"}


@pytest.mark.parametrize("honorific", ["الدكتور", "السيد", "الفريق أول", "اللواء"])
def test_honorific_or_rank_is_no_part_of_the_name(tell: Tell, honorific: str) -> None:
    assert ("سامر الحلبوني", "زامبيا") in offices(tell, f"قال وزير الدفاع الزامبي {honorific} سامر الحلبوني ذلك.")


def test_person_who_appears_by_office_alone_is_named_by_it(tell: Tell) -> None:
    assert offices(tell, "قال وزير الخارجية الزامبي إن الوفد وصل.") == {
        ("وزير الخارجية الزامبي", "زامبيا"): "وزير الخارجية الزامبي"
    }


def test_clitic_before_a_title_is_no_part_of_the_role(tell: Tell) -> None:
    assert list(offices(tell, "رحب الوفد بوزير الخارجية الزامبي سامر الحلبوني.").values()) == ["وزير الخارجية الزامبي"]


@pytest.mark.parametrize("text", ["قال الوزير ذلك.", "قال مسؤول ذلك.", "قال رئيس ذلك.", "قال وزير سامر ذلك."])
def test_title_without_a_state_or_body_gives_no_office(tell: Tell, text: str) -> None:
    assert offices(tell, text) == {}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("اجتمع وزيرا خارجية مصر وتونس أمس.", "مصر", "تونس"),
        ("اجتمع وزيرا الخارجية المصري والتونسي أمس.", "مصر", "تونس"),
        ("اجتمع الرئيسان المصري والتونسي أمس.", "مصر", "تونس"),
        ("اجتمع وزراء خارجية مصر وتونس أمس.", "مصر", "تونس"),
    ],
)
def test_title_over_two_states_has_a_holder_in_each(tell: Tell, text: str, first: str, second: str) -> None:
    assert [place for _, place in offices(tell, text)] == [first, second]


def test_role_of_each_holder_of_a_dual_title_is_in_the_singular(tell: Tell) -> None:
    assert set(offices(tell, "اجتمع الرئيسان المصري والتونسي أمس.").values()) == {"الرئيس المصري", "الرئيس التونسي"}


def test_dual_title_over_two_names_gives_each_his_state(tell: Tell) -> None:
    text = "اجتمع الرئيسان الفرنسي إيمانويل ماكرون والصيني شي جين بينغ أمس."
    assert set(offices(tell, text)) == {("إيمانويل ماكرون", "فرنسا"), ("شي جين بينغ", "الصين")}


def test_dual_title_over_two_names_that_are_not_known_gives_each_his_state(tell: Tell) -> None:
    text = "اجتمع الرئيسان الزامبي سامر الحلبوني والكيني وليد الخطابي أمس."
    assert set(offices(tell, text)) == {("سامر الحلبوني", "زامبيا"), ("وليد الخطابي", "كينيا")}


def test_role_of_the_second_name_under_a_dual_title_is_his_own(tell: Tell) -> None:
    text = "اجتمع الرئيسان الفرنسي إيمانويل ماكرون والصيني شي جين بينغ أمس."
    assert "الفرنسي" not in (offices(tell, text)["شي جين بينغ", "الصين"] or "")


def test_second_name_under_a_dual_title_may_be_known(read: Read) -> None:
    extraction = read("اجتمع الرئيسان الفرنسي إيمانويل ماكرون والصيني شي جين بينغ أمس.")
    assert "person:xi-jinping" in {entity.known for entity in extraction.entities}


def test_counterpart_holds_the_same_office_in_his_own_state(tell: Tell) -> None:
    text = "التقى وزير الدفاع الزامبي سامر الحلبوني نظيره الكيني وليد الخطابي."
    assert ("وليد الخطابي", "كينيا") in offices(tell, text)


def test_role_of_a_named_counterpart_is_spelt_as_in_the_text(tell: Tell) -> None:
    text = "التقى وزير الخارجية الزامبي سامر الحلبوني نظيره الكيني وليد الخطابي."
    assert offices(tell, text)["وليد الخطابي", "كينيا"] in ("وزير الخارجية", "وزير خارجية", "نظيره الكيني")


def test_counterpart_without_anybody_before_holds_no_office(tell: Tell) -> None:
    assert offices(tell, "وصل نظيره الكيني وليد الخطابي.") == {}


def test_title_does_not_swallow_the_state_that_is_visited(tell: Tell) -> None:
    assert ("الرئيس الزامبي", "visited", "كينيا") in tell("زار الرئيس الزامبي كينيا.")


def test_title_does_not_swallow_the_state_that_the_verb_governs(tell: Tell) -> None:
    assert ("الرئيس الزامبي", "supports", "كينيا") in tell("أشاد الرئيس الزامبي بكينيا.")


@pytest.mark.xfail(strict=True, reason="a given name that is also a field is taken for one behind a nationality")
def test_name_behind_a_nationality_is_no_field_of_the_office(tell: Tell) -> None:
    assert offices(tell, "قال وزير الطاقة اللبناني جو الصدي ذلك.") == {("جو الصدي", "لبنان"): "وزير الطاقة اللبناني"}


def test_title_does_not_swallow_what_is_discussed(tell: Tell) -> None:
    assert ("رئيس زامبيا", "زامبيا") in offices(tell, "بحث الوزير مع رئيس زامبيا التعاون.")


@pytest.mark.parametrize("counterpart", ["نظيرها الكيني", "نظيرتها الكينية"])
def test_counterpart_of_a_woman_holds_her_office(tell: Tell, counterpart: str) -> None:
    text = f"التقت وزيرة الدفاع الزامبية ليلى بن عاشور {counterpart}."
    assert (counterpart, "كينيا") in offices(tell, text)


def test_office_whose_state_another_sentence_gives_is_held_there(tell: Tell) -> None:
    text = "قال الرئيس الزامبي سامر الحلبوني ذلك. ووصل رئيس البلاد سامر الحلبوني."
    assert set(offices(tell, text)) == {("سامر الحلبوني", "زامبيا")}


def test_office_is_actual_and_tells_its_sentence(tell: Tell) -> None:
    fact = tell("وصل الوفد. لن يزور وزير الخارجية الزامبي سامر الحلبوني كينيا.")[
        "سامر الحلبوني", "holdsOffice", "زامبيا"
    ]
    assert fact.status.value == "actual"
    assert fact.evidence.text == "لن يزور وزير الخارجية الزامبي سامر الحلبوني كينيا."


@pytest.mark.parametrize(
    ("text", "holder", "place"),
    [
        ("قال مساعد وزير الدفاع الزامبي وليد الخطابي ذلك.", "وليد الخطابي", "زامبيا"),
        ("قال وليد الخطابي، كبير موظفي رئيس الوزراء الزامبي، ذلك.", "وليد الخطابي", "زامبيا"),
        ("قال زعيم المعارضة الزامبية وليد الخطابي ذلك.", "وليد الخطابي", "المعارضة الزامبية"),
        (
            "قال رئيس الكتلة الوطنية في البرلمان الزامبي، النائب وليد الخطابي، ذلك.",
            "وليد الخطابي",
            "الكتلة الوطنية في البرلمان الزامبي",
        ),
        ("وصل المبعوث الزامبي للشرق الأوسط وليد الخطابي أمس.", "وليد الخطابي", "زامبيا"),
        ("قالت مراسلة قناة النور بكينيا ليلى الخطابي ذلك.", "ليلى الخطابي", "قناة النور"),
        ("قال الرئيس السابق الإصلاحي محمد خاتمي ذلك.", "محمد خاتمي", "إيران"),
    ],
)
def test_office_is_read_to_its_end_and_the_name_behind_it(tell: Tell, text: str, holder: str, place: str) -> None:
    assert (holder, place) in offices(tell, text)


def test_two_offices_of_one_person_stand_before_the_name(tell: Tell) -> None:
    text = "أعلنت سفيرة زامبيا ورئيسة لجنة الوساطة الدولية ليلى الخطابي القرار."
    assert set(offices(tell, text)) == {("ليلى الخطابي", "زامبيا"), ("ليلى الخطابي", "لجنة الوساطة الدولية")}


def test_offices_of_two_states_are_two_people(tell: Tell) -> None:
    text = "اجتمع سفير زامبيا ورئيس البرلمان الكيني وليد الخطابي."
    assert ("وليد الخطابي", "زامبيا") not in offices(tell, text)


@pytest.mark.parametrize("calling", ["الكاتب الزامبي", "المحامي الزامبي", "المحلل السياسي الزامبي"])
def test_calling_with_a_nationality_is_no_office(tell: Tell, calling: str) -> None:
    assert offices(tell, f"قال {calling} وليد الخطابي ذلك.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "فاز الحزب الحاكم في زامبيا بالانتخابات.",
        "ينتقد الخطاب نظام بايدن الحاكم في زامبيا.",
        "وصلت المساعدة الزامبية لكينيا أمس.",
        "وتحتج المعارضة، والممثلة بحزب الأمة، على القرار.",
    ],
)
def test_adjective_of_a_noun_is_no_office(tell: Tell, text: str) -> None:
    assert offices(tell, text) == {}


def test_outlet_that_a_minister_told_is_no_part_of_his_office(tell: Tell) -> None:
    text = "وكشف وزير الخارجية الزامبي لرويترز أن المفاوضات بدأت."
    assert set(offices(tell, text)) == {("وزير الخارجية الزامبي", "زامبيا")}


def test_official_of_a_state_is_who_was_named_before(read: Read) -> None:
    extraction = read("قال نائب وزير الخارجية الزامبي وليد الخطابي ذلك. وأضاف المسؤول الزامبي أن القرار نهائي.")
    assert len([entity for entity in extraction.entities if entity.kind is EntityKind.PERSON]) == 1


def test_official_of_another_state_is_somebody_else(read: Read) -> None:
    extraction = read("قال نائب وزير الخارجية الزامبي وليد الخطابي ذلك. وأضاف المسؤول الكيني أن القرار نهائي.")
    assert len([entity for entity in extraction.entities if entity.kind is EntityKind.PERSON]) == 2


def test_prime_minister_is_the_head_of_the_government(read: Read) -> None:
    extraction = read("قال رئيس الوزراء الزامبي وليد الخطابي ذلك. وأضاف رئيس الحكومة الزامبية أن القرار نهائي.")
    assert len([entity for entity in extraction.entities if entity.kind is EntityKind.PERSON]) == 1


def test_states_whose_leaders_are_named_together_are_named(read: Read) -> None:
    extraction = read("وصل قادة زامبيا وكينيا واليابان أمس.")
    assert {entity.name for entity in extraction.entities} == {"زامبيا", "كينيا", "اليابان"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأكد الناشط الأمازيغي وليد الخطابي ذلك.", "وليد الخطابي"),
        ("ونفى البرلمان الزامبي القرار على لسان الناطق باسمه، ميلاد كورتانيتش.", "ميلاد كورتانيتش"),
        ("وقال الدكتور محمد السيد حبيب إن القرار نهائي.", "محمد السيد حبيب"),
        ("ووعد الرئيس كورتانيتش بالمساعدة.", "كورتانيتش"),
    ],
)
def test_name_behind_an_honorific_is_read_whole(read: Read, text: str, name: str) -> None:
    assert name in {entity.name for entity in read(text).entities}


def test_office_of_a_region_is_held_there(tell: Tell) -> None:
    assert ("رمضان قديروف", "الشيشان") in offices(tell, "قال الرئيس الشيشاني رمضان قديروف ذلك.")


@pytest.mark.parametrize("speaker", ["متحدث باسم وزارة الدفاع الزامبية", "ناطقة باسم وزارة الدفاع الزامبية"])
def test_spokesman_of_a_body_is_somebody(tell: Tell, speaker: str) -> None:
    assert (speaker, "وزارة الدفاع الزامبية") in offices(tell, f"وقال {speaker} إن القرار نهائي.")


def test_spokesman_of_nobody_is_nobody(tell: Tell) -> None:
    assert offices(tell, "وقال متحدث عسكري زامبي إن القرار نهائي.") == {}


def test_senator_sits_in_the_senate_that_the_article_names(tell: Tell) -> None:
    text = "صوت مجلس الشيوخ الأمريكي على القرار. واعترض السيناتور وليد الخطابي عليه."
    assert ("وليد الخطابي", "مجلس الشيوخ الأمريكي") in offices(tell, text)


def test_senator_sits_nowhere_where_no_senate_is_named(tell: Tell) -> None:
    assert offices(tell, "صوت البرلمان الزامبي على القرار. واعترض السيناتور وليد الخطابي عليه.") == {}


def test_government_of_a_president_leaves_him_his_office(tell: Tell) -> None:
    assert ("فؤاد السنيورة", "لبنان") in offices(tell, "سقطت حكومة الرئيس السابق فؤاد السنيورة أمس.")
