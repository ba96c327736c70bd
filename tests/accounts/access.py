"""Who gets what at the front door: the home page, the session, and the accounts."""

from tests.support.addresses import none
from tests.support.rows import ADMINISTRATOR, EDITION_READERS, EVERYBODY, Rule, all_of

#: Heads and VUF land on their pages, the rest of the readers on the round, and so on: all leave.
LANDS_ELSEWHERE = EDITION_READERS | ADMINISTRATOR

RULES = [
    Rule(
        "home",
        none,
        get=all_of(LANDS_ELSEWHERE, 302) | all_of({"former_head", "outsider"}),
    ),
    Rule(
        "in_current_catalogue",
        lambda cast: {"section": "handlinger", "rest": "1/"},
        get=all_of(EDITION_READERS, 302),
    ),
    Rule("prolong_session", none, get=all_of(EVERYBODY, 405), post=all_of(EVERYBODY)),
    Rule("accessibility", none, get=all_of(EVERYBODY), public={"get": 200, "post": 405}),
    Rule("was", none, get=all_of(EVERYBODY, 302), public={"get": 302, "post": 405}),
    Rule(
        "account_login",
        none,
        get=all_of(EVERYBODY, 302),
        post=all_of(EVERYBODY, 302),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_logout",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 302),
        public={"get": 302, "post": 302},
    ),
    Rule("account_change_password", none, get=all_of(EVERYBODY), post=all_of(EVERYBODY)),
    Rule("account_set_password", none, get=all_of(EVERYBODY, 302), post=all_of(EVERYBODY, 302)),
    Rule(
        "account_inactive",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
    Rule(
        "account_reset_password",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_reset_password_done",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
    Rule(
        "account_reset_password_from_key",
        lambda cast: {"uidb36": "0", "key": "forkert"},
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_reset_password_from_key_done",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
]
