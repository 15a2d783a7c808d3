"""What all tests share: an org in memory whose clock stands still and whose ids count."""

import itertools
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kobjctl.engine.engine import engine_of
from kobjctl.records.context import no_stub, refuse_every_host
from kobjctl.store.opening import MEMORY
from kobjctl.store.org import Org
from kobjctl.store.store import Store

ROOT = Path(__file__).parent.parent
NOON = "2026-01-02T12:00:00.000Z"
ORG_ID = "0" * 23 + "1"

# How fast something is, the benchmarks say: an example may take long on a loaded machine.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="write golden files anew")
    parser.addoption("--long", action="store_true", help="run the long tests at full length")
    parser.addoption(
        "--node",
        type=int,
        default=0,
        metavar="COUNT",
        help="compare so many cases by chance with node",
    )
    parser.addoption("--node-seed", default="1", metavar="SEED", help="where that chance begins")
    parser.addoption(
        "--soak",
        type=float,
        default=60,
        metavar="SECONDS",
        help="how long processes are killed and interrupted by chance (else 60)",
    )


@pytest.fixture
def update(request):
    """Whether golden files are to be written anew."""
    return request.config.getoption("--update")


@pytest.fixture
def long(request):
    """Whether the long tests are to run at full length."""
    return request.config.getoption("--long")


@pytest.fixture(scope="session")
def in_time():
    """Fails what takes 15 s of the processor, here or in processes it waits for, where a fraction
    of one should do: work that grows faster than its input. How fast something is, the benchmarks
    say.
    """

    @contextmanager
    def within():
        started = sum(os.times()[:4])
        yield
        assert sum(os.times()[:4]) - started < 15

    return within


@pytest.fixture(scope="session")
def golden():
    """The module `golden.py` beside this one; a test that is imported by file can't import it."""
    spec = spec_from_file_location("golden", Path(__file__).with_name("golden.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with copies of the samples, in which the test then works."""
    for name in ("sample_workflows", "sample_payloads"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KOBJCTL_DB", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def template(tmp_path_factory, golden):
    """An org with the samples, a hook for mails and the run of one order, as one file."""
    path = tmp_path_factory.mktemp("template") / "kobjctl.db"
    for command in (
        f"kobjctl apply {ROOT / 'sample_workflows'}",
        "kobjctl hook create receipts --type email",
        f"kobjctl hook send {ROOT / 'sample_payloads' / 'order.json'} --hook orders",
    ):
        assert 0 == golden.invoke(path.parent, command, "--db", str(path)).exit_code
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def org(workplace, template):
    """The path of such an org, in a folder with the samples."""
    path = workplace / template.name
    path.write_bytes(template.read_bytes())
    return path


def counted_ids():
    """Make ids that count: 24 hex characters, in order."""
    count = itertools.count(2)
    return lambda: f"{next(count):024x}"


class Outside:
    """What an org and its runs have from outside, for a test to exchange."""

    def __init__(self):
        self.now = lambda: NOON
        self.tick = lambda: 0.0
        self.stub = no_stub
        self.http = None

    def send(self, request, context):
        return self.http(request) if self.http else refuse_every_host(request, context)

    def answer(self, action_name, params):
        return self.stub(action_name, params)

    def read_clock(self):
        return self.now()

    def read_stopwatch(self):
        return self.tick()

    def engine(self, store):
        org = Org(store, self.read_clock, self.read_stopwatch, counted_ids())
        return engine_of(org)._replace(http=self.send, stub=self.answer)


@pytest.fixture
def outside():
    """The time, that is always noon, and a web without hosts, for a test to exchange."""
    return Outside()


@pytest.fixture
def engine(outside):
    """What carries out the runs of an org in memory."""
    store = Store.open(MEMORY, org_id=ORG_ID, now=NOON)
    yield outside.engine(store)
    store.close()
