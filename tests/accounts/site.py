"""The front door: the home page, the session, the accounts, and what the law asks of a site."""

from tests.accounts.access import RULES
from tests.accounts.situations import SITUATIONS
from tests.support.addresses import none
from tests.support.rows import (
    ANONYMOUS,
    NO_ITEM,
    Kwargs,
    Picture,
    Place,
    Route,
    Site,
    counted,
    part,
)


def wrong_key(place: Place) -> Kwargs:
    return {"uidb36": "0", "key": "forkert"}


STRANGER = counted(ANONYMOUS, at=none)
HEAD = counted("head", at=none)

SITE = Site(
    [
        Route(
            "home",
            NO_ITEM,
            counted(
                "head", "coordinator", "strategic_forum", "committee", "administrator", at=none
            ),
            code=302,
        ),
        part("in_current_catalogue", "leads on to the address with the catalogue in it"),
        part("prolong_session", "a button in the dialog of every page"),
        Route("accessibility", NO_ITEM, STRANGER),
        part("was", "leads to the accessibility statement"),
        Route("account_login", NO_ITEM, STRANGER, (Picture("log-ind", "", {}),)),
        Route("account_logout", NO_ITEM, HEAD),
        Route("account_change_password", NO_ITEM, HEAD),
        part("account_set_password", "leads to the forgotten password"),
        Route("account_inactive", NO_ITEM, STRANGER),
        Route("account_reset_password", NO_ITEM, STRANGER),
        Route("account_reset_password_done", NO_ITEM, STRANGER),
        Route("account_reset_password_from_key", NO_ITEM, counted(ANONYMOUS, at=wrong_key)),
        Route("account_reset_password_from_key_done", NO_ITEM, STRANGER),
    ],
    RULES,
    SITUATIONS,
    keeps_on_get={"account_login": "nothing but allauth's clean-up of the session"},
)
