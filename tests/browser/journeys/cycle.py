"""What is written in the whole cycle, and what VUF does in it several times; see `test_cycle`."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.tools.hands import Hands

VUF, ADMINISTRATOR, COUNCIL = "vuf", "administrator", "kommunalbestyrelsen"
MEMBER, OTHER_MEMBER = "oekonomiudvalget", "oekonomiudvalget-2"
HEAD = "plan-og-miljoechefen"
READERS = ("projektgruppe", "strategisk-chefforum")
#: Who lacks a status in the round of 2026, and on which actions: those without figures.
LACKING = {
    "chefen-for-kultur-og-fritid": [7],
    "hr-chefen": [8, 8],
    "familie-og-forebyggelseschefen": [9],
    "skole-og-dagtilbudschefen": [11],
}
#: How the titles of actions begin, by number.
TITLES = {
    2: "Sundheds- og velfærdsteknologi",
    5: "Multifunktionel og strategisk arealanvendelse",
    7: "Potentialer for bosætning og stærke fællesskaber",
    8: "Jammerbugt Kommune som arbejdsplads - Kvalificeret arbejdskraft på nye måder",
    9: "Nye veje til arbejde og uddannelse",
    11: "Den tværfaglige ungeindsats",
}
COMMENT = "Kan I skrive, hvor mange byer der er med?"
PROGRESS = "Vi er nået det, vi lovede sidste år."
FOREWORD = "For anden gang gør vi status på kataloget."
QUESTION = "Hvor mange hektar er i spil, og hvornår?"
ANSWER = "240 ha ved Ryå er undersøgt. De første 80 ha kan tages i 2027."
WHY_POINTED = "Borgerne spørger efter arealerne hver uge."
DECISION = "Udvalget udvælger fire handlinger til temamødet og beder cheferne om korte oplæg."
REASON = "Udvalget vil høre, hvad der skal til."
PLACE = "Byrådssalen i Aabybro"
CONCLUSION = "Mødet ønsker et samlet kort over de 240 ha inden sommerferien."
RECOMMENDED = "Der er mere at hente, og samarbejdet er først lige begyndt."
NEXT = "Handlingskatalog'28"


def menu(hands: Hands, name: str) -> None:
    bar = hands.page.get_by_role("navigation", name="Hovedmenu").first
    hands.click(bar.get_by_role("link", name=name, exact=True))


def to_the_meeting(hands: Hands) -> None:
    menu(hands, "Rapporter")
    hands.link(re.compile("^Temamøde 2026"))


def publish(hands: Hands, title: str) -> None:
    menu(hands, "Rapporter")
    hands.link(f"Tjek og udgiv {title}")
    confirmed = hands.page.get_by_text("Udgiv med det, der mangler.")
    if confirmed.count():
        hands.click(confirmed)
    hands.button("Udgiv 1. udgave")
    hands.wait_for_the_pdf("er udgivet")


def open_round(hands: Hands, year: int, opens: date) -> None:
    menu(hands, "Status")
    hands.click(hands.page.get_by_role("link", name="Ny statusrunde").first)
    hands.type("Rundens år", str(year))
    hands.type("Tallene er fra", str(year - 1))
    for label, days in (("Åbner", 0), ("Frist", 30), ("Lukker", 60)):
        hands.type(label, (opens + timedelta(days=days)).isoformat())
    hands.button("Opret runden")
    expect(hands.page.get_by_role("heading", name=f"Statusrunde {year}")).to_be_visible()
