"""Reports and the decisions on them. Import from here."""

from reports.models.case import CaseSection, CaseTemplate
from reports.models.edition import Edition, EditionQuerySet
from reports.models.followup import FollowUp, FollowUpAnswer
from reports.models.job import Job, JobState, Paper, Publication, Rendering
from reports.models.meeting import (
    Conclusion,
    Pointer,
    ProgrammeItem,
    Question,
    SelectedAction,
    Selection,
    ThemeMeeting,
)
from reports.models.passage import Part, Passage, Recommendation
from reports.models.public import PublicEdition
from reports.models.report import KIND_WORDS, Kind, Report

__all__ = [
    "KIND_WORDS",
    "CaseSection",
    "CaseTemplate",
    "Conclusion",
    "Edition",
    "EditionQuerySet",
    "FollowUp",
    "FollowUpAnswer",
    "Job",
    "JobState",
    "Kind",
    "Paper",
    "Part",
    "Passage",
    "Pointer",
    "ProgrammeItem",
    "PublicEdition",
    "Publication",
    "Question",
    "Recommendation",
    "Rendering",
    "Report",
    "SelectedAction",
    "Selection",
    "ThemeMeeting",
]
