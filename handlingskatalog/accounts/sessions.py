"""How long a session lasts: eight hours from the login, longer only if the user asks for it."""

from time import time

from django.conf import settings
from django.http import HttpRequest


def prolong(request: HttpRequest) -> int:
    """Starts the session's time again, and returns how long that is, in seconds.

    Only a login and the user's own click do this: reading a page writes nothing.
    """
    request.session["ends"] = int(time()) + settings.SESSION_COOKIE_AGE
    return settings.SESSION_COOKIE_AGE


def seconds_left(request: HttpRequest) -> int | None:
    """The seconds until the session ends; None if no login started it."""
    ends = request.session.get("ends")
    return None if ends is None else max(0, ends - int(time()))
