"""The sagspakke: text for the agenda system, from VUF's own template and a published edition.

A template's texts hold placeholders such as `{titel}`; `PLACEHOLDERS` lists them all. Their values
come from the edition's frozen content and from the latest decision on the report.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.history.record import record
from actions.models import Catalogue
from actions.models.history import HistoryVerb
from actions.writing.refusals import Conflict, NotAllowed
from reports.access import may_write_agenda
from reports.content import upgrade
from reports.content.differences import change_sentence
from reports.content.shape import ReportContent
from reports.models import CaseSection, CaseTemplate, Edition, Selection

TEMPLATE_CHANGED: Final = HistoryVerb("case_template", gettext_lazy("Sagspakkens skabelon ændret"))

PLACEHOLDER: Final = re.compile(r"\{([^{}\n]*)\}")
PLACEHOLDERS: Final[Mapping[str, Promise]] = {
    "titel": gettext_lazy("rapportens titel"),
    "aar": gettext_lazy("rapportens år"),
    "udgave": gettext_lazy("udgavens nummer og dag"),
    "katalog": gettext_lazy("katalogets titel"),
    "kommune": gettext_lazy("kommunens navn"),
    "resume": gettext_lazy("målene i tal, og hvad der er ændret siden sidste år"),
    "opmaerksomhed": gettext_lazy("de mål, der er røde eller gule, med næste skridt"),
    "valgte_handlinger": gettext_lazy("handlingerne til temamødet, med begrundelse"),
    "beslutning": gettext_lazy("udvalgets beslutning"),
    "bilag": gettext_lazy("den tilgængelige PDF med dens adresse"),
}


@dataclass(frozen=True)
class Section:
    """A heading with its text: with placeholders in a template, filled in in a case."""

    heading: str
    body: str


#: The template until VUF has changed it.
STANDARD: Final = (
    Section(
        "Resumé",
        "{titel} for {katalog} forelægges udvalget. Redegørelsen giver status på mål, ikke på "
        "de enkelte indsatser.\n\n{resume}",
    ),
    Section(
        "Sagsfremstilling",
        "Redegørelsen er samlet af de ansvarlige chefers bidrag ({udgave}).\n\n"
        "Disse mål kræver opmærksomhed:\n{opmaerksomhed}",
    ),
    Section("Økonomi", "Sagen har ingen bevillingsmæssige konsekvenser."),
    Section(
        "Indstilling",
        "Det indstilles, at udvalget tager redegørelsen til efterretning og vælger de handlinger, "
        "der skal drøftes på temamødet.\n\n{valgte_handlinger}\n\n{beslutning}",
    ),
    Section("Bilag", "{bilag}"),
)


def template_of(catalogue: Catalogue) -> tuple[int, list[Section]]:
    """The revision and the sections of a catalogue's template."""
    rows = list(
        CaseSection.objects.filter(template__catalogue=catalogue).select_related("template")
    )
    if not rows:
        templates = CaseTemplate.objects.filter(catalogue=catalogue)
        return templates.values_list("revision", flat=True).first() or 0, list(STANDARD)
    return rows[0].template.revision, [Section(row.heading, row.body) for row in rows]


def unknown_in(text: str) -> list[str]:
    """The unknown placeholders of a text, each once."""
    names = PLACEHOLDER.findall(text)
    return list(dict.fromkeys(name for name in names if name not in PLACEHOLDERS))


@transaction.atomic
def save_template(
    *, catalogue: Catalogue, sections: Sequence[Section], revision: int | None, by: Mandate
) -> CaseTemplate:
    """Replaces the template's sections. Raises Conflict if it changed since it was read.

    Raises NotAllowed if `by` is not the coordinator.
    """
    if not may_write_agenda(by):
        raise NotAllowed(_("Du har ikke ret til at ændre sagspakkens skabelon."))
    CaseTemplate.objects.get_or_create(catalogue=catalogue)
    template = CaseTemplate.objects.select_for_update(no_key=True).get(catalogue=catalogue)
    if template.revision != revision:
        raise Conflict(
            _("Skabelonen er ændret, siden du åbnede den. Din tekst står herunder."), template
        )
    template.sections.all().delete()
    CaseSection.objects.bulk_create(
        CaseSection(template=template, order=order, heading=section.heading, body=section.body)
        for order, section in enumerate(sections, 1)
    )
    template.revision += 1
    template.save()
    kept = {"sections": [[section.heading, section.body] for section in sections]}
    record(TEMPLATE_CHANGED, actor=by.user, subject=str(template), content=kept)
    return template


