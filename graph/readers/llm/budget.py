"""Counts what a run spends on a language model, and ends it before the budget is passed.

The count lies in memory that forks share: a server reads each article in a fork, and all spend from one purse.
"""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass, field
from mmap import mmap

from ...errors import BudgetError
from ...model_settings import ModelSettings

_COUNTS = struct.Struct("qq")


@dataclass(slots=True)
class Budget:
    """What has been spent, and what is about to be: several requests at once cannot pass the limit together."""

    settings: ModelSettings
    _counts: mmap = field(default_factory=lambda: mmap(-1, _COUNTS.size))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reserve(self, tokens_in: int, tokens_out: int) -> tuple[int, int]:
        """Set aside what a request may use; raise BudgetError where that is no longer there."""
        with self._lock:
            total_in, total_out = self.tokens_in + tokens_in, self.tokens_out + tokens_out
            settings = self.settings
            if settings.tokens is not None and total_in + total_out > settings.tokens:
                raise BudgetError(
                    f"the budget of {settings.tokens} tokens is spent ({self.tokens_in + self.tokens_out} used): "
                    "raise RAWABIT_LLM_TOKENS and run the same command again; what was answered is kept."
                )
            if settings.money is not None and settings.cost(total_in, total_out) > settings.money:
                raise BudgetError(
                    f"the budget of {settings.money:g} is spent ({self.money:.4f} used): "
                    "raise RAWABIT_LLM_MONEY and run the same command again; what was answered is kept."
                )
            self._add(tokens_in, tokens_out)
        return tokens_in, tokens_out

    def settle(self, reserved: tuple[int, int], tokens_in: int, tokens_out: int) -> None:
        """Replace what was set aside for a request by what it used; a fork that dies leaves the former standing."""
        with self._lock:
            self._add(tokens_in - reserved[0], tokens_out - reserved[1])

    @property
    def tokens_in(self) -> int:
        """The tokens that were sent, and those that are set aside for it."""
        return self._both()[0]

    @property
    def tokens_out(self) -> int:
        """The tokens that were answered, and those that are set aside for it."""
        return self._both()[1]

    @property
    def money(self) -> float:
        """What has been spent, in the currency of the prices."""
        return self.settings.cost(self.tokens_in, self.tokens_out)

    def _both(self) -> tuple[int, int]:
        tokens_in, tokens_out = _COUNTS.unpack_from(self._counts)
        return tokens_in, tokens_out

    def _add(self, tokens_in: int, tokens_out: int) -> None:
        before = self._both()
        _COUNTS.pack_into(self._counts, 0, before[0] + tokens_in, before[1] + tokens_out)
