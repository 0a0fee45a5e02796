"""Facts become edges, options leave things out, people count for their bodies, nodes are there when their edges are."""

from __future__ import annotations

import pytest

from graph.errors import NotFoundError, SettingsError
from graph.model import EntityKind, Status
from graph.network.affiliations import Affiliations, Office
from graph.network.collect import Collector, edge_id
from graph.network.network import Column, ColumnType, Edge, Network, Node, Relation
from graph.network.options import NetworkOptions, RollUp, StaticTies
from graph.network.reports import Report
from graph.network.select import components, find_node, select
from graph.network.spells import days_of, merge_spells

MET = Relation("met", "التقى", "met", "diplomacy", "CONSULT", symmetric=True)
HOLDS = Relation("holdsOffice", "يشغل منصبا في", "holds office", "standing", standing=True)
VOCABULARY = {"met": MET, "holdsOffice": HOLDS, "supplies": Relation("supplies", family="aid", plover="AID")}


def collect(*reports: Report, affiliations: Affiliations | None = None, **options: object) -> tuple[Edge, ...]:
    collector = Collector(NetworkOptions(**options), VOCABULARY, affiliations)  # type: ignore[arg-type]
    for report in reports:
        collector.add(report)
    return collector.edges()


def network_of(*pairs: tuple[str, str], weight: int = 1) -> Network:
    ids = sorted({id for pair in pairs for id in pair})
    edges = (Edge(edge_id(a, "met", b), a, b, "met", weight=weight) for a, b in pairs)
    return Network(tuple(Node(id, "Person") for id in ids), tuple(edges))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-01-29", ("2024-01-29", "2024-01-29")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_cover_the_days_that_they_name(text: str, days: tuple[str, str] | None) -> None:
    assert days_of(text) == days


def test_spells_that_overlap_or_touch_become_one() -> None:
    spells = [("2024-03-01", "2024-03-31"), ("2024-01-29", "2024-01-29"), ("2024-04-01", "2024-04-02")]
    assert merge_spells(spells) == (("2024-01-29", "2024-01-29"), ("2024-03-01", "2024-04-02"))


def test_a_spell_within_another_does_not_shorten_it() -> None:
    assert merge_spells([("2024-01-01", "2024-12-31"), ("2024-03-01", "2024-03-02")]) == (("2024-01-01", "2024-12-31"),)


def test_weight_counts_documents_and_not_facts() -> None:
    (edge,) = collect(
        Report("a", "supplies", "b", "d1"), Report("a", "supplies", "b", "d1"), Report("a", "supplies", "b", "d2")
    )
    assert edge.weight == 2


def test_relations_between_the_same_two_stay_apart() -> None:
    edges = collect(Report("a", "supplies", "b", "d"), Report("a", "met", "b", "d"), Report("b", "supplies", "a", "d"))
    assert [(edge.source, edge.relation, edge.target) for edge in edges] == [
        ("a", "met", "b"),
        ("a", "supplies", "b"),
        ("b", "supplies", "a"),
    ]


def test_an_undirected_relation_stands_once_whichever_way_it_was_told() -> None:
    (edge,) = collect(Report("a", "met", "b", "d1"), Report("b", "met", "a", "d2"))
    assert (edge.source, edge.target, edge.directed, edge.weight) == ("a", "b", False, 2)


def test_first_and_last_date_keep_the_precision_of_the_text() -> None:
    (edge,) = collect(
        Report("a", "met", "b", "d1", date="2024-01-29"),
        Report("a", "met", "b", "d2", date="2023"),
        Report("a", "met", "b", "d3"),
    )
    assert (edge.first, edge.last) == ("2023", "2024-01-29")
    assert edge.spells == (("2023-01-01", "2023-12-31"), ("2024-01-29", "2024-01-29"))


def test_a_deed_without_a_date_has_no_spell_but_a_standing_tie_holds_on_the_day_it_is_told() -> None:
    deed, tie = collect(
        Report("a", "supplies", "b", "d", published="2024-01-30"),
        Report("p", "holdsOffice", "b", "d", published="2024-01-30"),
    )
    assert (deed.spells, tie.spells) == ((), (("2024-01-30", "2024-01-30"),))


def test_dates_of_a_standing_tie_bound_one_spell() -> None:
    (edge,) = collect(
        Report("p", "holdsOffice", "b", "d1", date="2022-05"), Report("p", "holdsOffice", "b", "d2", date="2024-01-02")
    )
    assert edge.spells == (("2022-05-01", "2024-01-02"),)


def test_only_actual_facts_enter_unless_others_are_asked_for() -> None:
    planned = Report("a", "supplies", "b", "d", status=Status.PLANNED)
    assert collect(planned) == ()
    assert collect(planned, statuses=frozenset({Status.PLANNED}))[0].status is Status.PLANNED


