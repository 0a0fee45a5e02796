"""How sources are to be read: which kind, which columns, which limits; made once from settings and options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..config import Settings

MOST_BYTES = 5_000_000
ARCHIVE_BYTES = 100_000_000_000


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How addresses of the web are fetched.

    `agent` is the name under which they are asked, `delay` the seconds between two requests to one host, `seconds` and
    `most_bytes` the limits of one answer, `most_pages` how many are fetched in one run, `private` the networks
    outside the public internet that may be asked.
    """

    agent: str = "Rawabit"
    delay: float = 1.0
    seconds: float = 60.0
    most_bytes: int = 50_000_000
    most_pages: int = 1_000
    private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read.

    `most_bytes` is the largest article, a file or one record; `kind` what the files are, whatever their suffix says;
    `columns` pairs of a field of an article and the column that holds it; `any_language` reads also what is not Arabic;
    `archive_bytes` is what one archive may unpack to.
    """

    most_bytes: int = MOST_BYTES
    kind: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    any_language: bool = False
    archive_bytes: int = ARCHIVE_BYTES
    fetch: FetchPolicy = FetchPolicy()

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
            archive_bytes=int(settings.archive_gigabytes * 1_000_000_000),
            fetch=FetchPolicy(
                agent=settings.fetch_agent,
                delay=settings.fetch_delay,
                seconds=settings.fetch_seconds,
                most_bytes=int(settings.fetch_megabytes * 1_000_000),
                most_pages=settings.fetch_pages,
                private=tuple(settings.fetch_private.replace(",", " ").split()),
            ),
        )
