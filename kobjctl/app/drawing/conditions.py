"""A condition on one line."""

from typing import Final

from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.limits import MAX_DEPTH
from kobjctl.javascript.json_text import ON_ONE_LINE, stringify
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import Json

_LONGEST: Final = 60


def condition_text(condition: Json, deepest: int = MAX_DEPTH, depth: int = 1) -> str:
    """Return a condition as `/#steps.1.name eq "Ada"`; empty if it always holds. `deepest` is how
    many levels of `and` and `or` are shown.

    The second value of `exists` and `dne` is a leftover of the builder, and `exists` of a literal
    its "else" (`manual/platform.md 1.5`).
    """
    if not isinstance(condition, dict) or depth > deepest:
        return "..."
    op, values = str(condition.get("op")), condition.get("values")
    operator = OPERATORS.get(op)
    if operator and operator.comparison == "always":
        return ""
    if not isinstance(values, list) or not values:
        return op
    if operator and operator.parts:
        joined = f" {op} ".join(
            condition_text(part, deepest, depth + 1) or "true" for part in values
        )
        return joined if depth == 1 else f"({joined})"
    if operator and operator.reads == 1:
        literal = operator.idiom and not _is_looked_up(values[0])
        return "" if literal else f"{op} {_operand(values[0])}"
    left, *right = map(_operand, values)
    return " ".join([left, op, *right])


def _is_looked_up(value: Json) -> bool:
    return isinstance(value, str) and (value.startswith("/#") or "{{" in value)


def _operand(value: Json) -> str:
    text = str(value) if _is_looked_up(value) else stringify(value, separators=ON_ONE_LINE)
    return excerpt(" ".join(text.split()), _LONGEST)
