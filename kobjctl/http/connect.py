"""Let runs reach the hosts and stubs that the user asked for."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.expressions.secrets import secret_texts
from kobjctl.http.client import WEB_LIMITS, Client, WebLimits
from kobjctl.http.exchange import Exchange
from kobjctl.http.hosts import read_hosts
from kobjctl.http.stubs import Stubs, read_stubs
from kobjctl.model.problem import Problem
from kobjctl.records.context import Http, Stub
from kobjctl.store.store import Store

if TYPE_CHECKING:
    from kobjctl.http.recording import Recorder


class WebSettings(NamedTuple):
    """What the user said of the web: hosts to allow, stub files, and a file to record in. With
    `force`, it is recorded over any file.
    """

    allow_hosts: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    record: str = ""
    force: bool = False


class Connection(NamedTuple):
    """What runs may reach, with the warnings of the stub files, and what records requests."""

    http: Http
    stub: Stub
    warnings: list[Problem]
    recorder: "Recorder | None" = None


def connect(store: Store, settings: WebSettings, limits: WebLimits = WEB_LIMITS) -> Connection:
    """Return what sends requests, and what answers from stubs.

    What is recorded shows no value of a variable. Raises UsageError for a host that is none or a
    file that can't be used, FileProblemsError for a broken stub file.
    """
    hosts = read_hosts(settings.allow_hosts)
    stubs, warnings = read_stubs(settings.stubs) if settings.stubs else (Stubs(), [])
    recorder = _recorder(settings, store) if settings.record else None
    http = Exchange(
        Client(limits),
        hosts=hosts,
        stubs=stubs,
        record=recorder,
        limits=limits,
        sleep=time.sleep,
    )
    return Connection(http, stubs.answer, warnings, recorder)


def _recorder(settings: WebSettings, store: Store) -> "Recorder":
    from kobjctl.http.recording import Recorder  # noqa: PLC0415 - few record

    path = Path(settings.record)
    return Recorder(path, lambda: secret_texts(store), force=settings.force)
