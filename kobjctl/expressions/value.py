"""The values of a step's params and of a condition: literals, references, functions, templates.

Source: `platform/workflows.md` 3.1.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from kobjctl.expressions.references import MARK, follow, split_reference
from kobjctl.expressions.scope import Scope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING, Json, Missing

FUNCTION_MARK: Final = "/#fn:"
TEMPLATE_MARK: Final = "{{"

Resolver = Callable[[Scope], Json | Missing]


class UnsupportedExpressionError(KobjctlError):
    """The value uses a part of the language that this kobjctl can't evaluate."""


class Value(NamedTuple):
    """A compiled value: `resolve` gives it for a scope, `source` is its text in the file.

    A literal has no source and always resolves to itself.
    """

    resolve: Resolver
    source: str | None = None

    @property
    def is_literal(self) -> bool:
        """Tell whether the value is the same in every run."""
        return self.source is None


def compile_value(raw: Json) -> Value:
    """Compile any JSON value of a file; what is inside objects and lists counts too."""
    if isinstance(raw, str):
        return _compile_text(raw)
    if isinstance(raw, dict):
        return _compile_object(raw)
    if isinstance(raw, list):
        return _compile_list(raw)
    return Value(lambda _: raw)


def _compile_text(text: str) -> Value:
    if text.startswith(FUNCTION_MARK):
        return Value(_unsupported("function", text), text)
    if text.startswith(MARK):
        segments = split_reference(text)
        return Value(lambda scope: follow(scope, segments), text)
    if TEMPLATE_MARK in text:
        return Value(_unsupported("template", text), text)
    return Value(lambda _: text)


def _compile_object(raw: dict[str, Json]) -> Value:
    compiled = [(key, compile_value(value)) for key, value in raw.items()]
    if all(value.is_literal for _, value in compiled):
        return Value(lambda _: raw)
    entries = [(key, value.resolve) for key, value in compiled]

    def resolve(scope: Scope) -> Json:
        resolved = {}
        for key, resolve_entry in entries:
            value = resolve_entry(scope)
            if value is not MISSING:
                resolved[key] = value
        return resolved

    return Value(resolve, "{}")


def _compile_list(raw: list[Json]) -> Value:
    compiled = [compile_value(value) for value in raw]
    if all(value.is_literal for value in compiled):
        return Value(lambda _: raw)
    resolvers = [value.resolve for value in compiled]

    def resolve(scope: Scope) -> Json:
        values = [resolve_item(scope) for resolve_item in resolvers]
        return [value for value in values if value is not MISSING]

    return Value(resolve, "[]")


def _unsupported(kind: str, text: str) -> Resolver:
    def resolve(scope: Scope) -> Json:
        raise UnsupportedExpressionError(
            f'the {kind} "{text}" can\'t be evaluated by this version of kobjctl',
            hint="it knows literals and /# references",
        )

    return resolve
