"""What the scorer leaves out early is never what its floor would have kept."""

from __future__ import annotations

from graph.config import Settings
from graph.extract.scoring import Scored
from graph.model import Document
from graph.pipeline import Reader

TEXT = (
    "التقى وزير الخارجية المصري سامح شكري نظيره الفرنسي في باريس، وبحثا التعاون بين مصر وفرنسا. "
    "وأدانت تركيا وقطر الغارات الإسرائيلية على سوريا، فيما دعت الأمم المتحدة إسرائيل وإيران إلى ضبط النفس."
)


def test_floor_leaves_out_only_unproposed_pairs_below_it() -> None:
    reader = Reader.load(Settings())
    linker, sentences = reader.sentences_with_triggers(Document("d", TEXT))

    def likely(floor: float) -> tuple[list[tuple[str, str, str, float]], list[Scored]]:
        found = [
            scored
            for nodes, triggers in sentences
            for scored in reader.weigher.pairs(nodes, triggers, linker.actors, linker.country, floor)
        ]
        kept = [each for each in found if each.filling is not None or each.probability >= 0.3]
        return [(each.subject.entity, each.relation, each.object.entity, each.probability) for each in kept], found

    (all_likely, everything), (still_likely, rest) = likely(0.0), likely(0.3)
    assert all_likely
    assert still_likely == all_likely
    assert len(rest) < len(everything)
