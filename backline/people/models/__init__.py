"""Accounts (persons), artists (profiles), the memberships that join them, and applications to the Producer Program."""

from backline.people.models.accounts import Account, AccountManager
from backline.people.models.applications import Application, Attachment, Event, Proof
from backline.people.models.artists import Artist, FormerHandle, Link, Photo
from backline.people.models.members import Invitation, Member
from backline.people.models.support import Enclosure, Letter, Ticket
from backline.people.models.tokens import Token

__all__ = [
    "Account",
    "AccountManager",
    "Application",
    "Artist",
    "Attachment",
    "Enclosure",
    "Event",
    "FormerHandle",
    "Invitation",
    "Letter",
    "Link",
    "Member",
    "Photo",
    "Proof",
    "Ticket",
    "Token",
]
