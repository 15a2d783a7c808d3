"""`kobjctl replay --html`: the report of a replay, written to a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kobjctl import __version__
from kobjctl.app.words import instant
from kobjctl.cli.session import Session
from kobjctl.files.output import Output
from kobjctl.files.source import STDIN, check_there
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.replay.tally import ReplayTally
    from kobjctl.store.org import Org

# What SQLite keeps of a database, by the ends of the names.
_OF_DATABASE: Final = ("", "-wal", "-shm", "-journal")


def check_outputs(
    session: Session, html: Path | None, rejects: Path, payloads: Sequence[str]
) -> None:
    """Check the files of a replay before hours of work are spent on it.

    Raises UsageError for those that can't be written, or that it lives on: payloads, the database.
    """
    from kobjctl.app.org.database import find_database
    from kobjctl.replay.payloads import is_among
    from kobjctl.replay.rejects import REJECTS

    for name in payloads:
        if name != STDIN:
            check_there(name)
    database = find_database(session.database)
    org = [f"{database}{end}" for end in _OF_DATABASE]
    outputs = [Output(rejects, REJECTS, "--rejects", session.running.force)]
    if html:
        outputs.insert(0, _report(session, html))
    for output in outputs:
        for names, fact in (
            (org, "it is the org's database"),
            (payloads, "payloads are read from it"),
        ):
            if is_among(str(output.path), names):
                raise UsageError(f'can\'t write "{output.path}": {fact}', hint=output.hint)
        output.check()
    if html and is_among(str(html), [str(rejects)]):
        raise UsageError(
            f'--html and --rejects both name "{html}"', hint="name another file with --html"
        )


def _report(session: Session, path: Path) -> Output:
    from kobjctl.replay.report import REPORT

    return Output(path, REPORT, "--html", session.running.force)


def write_report(  # noqa: PLR0913 - what the report tells of
    session: Session,
    org: "Org",
    tally: "ReplayTally",
    path: Path,
    *,
    sources: Sequence[str],
    kept: bool = True,
) -> None:
    """Write the report of a replay of `sources`, and say so; its runs are `kept` in the log unless
    it was a dry run.

    Raises UsageError when the file can't be written.
    """
    from kobjctl.replay.report import About, html_report

    workflows = {each.name: each for each in org.store.workflows.all()}
    title = f"Replay of {', '.join(sources)}"
    made = f"made {instant(org.now())} UTC by kobjctl {__version__}"
    facts = () if kept else (("dry run", "yes"),)
    page = html_report(tally, workflows, About(title, made, facts, kept))
    _report(session, path).write(page)
    session.say(f"the report is in {path}")
