"""How the value of an expression is shown, and the place of a fault in a template."""

import re
from typing import Final

from kobjctl.app.runs.evaluate import Evaluation
from kobjctl.cli.output.blocks import (
    Block,
    FieldList,
    JsonBlock,
    Line,
    View,
    bad,
    dim,
    good,
    text,
    warn,
)
from kobjctl.cli.output.escape import dump_json, escape
from kobjctl.cli.views.run import condition_tree
from kobjctl.expressions.value import TextPlace
from kobjctl.model.values import MISSING, JsonObject, kind_of

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BEFORE: Final = 50
_AFTER: Final = 40


def evaluation_view(evaluation: Evaluation, source: JsonObject) -> View:
    """Show a value with its type, or a condition with the values it saw."""
    value, warnings, _, decision = evaluation
    shown: JsonObject = {
        **({"missing": True} if value is MISSING else {"value": value}),
        "type": kind_of(value),
        **({} if decision is None else {"holds": value, "decision": decision}),
        "warnings": warnings,
        **({"hints": evaluation.hints} if evaluation.hints else {}),
        "source": source,
    }
    return shown, [*_value(evaluation), *(Line(warn(f"warning: {each}")) for each in warnings)]


def _value(evaluation: Evaluation) -> list[Block]:
    value = evaluation.value
    if evaluation.decision is not None:
        verdict = good("holds") if value else warn("does not hold")
        return [condition_tree(evaluation.decision, verdict)]
    if value is MISSING:
        left_out = dim("(a parameter with this value is left out)")
        return [FieldList([("value", text(warn("missing"), left_out, gap=" "))])]
    kind = ("type", kind_of(value))
    if isinstance(value, dict | list):
        return [FieldList([kind]), JsonBlock("", value)]
    return [FieldList([("value", dump_json(value, indent=None)), kind])]


def fault_lines(place: TextPlace) -> list[Block]:
    """Show the line of a template that has the fault, with a mark below the column."""
    line = _LINE_END.split(place.text)[place.line - 1]
    at = place.column - 1
    start = max(0, at - _BEFORE)
    before = ("… " if start else "") + escape(line[start:at])
    after = escape(line[at : at + _AFTER]) + (" …" if len(line) > at + _AFTER else "")
    return [Line(f"  {before}{after}"), Line(text("  ", " " * len(before), bad("^")))]
