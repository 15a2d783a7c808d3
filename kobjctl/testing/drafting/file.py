"""A scenario file for workflows: a scenario for each way through them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from kobjctl.files.reader import read_content
from kobjctl.model.errors import UnknownNameError
from kobjctl.model.run import STATUSES, RunReport
from kobjctl.model.scenario import ScenarioResult
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Workflow
from kobjctl.testing.drafting.beginnings import beginnings
from kobjctl.testing.drafting.layout import (
    DraftingOptions,
    ScenarioDraft,
    head_of,
    remarks_on,
    text_of,
)
from kobjctl.testing.drafting.naming import leg_text, names
from kobjctl.testing.drafting.recorded import of_interest, recorded
from kobjctl.testing.drafting.routes import Routes, choose
from kobjctl.testing.drafting.scenario import SendForm, body_of, given_of, send_of
from kobjctl.testing.drafting.search import RouteSolution, Search, UnsolvedRoute
from kobjctl.testing.drafting.trial import TrialOrg
from kobjctl.testing.scenarios.orgs import StartOrg, StartOrgs
from kobjctl.testing.scenarios.reading import ScenarioFile, scenario_file
from kobjctl.testing.scenarios.running import run

TODO: Final = "TODO: "


class DraftedFile(NamedTuple):
    """A scenario file: its text, its scenarios, and the routes of each workflow."""

    text: str
    scenarios: tuple[ScenarioDraft, ...]
    routes: tuple[tuple[str, Routes], ...]

    @property
    def open(self) -> int:
        """Count the scenarios with something left to do."""
        return sum(bool(each.todo) for each in self.scenarios)


def write(
    options: DraftingOptions, count: Callable[[int], None] = lambda _total: None
) -> DraftedFile:
    """Write a scenario for each way through the workflows; `count` is called
    for each of so many.

    Raises FileProblemsError for files that can't be loaded, UnknownNameError for no workflow.
    """
    orgs = StartOrgs()
    start = _start(options, orgs)
    tested = _wanted(options, start.tested)
    named = len({each.event_name for each in start.tested}) > 1
    routes = [(workflow, choose(workflow, options.limit)) for workflow in tested]
    total = sum(len(each.chosen) for _, each in routes)
    drafted: list[ScenarioDraft] = []
    variables: dict[str, str] = {}
    for workflow, chosen in routes:
        trials = TrialOrg(start.image, workflow)
        prefix = f"{workflow.name} / " if len(start.tested) > 1 else ""
        for each in _drafted(options, SendForm(trials, named), chosen, prefix, variables):
            drafted.append(each)
            count(total)
    head = head_of(options, variables)
    checked = _checked(options, head, drafted, orgs)
    about = tuple((workflow.name, each) for workflow, each in routes)
    return DraftedFile(
        text_of(head, checked, remarks_on(options, about, checked)), tuple(checked), about
    )


def write_run(options: DraftingOptions, run: RunReport, data: Json) -> DraftedFile:
    """Write a scenario that repeats a recorded run, which was sent `data`.

    Raises as `write` does.
    """
    orgs = StartOrgs()
    start = _start(options, orgs)
    [workflow] = _wanted(options, start.tested)[:1]
    named = len({each.event_name for each in start.tested}) > 1
    trials = TrialOrg(start.image, workflow)
    draft, result = recorded(trials, data, run)
    path = [step.step_id for step in run.steps]
    name = f"as run {run.run.number} of {workflow.name}, which {STATUSES[run.run.status].clause}"
    given = given_of(trials, draft, result)
    body = {
        **({"given": given} if given else {}),
        "send": send_of(SendForm(trials, named), draft.data),
        "expect": {"status": run.run.status, "path": path, **of_interest(run)},
    }
    head = head_of(options, dict(draft.variables))
    drafted = [ScenarioDraft(name, workflow.name, path, run.run.status, body)]
    checked = _checked(options, head, drafted, orgs)
    remark = f"Written by kobjctl test init of run {run.run.number}, {run.run.started_at}."
    return DraftedFile(text_of(head, checked, [remark]), tuple(checked), ())


def _start(options: DraftingOptions, orgs: StartOrgs) -> StartOrg:
    """Return the org that the scenarios start from; raises FileProblemsError."""
    first = _file(options, head_of(options), [ScenarioDraft("any", "", [], "", {"send": {}})])
    return orgs.start(first, first.scenarios[0])


def _wanted(options: DraftingOptions, tested: Sequence[Workflow]) -> list[Workflow]:
    found = [each for each in tested if options.workflow in ("", each.name)]
    if not found:
        known = [each.name for each in tested]
        raise UnknownNameError(
            "workflow", options.workflow, known, otherwise=f"the files have {', '.join(known)}"
        )
    return found


def _drafted(
    options: DraftingOptions, form: SendForm, routes: Routes, prefix: str, variables: dict[str, str]
) -> Iterator[ScenarioDraft]:
    trials = form.trials
    search = Search(trials, beginnings(trials, _examples(options, trials)), options.budget)
    named = names(routes.chosen, prefix)
    for route, name in zip(routes.chosen, named, strict=True):
        found = search.solve(route)
        result = found.result if isinstance(found, RouteSolution) else None
        variables |= dict(found.draft.variables)
        yield ScenarioDraft(
            name=name,
            workflow=trials.workflow.name,
            path=route.path,
            status=route.status,
            body=body_of(form, found, result),
            todo=_unsolved(found) if isinstance(found, UnsolvedRoute) else "",
        )


def _examples(options: DraftingOptions, trials: TrialOrg) -> list[Json]:
    """Return the payloads to start from: those that were named, else the example of the hook."""
    if options.payloads:
        return list(options.payloads)
    name = trials.hook.name if trials.hook else ""
    return [options.examples[name]] if name in options.examples else []


def _unsolved(found: UnsolvedRoute) -> str:
    if found.failed and not found.leg.on_error:
        message = (found.failed.error or {}).get("message")
        return f'{TODO}step "{found.failed.step_id}" fails whatever was tried: {message}'
    return f"{TODO}found no values so that {leg_text(found.leg)}"


def _file(
    options: DraftingOptions, head: JsonObject, drafted: Sequence[ScenarioDraft]
) -> ScenarioFile:
    text = text_of(head, drafted, [])
    return scenario_file(read_content(text.encode(), str(options.folder / "draft.test.yaml")))


def _checked(
    options: DraftingOptions, head: JsonObject, drafted: Sequence[ScenarioDraft], orgs: StartOrgs
) -> list[ScenarioDraft]:
    """Run what was drafted as it will be run; what does not pass is left to its author."""
    file = _file(options, head, drafted)
    results = (run(file, scenario, orgs) for scenario in file.scenarios)
    return [
        each._replace(todo=f"{TODO}{_why(result)}") if result.is_bad else each
        for each, result in zip(drafted, results, strict=True)
    ]


def _why(result: ScenarioResult) -> str:
    """Say in a few words why a scenario that was drafted does not pass."""
    mismatch = result.mismatches[0]
    message = f"{mismatch.message}; {mismatch.hint}" if mismatch.hint else mismatch.message
    return f"it does not pass yet: {message}"
