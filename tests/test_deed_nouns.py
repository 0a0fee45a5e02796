"""What the frames propose for deeds told by nouns and adjectives, before anything is weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Document, Fact
from graph.pipeline import Reader

Told = tuple[str, str, str]
Tell = Callable[..., dict[Told, Fact]]


def proposals(reader: Reader, text: str) -> set[Told]:
    """Return what the frames of all triggers of a text were filled with, by name."""
    linker, sentences = reader.sentences_with_triggers(Document(id="d", text=text))
    return {
        (linker.actors[filling.subject.entity].name, relation, linker.actors[filling.object.entity].name)
        for _, triggers in sentences
        for trigger in triggers
        for relation, fillings in trigger.fillings.items()
        for filling in fillings
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("أدان الأردن القصف الإسرائيلي على بيروت.", ("الأردن", "criticized", "إسرائيل")),
        ("نددت إيران بالغارة التي شنتها إسرائيل على حلب.", ("إيران", "criticized", "إسرائيل")),
        ("أدانت ماليزيا بأشد العبارات الضربات الإسرائيلية على رفح.", ("ماليزيا", "criticized", "إسرائيل")),
    ],
)
def test_who_condemns_a_deed_condemns_its_doer(reader: Reader, text: str, told: Told) -> None:
    assert told in proposals(reader, text)


def test_a_deed_with_its_own_state_is_not_lent_the_subject_of_the_verb(reader: Reader) -> None:
    told = proposals(reader, "رفضت كوبا العقوبات الأميركية على فنزويلا.")
    assert ("الولايات المتحدة", "sanctioned", "فنزويلا") in told
    assert ("كوبا", "sanctioned", "فنزويلا") not in told


@pytest.mark.parametrize(
    "text",
    [
        "تتقدم قوات سوريا الديمقراطية المدعومة أميركيا نحو الرقة.",
        'حذر "حزب الله" المدعوم من إيران من الفوضى.',
        "أعلن الحوثيون المدعومون من إيران هدنة.",
    ],
)
def test_backed_by_tells_who_backs(reader: Reader, text: str) -> None:
    (told,) = [each for each in proposals(reader, text) if each[1] == "supports"]
    assert told[0] in ("الولايات المتحدة", "إيران")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("تعرضت القوات التركية في العراق لقصف.", {("القوات التركية", "deployedTo", "العراق")}),
        ("تراجع فرنسا دور جنودها في تشاد.", {("فرنسا", "deployedTo", "تشاد")}),
        ("زار الوزير القواعد البريطانية في قبرص.", {("بريطانيا", "deployedTo", "قبرص")}),
        ("احتفلت القوات التركية في تركيا بعيدها.", set()),
    ],
)
def test_forces_abroad_are_deployed_there(reader: Reader, text: str, told: set[Told]) -> None:
    assert {each for each in proposals(reader, text) if each[1] == "deployedTo"} == told


@pytest.mark.parametrize(
    "text",
    [
        "تم تبادل السجناء بين حماس وإسرائيل بوساطة النرويج.",
        "جرت مفاوضات بين حماس وإسرائيل بوساطة نرويجية.",
        "استضافت النرويج مفاوضات بين حماس وإسرائيل بوساطتها.",
    ],
)
def test_who_mediates_does_so_for_both_parties(reader: Reader, text: str) -> None:
    told = {each for each in proposals(reader, text) if each[1] == "mediated"}
    assert told == {("النرويج", "mediated", "حماس"), ("النرويج", "mediated", "إسرائيل")}


def test_states_joined_by_and_do_a_deed_together(reader: Reader) -> None:
    told = proposals(reader, "استمرت الغارات الأميركية والبريطانية على اليمن.")
    assert {each[0] for each in told if each[1:] == ("attacked", "اليمن")} == {"الولايات المتحدة", "بريطانيا"}


@pytest.mark.parametrize("words", ["إيرانية الصنع", "كورية شمالية الصنع"])
def test_of_a_state_s_make_tells_who_produces(reader: Reader, words: str) -> None:
    (told,) = [each for each in proposals(reader, f"استخدم الجيش صواريخ {words} في القصف.") if each[1] == "produces"]
    assert told[0] in ("إيران", "كوريا الشمالية")


def test_an_accusative_is_no_verb_in_the_dual(reader: Reader) -> None:
    text = "أعلنت وزارة الدفاع الروسية وقفا لإطلاق النار."
    _, ((nodes, _),) = reader.sentences_with_triggers(Document(id="d", text=text))
    assert [node.tag.value for node in nodes[:5]] == ["verb", "chunk", "chunk", "chunk", "other"]


def test_representatives_stand_for_whom_they_represent(reader: Reader) -> None:
    told = proposals(reader, "وقع ممثلو الجيش السوداني وقوات الدعم السريع اتفاقا في جنيف.")
    assert ("الجيش السوداني", "signedAgreementWith", "قوات الدعم السريع") in told


def test_a_delegation_need_not_agree_with_whom_it_stands_for(reader: Reader) -> None:
    assert ("حركة حماس", "visited", "القاهرة") in proposals(reader, "بدأ وفد من حركة حماس زيارة إلى القاهرة.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("نفى الاتحاد الأوروبي ذلك. وتبقى العقوبات الأوروبية على بيلاروسيا.", {("الاتحاد الأوروبي", "بيلاروسيا")}),
        ("تبقى العقوبات الأوروبية على بيلاروسيا.", set()),
    ],
)
def test_a_body_s_adjective_counts_where_the_body_is_named(
    reader: Reader, text: str, told: set[tuple[str, str]]
) -> None:
    assert {(one, other) for one, relation, other in proposals(reader, text) if relation == "sanctioned"} == told


@pytest.mark.parametrize(
    "text", ["هدمت الغارة التركية التي استهدفت حلب بيوتا.", "قتل ثلاثة في غارة تركية استهدفت حلب."]
)
def test_a_raid_s_verb_has_the_raid_s_state_for_its_subject(reader: Reader, text: str) -> None:
    assert ("تركيا", "attacked", "حلب") in proposals(reader, text)


def test_arms_of_one_state_for_another_are_supplied(reader: Reader) -> None:
    assert ("ألمانيا", "supplies", "أوكرانيا") in proposals(reader, "دبابات ألمانية لأوكرانيا.")


def test_a_required_word_counts_with_an_owner_written_onto_it(reader: Reader) -> None:
    assert ("الولايات المتحدة", "sanctioned", "تشاد") in proposals(
        reader, "أعلنت الولايات المتحدة تعليق مساعداتها لتشاد."
    )


def test_nationalities_inside_the_name_of_talks_are_their_parties(reader: Reader) -> None:
    told = proposals(reader, "انطلقت في مسقط المحادثات الأميركية الإيرانية.")
    assert ("الولايات المتحدة", "negotiatesWith", "إيران") in told


def test_traded_accusations_go_both_ways(reader: Reader) -> None:
    told = {each for each in proposals(reader, "تجدد تبادل الاتهامات بين صربيا وكوسوفو.") if each[1] == "criticized"}
    assert {each[0] for each in told} == {"صربيا", "كوسوفو"}


def test_both_sides_of_a_dual_act(reader: Reader) -> None:
    told = proposals(reader, "وقع الجانبان المصري والسوداني اتفاقية للربط الكهربائي.")
    assert ("مصر", "signedAgreementWith", "السودان") in told


@pytest.mark.parametrize("deed", ["في غارة إسرائيلية", "بقصف إسرائيلي", "في عملية عسكرية إسرائيلية"])
def test_a_killing_is_done_by_the_state_of_the_raid(reader: Reader, deed: str) -> None:
    told = proposals(reader, f"أعلنت الحركة مقتل الصحفي سامر الحلبي {deed}.")
    assert ("إسرائيل", "attacked", "سامر الحلبي") in told


def test_who_stands_between_a_delivery_and_its_item_receives(reader: Reader) -> None:
    assert ("بولندا", "supplies", "مولدوفا") in proposals(reader, "أعلنت بولندا تسليم مولدوفا دبابات.")


def test_our_support_is_the_speaker_s(reader: Reader) -> None:
    told = proposals(reader, "قال الرئيس التركي رجب طيب أردوغان: نؤكد دعمنا لأذربيجان.")
    assert ("رجب طيب أردوغان", "supports", "أذربيجان") in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("شنت إسرائيل غارتين على لبنان.", ("إسرائيل", "attacked", "لبنان")),
        ("وجهت تركيا تحذيرين إلى اليونان.", ("تركيا", "threatened", "اليونان")),
        ("وجهت تركيا انتقادات إلى اليونان.", ("تركيا", "criticized", "اليونان")),
    ],
)
def test_deeds_in_dual_and_plural_are_read_like_one(reader: Reader, text: str, told: Told) -> None:
    assert told in proposals(reader, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("فرضت الصين قيودا على اليابان.", ("الصين", "sanctioned", "اليابان")),
        ("تعرضت اليابان لقصف من قبل كوريا الشمالية.", ("كوريا الشمالية", "attacked", "اليابان")),
        ("جهود تركية للمصالحة بين العراق وسوريا.", ("تركيا", "mediated", "سوريا")),
        ("تعهدت السويد بتخصيص مليون يورو لمولدوفا.", ("السويد", "aids", "مولدوفا")),
        ("أطلقت القوات صواريخ من تصنيع شركة لوكهيد مارتن.", ("شركة لوكهيد مارتن", "produces", "صواريخ")),
    ],
)
def test_further_nouns_of_deeds_are_read(reader: Reader, text: str, told: Told) -> None:
    assert told in proposals(reader, text)


def test_a_tour_leads_where_the_verb_behind_it_says(reader: Reader) -> None:
    told = proposals(reader, "بدأ الوزير المغربي ناصر بوريطة جولة تقوده إلى السنغال وغانا.")
    assert {each[2] for each in told if each[:2] == ("ناصر بوريطة", "visited")} == {"السنغال", "غانا"}


@pytest.mark.parametrize(
    "text", ["أعلنت كولومبيا قطع علاقاتها الدبلوماسية مع إسرائيل.", "أعلنت كولومبيا تعليق مساعداتها لهايتي."]
)
def test_a_tie_named_only_to_be_cut_is_none(tell: Tell, text: str) -> None:
    assert {relation for _, relation, _ in tell(text)} == {"sanctioned"}


def test_talks_by_telephone_are_no_meeting(tell: Tell) -> None:
    told = tell("أجرى الرئيس المصري عبد الفتاح السيسي مباحثات هاتفية مع الرئيس الفرنسي إيمانويل ماكرون.")
    assert ("عبد الفتاح السيسي", "spokeWith", "إيمانويل ماكرون") in told
    assert not any(relation == "met" for _, relation, _ in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "وصل رئيس الوزراء اللبناني سعد الحريري إلى دمشق في أول زيارة لسوريا.",
            ("سعد الحريري", "visited", "سوريا"),
        ),
        ("أرسلت النرويج وفدا إلى بيونغ يانغ.", ("النرويج", "visited", "بيونغ يانغ")),
        ("استدعت الجزائر سفيرها في مدريد للتشاور.", ("الجزائر", "sanctioned", "مدريد")),
        ("صدر التقرير عن منظمة الصحة العالمية بدعم مالي من النرويج.", ("النرويج", "aids", "منظمة الصحة العالمية")),
        ("بنت الأمم المتحدة المدرسة بتمويل من اليابان.", ("اليابان", "aids", "الأمم المتحدة")),
        ("أكدت بوليفيا نيتها فتح محادثات مع بيرو.", ("بوليفيا", "negotiatesWith", "بيرو")),
    ],
)
def test_dealings_between_states_are_read(reader: Reader, text: str, told: Told) -> None:
    assert told in proposals(reader, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("زيارة قام بها الوزير الكندي جون بيرد إلى كييف", ("جون بيرد", "visited", "كييف")),
        ("بعد رحلة نفذها الوزير الكندي جون بيرد إلى كييف", ("جون بيرد", "visited", "كييف")),
    ],
)
def test_a_relative_clause_tells_who_did_the_deed_before_it(reader: Reader, text: str, told: Told) -> None:
    assert told in proposals(reader, text)


def test_whom_a_deed_befell_is_not_its_doer(reader: Reader) -> None:
    told = proposals(reader, "ندد الوزير بآخر هجوم تعرضت له بولندا في مدينة لفيف.")
    assert ("بولندا", "attacked", "لفيف") not in told
