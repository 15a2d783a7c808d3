"""What a step may do: the table of actions, a module a family, loaded when first used.

To add one, write it in the module of its family, which is the last but one part of its name.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from kobjctl.actions.base import Action
from kobjctl.model.kinds import KINDS
from kobjctl.model.workflow import RESPONDING, is_responding

# Each kind of record is a family; in the order in which people read of them.
FAMILIES: Final = (
    *KINDS,
    *("klass", "event", "workflow", "scheduler", "regex-match", "ai", "rest-api", "org", "command"),
)


class Actions(Mapping[str, Action]):
    """The actions by name. A run imports only the families that its workflow names."""

    def __init__(self) -> None:
        self._loaded: dict[str, dict[str, Action]] = {}

    def __getitem__(self, name: str) -> Action:
        known = RESPONDING if is_responding(name) else name
        return self._family(known)[known]

    def __contains__(self, name: object) -> bool:
        return is_responding(name) or name in self._family(name)

    def __iter__(self) -> Iterator[str]:
        return (name for family in FAMILIES for name in self._load(family))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _family(self, name: object) -> Mapping[str, Action]:
        """Return the actions of the family that a name is of; none where there is none."""
        family = str(name).rpartition(".")[0].rpartition(".")[2]
        return self._load(family) if family in FAMILIES else {}

    def _load(self, family: str) -> Mapping[str, Action]:
        if family not in self._loaded:
            module = import_module(f"{__name__}.{family.replace('-', '_')}")
            actions = (each for each in vars(module).values() if isinstance(each, Action))
            self._loaded[family] = {each.name: each for each in actions}
        return self._loaded[family]


ACTIONS: Final = Actions()


def page_params(name: str | None) -> frozenset[str]:
    """Return the parameters of an action whose text a web page shows: the body of a record."""
    prefix, _, rest = (name or "").partition(".")
    return _PAGE_PARAMS if prefix == "kustomer" and rest.partition(".")[0] in KINDS else frozenset()


_PAGE_PARAMS: Final = frozenset({"body"})
