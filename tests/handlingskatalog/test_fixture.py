"""The catalogue of Handlingskatalog'24 says what the adopted document says.

What is expected is written out here, taken from the document and not from the fixture.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "handlingskatalog-24.yaml"
Entry = dict[str, Any]
Target = tuple[float, str, str, str | int | None]

TITLES = [
    "Frivillige fællesskaber og fælles om at fremme velfærd og trivsel",
    "Sundheds- og velfærdsteknologi",
    "Bæredygtige virksomheder og kvalificeret arbejdskraft",
    "Attraktiv turismekommune med naturoplevelser, attraktioner og levende centerbyer som afsæt",
    "Multifunktionel og strategisk arealanvendelse",
    "Kloge kvadratmeter i og på kommunale ejendomme",
    "Potentialer for bosætning og stærke fællesskaber",
    "Jammerbugt Kommune som arbejdsplads - Kvalificeret arbejdskraft på nye måder",
    "Nye veje til arbejde og uddannelse i overgangen fra barn til voksen",
    "Én indgang for udsatte børn og unge - Nye rammer og nye muligheder",
    "Den tværfaglige ungeindsats",
]

POSITIONS = {
    "Chefen for Kultur og Fritid",
    "Erhvervs- og Turistchefen",
    "Familie- og Forebyggelseschefen",
    "HR-chefen",
    "Myndighedschefen for Sundhed og Arbejdsmarked",
    "Plan- og Miljøchefen",
    "Sekretariatschefen i Staben",
    "Skole- og Dagtilbudschefen",
    "Sundheds- og Velfærdschefen",
    "Teknik- og Forsyningschefen",
}

RESPONSIBLE = {
    1: ["Sundheds- og Velfærdschefen", "Chefen for Kultur og Fritid"],
    2: ["Sundheds- og Velfærdschefen"],
    3: ["Erhvervs- og Turistchefen", "Myndighedschefen for Sundhed og Arbejdsmarked"],
    4: ["Erhvervs- og Turistchefen", "Plan- og Miljøchefen"],
    5: ["Plan- og Miljøchefen", "Chefen for Kultur og Fritid"],
    6: ["Teknik- og Forsyningschefen", "Sekretariatschefen i Staben"],
    7: ["Chefen for Kultur og Fritid", "Plan- og Miljøchefen"],
    8: ["HR-chefen"],
    9: ["Familie- og Forebyggelseschefen", "Myndighedschefen for Sundhed og Arbejdsmarked"],
    10: ["Familie- og Forebyggelseschefen"],
    11: ["Myndighedschefen for Sundhed og Arbejdsmarked", "Skole- og Dagtilbudschefen"],
}

# Partner, and whether the document says what this partner contributes.
PARTNERS: dict[int, dict[str, bool]] = {
    1: {
        "Kultur og Fritid": False,
        "Social-, Sundheds- og Beskæftigelsesforvaltningen": False,
        "Børne- og Familieforvaltningen": False,
        "Frivillighuset": False,
        "Folkeoplysningsudvalget": False,
        "Landdistriktsudvalget": False,
        "Patientforeninger": False,
    },
    2: {
        "Seniorrådet": False,
        "Handicaprådet": False,
        "Private leverandører": False,
        "Region Nordjylland": False,
        "Andre kommuner": False,
        "Borgere": False,
        "Pårørende": False,
    },
    3: {
        "Erhvervshus Nordjylland": True,
        "Vækst Jammerbugt": True,
        "Arbejdsmarkedskontor Midt-Nord": True,
        "Business Region North": True,
        "Green Hub Denmark": True,
        "Landboforeningerne": True,
        "Jammerbugt Erhvervsforum": True,
        "Udviklingsforum for uddannelse og beskæftigelse": True,
        "Erhvervs- og Turistrådet": True,
        "UCN": True,
        "AAU": True,
    },
    4: {
        "Partnerskab for Vestkystturisme": True,
        "VisitNordvestkysten": True,
        "Erhvervsforeningen Destination Blokhus": True,
        "Destination Svinkløv, Slettestrand og Thorupstrand": True,
        "Handelsstandsforeningerne i de fire centerbyer": True,
        "Udvikling Hærvejen": True,
    },
    5: {
        "Grønt Råd": True,
        "LUP'erne": True,
        "Lodsejerne i det åbne land": True,
        "Landboforeningerne": False,
        "Børne- og Familieforvaltningen": True,
        "Social-, Sundheds- og Beskæftigelsesforvaltningen": True,
        "Staben": True,
    },
    6: {
        "Lokale ildsjæle": True,
        "Foreninger": True,
        "Alle forvaltningerne": True,
        "Institutionerne": True,
    },
    7: {
        "Liv i by, skole og lokalsamfund": True,
        "Socialøkonomiske virksomheder": True,
        "LUP'erne": True,
        "De fire centerbyer": True,
        "Virksomheder": True,
    },
    8: {
        "Alle tre fagforvaltninger i Jammerbugt Kommune": False,
        "Faglige organisationer": True,
        "Andre nordjyske kommuner": True,
        "Nationale netværk": True,
        "KL's netværk for HR-chefer": True,
    },
    9: {
        "Det specialiserede socialområde for børn (BFF)": False,
        "Det specialiserede socialområde for voksne (SSB)": False,
        "Ungeenheden": False,
        "Psykiatrien": False,
        "Lokale virksomheder": False,
        "Unge og deres familier": False,
        "Skole- og Dagtilbud": False,
    },
    10: {
        "Familie og Forebyggelse": False,
        "Skole- og Dagtilbud": False,
        "Ungeenheden": False,
        "Kultur, Fritid og Landdistrikter": False,
    },
    11: {
        "Skole- og Dagtilbud": False,
        "Ungeenheden": False,
        "Kultur, Fritid og Landdistrikter": False,
        "Lokale uddannelsesinstitutioner": True,
        "Foreninger": True,
        "Det lokale erhvervsliv": True,
    },
}

# Every action has one overall goal; these state several.
GOAL_COUNTS = {3: 2, 8: 4, 9: 2}

# Figure, unit, comparison, and when: every year, by a year, or where the document is silent, None.
TARGETS: dict[int, dict[str, Target]] = {
    3: {
        "Virksomhedsbesøg med grøn omstilling som gennemgående tema": (
            100,
            "besøg",
            "at_least",
            "yearly",
        ),
        "Fællesbesøg i Grøn Erhvervsservice": (5, "besøg", "at_least", "yearly"),
        "Tilbud til erhvervet": (1, "tilbud", "at_least", "yearly"),
        "Match med ledige i job": (45, "match", "at_least", None),
        "Iværksætterafklaringer": (50, "afklaringer", "at_least", "yearly"),
        "Nye virksomheder, der får tilbudt et dialogmøde": (100, "%", "at_least", None),
        "Iværksættervirksomheder i drift efter tre år": (50, "%", "at_least", None),
    },
    4: {
        "Vækst i turismeforbruget": (4, "%", "at_least", "yearly"),
        "Vækst i turismeskabte jobs": (4, "%", "at_least", "yearly"),
        "Vækst i overnatninger": (3.3, "%", "at_least", "yearly"),
    },
    5: {
        "Udtagne kulstofrige lavbundsarealer": (1000, "ha", "at_least", 2030),
        "Arealer til skovrejsning": (500, "ha", "at_least", 2030),
    },
    6: {
        "Reduktion af de opvarmede kommunale bygninger": (15, "%", "at_least", None),
    },
}

# Effort, and the years that the document gives it.
EFFORTS: dict[int, dict[str, list[int]]] = {
    1: {
        "Udarbejdelse og implementering af en tværgående frivilligpolitik": [2024],
        "Udarbejdelse og implementering af pårørendepolitik": [2024],
    },
    2: {
        "Udarbejdelse af ny Sundhedspolitik": [2024],
        "Udbredelse og implementering af skærmbesøg": [],
        "Udnytte potentialet i digital træning": [],
    },
    3: {
        "Grøn omstilling og bæredygtighed": [],
        "Kvalificeret arbejdskraft": [],
        "Iværksætter": [],
    },
    4: {
        "Udarbejdelse og implementering af turismestrategi": [2024],
        "Videreudvikling af den rekreative infrastruktur": [2024],
        "Centerbyernes udvikling": [],
    },
    5: {
        "Udarbejdelse og implementering af naturpolitik": [2025],
        "Kortlægning af grønne og rekreative muligheder i byer og lokalsamfund": [2025],
        "Udtagning af lavbundsarealer og skovrejsning": [2030],
    },
    6: {
        "Data-projekt Anvendelsesgrad": [2024, 2025],
        "Potentialekatalog for bedre udnyttelse af kommunale ejendomme": [2025, 2026],
        "Fælles kvadratmeter": [2024, 2025, 2026, 2027],
        "Ejendomssalg": [],
    },
    7: {
        "Lokalsamfund som driver for bosætning": [],
        "De unge fraflyttere vender hjem": [],
        "Planlægning fremmer bosætning": [],
    },
    8: {
        "Implementering af ”Strategi for at rekruttere og motivere til at blive”": [],
        "Strategiske arbejdsmiljøindsatser": [2021, 2025],
        "Trivselsmåling og ledelsevaluering": [],
    },
    9: {
        "Projekt bedre overgange for unge med handicap": [2025],
        "IPS": [],
    },
    10: {
        "En samlet indgang for unge og deres familier": [],
        "Kommunalt tilbud om lettere behandling": [2024, 2025],
        "Tidlig opsporing af børn og unge i mistrivsel i folkeskolen": [],
    },
    11: {
        "Praksisorienteret undervisning": [],
        "Tættere samarbejde om erhvervspraktikker": [],
        "Tværpolitisk styregruppe": [2024, 2024],
        "Inddragelse af unge i frivilligt arbejde": [],
    },
}

CROSS_REFERENCES = {
    (4, "Udarbejdelse og implementering af turismestrategi"): [
        (5, "Udarbejdelse og implementering af naturpolitik"),
    ],
    (6, "Potentialekatalog for bedre udnyttelse af kommunale ejendomme"): [
        (5, "Kortlægning af grønne og rekreative muligheder i byer og lokalsamfund"),
        (6, "Data-projekt Anvendelsesgrad"),
    ],
    (11, "Inddragelse af unge i frivilligt arbejde"): [
        (1, "Udarbejdelse og implementering af en tværgående frivilligpolitik"),
    ],
}

every_action = pytest.mark.parametrize("number", range(1, 12))


@pytest.fixture(scope="module")
def catalogue() -> Entry:
    loaded: Entry = yaml.safe_load(FIXTURE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def actions(catalogue: Entry) -> dict[int, Entry]:
    return {action["number"]: action for action in catalogue["actions"]}


def efforts_of(action: Entry) -> list[Entry]:
    efforts: list[Entry] = action["initiatives"]
    return efforts


def indicators_of(action: Entry) -> list[Entry]:
    return [indicator for goal in action["goals"] for indicator in goal.get("indicators", [])]


def letters(name: str) -> str:
    """What is left of a name when case, spaces and punctuation do not count."""
    return "".join(c for c in name.casefold() if c.isalnum())


def texts_in(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts_in(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts_in(value)]
    return [node] if isinstance(node, str) else []


def test_the_head_of_the_catalogue_is_that_of_the_document(catalogue: Entry) -> None:
    head = {key: value for key, value in catalogue.items() if key != "actions"}
    assert head == {
        "format": "handlingskatalog/1",
        "slug": "handlingskatalog-24",
        "title": "Handlingskatalog'24",
        "municipality": "Jammerbugt Kommune",
        "strategy": "Planstrategi'23",
        "vision": "Vi går stadig efter forskellen",
        "period": {"from": 2024, "to": 2027},
        "midterm_year": 2026,
        "bodies": {
            "overall_responsible": "Strategisk Chefforum",
            "coordinator": "Vækst- og Udviklingsforvaltningen",
            "steering_committee": "Økonomiudvalget",
            "council": "Kommunalbestyrelsen",
        },
        "selection": {"min": 3, "max": 4},
    }


def test_there_are_eleven_actions_in_order_with_the_titles_of_the_document(
    catalogue: Entry,
) -> None:
    found = [(action["number"], action["title"]) for action in catalogue["actions"]]
    assert found == list(enumerate(TITLES, start=1))


def test_ten_positions_share_the_actions(catalogue: Entry) -> None:
    found = {r["position"] for action in catalogue["actions"] for r in action["responsible"]}
    assert found == POSITIONS
    assert len(found) == 10


@every_action
def test_each_action_names_its_responsible_in_the_order_of_the_document(
    actions: dict[int, Entry], number: int
) -> None:
    found = [entry["position"] for entry in actions[number]["responsible"]]
    assert found == RESPONSIBLE[number]


def test_only_action_6_divides_the_responsibility(catalogue: Entry) -> None:
    notes = {
        (action["number"], entry["position"]): entry["note"]
        for action in catalogue["actions"]
        for entry in action["responsible"]
        if "note" in entry
    }
    assert set(notes) == {(6, "Teknik- og Forsyningschefen"), (6, "Sekretariatschefen i Staben")}
    assert "overordnede" in notes[6, "Teknik- og Forsyningschefen"]
    assert "afhænde" in notes[6, "Sekretariatschefen i Staben"]


@every_action
def test_each_action_names_its_partners_and_what_they_contribute_where_it_is_stated(
    actions: dict[int, Entry], number: int
) -> None:
    found = [(p["name"], "contribution" in p) for p in actions[number]["partners"]]
    assert found == list(PARTNERS[number].items())


def test_no_partner_is_spelled_in_two_ways(catalogue: Entry) -> None:
    names = {p["name"] for action in catalogue["actions"] for p in action["partners"]}
    same = Counter(letters(name) for name in names)
    assert [name for name in names if same[letters(name)] > 1] == []


@every_action
def test_each_action_has_one_goal_unless_the_document_states_more(
    actions: dict[int, Entry], number: int
) -> None:
    assert len(actions[number]["goals"]) == GOAL_COUNTS.get(number, 1)


@every_action
def test_each_action_measures_the_figures_of_the_document_and_no_others(
    actions: dict[int, Entry], number: int
) -> None:
    indicators = indicators_of(actions[number])
    found = {
        i["name"]: (i["target"], i["unit"], i["comparison"], i.get("frequency", i.get("by")))
        for i in indicators
    }
    assert found == TARGETS.get(number, {})
    assert len(found) == len(indicators)


def test_no_indicator_has_a_baseline_or_both_a_frequency_and_a_deadline(catalogue: Entry) -> None:
    for action in catalogue["actions"]:
        for indicator in indicators_of(action):
            assert "baseline" not in indicator
            assert not {"frequency", "by"} <= set(indicator)


def test_there_are_thirty_three_efforts(catalogue: Entry) -> None:
    assert sum(len(efforts_of(action)) for action in catalogue["actions"]) == 33


@every_action
def test_each_action_lists_its_efforts_with_the_years_of_the_document(
    actions: dict[int, Entry], number: int
) -> None:
    found = [
        (effort["title"], [milestone["year"] for milestone in effort.get("milestones", [])])
        for effort in efforts_of(actions[number])
    ]
    assert found == list(EFFORTS[number].items())


def test_efforts_refer_to_each_other_as_the_document_does(catalogue: Entry) -> None:
    found = {
        (action["number"], effort["title"]): [
            (reference["action"], reference["initiative"]) for reference in effort["related"]
        ]
        for action in catalogue["actions"]
        for effort in efforts_of(action)
        if "related" in effort
    }
    assert found == CROSS_REFERENCES


def test_every_cross_reference_leads_to_an_effort_of_the_catalogue(catalogue: Entry) -> None:
    titles = {
        (action["number"], effort["title"])
        for action in catalogue["actions"]
        for effort in efforts_of(action)
    }
    references = [
        (reference["action"], reference["initiative"])
        for action in catalogue["actions"]
        for effort in efforts_of(action)
        for reference in effort.get("related", [])
    ]
    assert [reference for reference in references if reference not in titles] == []


@every_action
def test_each_action_and_each_effort_is_described(actions: dict[int, Entry], number: int) -> None:
    action = actions[number]
    assert action["summary"]
    assert action["purpose"]
    assert all(effort["description"] for effort in efforts_of(action))


def test_no_text_is_empty_or_holds_stray_spaces(catalogue: Entry) -> None:
    stray = [text for text in texts_in(catalogue) if not text or text != " ".join(text.split())]
    assert stray == []
