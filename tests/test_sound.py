"""Names meet their transliterations, whichever script and whichever country's way of writing they come in."""

from __future__ import annotations

import pytest

from graph.text.sound import romanize, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بوتين", "poutine"),
        ("لافروف", "lawrow"),
        ("بريغوجين", "prigoschin"),
        ("نتنياهو", "netanjahu"),
        ("قذافي", "gadhafi"),
        ("جولاني", "jolani"),
        ("فوتشيتش", "vucic"),
        ("خامنيي", "chamenei"),
        ("شويغو", "schoigu"),
        ("medvedev", "medwedew"),
        ("جوتيريش", "غوتيريش"),
    ],
)
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    assert set(skeletons(one)) & set(skeletons(other))


@pytest.mark.parametrize(("word", "sound"), [("assad", "asad"), ("schulz", "$olz"), ("شولز", "$olz"), ("f16", "f16")])
def test_sound_is_written_alike_in_both_scripts(word: str, sound: str) -> None:
    assert romanize(word) == sound


@pytest.mark.parametrize("word", ["", "ali", "علي", "يا", "٣", "漢字"])
def test_words_of_hardly_a_consonant_have_no_skeleton(word: str) -> None:
    assert skeletons(word) == ()


def test_different_names_have_different_skeletons() -> None:
    names = ["trump", "putin", "macron", "assad", "sisi", "biden", "zelensky", "netanyahu"]
    assert len({skeletons(name) for name in names}) == len(names)
