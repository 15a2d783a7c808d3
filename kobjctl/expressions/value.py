"""The values of a step's params and of a condition: literals, references, functions, templates.

Source: `manual/platform.md 3.1`.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final, NamedTuple

from kobjctl.expressions.references import FUNCTION_MARK, MARK, close_name, follow, split_reference
from kobjctl.expressions.scope import Scope
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING, Json, JsonObject, JsonPath, MissingValue, path_text

if TYPE_CHECKING:
    from kobjctl.expressions.handlebars import TemplateError

TEMPLATE_MARK: Final = "{{"

Resolver = Callable[[Scope], Json | MissingValue]


class Value(NamedTuple):
    """A compiled value: `resolve` gives it for a scope, `source` is its text in the file.

    A literal has no source and always resolves to itself.
    """

    resolve: Resolver
    source: str | None = None

    @property
    def is_literal(self) -> bool:
        """Return whether the value is the same in every run."""
        return self.source is None


class ParamPlace(NamedTuple):
    """A place in the params of a step; of those named in `pages`, web pages show the text."""

    pages: Collection[str]
    path: JsonPath = ()

    def within(self, key: str | int) -> "ParamPlace":
        """Return the place of what is in the object or list here."""
        return ParamPlace(self.pages, (*self.path, key))

    @property
    def is_for_page(self) -> bool:
        """Return whether a web page shows what stands here."""
        return bool(self.path) and self.path[0] in self.pages


def compile_params(params: JsonObject, pages: Collection[str] = ()) -> Callable[[Scope], Json]:
    """Compile the params of a step, of which web pages show `pages`.

    Each value in them that is missing is warned of, and each that is escaped for no page.
    """
    return compile_value(params, ParamPlace(pages)).resolve


def compile_value(raw: Json, place: ParamPlace | None = None) -> Value:
    """Compile any JSON value of a file; what is inside objects and lists counts too.

    With its `place` in the params of a step, what is left out of it or escaped is warned of.
    """
    if isinstance(raw, str):
        return _compile_text(raw, for_page=place is None or place.is_for_page)
    if isinstance(raw, dict):
        return _compile_object(raw, place)
    if isinstance(raw, list):
        return _compile_list(raw, place)
    return Value(lambda _: raw)


def _compile_text(text: str, *, for_page: bool) -> Value:
    if text.startswith(FUNCTION_MARK):
        return _compile_function(text)
    if text.startswith(MARK):
        segments = split_reference(text)
        return Value(lambda scope: follow(scope, segments), text)
    if TEMPLATE_MARK in text:
        return _compile_template(text, for_page=for_page)
    return Value(lambda _: text)


def _compile_object(raw: dict[str, Json], place: ParamPlace | None) -> Value:
    compiled = [(key, _compile_part(value, key, place)) for key, value in raw.items()]
    if all(value.is_literal for _, value in compiled):
        return Value(lambda _: raw)
    entries = [(key, value.resolve) for key, value in compiled]

    def resolve(scope: Scope) -> Json:
        """Return the object with each entry resolved; what is missing is left out."""
        resolved = {}
        for key, resolve_entry in entries:
            value = resolve_entry(scope)
            if value is not MISSING:
                resolved[key] = value
        return resolved

    return Value(resolve, "{}")


def _compile_list(raw: list[Json], place: ParamPlace | None) -> Value:
    compiled = [_compile_part(value, index, place) for index, value in enumerate(raw)]
    if all(value.is_literal for value in compiled):
        return Value(lambda _: raw)
    resolvers = [value.resolve for value in compiled]

    def resolve(scope: Scope) -> Json:
        values = [resolve_item(scope) for resolve_item in resolvers]
        return [value for value in values if value is not MISSING]

    return Value(resolve, "[]")


def _compile_part(raw: Json, key: str | int, place: ParamPlace | None) -> Value:
    """Compile what is in an object or a list under a key."""
    if place is None:
        return compile_value(raw)
    inner = place.within(key)
    value = compile_value(raw, inner)
    is_one_value = isinstance(raw, str) and raw.startswith(MARK)
    return _warning(value, raw, path_text(inner.path)) if is_one_value else value


def _warning(value: Value, source: str, name: str) -> Value:
    """Make a reference or a function warn where it gives nothing."""

    def resolve(scope: Scope) -> Json | MissingValue:
        """Return the value; one that is missing is told of, with what is there instead."""
        found = value.resolve(scope)
        if found is MISSING:
            # What a function found at its path it says itself.
            is_function = source.startswith(FUNCTION_MARK)
            close = "" if is_function else close_name(scope, split_reference(source))
            why = "gives nothing" if is_function else f"is missing{close}"
            scope.context.warn(f'the parameter "{name}" was left out: {source} {why}')
        return found

    return Value(resolve, source)


# The functions and Handlebars are imported when a file first uses them: each costs a command
# more at its start than all other expressions together.
def _compile_function(text: str) -> Value:
    from kobjctl.expressions.functions import compile_function  # noqa: PLC0415 - see above

    call = compile_function(text)
    return Value(lambda scope: call(scope, scope.context.of_functions), text)


def _compile_template(text: str, *, for_page: bool) -> Value:
    from kobjctl.expressions.handlebars import TemplateError, compile_template  # noqa: PLC0415

    try:
        template = compile_template(text)
    except TemplateError as error:
        return Value(_failing(_placed(error, text)), text)

    def resolve(scope: Scope) -> Json:
        """Return the text; raises BrokenTemplateError with the place in the template."""
        context = scope.context.of_templates if for_page else scope.context.of_plain_texts
        try:
            return template.render(scope, context)
        except TemplateError as error:
            raise _placed(error, text) from error

    return Value(resolve, text)


class TextPlace(NamedTuple):
    """A place in a text; line and column count from 1."""

    text: str
    line: int
    column: int


class BrokenTemplateError(KobjctlError):
    """A template that can't be read or rendered; the message says where in it."""

    def __init__(self, fact: str, place: TextPlace, *, hint: str = "") -> None:
        super().__init__(
            f"{fact} (line {place.line}, column {place.column} of the template)", hint=hint
        )
        self.fact = fact
        self.place = place


def _placed(error: "TemplateError", text: str) -> BrokenTemplateError:
    place = TextPlace(text, error.line, error.column)
    return BrokenTemplateError(error.message, place, hint=error.hint)


def _failing(error: BrokenTemplateError) -> Resolver:
    """Make a broken template fail the step that comes to it, and no other."""

    def resolve(scope: Scope) -> Json:
        # A new one each time: an error that is raised again keeps the traces of all the times.
        raise BrokenTemplateError(error.fact, error.place, hint=error.hint)

    return resolve
