"""What differs in the records that two versions wrote, and in the requests that they sent."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from kobjctl.compare.names import RecordPairs, VersionNames
from kobjctl.compare.trials import VersionResult, VersionRunner
from kobjctl.compare.version_difference import VersionDifference, in_pair
from kobjctl.model.values import JsonObject
from kobjctl.replay.messages import without_values
from kobjctl.store.written import ChangeKind, RecordChange


class VersionRunners(NamedTuple):
    """The copies of the org in which both versions ran, and the records that are one."""

    old: VersionRunner
    new: VersionRunner
    partners: RecordPairs


def in_requests(
    old: VersionResult, new: VersionResult, names: VersionNames
) -> Iterator[VersionDifference]:
    """Yield what differs in the requests, those to one address in the order they were sent."""
    sent: dict[str, tuple[list[JsonObject], list[JsonObject]]] = {}
    for place, result in enumerate((old, new)):
        for request in result.requests:
            sent.setdefault(_about(request), ([], []))[place].append(request)
    for about, requests in sent.items():
        for before, after in zip_longest(*requests):
            yield from in_pair("request", about, before, after, names.same)


def _about(request: JsonObject) -> str:
    """Return what requests are paired and counted by."""
    address = str(request["url"]).partition("?")[0]
    return f"{request['method']} {without_values(address)}"


def in_records(
    runners: VersionRunners, old: VersionResult, new: VersionResult, names: VersionNames
) -> Iterator[VersionDifference]:
    """Yield the records that only one version created or deleted, and what differs in the others
    that one of them wrote.
    """
    created = list(_paired(_of("created", old), _of("created", new), names))
    for one, other in created:
        if one and other and names.are_one(one.id, other.id):
            runners.partners.add(one.id, other.id)
    for one, other in created:
        if one and other:
            yield from in_pair("record", one.kind, one.fields, other.fields, names.same)
        elif one:
            made = VersionDifference("record", one.kind, details=("created",))
            yield made.only_in("old", one.fields)
        elif other:
            made = VersionDifference("record", other.kind, details=("created",))
            yield made.only_in("new", other.fields)
    yield from _deleted(_of("deleted", old), _of("deleted", new), names)
    yield from _changed(runners, old, new, names)


def _of(change: ChangeKind, result: VersionResult) -> list[RecordChange]:
    return [each for each in result.changes if each.change == change]


def _paired(
    old: Iterable[RecordChange], new: Iterable[RecordChange], names: VersionNames
) -> Iterator[tuple[RecordChange | None, RecordChange | None]]:
    """Pair the records whose ids are known to stand for each other, then those of each kind in
    the order in which they were created.
    """
    coming = {each.id: each for each in new}
    left: dict[str, list[RecordChange]] = {}
    for each in old:
        other = coming.get(names.partner(each.id) or "")
        if other and other.kind == each.kind:
            yield each, coming.pop(other.id)
        else:
            left.setdefault(each.kind, []).append(each)
    kinds: dict[str, list[RecordChange]] = {kind: [] for kind in left}
    for each in coming.values():
        kinds.setdefault(each.kind, []).append(each)
    for kind, others in kinds.items():
        yield from zip_longest(left.get(kind, ()), others)


def _deleted(
    old: Sequence[RecordChange], new: Sequence[RecordChange], names: VersionNames
) -> Iterator[VersionDifference]:
    in_old = {names.partner(each.id) or each.id for each in old}
    in_new = {each.id for each in new}
    for each in old:
        if (names.partner(each.id) or each.id) not in in_new:
            yield VersionDifference("record", each.kind, side="old", details=("deleted",))
    for each in new:
        if each.id not in in_old:
            yield VersionDifference("record", each.kind, side="new", details=("deleted",))


def _changed(
    runners: VersionRunners, old: VersionResult, new: VersionResult, names: VersionNames
) -> Iterator[VersionDifference]:
    """Yield what differs in the records that were there and one version wrote at least, whether
    the other did so or not.
    """
    done = set()
    for each in _of("changed", old):
        partner = names.partner(each.id)
        fields = partner and runners.new.writes.fields(each.kind, partner)
        if fields:
            done.add(partner)
            yield from in_pair("record", each.kind, each.fields, fields, names.same)
    for each in _of("changed", new):
        partner = names.partner_of_new(each.id)
        fields = partner and runners.old.writes.fields(each.kind, partner)
        if fields and each.id not in done:
            yield from in_pair("record", each.kind, fields, each.fields, names.same)
