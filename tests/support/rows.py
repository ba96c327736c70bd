"""What the registry of pages is made of; the rows are the wings' own, see `tests.site`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from actions.models import Catalogue, Goal, Position, Round
from tests.support.cast import Cast
from tests.support.world import World

type Kwargs = dict[str, Any]
type Typed = Callable[[Cast], dict[str, str]]

ANONYMOUS = "anonymous"
OWN_WRITERS = {"head", "co_head", "writer", "deputy"}
WRITERS = OWN_WRITERS | {"other_head"}
READERS = WRITERS | {"coordinator", "colleague", "group_member", "strategic_forum"}
EDITION_READERS = READERS | {"committee", "council"}
STAFFING = {"coordinator", "administrator"}
EVERYBODY = EDITION_READERS | {"administrator", "former_head", "outsider"}
HEADS = {"head", "co_head", "other_head"}
OWN_SIGNERS = {"head", "co_head", "deputy"}
DRAFT_READERS = OWN_WRITERS | {"coordinator", "colleague"}
COORDINATOR, ADMINISTRATOR = {"coordinator"}, {"administrator"}

#: A page asks at most this often. A refused text is read together with what refused it, and what
#: reads a whole catalogue asks each of its tables once.
MOST, REFUSED, WHOLE_CATALOGUE = 10, 12, 17
#: The section of a page that belongs to no item of the menu.
NO_ITEM = ""


class Place(Protocol):
    """What an address is made of: the cast has it, and so has the world that grows."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def round(self) -> Round: ...
    @property
    def own_goal(self) -> Goal: ...
    @property
    def position(self) -> Position: ...


def nothing(cast: Cast) -> None:
    """The cast as it is."""


def all_of(people: Iterable[str], code: int = 200) -> dict[str, int]:
    return dict.fromkeys(people, code)


@dataclass(frozen=True)
class Rule:
    """Who gets what at one address in one situation.

    `get` and `post` map the people who may to their answer; everybody else gets 404. A method
    that a page does not have is None: those who may use the page get 405, the others 404. Posts
    are empty, so that they change nothing: 422 says that the form was reached, 409 that it
    carried no revision. `public` is what somebody gets who is logged out, by method.
    """

    route: str
    kwargs: Callable[[Cast], Kwargs]
    get: dict[str, int] | None
    post: dict[str, int] | None = None
    given: Callable[[Cast], object] = nothing
    public: dict[str, int] | None = None
    case: str = ""

    @property
    def label(self) -> str:
        return f"{self.route} {self.case}".strip()

    def expected(self, method: str, name: str) -> int:
        allowed, other = (self.get, self.post) if method == "get" else (self.post, self.get)
        if allowed is None:
            return 405 if name in (other or {}) else 404
        return allowed.get(name, 404)


@dataclass(frozen=True)
class Situation:
    """One page as some people see it; with `typed` it is the answer to that post."""

    route: str
    kwargs: Callable[[Cast], Kwargs]
    people: frozenset[str]
    case: str = ""
    given: Callable[[Cast], object] = nothing
    code: int = 200
    typed: Typed | None = None
    query: str = ""

    @property
    def label(self) -> str:
        answer = "" if self.typed is None else "outdated" if self.code == 409 else "refused"
        return " ".join(filter(None, [self.route, self.case, answer]))


@dataclass(frozen=True)
class Count:
    """Somebody who opens a page while its questions to the database are counted."""

    who: str
    at: Callable[[World], Kwargs]


def counted(*who: str, at: Callable[[World], Kwargs]) -> tuple[Count, ...]:
    return tuple(Count(name, at) for name in who)


@dataclass(frozen=True)
class Picture:
    """A picture of the demo in docs/screenshots: its name, who sees it, and where.

    The address is the route's with `at`, and `query` after it; without `at` it is that of the
    first goal among one's own. A page may have one of a phone too.
    """

    name: str
    user: str
    at: Kwargs | None
    query: str = ""
    on_phone: bool = False


@dataclass(frozen=True)
class Route:
    """A page: the menu's item that is current on it, and who opens it while we count.

    `code` is what the counted request answers, and `posts` says that it is an empty post, of a
    page that only a post leads to. `no_page` is why the address never answers with a page of its
    own: it has no section then, and is counted only where that is worth it.
    """

    name: str
    section: str
    counts: tuple[Count, ...] = ()
    pictures: tuple[Picture, ...] = ()
    most: int = MOST
    code: int = 200
    posts: bool = False
    no_page: str = ""


def part(name: str, why: str, counts: tuple[Count, ...] = (), most: int = MOST) -> Route:
    """An address that never answers with a page of its own, and why."""
    return Route(name, NO_ITEM, counts, most=most, no_page=why)


@dataclass(frozen=True)
class Site:
    """A wing's part of the registry; `keeps_on_get` says where a GET writes, and why."""

    routes: list[Route]
    rules: list[Rule]
    situations: list[Situation] = field(default_factory=list)
    keeps_on_get: dict[str, str] = field(default_factory=dict)
