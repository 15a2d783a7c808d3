"""The kinds of records: all that is true of one kind stands in its entry, and nowhere else.

Whoever makes, finds, keeps, shows, judges or drafts records derives it from the entry; so do
commands, completion, actions and scenarios. A kind without a service or a table of its own needs
nothing but its entry. They stand in the order in which people read of them.
"""

import re
from typing import Final

from kobjctl.model.errors import UsageError
from kobjctl.model.kinds import conversations, customers, org
from kobjctl.model.kinds.kind import RecordKind
from kobjctl.model.klass import KLASS_NAME

KINDS: Final = {kind.name: kind for kind in (*customers.KINDS, *conversations.KINDS, *org.KINDS)}
# Those that are kept alike; customers and KObjects have models of their own.
CORE_KINDS: Final = {name: kind for name, kind in KINDS.items() if not kind.special}
# Those with attributes of an org's own; each KObject has them of a klass that the org has made.
STANDARD_KLASSES: Final = tuple(
    name for name, kind in KINDS.items() if "custom" in kind.by_name and name != "kobject"
)


def _depth(kind: RecordKind) -> int:
    of = {each.of for each in kind.fields} & KINDS.keys()
    return 1 + max((_depth(KINDS[each]) for each in of), default=0)


# What a record says of others, by the kind of record that it names.
RELATIONS: Final = tuple(dict.fromkeys(each for kind in KINDS.values() for each in kind.relations))
# What others refer to comes first.
IN_ORDER_OF_NEED: Final = tuple(sorted(KINDS.values(), key=_depth))


def check_klass_name(name: str, *, standard: bool = False) -> None:
    """Raise UsageError for a name that no new Klass has (`manual/platform.md 9.1, 9.5`)."""
    if not re.fullmatch(KLASS_NAME, name):
        raise UsageError(
            f'"{name}" can\'t be the name of a klass',
            hint="use letters, digits, - and _, at most 255 of them",
        )
    if name in STANDARD_KLASSES and not standard:
        raise UsageError(
            f'"{name}" is a standard klass of the platform',
            hint="choose another name, or write standard: true to add attributes to it",
        )
