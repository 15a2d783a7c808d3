"""A command is hit when it was meant to be, and what is wrong with its end is told."""

import pytest

from .process import Command, End, run

TRACEBACK = """Traceback (most recent call last):
  File "{}", line 1, in main
KeyboardInterrupt
"""
OURS = TRACEBACK.format("/usr/lib/kobjctl/cli/__init__.py")
SEND = Command("send", ("hook", "send", "-"), refusals=("came too late",))


def end(fate, status, said="", *, is_hit=True):
    return End(SEND, fate, 0.1, is_hit, status, "", said, 0.2)


@pytest.mark.parametrize(
    "ended",
    [
        end("left alone", 0, is_hit=False),
        end("left alone", 1, is_hit=False),
        end("left alone", 2, "error: it came too late", is_hit=False),
        end("killed", -9),
        end("killed", 0),
        end("interrupted", 130),
        end("interrupted", -2, TRACEBACK.format("<frozen runpy>")),
    ],
    ids=str,
)
def test_an_end_that_is_well(ended):
    assert [] == ended.faults()


@pytest.mark.parametrize(
    ("ended", "word"),
    [
        (end("left alone", 2, "error: no such file", is_hit=False), "status 2"),
        (end("left alone", 3, is_hit=False), "status 3"),
        (end("left alone", -9, is_hit=False), "status -9"),
        (end("left alone", 0, TRACEBACK, is_hit=False), "traceback"),
        (end("killed", 3), "status 3"),
        (end("interrupted", 3), "status 3"),
        (end("interrupted", 130, OURS), "traceback"),
    ],
    ids=str,
)
def test_an_end_that_is_not(ended, word):
    (fault,) = ended.faults()

    assert word in fault.splitlines()[0]


def test_a_command_is_killed_in_time(org):
    follow = Command("look", ("logs", "--follow"))

    killed = run(follow, org, "killed", 0.5)

    assert (True, -9) == (killed.is_hit, killed.status)
    assert not killed.is_whole
