"""What a run knows so far: the roots that references start from, and what expressions may ask."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kobjctl.model.values import Json, JsonObject

if TYPE_CHECKING:
    from kobjctl.expressions.functions import FunctionContext
    from kobjctl.expressions.handlebars import RenderContext


def _the_beginning() -> datetime:
    return datetime.fromtimestamp(0, UTC)


def _no_chance() -> float:
    return 0.5


class Context:
    """What functions and helpers take from the world: the time in UTC and chance in [0, 1).

    What they have to say is kept in `warnings`, each thing once, until somebody takes it.
    """

    def __init__(
        self,
        now: Callable[[], datetime] = _the_beginning,
        random: Callable[[], float] = _no_chance,
    ) -> None:
        self.now = now
        self.random = random
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        """Keep something to be said in the log of the step."""
        if message not in self.warnings:
            self.warnings.append(message)

    def take_warnings(self) -> list[str]:
        """Return what was said since this was called last."""
        taken, self.warnings = self.warnings, []
        return taken

    @cached_property
    def of_functions(self) -> "FunctionContext":
        """The context as functions know it."""
        from kobjctl.expressions.functions import FunctionContext  # noqa: PLC0415 - see value.py

        return FunctionContext(self.now, self.warn)

    @cached_property
    def of_templates(self) -> "RenderContext":
        """The context as templates know it."""
        from kobjctl.expressions.handlebars import RenderContext  # noqa: PLC0415 - see value.py

        return RenderContext(self.now, self.random, self.warn)

    @cached_property
    def of_plain_texts(self) -> "RenderContext":
        """The context as templates know it whose text no web page shows."""
        return self.of_templates._replace(for_page=False)


class Scope(dict[str, JsonObject]):
    """The roots of references, with the context of functions and templates beside them.

    `{"steps": {"1": output of the trigger, "<step id>": its output, ...}, "variables": {...},
    "error": {...} inside error cases}`. A dict: it is read several times at every step.
    """

    __slots__ = ("context",)

    def __init__(self, roots: Mapping[str, JsonObject], context: Context | None = None) -> None:
        super().__init__(roots)
        self.context = context or Context()


def new_scope(trigger_output: Json, context: Context | None = None) -> Scope:
    """Make the scope of a run that has only its trigger's output."""
    return Scope({"steps": {"1": trigger_output}, "variables": {}}, context)
