"""Reads how much: money and counted things with their bound ("more than", "about"), as written and as a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lang.language import Language
from ..model import Quantity, Token

# The most words of one number, and the most digits: longer ones are no amounts.
_LONGEST = 12
_MILLION = 1_000_000
# A comma before one or two digits, or four and more, is no mark of thousands.
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}$|\d{4,}$)")
_MOST_DIGITS = 16
_DIGITS = str.maketrans("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u066b\u066c", "0123456789.,")


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """An amount in a sentence: token indices and the amount; `money` tells money from things."""

    start: int
    end: int
    quantity: Quantity
    money: bool


class QuantityReader:
    """Finds amounts among the tokens of a sentence."""

    def __init__(self, language: Language) -> None:
        numbers, morphemes = language.numbers, language.morphemes
        self._clitics, self._and = morphemes.quantity_clitics, morphemes.and_
        self._origins = morphemes.money_origins
        self._values = numbers.values
        self._multipliers = numbers.multipliers
        self._vague = numbers.vague
        self._money = numbers.money
        self._marks = numbers.money_marks
        self._counted = numbers.counted
        self._bounds = {tuple(phrase.split()): bound for phrase, bound in numbers.bounds.items()}

    def read(self, tokens: tuple[Token, ...], text: str, offset: int) -> list[QuantityMention]:
        """Return the amounts of a sentence; `text` is the sentence, which starts at `offset`."""
        found: list[QuantityMention] = []
        index = 0
        while index < len(tokens):
            mention = self._at(tokens, index, text, offset)
            if mention is None:
                index += 1
                continue
            found.append(mention)
            index = mention.end
        return found

    def _at(self, tokens: tuple[Token, ...], start: int, text: str, offset: int) -> QuantityMention | None:
        position, total, current, seen = start, 0.0, None, False
        while position < len(tokens) and position - start < _LONGEST:
            norm = self._stem(tokens[position].norm, first=position == start)
            value = self._value(norm)
            if value is not None and norm not in self._multipliers:
                current = (current or 0) + value
            elif norm in self._multipliers:
                current = _times(current, self._multipliers[norm])
                if self._multipliers[norm] >= _MILLION:
                    total, current = total + current, None
            elif not seen and norm in self._vague:
                current = self._vague[norm]
            else:
                break
            seen = True
            position += 1
            if (
                norm in self._multipliers
                and position + 1 < len(tokens)
                and tokens[position].norm in self._and
                and self._is_number(tokens[position + 1])
            ):
                # "a thousand and 200": the conjunction is a word of its own before digits.
                position += 1
        if not seen or position >= len(tokens):
            return None
        return self._with_unit(tokens, start, position, total + (current or 0), text, offset)

    def _with_unit(
        self, tokens: tuple[Token, ...], start: int, position: int, value: float, text: str, offset: int
    ) -> QuantityMention | None:
        unit = tokens[position].norm
        money = unit in self._money or unit in self._marks
        if not money and unit not in self._counted:
            return None
        end = position + 1
        bound, begin = self._bound(tokens, start)
        if money and end < len(tokens) and tokens[end].norm.startswith(self._origins):
            end += 1
        written = text[tokens[begin].start - offset : tokens[end - 1].end - offset]
        name = text[tokens[position].start - offset : tokens[end - 1].end - offset]
        return QuantityMention(begin, end, Quantity(written, value, name, bound), money)

    def _bound(self, tokens: tuple[Token, ...], start: int) -> tuple[str | None, int]:
        for length in (4, 3, 2, 1):
            if start - length < 0:
                continue
            phrase = tuple(token.norm for token in tokens[start - length : start])
            bound = self._bounds.get(phrase)
            if bound is None and phrase[0][:1] in self._clitics:
                bound = self._bounds.get((phrase[0][1:], *phrase[1:]))
            if bound:
                return bound, start - length
        return None, start

    def _stem(self, norm: str, *, first: bool) -> str:
        if norm in self._values or norm in self._multipliers or norm[0].isdecimal():
            return norm
        clitics = self._clitics if first else self._and
        return norm[1:] if len(norm) > 2 and norm[0] in clitics else norm

    def _is_number(self, token: Token) -> bool:
        return token.norm in self._values or token.norm[0].isdecimal()

    def _value(self, norm: str) -> float | None:
        text = norm.translate(_DIGITS)
        if text[:1].isdecimal() and len(text) < _MOST_DIGITS:
            try:
                return float(_DECIMAL_COMMA.sub(".", text).replace(",", ""))
            except ValueError:
                return None
        return self._values.get(norm)


def _times(value: float | None, multiplier: float) -> float:
    """Return "three hundred" as a product and "a thousand and a hundred" as a sum."""
    if value is not None and 1 < multiplier <= value:
        return value + multiplier
    return (value or 1) * multiplier
