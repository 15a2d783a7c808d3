"""A workflow file, runs of it in an org in memory, and what they covered."""

from collections import defaultdict

import pytest

from kobjctl.app.definitions.apply import load, read
from kobjctl.app.runs import events
from kobjctl.lint.project.files import read_files
from kobjctl.testing.coverage.project import Counts, coverage_of, key_of

FLOW = """\
name: flow
trigger:
  eventName: go
  transitions:
    - target: ask
      condition:
        op: or
        values:
          - {op: eq, values: [/#steps.1.kind, order]}
          - op: and
            values:
              - {op: exists, values: [/#steps.1.id]}
              - {op: gt, values: [/#steps.1.price, 10]}
    - target: other
steps:
  - id: ask
    action: kustomer.customer.find-by-email
    params: {email: /#steps.1.email}
    errorCases:
      - target: other
        condition: {op: exists, values: [/#steps.1.email]}
      - target: tell
    transitions:
      - {target: tell, condition: {op: exists, values: [/#steps.ask.id]}}
      - target: other
        condition: {op: "true", values: [true]}
      - target: lost
  - id: tell
    transitions: []
  - id: other
    transitions: []
  - id: lost
    transitions: []
  - id: island
    transitions:
      - target: tell
"""


class Flow:
    """The workflow of a file, in an org in which it runs."""

    def __init__(self, engine, path):
        files = read([path])
        load(engine.org, files, force=True)
        self._engine = engine
        self.parts = [*read_files([path]).parts("workflows")]
        self.counts = defaultdict(Counts)

    def send(self, *payloads):
        """Run the workflow on events that bring this data, and count it."""
        for data in payloads:
            for report in events.send(self._engine, "go", data).reports:
                workflow = self._engine.org.store.workflows.get(report.run.workflow_id)
                [key] = [key_of(each) for each in self.parts if each.body["name"] == workflow.name]
                self.counts[key].add(workflow, report.steps)
        return self

    @property
    def coverage(self):
        return coverage_of(self.parts, self.counts)


@pytest.fixture
def flow(engine, workplace):
    """Make the workflow that a text says, by default one with all there is to cover."""

    def flow(text=FLOW, name="flow.yaml"):
        path = workplace / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return Flow(engine, path.relative_to(workplace))

    return flow
