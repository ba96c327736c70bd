"""The data of the application: catalogue, people, statuses, dialogue, mail and history."""

from actions.meaning import Comparison, Measures, ValueKind
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
from actions.models.chain.links import ChainHead
from actions.models.dialogue import Comment, Signature
from actions.models.figures import FigureSupplier, Measurement
from actions.models.goals import Goal, Indicator, TargetRevision
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
from actions.models.rounds import Round, RoundState
from actions.models.status import GoalStatus, State
from actions.models.versions import CatalogueVersion, Descent

__all__ = [
    "GRANTABLE",
    "Action",
    "Administration",
    "Appointment",
    "Catalogue",
    "CatalogueVersion",
    "ChainHead",
    "Comment",
    "Comparison",
    "Delegation",
    "Descent",
    "Event",
    "FigureSupplier",
    "Goal",
    "GoalStatus",
    "Indicator",
    "Initiative",
    "InitiativeRelation",
    "Mail",
    "Measurement",
    "Measures",
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
    "ValueKind",
]
