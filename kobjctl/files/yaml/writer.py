"""Write JSON as YAML that people like to read, and that all readers read alike."""

from typing import Any, Final, cast

import yaml

from kobjctl.files.yaml.readings import ambiguous
from kobjctl.files.yaml.scalars import RefusedError, plain_value
from kobjctl.model.unseen import shown_json
from kobjctl.model.values import Json

_WIDTH: Final = 100
_SHORT: Final = 80


def write_yaml(value: Json, *, width: int = _WIDTH) -> str:
    """Return a value as YAML in block style; what holds no lists or objects and is short, on one
    line.
    """
    written: str = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=width,
    )
    # A text with what can't be seen stands in double quotes.
    return shown_json(written.removesuffix("...\n"))


class _Dumper(yaml.SafeDumper):
    """Writes equal values out each time, and quotes what another reader may not take for text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - so the library asks
        """Tell that no value is a reference to another."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - so the library asks
        """Set the entries of a list off from its key."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", value, style=None if _is_plain(value) else '"'
    )


def _collection(dumper: yaml.SafeDumper, value: Json) -> yaml.Node:
    if isinstance(value, dict):
        node: Any = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
        parts = [part for pair in node.value for part in pair]
    else:
        node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
        parts = node.value
    are_scalars = all(isinstance(part, yaml.ScalarNode) for part in parts)
    node.flow_style = are_scalars and sum(len(part.value) + 4 for part in parts) <= _SHORT
    return cast(yaml.Node, node)


def _is_plain(value: str) -> bool:
    try:
        is_same = plain_value(value) == value
    except RefusedError:
        return False
    return is_same and ambiguous(value, value) is None and value.isprintable()


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _collection)
_Dumper.add_representer(list, _collection)
