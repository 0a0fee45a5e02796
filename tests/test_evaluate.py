"""The figures of an evaluation, on records small enough to count by hand, and against an outside scorer if there."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.evaluate import Counts, Evaluation, Record, evaluate, parse_record, read_records
from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Quantity, Status
from graph.records import to_record
from graph.terminal import evaluation_lines

SYMMETRIC = frozenset({"met", "spokeWith", "negotiatesWith", "signedAgreementWith", "cooperatesWith", "fights"})
GOLD_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "gold"
needs_outside_scorer = pytest.mark.skipif(not (GOLD_FOLDER / "score.py").exists(), reason="no outside scorer here")


def entity(identifier: str, name: str, kind: str = "Person", **more: object) -> dict[str, object]:
    return {"id": identifier, "type": kind, "name": name, "en": None, "wikidata": None, "aliases": []} | more


def relation(subject: str, predicate: str, target: str, **more: object) -> dict[str, object]:
    return {"subject": subject, "predicate": predicate, "object": target, "evidence": "جملة"} | more


def record(entities: list[dict[str, object]], relations: list[dict[str, object]]) -> Record:
    return parse_record({"id": "d", "entities": entities, "relations": relations})


def compare(gold: Record, system: Record | None, **options: float) -> Evaluation:
    records: Mapping[str, Record] = {} if system is None else {system.id: system}
    return evaluate({gold.id: gold}, records, symmetric=SYMMETRIC, **options)


TWO = [entity("e1", "سامي الأمين"), entity("e2", "هدى القاسم")]
MET = relation("e1", "met", "e2")


def test_equal_records_score_one() -> None:
    result = compare(record(TWO, [MET]), record(TWO, [MET]))
    assert (result.relations, result.entities) == (Counts(hits=1), Counts(hits=2))
    assert (result.relations.precision, result.relations.recall, result.relations.f1) == (1.0, 1.0, 1.0)
    assert (result.pairs_found, result.pairs_wanted) == (1, 1)


def test_article_left_out_counts_as_missed() -> None:
    result = compare(record(TWO, [MET]), None)
    assert (result.relations, result.entities) == (Counts(missed=1), Counts(missed=2))
    assert (result.relations.precision, result.relations.f1) == (0.0, 0.0)


@pytest.mark.parametrize(("predicate", "hits"), [("met", 1), ("visited", 0)])
def test_only_symmetric_relations_match_the_other_way_round(predicate: str, hits: int) -> None:
    gold, system = record(TWO, [relation("e1", predicate, "e2")]), record(TWO, [relation("e2", predicate, "e1")])
    assert compare(gold, system).relations.hits == hits


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("الأمين", "الامين"),
        ("أُسامة", "اسامه"),
        ("مُصطفى", "مصطفي"),
        ("الـــوزير", "وزير"),
        ("«القمة»", "القمة"),
        ("فؤاد", "فواد"),
        ("غراهام", "گراهام"),
        ("NATO", "nato"),
    ],
)
def test_entities_match_whatever_the_spelling(mine: str, theirs: str) -> None:
    gold, system = record([entity("e1", theirs)], []), record([entity("x", mine)], [])
    assert compare(gold, system).entities == Counts(hits=1)


def test_entities_match_by_alias_english_name_or_wikidata_id() -> None:
    gold = record(
        [
            entity("e1", "سامي الأمين", aliases=["الأمين"]),
            entity("e2", "النهر", "Place", en="The River"),
            entity("e3", "الاتحاد", "Organization", wikidata="Q1"),
        ],
        [],
    )
    system = record(
        [
            entity("a", "أمين"),
            entity("b", "نهر آخر", "Place", en="the river"),
            entity("c", "الرابطة", "Organization", wikidata="Q1"),
        ],
        [],
    )
    assert compare(gold, system).entities == Counts(hits=3)


def test_actor_split_in_two_costs_precision_once() -> None:
    gold = record([entity("e1", "سامي الأمين", aliases=["الرئيس"])], [])
    system = record([entity("a", "سامي الأمين"), entity("b", "الرئيس")], [])
    assert compare(gold, system).entities == Counts(hits=1, extra=1)


def test_optional_relations_and_entities_cost_nothing_found_or_missed() -> None:
    gold = record([*TWO, entity("e3", "مسؤولون", optional=True)], [relation("e1", "met", "e2", optional=True)])
    found, missed = compare(gold, record(TWO, [MET])), compare(gold, record(TWO, []))
    assert (found.relations, missed.relations) == (Counts(), Counts())
    assert found.entities == missed.entities == Counts(hits=2)


def test_relation_said_twice_counts_once() -> None:
    assert compare(record(TWO, [MET]), record(TWO, [MET, MET])).relations == Counts(hits=1)


def test_wrong_predicate_still_counts_as_a_pair_found() -> None:
    result = compare(record(TWO, [MET]), record(TWO, [relation("e1", "criticized", "e2")]))
    assert (result.relations, result.pairs_found) == (Counts(extra=1, missed=1), 1)


def test_deeds_leave_offices_and_membership_out() -> None:
    gold = record(TWO, [MET, relation("e1", "holdsOffice", "e2"), relation("e1", "memberOf", "e2")])
    result = compare(gold, record(TWO, [MET]))
    assert (result.relations, result.deeds) == (Counts(hits=1, missed=2), Counts(hits=1))
    assert dict(result.by_predicate) == {
        "met": Counts(hits=1),
        "holdsOffice": Counts(missed=1),
        "memberOf": Counts(missed=1),
    }


@pytest.mark.parametrize(
    ("status", "date", "right"),
    [
        ("planned", "2024-01-30", (1, 1)),
        ("actual", "2024-01", (0, 1)),
        ("planned", "2024", (1, 0)),
        ("denied", None, (0, 0)),
    ],
)
def test_status_and_date_are_counted_on_matched_relations(
    status: str, date: str | None, right: tuple[int, int]
) -> None:
    gold = record(TWO, [relation("e1", "met", "e2", status="planned", date="2024-01")])
    result = compare(gold, record(TWO, [relation("e1", "met", "e2", status=status, date=date)]))
    assert (result.status_right, result.date_right) == right
    assert result.dated == 1


def test_relation_below_the_least_confidence_is_left_out() -> None:
    system = record(TWO, [relation("e1", "met", "e2", confidence=0.4)])
    assert compare(record(TWO, [MET]), system, min_confidence=0.5).relations == Counts(missed=1)
    assert compare(record(TWO, [MET]), system, min_confidence=0.4).relations == Counts(hits=1)


def test_errors_name_both_ends_and_the_sentence() -> None:
    result = compare(record(TWO, [MET]), record([*TWO, entity("e3", "ليلى")], [relation("e1", "visited", "e3")]))
    assert list(evaluation_lines(result, errors=True))[:2] == [
        "MISS  d: سامي الأمين | met | هدى القاسم   <- جملة",
        "EXTRA d: سامي الأمين | visited | ?ليلى   <- جملة",
    ]


def test_extraction_becomes_a_record_that_scores_as_its_own_gold(tmp_path: Path) -> None:
    evidence = Evidence("التقى سامي هدى", 3, 17)
    fact = Fact(
        "e1",
        "supplies",
        "e2",
        evidence,
        status=Status.PLANNED,
        date="2024-01",
        item="قمح",
        quantity=Quantity("100 طن", 100.0, "طن"),
        confidence=0.73456,
    )
    people = tuple(Entity(i, EntityKind.PERSON, n, aliases=(n[:4],)) for i, n in (("e1", "سامي"), ("e2", "هدى")))
    extraction = Extraction(Document("d", "...التقى سامي هدى", published="2024-01-30"), people, (fact,))
    written = to_record(extraction)
    assert written["relations"] == [
        {
            "subject": "e1",
            "predicate": "supplies",
            "object": "e2",
            "status": "planned",
            "date": "2024-01",
            "item": "قمح",
            "quantity": "100 طن",
            "role": None,
            "attributed_to": None,
            "evidence": "التقى سامي هدى",
            "start": 3,
            "end": 17,
            "in_title": False,
            "confidence": 0.735,
            "readers": ["grammar"],
            "optional": False,
        }
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps(written, ensure_ascii=False) + "\n", encoding="utf-8")
    records = read_records(path)
    assert evaluate(records, records, symmetric=SYMMETRIC).relations == Counts(hits=1)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "d", "entities": []}',
        '{"id": "d", "entities": [{"id": "e1"}], "relations": []}',
        '{"id": "d", "entities": [], "relations": [{"subject": "e1"}]}',
        '{"id": "d", "entities": [5], "relations": []}',
    ],
)
def test_line_that_is_no_record_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "c", "entities": [], "relations": []}\n\n' + line, encoding="utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl:3: "):
        read_records(path)


def test_last_record_of_an_id_counts(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    records = [{"id": "d", "entities": TWO, "relations": relations} for relations in ([MET, MET], [])]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert read_records(path)["d"].relations == ()


def test_file_of_records_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")
    for name in ("latin.jsonl", "none.jsonl", "."):
        with pytest.raises(SourceError, match=r"give|mend"):
            read_records(tmp_path / name)


def disturb(records: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return what a middling reader might have made of gold: things dropped, turned round, renamed, split, misdated."""
    chance = random.Random(5)
    result = []
    for each in records:
        entities = [dict(one) for one in each["entities"]]  # type: ignore[attr-defined]
        for one in entities:
            one["id"] = "s" + one["id"]
            if chance.random() < 0.2:
                one["name"] = (one["aliases"] or ["غير معروف"])[0]
            if chance.random() < 0.2:
                one["wikidata"] = None
        relations = []
        for one in each["relations"]:  # type: ignore[attr-defined]
            if chance.random() < 0.3:
                continue
            turned = chance.random() < 0.2
            ends = (one["object"], one["subject"]) if turned else (one["subject"], one["object"])
            relations.append(
                one
                | {
                    "subject": "s" + ends[0],
                    "object": "s" + ends[1],
                    "predicate": "met" if chance.random() < 0.1 else one["predicate"],
                    "status": "planned" if chance.random() < 0.2 else one["status"],
                    "date": None if chance.random() < 0.2 else one["date"],
                    "confidence": round(chance.random(), 2),
                }
            )
        split = [one | {"id": one["id"] + "x"} for one in entities if chance.random() < 0.05]
        if chance.random() < 0.95:
            result.append({"id": each["id"], "entities": entities + split, "relations": relations})
    return result


@needs_outside_scorer
@pytest.mark.parametrize("name", ["dev.jsonl", "seeds.jsonl", "train.jsonl"])
@pytest.mark.parametrize("least", [0.0, 0.5])
def test_figures_and_errors_equal_those_of_the_outside_scorer(tmp_path: Path, name: str, least: float) -> None:
    gold = GOLD_FOLDER / name
    with gold.open(encoding="utf-8") as lines:
        disturbed = disturb([json.loads(line) for line in lines])
    system = tmp_path / "system.jsonl"
    system.write_text("".join(json.dumps(each) + "\n" for each in disturbed), encoding="utf-8")
    command = [sys.executable, str(GOLD_FOLDER / "score.py"), str(gold), str(system), "--errors"]
    outside = subprocess.run(
        [*command, "--min-confidence", str(least)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    result = evaluate(read_records(gold), read_records(system), symmetric=SYMMETRIC, min_confidence=least)
    assert "\n".join(evaluation_lines(result, errors=True)) + "\n" == outside.stdout
