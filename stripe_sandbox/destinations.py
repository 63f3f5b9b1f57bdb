"""The destinations that the command line or a test names: one address for snapshot events, one for thin ones."""

from __future__ import annotations

from stripe_sandbox import clock
from stripe_sandbox.api.events import forget, make_destination, make_endpoint
from stripe_sandbox.store import Store
from stripe_sandbox.world import World


def set_destinations(store: Store, url: str | None, thin_url: str | None, secret: str) -> None:
    """Events go to these addresses and to no other; what waits for the same address still goes there."""
    with store.transaction():
        world = World(store, clock.now(store))
        wanted = {(connect, url) for connect in (False, True) if url}
        for place in world.all("webhook_endpoint"):
            mark = (store.setting(f"connect:{place['id']}"), place["url"])
            if mark in wanted and store.setting(f"secret:{place['id']}") == secret:
                wanted.discard(mark)
            else:
                forget(world, place["id"])
        for connect, address in sorted(wanted, key=str):
            make_endpoint(world, address, secret, connect=connect, events=["*"], params={})
        _set_thin(world, thin_url, secret)


def _set_thin(world: World, url: str | None, secret: str) -> None:
    for place in world.all("v2.core.event_destination"):
        same = (
            place["webhook_endpoint"]["url"] == url and world.store.setting(f"secret:{place['id']}") == secret
        )
        if same:
            url = None
        else:
            forget(world, place["id"])
    if url:
        make_destination(world, url, secret, name="Backline", events=["*"])
