"""WF601: a trigger on a hook that nothing defines."""

from collections.abc import Iterator

from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.model.errors import UnknownNameError


@rule("WF601", "unknown-hook", severity="error")
def unknown_hook(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """A trigger must name a hook that exists.

    `hook: NAME` is short for the event name of a hook that one of the files defines. Validate that
    file too, or name the org that has the hook with `--db`.

    Bad (-) and good (+):

          hooks:
            - {name: orders, type: form}
          workflows:
            - name: order
        -     trigger: {hook: order}
        +     trigger: {hook: orders}
    """
    project, store = subject.project, subject.store
    otherwise = "define it under `hooks` in a file"
    if store is None:
        otherwise += ", or name the org that has it with --db PATH"
    names = tuple(sorted({hook.name for hook in project.hooks.values()}))
    known = {*names, *project.hooks, *project.broken}
    for part in subject.files.parts("workflows"):
        name = part.body["trigger"].get("hook")
        if name is None or name in known or (store and store.hooks.get(name)):
            continue
        error = UnknownNameError("hook", name, names, otherwise=otherwise)
        yield ProjectFinding(part.at("trigger", "hook"), error.message, error.hint)
