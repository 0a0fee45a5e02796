"""Bodies: organisations by their head noun and what completes it, and which state or body they are part of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import EntityKind, Extraction, Fact

Read = Callable[..., Extraction]
Tell = Callable[..., dict[tuple[str, str, str], Fact]]


def bodies(read: Read, text: str) -> list[str]:
    """The names of the organisations of a text."""
    return [entity.name for entity in read(text).entities if entity.kind is EntityKind.ORGANIZATION]


def parts(tell: Tell, text: str) -> set[tuple[str, str]]:
    """What is part of what."""
    return {(part, whole) for part, predicate, whole in tell(text) if predicate == "partOf"}


@pytest.mark.parametrize(
    "name",
    [
        "وزارة الدفاع اللاتفية",
        "وزارة التعليم العالي والبحث العلمي اليمنية",
        "وزارة خارجية لاتفيا",
        "الجيش الزامبي",
        "القوات المسلحة الزامبية",
        "البرلمان الزامبي",
        "مجلس الشورى القطري",
        "حزب الأمة",
        "حركة شباب السلام",
        'حركة "نداء الشعب"',
        "شركة ساهارا للطيران",
        "جامعة الفرات",
        "السفارة الفنلندية",
        "المحكمة العليا الزامبية",
        "كتائب الفجر",
        "لجنة الإنقاذ الدولية",
    ],
)
def test_body_is_named_in_full(read: Read, name: str) -> None:
    assert name in bodies(read, f"أعلنت {name} القرار أمس.")


@pytest.mark.parametrize(
    "after", ["أمس", "إن الوفد وصل", "، التي وصلت", "في مؤتمر", "3 قرارات", "(رسمي)", "أنها ستشارك"]
)
def test_name_of_a_body_ends_before_words_of_the_language(read: Read, after: str) -> None:
    assert bodies(read, f"أعلنت وزارة الدفاع اللاتفية {after}.") == ["وزارة الدفاع اللاتفية"]


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("وزارة الدفاع اللاتفية", "لاتفيا"),
        ("وزارة دفاع لاتفيا", "لاتفيا"),
        ("الجيش الزامبي", "زامبيا"),
        ("وزارة الدفاع الكورية الجنوبية", "كوريا الجنوبية"),
        ("السفارة الفنلندية", "فنلندا"),
        ("هيئة الطيران المدني في الأردن", "الأردن"),
    ],
)
def test_body_named_with_its_state_is_part_of_it(tell: Tell, name: str, whole: str) -> None:
    assert (name, whole) in parts(tell, f"أعلنت {name} القرار أمس.")


@pytest.mark.parametrize("name", ["حزب الأمة", "لجنة الإنقاذ الدولية", "شركة ساهارا للطيران"])
def test_body_named_without_a_state_is_part_of_nothing(tell: Tell, name: str) -> None:
    assert parts(tell, f"أعلنت {name} القرار أمس.") == set()


def test_body_of_a_body_is_part_of_it(tell: Tell) -> None:
    assert parts(tell, "قررت لجنة الموازنة في البرلمان الأوروبي ذلك.") <= {("لجنة الموازنة", "البرلمان الأوروبي")}


def test_body_that_belongs_to_another_is_part_of_it(tell: Tell) -> None:
    assert ("كتائب الفجر", "حركة النهضة") in parts(tell, "أعلنت كتائب الفجر، التابعة لحركة النهضة، القرار.")


def test_name_of_a_body_ends_before_what_it_belongs_to(read: Read) -> None:
    assert "كتائب الفجر" in bodies(read, "أعلنت كتائب الفجر التابعة لحركة النهضة القرار.")


def test_known_body_with_a_nationality_of_two_words_is_part_of_the_state(tell: Tell) -> None:
    assert ("الجيش الكوري الجنوبي", "كوريا الجنوبية") in parts(tell, "أعلن الجيش الكوري الجنوبي القرار.")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("وقعت وزارتا الدفاع في لاتفيا وزامبيا المذكرة.", "وزارة الدفاع اللاتفية", "وزارة الدفاع الزامبية"),
        ("وقعت وزارتا الدفاع اللاتفية والزامبية المذكرة.", "وزارة الدفاع اللاتفية", "وزارة الدفاع الزامبية"),
        ("يتدرب الجيشان اللاتفي والزامبي معا.", "الجيش اللاتفي", "الجيش الزامبي"),
    ],
)
def test_dual_head_over_two_states_is_two_bodies(read: Read, text: str, first: str, second: str) -> None:
    assert bodies(read, text) == [first, second]


def test_dual_head_over_two_states_makes_each_body_part_of_its_own(tell: Tell) -> None:
    text = "وقعت وزارتا الدفاع اللاتفية والزامبية المذكرة."
    assert parts(tell, text) == {("وزارة الدفاع اللاتفية", "لاتفيا"), ("وزارة الدفاع الزامبية", "زامبيا")}


def test_nationality_with_a_conjunction_names_another_body_of_the_same_sort(read: Read) -> None:
    assert bodies(read, "وصلت القوات اللاتفية والزامبية أمس.") == ["القوات اللاتفية", "القوات الزامبية"]


def test_field_with_a_nationality_stands_for_the_ministry(tell: Tell) -> None:
    assert ("الخارجية الزامبية", "زامبيا") in parts(tell, "أعلنت الخارجية الزامبية القرار.")


def test_known_body_with_a_noun_that_says_what_it_is_is_the_known_one(read: Read) -> None:
    entity = next(entity for entity in read("أعلنت حركة حماس القرار.").entities)
    assert entity.known == "organisation:hamas"


@pytest.mark.parametrize("text", ["أعلنت الوزارة ذلك.", "وصل وفد كبير.", "انتقد حزب ذلك.", "زار شركة كبيرة."])
def test_head_noun_alone_names_no_body(read: Read, text: str) -> None:
    assert bodies(read, text) == []


def test_definite_head_noun_is_the_body_that_was_named_before(read: Read) -> None:
    extraction = read("أعلنت وزارة الدفاع اللاتفية القرار. وقالت الوزارة إن الوفد وصل.")
    assert [mention.text for mention in extraction.mentions if mention.entity == extraction.mentions[-1].entity] == [
        "وزارة الدفاع اللاتفية",
        "الوزارة",
    ]


def test_name_without_the_state_is_an_alias(read: Read) -> None:
    body = next(entity for entity in read("أعلنت وزارة الدفاع اللاتفية القرار.").entities)
    assert "وزارة الدفاع" in body.aliases


def test_same_ministry_of_two_states_is_two_bodies(read: Read) -> None:
    text = "أعلنت وزارة الدفاع اللاتفية القرار. ورحبت وزارة الدفاع الزامبية به."
    assert bodies(read, text) == ["وزارة الدفاع اللاتفية", "وزارة الدفاع الزامبية"]


def test_name_of_a_body_with_its_state_ends_before_the_one_who_is_told(read: Read) -> None:
    assert "وزارة الدفاع اللاتفية" in bodies(read, "قال مسؤول في وزارة الدفاع اللاتفية لصحيفة الفجر ذلك.")


def test_name_of_a_body_ends_behind_its_nationality(read: Read) -> None:
    assert bodies(read, 'ستتولى شركة "أوربان" اللاتفية إنتاج السفن.') == ['شركة "أوربان" اللاتفية']


@pytest.mark.parametrize("front", ["الجبهة الشرقية", "الجبهة الداخلية", "القيادة السياسية", "الجبهة الغربية لأوروبا"])
def test_adjective_that_only_describes_names_no_body(read: Read, front: str) -> None:
    assert not bodies(read, f"زار لارس أومان {front} أمس.")


def test_state_makes_a_described_command_a_name(read: Read) -> None:
    assert bodies(read, "أعلنت القيادة العسكرية الزامبية القرار أمس.") == ["القيادة العسكرية الزامبية"]


@pytest.mark.parametrize("group", ["فصائل الشمال الزامبية", "شركات الدفاع الزامبية", "ائتلاف الوفاق الزامبي"])
def test_nationality_makes_no_regime_gang_or_set_of_firms_part_of_a_state(tell: Tell, group: str) -> None:
    assert not parts(tell, f"أعلنت {group} القرار أمس.")


def test_what_a_body_is_called_in_quotes_is_a_name_of_it(read: Read) -> None:
    found = read("أفادت شبكة “نورس بوست” بأن الوفد وصل. ونقلت “نورس بوست” الخبر.")
    assert [(entity.name, entity.aliases) for entity in found.entities] == [("شبكة “نورس بوست”", ("نورس بوست",))]


@pytest.mark.parametrize("rank", ["للواء", "للعميد", "باللواء"])
def test_rank_behind_for_is_no_brigade(read: Read, rank: str) -> None:
    found = read(f"قدم الوزير الأردني شكره {rank} توماس برونر.")
    assert "توماس برونر" in [entity.name for entity in found.entities if entity.kind is EntityKind.PERSON]


def test_commission_behind_for_keeps_its_first_letter(read: Read) -> None:
    assert bodies(read, "قدم الوزير الأردني شكره للجنة الإنقاذ الدولية.") == ["لجنة الإنقاذ الدولية"]


@pytest.mark.parametrize("name", ["جامعة القاهرة", "مديرية أمن القاهرة", "كلية نيروبي للعلوم", "مكتب شؤون تايوان"])
def test_body_of_a_city_or_about_a_state_is_no_part_of_the_state(tell: Tell, name: str) -> None:
    assert parts(tell, f"أعلنت {name} القرار أمس.") == set()


def test_government_of_a_capital_is_of_its_state(tell: Tell) -> None:
    assert ("حكومة القاهرة", "مصر") in parts(tell, "أعلنت حكومة القاهرة القرار أمس.")


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        (
            "استولت البحرية التابعة للحرس الثوري الإيراني على السفينة.",
            "البحرية التابعة للحرس الثوري الإيراني",
            "الحرس الثوري الإيراني",
        ),
        ("أعلنت لجنة متخصصة تابعة للأمم المتحدة القرار.", "لجنة متخصصة تابعة للأمم المتحدة", "الأمم المتحدة"),
        (
            "وصلت قوة أمنية تابعة لوزارة الداخلية الزامبية أمس.",
            "قوة أمنية تابعة لوزارة الداخلية الزامبية",
            "وزارة الداخلية الزامبية",
        ),
    ],
)
def test_body_without_a_name_is_told_by_whose_it_is(tell: Tell, text: str, name: str, whole: str) -> None:
    assert (name, whole) in parts(tell, text)


def test_body_with_a_name_keeps_it_before_whose_it_is(tell: Tell) -> None:
    text = "أعلنت لجنة الإنقاذ الدولية التابعة للأمم المتحدة القرار."
    assert ("لجنة الإنقاذ الدولية", "الأمم المتحدة") in parts(tell, text)


def test_adjective_in_the_dual_is_that_of_both_bodies(tell: Tell) -> None:
    text = "انتقد الخطاب البرلمان والحكومة الزامبيين."
    assert parts(tell, text) == {("البرلمان الزامبي", "زامبيا"), ("الحكومة الزامبية", "زامبيا")}


@pytest.mark.parametrize(
    "text",
    [
        "أغلق المطار أمام حركة الطائرات أمس.",
        "جاء ذلك قبل تنظيم انتخابات رئاسية وتشكيل حكومة وحدة وطنية.",
        "وذلك تحقيقا لمصلحة زامبيا ومصلحة الشعب الزامبي.",
        "تعززت قوة الناتو بعد القرار.",
        "اتفق الجانبان على تكوين لجان عليا مشتركة ومجموعة عمل.",
    ],
)
def test_common_noun_with_its_complement_is_no_body(read: Read, text: str) -> None:
    assert [name for name in bodies(read, text) if name != "الناتو"] == []


def test_verb_behind_which_is_no_body(read: Read) -> None:
    assert bodies(read, "العلاقات التي تجمع زامبيا بكينيا متينة.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أناشد الجميع ترك قوات الأمن للتحرك بسرعة.", "قوات الأمن"),
        ("وقع ذلك بعد غزو القوات الشمالية للمنطقة.", "القوات الشمالية"),
        ("تصدت الدفاعات الجوية الزامبية والغربية للطائرات.", "الدفاعات الجوية الزامبية"),
    ],
)
def test_name_of_a_body_ends_before_what_it_does(read: Read, text: str, name: str) -> None:
    assert name in bodies(read, text)


def test_who_forms_a_coalition_leads_it(tell: Tell) -> None:
    told = tell("تقود كرواتيا وألبانيا جهودا لتشكيل تحالف دولي جديد.")
    assert {("كرواتيا", "leads", "تحالف دولي"), ("ألبانيا", "leads", "تحالف دولي")} <= set(told)
    assert not [key for key in tell("تقود كرواتيا جهودا لدعم تحالف دولي.") if key[1] == "leads"]


@pytest.mark.parametrize("text", ["شكلت كرواتيا قوة كبيرة أمس.", "تملك كرواتيا قوة لا تقهر."])
def test_force_of_no_kind_is_no_body(read: Read, text: str) -> None:
    assert not bodies(read, text)


@pytest.mark.parametrize(
    "name",
    [
        "الاتحاد العام لجمعيات تجار منتجات الصيد البحري",
        "مركز النور لأبحاث الوقاية",
        "المرصد الوطني لحقوق العمال",
    ],
)
def test_body_is_named_with_what_it_is_for(read: Read, name: str) -> None:
    assert name in bodies(read, f"أعلن {name} القرار أمس.")


def test_purpose_of_a_deed_is_no_part_of_a_name(read: Read) -> None:
    assert bodies(read, "اجتمع البرلمان الزامبي لإعادة قراءة الدستور.") == ["البرلمان الزامبي"]


@pytest.mark.parametrize(
    ("name", "region"),
    [("البرلمان الكتالوني", "كتالونيا"), ("الحكومة المحلية الاسكتلندية", "اسكتلندا"), ("الشرطة الشيشانية", "الشيشان")],
)
def test_body_of_a_region_is_part_of_it(tell: Tell, name: str, region: str) -> None:
    assert (name, region) in parts(tell, f"أعلنت {name} القرار أمس.")


def test_region_that_is_spelt_as_an_adjective_is_the_region(read: Read) -> None:
    extraction = read("وصلت السفينة إلى صقلية أمس.")
    assert [entity.name for entity in extraction.entities] == ["صقلية"]


def test_state_that_a_known_group_is_about_does_not_own_it(tell: Tell) -> None:
    assert not parts(tell, "اجتمعت مجموعة الاتصال الدفاعية الخاصة بأوكرانيا أمس.")
