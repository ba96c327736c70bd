"""Reports and what is decided on them; import from here."""

from reports.models.meeting import (
    Conclusion,
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
    "Conclusion",
    "Edition",
    "EditionQuerySet",
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
