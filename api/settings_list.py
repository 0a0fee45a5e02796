"""Lists every setting of the server with its value, its default and its meaning: `rawabit serve --show-settings`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields

from graph.config import AUTO_READER, Settings
from graph.model_settings import ModelSettings
from graph.readers.registry import READERS

from .access import TOKEN, UPDATE, Access
from .limits import ServiceLimits
from .request_log import LEVEL, read_level

MEANINGS: Mapping[str, str] = {
    "store": "the store's folder, or an endpoint (sparql+http://host:port/path)",
    "base_iri": "the prefix of every IRI that a new store mints",
    "seeds": "a folder of lists that add to the shipped ones",
    "cache": "the only folder outside the store that is written to",
    "camel_data": "camel-tools' data folder",
    "query_seconds": "the time limit of one query, which a request may lower",
    "workers": "how many quick queries run at once",
    "language": "the language of the articles",
    "article_megabytes": "the size above which an input file or line is refused",
    "reader": f"who reads articles: {', '.join(READERS)}, or {AUTO_READER} for the best that can",
    "sparql_user": "in whose name an endpoint is asked",
    "sparql_password": "the password of that user",
    "sparql_token": "the bearer token for an endpoint, instead of a user",
    "archive_gigabytes": "what one archive may unpack to",
    "fetch_agent": "the name under which addresses of the web are asked; add how to reach you",
    "fetch_delay": "the seconds between two requests to one host",
    "fetch_seconds": "the time limit of one address",
    "fetch_megabytes": "the size above which an answer is not read",
    "fetch_pages": "how many addresses are fetched in one run",
    "fetch_private": "networks outside the public internet that may be asked, such as 10.1.0.0/16",
    "max_rows": "the rows of one SPARQL answer",
    "max_bytes": "the bytes of one answer before compression",
    "max_body": "the bytes of a request's body",
    "worker_memory": "the bytes that a query may add to its process (Linux)",
    "queue": "how many requests may wait for a worker",
    "patience": "how many seconds each of them waits",
    "slow_after": "the seconds after which a query counts as slow and makes room",
    "export_seconds": "the time limit of one export",
    "read_seconds": "the time limit of reading one article that is sent",
    "update_seconds": "the time limit of one change",
    "max_upload": "the bytes of the body of one change",
}
MODEL_MEANINGS: Mapping[str, str] = {
    "url": "the address of a language model, to which /chat/completions is added; nothing is sent without one",
    "model": "the name of the model",
    "key": "sent to it as bearer token",
    "seconds": "the time limit of one request to it",
    "tries": "how often a request is made",
    "concurrency": "how many requests run at once",
    "tokens": "how many tokens a run may use",
    "money": "what a run may cost, in the currency of the prices",
    "price_in": "the price of a million tokens sent",
    "price_out": "the price of a million tokens answered",
    "part_characters": "the length above which an article is sent in parts",
}
_FURTHER = {
    TOKEN: "the bearer token of who may write; nothing can be written without one",
    UPDATE: "1 takes SPARQL updates from who has the token",
    LEVEL: "what is logged: debug (query strings as well), info, warning or error",
}


def list_settings(settings: Settings, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield a line for each setting; raise SettingsError for one that cannot be used. No secret is told."""
    access = Access.from_environment(environment)
    told: list[tuple[str, object, object, str]] = []
    for having, usual in ((settings, Settings()), (ServiceLimits.from_environment(environment), ServiceLimits())):
        told += [
            (f"RAWABIT_{field.name.upper()}", _tell(having, field), getattr(usual, field.name), MEANINGS[field.name])
            for field in fields(having)
            if field.name in MEANINGS
        ]
    told += _model_settings(settings.language_model)
    told += [
        (TOKEN, "(set)" if access.may_write else None, None, _FURTHER[TOKEN]),
        (UPDATE, int(access.update), 0, _FURTHER[UPDATE]),
        (LEVEL, read_level(environment), "info", _FURTHER[LEVEL]),
    ]
    for name, value, default, meaning in told:
        default_text = "" if value == default else f" (default: {_write(default)})"
        yield f"{name}={_write(value)}{default_text}\n    {meaning}"


def _tell(having: Settings | ServiceLimits, field: Field[object]) -> object:
    """Return the value of a setting; of a secret, which is not shown elsewhere either, only whether there is one."""
    value: object = getattr(having, field.name)
    return value if field.repr or value is None else "(set)"


def _write(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _model_settings(model: ModelSettings | None) -> Iterator[tuple[str, object, object, str]]:
    usual = ModelSettings("", "")
    for name, meaning in MODEL_MEANINGS.items():
        value = getattr(model, name) if model is not None else getattr(usual, name) or None
        shown = "(set)" if name == "key" and value else value
        yield f"RAWABIT_LLM_{name.upper()}", shown, getattr(usual, name) or None, meaning
