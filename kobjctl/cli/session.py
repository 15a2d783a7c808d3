"""One command's surroundings: the org it works on, and where its words go.

What was asked for goes to stdout, all talk to stderr. With `--json`, stdout gets one JSON
document and nothing else.
"""

import os
import shlex
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

import typer

from kobjctl.cli.output.blocks import Block, Line
from kobjctl.model.secrets import hidden
from kobjctl.model.values import Json

if TYPE_CHECKING:
    from kobjctl.engine.outcome import Limits
    from kobjctl.http.connect import WebSettings
    from kobjctl.records.context import World

# The environment's word on the web; what it means is read in `kobjctl.http.hosts`.
HOSTS_VARIABLE = "KOBJCTL_ALLOW_HOSTS"


class RunOptions:
    """What was asked for of runs: the time they see, the seed of ids and chance, limits, and what
    they may reach on the web.
    """

    def __init__(self) -> None:
        self.now = ""
        self.seed: int | None = None
        self.time_limit = 300
        self.step_limit = 1000
        self.chain_limit = 50
        self.allow_host: tuple[str, ...] = ()
        self.stubs: tuple[str, ...] = ()
        self.record = ""
        self.force = False

    @property
    def limits(self) -> "Limits":
        """Return the limits as the engine knows them."""
        from kobjctl.engine.outcome import Limits

        return Limits(self.step_limit, self.time_limit, self.chain_limit)


