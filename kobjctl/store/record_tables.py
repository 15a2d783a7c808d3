"""The tables of klasses and records, in the order in which one refers to another."""

from collections.abc import Mapping
from typing import Final

from kobjctl.model.kinds import KINDS

# With the columns that say which other records a row belongs to.
RELATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "klasses": (),
    "customers": ("company",),
    "kobjects": ("customer", "company"),
    **{kind.plural: kind.relations for kind in KINDS.values()},
}
