"""The catalogue as sheets of a workbook: the sheets, their columns, what a cell may hold.

Template, export and reading all follow this table. A row of a sheet names its action by number, its
goal by number, its initiative by title.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actions.tools.text import Path

#: The words for each code of a field.
type Codes = dict[str, str | Promise]

#: The sheet of instructions; it is never read.
GUIDE: Final = _("Vejledning")
YES: Final = _("ja")
NO: Final = _("nej")
COMPARISONS: Final[Codes] = {"at_least": _("mindst"), "at_most": _("højst"), "between": _("mellem")}
MEASURES: Final[Codes] = {
    "level": _("niveau"),
    "total": _("samlet antal"),
    "addition": _("tilvækst"),
}
VALUE_KINDS: Final[Codes] = {"number": _("tal"), "yes_no": _("ja eller nej")}


class Holds(Enum):
    """What the cells of a column hold."""

    LINE = _("en linje tekst")
    PROSE = _("tekst, også på flere linjer")
    WHOLE = _("et helt tal")
    NUMBER = _("et tal")
    COMPARISON = _("mindst, højst eller mellem")
    MEASURES = _("niveau, samlet antal eller tilvækst")
    KIND = _("tal, eller ja eller nej")
    NUMBERS = _("hele tal med komma imellem")
    YES = _("ja eller tom")
    DAY = _("en dag, fx 2026-03-01")
    ORIGINS = _("katalogets kortnavn og handlingens nummer, fx plan-22/3, med komma imellem")


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the name in the catalogue file; a column that names a row's home has none there."""

    key: str
    heading: str | Promise
    holds: Holds
    width: int = 40
    required: bool = True
    hint: str | Promise = ""
    #: A workbook made from an earlier template has no such column.
    later: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is the list in the catalogue file."""

    name: str
    title: str | Promise
    columns: tuple[Column, ...]
    hint: str | Promise = ""
    later: bool = False


def _later(key: str, heading: str | Promise, holds: Holds, width: int = 14) -> Column:
    """A column that only the second format of the file has."""
    return Column(key, heading, holds, width, required=False, later=True)


_ACTION: Final = Column("action", _("Handling"), Holds.WHOLE, 10, hint=_("handlingens nummer"))
_GOAL: Final = Column("goal", _("Mål nr."), Holds.WHOLE, 10)
_INITIATIVE: Final = Column(
    "initiative", _("Indsats"), Holds.LINE, hint=_("indsatsens titel, som i arket Indsatser")
)

#: The lines of the sheet of the catalogue itself: path, words, what the cell holds.
CATALOGUE: Final = _("Katalog")
CATALOGUE_FIELDS: Final[tuple[tuple[Path, str | Promise, Holds], ...]] = (
    (("title",), _("Titel"), Holds.LINE),
    (("slug",), _("Kortnavn (i adresser: a-z, tal og bindestreg)"), Holds.LINE),
    (("municipality",), _("Kommune"), Holds.LINE),
    (("strategy",), _("Strategi"), Holds.LINE),
    (("vision",), _("Vision"), Holds.PROSE),
    (("period", "from"), _("Perioden begynder (år)"), Holds.WHOLE),
    (("period", "to"), _("Perioden slutter (år)"), Holds.WHOLE),
    (("midterm_year",), _("Midtvejsevaluering (år)"), Holds.WHOLE),
    (("bodies", "overall_responsible"), _("Overordnet ansvarlig"), Holds.LINE),
    (("bodies", "coordinator"), _("Koordinerende forvaltning"), Holds.LINE),
    (("bodies", "steering_committee"), _("Styrende udvalg"), Holds.LINE),
    (("bodies", "council"), _("Øverste politiske organ"), Holds.LINE),
    (("selection", "min"), _("Handlinger til temamøde, mindst"), Holds.WHOLE),
    (("selection", "max"), _("Handlinger til temamøde, højst"), Holds.WHOLE),
    (("kle",), _("KLE-emne"), Holds.LINE),
    (("case_number",), _("Sagsnummer"), Holds.LINE),
)
#: The lines that may be left out, and those that may be empty.
LATER_FIELDS: Final[frozenset[Path]] = frozenset({("kle",), ("case_number",)})
OPTIONAL_FIELDS: Final[frozenset[Path]] = LATER_FIELDS | {("midterm_year",)}
FIELD: Final = Column("field", _("Felt"), Holds.LINE, 48)
VALUE: Final = Column("value", _("Indhold"), Holds.PROSE, 80)

SHEETS: Final[tuple[Sheet, ...]] = (
    Sheet(
        "actions",
        _("Handlinger"),
        (
            Column("number", _("Handling"), Holds.WHOLE, 10, hint=_("1, 2, 3 …")),
            Column("title", _("Titel"), Holds.LINE),
            Column("summary", _("Kort fortalt"), Holds.PROSE, 60, required=False),
            Column("purpose", _("Formål"), Holds.PROSE, 60, required=False),
            _later("code", _("Kode"), Holds.LINE),
            _later("theme", _("Tema"), Holds.LINE, 30),
            _later("committee", _("Politisk udvalg"), Holds.LINE, 30),
            _later("sdg", _("Verdensmål"), Holds.NUMBERS),
            _later("ambition", _("Ambition"), Holds.PROSE, 60),
            _later("begins", _("Begynder"), Holds.DAY),
            _later("stopped_day", _("Standset den"), Holds.DAY),
            _later("stopped_decision", _("Standset ved"), Holds.PROSE, 40),
            _later("origin", _("Kommer fra"), Holds.ORIGINS, 24),
        ),
        _("Kataloget kan have op til 200 handlinger."),
    ),
    Sheet(
        "responsible",
        _("Ansvarlige"),
        (
            _ACTION,
            Column("position", _("Stilling"), Holds.LINE),
            Column("note", _("Bemærkning"), Holds.PROSE, 60, required=False),
        ),
        _("Mindst én stilling for hver handling. Rækkefølgen er den, kataloget viser."),
    ),
    Sheet(
        "partners",
        _("Samarbejdspartnere"),
        (
            _ACTION,
            Column("name", _("Navn"), Holds.LINE),
            Column("contribution", _("Bidrag"), Holds.PROSE, 60, required=False),
        ),
    ),
    Sheet(
        "goals",
        _("Mål"),
        (_ACTION, _GOAL, Column("text", _("Tekst"), Holds.PROSE, 80)),
        _("Mindst ét mål for hver handling, nummereret 1, 2, 3 … i handlingen."),
    ),
    Sheet(
        "indicators",
        _("Måltal"),
        (
            _ACTION,
            _GOAL,
            Column("name", _("Navn"), Holds.LINE),
            Column("unit", _("Enhed"), Holds.LINE, 16),
            Column("comparison", _("Mindst/højst"), Holds.COMPARISON, 14),
            Column("target", _("Måltal"), Holds.NUMBER, 14),
            Column("frequency", _("Hvert år"), Holds.YES, 10, required=False),
            Column("by", _("Inden år"), Holds.WHOLE, 10, required=False),
            Column("baseline", _("Udgangspunkt"), Holds.NUMBER, 14, required=False),
            _later("upper", _("Højst (ved mellem)"), Holds.NUMBER),
            _later("baseline_year", _("Udgangspunktets år"), Holds.WHOLE),
            _later("measures", _("Tallet siger"), Holds.MEASURES),
            _later("kind", _("Slags"), Holds.KIND),
            _later("every", _("Hvert n. år"), Holds.WHOLE),
            _later("decimals", _("Decimaler"), Holds.WHOLE),
            _later("tolerance", _("Tolerance (%)"), Holds.NUMBER),
            _later("supplier", _("Leverandør"), Holds.LINE, 30),
        ),
        _("Et måltal gælder hvert år eller inden et år, ikke begge dele."),
    ),
    Sheet(
        "targets",
        _("Delmåltal"),
        (
            _ACTION,
            _GOAL,
            Column("indicator", _("Måltal"), Holds.LINE, hint=_("måltallets navn")),
            Column("year", _("År"), Holds.WHOLE, 10),
            Column("value", _("Værdi"), Holds.NUMBER, 14),
        ),
        _("Måltal for årene før det sidste, som står i arket Måltal."),
        later=True,
    ),
    Sheet(
        "money",
        _("Økonomi"),
        (
            _ACTION,
            Column("year", _("År"), Holds.WHOLE, 10),
            Column("amount", _("Beløb"), Holds.NUMBER, 14),
            Column("kind", _("Slags"), Holds.LINE, 20, required=False),
            Column("state", _("Status"), Holds.LINE, 20, required=False),
            Column("decision", _("Beslutning"), Holds.PROSE, 60, required=False),
        ),
        later=True,
    ),
    Sheet(
        "initiatives",
        _("Indsatser"),
        (
            _ACTION,
            Column("title", _("Titel"), Holds.LINE),
            Column("description", _("Beskrivelse"), Holds.PROSE, 80, required=False),
        ),
    ),
    Sheet(
        "milestones",
        _("Milepæle"),
        (
            _ACTION,
            _INITIATIVE,
            Column("year", _("År"), Holds.WHOLE, 10),
            Column("text", _("Tekst"), Holds.PROSE, 60),
        ),
    ),
    Sheet(
        "related",
        _("Sammenhænge"),
        (
            _ACTION,
            _INITIATIVE,
            Column("to_action", _("Hænger sammen med handling"), Holds.WHOLE, 16),
            Column("to_initiative", _("Hænger sammen med indsats"), Holds.LINE),
        ),
        _("Indsatser, der hænger sammen med andre indsatser i kataloget."),
    ),
)
