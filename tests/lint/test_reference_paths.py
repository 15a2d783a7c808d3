"""The references that a step may use: each leads somewhere, and items that differ are all shown."""

from kobjctl.app.definitions import hooks
from kobjctl.expressions.references import follow, split_reference
from kobjctl.lint.references import paths
from kobjctl.model.workflow import Workflow

BASKET = {
    "shop.id": 4,
    "": 1,
    "buyer": {"e.mail": "mia@example.com", "name": "Mia"},
    "lines": [{"tea": "green", "v.at": 7}, {"cups": 2}, {"tea": None}],
}


def test_each_path_leads_somewhere_and_later_items_are_shown(engine):
    hook = hooks.create(engine.org, "baskets")
    with engine.org.store.transaction():
        hooks.set_example(engine.org.store, hook, BASKET)
    document = {"name": "w", "trigger": {"eventName": hook.event_name, "transitions": []}}
    document["steps"] = [{"id": "a", "transitions": []}]
    offered = paths(engine.org, Workflow.from_document(document), "a")
    output = {"id": "1", "attributes": {"createdAt": "now", "data": BASKET}}

    found = {each.reference: each.sample for each in offered}
    roots = {"steps": {"1": output}}
    samples = {each: follow(roots, split_reference(each)) for each in found}
    data = {each.rpartition("data.")[2]: value for each, value in samples.items() if "data" in each}
    assert data == {
        "buyer.name": "Mia",
        "lines.length": 3,
        "lines.0.tea": "green",
        "lines.1.cups": 2,
        "lines.2.tea": None,
    }
