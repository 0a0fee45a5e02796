"""Media types, cursors, keywords of queries, limits: what is decided about a request before a worker sees it."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from api.cursors import decode_cursor, encode_cursor
from api.limits import ServiceLimits
from api.negotiation import SOLUTIONS, TRIPLES, accepts_gzip, choose, parse_accept
from api.problems import ProblemError, problem_for
from api.sparql_text import has_own_dataset, is_steady, without_service
from api.spool import INLINE_BYTES, AnswerTooLargeError, Limits, Spool, SpoolFullError
from graph.errors import (
    ExportError,
    LanguageDataError,
    NotFoundError,
    QueryError,
    RawabitError,
    SettingsError,
    StoreLockedError,
    UnknownQueryError,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "csv"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.9", "tsv"),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*;q=0.1", "xml"),
        ("application/sparql-results+xml;q=0.3, */*;q=0.2", "xml"),
        ('text/csv;header=present;q=0.4, application/sparql-results+json;profile="a,b;q=1";q=0.3', "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
        ("text/csv ; q=1.000 , nonsense, /, text/", "csv"),
    ],
)
def test_accept_chooses_the_format_that_the_client_likes_best(header: str | None, expected: str) -> None:
    chosen = choose(header, SOLUTIONS)
    assert chosen is not None
    assert chosen.name == expected


@pytest.mark.parametrize(
    "header",
    [
        "text/html",
        "image/*",
        "application/sparql-results+json;q=0",
        "*/*;q=0",
        "*/csv",
        "text/csv;q=1.5",
        "text/csv;q=high",
        "nonsense",
        "text/csv" + " " * 5000,
        "\u0661/\u0662",
    ],
)
def test_accept_chooses_nothing_when_nothing_fits(header: str) -> None:
    assert choose(header, SOLUTIONS) is None


def test_a_format_asked_for_by_another_name_is_sent_under_it() -> None:
    chosen = choose("application/json", SOLUTIONS)
    assert chosen is not None
    assert (chosen.name, chosen.content_type) == ("json", "application/json")


def test_accept_with_many_open_quotes_is_read_in_no_time() -> None:
    assert choose('text/csv;a="' + ',"' * 2000, TRIPLES) is None


def test_ranges_know_how_specific_they_are() -> None:
    assert [each.specificity for each in parse_accept("*/*, text/*, text/csv")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("gzip;q=much", False),
    ],
)
def test_gzip_is_used_only_when_it_is_welcome(header: str | None, expected: bool) -> None:
    assert accepts_gzip(header) is expected


def test_a_cursor_comes_back_as_it_was() -> None:
    assert decode_cursor(encode_cursor("2024-01", "فعل"), str, str) == ["2024-01", "فعل"]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "!!!", encode_cursor(1), encode_cursor("a"), "A" * 5000, "W1tbW1tb", "bnVsbA", "eyJhIjoxfQ"],
)
def test_a_cursor_from_elsewhere_is_refused(cursor: str) -> None:
    with pytest.raises(ProblemError) as caught:
        decode_cursor(cursor, str, str)
    assert (caught.value.status, caught.value.code) == (400, "bad-cursor")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <http://x/g> { ?s ?p ?o }", True),
        ("select * from named <http://x/g> { }", True),
        ("SELECT * # FROM <g>\n{ ?s ?p ?o }", False),
        ("SELECT ?from { ?from <http://x/from> 'from' }", False),
        ('SELECT * { ?s from:p """FROM " <x>""" ; ?p "a\\" FROM " }', False),
        ("SELECT * { ?s ?p 'x'@from }", False),
    ],
)
def test_a_dataset_of_its_own_is_seen_only_where_it_is_one(query: str, expected: bool) -> None:
    assert has_own_dataset(query) is expected


def test_a_query_that_asks_the_clock_is_not_steady() -> None:
    assert not is_steady("SELECT (NOW ( ) AS ?t) {}")
    assert is_steady("SELECT ?now ?rand { ?now <http://x/uuid> ?rand }")


def test_the_word_service_is_spoilt_wherever_it_stands() -> None:
    assert without_service("SELECT * { SERVICE ?x { } } # Service") == "SELECT * { servjce ?x { } } # servjce"
    assert without_service("SELECT * { }") is None


