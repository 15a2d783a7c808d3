"""What is wrong with the shape of a file, at a path into its data."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kobjctl.model.problem import Severity
from kobjctl.model.values import JsonPath


class ShapeFinding(NamedTuple):
    """What is wrong at a path; `on_key` shows the key and not the value.

    `keys` are the keys of which one is missing there, or the one that an unknown key looks like.
    """

    path: JsonPath
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    on_key: bool = False
    keys: tuple[str, ...] = ()


def once(findings: Iterable[ShapeFinding]) -> Iterator[ShapeFinding]:
    """Yield findings; a key that is missing as it is misspelled is one mistake, and grave."""
    found = list(findings)
    missing = {(each.path, key) for each in found if each.code == "WF103" for key in each.keys}
    looked_like = {(each.path[:-1], key) for each in found if each.on_key for key in each.keys}
    for each in found:
        here = each.path[:-1] if each.on_key else each.path
        places = {(here, key) for key in each.keys}
        if each.code == "WF103" and places & looked_like:
            continue
        yield each._replace(severity="error") if each.on_key and places & missing else each
