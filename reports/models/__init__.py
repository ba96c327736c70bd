"""Reports and what is decided on them; import from here."""

from reports.models.case import CaseSection, CaseTemplate
from reports.models.meeting import (
    Conclusion,
    HandoutPdf,
    Pointer,
    ProgrammeItem,
    Question,
    SelectedAction,
    Selection,
    ThemeMeeting,
)
from reports.models.report import (
    Edition,
    EditionQuerySet,
    Job,
    JobState,
    Kind,
    Publication,
    Rendering,
    Report,
)

__all__ = [
    "CaseSection",
    "CaseTemplate",
    "Conclusion",
    "Edition",
    "EditionQuerySet",
    "HandoutPdf",
    "Job",
    "JobState",
    "Kind",
    "Pointer",
    "ProgrammeItem",
    "Publication",
    "Question",
    "Rendering",
    "Report",
    "SelectedAction",
    "Selection",
    "ThemeMeeting",
]
