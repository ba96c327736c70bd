"""Reads the settings from the environment; every error says what to write instead.

No message ever shows a password.
"""

import os
from email.utils import parseaddr
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable.

    Raises ImproperlyConfigured if it is anything but 1/0, true/false, yes/no or on/off.
    """
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def count(name: str, *, default: int) -> int:
    """A whole number from 0 up. Raises ImproperlyConfigured if it is anything else."""
    value = os.environ.get(name, "") or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number, such as 1.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list, empty parts left out."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(*, debug: bool) -> str:
    """SECRET_KEY. Raises ImproperlyConfigured if it is missing outside development."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    if debug:
        return "django-insecure-only-for-development-on-this-machine"
    raise ImproperlyConfigured(
        "SECRET_KEY is required where DEBUG is off: set it to a long random text."
    )


#: How each scheme of EMAIL_URL encrypts its connection, as Django's options.
MAIL_SCHEMES: dict[str, dict[str, bool]] = {
    "smtp": {},
    "smtps": {"use_ssl": True},
    "smtp+starttls": {"use_tls": True},
}
#: Seconds until a mail server that does not answer counts as down.
MAIL_TIMEOUT = 10


def mailer(*, debug: bool) -> dict[str, Any]:
    """Django's mailer for EMAIL_URL. If it is unset, development prints its mails, and an
    installation sends them by the machine's own mail server.

    Raises ImproperlyConfigured if the address cannot be used.
    """
    url = os.environ.get("EMAIL_URL", "")
    if not url and debug:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    example = "write smtp+starttls://USER:PASSWORD@HOST:PORT."
    try:
        parts = urlsplit(url or "smtp://localhost")
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {example}") from None
    if parts.scheme not in MAIL_SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in MAIL_SCHEMES)
        raise ImproperlyConfigured(f"EMAIL_URL begins with {parts.scheme!r}: use {known}.")
    if not parts.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL names no server: {example}")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"EMAIL_URL holds more than a server, or a mark that must be %-encoded: {example}"
        )
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"EMAIL_URL has a user without a password: {example}")
    options: dict[str, Any] = {"host": parts.hostname, "timeout": MAIL_TIMEOUT}
    options |= MAIL_SCHEMES[parts.scheme]
    if port:
        options["port"] = port
    if parts.username and parts.password:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password)}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def site_url(*, debug: bool) -> str:
    """SITE_URL without its last slash; if it is unset, "", in development the local address.

    Raises ImproperlyConfigured if it is more or less than https://HOST.
    """
    url = os.environ.get("SITE_URL", "") or ("http://127.0.0.1:8000" if debug else "")
    fault = ImproperlyConfigured(f"SITE_URL={url!r}: write https://HOST, and nothing after it.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise fault from None
    bare = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")
    if url and (parts.scheme not in {"http", "https"} or url.rstrip("/").lower() != bare):
        raise fault
    return url.rstrip("/")


def sender(site: str) -> str:
    """DEFAULT_FROM_EMAIL; by default an address at the site's own host.

    Raises ImproperlyConfigured if it is no e-mail address.
    """
    text = os.environ.get("DEFAULT_FROM_EMAIL", "")
    if not text:
        return f"Handlingskatalog <handlingskatalog@{urlsplit(site).hostname or 'localhost'}>"
    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        raise ImproperlyConfigured(
            f"DEFAULT_FROM_EMAIL={text!r}: write an address, or NAME <ADDRESS>."
        ) from None
    return text


def accessibility_contact() -> dict[str, str]:
    """The e-mail and phone for questions about accessibility, and the statement's address in
    WAS-Tool; each may be empty.

    Raises ImproperlyConfigured if an address is not valid.
    """
    email = os.environ.get("ACCESSIBILITY_EMAIL", "")
    url = os.environ.get("ACCESSIBILITY_STATEMENT_URL", "")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ImproperlyConfigured(f"ACCESSIBILITY_EMAIL={email!r}: write an address.") from None
    if url and not url.startswith("https://"):
        raise ImproperlyConfigured(f"ACCESSIBILITY_STATEMENT_URL={url!r}: write https://….")
    phone = os.environ.get("ACCESSIBILITY_PHONE", "")
    return {"email": email, "phone": phone, "statement_url": url}


SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    # IMMEDIATE takes the write lock at BEGIN, so no transaction fails half-way with "locked".
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    },
}


def database(default_file: str) -> dict[str, Any]:
    """Django's database for DATABASE_URL: ``postgres://…``, ``sqlite:///file``, or a file if unset.

    Raises ImproperlyConfigured if the address cannot be used.
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
        # As in other tools: three slashes for a relative path, four for an absolute one.
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
