"""Mentions: what a sentence names, of which kind, and where a name ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import EntityKind, Extraction

Read = Callable[..., Extraction]


def named(extraction: Extraction, kind: EntityKind) -> list[str]:
    """The texts of the mentions of a kind, in reading order."""
    return [mention.text for mention in extraction.mentions if mention.kind is kind]


def known(extraction: Extraction) -> dict[str, str | None]:
    """The rows of seeds/ that the mentions were resolved to."""
    by_id = {entity.id: entity.known for entity in extraction.entities}
    return {mention.text: by_id[mention.entity or ""] for mention in extraction.mentions}


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("زارت إثيوبيا كينيا.", "إثيوبيا", "country:et"),
        ("أعلنت الولايات المتحدة القرار.", "الولايات المتحدة", "country:us"),
        ("أعلنت كوريا الجنوبية القرار.", "كوريا الجنوبية", "country:kr"),
        ("قررت منظمة الصحة العالمية ذلك.", "منظمة الصحة العالمية", "organisation:world-health-organization"),
        ("قال عبد الفتاح البرهان ذلك.", "عبد الفتاح البرهان", "person:abdel-fattah-al-burhan"),
        ("وصل الوفد إلى نيروبي.", "نيروبي", "place:nairobi"),
    ],
)
def test_known_name_is_resolved_to_its_row(read: Read, text: str, name: str, key: str) -> None:
    assert known(read(text))[name] == key


@pytest.mark.parametrize(
    ("one", "other"), [("أمريكا", "الولايات المتحدة الأميركية"), ("إيران", "ايران"), ("حلف الناتو", "حلف شمال الأطلسي")]
)
def test_two_spellings_of_a_known_name_are_one_entity(read: Read, one: str, other: str) -> None:
    first, second = read(f"أعلنت {one} القرار."), read(f"أعلنت {other} القرار.")
    assert first.entities[0].known == second.entities[0].known is not None


@pytest.mark.parametrize(
    ("written", "name"), [("بفنلندا", "فنلندا"), ("وفنلندا", "فنلندا"), ("ولفنلندا", "فنلندا"), ("كفنلندا", "فنلندا")]
)
def test_clitics_are_no_part_of_a_mention(read: Read, written: str, name: str) -> None:
    assert named(read(f"رحب الوزير بالسويد {written}."), EntityKind.COUNTRY) == ["السويد", name]


def test_article_that_lost_its_alif_is_put_back_in_the_name(read: Read) -> None:
    extraction = read("قدم المانحون مساعدات للجبهة الشعبية الفلسطينية.")
    assert [entity.name for entity in extraction.entities if entity.kind is EntityKind.ORGANIZATION] == [
        "الجبهة الشعبية الفلسطينية"
    ]


def test_diacritics_do_not_hide_a_known_name(read: Read) -> None:
    assert known(read("زارتْ كِينيا أُوغنْدا."))["كِينيا"] == "country:ke"


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\u200c", "\ufeff"])
def test_mark_that_readers_do_not_see_does_not_hide_a_known_name(read: Read, mark: str) -> None:
    assert {entity.known for entity in read(f"زارت {mark}كينيا أوغندا.").entities} == {"country:ke", "country:ug"}


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\ufeff"])
def test_conjunction_behind_a_mark_that_readers_do_not_see_is_cut(read: Read, mark: str) -> None:
    assert "حزب الأمل" in {entity.name for entity in read(f"اجتمع حزب الوطن {mark}وحزب الأمل.").entities}


def test_preposition_drawn_out_with_tatweel_is_cut(read: Read) -> None:
    assert "الوكالة الذرية" in {entity.name for entity in read("قدم الوزير طلبا لـلوكالة الذرية.").entities}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("قال وزير المالية ثاقب رمضاني ذلك.", "وزير المالية ثاقب رمضاني"),
        ("قالت النائبة ليلى بن عاشور ذلك.", "النائبة ليلى بن عاشور"),
        ("قال العميد الركن ياسر الصاوي ذلك.", "العميد الركن ياسر الصاوي"),
        ("قال الشيخ أبو بكر الحضرمي ذلك.", "الشيخ أبو بكر الحضرمي"),
        ("أكد أحمد نور الدين ذلك.", "أحمد نور الدين"),
        ("وصل محمد سعيد الكيلاني أمس.", "محمد سعيد الكيلاني"),
    ],
)
def test_person_who_is_not_known_is_found_by_title_or_given_name(read: Read, text: str, person: str) -> None:
    assert named(read(text), EntityKind.PERSON) == [person]


@pytest.mark.parametrize(
    "after",
    [
        "إلى ريغا",
        "أمس",
        "يوم الخميس",
        "في مؤتمر",
        "، الذي وصل",
        "إن بلاده",
        "(45 عاما)",
        "وزير سابق",
        "ونظيره",
        "3 مرات",
    ],
)
def test_name_ends_before_words_of_the_language(read: Read, after: str) -> None:
    first = next(iter(read(f"قال المحامي طارق الشاذلي {after}.").mentions))
    assert first.text == "المحامي طارق الشاذلي"


def test_name_ends_before_the_next_name_with_a_conjunction(read: Read) -> None:
    assert named(read("وصل أحمد بركات ومحمود الشامي."), EntityKind.PERSON) == ["أحمد بركات", "محمود الشامي"]


@pytest.mark.parametrize("text", ["كريم الأخلاق", "جميل جدا", "هدى للناس", "أمل كبير في السلام"])
def test_given_name_that_is_also_a_word_names_nobody_alone(read: Read, text: str) -> None:
    assert named(read(f"قال إن الموقف {text}."), EntityKind.PERSON) == []


@pytest.mark.xfail(strict=True, reason="'the man' is taken for a title")
@pytest.mark.parametrize("text", ["كريم الأخلاق", "جميل جدا"])
def test_adjective_behind_the_man_is_no_name(read: Read, text: str) -> None:
    assert named(read(f"قال إن الرجل {text}."), EntityKind.PERSON) == []


@pytest.mark.parametrize("text", ["التقى فيدان الشرع.", "والتقى ماكرون بيربوك في باريس."])
def test_verb_before_a_surname_is_no_given_name(read: Read, text: str) -> None:
    assert not any("التقى" in person for person in named(read(text), EntityKind.PERSON))


@pytest.mark.xfail(strict=True, reason="the first word of a country's name is taken for a surname")
def test_name_ends_before_a_country(read: Read) -> None:
    assert "كوريا الجنوبية" in named(read("هدد كيم كوريا الجنوبية."), EntityKind.COUNTRY)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("وصل إلى مدينة بوزنيا الصغيرة.", "مدينة بوزنيا"),
        ("وقع زلزال في جزيرة تيمولا.", "جزيرة تيمولا"),
        ("قصف الجيش بلدة جبرين.", "بلدة جبرين"),
    ],
)
def test_place_is_found_by_its_head_noun(read: Read, text: str, place: str) -> None:
    assert [found[: len(place)] for found in named(read(text), EntityKind.PLACE)] == [place]


def test_capital_with_its_state_is_one_place(read: Read) -> None:
    extraction = read("وصل الوفد إلى العاصمة الكينية نيروبي.")
    assert named(extraction, EntityKind.PLACE) == ["العاصمة الكينية نيروبي"]
    assert known(extraction)["العاصمة الكينية نيروبي"] == "place:nairobi"


def test_capital_that_only_its_state_names_is_known(read: Read) -> None:
    assert known(read("وصل الوفد إلى العاصمة الكينية."))["العاصمة الكينية"] == "place:nairobi"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أعلنت صوفيا القرار.", EntityKind.COUNTRY),
        ("وصل الوفد إلى صوفيا.", EntityKind.PLACE),
        ("عقد الاجتماع في صوفيا.", EntityKind.PLACE),
        ("عقد الاجتماع بصوفيا.", EntityKind.PLACE),
    ],
)
def test_capital_is_a_government_where_it_acts_and_a_place_where_one_is_in_it(
    read: Read, text: str, kind: EntityKind
) -> None:
    assert [mention.kind for mention in read(text).mentions] == [kind]


def test_place_in_a_larger_one_is_part_of_it(read: Read) -> None:
    extraction = read("وصل الوفد إلى بلدة قانا في محافظة مأرب.")
    names = {entity.id: entity.name for entity in extraction.entities}
    assert [(names[fact.subject], fact.predicate, names[fact.object]) for fact in extraction.facts] == [
        ("بلدة قانا", "partOf", "محافظة مأرب")
    ]


def test_weapon_of_seeds_is_named_where_it_is_handed_over(read: Read) -> None:
    assert read("زودت السويد أوكرانيا بمدافع.").facts[0].item == "مدافع"


@pytest.mark.parametrize("text", ["قال الرجل إن الطقس جميل.", "في عام 2019 كان ذلك.", "12 + 5 = 17", "؟!"])
def test_text_that_names_nobody_has_no_mentions(read: Read, text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize("verb", ["لام", "طالب"])
def test_verb_before_a_known_surname_is_no_given_name(read: Read, verb: str) -> None:
    assert named(read(f"{verb} بايدن الكونغرس."), EntityKind.PERSON) == ["بايدن"]


def test_noun_before_a_surname_that_the_document_explains_is_no_given_name(read: Read) -> None:
    extraction = read("قال الوزير سليم الدرعاوي ذلك. وجاء في بيان الدرعاوي أن القرار نهائي.")
    assert named(extraction, EntityKind.PERSON)[-1] == "الدرعاوي"


def test_name_of_no_list_is_found_between_a_verb_and_an_office(read: Read) -> None:
    extraction = read("وقال كوفلي داماروشي، مدير وكالة الأرصاد الكينية، إن المطر سيستمر.")
    assert "كوفلي داماروشي" in [entity.name for entity in extraction.entities]


def test_unlisted_words_before_an_office_are_no_name_without_a_verb(read: Read) -> None:
    extraction = read("في ظل تداعيات، أعلن مدير الوكالة القرار.")
    assert named(extraction, EntityKind.PERSON) == []


@pytest.mark.parametrize("name", ["أبو حفص الليبي", "أبو عبيدة"])
def test_name_that_begins_with_a_kunya_is_whole(read: Read, name: str) -> None:
    assert named(read(f"وقال {name} إن القتال مستمر."), EntityKind.PERSON) == [name]


@pytest.mark.parametrize("place", ["أبو ظبي", "أم درمان"])
def test_place_that_begins_as_a_kunya_is_no_person(read: Read, place: str) -> None:
    assert named(read(f"وصل الوفد إلى {place} أمس."), EntityKind.PERSON) == []


def test_preposition_spelt_like_a_given_name_is_no_name(read: Read) -> None:
    assert named(read("حرص الوزير علي استكمال المشروع."), EntityKind.PERSON) == []


def test_bare_title_without_article_announces_no_unlisted_word(read: Read) -> None:
    assert named(read("تحول من لاعب إلى قائد أذهل الجماهير."), EntityKind.PERSON) == []


def test_statement_that_was_issued_is_no_person(read: Read) -> None:
    assert named(read("وقالت الوزارة في بيان صدر أمس إن القرار نهائي."), EntityKind.PERSON) == []


@pytest.mark.parametrize("system", ["نظام الدفاع الجوي", "نظام الحكم"])
def test_system_is_no_organisation_without_a_state(read: Read, system: str) -> None:
    assert named(read(f"ناقش البرلمان الكيني {system} أمس."), EntityKind.ORGANIZATION) == ["البرلمان الكيني"]


def test_spokesman_in_its_name_is_named_without_it(read: Read) -> None:
    extraction = read("وأعلن البرلمان الزامبي القرار، وذكر المتحدث باسمه جون كاندو أن الجلسة انتهت.")
    assert [each.name for each in extraction.entities if each.kind is EntityKind.PERSON] == ["جون كاندو"]


def test_city_behind_a_title_is_no_surname(read: Read) -> None:
    extraction = read("وغادر المستشار الألماني برلين مساء السبت.")
    assert "برلين" not in [each.name for each in extraction.entities if each.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأفادت ميرنا قزموز، قيمة على المعرض، بأن الافتتاح قريب.", "ميرنا قزموز"),
        ("وأكد زوراب كاتشخيدزه، أحد أبرز الوجوه، أن الاحتجاج مستمر.", "زوراب كاتشخيدزه"),
        ("وقال أولكسندر ستريلتشوك رئيس بلدية المدينة إن القصف توقف.", "أولكسندر ستريلتشوك"),
        ("وكان الشاب، ويدعى مهند قرقاش، قريبا من الموقع.", "مهند قرقاش"),
        ("وصرح داريو بلانكيتي (62 عاما) للصحفيين.", "داريو بلانكيتي"),
    ],
)
def test_unlisted_name_behind_a_word_of_saying_is_a_person(read: Read, text: str, name: str) -> None:
    assert name in named(read(text), EntityKind.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "وقال شهود عيان، بعد الحادث، إن الطريق مغلق.",
        "وأكدت مصادر محلية، أمس، أن المفاوضات تعثرت.",
        "وأعلن رسميا أمس، بعد التصويت، أن القرار نافذ.",
        "وتابع حديثه قائلا، من جديد، إن الاتفاق قريب.",
    ],
)
def test_words_of_the_language_behind_a_verb_of_saying_are_no_person(read: Read, text: str) -> None:
    assert named(read(text), EntityKind.PERSON) == []


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("وفي نيروبي، أعلنت الحكومة القرار.", "نيروبي"),
        ("يبدأ الاجتماع في الساعة الخامسة بتوقيت الخرطوم.", "الخرطوم"),
        ("كابول، أفغانستان - قتل شخصان أمس.", "كابول"),
    ],
)
def test_capital_is_the_city_where_something_is_in_it(read: Read, text: str, city: str) -> None:
    assert city in named(read(text), EntityKind.PLACE)


def test_capital_that_acts_is_the_state(read: Read) -> None:
    assert "نيروبي" in named(read("وأعلنت نيروبي، بعد مشاورات، القرار."), EntityKind.COUNTRY)


def test_state_in_the_name_of_a_body_that_a_pronoun_owns_is_named(read: Read) -> None:
    extraction = read("توعدت النرويج بالرد على قصف سفارتها في الصومال.")
    assert "الصومال" in {entity.name for entity in extraction.entities if entity.kind is EntityKind.COUNTRY}


@pytest.mark.parametrize(
    "text", ["عاد إلى مسقط رأسه أمس.", "افتتحت الوزارة رياض الأطفال أمس.", "نشر الفريق صور الأقمار الصناعية."]
)
def test_name_inside_an_idiom_is_none(read: Read, text: str) -> None:
    assert named(read(text), EntityKind.COUNTRY) + named(read(text), EntityKind.PLACE) == []


def test_place_near_a_capital_is_no_part_of_its_state(read: Read) -> None:
    extraction = read("وصلت السفينة إلى تيانجين بالقرب من بكين أمس.")
    assert not extraction.facts
    assert named(extraction, EntityKind.PLACE) == ["تيانجين", "بكين"]


@pytest.mark.parametrize(
    "place", ["محطة بوكوفيت للسكك الحديدية", "مجمع بوكوفيت للصلب", "مجمع بوكوفيت الصناعي", "قاعدة بوكوفيت العسكرية"]
)
def test_place_is_named_with_what_it_is_for(read: Read, place: str) -> None:
    assert place in named(read(f"وقع الهجوم قرب {place} أمس."), EntityKind.PLACE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال الباحث في الشؤون السياسية ثوباني زيكاتي إن القرار نهائي.", "ثوباني زيكاتي"),
        ("وأشار الخبير في العلاقات الدولية محمد الطيان إلى القرار.", "محمد الطيان"),
        ("واعتقلت الشرطة جوسيبو سكوردو البالغ من العمر 44 عاما.", "جوسيبو سكوردو"),
        ("ووصل المواطن كارميلو تشيفا (65 عاما) أمس.", "كارميلو تشيفا"),
    ],
)
def test_name_behind_a_field_or_before_an_age_is_a_person(read: Read, text: str, name: str) -> None:
    assert name in {entity.name for entity in read(text).entities}


@pytest.mark.parametrize("text", ["وقال الخبير في الشؤون السياسية إن القرار نهائي.", "بلغ عدد القتلى (65 عاما) أمس."])
def test_field_or_number_without_a_name_is_no_person(read: Read, text: str) -> None:
    assert named(read(text), EntityKind.PERSON) == []
