"""Metrics of beats, collections and uploads."""

from __future__ import annotations

from backline.domain.metrics.metric import (
    ACTIVITY,
    BEATS,
    COLLECTIONS,
    DASHBOARD,
    LEADERBOARDS,
    UPLOAD,
    Metric,
    Zone,
)
from backline.domain.quality import ENOUGH_TAGS
from backline.domain.streaks import shade_texts

FIRST_PUBLIC = (
    "A beat counts once, on the day it was first made public. Drafts and replaced audio add nothing."
)

CATALOGUE = (
    Metric(
        "minutes-left",
        "Minutes left",
        "minutes",
        Zone.NONE,
        (
            "What the platform lets one artist keep, less the length of every recording it keeps: of drafts, public and"
            " archived beats, and of those in the trash until they are gone.",
            "The size of originals and the number of files uploaded within the last 24 hours are bounded as well; files"
            " on their way up count with their whole size.",
        ),
        (UPLOAD,),
    ),
    Metric(
        "tracks",
        "Total Tracks",
        "beats",
        Zone.REPORTING,
        (
            "Public beats of the artist, and public beats of others on which its credit was accepted.",
            "This month counts those first made public in the calendar month to date.",
        ),
        (DASHBOARD, ACTIVITY, BEATS),
    ),
    Metric(
        "albums",
        "Total Albums",
        "collections",
        Zone.REPORTING,
        (
            "Albums, EPs and packs together, private ones too.",
            "This month counts those made in the calendar month to date.",
        ),
        (DASHBOARD, COLLECTIONS),
    ),
    Metric(
        "album-tracks",
        "Album Tracks",
        "beats",
        Zone.NONE,
        ("The beats of every collection together; a beat in two collections counts in both.",),
        (COLLECTIONS,),
    ),
    Metric(
        "collaborators",
        "Collaborators",
        "artists",
        Zone.NONE,
        (
            "Different artists with an accepted credit on a public beat that this artist's accepted credit is on, too.",
            "Collab tracks are those beats, each once.",
        ),
        (BEATS,),
    ),
    Metric(
        "collection-plays",
        "Plays of collections",
        "plays",
        Zone.REPORTING,
        (
            "Plays of all time of the beats in it. A beat in several collections counts once in the total,"
            " and with each of them in the table.",
        ),
        (COLLECTIONS,),
    ),
    Metric(
        "uploads",
        "Uploads",
        "beats",
        Zone.ACCOUNT,
        (
            FIRST_PUBLIC,
            "A beat that is deleted leaves the count.",
            "The calendar shows a rhythm; it does not rank.",
        ),
        (DASHBOARD, ACTIVITY),
        (
            *((text, f"shade {shade} of the calendar") for shade, text in shade_texts() if shade),
            (
                "X-Ray",
                "Days on which only others published, by how many, in the second colour; own days stay on top.",
            ),
        ),
    ),
    Metric(
        "streak",
        "Streak",
        "weeks",
        Zone.ACCOUNT,
        (
            "Weeks in a row with at least one upload. A week begins on the day chosen in Settings.",
            "The current streak may lack the week that runs: it ends when a whole week passes without an upload.",
        ),
        (ACTIVITY,),
    ),
    Metric(
        "busiest-weekday",
        "Busiest weekday",
        "uploads",
        Zone.ACCOUNT,
        (
            "The weekday with the most uploads in the shown year; of equals the earlier in the week from Monday.",
        ),
        (ACTIVITY,),
    ),
    Metric(
        "completeness",
        "Quality",
        "%",
        Zone.NONE,
        (
            f"How many of five fields of a beat are filled: BPM, key, scale, description, and {ENOUGH_TAGS} tags or"
            " more. An artist's is the mean over its public beats.",
        ),
        (BEATS, LEADERBOARDS),
    ),
)
