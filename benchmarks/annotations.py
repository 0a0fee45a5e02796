"""Puts annotations beside the articles that they are about, for `rawabit train`.

    python benchmarks/annotations.py ARTICLES.jsonl -o annotated.jsonl

benchmarks/annotations.jsonl has the actors and relations of 63 articles of Arabic news. The articles belong to their
publishers and are not in it: each is known by the SHA-256 of its text, and what tells a relation by its `span` there.
ARTICLES.jsonl has them, a line each with `id` and `text`; an article that is not there is named and left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).with_name("annotations.jsonl")


def read_lines(path: Path) -> list[dict[str, Any]]:  # Any: what JSON has
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def with_evidence(relation: dict[str, Any], text: str) -> dict[str, Any]:  # Any: what JSON has
    """Return a relation with the words of its span as its evidence."""
    start, end = relation.get("span", (0, 0))
    return {**{key: value for key, value in relation.items() if key != "span"}, "evidence": text[start:end]}


def main() -> None:
    """Join annotations and articles."""
    parser = argparse.ArgumentParser(description="Puts annotations beside their articles")
    parser.add_argument("articles", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    articles = {hashlib.sha256(each["text"].encode()).hexdigest(): each for each in read_lines(chosen.articles)}
    with chosen.output.open("w", encoding="utf-8") as stream:
        for known in read_lines(ANNOTATIONS):
            article = articles.get(known["sha256"])
            if article is None:
                print(f"no article has the text {known['sha256'][:12]}…; left out", file=sys.stderr)
                continue
            head = {key: article.get(key) for key in ("id", "title", "published", "text")}
            facts = {
                "entities": known["entities"],
                "relations": [with_evidence(relation, article["text"]) for relation in known["relations"]],
            }
            stream.write(json.dumps({**head, **facts}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
