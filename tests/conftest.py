"""What every test may ask for."""

import pytest
from django.conf import LazySettings

from tests.cast import Cast, assemble_cast


@pytest.fixture(autouse=True)
def _quick_passwords(settings: LazySettings) -> None:
    """The real hasher takes a good part of a second for every user of a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble_cast()
