"""Where an account is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from backline.people.models import Account


def end_session_of(account: Account, session_id: int) -> bool:
    """Signs the account out at one place; says whether it was signed in there."""
    session = UserSession.objects.filter(pk=session_id, user=account).first()
    if session is not None:
        session.end()
    return session is not None
