"""Writes what a language model is asked: instructions from the ontology, our own examples, the article as JSON data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

from ...errors import LanguageDataError
from ...model import EntityKind, Status
from ...rdf.vocabulary import Vocabulary
from ...resources import package_folder

# Arabic takes about one token for two and a half characters in the vocabularies of current models.
_CHARACTERS_A_TOKEN = 2.5
_LEAST_ANSWER = 1_000
_MOST_ANSWER = 8_000
_TEXT = {"type": "string"}
_TEXT_OR_NONE = {"type": ["string", "null"]}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is the same for every article: the instructions, the examples as an exchange of messages, the schema."""

    opening: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]  # JSON

    @classmethod
    def load(cls, vocabulary: Vocabulary, language: str) -> Prompt:
        """Read instructions and examples; raise LanguageDataError naming the file that is wrong."""
        relations = "\n".join(
            f"  - {relation.name} ({'/'.join(relation.domain)} to {'/'.join(relation.range)}"
            f"{', holds both ways' if relation.symmetric else ''}): {relation.comment}"
            for relation in vocabulary.relations.values()
        )
        template = Template((package_folder("readers") / "llm" / "instructions.txt").read_text(encoding="utf-8"))
        instructions = template.substitute(kinds=", ".join(EntityKind), relations=relations)
        messages: list[Mapping[str, str]] = [{"role": "system", "content": instructions}]
        for example in _read_examples(package_folder("lang") / language / "reading_examples.yaml"):
            answer = {"entities": example["entities"], "relations": example["relations"]}
            messages.append({"role": "user", "content": _ask(example["text"], example["title"], example["published"])})
            messages.append({"role": "assistant", "content": json.dumps(answer, ensure_ascii=False)})
        return cls(tuple(messages), _schema(vocabulary))

    def messages(self, text: str, title: str | None, published: str | None) -> list[dict[str, str]]:
        """Return the messages that ask about one article, or a part of one."""
        return [*map(dict, self.opening), {"role": "user", "content": _ask(text, title, published)}]


def estimate_tokens(messages: list[dict[str, str]]) -> int:
    """Return about how many tokens messages are."""
    return int(sum(len(message["content"]) for message in messages) / _CHARACTERS_A_TOKEN) + 8 * len(messages)


def answer_room(text: str) -> int:
    """Return how many tokens an answer about a text may have."""
    return min(_LEAST_ANSWER + len(text), _MOST_ANSWER)


def _ask(text: str, title: str | None, published: str | None) -> str:
    return json.dumps({"article": {"title": title, "published": published, "text": text}}, ensure_ascii=False)


def _read_examples(path: Path) -> list[dict[str, Any]]:
    try:
        examples: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LanguageDataError(f"{path}: {error}. Mend the file.") from error
    return examples


def _schema(vocabulary: Vocabulary) -> dict[str, Any]:
    entity = {
        "id": _TEXT,
        "type": {"type": "string", "enum": list(EntityKind)},
        "name": _TEXT,
        "aliases": {"type": "array", "items": _TEXT},
    }
    relation = {
        "subject": _TEXT,
        "predicate": {"type": "string", "enum": sorted(vocabulary.relations)},
        "object": _TEXT,
        "status": {"type": "string", "enum": list(Status)},
        "date": _TEXT_OR_NONE,
        "item": _TEXT_OR_NONE,
        "quantity": _TEXT_OR_NONE,
        "role": _TEXT_OR_NONE,
        "attributed_to": _TEXT_OR_NONE,
        "evidence": _TEXT,
    }
    return _object({"entities": _list(_object(entity)), "relations": _list(_object(relation))})


def _object(properties: Mapping[str, object]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
