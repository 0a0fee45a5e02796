"""Pages, WARC, Parquet, ZIP and gzip: what sound ones give, and what is said of those cut off, damaged or bombs."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.model import Document, Refusal
from graph.sources.identity import identify_url
from graph.sources.options import SourceOptions
from graph.sources.reader import read_sources

FIRST = "أعلنت وزارة الدفاع اليوم الاثنين أن وفدا من الخبراء زار العاصمة لبحث التعاون العسكري مع الجانب الآخر."
SECOND = "وقال المتحدث باسم الوزارة إن الاجتماع تناول تسليم المعدات وتدريب القوات على استخدامها في الشهر المقبل."
ADDRESS = "https://www.star.example/news/2024/visit"
HEAD = (
    '<meta property="og:site_name" content="وكالة النجم"><meta name="author" content="ليلى حسن">'
    '<meta property="article:published_time" content="2024-03-05T23:30:00+03:00">'
    f'<link rel="canonical" href="{ADDRESS}">'
)


def page(head: str = "", *, title: str = "زيارة الوزير إلى العاصمة") -> str:
    return (
        f'<!doctype html><html lang="ar"><head><title>{title}</title>{head}</head><body><nav><ul>'
        '<li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li></ul></nav>'
        f"<article><h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
        "<footer>جميع الحقوق محفوظة 2019</footer></body></html>"
    )


def read(path: Path, **options: object) -> tuple[list[Document], list[Refusal]]:
    found = list(read_sources([path], options=SourceOptions(**options)))  # type: ignore[arg-type]
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Refusal)]


def line(number: int) -> str:
    return json.dumps({"id": str(number), "text": FIRST}, ensure_ascii=False) + "\n"


def test_page_gives_its_article_without_menus_and_what_its_head_tells(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(HEAD), encoding="utf-8")
    (document,), _ = read(tmp_path / "a.html")
    assert document == Document(
        id=identify_url(ADDRESS),
        text=f"{FIRST}\n{SECOND}",
        title="زيارة الوزير إلى العاصمة",
        published="2024-03-05",
        source="وكالة النجم",
        url=ADDRESS,
        author="ليلى حسن",
        path=str(tmp_path / "a.html"),
    )


def test_page_that_tells_nothing_is_called_by_its_file_and_undated(tmp_path: Path) -> None:
    (tmp_path / "visit.htm").write_text(page(), encoding="utf-8")
    (document,), _ = read(tmp_path / "visit.htm")
    assert (document.id, document.published, document.url) == ("visit", None, None)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1256", "windows-1256"),
        ("cp1256", "utf-8"),
        ("cp1256", "iso-8859-1"),
        ("cp1256", None),
        ("iso8859-6", "ISO-8859-6"),
        ("utf-8", "windows-1256"),
        ("utf-16", None),
    ],
)
def test_page_is_read_in_its_encoding_whatever_it_says(tmp_path: Path, encoding: str, declared: str | None) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    (tmp_path / "a.html").write_bytes(page(head).encode(encoding))
    (document,), _ = read(tmp_path / "a.html")
    assert document.text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"<html><body><nav><a href=/>x</a></nav></body></html>", "holds no article"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"<div>" * 150_000, "more than 100,000 elements"),
        (b"<" * 30_000 + b"&&#xFFFFFFFF;<!ENTITY", "holds no article"),
        (b"<html>" + b"a" * 6_000_000, "5,000,000 bytes"),
    ],
    ids=["empty", "menus alone", "picture", "too many elements", "rubbish", "too large"],
)
def test_page_without_an_article_is_refused_and_the_rest_goes_on(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.html").write_bytes(data)
    (tmp_path / "b.html").write_text(page(), encoding="utf-8")
    documents, (refused,) = read(tmp_path)
    assert [each.id for each in documents] == ["b"]
    assert reason in refused.reason


def record(url: str, body: bytes, *, status: str = "200 OK", kind: str = "response", headers: str = "") -> bytes:
    if "Content-Type" not in headers:
        headers += "Content-Type: text/html; charset=utf-8\r\n"
    http = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-06T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc() -> bytes:
    other = page(title="خبر آخر").encode()
    return b"".join(
        (
            record("https://star.example/1", page(HEAD).encode()),
            record("https://star.example/1", b"", kind="request"),
            record("https://star.example/gone", b"gone", status="404 Not Found"),
            record("https://star.example/a.png", b"\x89PNG", headers="Content-Type: image/png\r\n"),
            record("https://star.example/menu", b"<html><nav>x</nav></html>"),
            record("https://news.example/2", gzip.compress(other), headers="Content-Encoding: gzip\r\n"),
        )
    )


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_warc_are_read_and_the_rest_passed_over(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("news.warc.gz" if packed else "news.warc")
    path.write_bytes(gzip.compress(warc()[:300]) + gzip.compress(warc()[300:]) if packed else warc())
    documents, refused = read(path)
    assert [(each.url, each.source, each.line) for each in documents] == [
        (ADDRESS, "وكالة النجم", 1),
        ("https://news.example/2", "news.example", 6),
    ]
    assert [(each.path, each.line) for each in refused] == [(str(path), 5)]


def test_page_speaks_for_no_other_host_than_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record("https://evil.example/x", page(HEAD).encode()))
    (document,), _ = read(tmp_path / "a.warc")
    assert (document.url, document.id) == ("https://evil.example/x", identify_url("https://evil.example/x"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (record("https://star.example/1", page().encode())[:-200], "cut off within this record"),
        (record("https://star.example/1", page().encode()) + b"rubbish\r\n\r\n" * 9, "no WARC after record 1"),
        (b"hello\n" * 99, "no WARC after record 0"),
        (b"", "is empty"),
        (warc().replace(b"Content-Length: ", b"Content-Length: 9999999999999", 1), "cut off"),
        (record("https://star.example/1", b"x" * 6_000_000), "5,000,000 bytes"),
        (
            record("https://star.example/1", gzip.compress(bytes(20_000_000)), headers="Content-Encoding: gzip\r\n"),
            "200 times",
        ),
    ],
    ids=["cut off", "rubbish within", "rubbish", "empty", "wrong length", "huge record", "bomb in a record"],
)
def test_bad_warc_is_named_with_its_record(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    refused = read(tmp_path / "a.warc")[1]
    assert reason in refused[-1].reason


def write_parquet(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return path


def test_parquet_is_read_by_its_columns(tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "a.parquet",
        key=[1, 2, 3],
        body=[FIRST, None, SECOND],
        date=[date(2024, 3, 5), None, None],
        outlet=["النجم", "النجم", None],
        unused=[b"x", b"y", b"z"],
    )
    documents, (refused,) = read(path, columns=(("id", "key"),))
    assert [(each.id, each.text, each.published, each.source) for each in documents] == [
        ("1", FIRST, "2024-03-05", "النجم"),
        ("3", SECOND, None, None),
    ]
    assert (refused.line, "lacks 'body'" in refused.reason) == (2, True)


def test_bad_parquet_is_refused(tmp_path: Path) -> None:
    good = write_parquet(tmp_path / "a.parquet", text=[FIRST] * 50).read_bytes()
    for name, data in {"cut": good[:-40], "spoilt": good[:8] + bytes(120) + good[128:], "none": b"PAR1"}.items():
        (tmp_path / f"{name}.parquet").write_bytes(data)
    (tmp_path / "a.parquet").unlink()
    write_parquet(tmp_path / "wrong.parquet", words=[FIRST])
    documents, refused = read(tmp_path)
    assert documents == []
    assert [Path(each.path).stem for each in refused] == ["cut", "none", "spoilt", "wrong"]
    assert "--map text=COLUMN" in refused[3].reason


def test_parquet_without_its_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "a.parquet", text=[FIRST])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (refused,) = read(path)[1]
    assert "pip install 'rawabit[parquet]'" in refused.reason


def pack(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_archives_are_read_member_by_member_at_any_depth(tmp_path: Path) -> None:
    table = write_parquet(tmp_path / "t.parquet", id=["p"], text=[FIRST]).read_bytes()
    (tmp_path / "t.parquet").unlink()
    members = {
        "b/a.txt": FIRST.encode(),
        "../../etc/a.txt": SECOND.encode(),
        "/abs.csv": f"id,text\n7,{FIRST}\n".encode(),
        "in.zip": pack({"c.jsonl.gz": gzip.compress(line(1).encode()), "t.parquet": table}),
        ".hidden.txt": b"x",
        "__MACOSX/a.txt": b"x",
        "README.md": b"x",
        "photo.png": b"x",
        "empty/": b"",
    }
    path = tmp_path / "news.zip"
    path.write_bytes(pack(members))
    documents, (refused,) = read(path)
    assert {(each.path or "").partition("!/")[2]: each.id.partition("-")[0] for each in documents} == {
        "../../etc/a.txt": "a",
        "/abs.csv": "7",
        "b/a.txt": "a",
        "in.zip!/c.jsonl.gz": "1",
        "in.zip!/t.parquet": "p",
    }
    assert len({each.id for each in documents}) == 5
    assert refused.path == f"{path}!/photo.png"
    assert [each.name for each in tmp_path.rglob("*")] == ["news.zip"]


def test_member_of_an_archive_is_read_alone_by_the_name_that_messages_give_it(tmp_path: Path) -> None:
    inner = pack({"c.jsonl.gz": gzip.compress(line(1).encode()), "d.jsonl": line(2).encode()})
    path = tmp_path / "news.zip"
    path.write_bytes(pack({"in.zip": inner, "in.zip.txt": FIRST.encode(), "b.txt": SECOND.encode()}))
    for member, ids in (("b.txt", ["b"]), ("in.zip", ["1", "2"]), ("in.zip!/d.jsonl", ["2"]), ("none.txt", [])):
        assert [each.id for each in read(Path(f"{path}!/{member}"))[0]] == ids


def test_kind_that_is_asked_for_is_that_of_what_an_archive_holds(tmp_path: Path) -> None:
    (tmp_path / "dump.gz").write_bytes(gzip.compress((line(1) + line(2)).encode()))
    (tmp_path / "dump.zip").write_bytes(pack({"part-0": line(3).encode()}))
    documents, refused = read(tmp_path, kind="jsonl")
    assert [each.id for each in documents] == ["1", "2", "3"]
    assert refused == []


def nested(depth: int) -> bytes:
    data, name = line(1).encode(), "a.jsonl"
    for level in range(depth):
        data, name = pack({name: data}), f"{level}.zip"
    return data


def encrypted() -> bytes:
    data = bytearray(pack({"a.txt": FIRST.encode()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def spoilt() -> bytes:
    data = pack({"a.txt": FIRST.encode()}, method=zipfile.ZIP_STORED)
    return data.replace(FIRST.encode()[:2], b"zz", 1)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.txt.gz", lambda: gzip.compress(bytes(30_000_000), 0), "longer than 5,000,000"),
        ("a.jsonl.gz", lambda: gzip.compress((" " * 30_000_000).encode(), 9), "200 times"),
        ("a.zip", lambda: pack({"a.csv": b"text\n" + (b" " * 4_000 + b"\n") * 5_000}), "200 times"),
        ("a.jsonl.gz", lambda: gzip.compress(line(1).encode() * 3_000, 1), "is allowed: raise RAWABIT_ARCHIVE"),
        ("a.zip", lambda: nested(5), "within 3 archives"),
        ("a.jsonl.gz", lambda: gzip.compress(line(1).encode())[:-20], "cut off"),
        ("a.jsonl.gz", lambda: b"\x1f\x8b\x08\x00" + bytes(40), "damaged"),
        ("a.gz", lambda: gzip.compress(b"x"), "without suffix"),
        ("a.zip", lambda: pack({"a.txt": FIRST.encode()})[:-30], "no ZIP"),
        ("a.zip", lambda: b"", "no ZIP"),
        ("a.zip", lambda: pack({}), "holds no file"),
        ("a.zip", encrypted, "cannot be unpacked"),
        ("a.zip", spoilt, "damaged"),
    ],
    ids=[
        "zeros", "bomb of blanks", "bomb in a zip", "too much in all", "too deep", "cut off", "no gzip", "no suffix",
        "zip cut off", "empty file", "empty zip", "encrypted", "wrong checksum",
    ],
)  # fmt: skip
def test_bad_archive_is_refused_and_the_rest_goes_on(
    tmp_path: Path, name: str, make: Callable[[], bytes], reason: str
) -> None:
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.jsonl").write_text(line(9), encoding="utf-8")
    documents, refused = read(tmp_path, archive_bytes=500_000 if "allowed" in reason else 1_000_000_000)
    assert documents[-1].id == "9"
    assert any(reason in each.reason for each in refused)
