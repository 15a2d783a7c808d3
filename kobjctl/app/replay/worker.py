"""One of several processes that replay: it works on its share, on a copy of the org.

    python -m kobjctl.app.replay.worker

Its job is a line of JSON on standard input, and it stops when that ends. It tells of each commit
with a line of JSON on standard output.
"""

import json
import os
import signal
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any, Final

from kobjctl.actions.base import World
from kobjctl.app import runs
from kobjctl.app.replay.chances import Chances, Origin
from kobjctl.app.replay.keys import Keys
from kobjctl.app.replay.progress import Progress
from kobjctl.app.replay.rejects import Rejects
from kobjctl.app.replay.replayer import Replayer, Share, Work
from kobjctl.app.replay.sending import Sending
from kobjctl.app.replay.stopping import Stop
from kobjctl.app.replay.watch import Watch
from kobjctl.app.web.connect import WebSettings, connect
from kobjctl.app.world import open_world, stop_clock
from kobjctl.engine.outcome import Limits
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject
from kobjctl.store.failure import explain
from kobjctl.store.replays import Replay

# Kilobytes: the ends of all tables and indexes, which each payload appends to.
_CACHE: Final = 8_000


def main() -> None:
    """Do the job."""
    # Whoever started this process takes the signals, and tells it to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    job = json.loads(sys.stdin.readline())
    stop = Stop()
    threading.Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
    try:
        _tell({"end": _work(job, stop)})
    except BrokenPipeError:
        # Whoever started this process was killed; the last commit is kept, nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except sqlite3.Error as error:
        _tell_error(explain(error, job["database"]))
    except KobjctlError as error:
        _tell_error(error)


def _tell_error(error: KobjctlError) -> None:
    _tell({"error": error.message, "hint": error.hint})


def _stop_at_end_of_input(stop: Stop) -> None:
    sys.stdin.read()
    stop.ask()


def _tell(fact: JsonObject) -> None:
    sys.stdout.write(f"{json.dumps(fact)}\n")
    sys.stdout.flush()


def _work(job: Any, stop: Stop) -> str:
    world = open_world(job["database"])
    world.store.connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    # One whose starter was killed may still be at its last commit.
    world.store.keep_to_oneself()
    replay = world.store.replays.get(job["key"])
    if replay is None:
        raise KobjctlError(f'"{job["database"]}" is no copy for this replay')
    _prepare(world, job, replay)
    work, watch = _share_of_work(world, job, replay)
    world.store.before_commit = watch.write
    runs.resume(world)
    rejects = Rejects(Path(job["rejects"]), replay.state.get("rejects", 0))
    progress = Progress(world, replay, rejects)

    def tell() -> None:
        done = progress.tally.accepted + progress.tally.rejected
        _tell({"done": done, "read": work.source.bytes_read})

    replayer = Replayer(world, work, progress, stop, tell)
    end = replayer.run()
    rejects.close()
    if replayer.refused:
        _tell({"refused": replayer.refusal, "position": replayer.refused.position})
    world.store.close()
    return end


def _prepare(world: World, job: Any, replay: Replay) -> None:
    """Put the world under the conditions that the replay began with."""
    hosts, stubs, record = job["web"]
    connect(world, WebSettings(tuple(hosts), tuple(stubs), record))
    if at := replay.begun["at"]:
        stop_clock(world, at)


def _share_of_work(world: World, job: Any, replay: Replay) -> tuple[Work, Watch]:
    source, target = Sending.from_json(job["sending"]).ends(world)
    if not source.go_on(replay.begun["facts"]):
        raise KobjctlError("what is replayed changed while it was read", hint="begin anew")
    chances = Chances(Origin(**replay.begun["origin"]))
    keys = Keys(job["paths"], job["shares"])
    watch = Watch(world.store, chances.may_have_made)
    share = Share(job["number"], job["shares"], keys, watch.write)
    limits = Limits(*job["limits"])
    work = Work(source, target, chances, limits, job["strict"], durable=False, share=share)
    return work, watch


if __name__ == "__main__":
    main()
