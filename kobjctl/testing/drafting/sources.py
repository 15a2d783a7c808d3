"""Where a value of a run came from, and what would give it another: each way is a new draft."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import TemplateError, compile_template
from kobjctl.expressions.references import FUNCTION_MARK, MARK, follow, split_reference
from kobjctl.expressions.value import TEMPLATE_MARK
from kobjctl.javascript.numbers import as_number
from kobjctl.lint.texts import PlacedText
from kobjctl.lint.uses import uses
from kobjctl.model.values import MISSING, Json
from kobjctl.model.workflow import TRIGGER_ID, Step
from kobjctl.testing.drafting.draft import FAILING, Draft, Path, walk_template
from kobjctl.testing.drafting.inverses import Wanted, inverse
from kobjctl.testing.drafting.samples import SOME, samples
from kobjctl.testing.drafting.trial import TrialOrg, TrialResult

Giving: TypeAlias = Callable[[Path, Wanted], Iterator[Draft]]

OutputGiver: TypeAlias = Callable[["ValueSources", Step, Path, Wanted], Iterator[Draft]]

# Within and without business hours.
OPEN_TIMES = ("2026-01-02T12:00:00.000Z", "2026-01-03T03:00:00.000Z")
_PAYLOAD = ("attributes", "data")
_LONGEST = 1000


class ValueSources:
    """What a draft's run knew, and the draft.

    `of_output` yields drafts in which the output of a step has a value at a path.
    """

    def __init__(
        self,
        trials: TrialOrg,
        draft: Draft,
        result: TrialResult,
        of_output: "OutputGiver",
    ) -> None:
        self.trials = trials
        self.draft = draft
        self.result = result
        self._of_output = of_output
        self.steps = {step.id: step for step in trials.workflow.steps}
        self.logs = result.by_id

    def give(self, raw: Json, wanted: Wanted, giving: Giving | None = None) -> Iterator[Draft]:
        """Yield drafts in which an expression may have the value that is wanted.

        `giving` gives the value at a path, where that does not start from the roots of a run.
        """
        giving = giving or self.at
        if isinstance(raw, list):
            for each in raw:
                yield from self.give(each, _first(wanted), giving)
        elif isinstance(raw, dict):
            for key, each in raw.items():
                inner = wanted.get(key, SOME) if isinstance(wanted, dict) else wanted
                yield from self.give(each, inner, giving)
        elif isinstance(raw, str) and raw.startswith(FUNCTION_MARK):
            yield from self._function(raw, wanted, giving)
        elif isinstance(raw, str) and raw.startswith(MARK):
            yield from giving(split_reference(raw), wanted)
        elif isinstance(raw, str) and TEMPLATE_MARK in raw:
            yield from self._template(raw, wanted, giving)

    def at(self, path: Path, wanted: Wanted) -> Iterator[Draft]:
        """Yield drafts in which a path may lead to the value that is wanted."""
        root, *rest = path
        if path[-1] == "length":
            yield from self._length(path[:-1], wanted)
        elif root == "steps" and rest[:1] == [TRIGGER_ID]:
            yield from self._trigger(tuple(rest[1:]), wanted)
        elif root == "steps" and rest and rest[0] in self.steps:
            yield from self._of_output(self, self.steps[rest[0]], tuple(rest[1:]), wanted)
        elif root == "error" and rest:
            yield from self._error(rest[0], wanted)
        elif root == "variables" and rest and isinstance(wanted, str):
            yield self.draft.with_variable(rest[0], wanted)

    def value_at(self, path: Path) -> Json:
        """Return what a path led to."""
        known = {"steps": {each.step_id: each.output for each in self.result.steps}}
        return follow(known, path)

    def _function(self, raw: str, wanted: Wanted, giving: Giving) -> Iterator[Draft]:
        name, comma, rest = raw.removeprefix(FUNCTION_MARK).partition(",")
        known = FUNCTIONS.get(name)
        path, arguments = known.split(rest) if known and comma else (None, ())
        if known and path:
            for each in inverse(known, arguments, wanted):
                yield from giving(tuple(path.split(".")), each)
        else:
            yield from (self.draft._replace(now=at) for at in OPEN_TIMES)

    def _template(self, raw: str, wanted: Wanted, giving: Giving) -> Iterator[Draft]:
        try:
            template = compile_template(raw)
        except TemplateError:
            return
        used = dict.fromkeys(use.segments for use in uses(PlacedText((), raw, ""), template))
        tried = [_within(raw, wanted), wanted, SOME, MISSING]
        for path in used:
            for each in {repr(value): value for value in tried}.values():
                yield from giving(path, each)

    def _length(self, path: Path, wanted: Wanted) -> Iterator[Draft]:
        """Yield drafts in which a list or a text has a length."""
        if wanted is MISSING:
            yield from self.at(path, MISSING)
            return
        number = as_number(1 if wanted is SOME else wanted)
        if number is None or not 0 <= number <= _LONGEST:
            return
        count, now = int(number), self.value_at(path)
        if not isinstance(now, str):
            items = now if isinstance(now, list) and now else ["test"]
            yield from self.at(path, [items[min(index, len(items) - 1)] for index in range(count)])
        yield from self.at(path, (now if isinstance(now, str) and now else "1")[:1] * count)

    def _trigger(self, path: Path, wanted: Wanted) -> Iterator[Draft]:
        if not path:
            return
        if not self.trials.hook:
            yield from self.sent(path, wanted)
        elif (template := self.trials.trigger_template) is not None:
            raw, rest = walk_template(template, path)
            yield from self.give(raw, wanted, lambda at, each: self._raw_event((*at, *rest), each))
        elif path[:2] == _PAYLOAD:
            yield from self.sent(path[2:], wanted)

    def _raw_event(self, path: Path, wanted: Wanted) -> Iterator[Draft]:
        if path[:1] == ("data",) and path[1:3] == _PAYLOAD:
            yield from self.sent(path[3:], wanted)

    def sent(self, path: Path, wanted: Wanted) -> Iterator[Draft]:
        """Yield drafts in which what is sent has a value at a path."""
        for value in leaf(path, wanted):
            yield self.draft.with_data(path, value)

    def _error(self, name: str, wanted: Wanted) -> Iterator[Draft]:
        """Yield drafts in which the step that failed says something else."""
        failed = [log.step_id for log in self.result.steps if log.status == "failed"]
        if failed and name == "message" and isinstance(wanted, str) and wanted:
            stub = self.draft.stub(failed[-1]) or FAILING
            yield self.draft.with_stub(failed[-1], stub._replace(output={}, failure=wanted))


def leaf(path: Sequence[str], wanted: Wanted) -> list[Json]:
    """Return the values to try at a path: the one that is wanted, or likely ones."""
    return samples(path) if wanted is SOME else [wanted]


def _first(wanted: Wanted) -> Wanted:
    return wanted[0] if isinstance(wanted, list) and wanted else wanted


def _within(template: str, wanted: Wanted) -> Wanted:
    """Return what a template's first tag has to print, what is before and behind it taken off."""
    if not isinstance(wanted, str):
        return wanted
    before, _, rest = template.partition(TEMPLATE_MARK)
    behind = rest.rpartition("}}")[2]
    fits = wanted.startswith(before) and wanted.endswith(behind)
    return wanted[len(before) : len(wanted) - len(behind)] if fits else wanted
