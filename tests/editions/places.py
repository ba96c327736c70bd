"""Where the editions of a world that grows are found."""

from tests.support.addresses import round_
from tests.support.rows import Kwargs
from tests.support.world import World


def newest(world: World) -> Kwargs:
    return round_(world) | {"number": world.size}


def publication(world: World) -> Kwargs:
    return round_(world) | {"pk": world.wish.pk}
