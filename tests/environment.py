"""The environment every test run gets, whatever the caller's shell holds.

A pytest plugin (``-p tests.environment`` in pyproject.toml), because pytest-django reads the
settings before it reads any conftest.py. ``DATABASE_URL`` is left alone: ``./dev test`` clears it
for SQLite, and ``tests.servers.postgres`` sets it.
"""

import os

for name in (
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DEFAULT_FROM_EMAIL",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "SECURE_SSL_REDIRECT",
    "SITE_URL",
):
    os.environ.pop(name, None)

# DEBUG chooses plain static files and no redirect to https; pytest-django then turns
# settings.DEBUG off again, as in production.
os.environ["DEBUG"] = "1"
os.environ["SECRET_KEY"] = "a-key-that-only-tests-use"
# Playwright's loop makes Django think that browser tests touch the database from async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
