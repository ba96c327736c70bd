"""The data of the application: catalogue, people, statuses, dialogue, mail and history."""

from actions.models.catalogue import (
    Action,
    Catalogue,
    Initiative,
    InitiativeRelation,
    Milestone,
    Partner,
    Partnership,
    Responsibility,
)
from actions.models.chain import ChainHead
from actions.models.dialogue import Comment, Signature
from actions.models.goals import Comparison, Goal, Indicator, TargetRevision
from actions.models.history import Event
from actions.models.mail import Mail, Notice, Occasion
from actions.models.people import (
    GRANTABLE,
    Administration,
    Appointment,
    Delegation,
    Position,
    Role,
    RoleGrant,
    User,
)
from actions.models.status import GoalStatus, Measurement, Round, RoundState, State

__all__ = [
    "GRANTABLE",
    "Action",
    "Administration",
    "Appointment",
    "Catalogue",
    "ChainHead",
    "Comment",
    "Comparison",
    "Delegation",
    "Event",
    "Goal",
    "GoalStatus",
    "Indicator",
    "Initiative",
    "InitiativeRelation",
    "Mail",
    "Measurement",
    "Milestone",
    "Notice",
    "Occasion",
    "Partner",
    "Partnership",
    "Position",
    "Responsibility",
    "Role",
    "RoleGrant",
    "Round",
    "RoundState",
    "Signature",
    "State",
    "TargetRevision",
    "User",
]
