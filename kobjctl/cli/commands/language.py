"""`kobjctl functions`, `helpers`, `operators`: list a table of the language, or show a member."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of
from kobjctl.model.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from kobjctl.cli.views.language import Member


def _app(
    noun: str,
    words: str,
    example: str,
    load: "Callable[[], Mapping[str, Member]]",
    hint: Callable[[str], str] | None = None,
) -> typer.Typer:
    """Return the command of a table: `words` say what its members are for, `example` is one.

    `hint` says what to write instead of a name that there isn't.
    """
    app = group(f"{noun.capitalize()}s.")

    def complete(_ctx: typer.Context, incomplete: str) -> list[str]:
        return [name for name in load() if name.startswith(incomplete)]

    def command(
        ctx: typer.Context,
        name: Annotated[
            str | None, typer.Argument(help=f"The {noun}'s name.", autocompletion=complete)
        ] = None,
    ) -> None:
        from kobjctl.cli.views.language import member_list, member_view

        session, table = session_of(ctx), load()
        if name is None:
            session.show(*member_list(noun, table.values()))
        elif name in table:
            session.show(*member_view(noun, table[name]))
        else:
            meant = hint(name) if hint else did_you_mean(name, table)
            lists = f"kobjctl {noun}s lists them"
            raise UsageError(f'no {noun} is called "{name}"', hint=meant or lists)

    command.__doc__ = f"""List the {noun}s {words}, or show one.

    \b
    Examples:
      kobjctl {noun}s
      kobjctl {noun}s {example}
    """
    app.command(cls=Command)(command)
    return app


def _functions() -> "Mapping[str, Member]":
    from kobjctl.expressions.functions import FUNCTIONS

    return FUNCTIONS


def _helpers() -> "Mapping[str, Member]":
    from kobjctl.expressions.handlebars import HELPERS

    return HELPERS


def _operators() -> "Mapping[str, Member]":
    from kobjctl.expressions.operators import OPERATORS

    return OPERATORS


def _operator_hint(name: str) -> str:
    from kobjctl.expressions.operator_names import hint_for_operator

    return hint_for_operator(name)


functions = _app("function", "for values", "parseInt", _functions)
helpers = _app("helper", "for templates", "dateFormat", _helpers)
operators = _app("operator", "for conditions", "contains", _operators, _operator_hint)
