"""The settings that people notice, as docs/settings.md describes them, with the value in force."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from backline import env

_STORED_AS = {"EMAIL_VERIFICATION": "ACCOUNT_EMAIL_VERIFICATION", "MAIL_FROM": "DEFAULT_FROM_EMAIL"}

# Variable without its prefix, default, what it does: the words of docs/settings.md (tested).
GROUPS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Days and accounts": (
        (
            "REPORTING_ZONE",
            "UTC",
            "the zone whose days plays, downloads and ranks are counted by; fixed once there are listens",
        ),
        ("OPEN_PRODUCER_SIGNUP", "on", "whether anybody signed in may make an artist"),
        (
            "EMAIL_VERIFICATION",
            "mandatory",
            "mandatory, optional or none: must an address be proven before signing in",
        ),
        (
            "STAFF_TWO_FACTOR",
            "on behind https, else off",
            "whether the staff pages open only to accounts with a passkey or an authenticator app",
        ),
        ("MAIL_FROM", "Backline <noreply@localhost>", "the sender of all mail"),
    ),
    "Uploads and beats": (
        ("UPLOAD_MINUTES", "600", "how many minutes of audio an artist may keep; 0 for no limit"),
        ("UPLOAD_GIGABYTES", "10", "how many gigabytes of originals an artist may keep; 0 for no limit"),
        ("UPLOADS_A_DAY", "50", "how many files an artist may upload within 24 hours; 0 for no limit"),
        ("VOICE_TAG_EVERY_S", "20", "how many seconds lie between two voice tags of a preview"),
        (
            "NAME_WORDS",
            "empty",
            "words that the beat form asks producers not to use in names, separated by commas",
        ),
    ),
    "Plays and the pool": (
        ("APPEAL_DAYS", "14", "how many days a producer may appeal after staff decided to withdraw plays"),
        (
            "POOL_MIN_ACCOUNTS",
            "5",
            "how many accounts outside its team must have played a beat before it weighs in the pool",
        ),
        (
            "POOL_UNPLAYED_COUNTS",
            "off",
            "whether beats without any plays weigh; with BACKLINE_POOL_MIN_ACCOUNTS 0 every upload does",
        ),
        (
            "POOL_NEW_BEATS",
            "20",
            "how many beats that an artist first published in one month weigh, the highest first",
        ),
        (
            "PLAN_FEE_PERCENT",
            "25",
            "the platform's part of a plan's price in percent, a line of its own on every invoice; the "
            "rest is for the pool",
        ),
    ),
    "Settlement and payouts": (
        (
            "SETTLE_ON_DAY",
            "10",
            "on which day (1 to 28) of the next month a month is settled by itself; 0 leaves that to staff",
        ),
        (
            "PAYOUT_MINIMUMS",
            "10.00 of each currency",
            "the least that is transferred, such as EUR=25.00,JPY=3000; less is carried forward",
        ),
        (
            "NOT_SET_UP",
            "hold",
            "money of artists who cannot be paid: hold keeps it, exclude divides it among the others",
        ),
        (
            "HOLD_EXPIRES_DAYS",
            "0",
            "after how many days held money is divided among the others; 0 keeps it for ever",
        ),
        ("SALE_HOLD_DAYS", "7", "how many days the money of a direct sale waits before it is available"),
        (
            "STRIPE_COUNTRY",
            "NL",
            "the country of the platform's own Stripe account; it decides which producers Stripe can pay",
        ),
    ),
}


@dataclass(frozen=True)
class Shown:
    """A setting: its variable, what it does, its value in force and its default as text; `origin` as env.origin."""

    variable: str
    about: str
    value: str
    default: str
    origin: str


def shown_settings() -> dict[str, list[Shown]]:
    """All groups of settings as they are in force."""
    return {title: [_shown(*row) for row in rows] for title, rows in GROUPS.items()}


def _shown(name: str, default: str, about: str) -> Shown:
    variable = f"BACKLINE_{name}"
    value = getattr(settings, _STORED_AS.get(name, name))
    return Shown(variable, about, _written(value) or default, default, env.origin(variable))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
