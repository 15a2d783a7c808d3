"""Where the org's database is: found without loading what reads it."""

import os
from pathlib import Path
from typing import Final, Literal, NamedTuple

DATABASE: Final = "kobjctl.db"
DATABASE_VARIABLE: Final = "KOBJCTL_DB"


DatabaseSource = Literal["option", "environment", "folder", "parent", "new"]


class DatabaseChoice(NamedTuple):
    """The path of an org's file, and where it was found; `new` where one would be made."""

    path: Path
    source: DatabaseSource


def names_database(option: str | None) -> bool:
    """Return whether the user named an org, by an option or by the environment."""
    return bool(option or os.environ.get(DATABASE_VARIABLE))


def find_database(option: str | None) -> Path:
    """Return the path of the org's file."""
    return choose_database(option).path


def choose_database(option: str | None) -> DatabaseChoice:
    """Choose the org's file: as given, else from the environment, else the nearest `kobjctl.db` in
    this folder or above, else (though it is not there yet) in this folder.
    """
    if option:
        return DatabaseChoice(Path(option), "option")
    if named := os.environ.get(DATABASE_VARIABLE):
        return DatabaseChoice(Path(named), "environment")
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DATABASE).exists():
            source: DatabaseSource = "folder" if folder == here else "parent"
            return DatabaseChoice(folder / DATABASE, source)
    return DatabaseChoice(here / DATABASE, "new")
