"""Compile the tree of a template into functions that print it.

Which names are helpers, which are paths and which are block params is decided here, in the
order of handlebars.js: a name with values or a hash is a helper, a name alone may be one.
What is wrong with a call is raised when the call is reached, as there; `problems` has it before.
"""

from typing import Final

from kobjctl.expressions.handlebars import paths, printers, sums
from kobjctl.expressions.handlebars.errors import (
    LONGEST_NAME,
    TemplateError,
    TemplateSource,
    quoted,
)
from kobjctl.expressions.handlebars.helpers import HELPERS, Helper
from kobjctl.expressions.handlebars.helpers.table import BlockParts
from kobjctl.expressions.handlebars.invoke import (
    CallParts,
    call_of,
    failing,
    named,
    telling,
    unknown_options,
    unsuitable,
)
from kobjctl.expressions.handlebars.scope import Body, Emit, Lookup, TagScope, Uses
from kobjctl.expressions.handlebars.sections import by_helper, section
from kobjctl.expressions.handlebars.tree import (
    Block,
    Call,
    Content,
    Expression,
    Literal,
    Mustache,
    Path,
    Program,
    Statement,
)
from kobjctl.javascript.coercion import truthy
from kobjctl.model.errors import did_you_mean
from kobjctl.model.values import MISSING

# The names that handlebars.js always takes for helpers, even after `../` or `@`. The last two
# are internal to it, and calling them fails.
ALWAYS_HELPERS: Final = frozenset(
    {"if", "unless", "each", "with", "lookup", "log", "helperMissing", "blockHelperMissing"}
)
MAX_PROBLEMS: Final = 100
_NOTHING: Final = Program([])


