"""Reads just enough of a SPARQL query to know what it reaches for: a dataset of its own, other services, the clock.

The store's union of all graphs overrides FROM, and the store has no switch against SERVICE: both must be seen before
it runs. Call these where a hostile text can be ended, that is in a worker.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      \#[^\r\n]*                                     # comment
    | <[^<>"{}|^`\\\x00-\x20]*>                      # IRI
    | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"            # long string
    | '''(?:[^'\\]|\\.|'(?!''))*'''
    | "(?:[^"\\\r\n]|\\.)*"                          # string
    | '(?:[^'\\\r\n]|\\.)*'
    | @[A-Za-z][A-Za-z0-9-]*                         # language tag
    | [?$]\w+                                        # variable
    | [\w.-]*:(?:[\w:.%-]|\\.)*                      # prefixed name or blank node
    | (?P<word>[A-Za-z]+)
    | .                                              # anything else, one character
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSTEADY = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
_SERVICE = re.compile("service", re.IGNORECASE)


def has_own_dataset(text: str) -> bool:
    """Say whether a query has FROM or FROM NAMED; inside strings, comments, IRIs and names the word does not count."""
    return "from" in text.lower() and any(
        match["word"] and match["word"].lower() == "from" for match in TOKEN.finditer(text)
    )


def is_steady(text: str) -> bool:
    """Say whether a query answers the same on the same data, so that an ETag may stand for its answer."""
    # Most queries have none of these words at all, which is seen thirty times faster.
    lowered = text.lower()
    may_be_unsteady = "now" in lowered or "rand" in lowered or "uuid" in lowered or "bnode" in lowered
    return not may_be_unsteady or _UNSTEADY.search(text) is None


def without_service(text: str) -> str | None:
    """Return the query with the word SERVICE spoilt wherever it stands, or None where it stands nowhere.

    A query that still parses then did not use it as a keyword. Telling keyword from text by tokens alone was tried
    and can be fooled: `1<#x>'''` is an IRI and a string to one reader, a comment to another.
    """
    return _SERVICE.sub("servjce", text) if "service" in text.lower() else None
