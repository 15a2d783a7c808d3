"""`kobjctl eval`: what an expression gives."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.body import FORMS, body_of_data
from kobjctl.cli.command import Command, group
from kobjctl.cli.session import Session, error_lines, session_of
from kobjctl.files.source import STDIN
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.app.runs.evaluate import EvaluationScope

app = group("Expressions.")


@app.command("eval", cls=Command)
def evaluate(
    ctx: typer.Context,
    expression: Annotated[
        str,
        typer.Argument(help="A reference, function, template or condition, or any JSON or YAML."),
    ],
    run: Annotated[
        str | None,
        typer.Option(help="Use the values of this run: its number, its id, or last."),
    ] = None,
    step: Annotated[str | None, typer.Option(help="Use the values from before this step.")] = None,
    data: Annotated[
        str | None,
        typer.Option(
            metavar=FORMS,
            help="Use a payload, an output of step 1, or a scope with steps.",
        ),
    ] = None,
) -> None:
    """Evaluate an expression: show its value, type and warnings.

    Without --run and --data, it uses the values of the newest run. A condition that doesn't hold is
    no error: the exit status is 0.

    \b
    Examples:
      kobjctl eval '/#steps.1.attributes.data.email'
      kobjctl eval 'Order {{steps.1.attributes.data.orderId}}' --data @order.json
      kobjctl eval '/#fn:parseInt,steps.1.attributes.data.price' --run 7
      kobjctl eval '{op: gt, values: [/#steps.1.attributes.data.quantity, 3]}'
      kobjctl eval '{{error.message}}' --run last --step refund
    """
    from kobjctl.app.runs.evaluate import BrokenExpressionError
    from kobjctl.app.runs.evaluate import evaluate as evaluate_in
    from kobjctl.cli.views.eval import evaluation_view, fault_lines
    from kobjctl.expressions.value import BrokenTemplateError

    session = session_of(ctx)
    known = _known(session, run, step, data)
    session.say(known.description)
    try:
        evaluation = evaluate_in(expression, known)
    except (BrokenTemplateError, BrokenExpressionError) as error:
        fact, *hint = error_lines(error.message, error.hint)
        session.print([fact, *fault_lines(error.place), *hint], sys.stderr)
        raise typer.Exit(2) from error
    for hint_line in evaluation.hints:
        session.say(f"note: {hint_line}")
    session.show(*evaluation_view(evaluation, known.source))


def _known(
    session: Session, run: str | None, step: str | None, data: str | None
) -> "EvaluationScope":
    from kobjctl.app.runs import evaluate, runs

    if data is not None:
        if run is not None or step is not None:
            raise UsageError(
                "--data can't be combined with --run or --step",
                hint="leave out --data, or --run and --step",
            )
        body = body_of_data(data)
        name = evaluate.STDIN if data == STDIN else body.name
        return evaluate.known_by_data(session.org, body.raw, name)
    if run is not None or step is not None:
        return evaluate.known_by_run(session.org, run or runs.LAST, step)
    return evaluate.known_by_default(session.org)
