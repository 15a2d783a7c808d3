"""How the difference of two workflows is shown."""

from collections.abc import Iterator

from kobjctl.app.definitions.workflow_diff import (
    NumberedTransition,
    StepChange,
    StepMove,
    TransitionDifference,
    WorkflowDifference,
)
from kobjctl.app.definitions.workflow_sides import WorkflowSide
from kobjctl.app.drawing.conditions import condition_text
from kobjctl.app.runs.as_json import if_any
from kobjctl.app.runs.comparison_as_json import sides_json
from kobjctl.cli.output.blocks import (
    Block,
    Line,
    Text,
    Tree,
    View,
    bad,
    dim,
    good,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.views.diff import value_text
from kobjctl.model.values import Difference, Json, JsonObject, path_text
from kobjctl.model.workflow import TRIGGER_ID

_SIGNS = {"added": good("+ "), "removed": bad("- "), "renamed": warn("~ "), "changed": warn("~ ")}


def workflow_difference(
    old: WorkflowSide, new: WorkflowSide, difference: WorkflowDifference
) -> View:
    """Show what differs: the whole first, then the steps, then what moved in the flow."""
    title = Line(text(heading(old.label), " → ", heading(new.label)))
    blocks: list[Block] = [title]
    blocks += [Line(text(warn("~ "), _value(each))) for each in difference.whole]
    blocks += [Tree(_step_line(each), list(_beneath(each))) for each in difference.steps]
    blocks += [Line(_moved(each)) for each in difference.moved]
    if difference.is_same:
        blocks.append(Line(good("no differences in meaning")))
    return _json(old, new, difference), blocks


def _value(each: Difference) -> Text:
    return text(name(path_text(each.path)), ": ", value_text(each.old), " → ", value_text(each.new))


def _step_line(change: StepChange) -> Text:
    is_trigger = change.id == TRIGGER_ID
    what = text("trigger") if is_trigger else text("step ", name(f'"{change.id}"'))
    action = "" if is_trigger else change.document.get("action") or "condition step"
    was = dim(f'was called "{change.old_id}"') if change.old_id else ""
    return text(_SIGNS[change.kind], text(what, str(action), was, gap="  "))


def _beneath(change: StepChange) -> Iterator[Tree]:
    if change.kind == "added":
        for param, value in (change.document.get("params") or {}).items():
            yield Tree(text(name(f"params.{param}"), " = ", value_text(value)))
        for key, on_error in (("transitions", ""), ("errorCases", "on error: ")):
            for way in change.document.get(key) or ():
                yield Tree(text(warn(on_error), _way(way["target"], way.get("condition"))))
    for each in change.values:
        yield Tree(_value(each))
    for way_change in change.ways:
        yield Tree(_way_change(way_change))
    for targets in change.orders:
        old, new = ", ".join(targets.old), ", ".join(targets.new)
        order = text("order of the branches: ", old, " → ", new)
        yield Tree(text(warn("~ "), order))


def _way(target: str, condition: Json) -> Text:
    return text("→ ", name(target), "   ", dim(_condition(condition)))


def _condition(condition: Json) -> str:
    return (condition_text(condition) if isinstance(condition, dict) else "") or "always"


def _way_change(change: TransitionDifference) -> Text:
    old, new = change.old, change.new
    on_error = warn("on error: ") if change.on_error else ""
    if old is None or new is None:
        sign = good("+ ") if new else bad("- ")
        way = new or old
        shown = _way(way.target, way.condition) if way else text("")
        place = dim(f"branch {way.position}") if way else ""
        return text(sign, text(text(on_error, shown), place, gap="   "))
    parts = list(_changed_parts(old, new))
    return text(warn("~ "), on_error, text(*parts, gap=", "))


def _changed_parts(old: NumberedTransition, new: NumberedTransition) -> Iterator[Text]:
    if old.target != new.target:
        led = text("→ ", name(old.target), " now leads → ", name(new.target))
        yield text(led, "   ", dim(_condition(new.condition)))
    elif old.condition != new.condition:
        yield text("→ ", name(new.target), "   ", _condition(old.condition))
        yield text("now ", _condition(new.condition))
    if old.more != new.more:
        yield text("→ ", name(new.target), "  ", value_text(old.more), " → ", value_text(new.more))


def _moved(each: StepMove) -> Text:
    places = [
        f"{word} {', '.join(ids)}"
        for word, ids in (("after", each.after), ("before", each.before))
        if ids
    ]
    step = text("step ", name(f'"{each.id}"'))
    return text(warn("~ "), step, "  moved: it now comes ", " and ".join(places))


def _json(old: WorkflowSide, new: WorkflowSide, difference: WorkflowDifference) -> JsonObject:
    return {
        "same": difference.is_same,
        "old": old.label,
        "new": new.label,
        "fields": [_value_json(each) for each in difference.whole],
        "steps": [_step_json(each) for each in difference.steps],
        "moves": [
            {"id": each.id, "after": list(each.after), "before": list(each.before)}
            for each in difference.moved
        ],
    }


def _value_json(each: Difference) -> JsonObject:
    return {"path": path_text(each.path), **sides_json(each.old, each.new)}


def _step_json(change: StepChange) -> JsonObject:
    if change.kind in ("added", "removed"):
        return {"id": change.id, "change": change.kind, "step": change.document}
    return {
        "id": change.id,
        "change": change.kind,
        **if_any("oldId", change.old_id),
        "fields": [_value_json(each) for each in change.values],
        "transitions": [_way_change_json(each) for each in change.ways],
        "transitionOrders": [
            {**if_any("onError", each.on_error), "old": list(each.old), "new": list(each.new)}
            for each in change.orders
        ],
    }


def _way_change_json(change: TransitionDifference) -> JsonObject:
    return {
        **if_any("onError", change.on_error),
        **({"old": _way_json(change.old)} if change.old else {}),
        **({"new": _way_json(change.new)} if change.new else {}),
    }


def _way_json(way: NumberedTransition) -> JsonObject:
    return {"position": way.position, "target": way.target, "condition": way.condition, **way.more}
