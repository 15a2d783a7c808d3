"""How functions, helpers and operators are shown: in lists, and each with what examples give."""

from collections.abc import Callable, Iterable
from inspect import Parameter, cleandoc, signature
from itertools import islice
from typing import Any, Final, TypeAlias

from kobjctl.app import examples
from kobjctl.cli.output.blocks import (
    Block,
    Column,
    EmptyLine,
    FieldList,
    JsonBlock,
    Line,
    Table,
    Tree,
    View,
    dim,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.output.escape import dump_json
from kobjctl.cli.views.catalogue import UNCONFIRMED, marked
from kobjctl.expressions.functions import Function
from kobjctl.expressions.handlebars import Helper
from kobjctl.expressions.operator import Operator
from kobjctl.model.values import Json, JsonObject

Member: TypeAlias = Function | Helper | Operator
# By what a member is called: what a list says of each.
_EFFECTS: Final = {"operator": "holds when", "function": "returns", "helper": "prints"}


def member_list(noun: str, members: Iterable[Member]) -> View:
    """Show the members of a table with what they take and do."""
    members = list(members)
    entries: list[JsonObject] = [
        {
            "name": each.name,
            "minValues": each.arity.least,
            "maxValues": each.arity.most,
            "summary": _first(each),
            "confirmed": each.confirmed,
        }
        for each in members
    ]
    columns = (Column(noun, keep=True), Column("values", keep=True), Column(_EFFECTS[noun]))
    rows = [
        (name(each.name), str(each.arity), marked(_first(each), confirmed=each.confirmed))
        for each in members
    ]
    return entries, [Table(columns, rows), EmptyLine(), Line(dim(UNCONFIRMED))]


def _first(member: Member) -> str:
    """Return the first paragraph of a member's help, on one line."""
    return " ".join(member.summary.split("\n\n", maxsplit=1)[0].split())


def member_view(noun: str, member: Member) -> View:
    """Show a member with how it is written, its help and examples."""
    summary = cleandoc(member.summary)
    given, used = examples.evaluated(member.examples), examples.used(member.examples)
    value: Json = {
        "name": member.name,
        "syntax": _written(member),
        "help": summary,
        "confirmed": member.confirmed,
        "examples": [
            {"expression": each.expression, "result": each.value, "warnings": list(each.warnings)}
            for each in given
        ],
        "step1": used,
    }
    blocks: list[Block] = [
        FieldList([(noun, heading(member.name)), ("written", _written(member))]),
        EmptyLine(),
        *map(Line, summary.split("\n")),
        *([] if member.confirmed else [Line(dim(UNCONFIRMED))]),
        EmptyLine(),
        *(_example(each, member) for each in given),
    ]
    if used:
        blocks += [EmptyLine(), JsonBlock("The output of step 1 in these examples:", used)]
    return value, blocks


def _written(member: Member) -> str:
    if isinstance(member, Function):
        return _function(member)
    return _helper(member) if isinstance(member, Helper) else _operator(member)


def _function(function: Function) -> str:
    """Write a function: `/#fn:parseInt,PATH`."""
    least, most = function.arity
    count = max(least, most or 0) - 1
    texts = ["TEXT"] if count == 1 else [f"TEXT{number}" for number in range(1, count + 1)]
    named = ["PATH", *texts]
    parts = [f",{each}" for each in named[:least]]
    parts += [f"[,{each}]" for each in named[least:most]]
    return f"/#fn:{function.name}{''.join(parts)}{'' if most else '[,...]'}"


def _helper(helper: Helper) -> str:
    """Write a helper: `{{dateFormat VALUE [format=...]}}`, `{{#if VALUE}}...{{/if}}`."""
    options = [f"[{each}=...]" for each in helper.options]
    call = " ".join([helper.name, *_values(helper), *options])
    block = f"{{{{#{call}}}}}...{{{{else}}}}...{{{{/{helper.name}}}}}"
    written = {"value": f"{{{{{call}}}}}", "test": f"{{{{{call}}}}} or {block}", "block": block}
    return written[helper.kind]


def _operator(operator: Operator) -> str:
    """Write an operator: `{op: gt, values: [LEFT, RIGHT]}`."""
    from kobjctl.files.yaml.scalars import plain_value

    least, most = operator.arity
    noun = "CONDITION" if operator.parts else "VALUE"
    named = ["LEFT", "RIGHT"] if least == 2 else [noun]  # noqa: PLR2004 - a pair has two sides
    # To YAML, a bare true is no text.
    op = operator.name if plain_value(operator.name) == operator.name else f"'{operator.name}'"
    return f"{{op: {op}, values: [{', '.join(named)}{'' if most else ', ...'}]}}"


def _values(helper: Helper) -> list[str]:
    """Return the values that a helper takes, by the names of its function's parameters."""
    least, most = helper.arity
    if helper.kind == "block":
        return ["VALUE"]
    function: Callable[..., Any] = helper.function
    named = []
    for number, param in enumerate(islice(signature(function).parameters.values(), 1, None)):
        shown = param.name.upper()
        if param.kind is Parameter.VAR_POSITIONAL:
            named += ["VALUE"] * bool(least) + ["[VALUE...]"]
        else:
            named.append(shown if number < least else f"[{shown}]")
    return named[:most]


def _example(example: examples.ExpressionExample, member: Member) -> Tree:
    if isinstance(member, Operator):
        gives = "holds" if example.value else "doesn't hold"
    else:
        gives = f"gives {dump_json(example.value, indent=None)}"
    # Of what is not confirmed at all, the page says so already.
    warnings = example.warnings if member.confirmed else ()
    said = [Tree(warn(f"warning: {each}")) for each in warnings]
    return Tree(text(name(example.expression)), [Tree(gives), *said])
