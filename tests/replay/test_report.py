"""The report is one well-formed file that holds nothing but what it should."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from kobjctl.model.run import Run, StepLog
from kobjctl.model.workflow import Workflow
from kobjctl.replay.chart import MOST_STEPS, chart, flows, visits
from kobjctl.replay.report import About, html_report
from kobjctl.replay.tally import ReplayTally

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"'&$title\x1b[2J"
EMPTY = {"br", "meta", "link", "img", "input", "hr"}


def to(*targets, **facts):
    return {"transitions": [{"target": target, **facts} for target in targets]}


DOCUMENT = {
    "name": "order",
    "trigger": {"eventName": "shop.order", **to("lookup")},
    "steps": [
        {
            "id": "lookup",
            "action": "kustomer.customer.find-by-email",
            "meta": {"displayName": "Find the customer"},
            "transitions": [
                {"target": "add", "meta": {"name": "found"}},
                {"target": "create", "meta": {"name": "new"}},
            ],
            "errorCases": [{"target": "tell"}],
        },
        {"id": "create", "action": "kustomer.customer.create", **to("add", "gone")},
        {"id": "add", "action": "kustomer.kobject.create"},
        {"id": "tell", **to("lookup", "lookup")},
        {"id": "alone"},
    ],
}
ORDER = Workflow.from_document(DOCUMENT)


def step(step_id, error=""):
    told = {"message": error} if error else None
    return StepLog(1, step_id, "", None, "completed", {}, {}, told, "", 0)


def tally_of(*runs, workflow="order"):
    tally = ReplayTally()
    for number, (status, *steps) in enumerate(runs, 1):
        ended = Run("", number, "", "", "", None, "", workflow, 1, status, "", number * 1.5)
        tally.accept()
        tally.add(ended, [each if isinstance(each, StepLog) else step(each) for each in steps], "o")
    tally.seconds = 2
    return tally


@pytest.fixture
def tally():
    return tally_of(
        ("completed", "1", "lookup", "add"),
        ("completed", "1", "lookup", "add"),
        ("completed", "1", step("lookup", "no answer"), "tell", "lookup", "add"),
        ("stopped", "1", "lookup"),
        ("failed", "1", step("lookup", "no answer")),
    )


class Checked(HTMLParser):
    """Reads a page, and keeps its tags; raises for a tag that is not closed in its place."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(page)
        assert [] == self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        self.texts.append(data)


def page_of(tally, workflows=None, **about):
    workflows = {"order": ORDER} if workflows is None else workflows
    return html_report(tally, workflows, About("Replay of orders.ndjson", "now", **about))


def drawn(tally, workflow=ORDER):
    svg = chart("w0", workflow, tally.workflows[workflow.name])
    return ET.fromstring(svg)  # noqa: S314 - it is our own


def words(element):
    return [" · ".join(text.text for text in group.iter(f"{SVG}text")) for group in element]


def test_ways_are_counted_with_their_shares(tally):
    counts = tally.workflows["order"]

    assert {"1": 5, "lookup": 6, "add": 3, "tell": 1} == visits(counts)
    assert {
        ("1", "lookup", False): (5, 5),
        ("lookup", "add", False): (3, 6),
        ("lookup", "create", False): (0, 6),
        ("lookup", "tell", True): (1, 6),
        ("create", "add", False): (0, 0),
        ("create", "gone", False): (0, 0),
        ("tell", "lookup", False): (1, 1),
    } == {tuple(flow.way): (flow.runs, flow.at) for flow in flows(ORDER, counts)}


def test_the_graph_tells_of_each_step_and_way_in_words(tally):
    svg = drawn(tally)

    nodes = {words([each])[0] for each in svg if "node" in each.get("class", "").split()}
    labels = [words([each])[0] for each in svg if "label" in each.get("class", "").split()]
    assert {
        "trigger · shop.order · 5 runs",
        "Find the customer · customer.find-by-email · 6 runs · ✗ 2 failed · 1 stopped here",
        "create · customer.create · never reached",
        "add · kobject.create · 3 runs",
        "tell · condition step · 1 run",
        "alone · condition step · never reached",
        "gone · no such step",
    } == nodes
    assert [
        "100 % · 5",
        "found · 50.0 % · 3",
        "new · never",
        "on error · 16.7 % · 1",
        "never",
        "never",
        "100 % · 1",
    ] == labels


