"""Which ids and times of two versions stand for each other."""

import sqlite3
from collections.abc import Callable
from typing import TypeAlias

from kobjctl.app.runs.run_diff import IdPairs

Made: TypeAlias = Callable[[str], bool]


class RecordPairs:
    """The records that both versions made of the same payload: whoever is told of one later is
    to be told of the other.

    As there may be any number of them, they are kept on the disk.
    """

    def __init__(self) -> None:
        # The empty name means a database in a file of its own that is gone at its end.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute(
            "CREATE TABLE partners (old TEXT PRIMARY KEY, new TEXT UNIQUE) WITHOUT ROWID"
        )

    def add(self, old: str, new: str) -> None:
        """Keep that two records are one; what is known of them already stays."""
        self._connection.execute("INSERT OR IGNORE INTO partners VALUES (?, ?)", (old, new))

    def of_old(self, old: str) -> str | None:
        """Return the new version's record that is one with the old version's, if there is any."""
        return self._one("SELECT new FROM partners WHERE old = ?", old)

    def of_new(self, new: str) -> str | None:
        """Return the old version's record that is one with the new version's, if there is any."""
        return self._one("SELECT old FROM partners WHERE new = ?", new)

    def close(self) -> None:
        """Forget them."""
        self._connection.close()

    def _one(self, statement: str, record_id: str) -> str | None:
        row = self._connection.execute(statement, (record_id,)).fetchone()
        return row[0] if row else None


class VersionNames(IdPairs):
    """Ids that the versions made stand for each other in the same place; any others are what
    they are, as payloads and the org had them before.

    Times up to `latest`, what the clock shows now, stand for each other: one version may have
    changed a record at an earlier payload than the other, or before any. A time to come was worked
    out, from the clock that both see: it is what it is.
    """

    def __init__(self, made: tuple[Made, Made], partners: RecordPairs, latest: str) -> None:
        super().__init__()
        self._made = made
        self._partners = partners
        self._latest = latest

    def are_one(self, old: str, new: str) -> bool:
        """Return whether two ids stand for each other; from now on they do."""
        made_old, made_new = self._made
        if not (made_old(old) and made_new(new)):
            return old == new
        partner = self._partners.of_old(old)
        if partner is not None:
            return partner == new
        return self._partners.of_new(new) is None and super().are_one(old, new)

    def are_then(self, old: str, new: str) -> bool:
        """Return whether two times are the same, or may both be what a clock has shown."""
        return old == new or (old <= self._latest and new <= self._latest)

    def partner(self, old: str) -> str | None:
        """Return the id that stands for one of the old version's; None where that is not known."""
        if not self._made[0](old):
            return old
        return self._partners.of_old(old) or self._there.get(old)

    def partner_of_new(self, new: str) -> str | None:
        """Return the id that one of the new version stands for; None where that is not known."""
        if not self._made[1](new):
            return new
        return self._partners.of_new(new) or self._back.get(new)
