"""Writes the measured parts of docs/extraction.md anew: figures, why relations are missed, what limits are read as.

    python benchmarks/extraction_page.py

Figures come from benchmarks/quality.py and benchmarks/misses.py on the sets that are there. In the table of limits the
first column is read and the last one written. Everything else on the page is left as it is. Run it when the reader has
changed; benchmarks/speed.py is timed by hand, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from misses import find_misses
from misses import print_table as print_misses
from quality import BESIDE, OURS, SETS, print_curve, print_figures, read_set
from readers import add_readers_option, open_parsing_reader, open_readers

from graph.model import Document
from graph.pipeline import Reader

PAGE = Path(__file__).resolve().parents[1] / "docs" / "extraction.md"
STANDING = frozenset({"holdsOffice", "partOf"})
LIMIT = re.compile(r"^\| (?P<text>[^|]*[\u0600-\u06ff][^|]*) \| (?P<says>[^|]*) \| [^|]* \|$", flags=re.MULTILINE)


def replace_part(page: str, name: str, text: str) -> str:
    """Return the page with the part between the two marks of a name replaced by a block of text."""
    part = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", flags=re.DOTALL)
    block = "```\n" + "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n```\n"
    changed, count = part.subn(lambda match: match[1] + block + match[2], page)
    if count != 1:
        raise SystemExit(f"{PAGE}: the marks of {name!r} are missing: put them back.")
    return changed


def read_limit(reader: Reader, text: str) -> str:
    """Return the facts of a sentence in few words, offices and belonging left out."""
    extraction = reader.read(Document("limit", text))
    names = {entity.id: entity.name for entity in extraction.entities}
    facts = [
        f"{names[fact.subject]} · `{fact.predicate}` · {names[fact.object]}, {fact.status} {fact.confidence:.2f}"
        for fact in extraction.facts
        if fact.predicate not in STANDING
    ]
    return "; ".join(facts) or "nothing"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_readers_option(parser)
    options = parser.parse_args()
    reader = open_parsing_reader("grammar")
    paths = {name: BESIDE / f"{name}.jsonl" for name in SETS} | {"ours": OURS}
    readings = {name: read_set(reader, name, path) for name, path in paths.items() if path.exists()}
    chosen = readings.get("dev", readings["ours"])
    figures, compared, curve, missed = io.StringIO(), io.StringIO(), io.StringIO(), io.StringIO()
    with redirect_stdout(figures):
        print_figures({name: reading.evaluate() for name, reading in readings.items()})
    with redirect_stdout(compared):
        others = open_readers(options.readers).items()
        print_figures({name: read_set(each, chosen.name, paths[chosen.name]).evaluate() for name, each in others})
    with redirect_stdout(curve):
        print_curve(chosen)
    with redirect_stdout(missed):
        print_misses(find_misses(reader, paths[chosen.name]))
    page = PAGE.read_text(encoding="utf-8")
    for name, text in (("figures", figures), ("readers", compared), ("curve", curve), ("misses", missed)):
        page = replace_part(page, name, text.getvalue())
    page = LIMIT.sub(lambda each: f"| {each['text']} | {each['says']} | {read_limit(reader, each['text'])} |", page)
    PAGE.write_text(page, encoding="utf-8")
    print(figures.getvalue())
    print(compared.getvalue())


if __name__ == "__main__":
    main()
