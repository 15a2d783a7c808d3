"""The table of the kinds of records: what an entry must have, and which entry lacks what.

A need is said in a few words, with a check. Who adds a kind and forgets a part of it reads here
which one; what follows from an entry is looked at for every kind.
"""

from importlib import import_module
from pathlib import Path

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.files.shapes.scenario_table import SCENARIO_SHAPES
from kobjctl.model.kinds import CORE_KINDS, IN_ORDER_OF_NEED, KINDS
from kobjctl.records.casts import BY_WORDS
from kobjctl.records.fields import changed_record, new_record
from kobjctl.records.services import service_of
from kobjctl.testing.drafting.samples import sample_for

MANUAL = Path(__file__).parents[2] / "kobjctl" / "manual"


def names(kind):
    return [each.name for each in kind.fields]


def said_in_the_manual(kind):
    return f"`{kind.plural}`" in (MANUAL / "scenarios.md").read_text("utf-8")


def has_its_row_in_the_manual(kind):
    return f"| `kobjctl {kind.name}` |" in (MANUAL / "org.md").read_text("utf-8")


def has_actions(kind):
    import_module(f"kobjctl.actions.{kind.name}")
    return any(name.startswith(f"kustomer.{kind.name}.") for name in ACTIONS)


IN_ALL = {
    "types that there are": lambda kind: {each.type for each in kind.fields} <= set(BY_WORDS),
    "outputs of types that there are": lambda kind: set(kind.output.values()) <= set(BY_WORDS),
    "one field of a name, for new records and for changes": lambda kind: all(
        len({each.name for each in declared.fields}) == len(declared.fields)
        for declared in (new_record(kind), changed_record(kind))
    ),
    "fields that find it": lambda kind: set(kind.found_by) <= set(names(kind)),
    "fields of which one is needed": lambda kind: set(kind.needs_one) <= set(names(kind)),
    "relations that are called as the kinds which they lead to": lambda kind: all(
        kind.by_name[each].of == each and each in KINDS for each in kind.relations
    ),
    "a service that makes, changes and deletes": lambda kind: all(service_of(kind.name)),
    "an action": has_actions,
    "a sample of each field": lambda kind: all(
        sample_for(each) is not None for each in new_record(kind).fields
    ),
    "its place after those that it refers to": lambda kind: all(
        IN_ORDER_OF_NEED.index(KINDS[each.of]) < IN_ORDER_OF_NEED.index(kind)
        for each in kind.fields
        if each.of in KINDS
    ),
    "records in scenarios": lambda kind: kind.plural in SCENARIO_SHAPES["Fixture"].keys,
    "its plural in the manual": said_in_the_manual,
    "its commands in the manual": has_its_row_in_the_manual,
}
IN_THOSE_KEPT_ALIKE = {
    "a summary": lambda kind: kind.summary.endswith("."),
    "columns": lambda kind: bool(kind.columns) and set(kind.columns.values()) <= set(kind.output),
    "an example to show": lambda kind: bool(kind.shown),
    "an example to make": lambda kind: kind.made.startswith("--"),
    "options for all that is required": lambda kind: all(
        each.help for each in kind.fields if each.required
    ),
    "what finds it": lambda kind: bool(kind.found_by),
    "a customer on whose timeline it stands": lambda kind: (
        not kind.on_timeline or "customer" in kind.relations
    ),
    "a name where records refer to it in lists": lambda kind: (
        all(kind.name not in each.references.values() for each in KINDS.values())
        or kind.by_name["name"].required
    ),
    "a table of its own for relations": lambda kind: (
        kind.table == kind.plural or not kind.relations
    ),
}


def needs(each_of, said):
    return pytest.mark.parametrize(
        ("kind", "check"),
        [
            pytest.param(kind, check, id=f"{kind.name} has {words}")
            for words, check in said.items()
            for kind in each_of.values()
        ],
    )


@needs(KINDS, IN_ALL)
def test_a_kind_has_what_its_consumers_need(kind, check):
    assert check(kind)


@needs(CORE_KINDS, IN_THOSE_KEPT_ALIKE)
def test_a_kind_without_commands_of_its_own_has_what_they_are_made_of(kind, check):
    assert check(kind)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_a_new_record_needs_can_change_but_not_go(kind):
    required = {each.name for each in kind.fields if each.required and not each.when}
    changes = {each.name: each for each in changed_record(kind, "id").fields}

    assert changes["id"].required
    assert [] == [
        name for name in required & set(changes) if changes[name].required or changes[name].nullable
    ]
