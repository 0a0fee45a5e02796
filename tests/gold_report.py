"""Reads the gold sentences and articles with the Reader and says what it found, missed and wrongly found.

As a script it prints the failures by file, for whoever writes rules:

    python tests/gold_report.py                      every file, failures only
    python tests/gold_report.py status dates --extras    two files, and facts that gold does not mention
    python tests/gold_report.py --predicate met --quiet  the table for one relation
    python tests/gold_report.py --documents          the sample articles too

A sentence is a record of tests/gold/sentences/*.yaml:

    text          the sentence; more than one where a pronoun or a tail is the point
    published     the article's date, where a date is the point
    facts         what must be found: subject, predicate, object, and where they are the point status (actual if left
                  out), date, item, quantity, role, attributed_to; optional: true where two careful readers may differ
    never         what must not be found; with a status: not with that one
    only          true: nothing else may be found but offices and belonging
    note          a word to the next reader

A name is any form of the entity in the text; a list means any of them, "*" anybody; a predicate may be a list too.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph.config import Settings
from graph.evaluate import Evaluation, evaluate, parse_record, read_records
from graph.model import Document, Entity, Extraction, Fact
from graph.pipeline import Reader
from graph.rdf.vocabulary import Vocabulary
from graph.records import to_record
from graph.text.fold import fold_name

GOLD = Path(__file__).resolve().parent / "gold"
ANYBODY = "*"
STANDING = frozenset({"holdsOffice", "partOf"})
_FACT_KEYS = frozenset(
    {"subject", "predicate", "object", "status", "date", "item", "quantity", "role", "attributed_to", "optional"}
)
_CASE_KEYS = frozenset({"text", "published", "facts", "never", "only", "note"})
_DETAILS = ("date", "item", "quantity", "role", "attributed_to")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact as gold writes it; each end and the predicate are sets of which one must fit."""

    subject: tuple[str, ...]
    predicate: tuple[str, ...]
    object: tuple[str, ...]
    status: str | None = None
    details: tuple[tuple[str, tuple[str, ...]], ...] = ()
    optional: bool = False

    @property
    def wanted_status(self) -> str:
        """The status of a fact to find: actual where gold leaves it out."""
        return self.status or "actual"

    def __str__(self) -> str:
        shown = [" / ".join(self.subject), "|".join(self.predicate), " / ".join(self.object)]
        shown += [self.status] if self.status else []
        return " · ".join(shown + [f"{name}={' / '.join(value)}" for name, value in self.details])


