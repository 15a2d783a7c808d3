"""Coverage in the formats of other programs."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kobjctl.app.drawing.mermaid import mermaid
from kobjctl.model.coverage import Point, Spot, WorkflowCoverage
from kobjctl.model.problem import Span
from kobjctl.model.workflow import Workflow
from kobjctl.testing.coverage.as_cobertura import cobertura
from kobjctl.testing.coverage.formats import coverage_json, coverage_markdown

PLAIN = {"kind": "order", "email": "a@example.com"}
NOTHING = {"kind": "gift"}

# What `coverage-04.dtd` says of each element: its children in their order, and the attributes
# that it must have.
RATES = ("line-rate", "branch-rate", "complexity")
TOTALS = ("lines-covered", "lines-valid", "branches-covered", "branches-valid")
DTD = {
    "coverage": (r"(sources )?packages ", (*RATES, *TOTALS, "version", "timestamp")),
    "sources": (r"(source )*", ()),
    "source": (r"", ()),
    "packages": (r"(package )*", ()),
    "package": (r"classes ", ("name", *RATES)),
    "classes": (r"(class )*", ()),
    "class": (r"methods lines ", ("name", "filename", *RATES)),
    "methods": (r"(method )*", ()),
    "lines": (r"(line )*", ()),
    "line": (r"(conditions )*", ("number", "hits")),
}
OPTIONAL = {"line": {"branch", "condition-coverage"}}


def parsed(report):
    return ET.fromstring(report)  # noqa: S314 - it is our own


def faults(root):
    """Yield what the document type does not allow."""
    for element in root.iter():
        children, required = DTD[element.tag]
        if not re.fullmatch(children, "".join(f"{child.tag} " for child in element)):
            yield f"children of {element.tag}"
        if not set(required) <= {*element.keys()} <= {*required, *OPTIONAL.get(element.tag, ())}:
            yield f"attributes of {element.tag}"
        if element.tag != "source" and (element.text or "").strip():
            yield f"text in {element.tag}"


def lines_of(report):
    return {
        int(line.get("number")): (int(line.get("hits")), line.get("condition-coverage"))
        for line in parsed(report).iter("line")
    }


def test_the_check_of_the_document_type_notices_what_is_wrong():
    wrong = parsed("<packages><package name=''>text</package><sources a='1'/></packages>")

    assert [
        "children of packages",
        "children of package",
        "attributes of package",
        "text in package",
        "attributes of sources",
    ] == [*faults(wrong)]


def test_a_line_has_the_hits_and_the_branches_of_what_stands_on_it(flow):
    lines = lines_of(cobertura(flow().send(PLAIN, NOTHING).coverage, "1.0", 0))

    assert {
        2: (2, None),
        5: (1, None),
        7: (2, "100% (2/2)"),
        9: (2, "100% (2/2)"),
        10: (2, "50% (1/2)"),
        12: (2, "50% (1/2)"),
        13: (2, "50% (1/2)"),
        14: (1, None),
        16: (1, None),
        20: (0, None),
        21: (0, "0% (0/2)"),
        22: (0, None),
        24: (1, "50% (1/2)"),
        25: (1, None),
        26: (1, None),
        27: (0, None),
        28: (0, None),
        30: (2, None),
        32: (0, None),
        34: (0, None),
        36: (0, None),
    } == lines


def test_cobertura_counts_lines_and_branches_for_files_folders_and_all(flow, workplace):
    covered = (*flow().send(PLAIN).coverage, *flow(name="below/two.yaml").coverage)
    root = parsed(cobertura(covered, "1.0", 5))

    assert [] == [*faults(root)]
    assert str(workplace) == root.findtext("sources/source")
    assert [".", "below"] == [each.get("name") for each in root.iter("package")]
    assert ["flow.yaml", "below/two.yaml"] == [each.get("filename") for each in root.iter("class")]
    assert ("1.0", "5") == (root.get("version"), root.get("timestamp"))


def test_cobertura_of_nothing_is_valid():
    assert [] == [*faults(parsed(cobertura([], "1.0", 0)))]


numbers = st.integers(1, 20)
spots = st.builds(
    Spot,
    st.sampled_from(["step", "transition", "condition"]),
    st.builds(Point, st.tuples(numbers), st.sampled_from([None, True, False])),
    st.builds(Span, numbers, numbers, numbers, numbers),
    st.integers(0, 9),
    st.text(),
    condition=st.just({"op": "true"}),
)
coverages = st.builds(
    WorkflowCoverage,
    st.text().map(
        lambda name: Workflow.from_document({"name": name, "trigger": {"eventName": "go"}})
    ),
    st.text(min_size=1),
    st.builds(Span, numbers, numbers, numbers, numbers),
    numbers,
    st.lists(spots, max_size=5).map(tuple),
)


@given(st.lists(coverages, max_size=3))
def test_any_coverage_is_valid_cobertura(covered):
    root = parsed(cobertura(covered, "1.0", 0))

    assert [] == [*faults(root)]
    for each in root.iter():
        assert all(0 <= float(each.get(rate, "0")) <= 1 for rate in RATES)


MARKED = """\
## flow: 36 %

