"""Decide a condition against what the run knows so far, and keep what it saw.

Every part of an `and` or `or` is looked at, also when the first has settled it: people who ask
why a branch was not taken want to see all of it.
"""

from collections.abc import Callable
from typing import Final

from kobjctl.expressions.operator import Operator
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.scope import Scope
from kobjctl.expressions.value import Value, compile_value
from kobjctl.javascript.json_text import ON_ONE_LINE, stringify
from kobjctl.model.errors import KobjctlError
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import MISSING, Json, JsonObject, JsonPath, MissingValue, kind_of

SHOWN_LENGTH: Final = 1000

# Gives whether the condition holds and, for the log, what it saw (see `model.run`).
Decide = Callable[[Scope], tuple[bool, JsonObject]]


class ConditionError(KobjctlError):
    """The condition can't be decided: an operator or its values are not what they must be.

    `at` is the path to what is wrong, from the condition on.
    """

    def __init__(self, message: str, at: JsonPath, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.at = at


def compile_condition(condition: JsonObject, at: JsonPath = ()) -> Decide:
    """Compile a condition `{op, values}`.

    What is wrong with it is raised as ConditionError when it is decided, not before: a
    workflow with one bad branch runs until it gets there, as on the platform. `at` is the path
    to the condition, where it is within another.
    """
    op, values = condition.get("op"), condition.get("values", [])
    operator = OPERATORS.get(op) if isinstance(op, str) else None
    if operator is None:
        from kobjctl.expressions.operator_names import hint_for_operator  # noqa: PLC0415 - on failure

        message = f'no operator is called "{op}"'
        return _failing(ConditionError(message, (*at, "op"), hint=hint_for_operator(str(op))))
    if not isinstance(values, list) or not operator.arity.takes(len(values)):
        return _failing(
            ConditionError(f'the operator "{op}" needs {operator.arity}', (*at, "values"))
        )
    if operator.parts:
        return _compile_parts(operator, values, (*at, "values"))
    return _compile_test(operator, values)


def _compile_parts(operator: Operator, values: list[Json], at: JsonPath) -> Decide:
    for index, value in enumerate(values):
        if not isinstance(value, dict):
            message = f'each value of "{operator.name}" must be a condition'
            return _failing(ConditionError(message, (*at, index)))
    parts = [compile_condition(value, (*at, index)) for index, value in enumerate(values)]

    def decide(scope: Scope) -> tuple[bool, JsonObject]:
        decided = [decide_part(scope) for decide_part in parts]
        holds = operator.test(*(held for held, _ in decided))
        entry = {"op": operator.name, "holds": holds, "parts": [part for _, part in decided]}
        return holds, entry

    return decide


def _compile_test(operator: Operator, values: list[Json]) -> Decide:
    operands = [_operand(value) for value in values[: operator.reads]]
    leftover = [{"value": value} for value in values[operator.reads :]]
    literal_text = operands[-1].is_literal and isinstance(values[len(operands) - 1], str)
    name, test, note = operator.name, operator.test_for(literal_text=literal_text), operator.note
    if operator.note_literal and literal_text:
        note = operator.note_literal

    def decide(scope: Scope) -> tuple[bool, JsonObject]:
        """Return whether the condition holds, and its entry in the log."""
        resolved = [operand.resolve(scope) for operand in operands]
        holds = test(*resolved)
        entry: JsonObject = {
            "op": name,
            "holds": holds,
            "values": [*map(_operand_json, operands, resolved), *leftover],
        }
        if note and (text := note(*resolved)):
            entry["note"] = text
        return holds, entry

    if all(operand.is_literal for operand in operands):
        decided = decide(Scope({}))
        return lambda _: decided
    return decide


def _operand(raw: Json) -> Value:
    operand = compile_value(raw)
    if operand.is_literal or not isinstance(raw, list | dict):
        return operand
    # A reference within a list is shown as the file has it: `["/#steps.find.id"]`.
    return operand._replace(source=stringify(raw, separators=ON_ONE_LINE))


def _operand_json(operand: Value, value: Json | MissingValue) -> JsonObject:
    entry: JsonObject = {} if operand.source is None else {"expression": operand.source}
    if value is MISSING:
        entry["missing"] = True
    else:
        entry["value"] = shorten(value)
    return entry


def shorten(value: Json) -> Json:
    """Return a value for the log: long text is cut, a large list or object only named."""
    if isinstance(value, str) and len(value) > SHOWN_LENGTH:
        return excerpt(value, SHOWN_LENGTH, f"… {len(value):,} characters")
    if isinstance(value, list | dict) and len(stringify(value)) > SHOWN_LENGTH:
        return f"… {kind_of(value)} of {len(value):,}"
    return value


def _failing(error: ConditionError) -> Decide:
    def decide(scope: Scope) -> tuple[bool, JsonObject]:
        # A new one each time: an error that is raised again keeps the traces of all the times.
        raise ConditionError(error.message, error.at, hint=error.hint)

    return decide
