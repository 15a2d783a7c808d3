"""How paths are said within a width."""

import pytest

from kobjctl.replay.words import path_text, share
from kobjctl.replay.workflow_tally import RunPath

LONG = ("1", "lookup", "found", "create", "order", "tell")


@pytest.mark.parametrize(
    ("path", "limit", "said"),
    [
        (RunPath("completed", ("1",), ()), 9, "1"),
        (RunPath("stopped", ("1", "lookup"), ()), 3, "lookup"),
        (RunPath("failed", ("1", "lookup", "found"), (3,)), 20, "lookup → ✗ found"),
        (RunPath("failed", LONG, (2, 6)), 60, "✗ lookup → found → create → order → ✗ tell"),
        (RunPath("completed", LONG, ()), 34, "lookup → found → … 2 more … → tell"),
        (RunPath("completed", LONG, ()), 33, "lookup → … 3 more … → tell"),
        (RunPath("completed", LONG, ()), 1, "lookup → … 3 more … → tell"),
        (RunPath("completed", ("1", "a" * 50, "b"), ()), 9, "a" * 50 + " → b"),
    ],
)
def test_a_path_shows_its_two_ends(path, limit, said):
    assert said == path_text(path, limit)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 %"), (1, "<0.1 %"), (500, "0.5 %"), (99_999, ">99.9 %")]
)
def test_a_share_never_looks_like_none_or_all(count, said):
    assert said == share(count, 100_000)
