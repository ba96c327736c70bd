"""The statement that webtilgængelighedsloven asks for."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from handlingskatalog import environment
from tests.support.cast import Cast

OFFICIAL = "https://was.example.org/kommune"


def test_the_statement_says_who_is_to_be_told(
    cast: Cast, client: Client, settings: LazySettings
) -> None:
    address = reverse("accessibility")
    bare = client.get(address).text
    assert cast.catalogue.municipality in bare
    assert "Skriv eller ring til kommunen" in bare
    settings.ACCESSIBILITY = {
        "email": "hjem@example.org",
        "phone": "99 99 99 99",
        "statement_url": OFFICIAL,
    }
    told = client.get(address).text
    assert all(words in told for words in ("mailto:hjem@example.org", "99 99 99 99", OFFICIAL))
    assert client.get(reverse("was")).headers["Location"] == OFFICIAL


def test_every_page_links_to_it_logged_in_or_not(cast: Cast, client: Client) -> None:
    link = f'href="{reverse("accessibility")}"'
    assert link in client.get(reverse("account_login")).text
    assert link in client.get(reverse("public_reports")).text
    assert link in client.get("/findes/ikke/").text
    client.force_login(cast.head)
    assert link in client.get(reverse("own_goals")).text


@pytest.mark.parametrize(
    ("name", "text"),
    [("ACCESSIBILITY_EMAIL", "kommunen"), ("ACCESSIBILITY_STATEMENT_URL", "javascript:x()")],
)
def test_a_contact_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.accessibility_contact()
