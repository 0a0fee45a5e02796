"""Language data: how tables are read, and that what is wrong is refused with the file and the entry that is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import LanguageDataError
from graph.lang.language import Language
from graph.lang.tables import Table
from graph.resources import package_folder


def write(folder: Path, text: str) -> Table:
    path = folder / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return Table(path)


@pytest.mark.parametrize("text", ["colours: أحمر أزرق", "colours: [أحمر, أزرق]"])
def test_words_are_a_text_or_a_list(tmp_path: Path, text: str) -> None:
    assert write(tmp_path, text).word_list("colours") == ("أحمر", "أزرق")


def test_words_may_be_asked_for_as_a_set(tmp_path: Path) -> None:
    assert write(tmp_path, "colours: أحمر أزرق أحمر").words("colours") == {"أحمر", "أزرق"}


def test_underscore_in_a_word_stands_for_a_blank(tmp_path: Path) -> None:
    assert write(tmp_path, "phrases: في_حال ما_لم").word_list("phrases") == ("في حال", "ما لم")


def test_underscore_in_a_key_stands_for_a_blank(tmp_path: Path) -> None:
    assert write(tmp_path, "months: {كانون_الأول: 12}").numbers("months") == {"كانون الأول": 12}


def test_entry_of_one_word_is_that_word(tmp_path: Path) -> None:
    assert write(tmp_path, "article: ال").word("article") == "ال"


def test_names_come_in_their_order(tmp_path: Path) -> None:
    assert write(tmp_path, "b: x\na: y").names() == ("b", "a")


def test_records_are_maps_from_words_to_words(tmp_path: Path) -> None:
    assert write(tmp_path, "phrases: [{words: رئيس الوزراء, rank: 1}]").records("phrases") == (
        {"words": "رئيس الوزراء", "rank": "1"},
    )


def test_patterns_are_kept_as_they_stand(tmp_path: Path) -> None:
    assert write(tmp_path, 'patterns: ["a_b+ c"]').patterns("patterns") == ("a_b+ c",)


ASKS: dict[str, Callable[[Table], object]] = {
    "words": lambda table: table.words("entry"),
    "word": lambda table: table.word("entry"),
    "map": lambda table: table.mapping("entry"),
    "numbers": lambda table: table.numbers("entry"),
    "strings": lambda table: table.strings("entry"),
    "records": lambda table: table.records("entry"),
    "patterns": lambda table: table.patterns("entry"),
}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("words", "entry: {a: b}"),
        ("words", "entry: 3"),
        ("word", "entry: two words"),
        ("word", "entry: []"),
        ("map", "entry: word"),
        ("numbers", "entry: {a: b}"),
        ("numbers", "entry: [1]"),
        ("strings", "entry: word"),
        ("records", "entry: [word]"),
        ("records", "entry: {a: b}"),
        ("patterns", "entry: word"),
    ],
)
def test_entry_of_another_sort_is_refused_with_its_name(tmp_path: Path, asked: str, text: str) -> None:
    table = write(tmp_path, text)
    with pytest.raises(LanguageDataError, match=r"table\.yaml.*'entry'"):
        ASKS[asked](table)


@pytest.mark.parametrize("asked", ASKS)
def test_entry_that_is_missing_is_refused_with_its_name(tmp_path: Path, asked: str) -> None:
    table = write(tmp_path, "other: word")
    with pytest.raises(LanguageDataError, match="'entry' is missing"):
        ASKS[asked](table)


@pytest.mark.parametrize("text", ["- a\n- b", "word", "", "a: [b", "a: b: c"])
def test_file_that_is_no_map_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(LanguageDataError, match=r"table\.yaml"):
        write(tmp_path, text)


def test_file_that_is_missing_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match=r"nowhere\.yaml"):
        Table(tmp_path / "nowhere.yaml")


def test_file_in_another_encoding_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "table.yaml").write_bytes("colours: أحمر".encode("cp1256"))
    with pytest.raises(LanguageDataError, match=r"table\.yaml"):
        Table(tmp_path / "table.yaml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped language data, to be spoilt."""
    shutil.copytree(package_folder("lang") / "ar", tmp_path / "ar", ignore=shutil.ignore_patterns("verbs*", "nouns*"))
    return tmp_path / "ar"


def spoil(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_copy_of_the_language_data_loads(copy: Path) -> None:
    assert Language.load(folder=copy).calendar.weekdays["الجمعة"] == 4


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("dates.yaml", "weekdays:", "days:"),
        ("dates.yaml", "يناير: 1", "يناير: first"),
        ("numbers.yaml", "bounds:", "limits:"),
        ("titles.yaml", "honorifics:", "honours:"),
        ("structure.yaml", "furniture:", "menus:"),
        ("places.yaml", "heads:", "head:"),
        ("grammar.yaml", "هم: 3 m p", "هم: they"),
    ],
)
def test_language_with_a_spoilt_table_is_refused_with_the_file(copy: Path, name: str, old: str, new: str) -> None:
    spoil(copy, name, old, new)
    with pytest.raises(LanguageDataError, match=name):
        Language.load(folder=copy)


@pytest.mark.parametrize(
    ("name", "old", "new"), [("organisations.yaml", "  state:", "  states:"), ("titles.yaml", "  body:", "  bodies:")]
)
def test_language_without_a_sort_of_heads_is_refused_with_the_file(copy: Path, name: str, old: str, new: str) -> None:
    spoil(copy, name, old, new)
    with pytest.raises(LanguageDataError, match=name):
        Language.load(folder=copy)


def test_language_with_a_pattern_that_is_none_is_refused_with_the_file(copy: Path) -> None:
    spoil(copy, "structure.yaml", '"الرئيسية|', '"(الرئيسية|')
    with pytest.raises(LanguageDataError, match=r"structure\.yaml"):
        Language.load(folder=copy)


def test_language_without_a_table_is_refused_with_the_file(copy: Path) -> None:
    (copy / "events.yaml").unlink()
    with pytest.raises(LanguageDataError, match=r"events\.yaml"):
        Language.load(folder=copy)
