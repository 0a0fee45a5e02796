"""An article becomes quads in whatever process reads it, or a refusal that names it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from graph.config import Settings
from graph.intake import Intake, IntakeSetup, ReadDocument, read_batch
from graph.model import Document, Refusal
from graph.pipeline import Reader
from graph.rdf.namespaces import Namespaces

BASE = "https://graph.example/id/"
MEETING = Document(
    "d1", "التقى وزير الدفاع البريطاني غرانت شابس الرئيس الأوكراني فولوديمير زيلينسكي في كييف.", path="a"
)
NOT_A_DATE = Document("d2", MEETING.text, published="2024-13-45", path="b.jsonl", line=7)
ELSEWHERE = """
import pickle, sys
from graph.intake import read_batch
setup, documents = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps(read_batch(setup.load(), documents)))
"""


def test_documents_give_quads_or_the_reason_why_not_in_their_places(reader: Reader) -> None:
    refusal, taken = read_batch(Intake.load(Settings(), reader, Namespaces(BASE)), [NOT_A_DATE, MEETING])
    assert isinstance(refusal, Refusal)
    assert (refusal.path, refusal.line) == ("b.jsonl", 7)
    assert "shapes.ttl" in refusal.reason
    assert isinstance(taken, ReadDocument)
    assert taken.facts["met"] == 1
    assert taken.encoded.to_nquads().startswith(f"<{BASE}document/d1> ")
    assert taken.refuse("because") == Refusal("a", "because")


def test_another_process_makes_the_same_of_a_document(reader: Reader) -> None:
    setup = IntakeSetup(Settings(), BASE)
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", ELSEWHERE],
        input=pickle.dumps((setup, [MEETING])),
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert pickle.loads(answer.stdout) == read_batch(Intake.load(Settings(), reader, Namespaces(BASE)), [MEETING])
