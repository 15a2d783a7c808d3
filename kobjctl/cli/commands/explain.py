"""`kobjctl explain`: what the code of a problem stands for."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_code, group
from kobjctl.cli.options import check_format
from kobjctl.cli.session import session_of
from kobjctl.model.errors import UsageError

app = group("Explain problems.")


class ExplanationFormat(StrEnum):
    """What explanations are printed as."""

    TEXT = "text"
    MARKDOWN = "markdown"


@app.command(cls=Command)
def explain(
    ctx: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            help="A code or a name, such as WF403 or unknown-output.", autocompletion=complete_code
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Explain every code.")] = False,
    format_: Annotated[
        ExplanationFormat | None,
        typer.Option("--format", help="Print explanations in this format (default: text)."),
    ] = None,
) -> None:
    """Explain a problem by its code, with examples.

    Without a code, it lists the codes.

    \b
    Examples:
      kobjctl explain WF403
      kobjctl explain
      kobjctl explain --all --format markdown > manual.md
    """
    from kobjctl.cli.views.explain import explanation_list, explanation_views, markdown
    from kobjctl.lint.explanations import explanation, explanations

    if code == "":
        raise UsageError("the code is empty", hint="kobjctl explain lists the codes")
    if code and every:
        raise UsageError("--all and a code can't be combined", hint=f"kobjctl explain {code}")
    session = session_of(ctx)
    check_format(session, format_)
    wanted = [explanation(code)] if code else list(explanations().values())
    if format_ is ExplanationFormat.MARKDOWN:
        sys.stdout.write(markdown(wanted))
    elif code or every:
        session.show(*explanation_views(wanted, one=bool(code)))
    else:
        session.show(*explanation_list(wanted))