class Session:
    """The org and the streams of one command. `database` and `json` are its options, `running`
    those of commands that run workflows; `completes` tells that a shell only asks for names.
    """

    def __init__(self) -> None:
        self.database: str | None = None
        self.json = False
        self.completes = False
        self.running = RunOptions()
        self._worlds: list[World] = []
        self._copies = ExitStack()

    @cached_property
    def org(self) -> "World":
        """The org as it is. Where there is none, an empty one in memory stands in for it, in
        which nothing has a name yet: a command that finds nothing leaves no file behind.
        """
        return self.go_on(self.waiting_org)

    @property
    def present_org(self) -> "World | None":
        """The org, if there is one already."""
        from kobjctl.app.org.database import find_database

        return self.org if find_database(self.database).exists() else None

    @cached_property
    def running_org(self) -> "World":
        """The org for a command that runs workflows, under the conditions that were asked for."""
        return self._under_conditions(self.org)

    @cached_property
    def waiting_org(self) -> "World":
        """The org as it is, for a command that only knows from what it has under which conditions
        its runs go on: `go_on` finishes those that a killed process left.
        """
        from kobjctl.app.org.database import find_database, names_database
        from kobjctl.app.org.world import open_existing_world

        path, named = find_database(self.database), names_database(self.database)
        self._worlds.append(open_existing_world(path, named=named))
        self._say_notice(self._worlds[-1])
        return self._worlds[-1]

    @cached_property
    def running_copy(self) -> "World":
        """A copy of the org as it is, for a command that runs workflows and keeps nothing."""
        from kobjctl.app.org.copies import copied

        twin = self._copies.enter_context(copied(self.waiting_org))
        self._connect(twin)
        return self._under_conditions(twin)

    def _under_conditions(self, world: "World", *, makes: bool = False) -> "World":
        """Return the org the time and the ids that were asked for."""
        asked = self.running
        if asked.seed is None and not asked.now:
            return world
        from kobjctl.app.org.world import freeze_time, keep_seeded
        from kobjctl.files.times import read_time

        if asked.seed is not None:
            keep_seeded(world, asked.seed, makes=makes)
        if asked.now:
            freeze_time(world, read_time(asked.now, world.now()))
        return world

    @cached_property
    def new_org(self) -> "World":
        """The org for a command that defines something: made if it is not there."""
        from kobjctl.app.org.database import find_database
        from kobjctl.app.org.world import open_world

        if self.present_org:
            return self._under_conditions(self.present_org, makes=True)
        path = find_database(self.database)
        if self.running.now:
            from kobjctl.files.times import read_time
            from kobjctl.model.clock import now

            # What is no time makes no database.
            read_time(self.running.now, now())
        opened = open_world(path)
        self.say(f"made a new database: {path}")
        return self._under_conditions(self._opened(opened), makes=True)

    @cached_property
    def tried_org(self) -> "World":
        """The org for a command that makes something and may be refused: where there is none, an
        empty one in memory, to try it in.
        """
        from kobjctl.app.org.database import find_database
        from kobjctl.app.org.world import open_existing_world

        if self.present_org:
            return self.new_org
        return self._opened(open_existing_world(find_database(self.database), named=False))

    @cached_property
    def named_org(self) -> "World | None":
        """The org that --db or KOBJCTL_DB names, for a command that does without as well. It
        only looks: runs that a killed process left are not finished.
        """
        from kobjctl.app.org.database import find_database, names_database

        if not names_database(self.database):
            return None
        from kobjctl.app.org.world import open_existing_world

        path = find_database(self.database)
        self._worlds.append(open_existing_world(path, named=True))
        self._say_notice(self._worlds[-1])
        return self._worlds[-1]

    def _opened(self, world: "World") -> "World":
        """Keep an open org, and finish the runs that a killed process left in it."""
        self._worlds.append(world)
        self._say_notice(world)
        return self.go_on(world)

    def go_on(self, world: "World") -> "World":
        """Return an open org the web, and finish the runs that a killed process left in it."""
        self._connect(world)
        self._hide(world)
        if self.completes or not world.store.runs.any_open():
            return world
        import sqlite3

        from kobjctl.app.runs.recover import recover

        try:
            resumed = recover(world, sends=self._is_connected)
        except sqlite3.Error as error:
            # A look at an org must work though nothing can be written there.
            from kobjctl.store.failure import explain

            self.say(f"left unfinished runs: {explain(error, world.store.path).message}")
            return world
        if resumed.finished:
            noun = "run" if resumed.finished == 1 else "runs"
            self.say(f"finished {resumed.finished} {noun} that an earlier kobjctl left unfinished")
        if resumed.left:
            noun = "run that sends requests waits" if resumed.left == 1 else "runs wait"
            hint = f"{HOSTS_VARIABLE}=api.example.com kobjctl logs"
            self.say(f"note: {resumed.left} unfinished {noun} for hosts to be allowed: {hint}")
        if world.interrupted:
            raise KeyboardInterrupt
        return world

    def _say_notice(self, world: "World") -> None:
        if world.store.notice and not self.completes:
            self.say(world.store.notice)

    def _hide(self, world: "World") -> None:
        """Let nothing that is said from now on show a secret of the org."""
        from kobjctl.expressions.secrets import secrets_of
        from kobjctl.model.secrets import hiding

        secrets = secrets_of(world.store)
        if secrets:
            self._copies.enter_context(hiding(secrets))

    def _connect(self, world: "World") -> None:
        """Give the org the web that was asked for: of itself, it refuses every host."""
        if self.completes or not self._is_connected:
            return
        from kobjctl.cli.views.problem import problem_lines
        from kobjctl.http.connect import connect

        for line in problem_lines(connect(world, self._web_settings)):
            self.say(line)

    @property
    def _web_settings(self) -> "WebSettings":
        """Return what was asked for of hosts and stubs."""
        from kobjctl.http.connect import WebSettings

        asked = self.running
        return WebSettings(asked.allow_host, asked.stubs, asked.record, asked.force)

    @property
    def _is_connected(self) -> bool:
        """Return whether anything was said of hosts and stubs."""
        asked = self.running
        named = asked.allow_host or asked.stubs or asked.record
        return bool(named or os.environ.get(HOSTS_VARIABLE))

    @property
    def is_interrupted(self) -> bool:
        """Return whether somebody asked to stop while runs were carried out."""
        return any(world.interrupted for world in self._worlds)

    def tell_of_interruption(self) -> None:
        """Say which runs were broken off, and how many are left for the next kobjctl."""
        for world in self._worlds:
            for broken in world.interruption.broken:
                self.say(
                    f"run {broken.run} was interrupted in a step that may have been done; rerun it"
                    f" from there: kobjctl logs rerun {broken.run} --from-step"
                    f" {shlex.quote(broken.step_id)}"
                )
            left = [run for run in world.store.runs.all_open() if run.owner == world.owner]
            if left:
                is_left = "run is" if len(left) == 1 else "runs are"
                self.say(f"{len(left):,} {is_left} left open; the next kobjctl goes on there")

    def close(self) -> None:
        """Close the org, so that its one file has all of it."""
        self._copies.close()
        while self._worlds:
            self._worlds.pop().store.close()

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
            from kobjctl.cli.output.render import render_on_terminal

            render_on_terminal(blocks, out)
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
