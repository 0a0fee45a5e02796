"""What each kind of file gives: records by their columns, prose without marks; what is not Arabic is set aside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from graph.model import Document, Refusal
from graph.sources.identity import identify_url
from graph.sources.language import Languages
from graph.sources.options import SourceOptions
from graph.sources.reader import read_sources

PROSE = (
    "أعلنت وزارة الدفاع اليوم الاثنين أن وفدا من الخبراء زار العاصمة لبحث التعاون العسكري مع الجانب الآخر، "
    "وقال المتحدث باسم الوزارة إن الاجتماع تناول تسليم المعدات وتدريب القوات على استخدامها."
)
OTHER = "وصل وزير الخارجية إلى المدينة مساء أمس في زيارة تستمر يومين، ومن المقرر أن يلتقي عددا من المسؤولين فيها."


def read(path: Path, **options: object) -> tuple[list[Document], list[Refusal]]:
    found = list(read_sources([path], options=SourceOptions(**options)))  # type: ignore[arg-type]
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Refusal)]


def write_csv(path: Path, *rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_table_is_read_whatever_its_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = f'{PROSE}\r\n\r\nوقال "أحدهم": نعم{delimiter} لا.'
    rows = [("ID", "Headline", "Body", "Pub-Date"), ("7", "زيارة", text, "2024-03-05"), ("8", "أخرى", OTHER, "")]
    documents, refused = read(write_csv(tmp_path / "a.csv", *rows, delimiter=delimiter, encoding=encoding))
    assert refused == []
    assert [(each.id, each.title, each.text, each.published) for each in documents] == [
        ("7", "زيارة", text, "2024-03-05"),
        ("8", "أخرى", OTHER, None),
    ]
    assert [each.line for each in documents] == [2, 5]


def test_columns_are_known_by_arabic_names_and_given_by_map(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("العنوان", "النص", "col3"), ("زيارة", PROSE, "وكالة النجم"))
    documents, _ = read(path, columns=(("source", "col3"),))
    assert [(each.title, each.text, each.source) for each in documents] == [("زيارة", PROSE, "وكالة النجم")]


@pytest.mark.parametrize(
    ("columns", "reason"), [((), "--map text=COLUMN"), ((("text", "story"),), "no column 'story' (--map text=story)")]
)
def test_table_without_a_known_text_is_refused_with_its_columns(
    tmp_path: Path, columns: tuple[tuple[str, str], ...], reason: str
) -> None:
    (refused,) = read(write_csv(tmp_path / "a.csv", ("a", "b"), ("1", PROSE)), columns=columns)[1]
    assert reason in refused.reason
    assert "'a', 'b'" in refused.reason


def test_bad_rows_of_a_table_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        "id,text",
        f"1,{PROSE}",
        f"2,{OTHER},x",
        "3,",
        f'4,"{OTHER}',
        f"5,{OTHER} 5",
        f'6,{OTHER} "6',
        f"7,{PROSE} 7",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    documents, refused = read(path)
    assert [each.id for each in documents] == ["1", "5", "6", "7"]
    assert [(each.line, each.reason.split()[0]) for each in refused] == [(3, "has"), (4, "lacks"), (5, "opens")]


def test_article_without_id_is_called_by_its_address_else_by_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    address = "https://www.star.example/news/1"
    records = [
        {"text": PROSE, "url": address},
        {"text": PROSE, "url": "http://star.example/news/1/?utm_source=x#top"},
        {"text": OTHER},
        {"text": OTHER},
        {"id": 12, "text": OTHER},
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    documents, refused = read(path)
    assert [each.id.rpartition("-")[0] for each in documents] == ["star.example", "text", ""]
    assert documents[2].id == "12"
    assert [each.line for each in refused] == [2, 4]


@pytest.mark.parametrize(
    "address",
    [
        "http://star.example/خبر/1?b=%D8%A3",
        "https://WWW.star.example:443/%D8%AE%D8%A8%D8%B1/1/?utm_source=x&b=أ#top",
        "https://star.example/%d8%ae%d8%a8%d8%b1/1?b=%D8%A3&fbclid=9",
    ],
)
def test_address_gives_one_id_however_it_is_written(address: str) -> None:
    assert identify_url(address) == identify_url("https://star.example/خبر/1?b=أ")


@pytest.mark.parametrize(
    "address", ["https://star.example/خبر/2?b=أ", "https://star.example/خبر/1", "http://a:8080/x", "http://[", ""]
)
def test_other_addresses_give_other_ids(address: str) -> None:
    assert identify_url(address) != identify_url("https://star.example/خبر/1?b=أ")


@pytest.mark.parametrize("form", ["array", "object", "wrapped"])
def test_json_file_is_read_as_an_array_an_article_or_what_holds_an_array(tmp_path: Path, form: str) -> None:
    articles = [
        {"id": str(number), "content": f'{PROSE} "[{number}], \\', "authors": ["ليلى حسن", "سامي عيد"]}
        for number in (1, 2)
    ]
    value: object = {"array": articles, "object": articles[0], "wrapped": {"status": "ok", "articles": articles}}[form]
    (tmp_path / "a.json").write_text(json.dumps(value, ensure_ascii=form == "array", indent=1), encoding="utf-8")
    documents, refused = read(tmp_path / "a.json")
    assert refused == []
    assert [each.text for each in documents] == [each["content"] for each in articles[: 1 if form == "object" else 2]]
    assert documents[0].author == "ليلى حسن, سامي عيد"


def test_bad_element_of_a_json_array_spoils_no_other(tmp_path: Path) -> None:
    good = json.dumps({"id": "{}", "text": PROSE}, ensure_ascii=False)
    elements = (good.replace("{}", "1"), "{bad}", "5", '{"text": "' + "ا" * 9_000 + '"}', good.replace("{}", "5"))
    (tmp_path / "a.json").write_text(f"[{','.join(elements)}]", encoding="utf-8")
    documents, refused = read(tmp_path / "a.json", most_bytes=5_000)
    assert [each.id for each in documents] == ["1", "5"]
    assert [(each.line, each.reason.split(":")[0]) for each in refused] == [
        (2, "is no JSON (Expecting property name enclosed in double quotes at character 2)"),
        (3, "is JSON but no object"),
        (4, "is longer than 5,000 bytes, which is more than an article"),
    ]


def test_json_array_that_was_cut_off_keeps_its_whole_articles(tmp_path: Path) -> None:
    good = json.dumps({"id": "1", "text": PROSE})
    (tmp_path / "a.json").write_text(f"[{good}, {good[:40]}", encoding="utf-8")
    documents, refused = read(tmp_path / "a.json")
    assert [each.id for each in documents] == ["1"]
    assert "ends within element 2" in refused[0].reason


def test_html_in_a_field_is_read_without_its_marks(tmp_path: Path) -> None:
    body = f"<!-- wp:x --><p class='x'>{PROSE}</p><script>x()</script><div><b>{OTHER}</b><br/>1 &lt; 2 &amp; 3</div>"
    documents, _ = read(write_csv(tmp_path / "a.csv", ("id", "text"), ("1", body), ("2", f"{PROSE} 1 < 2 <x>")))
    assert [each.text for each in documents] == [f"{PROSE}\n{OTHER}\n1 < 2 & 3", f"{PROSE} 1 < 2 <x>"]


def test_markdown_gives_its_prose_without_marks(tmp_path: Path) -> None:
    text = (
        "---\ntitle: زيارة\ndate: 2024-03-05\nauthor: ليلى حسن\nlink: https://star.example/n/1\n---\n# عنوان\n\n"
        f"**{PROSE[:20]}**{PROSE[20:]}\n\n- [{OTHER}](https://star.example)\n\n![صورة](a.png)\n\n<b>x</b>\n"
    )
    (tmp_path / "visit.md").write_text(text, encoding="utf-8")
    (document,), _ = read(tmp_path / "visit.md")
    assert document == Document(
        id="visit",
        text=f"{PROSE}\n\n{OTHER}\n\nx",
        title="زيارة",
        published="2024-03-05",
        url="https://star.example/n/1",
        author="ليلى حسن",
        path=str(tmp_path / "visit.md"),
    )


def test_first_heading_of_markdown_is_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# زيارة\n\n{PROSE}", encoding="utf-8")
    (document,), _ = read(tmp_path / "a.md")
    assert (document.title, document.text) == ("زيارة", PROSE)


def test_kind_that_is_asked_for_is_read_whatever_the_suffix(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text(PROSE, encoding="utf-8")
    (tmp_path / "b.csv").write_text(PROSE, encoding="utf-8")
    documents, refused = read(tmp_path, kind="text")
    assert [each.id for each in documents] == ["b", "notes"]
    assert refused == []


FOREIGN = {
    "fa": "وزیر امور خارجه ایران گفت که این کشور برای گفتگو با همسایگان خود آماده است و در این زمینه تلاش می‌کند.",
    "ur": "وزیر خارجہ نے کہا ہے کہ ملک کی حکومت اس معاملے پر بات چیت کے لیے تیار ہے اور یہ ایک اچھا قدم ہے۔",
    "ckb": "وەزیری دەرەوە رایگەیاند کە حکومەت ئامادەیە بۆ گفتوگۆ لەگەڵ وڵاتانی دراوسێ و ئەوە هەنگاوێکی باشە.",
    "ps": "د بهرنیو چارو وزیر وویل چې حکومت د ګاونډیو هېوادونو سره خبرو ته چمتو دی او دا یو ښه ګام دی.",
    "und-Latn": "The foreign minister said that his country was ready to talk with all of its neighbours.",
    "und-Cyrl": "Министр иностранных дел заявил, что страна готова к переговорам со всеми соседями.",
}


@pytest.mark.parametrize("tag", FOREIGN)
def test_article_in_another_language_is_set_aside_and_named(tmp_path: Path, tag: str) -> None:
    (tmp_path / "a.txt").write_text(FOREIGN[tag], encoding="utf-8")
    (refused,) = read(tmp_path)[1]
    assert refused.language == tag
    assert "--any-language" in refused.reason
    assert len(read(tmp_path, any_language=True)[0]) == 1


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "نص",
        "1 2 3",
        f"BBC News: {OTHER}",
        PROSE.replace("ي", "ی").replace("ك", "ک"),
        "التقى أردوغان نظيره في پاریس وتحدث عن چاد وگرجستان مع الصحفيين الذين حضروا من كل مكان إلى المؤتمر.",
        "تسلمت سلوفينيا حوامات إتش-225 وبطاريات إس-300 جديدة.",
    ],
    ids=["prose", "too short", "no letters", "a Latin name", "Persian keyboard", "borrowed letters", "a model"],
)
def test_arabic_is_not_taken_for_another_language(text: str) -> None:
    assert Languages.load().find_other(text) is None
