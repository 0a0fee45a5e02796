"""Counts what a run spends on a language model, and ends it before the budget is passed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from ...errors import BudgetError
from ...model_settings import ModelSettings


@dataclass(slots=True)
class Budget:
    """What has been spent, and what is about to be: several requests at once cannot pass the limit together."""

    settings: ModelSettings
    tokens_in: int = 0
    tokens_out: int = 0
    _reserved: list[tuple[int, int]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reserve(self, tokens_in: int, tokens_out: int) -> tuple[int, int]:
        """Set aside what a request may use; raise BudgetError where that is no longer there."""
        asked = (tokens_in, tokens_out)
        with self._lock:
            total_in = self.tokens_in + sum(each for each, _ in self._reserved) + tokens_in
            total_out = self.tokens_out + sum(each for _, each in self._reserved) + tokens_out
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
            self._reserved.append(asked)
        return asked

    def settle(self, reserved: tuple[int, int], tokens_in: int, tokens_out: int) -> None:
        """Replace what was set aside for a request by what it used."""
        with self._lock:
            self._reserved.remove(reserved)
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out

    @property
    def money(self) -> float:
        """What has been spent, in the currency of the prices."""
        return self.settings.cost(self.tokens_in, self.tokens_out)
