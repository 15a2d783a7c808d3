"""Where the org's database is: found without loading what reads it."""

import os
from pathlib import Path
from typing import Final

DATABASE: Final = "kobjctl.db"
DATABASE_VARIABLE: Final = "KOBJCTL_DB"


def names_database(option: str | None) -> bool:
    """Return whether the user named an org, by an option or by the environment."""
    return bool(option or os.environ.get(DATABASE_VARIABLE))


def find_database(option: str | None) -> Path:
    """Return the path of the org's file: as given, else from the environment, else the nearest
    `kobjctl.db` in this folder or above, else (though it is not there yet) in this folder.
    """
    named = option or os.environ.get(DATABASE_VARIABLE)
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DATABASE).exists():
            return folder / DATABASE
    return here / DATABASE
