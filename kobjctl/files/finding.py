"""What is wrong with the shape of a file, at a path into its data."""

from typing import NamedTuple

from kobjctl.model.problem import Severity
from kobjctl.model.values import JsonPath


class Finding(NamedTuple):
    """What is wrong at a path; `on_key` shows the key and not the value."""

    path: JsonPath
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    on_key: bool = False
