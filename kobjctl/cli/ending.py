"""How a command ends whose runs went badly."""

from collections.abc import Iterable

import typer

from kobjctl.model.run import Run, any_bad


def exit_by(runs: Iterable[Run]) -> None:
    """End with status 1 when a run ended badly."""
    if any_bad(runs):
        raise typer.Exit(1)