def test_the_firmest_status_wins_and_all_are_counted() -> None:
    (edge,) = collect(
        Report("a", "supplies", "b", "d1", status=Status.DENIED),
        Report("a", "supplies", "b", "d2", status=Status.PLANNED, fact="f2"),
        Report("a", "supplies", "b", "d3", status=Status.PLANNED, fact="f3"),
        statuses=frozenset(Status),
    )
    assert edge.status is Status.PLANNED
    assert edge.statuses == ((Status.PLANNED, 2), (Status.DENIED, 1))


def test_sentences_are_the_surest_first_and_each_once() -> None:
    reports = [
        Report("a", "met", "b", f"d{number}", confidence=confidence, sentence=sentence)
        for number, (confidence, sentence) in enumerate([(0.5, "x"), (0.9, "y"), (0.7, "x"), (0.6, "z"), (0.1, "w")])
    ]
    (edge,) = collect(*reports, sentences=3)
    assert edge.sentences == ("y", "x", "z")
    assert collect(*reversed(reports), sentences=3)[0].sentences == edge.sentences


def test_the_best_fact_leads_the_list_of_facts() -> None:
    (edge,) = collect(
        Report("a", "met", "b", "d1", confidence=0.4, fact="f1"),
        Report("a", "met", "b", "d2", confidence=0.8, fact="f2"),
    )
    assert edge.facts == ("f2", "f1")
    assert edge.confidence == 0.8


def test_items_are_the_most_frequent_first() -> None:
    (edge,) = collect(*(Report("a", "supplies", "b", str(n), item=item) for n, item in enumerate(["t", "m", "m"])))
    assert edge.items == ("m", "t")


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [("2024", None, True), ("2024-02", None, False), (None, "2023", False), (None, "2024-01", True)],
)
def test_a_period_keeps_what_lies_in_it_in_part(since: str | None, until: str | None, kept: bool) -> None:
    assert bool(collect(Report("a", "met", "b", "d", date="2024-01"), since=since, until=until)) is kept


def test_a_fact_without_a_date_is_judged_by_the_day_of_its_document() -> None:
    told = Report("a", "supplies", "b", "d", published="2024-01-30")
    assert collect(told, since="2024")
    assert not collect(told, until="2023")
    assert not collect(Report("a", "supplies", "b", "d"), until="2030")


def test_confidence_and_relations_leave_facts_out() -> None:
    reports = (Report("a", "met", "b", "d", confidence=0.3), Report("a", "supplies", "b", "d", confidence=0.9))
    assert [edge.relation for edge in collect(*reports, min_confidence=0.5)] == ["supplies"]
    assert [edge.relation for edge in collect(*reports, relations=frozenset({"met"}))] == ["met"]


def test_static_ties_can_leave_the_edges_and_become_values() -> None:
    collector = Collector(NetworkOptions(static_ties=StaticTies.ATTRIBUTES), VOCABULARY)
    collector.add(Report("p", "holdsOffice", "b", "d", item="minister"))
    assert collector.edges() == ()
    assert collector.static_ties() == {"p": {"holdsOffice": (("b", "minister"),)}}


def test_static_ties_can_be_left_out() -> None:
    assert collect(Report("p", "holdsOffice", "b", "d"), static_ties=StaticTies.NONE) == ()


OFFICES = Affiliations.gather(
    [Office("p", "ministry", "2019-05-20"), Office("p", "party", "2010", "2015"), Office("q", "country2")],
    [("ministry", "country1"), ("ministry", "city")],
    {
        "country1": "Country",
        "country2": "Country",
        "city": "Place",
        "ministry": "Organization",
        "party": "Organization",
    },
)


@pytest.mark.parametrize(
    ("level", "day", "who"),
    [
        (RollUp.NONE, "2024-01-01", "p"),
        (RollUp.BODY, "2024-01-01", "ministry"),
        (RollUp.BODY, "2012-01-01", "party"),
        (RollUp.BODY, "2017-01-01", "party"),
        (RollUp.BODY, None, "ministry"),
        (RollUp.STATE, "2024-01-01", "country1"),
        (RollUp.STATE, "2012-01-01", "party"),
    ],
)
def test_a_person_counts_for_the_office_held_on_the_day(level: RollUp, day: str | None, who: str) -> None:
    assert OFFICES.roll_up("p", level, day) == who


def test_bodies_that_are_part_of_each_other_do_not_hang_the_climb() -> None:
    round_and_round = Affiliations.gather([Office("p", "x")], [("x", "y"), ("y", "x")], {})
    assert round_and_round.roll_up("p", RollUp.STATE) == "x"


def test_rolled_up_people_bring_their_ties_and_ties_within_one_state_vanish() -> None:
    edges = collect(
        Report("p", "met", "q", "d1", date="2024-01-02"),
        Report("p", "met", "country1", "d2", date="2024-01-02"),
        affiliations=OFFICES,
        roll_up=RollUp.STATE,
    )
    assert [(edge.source, edge.target) for edge in edges] == [("country1", "country2")]


