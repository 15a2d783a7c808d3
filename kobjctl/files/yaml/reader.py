"""Read YAML as plain values, with the place of every key and value."""

from typing import Any

import yaml

from kobjctl.files.document import Document
from kobjctl.files.limits import BYTE_ORDER_MARK
from kobjctl.files.yaml.builder import Builder
from kobjctl.files.yaml.faults import unprintable_fault, yaml_fault

# The reader in C is eight times faster; PyYAML may be installed without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, path: str) -> Document:
    """Read the one YAML document in `text`; `path` is what problems call the file.

    Scalars mean what the core schema of YAML 1.2 says. Keys that are there twice are problems
    of the document (WF002). Raises FileProblemsError with one WF001 for broken YAML and for
    what JSON can't hold or is not safe to read: tags, merge keys, null keys, infinite numbers,
    and aliases that nest or multiply past the limits.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    fault = unprintable_fault(text, path)
    if fault:
        raise fault
    builder = Builder(text, path)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise yaml_fault(error, text, path) from error
    return builder.document()
