"""What two versions do otherwise: the cases of `cases.yaml`, and what no case can say."""

from pathlib import Path

import pytest
import yaml

from kobjctl.app import hooks, runs
from kobjctl.app.apply import apply
from kobjctl.model.errors import UsageError
from kobjctl.model.web import Response

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())
KLASSES = [{"name": "thing", "metadata": {"properties": {}}}]


def version(steps, *more, name="flow"):
    ways = [{"target": steps[0]["id"]}] if steps else []
    flow = {"name": name, "trigger": {"hook": "in", "transitions": ways}, "steps": steps}
    hook = {"name": "in", "type": "form"}
    return {"klasses": KLASSES, "hooks": [hook], "workflows": [flow, *more]}


def told(comparison):
    """Give the groups as cases tell them."""
    return [
        " ".join(
            filter(
                None,
                (
                    str(group.count),
                    group.found.kind,
                    group.found.about,
                    group.found.step,
                    group.found.field,
                    group.found.only,
                    *group.found.said,
                ),
            )
        )
        for group in comparison.groups
    ]


def answer(_request):
    return Response(200, (), b"{}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_differs_is_counted_by_what_it_is_of(world, compare, write, case):
    world.web = answer
    more = case.get("more", ())
    old, new = (write(f"{key}.json", version(case[key], *more)) for key in ("old", "new"))
    ignored = tuple(tuple(each.split(".")) for each in case.get("ignored", ()))

    with compare(old, new, case["payloads"], ignored=ignored) as comparison:
        groups = told(comparison)

    assert sorted(case["told"]) == sorted(groups)
    assert len(case["payloads"]) == comparison.compared
    assert bool(groups) == bool(comparison.differing)
