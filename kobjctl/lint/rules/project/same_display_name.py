"""WF705: two klasses that people can't tell apart."""

from collections.abc import Iterator

from kobjctl.lint.project.files import Place
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.model.klass import title_of


@rule("WF705", "same-display-name", severity="warning")
def same_display_name(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """Two klasses should not have the same display name.

    Agents only see the display name, in timelines and in searches, and mistake one klass for the
    other. A klass without a display name gets one from its name (`manual/platform.md 9.1`).

    Bad (-) and good (+):

          klasses:
            - name: order
            - name: shop-order
        -     displayName: Order
        +     displayName: Shop order
    """
    parts = subject.files.parts("klasses")
    first: dict[str, tuple[str, Place | None]] = {}
    if subject.store:
        defined = {part.body["name"] for part in parts}
        for klass in subject.store.klasses.all():
            if klass.name not in defined:
                first[_folded(klass.display_name)] = klass.name, None
    for part in parts:
        name, key = part.body["name"], "displayName" if part.body.get("displayName") else "name"
        shown = title_of(name) if key == "name" else part.body[key]
        other, place = first.setdefault(_folded(shown), (name, part.at(key)))
        if other != name:
            yield ProjectFinding(
                part.at(key),
                f'the klasses "{other}" and "{name}" have the same display name, "{shown}"',
                "give one of them another displayName",
                (place, "first here") if place else None,
            )


def _folded(display_name: str) -> str:
    return " ".join(display_name.split()).casefold()
