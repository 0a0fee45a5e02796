"""Rewrites SPARQL updates by their tokens: prologues to the front, and the dataset of a request into each operation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .sparql_text import TOKEN

_BLANK = r"(?:\s|\#[^\r\n]*)*"
_IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""
_PREFIX = re.compile(rf"{_BLANK}\bprefix\b{_BLANK}([\w.-]*:){_BLANK}({_IRI})", re.IGNORECASE)
_BASE = re.compile(rf"{_BLANK}\bbase{_BLANK}({_IRI})", re.IGNORECASE)


def gather_prologues(text: str) -> str:
    """Return an update with the prefixes that are declared between its operations declared in front.

    The standard allows a prologue after each `;`, the store's parser in front alone. One that declares a prefix anew
    for another name, or another base, is left where it is: no single prologue says the same.
    """
    front, declared = _read_prologue(text, 0)
    later, pieces, last = dict[str, str](), [text[:front], ""], front
    for token, depth in _tokens(text, front):
        if token[0] != ";" or depth:
            continue
        end, found = _read_prologue(text, token.end())
        if end == token.end():
            continue
        if any({**declared, **later}.get(name, iri) != iri for name, iri in found.items()) or "" in found:
            return text
        later |= found
        pieces.append(text[last : token.end()])
        last = end
    pieces[1] = "".join(f"\nPREFIX {name} {iri}\n" for name, iri in later.items() if name not in declared)
    return "".join([*pieces, text[last:]])


def give_dataset(text: str, using: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose operations with a pattern have these graphs as their dataset; they have none of their own.

    `DELETE WHERE` takes no dataset and is written out as what it stands for.
    """
    clauses = [*(f"USING <{iri}>" for iri in using), *(f"USING NAMED <{iri}>" for iri in named)]
    dataset = f" {' '.join(clauses)} "
    pieces, last, opened, before = list[str](), 0, 0, ""
    short: int | None = None
    for token, depth in _tokens(text, 0):
        if token[0] == "{" and depth == 1:
            opened = token.start()
        elif token[0] == "}" and depth == 0:
            before = ""
            if short is not None:
                pieces += [text[last:short], text[opened : token.end()], dataset]
                last, short = short, None
        elif token["word"] and depth == 0:
            if token[0].upper() != "WHERE":
                before = token[0].upper()
            elif before == "DELETE":
                short = token.start()
            else:
                pieces += [text[last : token.start()], dataset]
                last = token.start()
    return "".join([*pieces, text[last:]])


def _tokens(text: str, start: int) -> Iterator[tuple[re.Match[str], int]]:
    """Yield tokens with the number of braces that are open after each."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        depth += (token[0] == "{") - (token[0] == "}")
        yield token, depth


def _read_prologue(text: str, start: int) -> tuple[int, dict[str, str]]:
    """Return where the prologue at a place ends, and what it declares; a base has no name."""
    declared = dict[str, str]()
    while True:
        if found := _PREFIX.match(text, start):
            declared[found[1]] = found[2]
        elif found := _BASE.match(text, start):
            declared[""] = found[1]
        else:
            return start, declared
        start = found.end()
