"""WF503: a step without a parameter that its action needs."""

from collections.abc import Iterator

from kobjctl.lint.params import StepParams, given_params
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.records.fields import either


@rule("WF503", "missing-param", severity="error", mixed=True, about=("actions",))
def missing_param(subject: Subject) -> Iterator[Finding]:
    """A step must set every parameter that its action requires.

    Without it the step fails; a lookup finds nothing, which is a warning
    (`manual/platform.md 7.2`). It is also a warning if public sources don't confirm the names of
    the action's parameters. Some actions require one of several, such as the conversation or the
    customer of a note. Misspelled parameters are reported as WF502.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {locale: en_us}
        +     params: {id: /#steps.1.id, locale: en_us}
              transitions: []

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: find
        steps:
          - id: find
            action: kustomer.customer.find
            transitions: []

    Bad:

        name: tag
        trigger:
          eventName: kustomer.conversation.create
          transitions:
            - target: tag
        steps:
          - id: tag
            action: kustomer.conversation.append-tags
            params: {tags: [vip]}
            transitions: []
    """
    for given in given_params(subject):
        meant = {} if given.action.is_open else given.misspelled()
        for name in given.missing():
            if name not in meant.values():
                yield _finding(given, (name,))
        lacking = given.lacking()
        if lacking and not set(lacking) & set(meant.values()):
            yield _finding(given, lacking)


def _finding(params: StepParams, names: tuple[str, ...]) -> Finding:
    null = next((name for name in names if name in params.params), "")
    what = "can't be null" if null else "is missing"
    lookup, sure = params.action.lookup, params.action.sure
    return Finding(
        (*params.path, null) if null else (*params.path[:-1], "action"),
        f"the parameter {either(names)} of {params.name} {what}",
        f"set it: without it, {'the lookup finds nothing' if lookup else 'the step fails'}"
        + ("" if sure else "; its name is not confirmed by public sources"),
        severity="warning" if lookup or not sure else None,
    )
