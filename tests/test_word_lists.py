"""The word lists of Arabic: they are written as the reader looks words up, and names end where their words begin."""

from __future__ import annotations

import pytest
import yaml

from graph.config import Settings
from graph.extract.vocabulary import Vocabulary
from graph.extract.words import WordReader
from graph.lang.language import Language
from graph.model import Document, EntityKind, Token
from graph.pipeline import Reader
from graph.resources import package_folder
from graph.text.fold import loosen, normalize

ARABIC = package_folder("lang") / "ar"
LISTS = ("nouns", "adjectives", "adverbs")
PERSONAL = (
    "محمد أحمد خالد كريم سليم رضا ناصر فائزة جمال صلاح سعيد حسن حسين عمر نبيل سمير ياسين وليد رياض هالة نادية صدام"
)
FREQUENT = (
    "الحكومة وحكومته لبلاده بقواتها لقائه خطابه موقفهم الانتخابات المتظاهرين مؤكدًا مشيرة وموضحاً جلستين المفاوضات "
    "الاقتصادية للصحفيين طبيبًا مستشفيات اللاعبون مباراة الزلزال ضحاياه كيلومترا السن بالدم وشركائنا علاقاتنا تقنيات "
    "المتجددة سنويا أسبوعيًا رفيعة فلسفات الكوليسترول"
)
SURNAMES = "ستولتنبرغ زيلينسكي ماكرون أردوغان نتنياهو غوتيريش لوكاشينكو شولتس بوريطة كوناشينكوف"


@pytest.fixture(scope="module")
def prose() -> dict[str, list[str]]:
    loaded = yaml.safe_load((ARABIC / "vocabulary.yaml").read_text(encoding="utf-8"))
    return {name: loaded[name].split() for name in LISTS}


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.load()


@pytest.fixture(scope="module")
def vocabulary(language: Language) -> Vocabulary:
    return Vocabulary(language, (), ())


@pytest.fixture(scope="module")
def words(language: Language) -> WordReader:
    return WordReader(language.morphemes)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(Settings())


def as_token(text: str) -> Token:
    return Token(0, len(text), text, normalize(text))


def names_of(reader: Reader, text: str, kind: EntityKind) -> set[str]:
    extraction = reader.read(Document("d", text, "", "2024-04-14"))
    return {entity.name for entity in extraction.entities if entity.kind is kind}


def test_prose_has_six_thousand_words_before_inflection(prose: dict[str, list[str]]) -> None:
    endings = (
        "هما",
        "اتها",
        "اتهم",
        "اته",
        "تها",
        "تهم",
        "ته",
        "تين",
        "تان",
        "ها",
        "هم",
        "ين",
        "ون",
        "ان",
        "ات",
        "ه",
        "ا",
    )
    listed = {loosen(word) for words in prose.values() for word in words}
    stems = {
        word
        for word in listed
        if not any(
            word.endswith(end) and {word[: -len(end)], word[: -len(end)] + "ه"} & listed for end in map(loosen, endings)
        )
    }
    assert len(stems) >= 6000


@pytest.mark.parametrize("name", LISTS)
def test_prose_is_spelled_as_words_are_looked_up(prose: dict[str, list[str]], name: str) -> None:
    assert [word for word in prose[name] if normalize(word) != word] == []


@pytest.mark.parametrize("name", LISTS)
def test_prose_is_sorted_without_repeats(prose: dict[str, list[str]], name: str) -> None:
    assert prose[name] == sorted(set(prose[name]))


def test_prose_stands_in_one_list_only(prose: dict[str, list[str]]) -> None:
    assert sum(len(words) for words in prose.values()) == len(set().union(*prose.values()))


def test_prose_has_no_word_shorter_than_three_letters(prose: dict[str, list[str]]) -> None:
    # With the clitics cut off, a word of two letters would be found within many names.
    assert [word for words in prose.values() for word in words if len(word) < 3] == []


@pytest.mark.parametrize("name", PERSONAL.split())
def test_prose_leaves_personal_names_out(prose: dict[str, list[str]], name: str) -> None:
    listed = {loosen(word) for words in prose.values() for word in words}
    assert loosen(normalize(name)) not in listed


@pytest.mark.parametrize("word", FREQUENT.split())
def test_words_of_prose_are_no_names(vocabulary: Vocabulary, words: WordReader, word: str) -> None:
    assert vocabulary.is_common(words.read((as_token(word),))[0])


@pytest.mark.parametrize("name", SURNAMES.split())
def test_surnames_are_no_words_of_prose(vocabulary: Vocabulary, words: WordReader, name: str) -> None:
    assert not vocabulary.is_common(words.read((as_token(name),))[0])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال الوزير غريغور شتاينباخ مؤكدًا أهمية الاتفاق.", "غريغور شتاينباخ"),
        ("استقبلت السفيرة كلارا فيندلاند زوارها أمس.", "كلارا فيندلاند"),
        ("التقى الرئيس أولاف ترينديل حلفاءه في العاصمة.", "أولاف ترينديل"),
        ("وصرح مسؤول الدائرة تيودور زالمان متشائما بشأن النتائج.", "تيودور زالمان"),
    ],
)
def test_a_name_after_a_title_ends_before_a_word_of_prose(reader: Reader, text: str, name: str) -> None:
    assert names_of(reader, text, EntityKind.PERSON) == {name}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "أعلنت وزارة الانتقال الرقمي والتنمية المستدامة الفرنسية خطة جديدة.",
            "وزارة الانتقال الرقمي والتنمية المستدامة الفرنسية",
        ),
        ("قالت حكومة تصريف الأعمال اللبنانية إنها باقية.", "حكومة تصريف الأعمال اللبنانية"),
        ("ضبطت إدارة مكافحة المخدرات الأردنية شحنة كبيرة.", "إدارة مكافحة المخدرات الأردنية"),
        ("حذرت هيئة الأرصاد الجوية المصرية من عاصفة.", "هيئة الأرصاد الجوية المصرية"),
    ],
)
def test_a_body_takes_in_all_that_completes_it(reader: Reader, text: str, body: str) -> None:
    assert body in names_of(reader, text, EntityKind.ORGANIZATION)


@pytest.mark.parametrize(
    "text", ["أفاد مصدر بوقوع انفجار.", "شن الجيش هجوما بريا واسعا، وهو هجوم بري ثان.", "عاد اللاجئون إلى البيت."]
)
def test_words_that_are_also_known_names_are_not_taken_for_them(reader: Reader, text: str) -> None:
    assert names_of(reader, text, EntityKind.ORGANIZATION) | names_of(reader, text, EntityKind.PERSON) <= {"الجيش"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "قال وزير التعليم العالي والبحث العلمي العراقي نعيم العبودي إن العام الدراسي مستمر.",
            "وزير التعليم العالي والبحث العلمي العراقي",
        ),
        ("صرح وزير الطوارئ الروسي ألكسندر كورينكوف بأن الحريق أخمد.", "وزير الطوارئ الروسي"),
    ],
)
def test_an_office_takes_in_its_whole_field(reader: Reader, text: str, role: str) -> None:
    extraction = reader.read(Document("d", text, "", "2024-04-14"))
    assert role in {fact.role for fact in extraction.facts if fact.predicate == "holdsOffice"}
