"""Rows of seeds/ become the known graph, under the IRIs that documents use for them."""

from __future__ import annotations

import rdflib
from rdflib import RDF, SKOS, Literal, URIRef

from graph.config import Settings
from graph.model import EntityKind
from graph.rdf.known import encode_known, mint_known
from graph.rdf.namespaces import ORG, RW, SCHEMA, WIKIDATA, Namespaces
from graph.rdf.validate import Shapes
from graph.resolve.known import KnownEntity, Office, load_known

NAMES = Namespaces("https://graph.example/id/")
UKRAINE = KnownEntity("country:ua", EntityKind.COUNTRY, "أوكرانيا", "Ukraine", "Q212", ("اوكرانيا",), "country:ua")
ARMY = KnownEntity(
    "organisation:ua-army",
    EntityKind.ORGANIZATION,
    "الجيش الأوكراني",
    "Ukrainian Army",
    None,
    ("AFU",),
    "country:ua",
    "army",
)
ZELENSKY = KnownEntity("person:zelensky", EntityKind.PERSON, "فولوديمير زيلينسكي", "Volodymyr Zelensky", "Q3874799")
TANK = KnownEntity(
    "weapon:t-80", EntityKind.WEAPON, "تي-80", "T-80", None, (), None, "tank", None, ("country:ua", "x:y")
)
OUTLET = KnownEntity(
    "outlet:news", EntityKind.ORGANIZATION, "الأخبار", "News", parent="organisation:ua-army", domains=("news.example",)
)
OFFICE = Office("person:zelensky", "رئيس أوكرانيا", "President of Ukraine", "country:ua", "2019-05-20", "2031")


def known(*entities: KnownEntity, offices: tuple[Office, ...] = ()) -> rdflib.Graph:
    triples = encode_known(entities, offices, namespaces=NAMES)
    return rdflib.Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")


def node(entity: KnownEntity) -> URIRef:
    return URIRef(mint_known(entity, NAMES))


def rw(name: str) -> URIRef:
    return URIRef(RW + name)


def test_entity_has_its_names_kind_and_match() -> None:
    assert set(known(UKRAINE)) == {
        (node(UKRAINE), RDF.type, rw("Country")),
        (node(UKRAINE), SKOS.prefLabel, Literal("أوكرانيا", lang="ar")),
        (node(UKRAINE), SKOS.prefLabel, Literal("Ukraine", lang="en")),
        (node(UKRAINE), SKOS.altLabel, Literal("اوكرانيا", lang="ar")),
        (node(UKRAINE), SKOS.exactMatch, URIRef(WIKIDATA + "Q212")),
    }


def test_acronym_in_latin_letters_is_no_arabic_label() -> None:
    assert (node(ARMY), SKOS.altLabel, Literal("AFU", lang="en")) in known(ARMY)


def test_ties_of_rows_lead_to_the_other_rows() -> None:
    triples = known(UKRAINE, ARMY, TANK, OUTLET)
    assert (node(ARMY), rw("country"), node(UKRAINE)) in triples
    assert (node(TANK), rw("madeBy"), node(UKRAINE)) in triples
    assert (node(OUTLET), URIRef(ORG + "subOrganizationOf"), node(ARMY)) in triples
    assert (node(OUTLET), URIRef(SCHEMA + "url"), URIRef("https://news.example")) in triples
    assert (node(ARMY), rw("subtype"), Literal("army")) in triples


def test_tie_to_a_row_that_is_not_there_is_left_out() -> None:
    assert list(known(ARMY).objects(None, rw("country"))) == []


def test_office_is_a_membership_with_dates_and_a_named_role() -> None:
    triples = known(UKRAINE, ZELENSKY, offices=(OFFICE,))
    (office,) = triples.subjects(RDF.type, URIRef(ORG + "Membership"))
    said = {str(p).rpartition("#")[2]: o for p, o in triples.predicate_objects(office)}
    assert said["member"] == node(ZELENSKY)
    assert said["organization"] == node(UKRAINE)
    assert str(said["since"]) == "2019-05-20"
    assert str(said["until"]) == "2031"
    assert set(triples.objects(said["role"], SKOS.prefLabel)) == {
        Literal("رئيس أوكرانيا", lang="ar"),
        Literal("President of Ukraine", lang="en"),
    }


def test_office_of_somebody_unknown_is_left_out() -> None:
    assert list(known(UKRAINE, offices=(OFFICE,)).subjects(RDF.type, URIRef(ORG + "Membership"))) == []


def test_known_graph_is_the_same_each_time_whatever_the_order() -> None:
    one = encode_known((UKRAINE, ARMY), (), namespaces=NAMES)
    assert one == encode_known((ARMY, UKRAINE), (), namespaces=NAMES)


def test_seeds_that_ship_conform_to_the_shapes() -> None:
    seeds = load_known(Settings())
    triples = encode_known(seeds.entities, seeds.offices, namespaces=NAMES)
    assert Shapes.load().check_triples(triples) == ()
    assert len({mint_known(entity, NAMES) for entity in seeds.entities}) == len(seeds.entities)
