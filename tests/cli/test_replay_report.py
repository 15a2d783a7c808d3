"""The file of a report: refused before the work where it can't be written, else written whole."""

import pytest

from kobjctl.cli.reports.replay import check_outputs, write_report
from kobjctl.cli.session import Session
from kobjctl.model.errors import UsageError
from kobjctl.replay.tally import ReplayTally


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere/report.html", "does not exist"), ("", "it is a folder")]
)
def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path, name, said):
    with pytest.raises(UsageError, match=said):
        check_outputs(Session(), tmp_path / name, tmp_path / "rejects", ())


def test_the_report_replaces_an_older_one(tmp_path, engine):
    path = tmp_path / "report.html"
    path.write_text('<!DOCTYPE html><head><meta name="generator" content="kobjctl replay">')
    check_outputs(Session(), path, tmp_path / "rejects", ())
    write_report(Session(), engine.org, ReplayTally(), path, sources=["a.ndjson", "ünïcode <b>"])

    page = path.read_text("utf-8")
    assert "<h1>Replay of a.ndjson, ünïcode &lt;b&gt;</h1>" in page
    assert "made 2026-01-02 12:00:00 UTC by kobjctl" in page


def test_a_disk_that_fails_is_told(tmp_path, engine):
    with pytest.raises(UsageError, match="does not exist"):
        write_report(
            Session(), engine.org, ReplayTally(), tmp_path / "gone" / "report.html", sources=["-"]
        )


REPLAY = "kobjctl replay sample_payloads/order.json --hook orders"


@pytest.fixture
def org(workplace, golden):
    golden.invoke(workplace, "kobjctl apply sample_workflows")
    return workplace


def test_a_replay_writes_its_report(org, golden):
    done = golden.invoke(org, f"{REPLAY} --html report.html")

    page = (org / "report.html").read_text("utf-8")
    assert (0, 1) == (done.exit_code, page.count("<svg"))
    assert "the report is in report.html" in done.stderr
    assert "<h1>Replay of sample_payloads/order.json</h1>" in page
    assert "kobjctl logs 1<" in page


def test_the_report_of_a_dry_run_names_no_runs_of_the_log(org, golden):
    golden.invoke(org, f"{REPLAY} --html report.html --dry-run")

    page = (org / "report.html").read_text("utf-8")
    assert "kobjctl logs" not in page
    assert "<dt>dry run</dt><dd>yes</dd>" in page


def test_nothing_is_sent_when_the_report_cannot_be_written(org, golden):
    refused = golden.invoke(org, f"{REPLAY} --html nowhere/report.html")

    assert 2 == refused.exit_code
    assert "no runs yet" in golden.invoke(org, "kobjctl logs").stdout


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("--rejects kobjctl.db", "it is the org's database"),
        ("--rejects kobjctl.db-wal", "it is the org's database"),
        ("--html kobjctl.db", "it is the org's database"),
        ("--rejects sample_payloads/order.json", "payloads are read from it"),
        ("--rejects sample_payloads/rejects.ndjson", "payloads are read from it"),
        ("--rejects nowhere/rejects", "does not exist"),
        ("--html one --rejects ./one", "both name"),
    ],
)
def test_what_a_replay_lives_on_is_not_written_over(org, golden, output, said):
    payload, database = org / "sample_payloads" / "order.json", org / "kobjctl.db"
    before = payload.read_bytes(), database.read_bytes()

    refused = golden.invoke(org, f"{REPLAY} sample_payloads {output}")

    assert 2 == refused.exit_code
    assert said in refused.stderr
    assert before == (payload.read_bytes(), database.read_bytes())