@dataclass(frozen=True, slots=True)
class Case:
    """One gold sentence; `file` is the family it belongs to, `number` its place there."""

    file: str
    number: int
    text: str
    published: str | None
    facts: tuple[Pattern, ...]
    never: tuple[Pattern, ...]
    only: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reader made of a case; `wrong` names the status or detail that a found fact got wrong."""

    case: Case
    hits: tuple[Pattern, ...]
    missed: tuple[Pattern, ...]
    wrong: tuple[str, ...]
    violations: tuple[str, ...]
    extras: tuple[str, ...]
    status_right: int
    details: Counter[bool]


def load_cases(folder: Path = GOLD / "sentences") -> list[Case]:
    """Read all gold sentences; raise ValueError that names the file and the record that is wrong."""
    cases = []
    for path in sorted(folder.glob("*.yaml")):
        for number, record in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
            where = f"{path.name}: record {number}"
            _check_keys(record, _CASE_KEYS, where)
            facts, never = (
                tuple(parse_pattern(each, where) for each in record.get(key, ())) for key in ("facts", "never")
            )
            if not facts and not never and not record.get("only"):
                raise ValueError(f"{where}: says nothing to find and nothing to leave: add facts, never or only.")
            published = record.get("published")
            cases.append(
                Case(
                    path.stem,
                    number,
                    record["text"],
                    str(published) if published else None,
                    facts,
                    never,
                    bool(record.get("only")),
                )
            )
    return cases


def judge(case: Case, extraction: Extraction, symmetric: frozenset[str]) -> Verdict:
    """Compare what was read with what gold wants."""
    reading = _Reading(extraction, symmetric)
    hits: list[tuple[Pattern, Fact]] = []
    missed: list[Pattern] = []
    accounted: set[Fact] = set()
    for pattern in case.facts:
        fitting = reading.fitting(pattern)
        accounted.update(fitting)
        if fitting and not pattern.optional:
            hits.append((pattern, min(fitting, key=lambda fact: fact.status.value != pattern.wanted_status)))
        elif not pattern.optional:
            missed.append(pattern)
    broken = {
        fact for pattern in case.never for fact in reading.fitting(pattern) if pattern.status in (None, fact.status)
    }
    if case.only:
        broken |= {fact for fact in extraction.facts if fact not in accounted and fact.predicate not in STANDING}
    checks = [check for pattern, fact in hits for check in reading.checks(pattern, fact)]
    return Verdict(
        case=case,
        hits=tuple(pattern for pattern, _ in hits),
        missed=tuple(missed),
        wrong=tuple(f"{check.pattern}: {check.name} is {check.found}" for check in checks if not check.right),
        violations=tuple(reading.show(fact) for fact in extraction.facts if fact in broken),
        extras=tuple(reading.show(fact) for fact in extraction.facts if fact not in accounted | broken),
        status_right=sum(check.right for check in checks if check.name == "status"),
        details=Counter(check.right for check in checks if check.name != "status"),
    )


def judge_all(reader: Reader, cases: Iterable[Case]) -> list[Verdict]:
    """Read every sentence as an article of its own and judge it."""
    symmetric = Vocabulary.load().symmetric
    return [
        judge(case, reader.read(Document(f"{case.file}-{case.number}", case.text, published=case.published)), symmetric)
        for case in cases
    ]


def evaluate_documents(reader: Reader, path: Path = GOLD / "documents.jsonl") -> Evaluation:
    """Read the sample articles and compare them with their annotations."""
    gold = read_records(path)
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        document = Document(record["id"], record["text"], title=record["title"], published=record["published"])
        found[document.id] = parse_record(to_record(reader.read(document)))
    return evaluate(gold, found, symmetric=Vocabulary.load().symmetric)


def table(verdicts: Sequence[Verdict]) -> str:
    """Return one row a file: sentences, facts wanted and found, status right, facts that must not be, details right."""
    rows = [f"{'file':<16}{'cases':>6}{'wanted':>8}{'found':>7}{'recall':>8}{'status':>8}{'broken':>8}{'details':>9}"]
    files = dict.fromkeys(verdict.case.file for verdict in verdicts)
    for name in [*files, "all"]:
        chosen = [verdict for verdict in verdicts if name in (verdict.case.file, "all")]
        rows.append(_row(name, chosen))
    return "\n".join(rows)


def recall(verdicts: Iterable[Verdict]) -> float:
    """Return the share of wanted facts that were found."""
    verdicts = tuple(verdicts)
    found, missed = sum(len(each.hits) for each in verdicts), sum(len(each.missed) for each in verdicts)
    return found / (found + missed) if found + missed else 0.0


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    found = sum(len(each.hits) for each in verdicts)
    wanted = found + sum(len(each.missed) for each in verdicts)
    agreed, all_details = sum(each.details[True] for each in verdicts), sum(each.details.total() for each in verdicts)
    broken = sum(bool(each.violations) for each in verdicts)
    status = sum(each.status_right for each in verdicts)
    return (
        f"{name:<16}{len(verdicts):>6}{wanted:>8}{found:>7}{_share(found, wanted):>8}{_share(status, found):>8}"
        f"{broken:>8}{f'{agreed}/{all_details}':>9}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def _check_keys(record: dict[str, object], allowed: frozenset[str], where: str) -> None:
    if unknown := sorted(set(record) - allowed):
        raise ValueError(f"{where}: {', '.join(unknown)} is no key here: use one of {', '.join(sorted(allowed))}.")


def parse_pattern(record: dict[str, object], where: str) -> Pattern:
    """Return the pattern of a record; raise ValueError that says where a key is none."""
    _check_keys(record, _FACT_KEYS, where)
    return Pattern(
        _several(record["subject"]),
        _several(record["predicate"]),
        _several(record["object"]),
        str(record["status"]) if "status" in record else None,
        tuple((name, _several(record[name])) for name in _DETAILS if name in record),
        bool(record.get("optional")),
    )


def _several(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _names(entity: Entity) -> frozenset[str]:
    return frozenset(filter(None, map(fold_name, (entity.name, entity.english or "", *entity.aliases))))


@dataclass(frozen=True, slots=True)
class _Check:
    """Whether a found fact has the status or detail that gold gives it."""

    pattern: Pattern
    name: str
    found: str | None
    right: bool


class _Reading:
    """An extraction whose facts are looked up by the names of their ends."""

    def __init__(self, extraction: Extraction, symmetric: frozenset[str]) -> None:
        self.facts = extraction.facts
        self.symmetric = symmetric
        self.entities = {entity.id: entity for entity in extraction.entities}
        self.names = {entity.id: _names(entity) for entity in extraction.entities}

    def fitting(self, pattern: Pattern) -> list[Fact]:
        """Return the facts with the pattern's ends and predicate, whatever their status."""
        return [fact for fact in self.facts if self._fits(pattern, fact)]

    def checks(self, pattern: Pattern, fact: Fact) -> Iterator[_Check]:
        """Compare a fitting fact with the status and details of its pattern."""
        yield _Check(pattern, "status", fact.status.value, fact.status.value == pattern.wanted_status)
        for name, wanted in pattern.details:
            found = self._detail(fact, name)
            if name == "attributed_to":
                right = bool(fact.attributed_to) and self._is(wanted, fact.attributed_to or "")
            else:
                right = (found or "").startswith(wanted) if name == "date" else _shares_words(wanted, found or "")
            yield _Check(pattern, name, found, right)

    def show(self, fact: Fact) -> str:
        """Return a fact in words, with the rule that gave it."""
        ends = self.entities[fact.subject].name, self.entities[fact.object].name
        return " · ".join([ends[0], fact.predicate, ends[1], fact.status.value, *([fact.rule] if fact.rule else [])])

    def _fits(self, pattern: Pattern, fact: Fact) -> bool:
        if fact.predicate not in pattern.predicate and ANYBODY not in pattern.predicate:
            return False
        ends = [(fact.subject, fact.object)]
        if fact.predicate in self.symmetric:
            ends.append((fact.object, fact.subject))
        return any(self._is(pattern.subject, one) and self._is(pattern.object, other) for one, other in ends)

    def _is(self, wanted: tuple[str, ...], identifier: str) -> bool:
        return any(each == ANYBODY or fold_name(each) in self.names[identifier] for each in wanted)

    def _detail(self, fact: Fact, name: str) -> str | None:
        if name == "attributed_to":
            return self.entities[fact.attributed_to].name if fact.attributed_to else None
        if name == "quantity":
            return fact.quantity.text if fact.quantity else None
        return {"date": fact.date, "item": fact.item, "role": fact.role}[name]