def case_of(
    edition: Edition, selection: Selection | None, sections: Iterable[Section], pdf_url: str
) -> list[Section]:
    """The sections with all placeholders filled in; `pdf_url` is absolute."""
    values = _values(edition, selection, pdf_url)
    return [Section(_filled(row.heading, values), _filled(row.body, values)) for row in sections]


def case_text(sections: Iterable[Section]) -> str:
    """The whole case as plain text."""
    return "\n\n\n".join(f"{row.heading}\n\n{row.body}".strip() for row in sections) + "\n"


def example_note(content: ReportContent) -> list[Section]:
    """A warning that opens a file of invented data, so that nobody takes it for a real case."""
    note = _("Tekster og tal er opdigtede.")
    return [Section(_("Eksempeldata"), note)] if content["is_example"] else []


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fills in one pass, so that braces inside a value are left alone."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text).strip()


def _values(edition: Edition, selection: Selection | None, pdf_url: str) -> dict[str, str]:
    content = upgrade.read(edition)
    day = format_date(timezone.localdate(edition.published_at))
    mark = _("%(number)d. udgave, %(day)s") % {"number": edition.number, "day": day}
    return {
        "titel": content["title"],
        "aar": str(content["year"]),
        "udgave": mark,
        "katalog": content["catalogue_title"],
        "kommune": content["municipality"],
        "resume": _summary(content),
        "opmaerksomhed": _attention(content),
        "valgte_handlinger": _chosen(selection),
        "beslutning": _decision(selection),
        "bilag": f"{content['title']}, {mark} (PDF): {pdf_url}",
    }


def _summary(content: ReportContent) -> str:
    counts = ", ".join(
        f"{row['goals']} {row['light']['word'].lower()}"
        for row in content["counts"]
        if row["goals"]
    )
    goals = _("Status på %(n)d mål: %(counts)s.") % {
        "n": content["progress"]["goals"],
        "counts": counts,
    }
    if stopped := content["progress"]["stopped"]:
        goals += " " + _("%(n)d mål er standset.") % {"n": stopped}
    if content["previous_year"] is None:
        return goals
    return f"{goals} {_('Siden %(year)d') % {'year': content['previous_year']}}: " + (
        change_sentence(content)
    )


def _attention(content: ReportContent) -> str:
    rows = [
        f"- {_('Handling')} {row['action_number']}. {row['action_title']} "
        f"({row['light']['word'].lower()}): {row['goal_text']}"
        + (f" {_('Næste skridt')}: {row['next_step']}" if row["next_step"] else "")
        for row in content["attention"]
    ]
    return "\n".join(rows) or _("Ingen mål er røde eller gule.")


def _chosen(selection: Selection | None) -> str:
    if selection is None:
        return _("Udvalget har ikke valgt handlinger til temamødet endnu.")
    rows = selection.actions.select_related("action")
    return "\n".join(
        f"- {_('Handling')} {row.action.number}. {row.action.title}: {row.reason}" for row in rows
    )


def _decision(selection: Selection | None) -> str:
    if selection is None:
        return _("Udvalget har ikke besluttet noget endnu.")
    days = {
        "day": format_date(selection.decided_on),
        "meeting": format_date(selection.theme_meeting_on),
    }
    heading = _("Udvalget besluttede %(day)s følgende. Temamødet holdes %(meeting)s.") % days
    return f"{heading}\n{selection.decision}"
