"""The values that a template uses.

A path inside of a block counts from what the block is about: `{{sku}}` in
`{{#each steps.1.items}}` uses `steps.1.items.*.sku`.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.handlebars.tree import (
    Block,
    Call,
    Expression,
    Mustache,
    Path,
    Program,
)
from kobjctl.lint.shape import ITEM
from kobjctl.lint.texts import PlacedText, Use

# Where a template stands: the path that `this` is, or None where it can't be told.
Where: TypeAlias = tuple[str, ...] | None

# Blocks that ask for a value without needing it.
_TESTS: Final = frozenset({"if", "unless"})


def template_uses(at: PlacedText, tree: Program) -> Iterator[Use]:
    """Yield the paths that the tree of a template uses."""
    yield from _Walk(at).program(tree, [()], {})


class _Walk:
    """A walk through the tree of a template; `stack` has what `this` is, the innermost last, and
    `names` the block parameters.
    """

    def __init__(self, at: PlacedText) -> None:
        self._at = at

    def program(
        self, program: Program | None, stack: list[Where], names: dict[str, Where]
    ) -> Iterator[Use]:
        """Yield the uses of values in the statements of a program, in their order."""
        for statement in program.body if program else ():
            if isinstance(statement, Mustache):
                yield from self._head(statement.call, stack, names, escaped=statement.escaped)
            elif isinstance(statement, Block):
                yield from self._block(statement, stack, names)

    def _block(self, block: Block, stack: list[Where], names: dict[str, Where]) -> Iterator[Use]:
        call = block.call
        helper = HELPERS.get(call.head.original)
        if helper is None:
            yield from self._path(call.head, stack, names, guarded=True)
        guarded = helper is not None and (helper.name in _TESTS or helper.kind == "test")
        yield from self._arguments(call, stack, names, guarded=guarded)
        inner, named = stack, names
        about = self._about(block, stack, names)
        if about is not _SAME:
            inner = [*stack, about]
            named = {**names, **self._named(block, about)}
        yield from self.program(block.program, inner, named)
        yield from self.program(block.inverse, stack, names)

    def _about(self, block: Block, stack: list[Where], names: dict[str, Where]) -> Where:
        """Return what `this` is inside of a block."""
        head, params = block.call.head, block.call.params
        if head.original in ("each", "with"):
            first = params[0] if params else None
            path = self._resolve(first, stack, names) if isinstance(first, Path) else None
            return (*path, ITEM) if path is not None and head.original == "each" else path
        if head.original in HELPERS:
            return _SAME
        # A section is about an object, or about each item of a list: which, only a run knows.
        return None

    def _named(self, block: Block, about: Where) -> dict[str, Where]:
        params = block.program.block_params if block.program else ()
        return {name: about if index == 0 else None for index, name in enumerate(params)}

    def _head(
        self, call: Call, stack: list[Where], names: dict[str, Where], *, escaped: bool
    ) -> Iterator[Use]:
        if call.params or call.hash or call.head.original in HELPERS:
            yield from self._arguments(call, stack, names)
        else:
            yield from self._path(call.head, stack, names, escaped=escaped)

    def _arguments(
        self,
        call: Call,
        stack: list[Where],
        names: dict[str, Where],
        *,
        guarded: bool = False,
    ) -> Iterator[Use]:
        for each in (*call.params, *(value for _, value in call.hash)):
            yield from self._expression(each, stack, names, guarded=guarded)

    def _expression(
        self,
        expression: Expression,
        stack: list[Where],
        names: dict[str, Where],
        *,
        guarded: bool,
    ) -> Iterator[Use]:
        if isinstance(expression, Path):
            yield from self._path(expression, stack, names, guarded=guarded)
        elif isinstance(expression, Call):
            yield from self._arguments(expression, stack, names, guarded=guarded)

    def _path(
        self,
        path: Path,
        stack: list[Where],
        names: dict[str, Where],
        *,
        guarded: bool = False,
        escaped: bool = False,
    ) -> Iterator[Use]:
        segments = self._resolve(path, stack, names)
        if segments:
            end = path.at + len(path.original)
            yield Use(
                at=self._at,
                kind="template",
                segments=segments,
                start=path.at,
                end=end,
                guarded=guarded or self._at.guarded,
                escaped=escaped,
            )

    def _resolve(self, path: Path, stack: list[Where], names: dict[str, Where]) -> Where:
        """Return the path from the roots on; None where it can't be told."""
        parts = path.parts
        if path.data:
            return tuple(parts[1:]) if parts[:1] == ("root",) else None
        if not path.depth and parts and parts[0] in names:
            named = names[parts[0]]
            return None if named is None else (*named, *parts[1:])
        if path.depth >= len(stack):
            return None
        here = stack[-1 - path.depth]
        return None if here is None else (*here, *parts)


_SAME: Final[tuple[str, ...]] = ("",)
