"""A copy of the org: what happens there leaves the org as it is."""

from pathlib import Path

import pytest

from kobjctl.app.copies import copied
from kobjctl.app.world import open_world


def test_what_is_written_to_a_copy_is_not_in_the_org(org):
    before = org.read_bytes()
    world = open_world(org)
    with copied(world) as twin, twin.store.transaction():
        file = twin.store.path
        twin.store.hooks.describe(twin.store.hooks.get("orders"), "another", "now")
        changed = twin.store.hooks.get("orders").description
        own = world.store.hooks.get("orders").description
    world.store.close()

    assert ("another", "Orders from the shop") == (changed, own)
    assert before == org.read_bytes()
    assert not (org.parent / file).exists()


def test_a_copy_has_the_same_id_runs_and_time(world):
    with copied(world) as twin:
        assert (world.store.org_id, world.now()) == (twin.store.org_id, twin.now())
        assert twin.plans is not world.plans


def test_a_copy_goes_when_something_is_raised(org):
    world = open_world(org)
    paths = []

    def fail():
        with copied(world, str(org.parent)) as twin:
            paths.append(twin.store.path)
            twin.store.hooks.get(None)

    with pytest.raises(AttributeError):
        fail()
    world.store.close()

    assert paths[0].startswith(str(org.parent))
    assert not Path(paths[0]).exists()
