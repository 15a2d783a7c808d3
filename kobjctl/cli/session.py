"""One command's surroundings: the org it works on, and where its words go.

What was asked for goes to stdout, all talk to stderr. With `--json`, stdout gets one JSON
document and nothing else.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

import typer

from kobjctl.cli.output.blocks import Block, Line
from kobjctl.cli.run_options import RunOptions
from kobjctl.model.secrets import hidden
from kobjctl.model.values import Json

if TYPE_CHECKING:
    from kobjctl.engine.engine import Engine
    from kobjctl.http.connect import Connection
    from kobjctl.model.run import Limits, RunConditions
    from kobjctl.records.interruption import Interruption
    from kobjctl.store.org import Org
    from kobjctl.store.store import Store


class Session:
    """The org and the streams of one command. `database` and `json` are its options, `running`
    those of commands that run workflows; `completes` tells that a shell only asks for names.
    """

    def __init__(self) -> None:
        self.database: str | None = None
        self.json = False
        self.completes = False
        self.running = RunOptions()
        self._orgs: list[Org] = []
        self._connection: Connection | None = None
        self._copies = ExitStack()

    @cached_property
    def org(self) -> "Org":
        """The org as it is. Where there is none, an empty one in memory stands in for it, in
        which nothing has a name yet: a command that finds nothing leaves no file behind.
        """
        return self._go_on(self.waiting_org)

    @property
    def present_org(self) -> "Org | None":
        """The org, if there is one already."""
        from kobjctl.app.org.database import find_database

        return self.org if find_database(self.database).exists() else None

    @cached_property
    def engine(self) -> "Engine":
        """What carries out runs of the org, under the conditions that were asked for."""
        return self._engine(self._under_conditions(self.org), self.running.limits)

    @cached_property
    def waiting_org(self) -> "Org":
        """The org as it is: runs that a killed process left still wait for their conditions."""
        from kobjctl.app.org.database import names_database

        return self._existing(named=names_database(self.database))

    @cached_property
    def copy_engine(self) -> "Engine":
        """What carries out runs of a copy of the org as it is, of which nothing is kept."""
        from kobjctl.app.org.copies import copied

        twin = self._copies.enter_context(copied(self.waiting_org))
        return self._engine(self._under_conditions(twin), self.running.limits)

    def _under_conditions(self, org: "Org", *, makes: bool = False) -> "Org":
        """Return the org with the time and the ids that were asked for."""
        asked = self.running
        if not asked.now and asked.seed is None:
            return org
        from kobjctl.app.org.conditions import under_conditions

        return under_conditions(org, asked.now, asked.seed, makes=makes)

    @cached_property
    def new_org(self) -> "Org":
        """The org for a command that defines something: made if it is not there."""
        from kobjctl.app.org.database import find_database
        from kobjctl.app.org.opening import open_new_org

        if self.present_org:
            return self._under_conditions(self.present_org, makes=True)
        path = find_database(self.database)
        opened = open_new_org(path, self.running.now)
        self.say(f"made a new database: {path}")
        return self._under_conditions(self._go_on(self._keep(opened)), makes=True)

    @cached_property
    def tried_org(self) -> "Org":
        """The org for a command that makes something and may be refused: where there is none, an
        empty one in memory, to try it in.
        """
        return self.new_org if self.present_org else self._go_on(self._existing(named=False))

    @cached_property
    def named_org(self) -> "Org | None":
        """The org that --db or KOBJCTL_DB names, for a command that does without as well. It
        only looks: runs that a killed process left are not finished.
        """
        from kobjctl.app.org.database import names_database

        return self._existing(named=True) if names_database(self.database) else None

    def _existing(self, *, named: bool) -> "Org":
        """Open the org that is there, else an empty one in memory, unless it is `named`."""
        from kobjctl.app.org.database import find_database
        from kobjctl.app.org.opening import open_existing_org

        return self._keep(open_existing_org(find_database(self.database), named=named))

    def _keep(self, org: "Org") -> "Org":
        """Close an org at the end; say what there is to say of it."""
        self._orgs.append(org)
        if org.store.notice and not self.completes:
            self.say(org.store.notice)
        return org

    def _go_on(self, org: "Org") -> "Org":
        """Return an open org, with the runs finished that a killed process left in it."""
        self._hide(org.store)
        if self.completes or not org.store.runs.any_unfinished():
            return org
        from kobjctl.app.runs.recover import recover_if_possible
        from kobjctl.cli.views.recovery import recovery_lines

        for line in recovery_lines(recover_if_possible(self._engine(org), self._conditions)):
            self.say(line)
        if self.is_interrupted:
            raise KeyboardInterrupt
        return org

    def _hide(self, store: "Store") -> None:
        """Let nothing that is said from now on show a secret of the org."""
        from kobjctl.expressions.secrets import secrets_of
        from kobjctl.model.secrets import hiding

        secrets = secrets_of(store)
        if secrets:
            self._copies.enter_context(hiding(secrets))

    @cached_property
    def interruption(self) -> "Interruption":
        """The wish to stop that Ctrl-C tells of."""
        from kobjctl.records.interruption import Interruption

        return Interruption()

    def _engine(self, org: "Org", limits: "Limits | None" = None) -> "Engine":
        """Return what carries out runs of an org; they reach what was asked for, else nothing."""
        from kobjctl.engine.engine import Engine
        from kobjctl.model.run import LIMITS

        engine = Engine(org, self.interruption, {}, limits=limits or LIMITS)
        conditions = self._conditions._replace(now=org.conditions.now)
        if self.completes or not (conditions.hosts or conditions.stubs or self.running.record):
            return engine
        engine = engine._replace(org=org._replace(conditions=conditions))
        connection = self._connection or self._connect(org.store)
        return engine._replace(http=connection.http, stub=connection.stub)

    def _connect(self, store: "Store") -> "Connection":
        """Read what was asked for of hosts and stubs; say what is to be said of their files."""
        from kobjctl.cli.views.problem import problem_lines
        from kobjctl.http.connect import WebSettings, connect

        asked = self.running
        web = WebSettings(self._conditions.hosts, asked.stubs, asked.record, asked.force)
        self._connection = connect(store, web)
        for line in problem_lines(self._connection.warnings):
            self.say(line)
        return self._connection

    @property
    def _conditions(self) -> "RunConditions":
        """Return what was asked for of hosts and stubs, as it is kept with runs."""
        from kobjctl.model.run import RunConditions, environment_hosts

        stubs = tuple(map(os.path.abspath, self.running.stubs))
        return RunConditions("", stubs, (*self.running.allow_host, *environment_hosts()))

    @property
    def is_interrupted(self) -> bool:
        """Return whether somebody asked to stop while runs were carried out."""
        return self.interruption.asked

    def tell_of_interruption(self) -> None:
        """Say which runs were broken off, and how many are left for the next kobjctl."""
        if not self._orgs:  # Nothing has run, and modules may be half loaded.
            return
        from kobjctl.app.runs.recover import left_open
        from kobjctl.cli.views.recovery import interruption_lines

        for line in interruption_lines(self.interruption.broken, sum(map(left_open, self._orgs))):
            self.say(line)

    def close(self) -> None:
        """Close the org, so that its one file has all of it."""
        recorder = self._connection and self._connection.recorder
        if recorder and not recorder.count:
            self.say(f'nothing was recorded in "{self.running.record}": no request went to a host')
        self._copies.close()
        while self._orgs:
            self._orgs.pop().store.close()

    @property
    def is_terminal(self) -> bool:
        """Return whether people, and not a program, read the answer."""
        return sys.stdout.isatty()

    def show(self, value: Json, blocks: Iterable[Block]) -> None:
        """Print the answer, without secrets: `value` as JSON when that was asked for, else the
        blocks.
        """
        if self.json:
            self.print_json(hidden().mask(value) if hidden().known else value)
        else:
            self.print(blocks)

    def show_line(self, value: Json, block: Block) -> None:
        """Print one answer of an endless row at once: JSON on a line of its own, or a block."""
        if self.json:
            from kobjctl.cli.output.escape import dump_json

            sys.stdout.write(dump_json(hidden().mask(value), indent=None) + "\n")
        else:
            self.print([block])
        sys.stdout.flush()

    def print_json(self, value: Json) -> None:
        """Print one JSON document on stdout."""
        from kobjctl.cli.output.escape import dump_json

        sys.stdout.write(dump_json(value) + "\n")

    def print(self, blocks: Iterable[Block], stream: TextIO | None = None) -> None:
        """Print blocks on stdout (or another stream), in colour on a terminal."""
        out = stream or sys.stdout
        if out.isatty():
            from kobjctl.cli.output.render import console_of, render

            render(blocks, console_of(out))
            return
        from kobjctl.cli.output.plain import render as render_plain

        render_plain(blocks, out.write)

    def say(self, line: str | Block) -> None:
        """Say a line on stderr: talk that is not the answer."""
        self.print([Line(line) if isinstance(line, str) else line], sys.stderr)


def session_of(ctx: typer.Context) -> Session:
    """Return the session of a command's context."""
    session = ctx.find_object(Session)
    if session is None:
        session = ctx.find_root().obj = Session()
    return session


def error_lines(message: str, hint: str) -> list[Block]:
    """Return the lines that tell of a failure: the fact, and what to do."""
    from kobjctl.cli.output.blocks import bad, dim, text

    lines: list[Block] = [Line(text(bad("error:"), message, gap=" "))]
    if hint:
        lines.append(Line(text(dim("hint:"), hint, gap=" ")))
    return lines
