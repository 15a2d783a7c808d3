"""Examples of what the language has: expressions, and what they give, which is never written here
but evaluated when it is shown.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeVar

from kobjctl.app.runs.evaluate import Evaluation, EvaluationScope, evaluate
from kobjctl.expressions.scope import Context, new_scope
from kobjctl.model.errors import UnknownNameError
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

FUNCTIONS: Final[Mapping[str, Sequence[str]]] = {
    "inBusinessHours": ["/#fn:inBusinessHours,steps.1.at"],
    "isValidEmailAddress": [
        "/#fn:isValidEmailAddress,steps.1.email",
        "/#fn:isValidEmailAddress,steps.1.name",
    ],
    "isValidPhoneNumber": ["/#fn:isValidPhoneNumber,steps.1.phone"],
    "dateFormat": [
        "/#fn:dateFormat,steps.1.at",
        "/#fn:dateFormat,steps.1.at,dddd, MMMM Do",
    ],
    "ifExists": ["/#fn:ifExists,steps.1.email,yes", "/#fn:ifExists,steps.1.fax,yes,no"],
    "parseInt": ["/#fn:parseInt,steps.1.price"],
    "parseFloat": ["/#fn:parseFloat,steps.1.price"],
    "toJSON": ["/#fn:toJSON,steps.1.tags"],
    "parseJSON": ["/#fn:parseJSON,steps.1.json"],
    "parseBool": ["/#fn:parseBool,steps.1.paid"],
    "map": ["/#fn:map,steps.1.items,sku"],
    "transform": ["/#fn:transform,steps.1.items,sku,count=n"],
    "includedResourceAttribute": [
        "/#fn:includedResourceAttribute,steps.1.included,customer,displayName"
    ],
}

HELPERS: Final[Mapping[str, Sequence[str]]] = {
    "if": [
        "{{#if steps.1.fax}}by fax{{else}}by mail{{/if}}",
        "{{#if 0 includeZero=true}}a number{{/if}}",
    ],
    "unless": ["{{#unless steps.1.fax}}no fax{{/unless}}"],
    "each": ["{{#each steps.1.items}}{{@index}}: {{n}} x {{sku}}; {{/each}}"],
    "with": ["{{#with steps.1.items.0}}{{n}} x {{sku}}{{/with}}"],
    "date": ["{{date}}", '{{date "days" count=7}}'],
    "dateFormat": ['{{dateFormat steps.1.at format="D MMM YYYY, HH:mm"}}'],
    "dateDiff": ['{{dateDiff "days" from=steps.1.at to=steps.1.due}}'],
    "eq": ['{{#eq steps.1.id "1234"}}the one{{else}}another{{/eq}}'],
    "ne": ['{{ne steps.1.id "1234"}}'],
    "lt": ["{{lt steps.1.at steps.1.due}}"],
    "lte": ["{{lte 3 3}}"],
    "gt": ["{{#gt steps.1.total 1000}}large{{else}}small{{/gt}}"],
    "gte": ['{{gte "10" 9}}'],
    "and": ["{{and steps.1.email steps.1.phone}}"],
    "or": ["{{#if (or steps.1.fax steps.1.phone)}}call{{/if}}"],
    "not": ["{{not steps.1.fax}}"],
    "math": ['{{math steps.1.total "*" 2}}'],
    "numberFormat": [
        "{{numberFormat steps.1.total decimals=2}}",
        '{{numberFormat steps.1.total decimals=2 separator="." point=","}}',
    ],
    "lookup": ["{{lookup steps.1.tags 1}}"],
    "log": ['{{log "seen"}}'],
    "json": ["{{{json steps.1.items}}}"],
    "randomId": ["{{randomId size=6}}"],
    "toLower": ["{{toLower steps.1.price}}"],
    "toUpper": ["{{toUpper steps.1.name}}"],
    "capitalize": ["{{capitalize steps.1.name}}"],
    "trim": ["[{{trim steps.1.note}}]"],
    "replace": ['{{replace steps.1.name " " "."}}'],
    "split": ['{{#each (split steps.1.name " ")}}<{{this}}>{{/each}}'],
    "join": ['{{join steps.1.tags ", "}}'],
    "substring": ["{{substring steps.1.name 0 3}}"],
    "truncate": ["{{truncate steps.1.name 8}}", '{{truncate steps.1.name 8 suffix="…"}}'],
}

_TWO: Final = "[{op: exists, values: [/#steps.1.email]}, {op: exists, values: [/#steps.1.fax]}]"

OPERATORS: Final[Mapping[str, Sequence[str]]] = {
    "true": ["{op: 'true', values: [true]}"],
    "eq": ["{op: eq, values: [/#steps.1.total, '1234.5']}"],
    "neq": ["{op: neq, values: [/#steps.1.id, '1234']}"],
    "ne": ["{op: ne, values: [/#steps.1.id, '9999']}"],
    "exists": ["{op: exists, values: [/#steps.1.email]}"],
    "dne": ["{op: dne, values: [/#steps.1.fax]}"],
    "gt": ["{op: gt, values: [/#steps.1.total, 1000]}"],
    "gte": ["{op: gte, values: [/#steps.1.due, /#steps.1.at]}"],
    "lt": ["{op: lt, values: [/#steps.1.total, '1000']}"],
    "lte": ["{op: lte, values: [/#steps.1.at, '2026-12-31T00:00:00Z']}"],
    "contains": [
        "{op: contains, values: [/#steps.1.tags, vip]}",
        "{op: contains, values: [/#steps.1.email, example.com]}",
    ],
    "and": [f"{{op: and, values: {_TWO}}}"],
    "or": [f"{{op: or, values: {_TWO}}}"],
}

_NOW: Final = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)


Member = TypeVar("Member")


class ExpressionExample(NamedTuple):
    """An expression, with what it gives and what is said of it."""

    expression: str
    value: Json
    warnings: Sequence[str]


def member(noun: str, name: str, table: Mapping[str, Member]) -> Member:
    """Return a member of a table of the language; raises UnknownNameError."""
    if name not in table:
        raise UnknownNameError(noun, name, table, otherwise=f"kobjctl {noun}s lists them")
    return table[name]


def evaluated(expressions: Sequence[str]) -> list[ExpressionExample]:
    """Return examples with what they give, at noon of a day in May and with constant chance."""
    return [_example(each) for each in expressions]


def _example(expression: str) -> ExpressionExample:
    given = _given(expression)
    value = None if given.value is MISSING else given.value
    return ExpressionExample(expression, value, given.warnings)


def _given(expression: str) -> Evaluation:
    scope = new_scope(SAMPLE, Context(lambda: _NOW, lambda: 0.5))
    return evaluate(expression, EvaluationScope(scope, "", {}, NO_SECRETS))


def used(expressions: Sequence[str]) -> JsonObject:
    """Return the fields of step 1 that examples use."""
    text = " ".join(expressions)
    return {name: SAMPLE[name] for name in SAMPLE if f"steps.1.{name}" in text}