def test_the_width_of_a_way_is_its_share_and_untaken_ways_are_marked(tally):
    ways = [each for each in drawn(tally) if "way" in each.get("class", "").split()]

    widths = [float(each.find(f"{SVG}path").get("stroke-width")) for each in ways]
    assert widths[0] == max(widths) > widths[1] > widths[3] > widths[2] == min(widths)
    assert [2, 4, 5] == [place for place, each in enumerate(ways) if "never" in each.get("class")]
    assert [3] == [place for place, each in enumerate(ways) if "error" in each.get("class")]


def test_the_graph_has_a_title_and_a_description(tally):
    svg = drawn(tally)

    title, told = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert "img" == svg.get("role")
    assert f"{title.get('id')} {told.get('id')}" == svg.get("aria-labelledby")
    assert "How often runs took each transition of order" == title.text
    assert "7 transitions between them, of which 3 were never taken" in told.text


def test_a_graph_that_is_too_large_is_told_as_a_table():
    steps = [{"id": f"s{number}", **to(f"s{number + 1}")} for number in range(MOST_STEPS + 1)]
    large = Workflow.from_document({**DOCUMENT, "steps": steps})
    tally = tally_of(("stopped", "1"))

    page = page_of(tally, {"order": large})
    assert not chart("w0", large, tally.workflows["order"])
    assert "<details open>" in page
    assert MOST_STEPS + 2 == page.count("<td>0 %</td>") + page.count('"n">0 %</td>')


def test_the_page_is_whole_without_scripts_and_other_files(tally):
    page = page_of(tally)
    read = Checked(page)

    assert not {"script", "link", "img", "iframe", "object"} & {*read.tags}
    assert not {"src", "href", "onclick", "style"} & {name for name, _ in read.attributes}
    assert ["http://www.w3.org/2000/svg"] == re.findall(r"\w+://[^\"\s<)]+", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert "url(" not in page
    assert read.tags.count("table") == read.tags.count("thead")
    ids = [value for name, value in read.attributes if name == "id"]
    assert sorted({*ids}) == sorted(ids)


def test_the_page_tells_what_there_is(tally):
    text = " ".join(Checked(page_of(tally, facts=[("hook", "orders")])).texts)

    for said in (
        "orders",
        "60.0 %",
        "Find the customer → add",
        "✗ Find the customer → tell → Find the customer → add",
        "no answer",
        "kobjctl logs 5",
        "7.5 ms",
    ):
        assert said in text


def test_runs_that_are_not_kept_are_named_by_their_payloads(tally):
    assert "kobjctl logs" not in page_of(tally, kept=False)


def test_a_workflow_that_is_gone_still_has_its_paths(tally):
    page = page_of(tally, {})

    Checked(page)
    assert "lookup → add" in page
    assert "<svg" not in page


def test_nothing_from_outside_is_read_as_html():
    document = {
        "name": EVIL,
        "trigger": {"eventName": EVIL, **to(EVIL, meta={"name": EVIL})},
        "steps": [{"id": EVIL, "action": EVIL, "meta": {"displayName": EVIL}}],
    }
    tally = tally_of(("failed", "1", step(EVIL, EVIL)), workflow=EVIL)
    tally.reject(EVIL, EVIL)
    about = About(EVIL, EVIL, [(EVIL, EVIL)])
    page = html_report(tally, {EVIL: Workflow.from_document(document)}, about)

    read = Checked(page)
    assert "script" not in read.tags
    assert not {"onload", "alert(1)"} & {name for name, _ in read.attributes}
    assert "$title" in "".join(read.texts)
    assert "\x1b" not in page
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    ET.fromstring(svg)  # noqa: S314 - it is our own