class Compiler:
    """Compiles one template.

    Then `helpers` are those it calls, `problems` the first calls that fail if they are reached,
    and `doubts` tell of options that no helper takes.
    """

    def __init__(self, source: TemplateSource) -> None:
        self.source = source
        self.problems: list[TemplateError] = []
        self.doubts: list[TemplateError] = []
        self.helpers: dict[str, Helper] = {}
        self._uses = Uses()
        self._block_params: list[dict[str, int]] = []

    def body(self, program: Program | None, *, raw: bool = False) -> Body:
        """Compile a program; `raw` tells that its caller can take a number for its text."""
        program = program or _NOTHING
        around, self._uses = self._uses, Uses()
        names = enumerate(program.block_params)
        self._block_params.insert(0, {name: index for index, name in reversed([*names])})
        emit = self._program(program, raw=raw)
        self._block_params.pop(0)
        uses, self._uses = self._uses, around
        around.include(uses)
        return Body(emit, uses)

    def _program(self, program: Program, *, raw: bool) -> Emit:
        statements = sums.printing(program)
        if len(statements) == 1 or not sums.adds(statements):
            raw = raw and len(statements) == 1
            return sums.joined([self._statement(each, raw=raw) for each in statements])
        parts = [self._statement(each, raw=True) for each in statements]
        alone = [index for index, each in enumerate(statements) if self._stands_alone(each)]
        emit = sums.added(parts, alone)
        return emit if raw else sums.as_text(emit)

    def _statement(self, statement: Statement, *, raw: bool) -> str | Emit:
        self._uses.steps += 1
        if isinstance(statement, Content):
            self._uses.text += len(statement.text)
            return statement.text
        if isinstance(statement, Mustache):
            value = self._value(statement.call)
            if statement.escaped:
                return printers.escaped(value, self.source.tag(statement.at))
            return printers.plain(value) if raw else printers.unescaped(value)
        return self._block(statement, raw=raw) if isinstance(statement, Block) else ""

    def _stands_alone(self, statement: Statement) -> bool:
        """Return whether handlebars.js appends a block in a statement of its own."""
        return isinstance(statement, Block) and self._kind(statement.call) == "ambiguous"

    # Values

    def _kind(self, call: Call) -> str:
        """Return whether a call is that of a helper, a path, or (being just a name) ambiguous."""
        head = call.head
        simple = paths.is_simple(head)
        if simple and self._block_param(head.parts[0]):
            return "path"
        if call.nested or call.params or call.hash:
            return "helper"
        if not simple:
            return "path"
        return "helper" if head.parts[0] in ALWAYS_HELPERS else "ambiguous"

    def _helper(self, call: Call) -> Helper | None:
        """Return the helper that a call calls, if it is one."""
        head = call.head
        first = head.parts[0] if head.parts else ""
        kind = self._kind(call)
        if kind == "ambiguous":
            helper = HELPERS.get(first)
            return helper if helper and helper.arity.takes(0) else None
        if kind == "path":
            return None
        if first in ALWAYS_HELPERS:
            return HELPERS.get(first)
        return HELPERS.get(head.original) if paths.is_simple(head) else None

    def _value(self, call: Call, *, asked: bool = False) -> Lookup:
        """Compile a call for its value; `asked` tells that it may well be missing."""
        helper = self._helper(call)
        if helper:
            self.helpers[helper.name] = helper
            parts = self._parts(call, asked=asked or helper.asks)
            fault = unsuitable(helper, len(parts.values), opens_block=False)
            if fault:
                return self._failing(call.at, fault, hint=named(helper, len(parts.values)))
            return call_of(helper, parts, self._doubts(call, helper))
        if self._kind(call) == "helper":
            return self._no_helper(call)
        return self._path(call.head, asked=asked)

    def _doubts(self, call: Call, helper: Helper) -> list[str]:
        found = unknown_options(helper, (key for key, _ in call.hash))
        self.doubts += [self.source.error(call.at, fact, hint=hint) for fact, hint in found]
        return [f"{fact}; {hint}" for fact, hint in found]

    def _no_helper(self, call: Call) -> Lookup:
        name, at = call.head.original, call.at
        if call.params or name in ALWAYS_HELPERS:
            self._parts(call)
            return self._failing(at, f"missing helper: {quoted(name)}", name)
        value = self._path(call.head, asked=True)

        def lookup(scope: TagScope) -> object:
            if truthy(value(scope)):
                raise self.source.error(at, f"{quoted(name)} is a value, not a helper")
            return MISSING

        return lookup

    def _failing(self, at: int, message: str, helper: str | None = None, hint: str = "") -> Lookup:
        def error() -> TemplateError:
            close = did_you_mean(helper, HELPERS) if helper and len(helper) <= LONGEST_NAME else ""
            return self.source.error(at, message, hint=close or hint, helper=helper)

        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(error())
        return failing(error)

    def _parts(self, call: Call, *, asked: bool = False) -> CallParts:
        values = [self._expression(param, asked=asked) for param in call.params]
        # Of two values for one name the first counts, as in handlebars.js.
        pairs = {key: self._expression(value, asked=asked) for key, value in reversed(call.hash)}
        return CallParts(
            values, pairs, lambda message, hint: self.source.error(call.at, message, hint=hint)
        )

    def _expression(self, expression: Expression, *, asked: bool) -> Lookup:
        self._uses.steps += 1
        if isinstance(expression, Call):
            return self._value(expression, asked=asked)
        if isinstance(expression, Path):
            return self._path(expression, asked=asked)
        return _constant(expression)

    def _path(self, path: Path, *, asked: bool) -> Lookup:
        self._uses.steps += len(path.parts)
        name = path.parts[0] if path.parts else ""
        miss = paths.no_miss if asked else paths.miss_of(path)
        param = None if path.depth or paths.is_scoped(path) else self._block_param(name)
        if param:
            self._uses.blocks = True
            message = f"{quoted(name)} has no value: the helper of its block sets none"
            return paths.on_block_param(
                *param, path.parts[1:], miss, lambda: self.source.error(path.at, message)
            )
        parts = path.parts if name else ()
        if path.data and parts:
            self._uses.data = True
            return paths.on_data(path.depth, parts, miss)
        if path.depth:
            self._uses.depths = True
            return paths.on_outer_context(path.depth, parts, miss)
        return paths.on_context(parts, miss)

    def _block_param(self, name: str) -> tuple[int, int] | None:
        for level, params in enumerate(self._block_params):
            if name in params:
                return level, params[name]
        return None

    # Blocks

    def _block(self, block: Block, *, raw: bool) -> Emit:
        call = block.call
        helper = self._helper(call)
        if helper is None:
            return self._section(block, raw=raw)
        self.helpers[helper.name] = helper
        # Who writes an else knows that the value may be missing.
        parts = self._parts(call, asked=helper.asks or block.inverse is not None)
        body = self.body(block.program, raw=raw)
        inverse = self.body(block.inverse, raw=raw)
        fault = unsuitable(helper, len(parts.values), opens_block=True)
        if fault:
            return self._failing(call.at, fault, hint=named(helper, len(parts.values)))
        doubts = self._doubts(call, helper)
        if helper.kind == "block":
            emit: Emit = helper.function(BlockParts(tuple(parts.values), parts.hash, body, inverse))
            return telling(emit, doubts) if doubts else emit
        value = call_of(helper, parts, doubts)
        if helper.kind == "value":
            return printers.plain(value) if raw else printers.unescaped(value)
        show, show_inverse = by_helper(body), by_helper(inverse)
        return lambda scope: show(scope) if value(scope) else show_inverse(scope)

    def _section(self, block: Block, *, raw: bool) -> Emit:
        value = self._value(block.call, asked=True)
        body = self.body(block.program, raw=raw)
        inverse = self.body(block.inverse, raw=raw)
        if self._kind(block.call) == "helper":
            return printers.unescaped(value)
        return section(value, body, inverse)


def _constant(literal: Literal) -> Lookup:
    value = literal.value
    return lambda _: value
