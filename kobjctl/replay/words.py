"""How paths and shares are said, in the terminal and in the report."""

from typing import Final

from kobjctl.replay.workflow_tally import RunPath

_ARROW: Final = " → "
_HUNDRED: Final = 100
_LEAST: Final = 0.1


def share(count: int, total: int) -> str:
    """Return a share in percent: `62.5 %`; what is neither none nor all never looks like it.

    >>> share(1, 8), share(1, 100_000), share(99_999, 100_000), share(8, 8), share(0, 8)
    ('12.5 %', '<0.1 %', '>99.9 %', '100 %', '0 %')
    """
    if not count or count == total:
        return f"{_HUNDRED if count else 0} %"
    percent = _HUNDRED * count / total
    if percent < _LEAST:
        return f"<{_LEAST} %"
    if percent > _HUNDRED - _LEAST:
        return f">{_HUNDRED - _LEAST} %"
    return f"{percent:.1f} %"


def path_text(path: RunPath, limit: int) -> str:
    """Return the steps of a path after the trigger, failed ones with a cross.

    Of a path longer than `limit` characters, as many steps as fit stand at its two ends.
    """
    steps = [
        f"✗ {step}" if place in path.failed else step for place, step in enumerate(path.steps, 1)
    ]
    steps = steps[1:] or steps
    whole = _ARROW.join(steps)
    if len(whole) <= limit or len(steps) <= 2:  # noqa: PLR2004 - two ends are there to be seen
        return whole
    head = tail = 1
    while head + tail < len(steps):
        more = (head + 1, tail) if head <= tail else (head, tail + 1)
        if len(_with_gap(steps, *more)) > limit:
            break
        head, tail = more
    return _with_gap(steps, head, tail)


def _with_gap(steps: list[str], head: int, tail: int) -> str:
    left_out = len(steps) - head - tail
    middle = [f"… {left_out} more …"] if left_out else []
    return _ARROW.join([*steps[:head], *middle, *steps[len(steps) - tail :]])
