"""What a build refused is kept in a file that can be mended and built again; report and progress tell the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.cli import app
from graph.failures import FailureFile, with_failed_files
from graph.model import Document, Refusal
from graph.progress import BuildProgress, Workload
from graph.sources.reader import read_sources
from graph.store.checkpoint import Checkpoint

TEXT = "التقى وزير الدفاع البريطاني غرانت شابس الرئيس الأوكراني فولوديمير زيلينسكي في كييف."


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_refused_articles_and_files_are_mended_and_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    news, broken = Path("news.jsonl"), Path("broken.jsonl")
    articles = [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT, "published": "2024-01-01", "url": "no address"}]
    news.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    broken.write_text('{"id": "c", "text"\n' + json.dumps({"id": "d", "text": TEXT}) + "\n", encoding="utf-8")
    words = ["--store", "store", "--workers", "1"]
    given = ["build", "news.jsonl", "broken.jsonl", "nowhere.txt"]
    told = CliRunner().invoke(app, [*given, *words, "--failures", "failed.jsonl", "--report", "report.json"])
    assert told.exit_code == 3, told.output
    article, *files = lines_of(Path("failed.jsonl"))
    assert (article["id"], article["text"], article["url"]) == ("b", TEXT, "no address")
    assert "shapes.ttl" in article["failure"]["reason"]  # type: ignore[index]
    assert [each["failure"]["path"] for each in files] == ["broken.jsonl", "nowhere.txt"]  # type: ignore[index]
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert (report["read"], len(report["refused"])) == (2, 3)
    assert report["timings"].keys() == {"reading", "storing", "resolving", "checkpoint"}
    assert report["versions"].keys() >= {"rawabit", "python"}

    Path("nowhere.txt").write_text(TEXT, encoding="utf-8")
    broken.write_text("".join(json.dumps({"id": each, "text": TEXT}) + "\n" for each in "cd"), encoding="utf-8")
    mended = {**article, "url": "https://news.example/b"}
    Path("failed.jsonl").write_text("".join(json.dumps(each) + "\n" for each in (mended, *files)), encoding="utf-8")
    told = CliRunner().invoke(app, ["build", "failed.jsonl", *words])
    assert told.exit_code == 0, told.output
    assert "documents read      4 (0 replaced, 1 unchanged)" in told.output
    with Checkpoint.open(Path("store")) as checkpoint:
        rows = checkpoint.select("SELECT ?id { ?document <https://schema.org/identifier> ?id } ORDER BY ?id").rows
        assert [identifier for (identifier,) in rows] == ["a", "b", "c", "d", "nowhere"]


def test_article_of_a_file_that_is_read_again_is_not_kept_besides(tmp_path: Path) -> None:
    with FailureFile(tmp_path / "failed.jsonl") as failed:
        failed.add(Refusal("a.jsonl", "does not conform", 1), Document("one", "text", path="a.jsonl", line=1))
        failed.add(Refusal("a.jsonl", "is no JSON", 2))
        failed.add(Refusal("b.jsonl", "is in English", 1, language="en"))
    (record,) = lines_of(tmp_path / "failed.jsonl")
    assert record == {"failure": {"path": "a.jsonl", "reason": "is no JSON", "line": 2}}
    assert list(with_failed_files([tmp_path / "failed.jsonl"])) == [tmp_path / "failed.jsonl", "a.jsonl"]
    assert [path.name for path in tmp_path.iterdir()] == ["failed.jsonl"]


def test_share_follows_lines_and_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"id": f"a{n}", "text": TEXT}) + "\n" for n in range(4)))
    (tmp_path / "b.jsonl").write_text("".join(json.dumps({"id": f"b{n}", "text": TEXT}) + "\n" for n in range(4)))
    work = Workload.measure([tmp_path])
    documents = [each for each in read_sources([tmp_path]) if isinstance(each, Document)]
    shares = [work.pass_by(each.path, each.line) for each in documents]
    assert shares == pytest.approx([number / 8 for number in range(1, 9)], abs=0.01)
    assert work.pass_by("https://news.example/feed", None) is None


def test_progress_tells_rate_and_time_left() -> None:
    assert BuildProgress(1200, 2, 9000, 60, 0.25).words() == (
        "1,200 articles (20/s), 9,000 facts, 2 refused, 25%, 3:00 left"
    )
    assert BuildProgress(10, 0, 5, 3600, 0.1).words().endswith("10%, 9:00:00 left")
    assert BuildProgress(10, 0, 5, 1).words() == "10 articles (10/s), 5 facts"
