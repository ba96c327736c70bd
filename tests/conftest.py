"""What every test may ask for."""

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.support.cast import Cast, assemble_cast
from tests.support.tampering import let_tests_flush

#: No test measures seconds: on a busy machine an example or its making may take any time.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database need not be shown on each."""
    for item in items:
        asks = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
        if not asks and item.get_closest_marker("django_db") is None:
            item.add_marker("once")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in use: threads have connections of their own, and locks are real."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _flush() -> None:
    let_tests_flush()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: LazySettings) -> None:
    """The real hasher takes a good part of a second for every user of a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()


@pytest.fixture
def vuf(cast: Cast) -> Client:
    """The coordinator's browser, beside whichever `client` a test logs in."""
    client = Client()
    client.force_login(cast.coordinator)
    return client


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    """allauth counts tries to log in across tests."""
    cache.clear()
