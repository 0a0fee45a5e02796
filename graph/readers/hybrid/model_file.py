"""Writes and reads what was learned: the parameters of judge and names as safetensors, with metadata."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from ...errors import LanguageDataError
from .base_file import BaseFile
from .encoder import Encoder
from .judge import Design, PairJudge
from .names import LearnedNames, NameBounds, NameDesign, NameHead

_FORMAT = "rawabit pair judge 1"
_ABOUT = "about"
_NAMES = "names."


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a logit must reach to be believed, of a fact that the grammar tells, too, and of another, and how it becomes
    a confidence: the logistic function of `steep` times it plus `shift`.
    """

    proposed: float = -0.5
    other: float = -0.5
    steep: float = 1.0
    shift: float = 0.0

    def believes(self, logit: float, *, told: bool) -> bool:
        """Tell whether a fact with a logit is believed; `told` says that the grammar tells it, too."""
        return logit >= (self.proposed if told else self.other)

    def confidence(self, logit: float) -> float:
        """Return the probability that a logit stands for."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.steep * logit + self.shift))))


@dataclass(frozen=True, slots=True)
class Learned:
    """A judge with the relations that are its columns and its bounds, and the head for names, if any."""

    judge: PairJudge
    relations: tuple[str, ...]
    bounds: Bounds
    names: LearnedNames | None = None


def build_judge(base: BaseFile, design: Design, relations: int) -> PairJudge:
    """Return a judge that has learned nothing; its encoder counts in half precision where the machine is fast at it."""
    if "OMP_NUM_THREADS" not in os.environ:
        # Threads that wait for each other lose more than they win where other work runs beside them.
        torch.set_num_threads(1)
    encoder = Encoder(base)
    if _is_fast_in_half():
        encoder.to(torch.bfloat16)
    return PairJudge(encoder, design, relations)


def write_learned(path: Path, learned: Learned) -> None:
    """Write what was learned; the encoder itself is not in it."""
    about = {
        "format": _FORMAT,
        "relations": learned.relations,
        "design": asdict(learned.judge.design),
        "bounds": asdict(learned.bounds),
    }
    parameters = dict(learned.judge.learned)
    if learned.names is not None:
        about["names"] = {"design": asdict(learned.names.head.design), "bounds": asdict(learned.names.bounds)}
        parameters |= {f"{_NAMES}{name}": each for name, each in learned.names.head.named_parameters()}
    tensors = {name: each.detach().to(torch.float16).contiguous() for name, each in parameters.items()}
    # One entry alone: several would be written in any order, and two runs would not give one file.
    save_file(tensors, path, metadata={_ABOUT: json.dumps(about)})


def read_learned(path: Path, base: BaseFile) -> Learned:
    """Read what was learned; raise LanguageDataError where the file is none or does not fit."""
    try:
        with safe_open(path, framework="pt") as stream:
            about = json.loads((stream.metadata() or {}).get(_ABOUT, "{}"))
            tensors = {name: stream.get_tensor(name) for name in stream.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise LanguageDataError(f"{path}: cannot be read ({error}): train it anew or reinstall Rawabit.") from error
    if about.get("format") != _FORMAT:
        raise LanguageDataError(f"{path}: is no judge of this version: train it anew or reinstall Rawabit.")
    relations = tuple(about["relations"])
    judge = build_judge(base, Design(**about["design"]), len(relations))
    parameters = dict(judge.learned)
    names = _build_names(about["names"], base) if "names" in about else None
    if names is not None:
        parameters |= {f"{_NAMES}{name}": each for name, each in names.head.named_parameters()}
    if parameters.keys() != tensors.keys():
        raise LanguageDataError(f"{path}: does not fit this version: train it anew or reinstall Rawabit.")
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(tensors[name])
    return Learned(judge.eval(), relations, Bounds(**about["bounds"]), names)


# Any: the value of a JSON object in a file's metadata.
def _build_names(about: Mapping[str, Any], base: BaseFile) -> LearnedNames:
    design = NameDesign(**{**about["design"], "kinds": tuple(about["design"]["kinds"])})
    bounds = about["bounds"]
    return LearnedNames(NameHead(design, base.shape.width).eval(), NameBounds(tuple(bounds["add"]), bounds["drop"]))


def _is_fast_in_half() -> bool:
    can = torch.cpu.get_capabilities()
    return bool(can.get("avx512_bf16") or can.get("amx_bf16"))