def _shares_words(wanted: tuple[str, ...], found: str) -> bool:
    # Where a phrase ends is a matter of taste; half of its words are not.
    words = set(fold_name(found).split())
    return any(2 * len(words & set(fold_name(each).split())) >= len(fold_name(each).split()) for each in wanted)


def _print_failures(verdicts: Sequence[Verdict], *, extras: bool) -> None:
    shown = None
    for verdict in verdicts:
        lines = [f"  MISSED  {each}" for each in verdict.missed]
        lines += [f"  BROKEN  {each}" for each in verdict.violations]
        lines += [f"  WRONG   {each}" for each in verdict.wrong]
        lines += [
            f"  EXTRA   {each}" for each in verdict.extras if " holdsOffice " not in each and " partOf " not in each
        ] * extras
        if not lines:
            continue
        if shown != verdict.case.file:
            shown = verdict.case.file
            print(f"\n== {shown}")
        print(f"{verdict.case.number:>3} {verdict.case.text}", *lines, sep="\n")


def _only_predicate(case: Case, name: str) -> Case:
    facts = tuple(each for each in case.facts if name in each.predicate)
    never = tuple(each for each in case.never if name in each.predicate)
    return Case(case.file, case.number, case.text, case.published, facts, never, only=False)


def main() -> None:
    """Print what the reader gets wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="families, such as met_visits; all where none is named")
    parser.add_argument("--predicate", help="look at this relation alone")
    parser.add_argument("--extras", action="store_true", help="show facts that gold does not mention, offices aside")
    parser.add_argument("--documents", action="store_true", help="read the sample articles too")
    parser.add_argument("--quiet", action="store_true", help="print the tables alone")
    options = parser.parse_args()
    cases = [case for case in load_cases() if not options.files or case.file in options.files]
    if options.predicate:
        cases = [each for case in cases if (each := _only_predicate(case, options.predicate)).facts or each.never]
    reader = Reader.load(Settings.from_environment())
    verdicts = judge_all(reader, cases)
    if not options.quiet:
        _print_failures(verdicts, extras=options.extras)
    print()
    print(table(verdicts))
    if options.documents:
        _print_documents(evaluate_documents(reader), quiet=options.quiet)


def _print_documents(result: Evaluation, *, quiet: bool) -> None:
    if not quiet:
        for error in result.errors:
            label = "EXTRA " if error.extra else "MISSED"
            shown = f"{error.subject} · {error.predicate} · {error.object}"
            print(f"{label} {error.document}: {shown}   <- {error.evidence[:90]}")
    for name in ("entities", "relations", "deeds"):
        counts = getattr(result, name)
        print(f"{name:<10} P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}")


if __name__ == "__main__":
    main()
