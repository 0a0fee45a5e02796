"""Actors are found by the names people type: whole, begun, misspelt, in both scripts; the best-known first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.errors import StoreError
from graph.model import EntityKind
from graph.rdf.namespaces import RDF, RW, SKOS
from graph.rdf.terms import write_text
from graph.store.index import NameIndex
from graph.store.index_writer import write_index
from graph.store.spelling import compare_words, drop_letters, find_grams

ACTORS = {
    "zelensky": ("Person", 9, "فولوديمير زيلينسكي", "Volodymyr Zelensky", ("زيلينسكي", "الرئيس الأوكراني")),
    "trump": ("Person", 20, "دونالد ترامب", "Donald Trump", ("ترامب",)),
    "trump-jr": ("Person", 1, "دونالد ترامب الابن", "Donald Trump Jr.", ()),
    "biden": ("Person", 8, "جو بايدن", "Joe Biden", ("بايدن",)),
    "us": ("Country", 30, "الولايات المتحدة", "United States", ("أمريكا", "أميركا")),
    "uk": ("Country", 12, "المملكة المتحدة", "United Kingdom", ("بريطانيا",)),
    "un": ("Organization", 7, "الأمم المتحدة", "United Nations", ("UN",)),
    "nato": ("Organization", 15, "حلف شمال الأطلسي", "NATO", ("الناتو",)),
    "mod-ua": ("Organization", 3, "وزارة الدفاع الأوكرانية", "Ministry of Defence of Ukraine", ()),
    "mod-be": ("Organization", 5, "وزارة الدفاع البلجيكية", None, ()),
    "mustafa": ("Person", 0, "مصطفى", None, ()),
    "unnamed": ("Place", 2, None, "Quoted \"Place\"", ()),
}  # fmt: skip


def iri(key: str) -> str:
    return f"http://x/{key}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NameIndex]:
    path = tmp_path_factory.mktemp("index") / "names.sqlite"
    lines = []
    for key, (kind, degree, ar, en, aliases) in ACTORS.items():
        said = [(f"{RDF}type", f"<{RW}{kind}>")]
        said += [(f"{SKOS}prefLabel", write_text(ar, "ar"))] if ar else []
        said += [(f"{SKOS}prefLabel", write_text(en, "en"))] if en else []
        said += [(f"{SKOS}altLabel", write_text(alias, "ar")) for alias in aliases]
        lines += [f"<{iri(key)}> <{predicate}> {object_} <http://x/shared> ." for predicate, object_ in said]
        for number in range(degree):
            fact, role = f"<http://x/{key}/{number}>", "subject" if number % 2 else "object"
            lines.append(f"{fact} <{RDF}{role}> <{iri(key)}> <http://x/doc> .")
            lines.append(f"{fact} <{RW}statement> <http://x/s> <http://x/doc> .")
    store = Store()
    store.load("\n".join(lines), RdfFormat.N_QUADS)
    write_index(path, store)
    opened = NameIndex.open(path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("دونالد ترامب", "trump"),
        ("ترامب", "trump"),
        ("ترمب", "trump"),
        ("ترامپ", "trump"),
        ("دونلد ترامب", "trump"),
        ("ترامب دونالد", "trump"),
        ("دونالد ترامب الابن", "trump-jr"),
        ("زيلنسكي", "zelensky"),
        ("زيلينسكى", "zelensky"),
        ("فلوديمير زيلنسكي", "zelensky"),
        ("الرئيس الاوكراني", "zelensky"),
        ("zelenski", "zelensky"),
        ("Zelenskyy", "zelensky"),
        ("ZELENSKY", "zelensky"),
        ("volodimir zelensky", "zelensky"),
        ("بايدين", "biden"),
        ("bidden", "biden"),
        ("امريكا", "us"),
        ("أَمْرِيكَا", "us"),
        ("الولايات المتحده", "us"),
        ("ولايات متحدة", "us"),
        ("united states", "us"),
        ("untied states", "us"),
        ("الامم المتحدة", "un"),
        ("un", "un"),
        ("ناتو", "nato"),
        ("nato", "nato"),
        ("حلف شمال الاطلسى", "nato"),
        ("وزارة الدفاع البلجيكيه", "mod-be"),
        ("وزارة الدفاع", "mod-be"),
        ("وزارة دفاع أوكرانية", "mod-ua"),
        ("ministry defence ukraine", "mod-ua"),
        ("مصطفي", "mustafa"),
        ('quoted "place"', "unnamed"),
    ],
)
def test_actor_is_found_first_by_its_name_or_its_like(index: NameIndex, text: str, first: str) -> None:
    assert index.search(text)[0].iri == iri(first)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("تر", {"trump"}),
        ("زيلي", {"zelensky"}),
        ("unit", {"us", "uk", "un"}),
        ("ال", set()),
        ("وزار", {"mod-ua", "mod-be"}),
    ],
)
def test_beginning_of_a_word_finds_whoever_has_it(index: NameIndex, prefix: str, found: set[str]) -> None:
    matches = {match.iri for match in index.search(prefix)}
    assert {iri(key) for key in found} <= matches


def test_among_equal_matches_the_better_known_comes_first(index: NameIndex) -> None:
    assert [match.iri for match in index.search("united")] == [iri("us"), iri("uk"), iri("un")]


@pytest.mark.parametrize("text", ["", "  ", "،؛", "\x00", "qqqqqqq", "ءءءءءءء", '"', "' OR 1=1 --", "*", "a" * 5000])
def test_text_that_names_nobody_finds_nobody(index: NameIndex, text: str) -> None:
    assert index.search(text) == ()


def test_kind_narrows_the_search(index: NameIndex) -> None:
    assert [match.iri for match in index.search("united", kind=EntityKind.ORGANIZATION)] == [iri("un")]
    assert index.search("ترامب", kind=EntityKind.PLACE) == ()


def test_results_are_paged(index: NameIndex) -> None:
    whole = index.search("united", limit=10)
    assert index.search("united", limit=2) == whole[:2]
    assert index.search("united", limit=2, offset=2) == whole[2:4]
    assert index.search("united", limit=0) == ()


def test_match_tells_labels_kind_degree_and_what_fits(index: NameIndex) -> None:
    match = index.search("الناتو")[0]
    assert (match.kind, match.label_ar, match.label_en) == (EntityKind.ORGANIZATION, "حلف شمال الأطلسي", "NATO")
    assert (match.matched, match.degree) == ("الناتو", 15)


def test_score_falls_from_the_very_name_to_a_similar_one(index: NameIndex) -> None:
    scores = [index.search(text)[0].score for text in ("دونالد ترامب", "ترامب", "ترمب")]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)


def test_actor_appears_once_however_many_of_its_names_fit(index: NameIndex) -> None:
    found = [match.iri for match in index.search("امريكا")]
    assert len(found) == len(set(found))


def test_file_that_is_no_index_is_reported(tmp_path: Path) -> None:
    (tmp_path / "names.sqlite").write_text("x" * 5000, encoding="utf-8")
    with pytest.raises(StoreError, match="name index"):
        NameIndex.open(tmp_path / "names.sqlite")


def test_index_of_an_empty_store_finds_nobody(tmp_path: Path) -> None:
    write_index(tmp_path / "names.sqlite", Store())
    index = NameIndex.open(tmp_path / "names.sqlite")
    assert index.search("ترامب") == ()
    index.close()


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("abcd", "abcd", 0),
        ("abcd", "abxd", 1),
        ("abcd", "abd", 1),
        ("abcd", "abccd", 1),
        ("abcd", "acbd", 1),
        ("", "ab", 2),
    ],
)
def test_words_are_compared_by_edits(one: str, other: str, edits: int) -> None:
    assert compare_words(one, other) == pytest.approx(1 - edits / max(len(one), len(other)))
    assert compare_words(other, one) == compare_words(one, other)


def test_similar_words_meet_under_a_key() -> None:
    for one, other in [("abcd", "abxd"), ("abcd", "acbd"), ("abcd", "abd"), ("abcd", "abccd")]:
        assert {one, *drop_letters(one)} & {other, *drop_letters(other)}


def test_short_texts_have_no_keys_of_their_own() -> None:
    assert drop_letters("ab") == ()
    assert find_grams("ab") == ()
    assert find_grams("abcabc") == ("abc", "bca", "cab")
