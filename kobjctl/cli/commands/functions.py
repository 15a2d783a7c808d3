"""`kobjctl functions`: what a value may call as `/#fn:NAME,PATH`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kobjctl.cli.language import language_app

if TYPE_CHECKING:
    from kobjctl.expressions.functions import Function


def _load() -> "Mapping[str, Function]":
    from kobjctl.expressions.functions import FUNCTIONS

    return FUNCTIONS


app = language_app("function", "that values may call", "parseInt", _load)
