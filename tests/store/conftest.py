"""What the tests of the store share: where an org is, and a way to open it that closes it."""

import pytest

from kobjctl.store.opening import MEMORY
from kobjctl.store.store import Store

ORG_ID = "5f75a1b2c3d4e5f601234501"
MADE_AT = "2026-01-02T12:00:00.000Z"


@pytest.fixture
def path(tmp_path):
    """Where an org can be made."""
    return tmp_path / "org.db"


@pytest.fixture
def open_store(path):
    """Open the org at `path`, as often as a test likes; all are closed after it."""
    opened = []

    def open_one(where=path, **options):
        opened.append(Store.open(where, org_id=ORG_ID, now=MADE_AT, **options))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store):
    """An org in memory."""
    return open_store(MEMORY)
