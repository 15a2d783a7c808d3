"""Two versions of a workflow, compared on payloads."""

import json
from contextlib import contextmanager

import pytest

from kobjctl.compare import comparison
from kobjctl.compare.payloads import RejectCount, choose, of_files
from kobjctl.replay.payloads import Payloads

CONDITIONS = comparison.Conditions(seed=1, moves=False, examples=1)


@pytest.fixture
def write(tmp_path):
    """Write a file as JSON or lines of it, and give its path."""

    def write(name, value):
        path = tmp_path / name
        lines = value if name.endswith(".ndjson") else [value]
        path.write_text("".join(json.dumps(each) + "\n" for each in lines))
        return str(path)

    return write


@pytest.fixture
def compare(engine, write):
    """Give what compares two versions, each a file or name, on payloads."""

    @contextmanager
    def compare(old, new, payloads, **conditions):
        asked = CONDITIONS._replace(**conditions)
        path = write("payloads.ndjson", payloads)
        with comparison.compared(engine, (old, new), asked) as running:
            entrance = choose(running.sides, None, None, [path])
            list(running.run(of_files(Payloads([path]), entrance, RejectCount())))
            yield running

    return compare
