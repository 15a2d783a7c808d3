"""The file of a report: refused before the work where it can't be written, else written whole."""

import pytest

from kobjctl.app.replay.tally import Tally
from kobjctl.cli.replay_report import check_report, write_report
from kobjctl.model.errors import UsageError


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere/report.html", "is not there"), ("", "it is a folder")]
)
def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path, name, said):
    with pytest.raises(UsageError, match=said):
        check_report(tmp_path / name)


def test_the_report_replaces_an_older_one(tmp_path, world):
    path = tmp_path / "report.html"
    path.write_text("older")
    check_report(path)
    write_report(world, Tally(), path, sources=["a.ndjson", "ünïcode <b>"])

    page = path.read_text("utf-8")
    assert "<h1>Replay of a.ndjson, ünïcode &lt;b&gt;</h1>" in page
    assert "made 2026-01-02 12:00:00 UTC by kobjctl" in page


def test_a_disk_that_fails_is_told(tmp_path, world):
    with pytest.raises(UsageError, match="no such file"):
        write_report(world, Tally(), tmp_path / "gone" / "report.html", sources=["-"])
