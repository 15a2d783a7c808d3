"""What a part of a template sees while it is rendered, and what rendering may cost."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from kobjctl.expressions.handlebars.errors import HelperError
from kobjctl.expressions.references import close_name
from kobjctl.javascript.coercion import text_of
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import Json, MissingValue

MAX_STEPS: Final = 1_000_000
MAX_PRINTED: Final = 10_000_000
CHARACTERS_A_STEP: Final = 1000
CHARACTERS_OF_AN_ITEM: Final = 10
LONG: Final = 100

# What `this` is inside of a block helper where the context is null, as in handlebars.js.
NULL_CONTEXT: Final[dict[str, Json]] = {}


class RenderContext(NamedTuple):
    """What helpers take from the world: the time in UTC, chance in [0, 1), a place to warn.

    What is printed `for_page` may well be escaped; else it is told of.
    """

    now: Callable[[], datetime]
    random: Callable[[], float]
    warn: Callable[[str], None]
    for_page: bool = True


class HelperContext(NamedTuple):
    """What a helper is given beside its values: the world, its hash `name=value`, its meter.

    A helper calls `spend` with the number of steps of work that its values don't show, `text`
    for the text of a value, and `warn`, which says the same only once.
    """

    context: RenderContext
    hash: Mapping[str, Json | MissingValue]
    spend: Callable[[int], None]
    text: Callable[[Json | MissingValue], str]
    warn: Callable[[str], None]


class RenderState:
    """One rendering: the world, what it has cost so far, and what was warned of.

    A step is about what a tag costs. Both limits are far from what a template of a workflow
    needs, and keep one that prints lists in lists from filling the time or the memory.
    """

    __slots__ = ("_missed", "_printed", "_steps", "_warned", "context")

    def __init__(self, context: RenderContext) -> None:
        self.context = context
        self._steps = 0
        self._printed = 0
        self._warned: set[str] = set()
        self._missed: set[str] = set()

    def helper_context(self, hash_: Mapping[str, Json | MissingValue]) -> HelperContext:
        """Return what a helper works with."""
        return HelperContext(self.context, hash_, self.spend, self.text, self.warn_once)

    def spend(self, steps: int) -> None:
        """Count work that is about to be done."""
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise HelperError(f"rendering takes more than {MAX_STEPS:,} steps")

    def printing(self, characters: int) -> None:
        """Count long text that is printed."""
        self._printed += characters
        if self._printed > MAX_PRINTED:
            raise HelperError(f"the template prints more than {MAX_PRINTED:,} characters")

    def text(self, value: Json | MissingValue) -> str:
        """Return the text of a value; to make that of a list is work."""
        text = text_of(value)
        if isinstance(value, list):
            self.spend(len(text) // CHARACTERS_OF_AN_ITEM)
        return text

    def handle(self, value: Any) -> None:
        """Count the work on a long text."""
        if value.__class__ is str and len(value) > CHARACTERS_A_STEP:
            self.spend(len(value) // CHARACTERS_A_STEP)

    def warn_once(self, message: str) -> None:
        """Warn, but say the same only once."""
        if message not in self._warned:
            self._warned.add(message)
            self.context.warn(message)

    def warn_escaped(self, tag: str) -> None:
        """Warn that escaping changed a value, unless it is for a page."""
        if not self.context.for_page:
            tag = excerpt(" ".join(tag.split()), LONG)
            self.warn_once(
                f"{{{{{tag}}}}} was escaped for HTML;"
                f" write {{{{{{{tag}}}}}}} for the value as it is"
            )

    def warn_missing(self, path: str, begin: Any, parts: tuple[str, ...]) -> None:
        """Warn, but once, of a path that leads nowhere from the value where it begins."""
        if path not in self._missed:
            self._missed.add(path)
            close = close_name(begin, parts)
            self.context.warn(f'"{path}" in a template is missing{close}')


class TagScope:
    """Where a tag stands: `this`, the contexts around it, its `@data`, its block params.

    `depths` begins with the context that `../` leaves; `blocks` has an entry for each program
    around the tag, None where the program's helper gave no block params. Both are kept only
    where something inside uses them (see `Uses`).
    """

    __slots__ = ("blocks", "data", "depths", "run", "this")

    def __init__(
        self,
        this: Json | MissingValue,
        depths: tuple[Json, ...],
        data: dict[str, Any],
        blocks: tuple[list[Any] | None, ...],
        run: RenderState,
    ) -> None:
        self.this = this
        self.depths = depths
        self.data = data
        self.blocks = blocks
        self.run = run


# Gives a value, or what a part of the template prints, for a scope.
Lookup = Callable[[TagScope], Any]
Emit = Callable[[TagScope], Any]


class Uses:
    """What the tags of a program and those inside of it use, and what they cost.

    `steps` are the tags and values, `text` the characters between them.
    """

    __slots__ = ("blocks", "data", "depths", "steps", "text")

    def __init__(self) -> None:
        self.steps = 1
        self.text = 0
        self.data = False
        self.depths = False
        self.blocks = False

    def include(self, inner: "Uses") -> None:
        """Add what an inner program uses."""
        self.steps += inner.steps
        self.text += inner.text
        self.data |= inner.data
        self.depths |= inner.depths
        self.blocks |= inner.blocks


class Body(NamedTuple):
    """A compiled program of a block."""

    emit: Emit
    uses: Uses
