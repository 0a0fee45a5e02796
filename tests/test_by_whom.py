from types import SimpleNamespace
from typing import cast

from graph.extract.arguments import BARE, PRONOUN, Argument, Arguments
from graph.extract.by_whom import has_object
from graph.extract.clauses import Node, Tag
from graph.extract.deeds import AGENT
from graph.extract.scene import Scene
from graph.model import EntityKind


def test_participle_elsewhere_tells_nothing_of_an_object_that_is_a_pronoun() -> None:
    nodes = [Node(Tag.PARTICIPLE), Node(Tag.VERB), Node(Tag.CHUNK), Node(Tag.PARTICIPLE)]
    arguments = Arguments()
    arguments.found = [
        Argument(BARE, "a", EntityKind.COUNTRY, PRONOUN, PRONOUN, 0),
        Argument(AGENT, "b", EntityKind.COUNTRY, 2, 3, 1),
    ]
    scene = cast("Scene", SimpleNamespace(nodes=nodes))
    assert not has_object(scene, arguments, "")
