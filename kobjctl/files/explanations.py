"""What the codes of reading (WF0..) and of shapes (WF1..) stand for, and what only an org tells."""

import re
from collections.abc import Iterator
from typing import Any, Final

from kobjctl.files.explanation import Explanation, explain

_HEADING: Final = re.compile(r"^(WF\d+) ([a-z-]+) \((error|warning)(, mixed)?\)\n", re.MULTILINE)
# Each begins with its code, its name, and the severity of its problems.
_WORDS: Final = """
WF001 unreadable (error)
A file must be YAML or JSON that can be read.

It is UTF-8, up to 4 MB large, and its lists and objects nest up to 100 levels deep. YAML
is read as version 1.2 with plain values only: no tags, no merge keys, no second document.
JSON is strict: no comments, no comma before a closing bracket, no NaN. Nothing else of
such a file is judged.

Bad (-) and good (+):

    - name: "welcome
    + name: "welcome"
      trigger: {eventName: kustomer.customer.create}

WF002 duplicate-key (error)
An object must not have a key twice.

Readers of YAML and JSON keep the last value and lose the others without a word.

Bad (-) and good (+):

      name: welcome
      trigger: {eventName: kustomer.customer.create}
    - name: good-bye

WF003 ambiguous-scalar (warning)
A value without quotes should mean the same to every reader of YAML.

kobjctl reads YAML 1.2. Readers of YAML 1.1, which are still the most, take `no`, `on` and
`off` for true or false, `12:30` for the number 750, `1_000` for 1000, `010` for 8, and a
date for a date. Quotes make it text everywhere.

The same goes for a whole number beyond 2^53, in JSON as well: JavaScript, and so the
platform, holds 15 to 17 digits of it.

Bad (-) and good (+):

      name: welcome
      trigger:
        eventName: kustomer.customer.create
        transitions:
          - target: greet
    -       condition: {op: eq, values: [/#steps.1.custom.planStr, on]}
    +       condition: {op: eq, values: [/#steps.1.custom.planStr, "on"]}
      steps:
        - id: greet

WF004 unused-ignore (warning)
A comment that silences problems should silence one.

`# kobjctl: ignore WF204` at the end of a line is about problems that begin on it; on a
line of its own it is about the next line. The name of the rule does as well:
`ignore unreachable-step`. When the problem is gone, the comment would hide the next one of
its kind; one with a slip in it hides nothing.

Bad:

    name: welcome
    trigger:
      eventName: kustomer.customer.create
      transitions: [{target: greet}]
    steps:
      - id: greet  # kobjctl: ignore WF204

Bad (-) and good (+):

      name: welcome
      trigger:
        eventName: kustomer.customer.create
        transitions: [{target: greet}]
      steps:
        - id: greet
    -   # kobjctl: ignroe WF102
    +   - id: later  # kobjctl: ignore WF204
    +   - id: even-later  # kobjctl: ignore unreachable-step

WF005 comment-for-value (error, mixed)
A value should not be lost in a comment.

In YAML a `#` after a blank begins a comment: what stands behind it is no part of the
value, which is cut or null. A reference begins with `/#` and needs no quotes, text with a
`#` in it does.

Bad (-) and good (+):

      name: welcome
      trigger:
        eventName: kustomer.customer.create
        transitions: [{target: greet}]
      steps:
        - id: greet
          action: kustomer.customer.update
          params:
            id: /#steps.1.id
    -       locale: #steps.1.custom.localeStr
    +       locale: /#steps.1.custom.localeStr
    +       name: "Member #{{{steps.1.externalId}}}"

Bad:

    name: welcome
    trigger:
      eventName: kustomer.customer.create
      transitions: [{target: greet}]
    steps:
      - id: greet
        action: kustomer.customer.update
        params:
          id: /#steps.1.id
          name: Member #{{{steps.1.externalId}}}

WF100 no-workflow (error)
A file must be a workflow or an app file.

A workflow has `trigger` or `steps`, an app file `app` and `version`, or any of `klasses`,
`hooks`, `workflows`, `actions` and `triggers`.

Bad:

    orderId: "1234"
    email: test@example.com

Good:

    name: welcome
    trigger: {eventName: kustomer.customer.create}

WF101 wrong-type (error)
A value must have the type that its key takes.

A file in which it isn't can't be loaded (`manual/platform.md 1`).

Bad:

    name: welcome
    trigger: {eventName: kustomer.customer.create}
    steps: {id: greet}

Good:

    name: welcome
    trigger:
      eventName: kustomer.customer.create
      transitions: [{target: greet}]
    steps:
      - id: greet

WF102 unknown-key (warning, mixed)
A key should be a known one.

An unknown key has no effect, and most often is a misspelled one. The platform adds keys now
and then, so kobjctl keeps it and exports it again.

Bad (-) and good (+):

      name: welcome
    - desciption: Greets new customers.
    + description: Greets new customers.
      trigger: {eventName: kustomer.customer.create}

WF103 missing-key (error, mixed)
An object must have its required keys.

Bad (-) and good (+):

    + name: welcome
      trigger: {eventName: kustomer.customer.create}

WF104 bad-value (error, mixed)
A value must be one that its key allows.

Some texts may not be empty or have a largest length, some are one of a few words, and the
suffix of an attribute's name tells its type (`manual/platform.md 9.3`).

Bad (-) and good (+):

      hooks:
    -   - {name: orders, type: fax}
    +   - {name: orders, type: email}

WF105 refused-by-the-org (error)
An object must fit the objects that are already in the org.

A hook keeps its type and its event name, an id belongs to one workflow, and the names of
the platform's own klasses are reserved. Only `kobjctl apply` can check this.

Bad (-) and good (+):

      klasses:
    -   - name: customer
    +   - name: member
"""


def _read_all(words: str) -> Iterator[Explanation]:
    _, *parts = _HEADING.split(words)
    entries: Any = zip(*[iter(parts)] * 5, strict=True)
    for code, name, severity, mixed, words_of_one in entries:
        yield explain(code, name, severity, words_of_one, mixed=bool(mixed))


FILE_EXPLANATIONS: Final = tuple(_read_all(_WORDS))
