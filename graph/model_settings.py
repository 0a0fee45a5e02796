"""Where the language model is and what it may cost, from the environment; nothing is sent unless it is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .errors import SettingsError

MISSING = "the reader llm needs RAWABIT_LLM_URL, such as http://127.0.0.1:11434/v1, and RAWABIT_LLM_MODEL: set both."
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """`url` is the base address, to which /chat/completions is added; `key` is sent as bearer token and never shown.

    `seconds` is the time limit of one request, `tries` how often it is made, `concurrency` how many run at once,
    `tokens` and `money` the budget of a run, `price_in` and `price_out` the price of a million tokens, in
    whatever currency, `part_characters` the length above which an article is sent in parts.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0
    tries: int = 5
    concurrency: int = 4
    tokens: int | None = None
    money: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0
    part_characters: int = 6_000

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> ModelSettings:
        """Read RAWABIT_LLM_URL, _MODEL, _KEY, _SECONDS, _TRIES, _CONCURRENCY, _TOKENS, _MONEY, _PRICE_IN, _PRICE_OUT
        and _PART_CHARACTERS; raise SettingsError where one is missing or cannot be used.
        """
        url, model = values.get("RAWABIT_LLM_URL") or "", values.get("RAWABIT_LLM_MODEL") or ""
        if not url or not model:
            raise SettingsError(MISSING)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError("RAWABIT_LLM_URL: give an address that begins with http:// or https://.")
        if parts.username or parts.password:
            raise SettingsError("RAWABIT_LLM_URL: give the key in RAWABIT_LLM_KEY and not in the address.")
        money = _number(values, "RAWABIT_LLM_MONEY", 0)
        prices = _number(values, "RAWABIT_LLM_PRICE_IN", 0), _number(values, "RAWABIT_LLM_PRICE_OUT", 0)
        if money and not any(prices):
            raise SettingsError(
                "RAWABIT_LLM_MONEY: set RAWABIT_LLM_PRICE_IN and RAWABIT_LLM_PRICE_OUT, of a million tokens, too."
            )
        return cls(
            url=url.rstrip("/"),
            model=model,
            key=values.get("RAWABIT_LLM_KEY") or None,
            seconds=_number(values, "RAWABIT_LLM_SECONDS", 120.0, least=0.001),
            tries=int(_number(values, "RAWABIT_LLM_TRIES", 5, least=1)),
            concurrency=int(_number(values, "RAWABIT_LLM_CONCURRENCY", 4, least=1)),
            tokens=int(_number(values, "RAWABIT_LLM_TOKENS", 0)) or None,
            money=money or None,
            price_in=prices[0],
            price_out=prices[1],
            part_characters=int(_number(values, "RAWABIT_LLM_PART_CHARACTERS", 6_000, least=200)),
        )

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def _number(values: Mapping[str, str], name: str, default: float, *, least: float = 0.0) -> float:
    text = values.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        raise SettingsError(f"{name}={text!r}: give a number.") from None
    if not least <= number < _LARGEST:
        raise SettingsError(f"{name}={text!r}: give a number of {least:g} or more.")
    return number
