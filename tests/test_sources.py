"""What the sources make of files as people have them: good ones, and every bad one named while the rest goes on."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.model import Document, Refusal
from graph.sources.encoding import decode
from graph.sources.fields import read_date
from graph.sources.reader import read_sources

PROSE = (
    "أعلنت وزارة الدفاع اليوم الاثنين أن وفدا من الخبراء زار العاصمة لبحث التعاون العسكري مع الجانب الآخر، "
    "وقال المتحدث باسم الوزارة إن الاجتماع تناول تسليم المعدات وتدريب القوات على استخدامها."
)


def documents(*paths: Path, most_bytes: int = 100_000) -> list[Document]:
    return [each for each in read_sources(paths, most_bytes=most_bytes) if isinstance(each, Document)]


def refusals(*paths: Path, most_bytes: int = 100_000) -> list[Refusal]:
    return [each for each in read_sources(paths, most_bytes=most_bytes) if isinstance(each, Refusal)]


def write_lines(path: Path, *records: object) -> Path:
    lines = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_text_file_becomes_a_document_with_its_text_verbatim(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_bytes(f"زيارة\r\n\r\n {PROSE}\n".encode())
    assert documents(path) == [Document(id="visit", text=f"زيارة\r\n\r\n {PROSE}\n", path=str(path))]


def test_json_line_becomes_a_document_with_all_its_fields(tmp_path: Path) -> None:
    record = {"id": "a1", "text": PROSE, "title": "زيارة", "published": "2024-01-30", "source": "الخبر"}
    path = write_lines(tmp_path / "news.jsonl", record | {"url": "https://news.example/1", "section": "world"})
    expected = Document(
        id="a1",
        text=PROSE,
        title="زيارة",
        published="2024-01-30",
        source="الخبر",
        url="https://news.example/1",
        path=str(path),
        line=1,
    )
    assert documents(path) == [expected]


def test_empty_optional_fields_of_a_json_line_are_none(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"id": "1", "text": PROSE, "title": "", "published": None, "source": " "})
    (document,) = documents(path)
    assert (document.title, document.published, document.source, document.url) == (None, None, None, None)
    assert refusals(path) == []


def test_folder_is_read_at_any_depth_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "a.TXT", "b/k.txt", "b/c/d.txt", ".hidden.txt", ".git/x.txt", "README.md", "LICENSE"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    assert [document.id for document in documents(tmp_path)] == ["a", "d", "k", "z"]
    assert refusals(tmp_path) == []


def test_links_in_a_circle_and_a_file_given_twice_are_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(PROSE, encoding="utf-8")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert [document.id for document in documents(folder, folder / "a.txt", folder)] == ["a"]
    assert refusals(folder, folder / "a.txt", folder) == []


def test_two_text_files_of_one_name_get_two_ids_that_do_not_change(tmp_path: Path) -> None:
    for name in ("one/report.txt", "two/report.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    first, second = [document.id for document in documents(tmp_path)]
    assert first == "report"
    assert second.startswith("report-")
    assert [document.id for document in documents(tmp_path)] == [first, second]
    assert len({document.id for document in documents(tmp_path / "one", tmp_path / "two")}) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"])
def test_text_is_the_same_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(PROSE.encode(encoding))
    (tmp_path / "b.jsonl").write_bytes(
        (json.dumps({"id": "b", "text": PROSE}, ensure_ascii=False) + "\n").encode(encoding)
    )
    assert [document.text for document in documents(tmp_path)] == [PROSE, PROSE]


def test_utf_16_is_read_in_both_byte_orders(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"\xfe\xff" + PROSE.encode("utf-16-be"))
    (tmp_path / "little.txt").write_bytes(b"\xff\xfe" + PROSE.encode("utf-16-le"))
    assert [document.text for document in documents(tmp_path)] == [PROSE, PROSE]


@pytest.mark.parametrize(
    "data",
    [
        "Правительство объявило сегодня о поставках новых систем противовоздушной обороны.".encode("cp1251"),
        "Le président a été reçu à l'Élysée où il a annoncé une aide élevée à la défense.".encode("latin-1"),
        PROSE[:12].encode("cp1256"),
        PROSE.encode("utf-32"),
        b"\xff\xfe\x00\xd8\x00\x00",
    ],
    ids=["cyrillic", "latin-1", "too short to tell", "utf-32", "broken utf-16"],
)
def test_text_in_another_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="UTF"):
        decode(data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "blanks"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("noise.txt", bytes(range(1, 32)) * 8, "binary"),
        ("old.txt", b"\xe9t\xe9 \xe0 Paris", "unknown encoding"),
        ("huge.txt", b"a" * 200_000, "100,000 bytes"),
        ("empty.jsonl", b"", "empty"),
        ("blank.jsonl", b"\n \n", "empty"),
        ("photo.jsonl", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\n\n\n", "binary"),
        ("report.pdf", b"%PDF-1.7", ".pdf is not read"),
        ("notes", b"text", "without suffix"),
    ],
)
def test_bad_file_is_named_and_the_rest_goes_on(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(PROSE, encoding="utf-8")
    (refusal,) = refusals(tmp_path)
    assert refusal.path == str(tmp_path / name)
    assert reason in refusal.reason
    assert [document.id for document in documents(tmp_path)] == ["good"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "2", "text": "نص"', "is no JSON"),
        ('{"id": "2"}', "lacks 'text'"),
        ('{"id": "2", "text": null}', "lacks 'text'"),
        ('{"id": "2", "text": "  "}', "empty 'text'"),
        ('{"id": "", "text": "نص"}', "empty id"),
        ('{"id": 2.5, "text": "نص"}', "'id' as float"),
        ('{"id": "2", "text": ["نص"]}', "'text' as list"),
        ('{"id": "2", "text": "نص", "title": 5}', "'title' as int"),
        ('{"id": "2", "text": "نص", "url": {}}', "'url' as dict"),
        ('["2", "نص"]', "no object"),
        ("null", "no object"),
        ("[" * 50_000, "nested"),
        ('{"id": "2", "text": "نص", "n": ' + "1" * 5_000 + "}", "too long a number"),
        ('{"id": "2\\u0000", "text": "نص"}', "control characters"),
        ('{"id": "' + "2" * 600 + '", "text": "نص"}', "500"),
        ('{"id": "1", "text": "نص"}', "again"),
    ],
)
def test_bad_json_line_is_named_with_its_number_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"id": "1", "text": PROSE}, "", line, {"id": "3", "text": PROSE})
    (refusal,) = refusals(path)
    assert (refusal.path, refusal.line) == (str(path), 3)
    assert reason in refusal.reason
    assert [document.id for document in documents(path)] == ["1", "3"]


def test_repeated_id_names_the_place_where_it_stood_first(tmp_path: Path) -> None:
    first = write_lines(tmp_path / "a.jsonl", {"id": "0", "text": PROSE}, {"id": "1", "text": PROSE})
    second = write_lines(tmp_path / "b.jsonl", {"id": "1", "text": "نص آخر"})
    (refusal,) = refusals(first, second)
    assert f"{first}:2" in refusal.reason
    assert (refusal.path, refusal.line) == (str(second), 1)


@pytest.mark.parametrize("published", ["2024-13-40", "30 January 2024", "2024-01", "اليوم", 20240130, "٢٠٢٤-٠١-٣٠"])
def test_article_with_a_date_that_is_none_is_kept_undated_and_named(tmp_path: Path, published: object) -> None:
    path = write_lines(tmp_path / "a.jsonl", {"id": "1", "text": PROSE, "published": published})
    assert [document.published for document in documents(path)] == [None]
    (refusal,) = refusals(path)
    assert "is no date" in refusal.reason
    assert refusal.line == 1


@pytest.mark.parametrize(
    "value", ["2024-01-30", "2024-01-30T18:05:00Z", "2024-01-30T18:05:00+03:00", "2024-01-30 18:05"]
)
def test_date_with_a_time_is_read_as_its_day(value: str) -> None:
    assert read_date(value) == "2024-01-30"


def test_line_above_the_limit_is_refused_without_being_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "big", "text": "')
        for _ in range(20):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n' + json.dumps({"id": "2", "text": "short"}).encode() + b"\n")
    tracemalloc.start()
    found = list(read_sources([path], most_bytes=500_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found[0], Refusal)
    assert (found[0].line, "500,000 bytes" in found[0].reason) == (1, True)
    assert isinstance(found[1], Document)
    assert found[1].id == "2"
    assert peak < 3_000_000


def test_utf_16_line_above_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = (json.dumps({"id": str(n), "text": "ا" * size}, ensure_ascii=False) for n, size in enumerate((9_000, 20)))
    path.write_bytes("\n".join(lines).encode("utf-16"))
    assert [refusal.line for refusal in refusals(path, most_bytes=8_000)] == [1]
    assert [document.id for document in documents(path, most_bytes=8_000)] == ["1"]


def test_default_limit_refuses_ten_megabytes_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 10_000_000)
    (tmp_path / "b.jsonl").write_bytes(b'{"id": "b", "text": "' + b"a" * 10_000_000 + b'"}')
    found = list(read_sources([tmp_path]))
    assert [type(each) for each in found] == [Refusal, Refusal]


def test_control_characters_and_lone_surrogates_are_replaced_one_for_one(tmp_path: Path) -> None:
    line = '{"id": "1", "title": "a\\u0007b", "text": "one\\u0000two\\ud800three\\u200ffour\\nfive"}'
    (document,) = documents(write_lines(tmp_path / "a.jsonl", line))
    assert document.text == "one two\ufffdthree\u200ffour\nfive"
    assert document.title == "a b"


def test_broken_utf_8_in_one_json_line_refuses_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "1", "text": PROSE}, ensure_ascii=False).encode()
    path.write_bytes(b'{"id": "0", "text": "caf\xe9"}\n' + good + b"\n")
    assert [refusal.line for refusal in refusals(path)] == [1]
    assert [document.id for document in documents(path)] == ["1"]


def make_dangling_link(folder: Path) -> Path:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    return folder / "gone.txt"


def make_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def make_self_link(folder: Path) -> Path:
    (folder / "self.txt").symlink_to(folder / "self.txt")
    return folder / "self.txt"


def make_empty_folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: folder / "nothing", "is not there"),
        (make_dangling_link, "is not there"),
        (make_self_link, "cannot be opened"),
        (make_pipe, "no regular file"),
        (make_empty_folder, "holds no file"),
        (lambda folder: folder / ("x" * 300 + ".txt"), "cannot be opened"),
    ],
    ids=["missing", "dangling link", "link to itself", "pipe", "empty folder", "name too long"],
)
def test_path_that_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    path = make(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text(PROSE, encoding="utf-8")
    (refusal,) = refusals(path, good)
    assert refusal.path == str(path)
    assert reason in refusal.reason
    assert len(documents(path, good)) == 1


def test_file_and_folder_without_permission_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    for name in ("a.txt", "locked/b.txt", "good.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "locked").chmod(0)
    user = os.geteuid()
    try:
        if user == 0:  # root may read all: look as somebody else
            for folder in (tmp_path, *list(tmp_path.parents)[:3]):
                folder.chmod(0o755)
            os.seteuid(65_534)
        found = list(read_sources([tmp_path]))
    finally:
        os.seteuid(user)
        (tmp_path / "locked").chmod(0o755)
    named = {each.path: each.reason for each in found if isinstance(each, Refusal)}
    assert set(named) == {str(tmp_path / "a.txt"), str(tmp_path / "locked")}
    assert all("permission" in reason.lower() for reason in named.values())
    assert [each.id for each in found if isinstance(each, Document)] == ["good"]


def test_file_name_that_is_no_utf_8_gives_a_printable_id_and_path(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(PROSE, encoding="utf-8")
    (document,) = documents(tmp_path)
    assert document.id.encode()
    assert str(document.path).encode()
    assert document.id.startswith("caf")
