"""Writes of the catalogue: one function for each intention, one transaction, `now` handed in."""

from backline.catalog.actions.beats import (
    EditedMeanwhile,
    create_beat,
    publish_beat,
    unpublish_beat,
    update_beat,
)
from backline.catalog.actions.collections import (
    CollectionFields,
    add_to_collection,
    create_collection,
    delete_collections,
    publish_collection,
    update_collection,
)
from backline.catalog.actions.covers import CoverRefused, check_cover, choose_cover_style, set_cover
from backline.catalog.actions.credits import (
    CannotInvite,
    NotInvited,
    answer_credit,
    invite_credit,
    withdraw_credit,
)
from backline.catalog.actions.featured import CannotFeature, feature_beat, stop_featuring
from backline.catalog.actions.originality import (
    CannotAppeal,
    answer_appeal,
    appeal,
    keep_fingerprint,
    mark_copies,
)
from backline.catalog.actions.recordings import UploadRefused, store_recording
from backline.catalog.actions.steps import (
    Claim,
    claim_step,
    fail_step,
    finish_analysis,
    finish_stream,
    release_steps,
    retry_step,
)
from backline.catalog.actions.uploads import upload_beat
from backline.catalog.fields import BeatFields, Incomplete, InvalidFields

__all__ = [
    "BeatFields",
    "CannotAppeal",
    "CannotFeature",
    "CannotInvite",
    "Claim",
    "CollectionFields",
    "CoverRefused",
    "EditedMeanwhile",
    "Incomplete",
    "InvalidFields",
    "NotInvited",
    "UploadRefused",
    "add_to_collection",
    "answer_appeal",
    "answer_credit",
    "appeal",
    "check_cover",
    "choose_cover_style",
    "claim_step",
    "create_beat",
    "create_collection",
    "delete_collections",
    "fail_step",
    "feature_beat",
    "finish_analysis",
    "finish_stream",
    "invite_credit",
    "keep_fingerprint",
    "mark_copies",
    "publish_beat",
    "publish_collection",
    "release_steps",
    "retry_step",
    "set_cover",
    "stop_featuring",
    "store_recording",
    "unpublish_beat",
    "update_beat",
    "update_collection",
    "upload_beat",
    "withdraw_credit",
]
