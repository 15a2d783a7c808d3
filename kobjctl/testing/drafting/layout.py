"""The text of a scenario file that was drafted."""

from collections.abc import Mapping, Sequence
from os.path import relpath
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from kobjctl.files.yaml.writer import write_yaml
from kobjctl.model.values import Json, JsonObject
from kobjctl.testing.drafting.limits import BUDGET, LIMIT
from kobjctl.testing.drafting.routes import Routes

_SCENARIOS: Final = "scenarios:"
_ENTRY: Final = "  - "


class DraftingOptions(NamedTuple):
    """What a scenario file is to be about: the `files` that define the workflows, those that they
    need besides (`apps`), the name of one `workflow` (else all), `payloads` to start from, the
    `examples` of hooks by their names, how many routes at most (`limit`) and the runs spent on each
    (`budget`). `folder` is where the file will stand.
    """

    files: Sequence[Path]
    folder: Path
    apps: Sequence[Path] = ()
    workflow: str = ""
    payloads: Sequence[Json] = ()
    examples: Mapping[str, Json] = MappingProxyType({})
    limit: int = LIMIT
    budget: int = BUDGET


class ScenarioDraft(NamedTuple):
    """A scenario: its name, the workflow, its path, and what is left `todo` for its author."""

    name: str
    workflow: str
    path: list[str]
    status: str
    body: JsonObject
    todo: str = ""


def head_of(options: DraftingOptions, variables: JsonObject | None = None) -> JsonObject:
    """Return what the file says of all its scenarios."""
    own = [_near(options, path) for path in options.files]
    apps = [_near(options, path) for path in options.apps]
    given = {
        **({"apps": apps[0] if len(apps) == 1 else apps} if apps else {}),
        **({"variables": variables} if variables else {}),
    }
    return {
        **({"workflow": own[0]} if len(own) == 1 else {"workflows": own}),
        **({"given": given} if given else {}),
    }


def _near(options: DraftingOptions, path: Path) -> str:
    """Return the path of a file from the folder that the scenario file will stand in."""
    return Path(relpath(path, options.folder)).as_posix()


def remarks_on(
    options: DraftingOptions, about: Sequence[tuple[str, Routes]], drafted: Sequence[ScenarioDraft]
) -> list[str]:
    """Say on top of the file what it is, and what it lacks."""
    names = ", ".join(path.name for path in options.files)
    remarks = [
        f"One scenario for each path through {names}, written by kobjctl test init.",
        "The values are guesses: put in your own, and add what else you expect.",
    ]
    for name, routes in about:
        if routes.total > len(routes.chosen):
            remarks.append(f"Of {name}: {left_out(routes)}.")
    if any(each.todo for each in drafted):
        remarks.append(
            "Skipped scenarios lack values: add them, or delete the scenario if there are none."
        )
    return remarks


def left_out(routes: Routes) -> str:
    """Describe how many routes were left out, and whether every branch is on one that was not."""
    total = f"more than {routes.total:,}" if routes.more else f"{routes.total:,}"
    rest = (
        f"they miss {routes.missed:,} {'branch' if routes.missed == 1 else 'branches'}"
        if routes.missed
        else "they take every branch"
    )
    return f"{len(routes.chosen):,} of {total} paths; {rest}"


def text_of(head: JsonObject, drafted: Sequence[ScenarioDraft], remarks: Sequence[str]) -> str:
    """Return the text of a scenario file."""
    scenarios = [
        {"name": each.name, **({"skip": each.todo} if each.todo else {}), **each.body}
        for each in drafted
    ]
    lines = [f"# {remark}" for remark in remarks]
    for line in write_yaml({**head, "scenarios": scenarios}).splitlines():
        # Nothing else begins with so little space: what is of a scenario stands deeper.
        apart = line == _SCENARIOS or (line.startswith(_ENTRY) and lines[-1] != _SCENARIOS)
        lines += ["", line] if apart else [line]
    return "\n".join(lines) + "\n"
