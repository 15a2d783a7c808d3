"""`kobjctl helpers`: what a template may call as `{{NAME}}`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kobjctl.cli.language import language_app

if TYPE_CHECKING:
    from kobjctl.expressions.handlebars import Helper


def _load() -> "Mapping[str, Helper]":
    from kobjctl.expressions.handlebars import HELPERS

    return HELPERS


app = language_app("helper", "that templates may call", "dateFormat", _load)
