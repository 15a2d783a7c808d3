"""WF206: two things that can't both have their name."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.project.files import Definition
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.model.app import full_name, plain_app, plain_name

# What must have a name of its own, and the key of that name.
_UNIQUE: Final = (
    ("workflow", "workflows", "name"),
    ("action", "actions", "name"),
    ("trigger", "triggers", "eventName"),
    ("app", "apps", "app"),
)


@rule("WF206", "workflow-name-taken", severity="error")
def workflow_name_taken(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """Two workflows must not have the same name.

    Names are unique in an org: the second workflow would replace the first. The same goes for the
    actions and triggers of an app, and for apps.

    Bad (-) and good (+):

          workflows:
            - name: welcome
              trigger: {eventName: kustomer.customer.create}
        -   - name: welcome
        +   - name: welcome-back
              trigger: {eventName: kustomer.customer.update}
    """
    for noun, kind, key in _UNIQUE:
        first: dict[str, Definition] = {}
        for part in subject.files.parts(kind):
            name = part.body[key]
            other = first.setdefault(_unique_name(kind, part, name), part)
            if other is not part:
                yield ProjectFinding(
                    part.at(key),
                    f'another {noun} has the name "{name}"',
                    "rename one of them: names are unique in an org",
                    (other.at(key), "first here"),
                )


def _unique_name(kind: str, part: Definition, name: str) -> str:
    """Return what no two objects of a kind may share."""
    if kind == "workflows":
        return name
    return plain_app(name) if kind == "apps" else plain_name(full_name(part.app, name))