def _write(path: Path, pieces: list[bytes], *, use_gzip: bool = False, **limits: int) -> tuple[bytes | None, bool]:
    chosen = Limits(limits.get("bytes", 1 << 30), limits.get("rows", 1 << 30))
    spool = Spool(path, chosen, use_gzip=use_gzip, row_mark=b",{")
    for piece in pieces:
        assert spool.write(piece) == len(piece)
    return spool.finish()


def test_a_small_answer_stays_in_memory(tmp_path: Path) -> None:
    assert _write(tmp_path / "a", [b"ab", b"c"]) == (b"abc", False)
    assert list(tmp_path.iterdir()) == []


def test_a_small_answer_is_compressed_only_when_that_is_worth_it(tmp_path: Path) -> None:
    assert _write(tmp_path / "a", [b"ab"], use_gzip=True) == (b"ab", False)
    body, gzipped = _write(tmp_path / "a", [b"ab" * 1000], use_gzip=True)
    assert gzipped
    assert gzip.decompress(body or b"") == b"ab" * 1000


@pytest.mark.parametrize("use_gzip", [False, True])
def test_a_large_answer_goes_to_a_file(tmp_path: Path, use_gzip: bool) -> None:
    pieces = [b"x" * 1000] * (INLINE_BYTES // 1000 + 10)
    assert _write(tmp_path / "a", pieces, use_gzip=use_gzip) == (None, use_gzip)
    stored = (tmp_path / "a").read_bytes()
    assert (gzip.decompress(stored) if use_gzip else stored) == b"".join(pieces)


def test_an_answer_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnswerTooLargeError, match="larger than 100 bytes"):
        _write(tmp_path / "a", [b"x" * 60, b"x" * 60], bytes=100)


def test_an_answer_of_too_many_rows_is_refused_though_its_marks_are_torn(tmp_path: Path) -> None:
    assert _write(tmp_path / "a", [b"[{}", b",", b"{},", b"{}]"], rows=2)[0] == b"[{},{},{}]"
    with pytest.raises(AnswerTooLargeError, match="more than 1 rows"):
        _write(tmp_path / "a", [b"[{}", b",", b"{},", b"{}]"], rows=1)


def test_a_spool_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpoolFullError, match="Make room"):
        _write(tmp_path / "missing" / "a", [b"x" * (INLINE_BYTES + 1)])


def test_a_full_disk_is_told_and_the_rest_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    spool = Spool(tmp_path / "full", Limits(1 << 30, 1), use_gzip=False)
    with pytest.raises(SpoolFullError, match="No space left"):
        spool.write(b"x" * (4 * INLINE_BYTES))
    spool.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_discarded_answer_leaves_nothing_behind(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "a", Limits(1 << 30, 1), use_gzip=False)
    spool.write(b"x" * (INLINE_BYTES + 1))
    spool.discard()
    assert list(tmp_path.iterdir()) == []


def test_text_can_be_written_to_a_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "a", Limits(100, 1), use_gzip=False)
    text = io.TextIOWrapper(spool, encoding="utf-8", newline="\n")  # type: ignore[type-var]
    text.write("نص")
    text.flush()
    assert spool.finish() == ("نص".encode(), False)


def test_limits_are_read_from_the_environment() -> None:
    limits = ServiceLimits.from_environment({"RAWABIT_MAX_ROWS": "10", "RAWABIT_PATIENCE": "0.5"})
    assert (limits.max_rows, limits.patience, limits.max_body) == (10, 0.5, ServiceLimits().max_body)


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "nan", "1e99"])
def test_a_limit_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="RAWABIT_MAX_ROWS"):
        ServiceLimits.from_environment({"RAWABIT_MAX_ROWS": value})


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownQueryError("x"), 404),
        (NotFoundError("x"), 404),
        (QueryError("x"), 400),
        (SettingsError("x"), 400),
        (ExportError("x"), 400),
        (StoreLockedError("x"), 503),
        (LanguageDataError("secret path"), 500),
    ],
)
def test_errors_of_the_builder_have_their_status(error: RawabitError, status: int) -> None:
    problem = problem_for(error)
    assert problem.status == status
    assert ("secret" in problem.detail) is False
