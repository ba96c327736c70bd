"""The one registry of pages: each wing says of its addresses who gets what, how often they ask the
database, how they look, and which item of the menu is current on them.

It feeds the table of permissions, the query counts, the crawl in a browser, the pictures in
docs/screenshots and the walls of `test_house`.
"""

from collections.abc import Iterator

from tests.accounts import site as accounts_site
from tests.catalogue import site as catalogue_site
from tests.committee import site as committee_site
from tests.dialogue import site as dialogue_site
from tests.editions import site as editions_site
from tests.figures import site as figures_site
from tests.followup import site as followup_site
from tests.history import site as history_site
from tests.mail import site as mail_site
from tests.meeting import site as meeting_site
from tests.people import site as people_site
from tests.rounds import site as rounds_site
from tests.status import site as status_site
from tests.support.rows import ANONYMOUS, Rule, Site, Situation
from tests.texts import site as texts_site

SITES: list[Site] = [
    wing.SITE
    for wing in (
        accounts_site,
        catalogue_site,
        figures_site,
        rounds_site,
        status_site,
        dialogue_site,
        mail_site,
        people_site,
        history_site,
        texts_site,
        followup_site,
        committee_site,
        meeting_site,
        editions_site,
    )
]
ROUTES = [route for site in SITES for route in site.routes]
RULES = [rule for site in SITES for rule in site.rules]
KEEPS_ON_GET = {name: why for site in SITES for name, why in site.keeps_on_get.items()}
#: Addresses that never answer with a page of their own, and why.
NO_PAGE = {route.name: route.no_page for route in ROUTES if route.no_page}
PAGES = [route for route in ROUTES if not route.no_page]


def _of_rule(rule: Rule) -> Iterator[Situation]:
    """The page of a rule, and what an empty post to it answers, for those who get them."""
    shown = {name for name, code in (rule.get or {}).items() if code == 200}
    shown |= {ANONYMOUS} if (rule.public or {}).get("get") == 200 else set()
    if shown:
        yield Situation(rule.route, rule.kwargs, frozenset(shown), rule.case, rule.given)
    posts = (rule.post or {}) | ({ANONYMOUS: rule.public["post"]} if rule.public else {})
    for code in (200, 409, 422):
        refused = frozenset(name for name, answer in posts.items() if answer == code)
        if refused:
            yield Situation(
                rule.route, rule.kwargs, refused, rule.case, rule.given, code, lambda cast: {}
            )


#: Every page × role × state: the cases of the rules, and those that only look different.
SITUATIONS = [
    situation for rule in RULES if rule.route not in NO_PAGE for situation in _of_rule(rule)
] + [situation for site in SITES for situation in site.situations]
