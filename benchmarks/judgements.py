"""Puts judgements of facts beside the articles that they are about, for `rawabit train --rough`.

    python benchmarks/judgements.py ARTICLES.jsonl -o judged.jsonl

benchmarks/judgements.jsonl says of 63 articles of Arabic news which of the facts that the reader thought likely are
right. The articles belong to their publishers and are not in it: each is known by the SHA-256 of its text.
ARTICLES.jsonl has them, a line each with `id` and `text`; an article that is not there is named and left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

JUDGEMENTS = Path(__file__).with_name("judgements.jsonl")


def read_lines(path: Path) -> list[dict[str, Any]]:  # Any: what JSON has
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Join judgements and articles."""
    parser = argparse.ArgumentParser(description="Puts judgements of facts beside their articles")
    parser.add_argument("articles", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    articles = {hashlib.sha256(each["text"].encode()).hexdigest(): each for each in read_lines(chosen.articles)}
    with chosen.output.open("w", encoding="utf-8") as stream:
        for judged in read_lines(JUDGEMENTS):
            article = articles.get(judged["sha256"])
            if article is None:
                print(f"no article has the text {judged['sha256'][:12]}…; left out", file=sys.stderr)
                continue
            head = {key: article.get(key) for key in ("id", "title", "published", "text")}
            facts = {"entities": judged["entities"], "relations": judged["relations"]}
            stream.write(json.dumps({**head, **facts}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
