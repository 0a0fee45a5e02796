"""Conjugation: whole paradigms of every kind of verb, the spelling of hamza, and what a spelling may stand for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from graph.errors import LanguageDataError
from graph.lang.lexicon import load_predicates
from graph.morphology.conjugate import Aspect, Mood, VerbForm, Voice, conjugate
from graph.morphology.spelling import spell
from graph.resources import package_folder


@dataclass(frozen=True)
class Verb:
    past: str
    present: str
    root: str
    form: int


ACTIVE_PAST = [(3, "f", "s"), (3, "m", "d"), (3, "m", "p"), (3, "f", "p"), (1, None, "s")]
ACTIVE_PRESENT = [
    ((3, "m", "p"), Mood.INDICATIVE),
    ((3, "m", "p"), Mood.JUSSIVE),
    ((3, "m", "d"), Mood.INDICATIVE),
    ((3, "f", "p"), Mood.INDICATIVE),
    ((3, "m", "s"), Mood.JUSSIVE),
    ((1, None, "s"), Mood.INDICATIVE),
]

# past 3fs, 3md, 3mp, 3fp, 1s | present 3mp, its jussive, 3md, 3fp, jussive 3ms, 1s
# | passive past 3ms, passive present 3ms | active participle m, passive participle f ("-" where there is none)
PARADIGMS = [
    "قتل يقتل قتل 1 | قتلت قتلا قتلوا قتلن قتلت | يقتلون يقتلوا يقتلان يقتلن يقتل أقتل | قتل يقتل | قاتل مقتولة",
    "وصل يصل وصل 1 | وصلت وصلا وصلوا وصلن وصلت | يصلون يصلوا يصلان يصلن يصل أصل | وصل يوصل | واصل موصولة",
    "وقع يقع وقع 1 | وقعت وقعا وقعوا وقعن وقعت | يقعون يقعوا يقعان يقعن يقع أقع | وقع يوقع | واقع موقوعة",
    "أيقن يوقن يقن 4 | أيقنت أيقنا أيقنوا أيقن أيقنت | يوقنون يوقنوا يوقنان يوقن يوقن أوقن | أوقن يوقن | موقن موقنة",
    "أخذ يأخذ ءخذ 1 | أخذت أخذا أخذوا أخذن أخذت | يأخذون يأخذوا يأخذان يأخذن يأخذ آخذ | أخذ يؤخذ | آخذ مأخوذة",
    "سأل يسأل سءل 1 | سألت سألا سألوا سألن سألت | يسألون يسألوا يسألان يسألن يسأل أسأل | سئل يسأل | سائل مسؤولة",
    "بدأ يبدأ بدء 1 | بدأت بدآ بدؤوا بدأن بدأت | يبدؤون يبدؤوا يبدآن يبدأن يبدأ أبدأ | بدئ يبدأ | بادئ مبدوءة",
    "قال يقول قول 1 | قالت قالا قالوا قلن قلت | يقولون يقولوا يقولان يقلن يقل أقول | قيل يقال | قائل مقولة",
    "باع يبيع بيع 1 | باعت باعا باعوا بعن بعت | يبيعون يبيعوا يبيعان يبعن يبع أبيع | بيع يباع | بائع مبيعة",
    "نال ينال نيل 1 | نالت نالا نالوا نلن نلت | ينالون ينالوا ينالان ينلن ينل أنال | نيل ينال | نائل منيلة",
    "جاء يجيء جيء 1 | جاءت جاءا جاؤوا جئن جئت | يجيئون يجيئوا يجيئان يجئن يجئ أجيء | جيء يجاء | جاء مجيئة",
    "دعا يدعو دعو 1 | دعت دعوا دعوا دعون دعوت | يدعون يدعوا يدعوان يدعون يدع أدعو | دعي يدعى | داع مدعوة",
    "نفى ينفي نفي 1 | نفت نفيا نفوا نفين نفيت | ينفون ينفوا ينفيان ينفين ينف أنفي | نفي ينفى | ناف منفية",
    "سعى يسعى سعي 1 | سعت سعيا سعوا سعين سعيت | يسعون يسعوا يسعيان يسعين يسع أسعى | سعي يسعى | ساع مسعية",
    "لقي يلقى لقي 1 | لقيت لقيا لقوا لقين لقيت | يلقون يلقوا يلقيان يلقين يلق ألقى | لقي يلقى | لاق ملقية",
    "رأى يرى رءي 1 | رأت رأيا رأوا رأين رأيت | يرون يروا يريان يرين ير أرى | رئي يرى | راء مرئية",
    "نوى ينوي نوي 1 | نوت نويا نووا نوين نويت | ينوون ينووا ينويان ينوين ينو أنوي | نوي ينوى | ناو منوية",
    "وفى يفي وفي 1 | وفت وفيا وفوا وفين وفيت | يفون يفوا يفيان يفين يف أفي | وفي يوفى | واف موفية",
    "شن يشن شنن 1 | شنت شنا شنوا شنن شننت | يشنون يشنوا يشنان يشنن يشن أشن | شن يشن | شان مشنونة",
    "وقع يوقع وقع 2 | وقعت وقعا وقعوا وقعن وقعت | يوقعون يوقعوا يوقعان يوقعن يوقع أوقع | وقع يوقع | موقع موقعة",
    "أيد يؤيد ءيد 2 | أيدت أيدا أيدوا أيدن أيدت | يؤيدون يؤيدوا يؤيدان يؤيدن يؤيد أؤيد | أيد يؤيد | مؤيد مؤيدة",
    "هنأ يهنئ هنء 2 | هنأت هنآ هنؤوا هنأن هنأت | يهنئون يهنئوا يهنئان يهنئن يهنئ أهنئ | هنئ يهنأ | مهنئ مهنأة",
    "عزى يعزي عزي 2 | عزت عزيا عزوا عزين عزيت | يعزون يعزوا يعزيان يعزين يعز أعزي | عزي يعزى | معز معزاة",
    "شارك يشارك شرك 3 | شاركت شاركا شاركوا شاركن شاركت | يشاركون يشاركوا يشاركان يشاركن يشارك أشارك "
    "| شورك يشارك | مشارك مشاركة",
    "ساءل يسائل سءل 3 | ساءلت ساءلا ساءلوا ساءلن ساءلت | يسائلون يسائلوا يسائلان يسائلن يسائل أسائل "
    "| سوئل يساءل | مسائل مساءلة",
    "أعلن يعلن علن 4 | أعلنت أعلنا أعلنوا أعلن أعلنت | يعلنون يعلنوا يعلنان يعلن يعلن أعلن | أعلن يعلن | معلن معلنة",
    "أوقف يوقف وقف 4 | أوقفت أوقفا أوقفوا أوقفن أوقفت | يوقفون يوقفوا يوقفان يوقفن يوقف أوقف | أوقف يوقف | موقف موقفة",
    "آوى يؤوي ءوي 4 | آوت آويا آووا آوين آويت | يؤوون يؤووا يؤويان يؤوين يؤو أووي | أووي يؤوى | مؤو مؤواة",
    "أنشأ ينشئ نشء 4 | أنشأت أنشآ أنشؤوا أنشأن أنشأت | ينشئون ينشئوا ينشئان ينشئن ينشئ أنشئ | أنشئ ينشأ | منشئ منشأة",
    "أدان يدين دين 4 | أدانت أدانا أدانوا أدن أدنت | يدينون يدينوا يدينان يدن يدن أدين | أدين يدان | مدين مدانة",
    "أصر يصر صرر 4 | أصرت أصرا أصروا أصررن أصررت | يصرون يصروا يصران يصررن يصرر أصر | أصر يصر | مصر مصرة",
    "ألغى يلغي لغو 4 | ألغت ألغيا ألغوا ألغين ألغيت | يلغون يلغوا يلغيان يلغين يلغ ألغي | ألغي يلغى | ملغ ملغاة",
    "تعهد يتعهد عهد 5 | تعهدت تعهدا تعهدوا تعهدن تعهدت | يتعهدون يتعهدوا يتعهدان يتعهدن يتعهد أتعهد "
    "| تعهد يتعهد | متعهد متعهدة",
    "تلقى يتلقى لقي 5 | تلقت تلقيا تلقوا تلقين تلقيت | يتلقون يتلقوا يتلقيان يتلقين يتلق أتلقى "
    "| تلقي يتلقى | متلق متلقاة",
    "تبادل يتبادل بدل 6 | تبادلت تبادلا تبادلوا تبادلن تبادلت | يتبادلون يتبادلوا يتبادلان يتبادلن يتبادل أتبادل "
    "| تبودل يتبادل | متبادل متبادلة",
    "انضم ينضم ضمم 7 | انضمت انضما انضموا انضممن انضممت | ينضمون ينضموا ينضمان ينضممن ينضمم أنضم | - - | منضم -",
    "التقى يلتقي لقي 8 | التقت التقيا التقوا التقين التقيت | يلتقون يلتقوا يلتقيان يلتقين يلتق ألتقي "
    "| التقي يلتقى | ملتق ملتقاة",
    "اتهم يتهم وهم 8 | اتهمت اتهما اتهموا اتهمن اتهمت | يتهمون يتهموا يتهمان يتهمن يتهم أتهم | اتهم يتهم | متهم متهمة",
    "احتل يحتل حلل 8 | احتلت احتلا احتلوا احتللن احتللت | يحتلون يحتلوا يحتلان يحتللن يحتلل أحتل "
    "| احتل يحتل | محتل محتلة",
    "اختار يختار خير 8 | اختارت اختارا اختاروا اخترن اخترت | يختارون يختاروا يختاران يخترن يختر أختار "
    "| اختير يختار | مختار مختارة",
    "اصطحب يصطحب صحب 8 | اصطحبت اصطحبا اصطحبوا اصطحبن اصطحبت | يصطحبون يصطحبوا يصطحبان يصطحبن يصطحب أصطحب "
    "| اصطحب يصطحب | مصطحب مصطحبة",
    "ادعى يدعي دعو 8 | ادعت ادعيا ادعوا ادعين ادعيت | يدعون يدعوا يدعيان يدعين يدع أدعي | ادعي يدعى | مدع مدعاة",
    "استورد يستورد ورد 10 | استوردت استوردا استوردوا استوردن استوردت "
    "| يستوردون يستوردوا يستوردان يستوردن يستورد أستورد | استورد يستورد | مستورد مستوردة",
    "استضاف يستضيف ضيف 10 | استضافت استضافا استضافوا استضفن استضفت | يستضيفون يستضيفوا يستضيفان يستضفن يستضف "
    "أستضيف | استضيف يستضاف | مستضيف مستضافة",
    "استعد يستعد عدد 10 | استعدت استعدا استعدوا استعددن استعددت | يستعدون يستعدوا يستعدان يستعددن يستعدد أستعد "
    "| استعد يستعد | مستعد مستعدة",
    "استحوذ يستحوذ حوذ 10 | استحوذت استحوذا استحوذوا استحوذن استحوذت | يستحوذون يستحوذوا يستحوذان يستحوذن يستحوذ "
    "أستحوذ | استحوذ يستحوذ | مستحوذ مستحوذة",
    "سيطر يسيطر سيطر 1 | سيطرت سيطرا سيطروا سيطرن سيطرت | يسيطرون يسيطروا يسيطران يسيطرن يسيطر أسيطر "
    "| سوطر يسيطر | مسيطر مسيطرة",
    "اطمأن يطمئن طمءن 4 | اطمأنت اطمأنا اطمأنوا اطمأنن اطمأننت | يطمئنون يطمئنوا يطمئنان يطمئنن يطمئن أطمئن "
    "| - - | مطمئن -",
]


def surfaces(verb: Verb, *, joined: bool = False) -> dict[VerbForm, set[str]]:
    found: dict[VerbForm, set[str]] = {}
    for spelling, forms in conjugate(verb, joined=joined).items():
        for form in forms:
            found.setdefault(form, set()).add(spelling)
    return found


def read_paradigm(line: str) -> tuple[Verb, dict[VerbForm, str]]:
    cited, past, present, passive, participles = (part.split() for part in line.split("|"))
    verb = Verb(cited[0], cited[1], cited[2], int(cited[3]))
    expected = {
        VerbForm(Aspect.PAST, Voice.ACTIVE, *person): spelling
        for person, spelling in zip(ACTIVE_PAST, past, strict=True)
    }
    for (person, mood), spelling in zip(ACTIVE_PRESENT, present, strict=True):
        expected[VerbForm(Aspect.PRESENT, Voice.ACTIVE, *person, mood)] = spelling
    expected[VerbForm(Aspect.PAST, Voice.PASSIVE, 3, "m", "s")] = passive[0]
    expected[VerbForm(Aspect.PRESENT, Voice.PASSIVE, 3, "m", "s", Mood.INDICATIVE)] = passive[1]
    expected[VerbForm(Aspect.PARTICIPLE, Voice.ACTIVE, None, "m", "s")] = participles[0]
    expected[VerbForm(Aspect.PARTICIPLE, Voice.PASSIVE, None, "f", "s")] = participles[1]
    return verb, expected


@pytest.mark.parametrize("line", PARADIGMS, ids=[line.split("|")[0] for line in PARADIGMS])
def test_paradigm_has_every_form_in_its_usual_spelling(line: str) -> None:
    verb, expected = read_paradigm(line)
    found = surfaces(verb)
    wrong = {
        str(form): (spelling, sorted(found.get(form, {"-"})))
        for form, spelling in expected.items()
        if spelling not in found.get(form, {"-"})
    }
    assert wrong == {}


def test_spelling_shared_by_active_and_passive_has_both_analyses() -> None:
    forms = conjugate(Verb("قتل", "يقتل", "قتل", 1))["قتل"]
    assert {form.voice for form in forms if form.person == 3 and form.number == "s"} == {Voice.ACTIVE, Voice.PASSIVE}


def test_spelling_lists_every_person_it_may_stand_for() -> None:
    forms = conjugate(Verb("وقع", "يوقع", "وقع", 2))["توقع"]
    indicative = {(form.person, form.gender) for form in forms if form.mood is Mood.INDICATIVE}
    assert indicative == {(3, "f"), (2, "m")}


def test_plural_after_hamza_is_met_in_two_spellings() -> None:
    found = surfaces(Verb("بدأ", "يبدأ", "بدء", 1))
    assert found[VerbForm(Aspect.PAST, Voice.ACTIVE, 3, "m", "p")] == {"بدؤوا", "بدأوا"}
    assert found[VerbForm(Aspect.PRESENT, Voice.ACTIVE, 3, "m", "p", Mood.INDICATIVE)] == {"يبدؤون", "يبدأون"}


def test_participles_decline_for_gender_number_and_case() -> None:
    found = surfaces(Verb("وقع", "يوقع", "وقع", 2))
    plural = VerbForm(Aspect.PARTICIPLE, Voice.ACTIVE, None, "m", "p")
    dual = VerbForm(Aspect.PARTICIPLE, Voice.ACTIVE, None, "f", "d")
    assert found[plural] == {"موقعون", "موقعين", "موقعو", "موقعي"}
    assert found[dual] == {"موقعتان", "موقعتين", "موقعتا", "موقعتي"}


@pytest.mark.parametrize(
    ("verb", "person", "spelling"),
    [
        (Verb("التقى", "يلتقي", "لقي", 8), (3, "m", "s"), "التقا"),
        (Verb("دعا", "يدعو", "دعو", 1), (3, "m", "p"), "دعو"),
        (Verb("قتل", "يقتل", "قتل", 1), (3, "m", "p"), "قتلو"),
        (Verb("قتل", "يقتل", "قتل", 1), (2, "m", "p"), "قتلتمو"),
        (Verb("رأى", "يرى", "رءي", 1), (3, "m", "s"), "رآ"),
    ],
)
def test_joined_spelling_is_the_one_before_a_pronoun(
    verb: Verb, person: tuple[int, str | None, str], spelling: str
) -> None:
    assert spelling in surfaces(verb, joined=True)[VerbForm(Aspect.PAST, Voice.ACTIVE, *person)]


def test_joined_present_moves_the_seat_of_its_last_hamza() -> None:
    form = VerbForm(Aspect.PRESENT, Voice.ACTIVE, 3, "m", "s", Mood.INDICATIVE)
    assert surfaces(Verb("قرأ", "يقرأ", "قرء", 1), joined=True)[form] == {"يقرؤ"}


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (Verb("اتفق", "يتفق", "فقق", 8), "never 'اتفق'"),
        (Verb("قال", "يقيل", "قول", 4), "never 'قال'"),
        (Verb("زار", "يزير", "زءر", 1), "mend the root"),
    ],
)
def test_entry_that_no_stem_can_spell_is_refused(verb: Verb, said: str) -> None:
    with pytest.raises(LanguageDataError, match=said):
        conjugate(verb)


@pytest.mark.parametrize(
    ("sounds", "spellings"),
    [
        ("مaسءUل", ("مسؤول", "مسئول")),
        ("ءaءمaنa", ("آمن",)),
        ("ءiسلAم", ("إسلام",)),
        ("يuءaييiدu", ("يؤيد",)),
        ("هaيءaT", ("هيئة",)),
        ("بAءا", ("باءا",)),
        ("حaييY", ("حيا",)),
        ("رaمY", ("رمى",)),
    ],
)
def test_spell_seats_hamza_and_writes_endings(sounds: str, spellings: tuple[str, ...]) -> None:
    assert spell(sounds) == spellings


def test_every_verb_of_the_shipped_lexicon_conjugates() -> None:
    predicates = load_predicates(package_folder("lang") / "ar")
    cited = [*predicates.verbs, *predicates.light_verbs, *predicates.modal_verbs, *predicates.speech_verbs]
    missing = [entry.lemma for entry in cited if not {entry.past, entry.present} <= conjugate(entry).keys()]
    assert missing == []