def test_depth_counts_steps_in_either_direction() -> None:
    chain = network_of(("a", "b"), ("c", "b"), ("c", "d"), ("d", "e"))
    assert [node.id for node in select(chain, NetworkOptions(actor="b", depth=1)).nodes] == ["a", "b", "c"]
    assert [node.id for node in select(chain, NetworkOptions(actor="b", depth=2)).nodes] == ["a", "b", "c", "d"]


def test_an_actor_that_is_not_there_is_named_in_the_error() -> None:
    with pytest.raises(NotFoundError, match="Q99"):
        select(network_of(("a", "b")), NetworkOptions(actor="Q99"))


def test_an_actor_is_found_by_id_and_by_iri() -> None:
    network = Network((Node("Q1", "Country", iri="http://x/Q1"),))
    assert find_node(network, "Q1") == find_node(network, "http://x/Q1")


def test_an_actor_without_ties_stays_alone() -> None:
    network = Network((Node("a", "Person"), Node("b", "Person")))
    assert [node.id for node in select(network, NetworkOptions(actor="a")).nodes] == ["a"]


def test_kinds_keep_only_edges_between_the_kinds_asked_for() -> None:
    network = Network(
        (Node("p", "Person"), Node("c", "Country"), Node("d", "Country")),
        (Edge("1", "p", "c", "met"), Edge("2", "c", "d", "met")),
    )
    kept = select(network, NetworkOptions(kinds=frozenset({EntityKind.COUNTRY})))
    assert ([node.id for node in kept.nodes], [edge.id for edge in kept.edges]) == (["c", "d"], ["2"])


def test_the_largest_component_and_the_top_by_degree_are_kept() -> None:
    network = network_of(("a", "b"), ("b", "c"), ("b", "d"), ("c", "d"), ("x", "y"))
    assert [node.id for node in select(network, NetworkOptions(largest_component=True)).nodes] == ["a", "b", "c", "d"]
    assert [node.id for node in select(network, NetworkOptions(top=3)).nodes] == ["b", "c", "d"]


def test_light_edges_go_and_take_lone_nodes_with_them() -> None:
    network = network_of(("a", "b"), weight=1)
    assert select(network, NetworkOptions(min_weight=2)) == Network()


def test_a_node_is_there_when_its_edges_are() -> None:
    network = Network(
        (Node("a", "Person"), Node("b", "Person"), Node("c", "Person")),
        (
            Edge("1", "a", "b", "met", spells=(("2024-01-01", "2024-01-02"),)),
            Edge("2", "a", "c", "met", spells=(("2024-01-03", "2024-01-03"),)),
            Edge("3", "b", "c", "met"),
        ),
    )
    spells = {node.id: node.spells for node in select(network, NetworkOptions()).nodes}
    assert spells == {
        "a": (("2024-01-01", "2024-01-03"),),
        "b": (("2024-01-01", "2024-01-02"),),
        "c": (("2024-01-03", "2024-01-03"),),
    }


def test_components_ignore_direction() -> None:
    assert components(network_of(("a", "b"), ("c", "b"), ("x", "y"))) == [frozenset("abc"), frozenset("xy")]


def test_an_edge_keeps_its_id_from_export_to_export() -> None:
    assert edge_id("Q1", "met", "Q2") == edge_id("Q1", "met", "Q2") != edge_id("Q2", "met", "Q1")


def test_columns_are_added_by_node_id_and_missing_values_are_none() -> None:
    column = Column("degree", ColumnType.INTEGER)
    network = network_of(("a", "b")).with_columns({column: {"a": 1}})
    assert network.columns == (column,)
    assert [node.extra for node in network.nodes] == [(1,), (None,)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "yesterday"},
        {"until": "1/2/2024"},
        {"min_confidence": 2.0},
        {"depth": 0},
        {"top": 0},
        {"statuses": frozenset()},
    ],
)
def test_options_that_cannot_be_used_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        NetworkOptions(**wrong)  # type: ignore[arg-type]


def test_the_title_says_what_the_filter_leaves_out() -> None:
    title = NetworkOptions(since="2024", kinds=frozenset({EntityKind.PERSON}), min_weight=2, top=50).title()
    assert all(part in title for part in ("actual", "2024", "Person", "≥ 2 reports", "top 50"))
    assert NetworkOptions().title() == "actual"


@pytest.mark.parametrize(
    ("node", "language", "label"),
    [
        (Node("Q1", "Country", "أوكرانيا", "Ukraine"), "ar", "أوكرانيا"),
        (Node("Q1", "Country", "أوكرانيا", "Ukraine"), "en", "Ukraine"),
        (Node("Q1", "Country", None, "Ukraine"), "ar", "Ukraine"),
        (Node("person/x", "Person"), "ar", "x"),
    ],
)
def test_a_label_falls_back_to_the_other_language_and_then_the_id(node: Node, language: str, label: str) -> None:
    assert node.label(language) == label
