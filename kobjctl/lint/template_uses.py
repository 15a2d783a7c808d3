"""The values that a template uses.

A path inside of a block counts from what the block is about: `{{sku}}` in
`{{#each steps.1.items}}` uses `steps.1.items.*.sku`.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.handlebars.tree import Block, Call, Mustache, Path, Program
from kobjctl.lint.shape import ITEM
from kobjctl.lint.texts import PlacedText, Use

# Where a template stands: the path that `this` is, or None where it can't be told.
Where: TypeAlias = tuple[str, ...] | None


class _Scope(NamedTuple):
    """Where a tag stands: what `this` is, the innermost last, and the block parameters."""

    stack: tuple[Where, ...] = ((),)
    names: Mapping[str, Where] = MappingProxyType({})

    def resolve(self, path: Path) -> Where:
        """Return a path from the roots on; None where it can't be told."""
        parts = path.parts
        if path.data:
            return tuple(parts[1:]) if parts[:1] == ("root",) else None
        if not path.depth and parts and parts[0] in self.names:
            named = self.names[parts[0]]
            return None if named is None else (*named, *parts[1:])
        if path.depth >= len(self.stack):
            return None
        here = self.stack[-1 - path.depth]
        return None if here is None else (*here, *parts)

    def within(self, block: Block) -> "_Scope":
        """Return where the tags inside of a block stand."""
        head, params = block.call.head, block.call.params
        # A section is about an object, or about each item of a list: which, only a run knows.
        about: Where = None
        if head.original in ("each", "with"):
            first = params[0] if params else None
            about = self.resolve(first) if isinstance(first, Path) else None
            if about is not None and head.original == "each":
                about = (*about, ITEM)
        elif head.original in HELPERS:
            return self
        named = block.program.block_params if block.program else ()
        inner = {name: None if index else about for index, name in enumerate(named)}
        return _Scope((*self.stack, about), {**self.names, **inner})


def template_uses(at: PlacedText, tree: Program) -> Iterator[Use]:
    """Yield the paths that the tree of a template uses."""
    yield from _Walk(at).program(tree, _Scope())


class _Walk:
    """A walk through the tree of a template."""

    def __init__(self, at: PlacedText) -> None:
        self._at = at

    def program(self, program: Program | None, scope: _Scope) -> Iterator[Use]:
        """Yield the uses of values in the statements of a program, in their order."""
        for statement in program.body if program else ():
            if isinstance(statement, Mustache):
                yield from self._head(statement, scope)
            elif isinstance(statement, Block):
                yield from self._block(statement, scope)

    def _block(self, block: Block, scope: _Scope) -> Iterator[Use]:
        call = block.call
        helper = HELPERS.get(call.head.original)
        if helper is None:
            yield from self._path(call.head, scope, guarded=True)
        guarded = helper is not None and helper.asks
        yield from self._arguments(call, scope, guarded=guarded)
        yield from self.program(block.program, scope.within(block))
        yield from self.program(block.inverse, scope)

    def _head(self, tag: Mustache, scope: _Scope) -> Iterator[Use]:
        call = tag.call
        helper = HELPERS.get(call.head.original)
        if call.params or call.hash or helper:
            escaped = tag.escaped and helper is not None and not helper.is_plain
            yield from self._arguments(call, scope, escaped=escaped)
        else:
            for use in self._path(call.head, scope, escaped=tag.escaped):
                yield use._replace(printed=not tag.escaped)

    def _arguments(
        self, call: Call, scope: _Scope, *, guarded: bool = False, escaped: bool = False
    ) -> Iterator[Use]:
        for each in (*call.params, *(value for _, value in call.hash)):
            if isinstance(each, Path):
                yield from self._path(each, scope, guarded=guarded, escaped=escaped)
            elif isinstance(each, Call):
                yield from self._arguments(each, scope, guarded=guarded)

    def _path(
        self, path: Path, scope: _Scope, *, guarded: bool = False, escaped: bool = False
    ) -> Iterator[Use]:
        segments = scope.resolve(path)
        if segments:
            yield Use(
                at=self._at,
                kind="template",
                segments=segments,
                start=path.at,
                end=path.at + len(path.original),
                guarded=guarded or self._at.guarded,
                escaped=escaped,
            )
