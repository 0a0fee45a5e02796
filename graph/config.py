"""Settings from the environment or from options, read once and passed down; nothing reads the environment below."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

from .errors import SettingsError
from .model_settings import ModelSettings

DEFAULT_BASE_IRI = "https://rawabit.example/id/"
AUTO_READER = "auto"
# Who reads where nobody says who: the grammar from Python, the best that can read here from the environment.
GRAMMAR_READER, DEFAULT_READER = "grammar", AUTO_READER
_ABSOLUTE_IRI = re.compile(r"""(https?://|urn:)[^\s<>"{}|\\^`\x00-\x20]+[/#:]""")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and how they behave.

    `store` is the store's folder, `base_iri` the prefix of every minted IRI, `seeds` a folder of lists that add to the
    shipped ones or override their rows, `cache` the user's cache folder, `camel_data` camel-tools' data folder,
    `query_seconds` the time limit of one query, `workers` the number of query processes, `language` the language of
    the articles, `article_megabytes` the size above which an input file or line is refused, `reader` the name of who
    reads, or "auto" for the best that can, `language_model` where a language model is, if one is set. Instead of a
    folder, `store` may be a SPARQL endpoint, `sparql+http://…`, which is asked in the name of `sparql_user` with
    `sparql_password`, or with the bearer token `sparql_token`.
    `archive_gigabytes` is what one archive may unpack to. Addresses of the web are asked as `fetch_agent`, a host every
    `fetch_delay` seconds, for `fetch_seconds` and `fetch_megabytes` each and `fetch_pages` in a run; `fetch_private`
    names networks that are not of the public internet and may be asked.
    """

    store: Path = Path("store")
    base_iri: str = DEFAULT_BASE_IRI
    seeds: Path | None = None
    cache: Path = Path.home() / ".cache" / "rawabit"
    camel_data: Path | None = None
    query_seconds: float = 10.0
    workers: int = 2
    language: str = "ar"
    article_megabytes: float = 5.0
    reader: str = GRAMMAR_READER
    language_model: ModelSettings | None = None
    sparql_user: str | None = None
    sparql_password: str | None = field(default=None, repr=False)
    sparql_token: str | None = field(default=None, repr=False)
    archive_gigabytes: float = 100.0
    fetch_agent: str = "Rawabit"
    fetch_delay: float = 1.0
    fetch_seconds: float = 60.0
    fetch_megabytes: float = 50.0
    fetch_pages: int = 1_000
    fetch_private: str = ""

    @property
    def article_bytes(self) -> int:
        """The size in bytes above which an input file or line is refused."""
        return int(self.article_megabytes * 1_000_000)

    def to_environment(self) -> dict[str, str]:
        """Return the variables by which another process comes to the same endpoint and cache as these settings."""
        values = {
            "RAWABIT_BASE_IRI": self.base_iri,
            "RAWABIT_CACHE": str(self.cache),
            "RAWABIT_QUERY_SECONDS": str(self.query_seconds),
            "RAWABIT_SPARQL_USER": self.sparql_user,
            "RAWABIT_SPARQL_PASSWORD": self.sparql_password,
            "RAWABIT_SPARQL_TOKEN": self.sparql_token,
        }
        return {name: value or "" for name, value in values.items()}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read RAWABIT_STORE, RAWABIT_BASE_IRI, RAWABIT_SEEDS, RAWABIT_CACHE, RAWABIT_CAMEL_DATA (or camel-tools' own
        CAMELTOOLS_DATA), RAWABIT_QUERY_SECONDS, RAWABIT_WORKERS, RAWABIT_LANGUAGE, RAWABIT_ARTICLE_MEGABYTES,
        RAWABIT_ARCHIVE_GIGABYTES, the six RAWABIT_FETCH_..., RAWABIT_READER, RAWABIT_SPARQL_USER,
        RAWABIT_SPARQL_PASSWORD and RAWABIT_SPARQL_TOKEN, and with RAWABIT_LLM_URL what `ModelSettings` reads;
        raise SettingsError on values that cannot be used.
        """
        values = os.environ if environment is None else environment
        cache_home = Path(values.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        camel = values.get("RAWABIT_CAMEL_DATA") or values.get("CAMELTOOLS_DATA")
        base_iri = values.get("RAWABIT_BASE_IRI") or DEFAULT_BASE_IRI
        if not _ABSOLUTE_IRI.fullmatch(base_iri):
            raise SettingsError(
                f"RAWABIT_BASE_IRI={base_iri!r}: give an absolute http(s) or urn IRI that ends in '/', '#' or ':', "
                "without blanks and brackets."
            )
        return cls(
            store=Path(values.get("RAWABIT_STORE") or "store"),
            base_iri=base_iri,
            seeds=Path(values["RAWABIT_SEEDS"]) if values.get("RAWABIT_SEEDS") else None,
            cache=Path(values.get("RAWABIT_CACHE") or cache_home / "rawabit"),
            camel_data=Path(camel) if camel else None,
            query_seconds=_positive(values, "RAWABIT_QUERY_SECONDS", 10.0),
            workers=_whole(values, "RAWABIT_WORKERS", 2),
            language=values.get("RAWABIT_LANGUAGE") or "ar",
            article_megabytes=_positive(values, "RAWABIT_ARTICLE_MEGABYTES", 5.0),
            reader=values.get("RAWABIT_READER") or DEFAULT_READER,
            language_model=ModelSettings.from_environment(values) if values.get("RAWABIT_LLM_URL") else None,
            sparql_user=values.get("RAWABIT_SPARQL_USER") or None,
            sparql_password=values.get("RAWABIT_SPARQL_PASSWORD") or None,
            sparql_token=values.get("RAWABIT_SPARQL_TOKEN") or None,
            archive_gigabytes=_positive(values, "RAWABIT_ARCHIVE_GIGABYTES", 100.0),
            fetch_agent=values.get("RAWABIT_FETCH_AGENT") or "Rawabit",
            fetch_delay=_positive(values, "RAWABIT_FETCH_DELAY", 1.0),
            fetch_seconds=_positive(values, "RAWABIT_FETCH_SECONDS", 60.0),
            fetch_megabytes=_positive(values, "RAWABIT_FETCH_MEGABYTES", 50.0),
            fetch_pages=_whole(values, "RAWABIT_FETCH_PAGES", 1_000),
            fetch_private=_networks(values, "RAWABIT_FETCH_PRIVATE"),
        )


def _whole(values: Mapping[str, str], name: str, default: int) -> int:
    number = _positive(values, name, default)
    if number != int(number):
        raise SettingsError(f"{name}={values[name]!r}: give a whole number.")
    return int(number)


def _networks(values: Mapping[str, str], name: str) -> str:
    text = values.get(name) or ""
    try:
        for each in text.replace(",", " ").split():
            ip_network(each)
    except ValueError:
        raise SettingsError(f"{name}={text!r}: give networks such as 10.1.0.0/16, with commas between them.") from None
    return text


def _positive(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name)
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        raise SettingsError(f"{name}={text!r}: give a number.") from None
    if not 0 < number < 1e6:
        raise SettingsError(f"{name}={text!r}: give a number above 0 and below a million.")
    return number
