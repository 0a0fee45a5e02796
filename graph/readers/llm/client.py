"""Asks an OpenAI-compatible endpoint for one chat completion: retries what may pass, refuses what will not.

The answer's size and the request's whole time are limited, no redirect is followed (the key would go along), and no
message that is raised holds the key or what was sent.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from ...errors import ReaderError, SettingsError
from ...model_settings import ModelSettings

MOST_ANSWER_BYTES = 2_000_000
_LONGEST_WAIT = 60.0
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said. `is_cut` tells that it ran out of room; tokens are as the endpoint counts them, else 0."""

    text: str
    is_cut: bool
    tokens_in: int
    tokens_out: int


class _PassingError(Exception):
    """What may be gone at the next try; `wait` is how long the endpoint asks to wait, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class ChatClient:
    """A connection to one endpoint, for several threads at once."""

    def __init__(self, settings: ModelSettings, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._pause = pause
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self._http = httpx.Client(headers=headers, timeout=settings.seconds, follow_redirects=False)
        self._takes_schema = True

    def __enter__(self) -> ChatClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def complete(self, messages: list[dict[str, str]], schema: dict[str, Any], most_tokens: int) -> Completion:
        """Return the model's answer; raise ReaderError where there is none after all tries, SettingsError where the
        endpoint refuses the key, the model or the address.
        """
        reason = "no try was made"
        for number in range(self._settings.tries):
            try:
                return self._try(messages, schema, most_tokens)
            except _PassingError as error:
                reason = str(error)
                if number + 1 < self._settings.tries:
                    self._pause(_wait(number, error.wait))
        raise ReaderError(f"the language model gave no usable answer in {self._settings.tries} tries: {reason}.")

    def _try(self, messages: list[dict[str, str]], schema: dict[str, Any], most_tokens: int) -> Completion:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": most_tokens,
        }
        asked_with_schema = self._takes_schema
        if asked_with_schema:
            wanted = {"name": "facts", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": wanted}
        status, headers, content = self._post(body)
        if status == 400 and asked_with_schema:
            # Not all servers know schemas; the prompt says what is wanted, too.
            self._takes_schema = False
            raise _PassingError("400 for a request with a JSON schema", 0.0)
        if status in _PASSING:
            raise _PassingError(f"it answered {status}", _asked_wait(headers))
        if status != 200:
            raise _refusal(status)
        return _read_completion(content)

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        until = time.monotonic() + self._settings.seconds
        content = bytearray()
        try:
            with self._http.stream("POST", self._settings.url + "/chat/completions", json=body) as answer:
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > MOST_ANSWER_BYTES:
                        raise _PassingError(f"its answer is longer than {MOST_ANSWER_BYTES} bytes")
                    if time.monotonic() > until:  # one byte a second keeps a read timeout from ending it
                        raise _PassingError(f"it took longer than {self._settings.seconds:g} s")
                return answer.status_code, answer.headers, bytes(content)
        except httpx.TimeoutException:
            raise _PassingError(f"it took longer than {self._settings.seconds:g} s") from None
        except httpx.HTTPError as error:
            raise _PassingError(f"the connection failed ({type(error).__name__})") from None


def _wait(number: int, asked: float | None) -> float:
    """Return how long to wait before the next try: what was asked for, else twice as long each time, spread."""
    if asked is not None:
        return min(asked, _LONGEST_WAIT)
    return min(2.0**number, _LONGEST_WAIT) * random.uniform(0.5, 1.0)


def _asked_wait(headers: httpx.Headers) -> float | None:
    try:
        return max(float(headers["retry-after"]), 0.0)
    except (KeyError, ValueError):  # a date is as good as none: the wait grows anyway
        return None


def _refusal(status: int) -> Exception:
    if status in (401, 403):
        return SettingsError(f"the language model's endpoint answered {status}: check RAWABIT_LLM_KEY.")
    if status in (404, 405) or 300 <= status < 400:
        return SettingsError(
            f"the language model's endpoint answered {status}: check RAWABIT_LLM_URL, to which /chat/completions is "
            "added, and RAWABIT_LLM_MODEL."
        )
    return ReaderError(f"the language model's endpoint answered {status} to this article.")


def _read_completion(content: bytes) -> Completion:
    try:
        answer = json.loads(content)
        choice = answer["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise _PassingError("what it answered is no chat completion") from None
    if not isinstance(text, str) or not text.strip():
        raise _PassingError("it answered without a text")
    usage = answer.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Completion(
        text,
        choice.get("finish_reason") == "length",
        _count(counts, "prompt_tokens"),
        _count(counts, "completion_tokens"),
    )


def _count(usage: dict[str, object], name: str) -> int:
    value = usage.get(name)
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0