Dashed and red: never taken. Orange: taken, but one of its conditions, or a part of one, always \
had the same result.

```mermaid
flowchart TD
    n0(["go"])
    n1["ask<br/>kustomer.customer.find-by-email"]
    n2{"tell"}:::untaken
    n3{"other"}
    n4{"lost"}:::untaken
    n5{"island"}:::untaken
    n0 -->|"steps.1.kind eq #quot;order#quot; or (exists steps.1.id and steps.1..."| n1
    n0 --> n3
    n1 -->|"exists steps.ask.id"| n2
    n1 --> n3
    n1 --> n4
    n1 -.->|"exists steps.1.email"| n3
    n1 -.-> n2
    n5 --> n2
    linkStyle 1,2,4,5,6,7 stroke:#c00,stroke-width:2px,stroke-dasharray:5
    linkStyle 0 stroke:#c70,stroke-width:2px
    classDef untaken stroke:#c00,stroke-width:2px,stroke-dasharray:5
```
"""


def test_a_drawing_marks_what_nothing_has_taken(flow):
    assert MARKED == coverage_markdown(flow().send(PLAIN).coverage)


def test_a_drawing_of_what_is_covered_has_no_marks(flow):
    [covered] = flow().coverage
    whole = covered._replace(spots=tuple(spot._replace(hits=1) for spot in covered.spots))
    drawn = coverage_markdown([whole])

    assert drawn.startswith("## flow: 100 %\n\n```mermaid\n")
    assert mermaid(whole.workflow) in drawn


def test_a_name_is_no_markup_in_a_heading(flow):
    drawn = coverage_markdown(flow("name: '*a*\n\n  `b`'\ntrigger: {eventName: go}").coverage)

    assert "## \\*a\\* \\`b\\`: 0 %" == drawn.splitlines()[0]


def test_json_tells_shares_and_every_spot(flow):
    told = coverage_json(flow().send(PLAIN).coverage)
    [workflow] = told["workflows"]

    assert {"covered": 12, "total": 33, "percent": 36.36} == told["total"] == workflow["total"]
    assert {"covered": 7, "total": 19, "percent": 36.84} == told["conditions"]
    assert ("flow", "flow.yaml", 1, 1) == tuple(
        workflow[key] for key in ("workflow", "file", "line", "runs")
    )
    assert {
        "kind": "condition",
        "step": "1",
        "target": "ask",
        "onError": False,
        "condition": {"op": "gt", "values": ["/#steps.1.price", 10]},
        "holds": True,
        "path": ["trigger", "transitions", 0, "condition", "values", 1, "values", 1],
        "line": 13,
        "column": 17,
        "hits": 0,
        "reason": "never held",
    } in workflow["spots"]
    assert 33 == len(workflow["spots"])
