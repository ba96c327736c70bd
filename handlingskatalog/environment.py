"""What the settings read from the environment; every fault is loud and says what to do."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable; ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without empty parts."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(*, debug: bool) -> str:
    """SECRET_KEY, which only development may leave out."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    if debug:
        return "django-insecure-only-for-development-on-this-machine"
    raise ImproperlyConfigured(
        "SECRET_KEY is required where DEBUG is off: set it to a long random text."
    )


SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    # IMMEDIATE takes the write lock at BEGIN: a transaction never fails half-way with "locked".
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    },
}


def database(default_file: str) -> dict[str, Any]:
    """Django's setting for DATABASE_URL: ``postgres://…``, ``sqlite:///file`` or, unset, a file.

    ImproperlyConfigured says what is wrong with it, and never shows a password.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {**SQLITE, "NAME": default_file}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write postgres://USER:PASSWORD@HOST:PORT/NAME."
        ) from None  # the cause may quote the password
    if parts.scheme == "sqlite":
        # As elsewhere: three slashes for a relative path, four for an absolute one.
        return {**SQLITE, "NAME": unquote(parts.path[1:]) or default_file}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}: use postgres:// or sqlite:///."
        )
    if not (name := unquote(parts.path.lstrip("/"))):
        raise ImproperlyConfigured("DATABASE_URL names no database: end it with /NAME.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(port or ""),
        "OPTIONS": {**query, "pool": {"min_size": 1, "max_size": 8}},
    }
