"""What every test may ask for."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from tests.cast import Cast, assemble_cast


@pytest.fixture(autouse=True)
def _quick_passwords(settings: LazySettings) -> None:
    """The real hasher takes a good part of a second for every user of a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    """allauth counts tries to log in across tests."""
    cache.clear()
