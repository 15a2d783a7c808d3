"""A variable of a workflow: a value that no file holds (`platform/workflows.md` 3.2)."""

from typing import NamedTuple


class Variable(NamedTuple):
    """One variable: expressions name it by `id` or by `name`; `value` is secret."""

    id: str
    workflow_id: str
    name: str
    value: str
    updated_at: str
