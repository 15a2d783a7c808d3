"""A diagnosis of what kobjctl works with: versions, the org's database, settings, and what is wrong
with them.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.app.org.database import DATABASE_VARIABLE, DatabaseChoice, choose_database
from kobjctl.app.versions import InstalledVersions, versions
from kobjctl.http.hosts import read_hosts
from kobjctl.model.errors import KobjctlError, StoreError, did_you_mean
from kobjctl.model.masking import MASK
from kobjctl.model.run import HOSTS_VARIABLE, environment_hosts
from kobjctl.model.values import JsonObject
from kobjctl.store.examination import Examination, examine
from kobjctl.store.opening import SCHEMA
from kobjctl.store.place import disk_of, megabytes, room_at

VARIABLES: Final = (DATABASE_VARIABLE, HOSTS_VARIABLE)
_PREFIX: Final = "KOBJCTL_"
# Less than this is soon full: a run needs a few kilobytes.
_LEAST_ROOM: Final = 10_000_000
_LOGIN: Final = re.compile(r"[^\s,\"]*@")


class Diagnosis(NamedTuple):
    """What kobjctl works with. `examination` is None where there is no file, or what stands there
    is none; `room` are the free bytes of its disk; `settings` are the environment's variables by
    their names, None where one is not set.
    """

    versions: InstalledVersions
    choice: DatabaseChoice
    examination: Examination | None
    room: int
    settings: Mapping[str, str | None]
    errors: tuple[KobjctlError, ...]

    def as_json(self) -> JsonObject:
        """Return what was found, without secrets; `errors` apart."""
        return {
            "versions": self.versions.as_json(),
            "database": self._database_json(),
            "settings": dict(self.settings),
        }

    def _database_json(self) -> JsonObject:
        found = self.examination
        about: JsonObject = {
            "path": without_home(str(self.choice.path)),
            "source": self.choice.source,
            "exists": found is not None,
            "freeBytes": self.room,
        }
        if found:
            about |= {
                "bytes": found.size,
                "logBytes": found.log_size,
                "schema": found.schema,
                "newestSchema": SCHEMA,
                "journal": found.journal,
                "intact": found.intact,
                "rowCounts": dict(found.rows),
                "runCounts": dict(found.runs),
            }
        return about


def diagnose(database: str | None) -> Diagnosis:
    """Diagnose what kobjctl works with; `database` is the org that was named, if one was."""
    choice, at_work = choose_database(database), versions()
    examination, of_file = _examine(choice.path)
    room = room_at(disk_of(choice.path))
    errors = (*at_work.errors, *of_file, *_of_disk(choice.path, room), *_of_environment())
    return Diagnosis(
        versions=at_work,
        choice=choice,
        examination=examination,
        room=room,
        settings={name: _setting(name) for name in VARIABLES},
        errors=tuple(
            KobjctlError(without_home(each.message), hint=without_home(each.hint))
            for each in errors
        ),
    )


def without_home(text: str) -> str:
    """Return a text in which nobody's home folder is named."""
    return text.replace(os.path.expanduser("~") + os.sep, f"~{os.sep}")  # noqa: PTH111 - as text


def _examine(path: Path) -> tuple[Examination | None, tuple[StoreError, ...]]:
    if not path.exists():
        return None, ()
    try:
        examination = examine(path)
    except StoreError as error:
        return None, (error,)
    return examination, examination.errors


def _of_disk(path: Path, room: int) -> Iterator[KobjctlError]:
    if room < _LEAST_ROOM:
        yield KobjctlError(
            f"the disk {disk_of(path)} has {megabytes(room)} left", hint="free some space there"
        )


def _of_environment() -> Iterator[KobjctlError]:
    for name in sorted(os.environ):
        if name.startswith(_PREFIX) and name not in VARIABLES:
            known = did_you_mean(name, VARIABLES) or f"the variables are {' and '.join(VARIABLES)}"
            yield KobjctlError(f"kobjctl does not read the variable {name}", hint=known)
    try:
        read_hosts(environment_hosts())
    except KobjctlError as error:
        message = _without_logins(error.message)
        yield KobjctlError(f"{HOSTS_VARIABLE}: {message}", hint=error.hint)


def _setting(name: str) -> str | None:
    value = os.environ.get(name)
    if not value:
        return None
    return without_home(value) if name == DATABASE_VARIABLE else _without_logins(value)


def _without_logins(text: str) -> str:
    """Hide what hosts may have before their names by mistake."""
    return _LOGIN.sub(f"{MASK}@", text)
