"""How one function, helper or operator is shown: how it is written, and what examples give."""

from collections.abc import Callable, Sequence
from inspect import Parameter, cleandoc, signature
from itertools import islice
from typing import Any, NamedTuple

from kobjctl.app import examples
from kobjctl.cli.output.blocks import (
    Block,
    EmptyLine,
    FieldList,
    JsonBlock,
    Line,
    Tree,
    dim,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.output.escape import dump_json
from kobjctl.cli.views.catalogue import UNCONFIRMED
from kobjctl.cli.views.org import View
from kobjctl.expressions.functions import Function
from kobjctl.expressions.handlebars import Helper
from kobjctl.expressions.operator import Operator
from kobjctl.model.values import Json


class Page(NamedTuple):
    """What is told of a member of a table of the language."""

    noun: str
    name: str
    written: str
    summary: str
    confirmed: bool
    examples: Sequence[str]


def function_view(function: Function) -> View:
    """Show a function: `/#fn:parseInt,PATH`."""
    least, most = function.arity
    count = max(least, most or 0) - 1
    texts = ["TEXT"] if count == 1 else [f"TEXT{number}" for number in range(1, count + 1)]
    named = ["PATH", *texts]
    parts = [f",{each}" for each in named[:least]]
    parts += [f"[,{each}]" for each in named[least:most]]
    written = f"/#fn:{function.name}{''.join(parts)}{'' if most else '[,...]'}"
    return _shown(_page("function", written, function))


def helper_view(helper: Helper) -> View:
    """Show a helper: `{{dateFormat VALUE [format=...]}}`, `{{#if VALUE}}...{{/if}}`."""
    options = [f"[{each}=...]" for each in helper.options]
    call = " ".join([helper.name, *_values(helper), *options])
    block = f"{{{{#{call}}}}}...{{{{else}}}}...{{{{/{helper.name}}}}}"
    written = {"value": f"{{{{{call}}}}}", "test": f"{{{{{call}}}}} or {block}", "block": block}
    return _shown(_page("helper", written[helper.kind], helper))


def operator_view(operator: Operator) -> View:
    """Show an operator: `{op: gt, values: [LEFT, RIGHT]}`."""
    from kobjctl.files.yaml.scalars import plain_value

    least, most = operator.arity
    noun = "CONDITION" if operator.parts else "VALUE"
    named = ["LEFT", "RIGHT"] if least == 2 else [noun]  # noqa: PLR2004 - a pair has two sides
    # To YAML, a bare true is no text.
    op = operator.name if plain_value(operator.name) == operator.name else f"'{operator.name}'"
    written = f"{{op: {op}, values: [{', '.join(named)}{'' if most else ', ...'}]}}"
    return _shown(_page("operator", written, operator))


def _page(noun: str, written: str, member: Function | Helper | Operator) -> Page:
    return Page(
        noun=noun,
        name=member.name,
        written=written,
        summary=cleandoc(member.summary),
        confirmed=member.confirmed,
        examples=member.examples,
    )


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


def _shown(page: Page) -> View:
    given = examples.evaluated(page.examples)
    used = examples.used(page.examples)
    value: Json = {
        "name": page.name,
        "syntax": page.written,
        "help": page.summary,
        "confirmed": page.confirmed,
        "examples": [
            {"expression": each.expression, "result": each.value, "warnings": list(each.warnings)}
            for each in given
        ],
        "step1": used,
    }
    blocks: list[Block] = [
        FieldList([(page.noun, heading(page.name)), ("written", page.written)]),
        EmptyLine(),
        *map(Line, page.summary.split("\n")),
        *([] if page.confirmed else [Line(dim(UNCONFIRMED))]),
        EmptyLine(),
        *(_example(each, page) for each in given),
    ]
    if used:
        blocks += [EmptyLine(), JsonBlock("The output of step 1 in these examples:", used)]
    return value, blocks


def _example(example: examples.ExpressionExample, page: Page) -> Tree:
    if page.noun == "operator":
        gives = "holds" if example.value else "doesn't hold"
    else:
        gives = f"gives {dump_json(example.value, indent=None)}"
    # Of what is not confirmed at all, the page says so already.
    warnings = example.warnings if page.confirmed else ()
    said = [Tree(warn(f"warning: {each}")) for each in warnings]
    return Tree(text(name(example.expression)), [Tree(gives), *said])
