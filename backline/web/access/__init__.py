"""The only door: views get their artist, beat or collection here or not at all.

Signed out: sent to sign in. Not a member: 404, whether the thing exists or not. A member whose role is too small: 403
with the reason. An account without any artist sees the *No Artist Profile* state in place.
"""

from backline.web.access.doors import (
    View,
    artist_page,
    demand_edit,
    demand_money,
    demand_owner,
    owns,
    signed_in,
    staff_only,
    to_sign_in,
    use_memberships,
)
from backline.web.access.looked_up import any_account, any_artist, any_genre, menu_item
from backline.web.access.members import (
    beat_of_member,
    case_of_member,
    case_of_staff,
    collection_of_member,
    invitation_of_member,
    invitation_of_owner,
    member_of_artist,
    member_of_owner,
    member_of_statement,
    own_beats,
    share_table_of_member,
    trashed_beat_of_member,
    upload_of_person,
)
from backline.web.access.public import private_link, public_artist, public_beat, public_collection

__all__ = [
    "View",
    "any_account",
    "any_artist",
    "any_genre",
    "artist_page",
    "beat_of_member",
    "case_of_member",
    "case_of_staff",
    "collection_of_member",
    "demand_edit",
    "demand_money",
    "demand_owner",
    "invitation_of_member",
    "invitation_of_owner",
    "member_of_artist",
    "member_of_owner",
    "member_of_statement",
    "menu_item",
    "own_beats",
    "owns",
    "private_link",
    "public_artist",
    "public_beat",
    "public_collection",
    "share_table_of_member",
    "signed_in",
    "staff_only",
    "to_sign_in",
    "trashed_beat_of_member",
    "upload_of_person",
    "use_memberships",
]
