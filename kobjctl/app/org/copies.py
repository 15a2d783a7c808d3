"""A copy of the org, on which anything may be tried: the org itself stays as it is."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from kobjctl.app.org.database import DATABASE
from kobjctl.model.errors import StoreError
from kobjctl.store.leases import Lease, sweep
from kobjctl.store.org import Org
from kobjctl.store.store import Store

_PREFIX: Final = "kobjctl-"
_LEASE: Final = ".lease"


@contextmanager
def copied(org: Org, folder: str | None = None) -> Iterator[Org]:
    """Return a copy of an org, with its clock and its chance, which is gone at the end.

    The copy is a file (in `folder`, else where the system keeps such), so that it takes no memory.
    One that a killed process left there is removed by the next.
    """
    with _temporary_folder(Path(folder or gettempdir()), org.store) as temporary:
        twin = copy_to(org, temporary / DATABASE)
        try:
            yield twin
        finally:
            twin.store.close()


@contextmanager
def _temporary_folder(parent: Path, store: Store) -> Iterator[Path]:
    """Return a new folder that is gone at the end, with a lease beside it that tells of its use."""
    for left in parent.glob(f"{_PREFIX}*{_LEASE}"):
        sweep(left, partial(shutil.rmtree, left.with_suffix(""), ignore_errors=True))
    try:
        path, lease = _new_lease(parent, store)
    except sqlite3.Error as error:
        raise StoreError(
            f'can\'t write in "{parent}"',
            hint="a copy of the org is made there; TMPDIR names another folder",
        ) from error
    try:
        path.mkdir(mode=0o700)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        lease.release()


def _new_lease(parent: Path, store: Store) -> tuple[Path, Lease]:
    """Return the path of a new folder, which is not made yet, and its lease."""
    while True:
        # It stands in no log, so it need not be the same twice.
        (token,) = store.connection.execute("SELECT lower(hex(randomblob(8)))").fetchone()
        path = parent / f"{_PREFIX}{token}"
        lease = Lease(path.with_name(path.name + _LEASE))
        if lease.is_there:
            return path, lease
        lease.release()


def copy_to(org: Org, path: Path) -> Org:
    """Copy an org to a new file, and return it with its clock and its chance."""
    org.store.copy_to(path)
    return org._replace(store=Store.open(path))
