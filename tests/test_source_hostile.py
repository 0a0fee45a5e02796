"""No bytes, however broken, make a source raise or hold more in memory than an article."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.model import Document, Refusal
from graph.sources.options import SourceOptions
from graph.sources.reader import read_sources

TEXT = "أعلنت وزارة الدفاع اليوم الاثنين أن وفدا من الخبراء زار العاصمة لبحث التعاون العسكري مع الجانب الآخر."
HTML = (
    f'<html><head><link rel="canonical" href="http://a.example/1"></head><body><p>{TEXT}</p><p>{TEXT}</p></body></html>'
)
LINE = json.dumps({"id": "1", "text": TEXT, "url": "http://a.example:80/1"}, ensure_ascii=False)
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(HTML.encode())}\r\n\r\n{HTML}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n"
    f"Content-Type: application/http\r\nContent-Length: {len(HTTP.encode())}\r\n\r\n{HTTP}\r\n\r\n"
)
SAMPLES: dict[str, bytes] = {
    "a.txt": TEXT.encode("cp1256"),
    "a.md": f"---\ntitle: x\ndate: 2024-01-01\nauthor: [a, b]\n---\n# y\n\n{TEXT} **{TEXT}**\n".encode(),
    "a.jsonl": f"{LINE}\n{LINE}\n".encode(),
    "a.json": f"[{LINE},{LINE}]".encode(),
    "a.csv": f'id,text,title\n7,"{TEXT}",x\n8,"{TEXT}\n\nx",y\n'.encode(),
    "a.html": HTML.encode(),
    "a.rss": f"<rss><channel><item><link>http://a.example/1</link><description>{TEXT}</description></item></channel></rss>".encode(),
    "a.warc": WARC.encode(),
    "a.warc.gz": gzip.compress(WARC.encode()),
}
INSERTED = (
    b'"',
    b"\0",
    b"<",
    b"]]>",
    b"http://[",
    b":99999999/",
    b"\xff\xfe",
    b"&#x0;",
    b"\r",
    b"{",
    b"\\ud800",
    b"*a",
)


def spoil(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 3, 12))):
        place = chance.randrange(len(spoilt) + 1)
        match chance.randrange(4):
            case 0:
                spoilt[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoilt[place : place + chance.randrange(1, 30)]
            case 2:
                spoilt[place:place] = chance.choice(INSERTED)
            case 3:
                spoilt[place:place] = spoilt[max(0, place - 40) : place]
    return bytes(spoilt)


@pytest.mark.parametrize("name", SAMPLES)
def test_spoilt_file_gives_articles_or_reasons_and_never_a_fault(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        (tmp_path / name).write_bytes(spoil(SAMPLES[name], chance))
        for found in read_sources([tmp_path / name]):
            if isinstance(found, Refusal):
                assert "please report" not in found.reason, found.reason
            else:
                assert found.text.encode()


@pytest.mark.parametrize("field", ["id", "text", "title", "url", "published"])
@pytest.mark.parametrize("value", ["\ud800", "http://[::1", "http://a:99999999/", "\0", "-", "a" * 3_000])
def test_odd_value_of_a_field_is_read_or_refused(tmp_path: Path, field: str, value: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, field: value}), encoding="utf-8")
    for found in read_sources([tmp_path]):
        assert isinstance(found, Document) or "please report" not in found.reason


def many(count: int) -> Iterator[str]:
    chance = random.Random(1)
    for number in range(count):
        words = " ".join(chance.choices(TEXT.split(), k=700))
        yield json.dumps({"id": str(number), "text": words}, ensure_ascii=False)


def write_csv(path: Path, count: int) -> None:
    rows = (f'{json.loads(line)["id"]},"{json.loads(line)["text"]}"' for line in many(count))
    path.write_text("id,text\n" + "\n".join(rows), encoding="utf-8")


def write_zip(path: Path, count: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", "\n".join(many(count)))


WRITERS: dict[str, Callable[[Path, int], object]] = {
    "a.json": lambda path, count: path.write_text(f"[{','.join(many(count))}]", encoding="utf-8"),
    "a.csv": write_csv,
    "a.jsonl.gz": lambda path, count: path.write_bytes(gzip.compress("\n".join(many(count)).encode(), 1)),
    "a.zip": write_zip,
}


@pytest.mark.parametrize("name", WRITERS)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, 600)  # 5 MB
    options = SourceOptions(any_language=True)
    tracemalloc.start()
    count = sum(isinstance(each, Document) for each in read_sources([tmp_path / name], options=options))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 600
    assert peak < 2_000_000
