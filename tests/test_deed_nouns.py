"""What the frames propose for deeds told by nouns and adjectives, before anything is weighed."""

from __future__ import annotations

import pytest

from graph.config import Settings
from graph.model import Document
from graph.pipeline import Reader

Told = tuple[str, str, str]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(Settings())


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
        ("تراجع فرنسا مهمة قواتها في تشاد.", {("فرنسا", "deployedTo", "تشاد")}),
        ("زار الوزير القواعد البريطانية في قبرص.", {("بريطانيا", "deployedTo", "قبرص")}),
        ("احتفلت القوات التركية في تركيا بعيدها.", set()),
    ],
)
def test_forces_abroad_are_deployed_there(reader: Reader, text: str, told: set[Told]) -> None:
    assert {each for each in proposals(reader, text) if each[1] == "deployedTo"} == told
