"""`kobjctl test init`: write scenarios for a workflow, to begin with."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.command import complete_workflow
from kobjctl.cli.session import Session, session_of
from kobjctl.files.output import Output, OutputKind
from kobjctl.files.source import check_there, look, read_bytes
from kobjctl.model.errors import UsageError
from kobjctl.model.values import Json
from kobjctl.testing.drafting.limits import BUDGET, LIMIT

if TYPE_CHECKING:
    from kobjctl.testing.drafting.file import DraftedFile
    from kobjctl.testing.drafting.origin import DraftOrigin

_STDOUT = "-"


def init(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    workflow: Annotated[
        str,
        typer.Argument(
            help="A workflow file, or the name of a workflow in the org.",
            autocompletion=complete_workflow,
        ),
    ] = "",
    run: Annotated[
        str | None,
        typer.Option(
            "--run",
            metavar="RUN",
            help="Write one scenario, of this run: its number, its id, or last.",
        ),
    ] = None,
    only: Annotated[
        str,
        typer.Option(
            "--workflow", metavar="NAME", help="Write scenarios only for this workflow of the file."
        ),
    ] = "",
    apps: Annotated[
        list[Path],
        typer.Option(
            "--app",
            metavar="FILE",
            help="Load this file first, if the workflow needs it (repeatable).",
        ),
    ] = [],  # noqa: B006
    payloads: Annotated[
        list[str],
        typer.Option(
            "--payload", metavar="FILE", help="Start from the payload in this file (repeatable)."
        ),
    ] = [],  # noqa: B006
    file: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file; - is standard output."
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite existing files of any kind.")
    ] = False,
    limit: Annotated[
        int,
        typer.Option(metavar="N", min=1, help="Write at most this many scenarios for a workflow."),
    ] = LIMIT,
    tries: Annotated[
        int, typer.Option(metavar="N", min=1, help="Try at most this many runs for each scenario.")
    ] = BUDGET,
) -> None:
    """Write a scenario for each path through a workflow.

    kobjctl finds what each path needs by trying: a payload, customers and other records, answers to
    HTTP requests. A scenario for which it found nothing is skipped when tests run, and says what to
    do. If there are many paths, some are chosen that take every branch.

    Without -o, the scenarios of order.yaml are written to order.test.yaml beside it. A workflow of
    the org is first written to a file of its own, which the scenarios then name.

    \b
    Examples:
      kobjctl test init order.yaml
      kobjctl test init order.yaml --payload order.json -o tests/order.test.yaml
      kobjctl test init crm-tier.json --app people.yaml --limit 20
      kobjctl test init order
      kobjctl test init --run 7
      kobjctl test init order.yaml --run 7 -o -
    """
    from kobjctl.testing.drafting import origin as origins
    from kobjctl.testing.drafting.file import write, write_run
    from kobjctl.testing.drafting.layout import DraftingOptions

    session = session_of(ctx)
    origin = origins.find(lambda: session.org.store, workflow, run)
    target = None if file == _STDOUT else Path(file) if file else origin.target
    output = _output(target, force=force) if target else None
    if output:
        output.check()
    for path in apps:
        check_there(path)
    defined = _defined(session, origin, target, force=force)
    org = session.present_org
    asked = DraftingOptions(
        files=[defined],
        folder=target.parent if target else Path(),
        apps=apps,
        workflow=only or origin.workflow,
        payloads=[_payload(each) for each in payloads],
        examples=origins.examples_of(org.store) if org else {},
        limit=limit,
        budget=tries,
    )
    with _progress(session) as count:
        written = write_run(asked, origin.run, origin.sent) if origin.run else write(asked, count)
    _deliver(session, written, output)


def _defined(session: Session, origin: "DraftOrigin", target: Path | None, *, force: bool) -> Path:
    """Return the file that defines the workflow; a workflow of the org gets one, if need be."""
    from kobjctl.testing.drafting import origin as origins

    if origin.content is None:
        return origin.file
    if target is None:
        raise UsageError(
            "with -o -, the workflow of the org can't be written to a file",
            hint="leave out -o -, or name the workflow's file",
        )
    file, text = target.with_name(origin.file.name), origins.text_of(origin.content)
    if not look(file) or force:
        _output(file, force=force).write(text)
        session.say(f"wrote {file}: the org's workflow and what it needs")
    elif read_bytes(file, len(text.encode()) + 1) != text.encode():
        raise UsageError(
            f'"{file}" exists already, and differs from the org',
            hint="overwrite it with --force, or name the file instead of the workflow",
        )
    return file


def _payload(name: str) -> Json:
    from kobjctl.cli.body import read_file
    from kobjctl.files.payloads.payload import read_payload

    return read_payload(read_file(name), name)


@contextmanager
def _progress(session: Session) -> Iterator[Callable[[int], None]]:
    """Show how many scenarios are written, where people look on; gives what counts."""
    if session.json or not sys.stderr.isatty():
        yield lambda _total: None
        return
    from kobjctl.cli.output.render import progress

    with ExitStack() as stack:
        counts: list[Callable[[], None]] = []

        def count(total: int) -> None:
            if not counts:
                counts.append(stack.enter_context(progress("writing scenarios", total, sys.stderr)))
            counts[0]()

        yield count


def _output(path: Path, *, force: bool) -> Output:
    """Return the file that is written; people go on with it, so that it is never replaced
    unasked.
    """
    return Output(path, OutputKind("file"), "-o FILE", force)


def _deliver(session: Session, written: "DraftedFile", output: Output | None) -> None:
    """Write what was drafted, and tell of it."""
    from kobjctl.cli.views.scenario_init import written_view

    value, blocks = written_view(written, output and output.path)
    if output:
        output.write(written.text)
        session.show(value, blocks)
    elif session.json:
        session.print_json(value)
    else:
        sys.stdout.write(written.text)
        session.print(blocks, sys.stderr)
