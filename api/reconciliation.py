"""What the reconciliation service can say of an actor: the properties that tables are matched and extended by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "kind": "Kind",
        "ar": "Name in Arabic",
        "en": "Name in English",
        "alias": "Other name",
        "wikidata": "Wikidata id",
        "country": "Country",
        "part_of": "Part of",
        "made_by": "Made by",
        "office": "Held office at",
        "facts": "Number of facts",
    }
)
