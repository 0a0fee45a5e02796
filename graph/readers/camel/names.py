"""Tags the words of sentences as parts of names with camel-tools' model of named entities, as far as it is installed.

`camel_tools.ner` loads the model; what it does with sentences is done anew here. It pads each to 256 pieces, most of
which are computed for nothing, and loses count where a word has no pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from ...config import Settings
from ...errors import LanguageDataError, SettingsError
from ...morphology.camel import camel_folder, import_camel, installed_data
from ...text.fold import strip_marks

INSTALL = "camel_data -i ner-arabert"
OUTSIDE = "O"
_USUAL = "arabert"
_VOCABULARIES = ("vocab.txt", "tokenizer.json")
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_PIECES = 254  # 256 without the marks of beginning and end: what the model was trained with
_BATCH_PIECES = 2_048
_CACHED_WORDS = 50_000
# Models have a few more pieces than their vocabularies.
_WHOLE = 0.9


def lacking(settings: Settings) -> str | None:
    """Return what is missing for the names of camel-tools, and what to do about it; None where they are installed."""
    if _installed(settings) is not None:
        return None
    return (
        f"the reader camel needs camel-tools' model of named entities, which is not in {camel_folder(settings)}: run "
        f"`{INSTALL}` (540 MB), or point RAWABIT_CAMEL_DATA at the folder that has it."
    )


def open_name_tagger(settings: Settings) -> NameTagger:
    """Load the installed model; raise SettingsError where there is none, LanguageDataError where it is broken."""
    folder = _installed(settings)
    if folder is None:
        raise SettingsError(lacking(settings))
    missing = [names[0] for names in (_VOCABULARIES, _WEIGHTS) if not any((folder / name).is_file() for name in names)]
    if missing:
        raise LanguageDataError(f"{folder}: {' and '.join(missing)} is missing: run `{INSTALL}` again.")
    module = import_camel("ner", settings)
    try:
        with _without_progress(module):
            recognizer = module.NERecognizer(str(folder), use_gpu=False)
        if len(recognizer.tokenizer) < _WHOLE * recognizer.model.config.vocab_size:
            raise ValueError(
                f"of its {recognizer.model.config.vocab_size} pieces {len(recognizer.tokenizer)} are there"
            )
    except Exception as error:  # transformers raises whatever the files bring about
        raise LanguageDataError(
            f"{folder}: is no model of named entities ({type(error).__name__}: {error}): run `{INSTALL}` again."
        ) from error
    return NameTagger(recognizer)


# Any: camel_tools ships no types.
@contextmanager
def _without_progress(module: Any) -> Iterator[None]:
    """Have transformers, which the module brings along, load without a line that runs."""
    told = module.tf_utils.logging
    told.disable_progress_bar()
    try:
        yield
    finally:
        told.enable_progress_bar()


def _installed(settings: Settings) -> Path | None:
    """Return the folder of the model: camel-tools' usual one, else the first."""
    models = {name: path.parent for name, path in installed_data(settings, "data/ner/*/config.json").items()}
    return models.get(_USUAL) or next(iter(models.values()), None)


@dataclass(frozen=True, slots=True)
class _Segment:
    """As many words of a sentence as the model takes at once: their pieces, and where each word's first stands."""

    sentence: int
    pieces: tuple[int, ...]
    words: tuple[int, ...]
    firsts: tuple[int, ...]


class NameTagger:
    """Tags words B-PERS, I-PERS, B-LOC, B-ORG, B-MISC and so on, or O."""

    # Any: camel_tools ships no types, transformers none that are of use here.
    def __init__(self, recognizer: Any) -> None:
        self._model: Any = recognizer.model.eval()
        self._labels: dict[int, str] = dict(recognizer.labels_map)
        self._tokenizer: Any = recognizer.tokenizer
        self._pieces = lru_cache(maxsize=_CACHED_WORDS)(self._pieces_of)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return a tag for each word of each sentence."""
        tags = [[OUTSIDE] * len(sentence) for sentence in sentences]
        segments = [each for number, words in enumerate(sentences) for each in self._segments(number, words)]
        for batch in _batches(sorted(segments, key=lambda segment: len(segment.pieces))):
            for segment, chosen in zip(batch, self._choose(batch), strict=True):
                for word, label in zip(segment.words, chosen, strict=True):
                    tags[segment.sentence][word] = self._labels[label]
        return tags

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        pieces = self._tokenizer.convert_tokens_to_ids(self._tokenizer.tokenize(strip_marks(word)))
        return tuple(pieces[:_PIECES])

    def _segments(self, number: int, sentence: Sequence[str]) -> Iterator[_Segment]:
        pieces: list[int] = []
        words: list[int] = []
        firsts: list[int] = []
        for index, word in enumerate(sentence):
            of_word = self._pieces(word)
            if not of_word:  # nothing that the model could see
                continue
            if len(pieces) + len(of_word) > _PIECES:
                yield _Segment(number, tuple(pieces), tuple(words), tuple(firsts))
                pieces, words, firsts = [], [], []
            words.append(index)
            firsts.append(len(pieces) + 1)
            pieces += of_word
        if pieces:
            yield _Segment(number, tuple(pieces), tuple(words), tuple(firsts))

    def _choose(self, batch: Sequence[_Segment]) -> list[list[int]]:
        """Return the number of the likeliest label of each word of each segment."""
        import torch

        begin, end, pad = (getattr(self._tokenizer, f"{name}_token_id") for name in ("cls", "sep", "pad"))
        longest = max(len(segment.pieces) for segment in batch)
        rows = [[begin, *each.pieces, end] + [pad] * (longest - len(each.pieces)) for each in batch]
        seen = [[1] * (len(each.pieces) + 2) + [0] * (longest - len(each.pieces)) for each in batch]
        with torch.inference_mode():
            said = self._model(input_ids=torch.tensor(rows), attention_mask=torch.tensor(seen)).logits
        labels: list[list[int]] = said.argmax(dim=2).tolist()
        return [[of[first] for first in segment.firsts] for of, segment in zip(labels, batch, strict=True)]


def _batches(segments: Sequence[_Segment]) -> Iterator[list[_Segment]]:
    """Yield segments, which come by length, in batches of about as many pieces."""
    waiting = iter(segments)
    for first in waiting:
        most = max(1, _BATCH_PIECES // (2 * (len(first.pieces) + 2)))
        yield [first, *islice(waiting, most - 1)]
