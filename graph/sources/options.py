"""How sources are to be read: which kind, which columns, which limits; made once from settings and options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..config import Settings

MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read.

    `most_bytes` is the largest article, a file or one record; `kind` what the files are, whatever their suffix says;
    `columns` pairs of a field of an article and the column that holds it; `any_language` reads also what is not Arabic.
    """

    most_bytes: int = MOST_BYTES
    kind: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    any_language: bool = False

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        *,
        kind: str | None = None,
        columns: Mapping[str, str] | None = None,
        any_language: bool = False,
    ) -> SourceOptions:
        """Take the limits from the settings."""
        return cls(
            most_bytes=settings.article_bytes,
            kind=kind,
            columns=tuple((columns or {}).items()),
            any_language=any_language,
        )
