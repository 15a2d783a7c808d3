"""`kobjctl replay --html`: the report of a replay, written to a file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kobjctl import __version__
from kobjctl.cli.blocks import instant
from kobjctl.cli.session import Session
from kobjctl.files.source import STDIN, check_there, write_text
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.actions.base import World
    from kobjctl.app.replay.tally import Tally

_HINT: Final = "name another file with --html"
# What SQLite keeps of a database, by the ends of the names.
_OF_DATABASE: Final = ("", "-wal", "-shm", "-journal")


def check_outputs(
    session: Session, html: Path | None, rejects: Path, payloads: Sequence[str]
) -> None:
    """Check the files of a replay before hours of work are spent on it.

    Raises UsageError for those that can't be written, or that it lives on: payloads, the database.
    """
    from kobjctl.app.database import find_database
    from kobjctl.app.replay.payloads import is_among

    for name in payloads:
        if name != STDIN:
            check_there(name)
    database = find_database(session.database)
    org = [f"{database}{end}" for end in _OF_DATABASE]
    for path, option in ((html, "--html"), (rejects, "--rejects")):
        if path is None:
            continue
        hint = f"name another file with {option}"
        _check_place(path, hint)
        for names, fact in ((org, "that is the org"), (payloads, "payloads are read from there")):
            if is_among(str(path), names):
                raise UsageError(f'can\'t write "{path}": {fact}', hint=hint)
    if html and is_among(str(html), [str(rejects)]):
        raise UsageError(f'"{html}" can\'t be the report and the rejects', hint=_HINT)


def _check_place(path: Path, hint: str) -> None:
    place = path if path.exists() else path.parent
    if path.is_dir() or not os.access(place, os.W_OK):
        fact = "it is a folder" if path.is_dir() else f'"{place}" is not there or can\'t be written'
        raise UsageError(f'can\'t write "{path}": {fact}', hint=hint)


def write_report(  # noqa: PLR0913 - what the report tells of
    session: Session,
    world: "World",
    tally: "Tally",
    path: Path,
    *,
    sources: Sequence[str],
    kept: bool = True,
) -> None:
    """Write the report of a replay of `sources`, and say so; its runs are `kept` in the log unless
    it was a dry run.

    Raises UsageError when the file can't be written.
    """
    from kobjctl.app.replay.report import About, html_report

    workflows = {each.name: each for each in world.store.workflows.all()}
    title = f"Replay of {', '.join(sources)}"
    made = f"made {instant(world.now())} UTC by kobjctl {__version__}"
    facts = () if kept else (("dry run", "yes"),)
    page = html_report(tally, workflows, About(title, made, facts, kept))
    write_text(path, page, _HINT)
    session.say(f"the report is in {path}")
