"""S2 and S3: what a page costs compared with an empty view behind the same middleware.

python -m benchmarks.pages [ROUNDS]
"""

import sys
import time
from collections.abc import Callable
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

from benchmarks.measure import Row, demo, print_table, side_by_side

SLUG: Final = "handlingskatalog-24"
DRAFT: Final = f"/{SLUG}/rapporter/2026/statusredegoerelse/"
#: The user and the address of each page; "" is that of a form.
PAGES: Final = {
    "overview": ("vuf", f"/{SLUG}/status/2026/"),
    "form": ("erhvervs-og-turistchefen", ""),
    "report preview": ("vuf", DRAFT),
}
EDITION: Final = f"/{SLUG}/rapporter/2025/statusredegoerelse/udgave/1.pdf"
EMPTY: Final = "/tom/"


def main(rounds: int) -> None:
    with demo():
        things = {name: _request(who, url or _form()) for name, (who, url) in PAGES.items()}
        things["edition"] = _request("oekonomiudvalget", EDITION)
        things["empty"] = _request("vuf", EMPTY)
        cost = side_by_side(
            things,
            time.process_time,
            repeats=rounds,
            times=lambda name: 60 if name in {"empty", "edition"} else 5,
        )
    empty = cost["empty"]
    rows = [
        Row("S2", f"{name}: CPU beside the empty view", 25, cost[name] / empty, _ms(cost[name]))
        for name in PAGES
    ]
    served = empty / cost["edition"]
    rows.append(Row("S3", "edition's PDF: rate beside the empty view", 0.5, served, at_most=False))
    print_table(rows)
    sys.stdout.write(f"The empty view: {_ms(empty)}. Medians of {rounds} rounds.\n")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _form() -> str:
    from actions.models import GoalStatus

    rows = GoalStatus.objects.filter(round__year=2026, goal__action__number=3)
    return rows.order_by("goal__number")[0].get_absolute_url()


def _request(who: str, url: str) -> Callable[[], None]:
    """Calls the WSGI application as its server does, with a logged-in user's session."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

    from actions.models import User

    settings.ROOT_URLCONF = "benchmarks.urls"
    client = Client()
    client.force_login(User.objects.get(username=who))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    application = WSGIHandler()
    environ: dict[str, Any] = {"PATH_INFO": url, "HTTP_COOKIE": cookie, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)

    def ask() -> None:
        answers: list[str] = []
        body = application(dict(environ), lambda status, headers, *more: answers.append(status))
        for _part in body:
            pass
        body.close()
        assert answers == ["200 OK"], f"{url}: {answers}"

    return ask


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
