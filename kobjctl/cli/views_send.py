"""How the sending of a payload is shown: what was accepted, what ran, and what did not."""

from kobjctl.app.hooks import Sent
from kobjctl.cli.blocks import Block, Gap, Line, dim, good, name, text, warn
from kobjctl.cli.views_logs import run_json
from kobjctl.cli.views_run import run_tree
from kobjctl.model.hook import Hook
from kobjctl.model.values import Json


def sent_view(sent: Sent, hook: Hook) -> tuple[Json, list[Block]]:
    """Show an accepted payload, the log of each run, and why other workflows stayed silent."""
    value = {
        "transaction": sent.transaction.resource(),
        "runs": [run_json(report) for report in sent.reports],
        "notRun": [each._asdict() for each in sent.not_run],
    }
    blocks: list[Block] = [
        Line(
            text(
                good("accepted"), f' by {hook.type} hook "{hook.name}"  ', dim(sent.transaction.id)
            )
        )
    ]
    if not sent.reports:
        blocks.append(Line(warn(f'no enabled workflow listens to hook "{hook.name}"')))
    for report in sent.reports:
        blocks += [Gap(), *run_tree(report)]
    if sent.not_run:
        blocks.append(Gap())
    for silent in sent.not_run:
        blocks.append(Line(text(dim("not run: "), name(silent.workflow), dim(f" {silent.reason}"))))
    return value, blocks
