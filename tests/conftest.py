"""What all tests share: an org in memory whose clock stands still and whose ids count."""

import itertools
from pathlib import Path

import pytest

from kobjctl.actions.base import World
from kobjctl.store.store import MEMORY, Store

ROOT = Path(__file__).parent.parent
NOON = "2026-01-02T12:00:00.000Z"
ORG_ID = "0" * 23 + "1"


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write golden files anew")
    parser.addoption("--long", action="store_true", help="run the long tests at full length")


@pytest.fixture
def update(request):
    """Whether golden files are to be written anew."""
    return request.config.getoption("--update")


@pytest.fixture
def long(request):
    """Whether the long tests are to run at full length."""
    return request.config.getoption("--long")


def counted_ids():
    """Make ids that count: 24 hex characters, in order."""
    count = itertools.count(2)
    return lambda: f"{next(count):024x}"


@pytest.fixture
def world():
    """An org in memory, at noon."""
    store = Store.open(MEMORY, org_id=ORG_ID, now=NOON)
    yield World(
        store=store, now=lambda: NOON, tick=lambda: 0.0, new_id=counted_ids(), owner="test:1"
    )
    store.close()
