"""The functions of values, `/#fn:<name>,<path>,<argument>`: one table, one file a family.

Source: `manual/platform.md 5`.
"""

from kobjctl.expressions.functions import (  # noqa: F401 - they fill the table
    checks,
    dates,
    numbers,
    structures,
)
from kobjctl.expressions.functions.compiling import compile_function
from kobjctl.expressions.functions.schedule import BusinessSchedule
from kobjctl.expressions.functions.table import FUNCTIONS, Function, FunctionContext

__all__ = ["FUNCTIONS", "BusinessSchedule", "Function", "FunctionContext", "compile_function"]
