"""How a diagnosis is shown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from kobjctl.app.diagnosis import Diagnosis, without_home
from kobjctl.app.org.database import DATABASE_VARIABLE, DatabaseSource
from kobjctl.app.versions import InstalledVersions
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    EmptyLine,
    FieldList,
    Line,
    View,
    bad,
    dim,
    good,
    heading,
    text,
)
from kobjctl.cli.terminal import Terminal
from kobjctl.model.errors import KobjctlError
from kobjctl.store.opening import SCHEMA
from kobjctl.store.place import megabytes

Rows: TypeAlias = list[tuple[str, Cell]]

_SOURCES: Final[Mapping[DatabaseSource, str]] = {
    "option": "named by --db",
    "environment": f"named by {DATABASE_VARIABLE}",
    "folder": "in this folder",
    "parent": "the nearest, in a folder above",
    "new": "where a new one would be made",
}


def diagnosis_view(diagnosis: Diagnosis, terminal: Terminal) -> View:
    """Show a diagnosis and the terminal, and at the end what is wrong."""
    errors, settings = (*diagnosis.errors, *terminal.errors), diagnosis.settings.items()
    value = diagnosis.as_json()
    problems = [{"message": each.message, "hint": each.hint} for each in errors]
    sections = (
        ("Versions", _versions(diagnosis.versions)),
        ("Database", _database(diagnosis)),
        ("Terminal", _terminal(terminal)),
        ("Settings", [(name, value or dim("not set")) for name, value in settings]),
    )
    blocks: list[Block] = []
    for title, rows in sections:
        blocks += [Line(heading(title)), FieldList(rows), EmptyLine()]
    return (
        value | {"terminal": terminal.as_json(), "problems": problems},
        [*blocks, *_problems(errors)],
    )


def _versions(found: InstalledVersions) -> Rows:
    return [
        ("kobjctl", found.kobjctl),
        ("Python", found.python),
        ("SQLite", found.sqlite),
        ("system", found.system),
        *((name, version or bad("missing")) for name, version in found.libraries.items()),
        *(
            (f"extra {name}", "installed" if met else "not installed")
            for name, met in found.extras.items()
        ),
    ]


def _database(diagnosis: Diagnosis) -> Rows:
    found = diagnosis.examination
    choice = diagnosis.choice
    rows: Rows = [("path", without_home(str(choice.path))), ("which", _SOURCES[choice.source])]
    if found is None:
        return [*rows, ("size", dim("no file yet"))]
    log = f", and {megabytes(found.log_size)} in its log" if found.log_size else ""
    return [
        *rows,
        ("size", megabytes(found.size) + log),
        ("disk", f"{megabytes(diagnosis.room)} free"),
        ("schema", _schema(found.schema)),
        ("journal", found.journal or "unknown"),
        ("intact", "yes" if found.intact else bad("no")),
        ("rows", _counts(found.rows)),
        ("runs", _counts(found.runs)),
    ]


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in numbers.items() if count) or "none"


def _schema(number: int | None) -> str:
    if number is None:
        return "unknown"
    return str(number) if number == SCHEMA else f"{number}, and this kobjctl writes {SCHEMA}"


def _terminal(terminal: Terminal) -> Rows:
    return [
        ("output", "a terminal" if terminal.is_terminal else "not a terminal"),
        ("width", str(terminal.width)),
        ("colours", terminal.colours or "none"),
        ("encoding", terminal.encoding),
        *terminal.variables.items(),
    ]


def _problems(errors: Sequence[KobjctlError]) -> Iterator[Block]:
    for each in errors:
        yield Line(text(bad("problem:"), each.message, gap=" "))
        if each.hint:
            yield Line(text(dim("hint:"), each.hint, gap=" "))
    if not errors:
        yield Line(good("no problems"))
