"""The helpers that a template may call, in one table."""

from kobjctl.expressions.handlebars.helpers import (  # noqa: F401 - they enter the table
    blocks,
    dates,
    logic,
    numbers,
    plain,
    texts,
)
from kobjctl.expressions.handlebars.helpers.table import HELPERS, Helper

__all__ = ["HELPERS", "Helper"]
