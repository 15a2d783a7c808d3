"""The options that many commands take, as the parameters of functions that are never called."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from kobjctl.cli.parameters import MOST
from kobjctl.cli.session import Session, session_of
from kobjctl.cli.usage import help_of
from kobjctl.model.errors import UsageError

Limit = Annotated[
    int, typer.Option("--limit", "-n", help="List at most this many.", min=1, max=MOST)
]


def use_database(ctx: typer.Context, value: str | None) -> None:
    """Take the org that was named; raises UsageError for a name that is empty, as that of a shell
    variable which is not set: the nearest org is not what was meant.
    """
    if value == "":
        raise UsageError("--db is empty", hint=help_of(ctx))
    if value is not None:
        session_of(ctx).database = value


def use_json(ctx: typer.Context, value: bool) -> None:
    """Take that one JSON document was asked for."""
    if value:
        session_of(ctx).json = True


def check_format(session: Session, shape: str | None) -> None:
    """Raise UsageError where --json and --format say two different things."""
    if session.json and shape not in (None, "json"):
        raise UsageError(
            f"--json and --format {shape} can't be combined", hint="leave out one of them"
        )


def _keep_running(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    if value == "":
        raise UsageError(f"{param.opts[0]} is empty", hint=help_of(ctx))
    if value is not None:
        kept = tuple(value) if isinstance(value, list) else value
        setattr(session_of(ctx).running, str(param.name), kept)


def _running_option(name: str, text: str, **facts: Any) -> Any:
    return typer.Option(name, expose_value=False, callback=_keep_running, help=text, **facts)


def options_with_org(text: str) -> Callable[..., None]:
    """Return the declaration of what every command takes; `text` is the help of `--db`."""

    def options(
        database: Annotated[
            str | None,
            typer.Option(
                "--db", metavar="PATH", expose_value=False, callback=use_database, help=text
            ),
        ] = None,
        json: Annotated[
            bool,
            typer.Option(
                "--json", expose_value=False, callback=use_json, help="Print one JSON document."
            ),
        ] = False,
    ) -> None:
        """Declare `--db` and `--json`."""

    return options


house_options = options_with_org(
    "Use the org in this database (default: $KOBJCTL_DB, or the nearest kobjctl.db)."
)


def fixing_options(time: str, seeded: str) -> Callable[..., None]:
    """Return the declaration of `--now` and `--seed`: which time it is, and what is the same."""

    def options(
        now: Annotated[
            str | None,
            _running_option("--now", f"{time}, such as 2026-01-02T03:04:05Z.", metavar="TIME"),
        ] = None,
        seed: Annotated[
            int | None,
            _running_option("--seed", f"Make {seeded} repeatable.", metavar="N"),
        ] = None,
    ) -> None:
        """Declare `--now` and `--seed`."""

    return options


def limit_options(
    time_limit: Annotated[
        int | None,
        _running_option(
            "--time-limit",
            "Stop a run after this many seconds (default: 300).",
            metavar="SECONDS",
            min=0,
        ),
    ] = None,
    step_limit: Annotated[
        int | None,
        _running_option(
            "--step-limit", "Stop a run after this many steps (default: 1000).", metavar="N", min=1
        ),
    ] = None,
    chain_limit: Annotated[
        int | None,
        _running_option(
            "--chain-limit",
            "Stop a chain of runs that set each other off after this many (default: 50).",
            metavar="N",
            min=1,
        ),
    ] = None,
) -> None:
    """Declare the limits of runs."""


def pause_options(
    stop_before: Annotated[
        str | None,
        _running_option(
            "--stop-before", "Pause a run before this step, by its id.", metavar="STEP"
        ),
    ] = None,
) -> None:
    """Declare where runs are to pause."""


def host_options(
    allow_host: Annotated[
        list[str] | None,
        _running_option(
            "--allow-host",
            "Let workflows reach this host, such as api.example.com,"
            " api.example.com:8443 or *.example.com (repeatable; $KOBJCTL_ALLOW_HOSTS"
            " adds more).",
            metavar="HOST",
        ),
    ] = None,
) -> None:
    """Declare which hosts runs may reach."""


def stub_options(
    stubs: Annotated[
        list[str] | None,
        _running_option(
            "--stubs",
            "Answer HTTP requests and actions from this file of stubs (repeatable).",
            metavar="FILE",
        ),
    ] = None,
    record: Annotated[
        str | None,
        _running_option(
            "--record", "Record requests and responses in this file, as stubs.", metavar="FILE"
        ),
    ] = None,
    force: Annotated[
        bool,
        _running_option(
            "--force",
            "Overwrite existing files of any kind, also through links.",
            show_default=False,
        ),
    ] = False,
) -> None:
    """Declare what answers runs, and where it is kept what did."""
