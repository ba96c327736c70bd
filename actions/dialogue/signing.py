"""Signing: a name, for a post, under the text as it stands."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from actions.models import GoalStatus, Signature, User


def put_signatures(
    status: GoalStatus,
    *,
    signer: User,
    positions: Mapping[int, str],
    by_submitting: bool = False,
    at: datetime | None = None,
) -> None:
    """Signs the present text for these positions (id → name). `at` defaults to now."""
    Signature.objects.bulk_create(
        Signature(
            status=status,
            position_id=position,
            version=status.text_version,
            by_submitting=by_submitting,
            user=signer,
            signer_name=str(signer),
            signer_position=name,
            signed_at=at or timezone.now(),
        )
        for position, name in positions.items()
    )
