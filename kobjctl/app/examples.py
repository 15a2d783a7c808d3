"""Examples of what the language has: expressions, and what they give, which is never written here
but evaluated when it is shown.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from kobjctl.app.runs.evaluate import EvaluationScope, evaluate
from kobjctl.expressions.scope import Context, new_scope
from kobjctl.model.secrets import NO_SECRETS
from kobjctl.model.values import MISSING, Json, JsonObject

# The output of step 1 in all examples.
SAMPLE: Final[JsonObject] = {
    "id": "1234",
    "name": "ada lovelace",
    "email": "ada@example.com",
    "phone": "+1 415 555 0100",
    "at": "2026-05-01T12:30:00Z",
    "due": "2026-05-08T12:30:00Z",
    "price": "10.25 USD",
    "total": 1234.5,
    "paid": "TRUE",
    "tags": ["vip", "shop"],
    "note": " Thanks! ",
    "items": [{"sku": "A-1", "n": 2}, {"sku": "B-2", "n": 1}],
    "json": '{"size": "L"}',
    "included": [{"type": "customer", "attributes": {"displayName": "Ada"}}],
}

_NOW: Final = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)


class ExpressionExample(NamedTuple):
    """An expression, with what it gives and what is said of it."""

    expression: str
    value: Json
    warnings: Sequence[str]


def evaluated(expressions: Sequence[str]) -> list[ExpressionExample]:
    """Return examples with what they give, at noon of a day in May and with constant chance."""
    return [_evaluated(each) for each in expressions]


def _evaluated(expression: str) -> ExpressionExample:
    scope = new_scope(SAMPLE, Context(lambda: _NOW, lambda: 0.5))
    value, warnings, *_ = evaluate(expression, EvaluationScope(scope, "", {}, NO_SECRETS))
    return ExpressionExample(expression, None if value is MISSING else value, warnings)


def used(expressions: Sequence[str]) -> JsonObject:
    """Return the fields of step 1 that examples use."""
    text = " ".join(expressions)
    return {name: SAMPLE[name] for name in SAMPLE if f"steps.1.{name}" in text}
