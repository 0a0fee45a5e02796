"""Synthetic event news: made-up documents, actors and facts in, a store in Rawabit's own data model out.

    python benchmarks/serving/event_news.py FOLDER [--scale 1.0]

At full scale a store has 1.2 million triples about 50,000 actors, each of whom is named in some fact. Ten of them are
hubs of 750 facts each; most others have one or two. The same scale always gives the same store.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.model import Document, Entity, EntityKind, Evidence, Extraction, Fact, Mention, Status
from graph.rdf.encode import EncodedDocument, encode_extraction
from graph.rdf.namespaces import Namespaces
from graph.rdf.vocabulary import Vocabulary, read_ontology
from graph.store.embedded import EmbeddedStore

SEED = 20240129
BASE = "https://rawabit.example/id/"
RELATIONS = ("met", "criticized", "supports", "supplies", "visited", "attacked")
KINDS = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.COUNTRY)
_STATUSES = (Status.ACTUAL, Status.ACTUAL, Status.ACTUAL, Status.PLANNED, Status.DENIED)
_LETTERS = dict(zip("بتجدرسفقكلمنهوي", "btjdrsfqklmnhwy", strict=True))
_FACTS_A_DOCUMENT = 5
_PUT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Scale:
    """How much news there is: `facts` in all, among them `hub_facts` for each of the first `hubs` actors."""

    actors: int
    facts: int
    hubs: int
    hub_facts: int

    @classmethod
    def of(cls, share: float) -> Scale:
        """Return a share of the full scale; hubs stay as large as they are but become fewer."""
        return cls(int(50_000 * share), int(29_500 * share), max(1, int(10 * share)), min(750, int(7_500 * share)))

    @property
    def documents(self) -> int:
        """How many documents tell the facts."""
        return -(-self.facts // _FACTS_A_DOCUMENT)


def make_actor(number: int) -> Entity:
    """Return the actor of a number: two made-up words in Arabic and Latin letters; one in four has a Wikidata id."""
    chance = random.Random(SEED + number)
    words = ["".join(chance.choices(tuple(_LETTERS), k=chance.randrange(3, 7))) for _ in "ab"]
    english = " ".join("a".join(_LETTERS[letter] for letter in word).capitalize() for word in words)
    kind = KINDS[number % len(KINDS)]
    wikidata = None if number % 4 else f"Q{10_000_000 + number}"
    return Entity(f"a{number}", kind, " ".join(words), english, wikidata)


def make_extractions(scale: Scale) -> Iterator[Extraction]:
    """Yield the documents, as the reader would have read them."""
    chance = random.Random(SEED)
    pairs = list(_pair_actors(scale, chance))
    chance.shuffle(pairs)
    for number in range(scale.documents):
        yield _make_document(number, pairs[number * _FACTS_A_DOCUMENT : (number + 1) * _FACTS_A_DOCUMENT], chance)


def encode_news(scale: Scale) -> Iterator[EncodedDocument]:
    """Yield the documents as RDF."""
    namespaces, vocabulary = Namespaces(BASE), Vocabulary.load()
    for extraction in make_extractions(scale):
        yield encode_extraction(extraction, namespaces=namespaces, vocabulary=vocabulary)


def build_news_store(path: Path, scale: Scale) -> Path:
    """Build a store of the news with a checkpoint, and return the checkpoint's folder."""
    with EmbeddedStore.open(path, create=True, base_iri=BASE) as store:
        store.replace_ontology(read_ontology())
        batch: list[EncodedDocument] = []
        for document in encode_news(scale):
            batch.append(document)
            if len(batch) == _PUT_AT_ONCE:
                store.put_documents(batch)
                batch = []
        store.put_documents(batch)
        return store.checkpoint(compact=True)


def _pair_actors(scale: Scale, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Yield who is tied to whom: the hubs to as many others as they have facts, then everybody to somebody."""
    others = list(range(scale.hubs, scale.actors))
    chance.shuffle(others)
    turn = iter(others * 3)
    for hub in range(scale.hubs):
        for _ in range(scale.hub_facts):
            yield next(turn), hub
    for _ in range(scale.facts - scale.hubs * scale.hub_facts):
        yield next(turn), next(turn)


def _make_document(number: int, pairs: list[tuple[int, int]], chance: random.Random) -> Extraction:
    actors = {each: make_actor(each) for pair in pairs for each in pair}
    text, facts, mentions = "", list[Fact](), list[Mention]()
    published = f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    for left, right in pairs:
        subject, object_ = (actors[each] for each in ((left, right) if chance.random() < 0.5 else (right, left)))
        sentence = f"أعلن {subject.name} في بيان نشر مساء أمس ما يتصل بشأن {object_.name} خلال اجتماع مطول."
        start = len(text)
        text += sentence + " "
        evidence = Evidence(sentence, start, start + len(sentence))
        status, confidence = chance.choice(_STATUSES), round(chance.uniform(0.4, 1), 3)
        facts.append(
            Fact(subject.id, chance.choice(RELATIONS), object_.id, evidence, status, published, confidence=confidence)
        )
        place = text.index(subject.name, start)
        mentions.append(Mention(place, place + len(subject.name), subject.name, subject.kind, 0, subject.id))
    document = Document(f"news-{number}", text, f"الخبر رقم {number}", published, f"صحيفة {number % 40}")
    return Extraction(document, tuple(actors.values()), tuple(facts), tuple(mentions))


def main() -> None:
    """Build a store in a folder."""
    parser = argparse.ArgumentParser(description="Builds a store of synthetic event news")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="the share of 1.2 million triples")
    arguments = parser.parse_args()
    print(build_news_store(arguments.folder, Scale.of(arguments.scale)))


if __name__ == "__main__":
    main()
