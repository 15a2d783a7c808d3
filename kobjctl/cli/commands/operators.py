"""`kobjctl operators`: what a condition may ask."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kobjctl.cli.language import language_app

if TYPE_CHECKING:
    from kobjctl.expressions.operator import Operator


def _load() -> "Mapping[str, Operator]":
    from kobjctl.expressions.operators import OPERATORS

    return OPERATORS


def _hint(name: str) -> str:
    from kobjctl.expressions.operator_names import hint_for_operator

    return hint_for_operator(name)


app = language_app("operator", "a condition may use", "contains", _load, _hint)
